//! `terraform_remote_state`: the outputs of a stack that is none of this program's.

use super::blocks::Data;
use super::builder::Builder;
use super::stack::Stack;
use super::state::Backend;
use crate::expr::{Any, Str};
use std::panic::Location;

impl Stack {
    /// Starts the data source that reads the outputs which another configuration stored in a backend. It is Terraform's own: no provider is
    /// required for it. `workspace` and `defaults` are set as any argument is.
    ///
    /// ```
    /// # use tapwasm_guest::{S3Backend, Stack};
    /// # fn declare(stack: Stack) {
    /// let network = stack.remote_state("network", S3Backend::new("states", "network.tfstate", "eu-west-1")).declare();
    /// stack.resource("aws_security_group", "service").set("vpc_id", network.get("outputs.vpc_id")).declare();
    /// # }
    /// ```
    #[track_caller]
    pub fn remote_state(self, name: impl AsRef<str>, backend: impl Into<Backend>) -> Builder<Data> {
        let place = Location::caller();
        let Backend { kind, body } = backend.into();
        self.data("terraform_remote_state", name).with(|pending| {
            pending.body.add::<Str, _>("backend", kind, place);
            if !body.is_empty() {
                pending.body.add::<Any, _>("config", body.into_object(place), place);
            }
        })
    }
}
