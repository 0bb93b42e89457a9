//! The block `lifecycle`.

use super::body::Body;
use super::this::This;
use crate::expr::{Any, Bool, IntoExpr, Str, Value};
use std::panic::Location;

/// How Terraform treats a resource.
///
/// ```
/// # use tapwasm_guest::Lifecycle;
/// Lifecycle::new().create_before_destroy(true).ignore_changes(["tags", "desired_count"]);
/// ```
#[must_use = "a lifecycle does nothing until it is given to `.lifecycle(…)`"]
#[derive(Clone)]
pub struct Lifecycle {
    body: Body,
}

impl Lifecycle {
    /// Starts with Terraform's defaults.
    pub fn new() -> Lifecycle {
        Lifecycle { body: Body::new() }
    }

    /// Creates the new one before the old one goes.
    #[track_caller]
    pub fn create_before_destroy(self, yes: bool) -> Self {
        self.set::<Any>("create_before_destroy", yes, Location::caller())
    }

    /// Makes Terraform refuse a plan that destroys it. [`protect`](crate::Builder::protect) makes the host refuse it.
    #[track_caller]
    pub fn prevent_destroy(self, yes: bool) -> Self {
        self.set::<Any>("prevent_destroy", yes, Location::caller())
    }

    /// Ignores what others change in these arguments.
    #[track_caller]
    pub fn ignore_changes<'a>(self, paths: impl IntoIterator<Item = &'a str>) -> Self {
        let paths: Vec<&str> = paths.into_iter().collect();
        self.set::<Any>("ignore_changes", paths, Location::caller())
    }

    /// Ignores whatever others change.
    #[track_caller]
    pub fn ignore_all_changes(self) -> Self {
        let place = Location::caller();
        let all = Value::written(place, |out| out.symbol("all"));
        self.set::<Any>("ignore_changes", all, place)
    }

    /// Replaces it when one of these changes: handles, or attributes of them.
    #[track_caller]
    pub fn replace_triggered_by<E: IntoExpr<Any>>(self, others: impl IntoIterator<Item = E>) -> Self {
        let others: Vec<E> = others.into_iter().collect();
        self.set::<Any>("replace_triggered_by", others, Location::caller())
    }

    /// Stops Terraform before it acts unless the condition holds.
    #[track_caller]
    pub fn precondition(mut self, condition: impl IntoExpr<Bool>, error_message: impl IntoExpr<Str>) -> Self {
        let place = Location::caller();
        self.body.add_block("precondition", &[], Body::condition(condition, error_message, place));
        self
    }

    /// Stops Terraform after it acted unless the condition holds. The closure gives the condition and the message, both about
    /// [the resource itself](This) too.
    #[track_caller]
    pub fn postcondition<C: IntoExpr<Bool>, E: IntoExpr<Str>>(mut self, rule: impl FnOnce(This) -> (C, E)) -> Self {
        let place = Location::caller();
        let (condition, error_message) = rule(This::SELF);
        self.body.add_block("postcondition", &[], Body::condition(condition, error_message, place));
        self
    }

    pub(super) fn into_body(self) -> Body {
        self.body
    }

    fn set<T>(mut self, name: &str, value: impl IntoExpr<T>, place: &'static Location<'static>) -> Self {
        self.body.add::<T, _>(name, value, place);
        self
    }
}

impl Default for Lifecycle {
    fn default() -> Lifecycle {
        Lifecycle::new()
    }
}
