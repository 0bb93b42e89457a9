//! Data sources.

#[rustfmt::skip]
pub mod boxes;

pub use boxes::boxes;
