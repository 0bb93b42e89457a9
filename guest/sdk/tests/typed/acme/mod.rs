//! Typed bindings of the provider `acme`.

#![allow(
    clippy::all,
    dead_code,
    deprecated,
    nonstandard_style,
    unreachable_pub,
    unused_imports,
    reason = "names and shapes are the provider's"
)]

#[rustfmt::skip]
pub mod data;
#[rustfmt::skip]
pub mod ephemeral;
#[rustfmt::skip]
pub mod box_;
#[rustfmt::skip]
pub mod provider;

pub use box_::box_;
pub use provider::provider;
