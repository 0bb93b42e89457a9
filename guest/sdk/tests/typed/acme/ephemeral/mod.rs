//! Ephemeral resources.

#[rustfmt::skip]
pub mod key;

pub use key::key;
