//! What single kinds of blocks have of their own: provider configurations, modules, outputs.

use super::builder::Builder;
use super::handle::{ModuleHandle, OutputHandle, ProviderHandle, Referent};
use crate::expr::{Any, Str, Value};
use std::panic::Location;

impl Builder<ProviderHandle> {
    /// Names one more configuration of the provider (Terraform's argument `alias`). A former address of a resource is
    /// [`formerly`](Builder::formerly).
    #[track_caller]
    pub fn alias(self, name: &str) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.meta.add::<Str, _>("alias", name, place))
    }
}

impl<I> Builder<ModuleHandle<I>> {
    /// Sets where the module's source is.
    #[track_caller]
    pub fn source(self, source: &str) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.meta.add::<Str, _>("source", source, place))
    }

    /// Sets which versions will do.
    #[track_caller]
    pub fn version(self, constraint: &str) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.meta.add::<Str, _>("version", constraint, place))
    }

    /// Hands provider configurations to the module, under the names that it knows them by.
    #[track_caller]
    pub fn providers(self, providers: &[(&str, ProviderHandle)]) -> Self {
        let place = Location::caller();
        let object = Value::written(place, |out| {
            out.object(providers.len());
            for (name, provider) in providers {
                out.text(*name);
                out.reference(provider.0, "");
            }
        });
        self.with(|pending| pending.meta.add::<Any, _>("providers", object, place))
    }
}

impl Builder<OutputHandle> {
    /// Waits for all of these. Calls add up.
    pub fn depends_on<R: Referent>(self, others: impl IntoIterator<Item = R>) -> Self {
        self.with(|pending| pending.dependencies.extend(others.into_iter().map(|other| other.dependency())))
    }
}
