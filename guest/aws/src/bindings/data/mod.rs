//! Data sources.

#[rustfmt::skip]
pub mod caller_identity;

pub use caller_identity::caller_identity;
