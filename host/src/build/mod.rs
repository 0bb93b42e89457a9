//! Builds guest crates: cargo and rustup, and the step from a core module to a component. Building runs the crate's code as the user.

mod cargo;

mod componentize;

pub use cargo::{BuildError, Builder};
pub use componentize::component_of;
