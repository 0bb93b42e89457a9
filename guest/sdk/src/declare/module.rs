//! Calls of modules.

use super::builder::Builder;
use super::handle::{ModuleHandle, ProviderHandle, Single};
use super::source::Source;
use crate::expr::{Any, Expr, IntoArgument, Str, Type, Value};
use std::panic::Location;

/// ```
/// # use tapwasm_guest::{RegistrySource, Stack, Str};
/// # fn declare(stack: Stack) {
/// let west = stack.provider("aws").alias("west").set("region", "us-west-2").declare();
/// let vpc = stack
///     .module("vpc")
///     .source(RegistrySource::new("terraform-aws-modules/vpc/aws").version("~> 5.0"))
///     .providers(&[("aws", west)])
///     .input("cidr", "10.0.0.0/16")
///     .declare();
/// stack.output("vpc").value(vpc.output::<Str>("vpc_id")).declare();
/// # }
/// ```
impl<I> Builder<ModuleHandle<I>> {
    /// Sets where the module's source is: a [`RegistrySource`](crate::RegistrySource), a [`GitSource`](crate::GitSource), or text as Terraform
    /// reads it (`./network` is a folder beside the configuration).
    #[track_caller]
    pub fn source(self, source: impl Into<Source>) -> Self {
        let place = Location::caller();
        let Source { address, version } = source.into();
        self.with(|pending| {
            pending.meta.add::<Str, _>("source", address, place);
            pending.meta.add::<Str, _>("version", version, place);
        })
    }

    /// Sets which versions will do.
    #[track_caller]
    pub fn version(self, constraint: &str) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.meta.add::<Str, _>("version", constraint, place))
    }

    /// Sets a variable of the module; `None` leaves it out. The same as [`set`](Builder::set), by the name that reads better here.
    #[track_caller]
    pub fn input<M>(self, name: &str, value: impl IntoArgument<Any, M>) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add::<Any, _>(name, value, place))
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

impl ModuleHandle<Single> {
    /// Reads an output of the module. Where it is called with `count` or `for_each`, an instance is picked first: `module.at("a").attr("id")`.
    #[track_caller]
    pub fn output<T: Type>(&self, name: &str) -> Expr<T> {
        self.attr(name)
    }
}
