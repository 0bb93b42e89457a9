//! The block `terraform`.

use super::Body;
use super::blocks::Settings;
use super::builder::Builder;
use super::state::{Backend, Cloud};
use crate::expr::{Any, Str, Value};
use std::panic::Location;

/// ```
/// # use tapwasm_guest::{S3Backend, Stack};
/// # fn declare(stack: Stack) {
/// stack
///     .settings()
///     .required_version(">= 1.10")
///     .required_provider("aws", "hashicorp/aws", "~> 6.0")
///     .backend(S3Backend::new("states", "app.tfstate", "eu-west-1").encrypt(true).use_lockfile(true))
///     .declare();
/// # }
/// ```
impl Builder<Settings> {
    /// Says which versions of Terraform will do.
    #[track_caller]
    pub fn required_version(self, constraint: &str) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add::<Str, _>("required_version", constraint, place))
    }

    /// Requires a provider: the name that the stack calls it by, its address in the registry, and which versions will do. Terraform's own
    /// (`terraform_data`, `terraform_remote_state`) need none.
    #[track_caller]
    pub fn required_provider(self, name: &str, source: &str, version: &str) -> Self {
        let place = Location::caller();
        let requirement = Value::written(place, |out| {
            out.object(2);
            for (key, value) in [("source", source), ("version", version)] {
                out.text(key);
                out.text(value);
            }
        });
        let mut body = Body::new();
        body.add::<Any, _>(name, requirement, place);
        self.with(|pending| pending.body.add_block("required_providers", &[], body))
    }

    /// Keeps the state in a backend: [`S3Backend`](crate::S3Backend), [`GcsBackend`](crate::GcsBackend),
    /// [`AzureBackend`](crate::AzureBackend), [`LocalBackend`](crate::LocalBackend), or any [`Backend`].
    pub fn backend(self, backend: impl Into<Backend>) -> Self {
        let Backend { kind, body } = backend.into();
        self.with(|pending| pending.body.add_block("backend", &[&kind], body))
    }

    /// Keeps the state in HCP Terraform or Terraform Enterprise.
    pub fn cloud(self, cloud: Cloud) -> Self {
        self.with(|pending| pending.body.add_block("cloud", &[], cloud.into_body()))
    }

    /// Tells a provider about this module, by whatever the provider's `provider_meta` takes.
    pub fn provider_meta(self, provider: &str, body: Body) -> Self {
        self.with(|pending| pending.body.add_block("provider_meta", &[provider], body))
    }
}
