//! Variables: what only the one who applies knows.

use super::Body;
use super::blocks::Variable;
use super::builder::Builder;
use super::handle::ValueHandle;
use super::types::Constraint;
use crate::backend;
use crate::expr::{Any, Bool, Expr, IntoArgument, IntoExpr, Str, Type, Value};
use std::panic::Location;

impl Builder<Variable> {
    /// Says which values will do, by a [type constraint](crate::types); the handle's expression is then of that type.
    #[track_caller]
    pub fn of_type<T>(self, constraint: Constraint<T>) -> Builder<Variable<T>> {
        let place = Location::caller();
        self.with(|pending| pending.body.add::<Str, _>("type", constraint.into_text(), place)).retyped()
    }
}

/// What can be said of a variable of any type.
///
/// ```
/// # use tapwasm_guest::{Stack, length, tf, types::string};
/// # fn declare(stack: Stack) {
/// let owner = stack
///     .variable("owner")
///     .of_type(string())
///     .description("Who answers when it breaks.")
///     .nullable(false)
///     .validation(|owner| (length(&owner).gt(2), tf!("`{owner}` is nobody.")))
///     .declare();
/// stack.local("greeting").value(tf!("hello, {owner}")).declare();
/// # }
/// ```
impl<T: Read> Builder<Variable<T>> {
    /// Sets the value that it has if nobody gives one: known while the program runs.
    #[track_caller]
    pub fn default<M>(self, value: impl IntoArgument<T, M>) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add("default", value, place))
    }

    /// Refuses values for which the condition does not hold. The closure receives the value, and gives the condition and the message for
    /// whoever set it. Calls add up.
    #[track_caller]
    pub fn validation<C: IntoExpr<Bool>, E: IntoExpr<Str>>(self, rule: impl FnOnce(T::Expression) -> (C, E)) -> Self {
        let place = Location::caller();
        self.with(|pending| {
            let itself = backend::reserve(pending.stack, pending.request.clone());
            let (condition, error_message) = rule(T::read(ValueHandle::from(itself), place));
            pending.body.add_block("validation", &[], Body::condition(condition, error_message, place));
        })
    }
}

impl<T> Builder<Variable<T>> {
    /// Says what it is for.
    #[track_caller]
    pub fn description(self, text: impl AsRef<str>) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add::<Str, _>("description", text.as_ref(), place))
    }

    /// Keeps its value out of what Terraform prints. It is stored in the state all the same: see [`ephemeral`](Builder::ephemeral).
    #[track_caller]
    pub fn sensitive(self, yes: bool) -> Self {
        self.flag("sensitive", yes, Location::caller())
    }

    /// Says whether `null` will do.
    #[track_caller]
    pub fn nullable(self, yes: bool) -> Self {
        self.flag("nullable", yes, Location::caller())
    }

    /// Keeps its value out of state and plans; only what is ephemeral itself can read it.
    #[track_caller]
    pub fn ephemeral(self, yes: bool) -> Self {
        self.flag("ephemeral", yes, Location::caller())
    }
}

/// A type that a variable can have: how a value of it is read.
pub trait Read: Sized {
    /// The expression that reads it.
    type Expression;

    /// Reads a value.
    #[doc(hidden)]
    fn read(handle: ValueHandle, place: &'static Location<'static>) -> Self::Expression;
}

impl Read for Any {
    type Expression = Value;

    fn read(handle: ValueHandle, place: &'static Location<'static>) -> Value {
        Value::written(place, |out| IntoExpr::<Any>::write(&handle, out))
    }
}

impl<T: Type> Read for T {
    type Expression = Expr<T>;

    fn read(handle: ValueHandle, place: &'static Location<'static>) -> Expr<T> {
        Any::read(handle, place).typed()
    }
}
