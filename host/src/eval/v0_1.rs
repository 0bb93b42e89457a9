//! The contract of version 0.1 as the host implements it: each call is checked, converted and recorded; no version is known above.

use super::archive;
use super::recorder::{Recorder, Refusal, check_labels, labelled_address, subject_address};
use super::tokens::{self, Names, TokenError, malformed};
use crate::diagnostic::cut;
use crate::model::{self, Address, Body, Declaration, Expression, Kind, Name};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use types::{Id, Problem, Token};
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
pub(super) use generated::tapwasm::stack::{context, declare, log, types};

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
        self.declare_block(Kind::Module, stack, request)
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

#[expect(clippy::too_many_arguments, reason = "the fields of two requests that the contract keeps apart")]
fn declaration(
    recorder: &mut Recorder,
    kind: Kind,
    labels: Vec<String>,
    body: Vec<Token>,
    meta: Vec<Token>,
    scope: Vec<String>,
    place: model::Place,
    extras: types::Extras,
) -> Result<Id, Refusal> {
    let size = text_size(labels.iter().chain(&scope)) + size_of_tokens(&body) + size_of_tokens(&meta) + size_of_extras(&extras);
    recorder.account(size)?;
    let depth = recorder.limits.get(super::limits::Limit::Depth);
    let body = tokens::body(body, depth, recorder).map_err(|error| error.about(kind, &labels))?;
    let meta = tokens::body(meta, depth, recorder).map_err(|error| error.about(kind, &labels))?;
    check_meta(kind, &meta).map_err(|error| error.about(kind, &labels))?;
    let mut labels = interned(recorder, labels);
    check_labels(kind, &labels, n_labels(kind, 1))?;
    let scope = interned(recorder, scope);
    let extras = Extras::read(recorder, kind, extras).map_err(|error| error.about(kind, &labels))?;
    let address = match kind {
        Kind::Moved | Kind::Removed => subject_address(kind, body.argument("from"))?,
        Kind::Import => subject_address(kind, body.argument("to"))?,
        Kind::Settings => Address::new(kind, &[""; 0]),
        Kind::Provider => provider_address(&labels, &meta)?,
        _ => labelled_address(kind, &mut labels, &scope, extras.address.as_deref()),
    };
    let declaration =
        Declaration { address, kind, labels, body, meta, scope, place, protect: extras.protect, aliases: extras.aliases };
    Ok(recorder.declare(declaration)?)
}

/// Counts a request as the limit `value-bytes` does: its text, and 16 for each token.
fn size_of_tokens(tokens: &[Token]) -> u64 {
    let text = |token: &Token| match token {
        Token::Number(text) | Token::Text(text) | Token::Symbol(text) | Token::Argument(text) => text.len(),
        Token::Reference((_, text)) | Token::Form((text, _)) | Token::Block((text, _)) => text.len(),
        _ => 0,
    };
    tokens.iter().map(|token| 16 + text(token) as u64).sum()
}

fn size_of_extras(extras: &types::Extras) -> u64 {
    extras.iter().map(|(name, value)| name.len() as u64 + size_of_tokens(value)).sum()
}

fn text_size<'a>(texts: impl Iterator<Item = &'a String>) -> u64 {
    texts.map(|text| 16 + text.len() as u64).sum()
}

/// Provider configurations are told apart by their alias.
fn provider_address(labels: &[Name], meta: &Body) -> Result<Address, TokenError> {
    match meta.argument("alias") {
        None => Ok(Address::new(Kind::Provider, labels)),
        Some(Expression::Text(alias)) => Ok(Address::new(Kind::Provider, &[labels[0].as_ref(), alias])),
        Some(_) => Err(malformed("the alias of a provider configuration must be text")),
    }
}

fn check_meta(kind: Kind, meta: &Body) -> Result<(), TokenError> {
    let (arguments, blocks): (&[&str], &[&str]) = match kind {
        Kind::Resource | Kind::Data | Kind::Ephemeral => {
            (&["count", "for_each", "depends_on", "provider"], &["lifecycle", "connection", "provisioner"])
        }
        Kind::Module => (&["source", "version", "providers", "count", "for_each", "depends_on"], &[]),
        Kind::Provider => (&["alias"], &[]),
        _ => (&[], &[]),
    };
    let names = meta.arguments.iter().map(|(name, _)| (name, arguments));
    let mut names = names.chain(meta.blocks.iter().map(|block| (&block.name, blocks)));
    match names.find(|(name, known)| !known.contains(&name.as_ref())) {
        Some((name, _)) => {
            Err(TokenError::new("unsupported", format!("this host knows no meta-argument `{name}` of {}", kind.a_noun())))
        }
        None => Ok(()),
    }
}

fn reservable(kind: &str) -> Result<Kind, TokenError> {
    Ok(match kind {
        "resource" => Kind::Resource,
        "data" => Kind::Data,
        "ephemeral" => Kind::Ephemeral,
        "provider" => Kind::Provider,
        "variable" => Kind::Variable,
        "local" => Kind::Local,
        "output" => Kind::Output,
        "module" => Kind::Module,
        "check" => Kind::Check,
        _ => return Err(malformed(format!("`{kind}` is no kind that can be reserved"))),
    })
}

/// Returns how many labels a kind takes. A provider is reserved with one label, or with two when it has an alias.
fn n_labels(kind: Kind, given: usize) -> usize {
    match kind {
        Kind::Resource | Kind::Data | Kind::Ephemeral => 2,
        Kind::Provider => given.clamp(1, 2),
        Kind::Variable | Kind::Local | Kind::Output | Kind::Module | Kind::Check => 1,
        Kind::Settings | Kind::Moved | Kind::Import | Kind::Removed => 0,
    }
}

/// What the contract's table of extras says.
#[derive(Default)]
struct Extras {
    aliases: Vec<Address>,
    protect: bool,
    address: Option<Box<str>>,
}

impl Extras {
    fn read(recorder: &mut Recorder, kind: Kind, extras: types::Extras) -> Result<Extras, TokenError> {
        let depth = recorder.limits.get(super::limits::Limit::Depth);
        let mut read = Extras::default();
        for (name, value) in extras {
            match (name.as_str(), tokens::value(value, depth, recorder)?) {
                ("protect", Expression::Bool(protect)) => read.protect = protect,
                ("address", _) if kind == Kind::Provider => {
                    let message = "a provider configuration is told apart by its alias: it takes no extra `address`";
                    return Err(TokenError::new("unsupported", message.to_owned()));
                }
                ("address", Expression::Text(address)) => read.address = Some(address),
                ("alias", Expression::List(aliases)) => {
                    for alias in aliases {
                        let text = alias.as_text().ok_or_else(|| malformed("an alias must be text: a former address"))?;
                        read.aliases.push(Address::from_text(text));
                    }
                }
                ("protect" | "address" | "alias", _) => {
                    return Err(malformed(format!("the value of the extra `{name}` has the wrong type")));
                }
                _ => {
                    return Err(TokenError::new("unsupported", format!("this host knows no extra `{name}`")));
                }
            }
        }
        Ok(read)
    }
}

fn no_extras(extras: &types::Extras) -> Result<(), TokenError> {
    match extras.first() {
        Some((name, _)) => Err(TokenError::new("unsupported", format!("this host knows no extra `{name}`"))),
        None => Ok(()),
    }
}

fn interned(recorder: &mut Recorder, texts: Vec<String>) -> Vec<Name> {
    texts.iter().map(|text| recorder.intern(text)).collect()
}

fn asset(asset: model::Asset) -> declare::Asset {
    use base64::Engine;
    declare::Asset {
        path: asset.path,
        sha256_hex: asset.sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
        sha256_base64: base64::engine::general_purpose::STANDARD.encode(asset.sha256),
        size: asset.content.len() as u64,
    }
}

fn no_place() -> types::Place {
    types::Place { file: String::new(), line: 0, column: 0 }
}
