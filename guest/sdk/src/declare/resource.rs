//! What resources, data sources, ephemeral resources and modules have beside their arguments: meta-arguments and the host's directives.
//! They stand apart from the body, since a provider's argument may carry the same name (then `.set` sets that one).

use super::body::Body;
use super::builder::Builder;
use super::handle::{Counted, Handle, Keyed, ModuleHandle, ProviderHandle, Referent, Single};
use super::lifecycle::Lifecycle;
use crate::expr::{Any, ForEach, IntoExpr, Num};
use std::panic::Location;

macro_rules! instances {
    ($handle:ident) => {
        impl Builder<$handle<Single>> {
            /// Declares as many instances as a number that is not known while the program runs says. Where it is known, a Rust loop is
            /// simpler, and keeps addresses when one in the middle goes.
            #[track_caller]
            pub fn count(self, count: impl IntoExpr<Num>) -> Builder<$handle<Counted>> {
                let place = Location::caller();
                self.with(|pending| pending.meta.add::<Num, _>("count", count, place)).retyped()
            }

            /// Declares an instance for each entry of a map or set. Lists of text become sets.
            #[track_caller]
            pub fn for_each(self, items: impl IntoExpr<ForEach>) -> Builder<$handle<Keyed>> {
                let place = Location::caller();
                self.with(|pending| pending.meta.add_for_each(items, place)).retyped()
            }
        }

        impl<I> Builder<$handle<I>> {
            /// Waits for all of these. Calls add up.
            pub fn depends_on<R: Referent>(self, others: impl IntoIterator<Item = R>) -> Self {
                self.with(|pending| pending.dependencies.extend(others.into_iter().map(|other| other.dependency())))
            }

            /// Names a former address of this: a rename is then proposed as a move, nothing is destroyed. Calls add up. The contract calls
            /// it `alias`, which here is the name of a provider's configuration alone.
            pub fn formerly(self, address: &str) -> Self {
                self.with(|pending| pending.former_addresses.push(address.to_owned()))
            }

            /// Refuses every plan that deletes this.
            pub fn protect(self) -> Self {
                self.with(|pending| pending.extra("protect", true))
            }

            /// Sets the name in the address, instead of the one that scope and name yield.
            pub fn address(self, name: &str) -> Self {
                self.with(|pending| pending.extra("address", name))
            }
        }
    };
}

instances!(Handle);
instances!(ModuleHandle);

impl<I> Builder<Handle<I>> {
    /// Chooses a provider configuration.
    #[track_caller]
    pub fn provider(self, provider: ProviderHandle) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.meta.add::<Any, _>("provider", provider, place))
    }

    /// Says how Terraform treats it: see [`Lifecycle`].
    pub fn lifecycle(self, lifecycle: Lifecycle) -> Self {
        self.with(|pending| pending.meta.add_block("lifecycle", &[], lifecycle.into_body()))
    }

    /// Adds a provisioner: `local-exec`, `remote-exec`, `file`.
    pub fn provisioner(self, kind: &str, body: Body) -> Self {
        self.with(|pending| pending.meta.add_block("provisioner", &[kind], body))
    }

    /// Says how provisioners reach it.
    pub fn connection(self, body: Body) -> Self {
        self.with(|pending| pending.meta.add_block("connection", &[], body))
    }
}
