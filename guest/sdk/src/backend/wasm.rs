//! The host as backend: hands requests to the imports of the contract.

use super::Request;
use crate::asset::{Asset, Entry};
use crate::bindings::tapwasm::stack::{context, declare, files, log as host_log, types};
use crate::declare::Id;
use crate::token::Token;
use std::cell::RefCell;
use std::panic::Location;

/// The most that goes over in one call; the contract's limit is 8 MiB.
const PIECE: usize = 4 << 20;

thread_local! {
    /// The stacks by index: they live as long as the program.
    static STACKS: RefCell<Vec<(String, declare::Stack)>> = const { RefCell::new(Vec::new()) };
}

pub(crate) fn open(name: &str, place: &'static Location<'static>) -> u32 {
    STACKS.with_borrow_mut(|stacks| {
        if let Some(index) = stacks.iter().position(|(known, _)| known == name) {
            return index as u32;
        }
        match declare::Stack::open(name, &to_place(place)) {
            Ok(stack) => stacks.push((name.to_owned(), stack)),
            // The host keeps the problem; nothing could be declared after it.
            Err(problem) => panic!("{}", problem.message),
        }
        stacks.len() as u32 - 1
    })
}

/// One function a kind: what a guest does not use is not linked.
macro_rules! declare {
    ($convert:ident: $($kind:ident)*) => {$(
        pub(crate) fn $kind(stack: u32, request: Request) -> Id {
            let request = $convert(request);
            with(stack, |stack| settle(stack.$kind(&request)))
        }
    )*};
}

declare!(resource_request: resource data ephemeral);
declare!(block_request: provider variable local output module moved import removed check settings);

pub(crate) fn reserve(stack: u32, request: Request) -> Id {
    let request = declare::ReserveRequest {
        kind: request.kind.as_str().to_owned(),
        labels: request.labels,
        scope: request.scope,
        place: to_place(request.place),
        extras: request.extras,
    };
    with(stack, |stack| settle(stack.reserve(&request)))
}

pub(crate) fn asset(stack: u32, name: &str, content: &[u8], place: &'static Location<'static>) -> Asset {
    let (first, rest) = content.split_at(content.len().min(PIECE));
    let request =
        declare::AssetRequest { name: name.to_owned(), content: first.to_vec(), place: to_place(place), extras: Vec::new() };
    with(stack, |stack| {
        if rest.is_empty() {
            return to_asset(stack.asset(&request));
        }
        let Ok(writer) = stack.asset_begin(&request) else { return Asset::default() };
        for piece in rest.chunks(PIECE) {
            if stack.asset_write(writer, piece).is_err() {
                return Asset::default();
            }
        }
        to_asset(stack.asset_end(writer))
    })
}

pub(crate) fn archive(stack: u32, name: &str, entries: Vec<Entry>, place: &'static Location<'static>) -> Asset {
    let entries = entries
        .into_iter()
        .map(|entry| declare::AssetEntry { path: entry.path, content: entry.content, executable: entry.executable })
        .collect();
    let request = declare::ArchiveRequest { name: name.to_owned(), entries, place: to_place(place), extras: Vec::new() };
    with(stack, |stack| to_asset(stack.archive(&request)))
}

pub(crate) fn depends_on(stack: u32, other: u32, place: &'static Location<'static>) {
    // The host keeps the problem, if there is one.
    with(stack, |stack| with(other, |other| drop(stack.depends_on(other, &to_place(place)))));
}

pub(crate) fn directive(stack: u32, name: &str, value: &[types::Token], place: &'static Location<'static>) {
    with(stack, |stack| drop(stack.directive(name, value, &to_place(place))));
}

pub(crate) fn note(stack: u32, about: Option<Id>, level: &'static str, message: String, place: &'static Location<'static>) {
    let request = declare::NoteRequest {
        id: about.map(|id| id.0),
        level: level.to_owned(),
        message,
        place: to_place(place),
        extras: Vec::new(),
    };
    with(stack, |stack| settle(stack.note(&request).map(|()| 0)));
}

pub(crate) fn override_(stack: u32, id: Id, path: Vec<String>, value: Vec<Token>, adds: bool, place: &'static Location<'static>) {
    let request = declare::OverrideRequest { id: id.0, path, value, adds, place: to_place(place), extras: Vec::new() };
    with(stack, |stack| settle(stack.override_(&request).map(|()| 0)));
}

pub(crate) fn log(level: &str, message: &str, place: &'static Location<'static>) {
    host_log::write(level, message, Some(&to_place(place)));
}

pub(crate) fn context(name: &str) -> Option<String> {
    context::get(name)
}

/// Tells the host why the guest is about to trap, and where: it would see `unreachable` only.
pub(crate) fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let message = panic.payload_as_str().unwrap_or("the program panicked");
        let place = panic.location().map(|place| types::Place {
            file: place.file().to_owned(),
            line: place.line(),
            column: place.column(),
        });
        host_log::panicked(message, place.as_ref());
    }));
}

pub(crate) fn to_place(place: &Location<'_>) -> types::Place {
    types::Place { file: place.file().to_owned(), line: place.line(), column: place.column() }
}

fn with<R>(stack: u32, f: impl FnOnce(&declare::Stack) -> R) -> R {
    STACKS.with_borrow(|stacks| f(&stacks[stack as usize].1))
}

fn resource_request(request: Request) -> declare::ResourceRequest {
    let mut labels = request.labels.into_iter();
    declare::ResourceRequest {
        type_: labels.next().unwrap_or_default(),
        name: labels.next().unwrap_or_default(),
        body: request.body,
        meta: request.meta,
        scope: request.scope,
        place: to_place(request.place),
        extras: request.extras,
    }
}

fn block_request(request: Request) -> declare::BlockRequest {
    declare::BlockRequest {
        labels: request.labels,
        body: request.body,
        meta: request.meta,
        scope: request.scope,
        place: to_place(request.place),
        extras: request.extras,
    }
}

/// The host keeps every problem that it returns as an error of the run: going on shows the user more of them at once.
fn settle(result: Result<u32, types::Problem>) -> Id {
    match result {
        Ok(id) => Id(id),
        Err(problem) if problem.code == "limit" => panic!("{}", problem.message),
        Err(_) => Id::REFUSED,
    }
}

fn to_asset(result: Result<declare::Asset, types::Problem>) -> Asset {
    match result {
        Ok(asset) => {
            Asset { path: asset.path, sha256_hex: asset.sha256_hex, sha256_base64: asset.sha256_base64, size: asset.size }
        }
        Err(_) => Asset::default(),
    }
}

pub(crate) fn read(path: &str, place: &'static Location<'static>) -> Result<Vec<u8>, String> {
    files::read(path, &to_place(place)).map_err(|problem| problem.message)
}

pub(crate) fn list(path: &str, place: &'static Location<'static>) -> Result<Vec<String>, String> {
    files::list(path, &to_place(place)).map_err(|problem| problem.message)
}

pub(crate) fn file_asset(stack: u32, name: &str, path: &str, place: &'static Location<'static>) -> Asset {
    with(stack, |stack| to_asset(stack.file_asset(&granted_request(name, path, place))))
}

pub(crate) fn folder_asset(stack: u32, name: &str, path: &str, place: &'static Location<'static>) -> Asset {
    with(stack, |stack| to_asset(stack.folder_asset(&granted_request(name, path, place))))
}

pub(crate) fn folder_archive(stack: u32, name: &str, path: &str, place: &'static Location<'static>) -> Asset {
    with(stack, |stack| to_asset(stack.folder_archive(&granted_request(name, path, place))))
}

fn granted_request(name: &str, path: &str, place: &'static Location<'static>) -> declare::GrantedRequest {
    declare::GrantedRequest { name: name.to_owned(), path: path.to_owned(), place: to_place(place), extras: Vec::new() }
}
