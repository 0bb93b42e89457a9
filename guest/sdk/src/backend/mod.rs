//! Where declarations go: to the host in a guest, to a recorder in native code (calling an import of the contract there would end the process).
//! Both offer the same functions; nothing else in the SDK knows which one it talks to.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod granted;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod native;
#[cfg(target_arch = "wasm32")]
mod wasm;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use granted::*;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::*;
#[cfg(target_arch = "wasm32")]
pub(crate) use wasm::*;

use crate::declare::Id;
use crate::token::Token;
use std::panic::Location;

/// The kinds of blocks, as the contract's functions and `reserve` name them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Resource,
    Data,
    Ephemeral,
    Provider,
    Variable,
    Local,
    Output,
    Module,
    Moved,
    Import,
    Removed,
    Check,
    Settings,
}

impl Kind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Kind::Resource => "resource",
            Kind::Data => "data",
            Kind::Ephemeral => "ephemeral",
            Kind::Provider => "provider",
            Kind::Variable => "variable",
            Kind::Local => "local",
            Kind::Output => "output",
            Kind::Module => "module",
            Kind::Moved => "moved",
            Kind::Import => "import",
            Kind::Removed => "removed",
            Kind::Check => "check",
            Kind::Settings => "settings",
        }
    }
}

/// The function of a backend that takes a declaration of some kind.
pub(crate) type Declare = fn(u32, Request) -> Id;

pub(crate) type Extras = Vec<(String, Vec<Token>)>;

/// A declaration, or a reservation (then body and meta are empty).
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) kind: Kind,
    pub(crate) labels: Vec<String>,
    pub(crate) body: Vec<Token>,
    pub(crate) meta: Vec<Token>,
    pub(crate) scope: Vec<String>,
    pub(crate) place: &'static Location<'static>,
    pub(crate) extras: Extras,
}
