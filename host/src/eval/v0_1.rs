//! The contract of version 0.1 as the host implements it: each call is checked, converted and recorded; no version is known above.

use super::recorder::{Recorder, Refusal, check_labels, labelled_address};
use super::request::{Extras, declaration, interned, n_labels, no_extras, reservable, size_of_extras, text_size};
use super::tokens::{Names, malformed};
use super::{archive, granted_assets};
use crate::diagnostic::cut;
use crate::model::{self, Address, Kind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use types::{Id, Problem};
use wasmtime::component::{HasSelf, Linker, Resource};

mod generated {
    #![allow(missing_docs, unreachable_pub, reason = "generated from wit/, where every item is documented")]
    wasmtime::component::bindgen!({
        path: "../wit",
        world: "guest",
        imports: { default: trappable },
        with: { "tapwasm:stack/declare.stack": super::Stack },
    });
}

pub(super) use generated::Guest;
pub(super) use generated::exports::tapwasm::stack::program;
pub(super) use generated::tapwasm::stack::{context, declare, files, log, types};

/// What a guest says when it gives up is not counted, so that it is heard; it is cut instead. In bytes.
pub(super) const LONGEST_LAST_WORDS: usize = 64 << 10;

/// The version that `context.get("contract")` tells.
pub(super) const CONTRACT: &str = "0.1.0";

/// What a guest holds of a stack; its number is in the handle.
#[allow(unreachable_pub, reason = "the generated code re-exports it")]
pub struct Stack;

/// The state of one evaluation, as the engine keeps it.
pub(super) struct HostState {
    pub(super) recorder: Recorder,
    pub(super) memory: super::engine::Memory,
    /// Set by the watchdog: neither fuel nor epochs reach inside calls of the host.
    pub(super) out_of_time: Arc<AtomicBool>,
}

/// Links the contract's imports, and nothing else.
pub(super) fn link(linker: &mut Linker<HostState>) -> wasmtime::Result<()> {
    Guest::add_to_linker::<_, HasSelf<HostState>>(linker, |state| state)
}

/// A call's outcome: a trap that stops the guest, a problem that is returned to it, or its result.
type Call<T> = wasmtime::Result<Result<T, Problem>>;

impl HostState {
    /// Runs one call of a guest, keeps the problem that it returns, and stops the guest at a limit.
    fn call<T>(&mut self, place: types::Place, work: impl FnOnce(&mut Recorder, model::Place) -> Result<T, Refusal>) -> Call<T> {
        if self.out_of_time.load(Ordering::Relaxed) {
            return Err(super::sandbox::time_hit(&self.recorder.limits).into());
        }
        self.recorder.account(place.file.len() as u64)?;
        let place = place_of(&mut self.recorder, place);
        match work(&mut self.recorder, place.clone()) {
            Ok(value) => Ok(Ok(value)),
            Err(Refusal::Limit(hit)) => Err(hit.into()),
            Err(Refusal::Problem(error)) if error.code == "limit" => Err(super::sandbox::depth_hit(&self.recorder.limits).into()),
            Err(Refusal::Problem(error)) => {
                self.recorder.problem(&error, Some(place));
                Ok(Err(Problem { code: error.code.to_owned(), message: error.message }))
            }
        }
    }

    fn declare_resource(&mut self, kind: Kind, stack: Resource<Stack>, request: declare::ResourceRequest) -> Call<Id> {
        self.call(request.place, |recorder, place| {
            recorder.select(stack.rep() as usize);
            let labels = vec![request.type_, request.name];
            declaration(recorder, kind, labels, request.body, request.meta, request.scope, place, request.extras)
        })
    }

    fn declare_block(&mut self, kind: Kind, stack: Resource<Stack>, request: declare::BlockRequest) -> Call<Id> {
        self.call(request.place, |recorder, place| {
            recorder.select(stack.rep() as usize);
            declaration(recorder, kind, request.labels, request.body, request.meta, request.scope, place, request.extras)
        })
    }
}

impl types::Host for HostState {}

impl declare::Host for HostState {}

impl declare::HostStack for HostState {
    fn open(&mut self, name: String, place: types::Place) -> Call<Resource<Stack>> {
        self.call(place, |recorder, place| {
            recorder.account(name.len() as u64)?;
            let number = recorder.open(name, place)?;
            Ok(Resource::new_own(u32::try_from(number).map_err(|_| malformed("too many stacks"))?))
        })
    }

    fn reserve(&mut self, stack: Resource<Stack>, request: declare::ReserveRequest) -> Call<Id> {
        self.call(request.place, |recorder, place| {
            recorder.select(stack.rep() as usize);
            let kind = reservable(&request.kind)?;
            recorder.account(text_size(request.labels.iter().chain(&request.scope)) + size_of_extras(&request.extras))?;
            let mut labels = interned(recorder, request.labels);
            check_labels(kind, &labels, n_labels(kind, labels.len()))?;
            let scope = interned(recorder, request.scope);
            let extras = Extras::read(recorder, kind, request.extras)?;
            let address = match kind {
                // Told apart by their aliases, wherever they stand.
                Kind::Provider => Address::new(kind, &labels),
                _ => labelled_address(kind, &mut labels, &scope, extras.address.as_deref()),
            };
            Ok(recorder.reserve(address, place)?)
        })
    }

    fn resource(&mut self, stack: Resource<Stack>, request: declare::ResourceRequest) -> Call<Id> {
        self.declare_resource(Kind::Resource, stack, request)
    }

    fn data(&mut self, stack: Resource<Stack>, request: declare::ResourceRequest) -> Call<Id> {
        self.declare_resource(Kind::Data, stack, request)
    }

    fn ephemeral(&mut self, stack: Resource<Stack>, request: declare::ResourceRequest) -> Call<Id> {
        self.declare_resource(Kind::Ephemeral, stack, request)
    }

    fn provider(&mut self, stack: Resource<Stack>, request: declare::BlockRequest) -> Call<Id> {
        self.declare_block(Kind::Provider, stack, request)
    }

    fn variable(&mut self, stack: Resource<Stack>, request: declare::BlockRequest) -> Call<Id> {
        self.declare_block(Kind::Variable, stack, request)
    }

    fn local(&mut self, stack: Resource<Stack>, request: declare::BlockRequest) -> Call<Id> {
        self.declare_block(Kind::Local, stack, request)
    }

    fn output(&mut self, stack: Resource<Stack>, request: declare::BlockRequest) -> Call<Id> {
        self.declare_block(Kind::Output, stack, request)
    }

    fn module(&mut self, stack: Resource<Stack>, request: declare::BlockRequest) -> Call<Id> {
        self.call(request.place, |recorder, place| {
            recorder.select(stack.rep() as usize);
            let (labels, body, meta) = (request.labels, request.body, request.meta);
            let id = declaration(recorder, Kind::Module, labels, body, meta, request.scope, place, request.extras)?;
            recorder.copy_local_module()?;
            Ok(id)
        })
    }

    fn moved(&mut self, stack: Resource<Stack>, request: declare::BlockRequest) -> Call<Id> {
        self.declare_block(Kind::Moved, stack, request)
    }

    fn import(&mut self, stack: Resource<Stack>, request: declare::BlockRequest) -> Call<Id> {
        self.declare_block(Kind::Import, stack, request)
    }

    fn removed(&mut self, stack: Resource<Stack>, request: declare::BlockRequest) -> Call<Id> {
        self.declare_block(Kind::Removed, stack, request)
    }

    fn check(&mut self, stack: Resource<Stack>, request: declare::BlockRequest) -> Call<Id> {
        self.declare_block(Kind::Check, stack, request)
    }

    fn settings(&mut self, stack: Resource<Stack>, request: declare::BlockRequest) -> Call<Id> {
        self.declare_block(Kind::Settings, stack, request)
    }

    fn asset(&mut self, stack: Resource<Stack>, request: declare::AssetRequest) -> Call<declare::Asset> {
        self.call(request.place, |recorder, place| {
            recorder.select(stack.rep() as usize);
            recorder.account(request.name.len() as u64 + size_of_extras(&request.extras))?;
            no_extras(&request.extras)?;
            let writer = recorder.asset_begin(request.name, request.content, place)?;
            recorder.asset_end(writer).map(asset)
        })
    }

    fn archive(&mut self, stack: Resource<Stack>, request: declare::ArchiveRequest) -> Call<declare::Asset> {
        self.call(request.place, |recorder, place| {
            recorder.select(stack.rep() as usize);
            let paths: usize = request.entries.iter().map(|entry| 16 + entry.path.len()).sum();
            recorder.account((request.name.len() + paths) as u64 + size_of_extras(&request.extras))?;
            no_extras(&request.extras)?;
            recorder.account_archive(request.entries.iter().map(|entry| entry.content.len()).sum())?;
            let content = archive::zip(request.entries)?;
            recorder.keep_asset(&format!("{}.zip", request.name), content, place).map(asset)
        })
    }

    fn asset_begin(&mut self, stack: Resource<Stack>, request: declare::AssetRequest) -> Call<u32> {
        self.call(request.place, |recorder, place| {
            recorder.select(stack.rep() as usize);
            recorder.account(request.name.len() as u64 + size_of_extras(&request.extras))?;
            no_extras(&request.extras)?;
            recorder.asset_begin(request.name, request.content, place)
        })
    }

    fn asset_write(&mut self, stack: Resource<Stack>, writer: u32, content: Vec<u8>) -> Call<()> {
        self.call(no_place(), |recorder, _| {
            recorder.select(stack.rep() as usize);
            recorder.asset_write(writer, &content)
        })
    }

    fn asset_end(&mut self, stack: Resource<Stack>, writer: u32) -> Call<declare::Asset> {
        self.call(no_place(), |recorder, _| {
            recorder.select(stack.rep() as usize);
            recorder.asset_end(writer).map(asset)
        })
    }

    fn file_asset(&mut self, stack: Resource<Stack>, request: declare::GrantedRequest) -> Call<declare::Asset> {
        self.call(request.place, |recorder, place| {
            recorder.select(stack.rep() as usize);
            recorder.account((request.name.len() + request.path.len()) as u64 + size_of_extras(&request.extras))?;
            no_extras(&request.extras)?;
            recorder.file_asset(&request.name, &request.path, place).map(asset)
        })
    }

    fn folder_asset(&mut self, stack: Resource<Stack>, request: declare::GrantedRequest) -> Call<declare::Asset> {
        self.call(request.place, |recorder, place| {
            recorder.select(stack.rep() as usize);
            recorder.account((request.name.len() + request.path.len()) as u64 + size_of_extras(&request.extras))?;
            no_extras(&request.extras)?;
            recorder.folder_asset(&request.name, &request.path, place).map(folder)
        })
    }

    fn folder_archive(&mut self, stack: Resource<Stack>, request: declare::GrantedRequest) -> Call<declare::Asset> {
        self.call(request.place, |recorder, place| {
            recorder.select(stack.rep() as usize);
            recorder.account((request.name.len() + request.path.len()) as u64 + size_of_extras(&request.extras))?;
            no_extras(&request.extras)?;
            recorder.folder_archive(&request.name, &request.path, place).map(asset)
        })
    }

    fn override_(&mut self, stack: Resource<Stack>, request: declare::OverrideRequest) -> Call<()> {
        self.call(request.place, |recorder, place| {
            recorder.select(stack.rep() as usize);
            no_extras(&request.extras)?;
            recorder.override_(request.id, request.path, request.value, request.adds, place)
        })
    }

    fn note(&mut self, stack: Resource<Stack>, request: declare::NoteRequest) -> Call<()> {
        self.call(request.place, |recorder, place| {
            recorder.select(stack.rep() as usize);
            no_extras(&request.extras)?;
            recorder.note(request.id, &request.level, &request.message, place)
        })
    }

    fn depends_on(&mut self, stack: Resource<Stack>, other: Resource<Stack>, place: types::Place) -> Call<()> {
        self.call(place, |recorder, place| {
            recorder.select(stack.rep() as usize);
            Ok(recorder.depends_on(other.rep() as usize, place)?)
        })
    }

    fn directive(&mut self, stack: Resource<Stack>, name: String, value: Vec<types::Token>, place: types::Place) -> Call<()> {
        self.call(place, |recorder, _| {
            recorder.select(stack.rep() as usize);
            let said = vec![(name, value)];
            recorder.account(size_of_extras(&said))?;
            said.into_iter().try_for_each(|(name, value)| Ok(recorder.directive(&name, value)?))
        })
    }

    fn drop(&mut self, _: Resource<Stack>) -> wasmtime::Result<()> {
        // Languages drop at other times, or never: it means nothing.
        Ok(())
    }
}

impl log::Host for HostState {
    fn write(&mut self, level: String, message: String, place: Option<types::Place>) -> wasmtime::Result<()> {
        let file = place.as_ref().map_or(0, |place| place.file.len());
        self.recorder.account_log((message.len() + file) as u64)?;
        let place = place.map(|place| place_of(&mut self.recorder, place));
        self.recorder.log(&level, &message, place);
        Ok(())
    }

    fn panicked(&mut self, mut message: String, place: Option<types::Place>) -> wasmtime::Result<()> {
        cut(&mut message, LONGEST_LAST_WORDS);
        let place = place.map(last_place);
        self.recorder.panic = Some((message, place));
        Ok(())
    }
}

impl files::Host for HostState {
    fn list(&mut self, path: String, place: types::Place) -> Call<Vec<String>> {
        self.call(place, |recorder, _| {
            recorder.account(path.len() as u64)?;
            recorder.list_granted(&path)
        })
    }

    fn read(&mut self, path: String, place: types::Place) -> Call<Vec<u8>> {
        self.call(place, |recorder, _| {
            recorder.account(path.len() as u64)?;
            recorder.read_granted(&path)
        })
    }
}

impl context::Host for HostState {
    fn get(&mut self, name: String) -> wasmtime::Result<Option<String>> {
        Ok((name == "contract").then(|| CONTRACT.to_owned()))
    }
}

/// Converts a place; the file names of a guest are few, so they are shared.
fn place_of(recorder: &mut Recorder, place: types::Place) -> model::Place {
    model::Place { file: recorder.intern(&place.file), line: place.line, column: place.column }
}

/// Converts the place of a guest's last words. It is not shared with other places: that would keep what a guest says again and again.
pub(super) fn last_place(mut place: types::Place) -> model::Place {
    cut(&mut place.file, LONGEST_LAST_WORDS);
    model::Place { file: place.file.into(), line: place.line, column: place.column }
}

fn asset(asset: model::Asset) -> declare::Asset {
    told(asset.path, asset.sha256, asset.content.len() as u64)
}

fn folder(folder: granted_assets::Folder) -> declare::Asset {
    told(folder.path, folder.sha256, folder.size)
}

fn told(path: String, sha256: [u8; 32], size: u64) -> declare::Asset {
    use base64::Engine;
    declare::Asset {
        path,
        sha256_hex: sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
        sha256_base64: base64::engine::general_purpose::STANDARD.encode(sha256),
        size,
    }
}

fn no_place() -> types::Place {
    types::Place { file: String::new(), line: 0, column: 0 }
}
