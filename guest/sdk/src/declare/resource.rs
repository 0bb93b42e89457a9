//! What resources, data sources, ephemeral resources and modules have beside their arguments: meta-arguments and the host's directives.
//! They stand apart from the body, since a provider's argument may carry the same name (then `.set` sets that one).

use super::Body;
use super::blocks::{Data, Ephemeral};
use super::builder::Builder;
use super::connection::Connection;
use super::handle::{Counted, Dependencies, Handle, Keyed, ModuleHandle, ProviderHandle, Single};
use super::lifecycle::Lifecycle;
use super::provisioner::Provisioner;
use super::this::This;
use crate::expr::{Any, Bool, ForEach, IntoExpr, Num, Str};
use std::panic::Location;

/// What can be there several times.
macro_rules! instances {
    ($($block:ident)*) => {$(
        impl Builder<$block<Single>> {
            /// Declares as many instances as a number that is not known while the program runs says. Where it is known, a Rust loop is
            /// simpler, and keeps addresses when one in the middle goes.
            #[track_caller]
            pub fn count(self, count: impl IntoExpr<Num>) -> Builder<$block<Counted>> {
                let place = Location::caller();
                self.with(|pending| pending.meta.add::<Num, _>("count", count, place)).retyped()
            }

            /// Declares an instance for each entry of a map or set, or for each instance of something that has `for_each` itself: then
            /// [`each_value`](crate::each_value) is that instance. Lists of text become sets.
            ///
            /// ```
            /// # use tapwasm_guest::{Stack, each_value};
            /// # fn declare(stack: Stack) {
            /// let vpcs = stack.resource("aws_vpc", "vpcs").for_each(["blue", "green"]).declare();
            /// let gateways = stack.resource("aws_internet_gateway", "gateways").for_each(vpcs).set("vpc_id", each_value().get("id"));
            /// # gateways.declare();
            /// # }
            /// ```
            #[track_caller]
            pub fn for_each(self, items: impl IntoExpr<ForEach>) -> Builder<$block<Keyed>> {
                let place = Location::caller();
                self.with(|pending| pending.meta.add_for_each(items, place)).retyped()
            }
        }

        impl<I> Builder<$block<I>> {
            /// Waits for all of these. Calls add up.
            pub fn depends_on<M>(self, others: impl Dependencies<M>) -> Self {
                self.with(|pending| others.add_to(&mut pending.dependencies))
            }

            /// Sets the name in the address, instead of the one that scope and name yield.
            pub fn address(self, name: &str) -> Self {
                self.with(|pending| pending.extra("address", name))
            }
        }
    )*};
}

/// What is remembered from run to run.
macro_rules! remembered {
    ($($block:ident)*) => {$(
        impl<I> Builder<$block<I>> {
            /// Names a former address of this: a rename is then proposed as a move, nothing is destroyed. Calls add up. The contract calls
            /// it `alias`, which here is the name of a provider's configuration alone.
            pub fn formerly(self, address: &str) -> Self {
                self.with(|pending| pending.former_addresses.push(address.to_owned()))
            }

            /// Refuses every plan that deletes this.
            pub fn protect(self) -> Self {
                self.with(|pending| pending.extra("protect", true))
            }
        }
    )*};
}

/// What a provider makes.
macro_rules! provided {
    ($($block:ident)*) => {$(
        impl<I> Builder<$block<I>> {
            /// Chooses a provider configuration.
            #[track_caller]
            pub fn provider(self, provider: ProviderHandle) -> Self {
                let place = Location::caller();
                self.with(|pending| pending.meta.add::<Any, _>("provider", provider, place))
            }

            /// Stops Terraform before it acts unless the condition holds. Calls add up.
            #[track_caller]
            pub fn precondition(self, condition: impl IntoExpr<Bool>, error_message: impl IntoExpr<Str>) -> Self {
                let place = Location::caller();
                let block = Body::condition(condition, error_message, place);
                self.with(|pending| pending.lifecycle.add_block("precondition", &[], block))
            }

            /// Stops Terraform after it acted unless the condition holds. The closure gives the condition and the message, both about
            /// [the thing itself](This) too. Calls add up.
            #[track_caller]
            pub fn postcondition<C: IntoExpr<Bool>, E: IntoExpr<Str>>(self, rule: impl FnOnce(This) -> (C, E)) -> Self {
                let place = Location::caller();
                let (condition, error_message) = rule(This::SELF);
                let block = Body::condition(condition, error_message, place);
                self.with(|pending| pending.lifecycle.add_block("postcondition", &[], block))
            }
        }
    )*};
}

instances!(Handle Data Ephemeral ModuleHandle);
remembered!(Handle Data ModuleHandle);
provided!(Handle Data Ephemeral);

impl<I> Builder<Handle<I>> {
    /// Says how Terraform treats it: see [`Lifecycle`]. Calls add up.
    #[track_caller]
    pub fn lifecycle(self, lifecycle: Lifecycle) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.lifecycle.append(lifecycle.into_body(), place))
    }

    /// Adds a provisioner: a [`LocalExec`](crate::LocalExec), a [`RemoteExec`](crate::RemoteExec), a [`FileCopy`](crate::FileCopy). They run in
    /// the order in which they are added. The closure receives [the resource itself](This), which cannot be referred to by its handle.
    pub fn provisioner<P: Into<Provisioner>>(self, provisioner: impl FnOnce(This) -> P) -> Self {
        let Provisioner { kind, body } = provisioner(This::SELF).into();
        self.with(|pending| pending.meta.add_block("provisioner", &[&kind], body))
    }

    /// Says how provisioners reach it: an [`SshConnection`](crate::SshConnection), a [`WinRmConnection`](crate::WinRmConnection).
    pub fn connection<C: Into<Connection>>(self, connection: impl FnOnce(This) -> C) -> Self {
        let connection = connection(This::SELF).into();
        self.with(|pending| pending.meta.add_block("connection", &[], connection.0))
    }
}
