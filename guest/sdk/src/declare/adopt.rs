//! `moved`, `import` and `removed`: what exists goes by another address, under Terraform's care, or out of it.

use super::Body;
use super::blocks::{ForgetOrDestroy, Import, Moved, Removed};
use super::builder::Builder;
use super::handle::ProviderHandle;
use super::provisioner::Provisioner;
use super::target::{Address, Target};
use super::this::This;
use crate::expr::{Any, ForEach, IntoExpr, Object, Str};
use std::panic::Location;

/// ```
/// # use tapwasm_guest::Stack;
/// # fn declare(stack: Stack) {
/// let keys = stack.resource("aws_kms_key", "keys").for_each(["logs"]).declare();
/// stack.moved().from("aws_kms_key.logs").to(keys.at("logs")).declare();
/// # }
/// ```
impl Builder<Moved> {
    /// Sets the address that it had.
    #[track_caller]
    pub fn from(self, old: impl Target) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add("from", Address(old), place))
    }

    /// Sets the address that it has now.
    #[track_caller]
    pub fn to(self, new: impl Target) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add("to", Address(new), place))
    }
}

/// ```
/// # use tapwasm_guest::{Stack, each_key, each_value, json};
/// # fn declare(stack: Stack) {
/// let users = json!({ "ada": "AIDA1", "bob": "AIDA2" });
/// let accounts = stack.resource("aws_iam_user", "users").for_each(&users).set("name", each_key()).declare();
/// stack.import().to(accounts.at(each_key())).id(each_value()).for_each(&users).declare();
/// # }
/// ```
impl Builder<Import> {
    /// Sets the address that it gets: of a resource that is declared.
    #[track_caller]
    pub fn to(self, new: impl Target) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add("to", Address(new), place))
    }

    /// Says which real object it is, by the id that the provider knows it by.
    #[track_caller]
    pub fn id(self, id: impl IntoExpr<Str>) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add::<Str, _>("id", id, place))
    }

    /// Says which real object it is by several values instead of an id: `json!({ "account_id": …, "name": … })`. From Terraform 1.12 on.
    #[track_caller]
    pub fn identity(self, identity: impl IntoExpr<Object>) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add::<Object, _>("identity", identity, place))
    }

    /// Chooses a provider configuration.
    #[track_caller]
    pub fn provider(self, provider: ProviderHandle) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add::<Any, _>("provider", provider, place))
    }

    /// Imports an object for each entry of a map or set, which must be known when Terraform plans.
    #[track_caller]
    pub fn for_each(self, items: impl IntoExpr<ForEach>) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add_for_each(items, place))
    }
}

/// Left out, Terraform would destroy the real object, and OpenTofu keep it. So one of the two must be said:
///
/// ```
/// # use tapwasm_guest::Stack;
/// # fn declare(stack: Stack) {
/// stack.removed().from("aws_kms_key.logs").forget().declare();
/// # }
/// ```
///
/// ```compile_fail,E0599
/// # use tapwasm_guest::Stack;
/// # fn declare(stack: Stack) {
/// stack.removed().from("aws_kms_key.logs").declare();
/// # }
/// ```
impl Builder<ForgetOrDestroy> {
    /// Sets the address that it had: of a whole resource or module, not of an instance.
    #[track_caller]
    pub fn from(self, old: impl Target) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add("from", Address(old), place))
    }

    /// Leaves the real object alone: Terraform forgets it.
    #[track_caller]
    pub fn forget(self) -> Builder<Removed> {
        self.ended(false, Location::caller())
    }

    /// Destroys the real object.
    #[track_caller]
    pub fn destroy(self) -> Builder<Removed> {
        self.ended(true, Location::caller())
    }

    fn ended(self, destroy: bool, place: &'static Location<'static>) -> Builder<Removed> {
        let mut lifecycle = Body::new();
        lifecycle.add::<Any, _>("destroy", destroy, place);
        self.with(|pending| pending.body.add_block("lifecycle", &[], lifecycle)).retyped()
    }
}

impl Builder<Removed> {
    /// Runs a provisioner before it is destroyed; it says `when_destroy`.
    pub fn provisioner<P: Into<Provisioner>>(self, provisioner: impl FnOnce(This) -> P) -> Self {
        let Provisioner { kind, body } = provisioner(This::SELF).into();
        self.with(|pending| pending.body.add_block("provisioner", &[&kind], body))
    }
}
