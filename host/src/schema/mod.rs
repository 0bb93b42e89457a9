//! Provider schemas, and what they tell of a stack's declarations.
//!
//! A schema comes from `terraform providers schema -json`, or in a compact form of our own that bindings carry. Which types exist is looked up
//! once; a type is read when a declaration uses it.

mod types;

mod provider;

mod unit;

mod index;

mod dump;

pub mod compact;

mod builtin;

mod catalog;

mod providers;

mod constraint;

mod convert;

mod functions;

mod read;

mod typing;

mod prepare;

mod sets;

mod masks;

mod check;

mod body;

mod reads;

mod calls;

mod secrets;

mod ephemeral;

pub use catalog::Schemas;
pub use check::check;
pub use index::{ProviderIndex, SchemaError, Section, read, text_of};
pub use masks::{Hidden, Masking, mask};
pub use prepare::prepare;
pub use provider::{Attribute, Block, Function, Key, NestedBlock, Nesting, Parameter, Shape};
pub use sets::note_sets;
pub use types::{Field, Type};

#[cfg(test)]
mod tests;
