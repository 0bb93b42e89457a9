//! Typed bindings of the provider `aws`.

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
pub mod cloudwatch_log_metric_filter;
#[rustfmt::skip]
pub mod kms_key;
#[rustfmt::skip]
pub mod lambda_function;
#[rustfmt::skip]
pub mod provider;
#[rustfmt::skip]
pub mod s3_bucket_lifecycle_configuration;
#[rustfmt::skip]
pub mod security_group;

pub use cloudwatch_log_metric_filter::cloudwatch_log_metric_filter;
pub use kms_key::kms_key;
pub use lambda_function::lambda_function;
pub use provider::provider;
pub use s3_bucket_lifecycle_configuration::s3_bucket_lifecycle_configuration;
pub use security_group::security_group;
