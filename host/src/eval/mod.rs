//! Runs the guest once, in the sandbox, and returns what it declared. Sole owner of wasmtime; versions of the contract stop here.
//!
//! A guest gets the contract's imports and nothing else: no WASI is linked, so there are no files, network, clock, environment or
//! randomness to reach, but for folders that are granted to it to read. What it may use of the machine is bounded by [`Limits`].

mod sandbox;

mod component;

mod crash;

mod limits;

mod engine;

mod cache;

mod v0_1;

mod request;

mod recorder;

mod overrides;

mod notes;

mod tokens;

mod form;

mod archive;

mod grants;

mod granted;

mod granted_assets;

mod modules;

#[cfg(test)]
mod tests;

pub use cache::Cache;
pub use component::{ComponentError, Encoded, Facts, check, check_module, encoded, read};
pub use grants::{GrantError, Grants, OpenGrants};
pub use limits::{Limit, LimitError, LimitHit, Limits};
pub use sandbox::{Description, EvalError, Outcome, Program, Run};

/// The version of the contract that this host speaks.
pub const CONTRACT: &str = v0_1::CONTRACT;
