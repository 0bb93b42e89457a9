//! Local values and outputs.

use super::Body;
use super::blocks::Local;
use super::builder::Builder;
use super::handle::{Dependencies, OutputHandle};
use crate::expr::{Any, Bool, IntoArgument, IntoExpr, Str};
use std::panic::Location;

impl Builder<Local> {
    /// Sets the value.
    #[track_caller]
    pub fn value(self, value: impl IntoExpr<Any>) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add::<Any, _>("value", value, place))
    }
}

/// ```
/// # use tapwasm_guest::Stack;
/// # fn declare(stack: Stack) {
/// let key = stack.resource("aws_kms_key", "logs").declare();
/// stack.output("key").value(key.get("arn")).description("What the logs are encrypted with.").depends_on([key]).declare();
/// # }
/// ```
impl Builder<OutputHandle> {
    /// Sets the value.
    #[track_caller]
    pub fn value<M>(self, value: impl IntoArgument<Any, M>) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add::<Any, _>("value", value, place))
    }

    /// Says what it is.
    #[track_caller]
    pub fn description(self, text: impl AsRef<str>) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add::<Str, _>("description", text.as_ref(), place))
    }

    /// Keeps its value out of what Terraform prints. It is stored in the state all the same.
    #[track_caller]
    pub fn sensitive(self, yes: bool) -> Self {
        self.flag("sensitive", yes, Location::caller())
    }

    /// Keeps its value out of the state. Terraform takes that in modules that are called, not at the top.
    #[track_caller]
    pub fn ephemeral(self, yes: bool) -> Self {
        self.flag("ephemeral", yes, Location::caller())
    }

    /// Stops Terraform before it stores the value unless the condition holds. Calls add up.
    #[track_caller]
    pub fn precondition(self, condition: impl IntoExpr<Bool>, error_message: impl IntoExpr<Str>) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add_block("precondition", &[], Body::condition(condition, error_message, place)))
    }

    /// Waits for all of these. Calls add up.
    pub fn depends_on<M>(self, others: impl Dependencies<M>) -> Self {
        self.with(|pending| others.add_to(&mut pending.dependencies))
    }
}
