//! Ephemeral resources.

#[rustfmt::skip]
pub mod ssm_parameter;

pub use ssm_parameter::ssm_parameter;
