//! What a stack is written with: a guest declares Terraform resources, the host `tapwasm` evaluates it in a sandbox and writes them as
//! Terraform JSON.

// The macros name this crate as guests do.
#[allow(unused_extern_crates, reason = "used by what the macros expand to, in tests")]
extern crate self as tapwasm_guest;

mod asset;
mod backend;
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod bindings;
mod complaint;
mod declare;
mod error;
mod expr;
mod inputs;
pub mod log;
mod program;
#[cfg(not(target_arch = "wasm32"))]
pub mod testing;
mod token;

#[doc(hidden)]
pub use program::private as __private;

pub use asset::{Archive, Asset};
pub use declare::{
    Body, Builder, Counted, Dependency, Handle, Id, Keyed, Lifecycle, ModuleHandle, ProviderHandle, Referent, Single, Stack,
    ValueHandle,
};
pub use error::{Error, Result};
pub use expr::*;
pub use inputs::{Input, InputError, Inputs, Json, Secret};
pub use program::{API_VERSION, Program};
pub use tapwasm_guest_macros::{Inputs, json, tf};
pub use token::{Token, Tokens};

/// Returns what the host tells under a name, beside the inputs: `contract` is the version of the contract that it speaks. Nothing of the
/// machine, the user, the place or the time is ever told.
pub fn context(name: &str) -> Option<String> {
    backend::context(name)
}
