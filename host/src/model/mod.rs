//! What a program declares, as inert data: addresses, expressions, bodies, declarations.
//!
//! **Invariant:** nothing here reads, writes, prints or knows a wasm engine, a file format or Terraform's JSON.

mod address;
mod body;
mod configuration;
mod declaration;
mod existing;
mod expression;
pub mod hcl;
pub mod json;
mod masked;
mod overrides;
mod place;
mod raw;
mod rewrite;

pub use address::{Address, Kind, implied_provider, is_identifier, is_root, unique_id};
pub use body::{Block, Body};
pub use configuration::{Configuration, ConfiguredBlock};
pub use declaration::{Asset, CrossStackNames, Declaration, Evaluation, StackDeclarations, StackLinks};
pub use existing::{Existing, ExistingInstance, instance_key};
pub use expression::{Call, Expression, For, ForResult, Reference};
pub use masked::{Masked, Seal};
pub use overrides::{Override, OverrideAction};
pub use place::Place;
pub use raw::{RawCall, RawRead, RawStep, RawUses, read_raw};

/// A short text that many values share: the name of an argument, a label.
pub type Name = std::sync::Arc<str>;
