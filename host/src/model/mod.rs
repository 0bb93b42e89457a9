//! What a program declares, as inert data: addresses, expressions, bodies, declarations.
//!
//! **Invariant:** nothing here reads, writes, prints or knows a wasm engine, a file format or Terraform's JSON.

mod address;
mod body;
mod declaration;
mod expression;
pub mod hcl;
mod overrides;
mod place;

pub use address::{Address, Kind, is_identifier, is_root, unique_id};
pub use body::{Block, Body};
pub use declaration::{Asset, Declaration, Evaluation, StackDeclarations};
pub use expression::{Call, Expression, For, ForResult, Reference};
pub use overrides::{Override, OverrideAction};
pub use place::Place;

/// A short text that many values share: the name of an argument, a label.
pub type Name = std::sync::Arc<str>;
