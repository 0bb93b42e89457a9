//! Checks: what is looked at in every run, and stops none.

use super::Body;
use super::blocks::Check;
use super::builder::Builder;
use super::handle::{Dependencies, Dependency, ProviderHandle};
use crate::expr::{Any, Bool, Expr, IntoArgument, IntoExpr, Str, Type, Value};
use std::panic::Location;

/// A data source that belongs to one check: what goes wrong while it is read is a warning.
///
/// ```
/// # use tapwasm_guest::{Num, ScopedData, Stack, tf};
/// # fn declare(stack: Stack) {
/// let page = ScopedData::new("http", "page").set("url", "https://example.com");
/// let status = page.attr::<Num>("status_code");
/// stack.check("up").data(page).assert(status.eq(200), tf!("It answers {status}.")).declare();
/// # }
/// ```
#[must_use = "nothing is read until it is given to a check"]
#[derive(Clone)]
pub struct ScopedData {
    kind: String,
    name: String,
    body: Body,
    dependencies: Vec<Dependency>,
    place: &'static Location<'static>,
}

impl ScopedData {
    /// Starts a data source of a provider's type.
    #[track_caller]
    pub fn new(kind: &str, name: &str) -> ScopedData {
        ScopedData {
            kind: kind.to_owned(),
            name: name.to_owned(),
            body: Body::new(),
            dependencies: Vec::new(),
            place: Location::caller(),
        }
    }

    /// Sets an argument; `None` leaves it out.
    #[track_caller]
    pub fn set<M>(mut self, name: &str, value: impl IntoArgument<Any, M>) -> Self {
        self.body.add(name, value, Location::caller());
        self
    }

    /// Adds a nested block.
    pub fn block(mut self, kind: &str, body: Body) -> Self {
        self.body.add_block(kind, &[], body);
        self
    }

    /// Chooses a provider configuration.
    #[track_caller]
    pub fn provider(mut self, provider: ProviderHandle) -> Self {
        self.body.add::<Any, _>("provider", provider, Location::caller());
        self
    }

    /// Waits for all of these. Calls add up.
    pub fn depends_on<M>(mut self, others: impl Dependencies<M>) -> Self {
        others.add_to(&mut self.dependencies);
        self
    }

    /// Reads an attribute, or a path of attributes, as the type that the context wants.
    #[track_caller]
    pub fn attr<T: Type>(&self, path: &str) -> Expr<T> {
        self.get(path).typed()
    }

    /// Reads an attribute, or a path of attributes, untyped.
    #[track_caller]
    pub fn get(&self, path: &str) -> Value {
        Value::written(Location::caller(), |out| out.symbol(format!("data.{}.{}.{path}", self.kind, self.name)))
    }
}

impl Builder<Check> {
    /// Gives the check its data source: it may have one.
    pub fn data(self, data: ScopedData) -> Self {
        let ScopedData { kind, name, mut body, dependencies, place } = data;
        if !dependencies.is_empty() {
            body.add::<Any, _>("depends_on", dependencies, place);
        }
        self.with(|pending| pending.body.add_block("data", &[&kind, &name], body))
    }

    /// Warns unless the condition holds. A check has at least one; calls add up.
    #[track_caller]
    pub fn assert(self, condition: impl IntoExpr<Bool>, error_message: impl IntoExpr<Str>) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add_block("assert", &[], Body::condition(condition, error_message, place)))
    }
}
