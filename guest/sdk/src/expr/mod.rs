//! Expressions: values that Terraform may know only when it applies. They are trees, never text with markers in it.

mod argument;
mod call;
mod closure;
mod for_each;
pub mod functions;
mod into;
mod json;
mod kind;
mod operator;
mod read;
mod symbol;
mod template;

pub use argument::IntoArgument;
pub use call::{Arguments, Expand, Written, call, call_expand, provider_function};
pub use closure::{Projection, ToEntry, ToItem};
pub use for_each::For;
pub use functions::{
    cidrsubnet, concat, element, format, join, jsonencode, length, lookup, merge, split, tonumber, toset, tostring, try_,
};
pub use into::IntoExpr;
pub use kind::{
    Accepts, Any, Attributes, Bool, Countable, Element, ForEach, List, Map, Num, Object, Scalar, Sequence, Set, Str, Type,
};
pub use operator::conditional;
pub(crate) use read::all;
pub use symbol::*;
pub use template::{Hole, Template, TextParts};

use crate::token::{Token, Tokens};
use std::marker::PhantomData;
use std::panic::Location;
use std::rc::Rc;

/// An expression of a type that the Rust compiler checks: `Expr<Str>`, `Expr<List<Num>>`. Cheap to clone.
///
/// It is deliberately not printable: what it stands for is not known while the program runs. Text is put together with
/// [`tf!`](crate::tf), not `format!`:
///
/// ```compile_fail,E0277
/// # use tapwasm_guest::{Expr, Str};
/// fn name(account: Expr<Str>) -> String { format!("logs-{account}") }
/// ```
pub struct Expr<T: Type> {
    tokens: Rc<Vec<Token>>,
    kind: PhantomData<fn() -> T>,
}

/// An expression of any type. It goes wherever an [`Expr`] goes and has every operator, unchecked; [`typed`](Value::typed) says what it is.
/// Cheap to clone.
pub struct Value {
    tokens: Rc<Vec<Token>>,
}

impl<T: Type> Clone for Expr<T> {
    fn clone(&self) -> Self {
        Expr { tokens: Rc::clone(&self.tokens), kind: PhantomData }
    }
}

impl Clone for Value {
    fn clone(&self) -> Self {
        Value { tokens: Rc::clone(&self.tokens) }
    }
}

impl<T: Type> Expr<T> {
    /// Makes an expression of anything that has this type.
    #[track_caller]
    pub fn of(value: impl IntoExpr<T>) -> Expr<T> {
        Value::written(Location::caller(), |out| value.write_owned(out)).typed()
    }

    /// Forgets the type.
    pub fn untyped(self) -> Value {
        Value { tokens: self.tokens }
    }

    /// Returns what an element of a collection would be: for an object of typed bindings, what its attributes are read from. What functions
    /// give is an expression: `one(function.vpc_config()).read().subnet_ids()`.
    pub fn read(self) -> T::Read {
        T::Read::of_value(self.untyped())
    }

    /// Makes an expression of tokens that someone has written.
    pub fn from_tokens(tokens: Tokens) -> Expr<T> {
        Value::from_tokens(tokens).typed()
    }

    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tokens
    }
}

impl Value {
    /// Makes an untyped expression of anything.
    #[track_caller]
    pub fn of(value: impl IntoExpr<Any>) -> Value {
        Value::written(Location::caller(), |out| value.write_owned(out))
    }

    /// Takes the author's word for the type.
    pub fn typed<T: Type>(self) -> Expr<T> {
        Expr { tokens: self.tokens, kind: PhantomData }
    }

    /// Makes an expression of tokens that someone has written.
    pub fn from_tokens(tokens: Tokens) -> Value {
        Value { tokens: Rc::new(tokens.list) }
    }

    pub(crate) fn written(place: &'static Location<'static>, write: impl FnOnce(&mut Tokens)) -> Value {
        let mut tokens = Tokens::at(place);
        write(&mut tokens);
        Value::from_tokens(tokens)
    }

    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tokens
    }
}

impl<T: Type> From<Expr<T>> for Value {
    fn from(expr: Expr<T>) -> Value {
        expr.untyped()
    }
}

/// A [`Value`], or what something else tells the type of (a function's signature, a collection, a schema): an [`Expr`], or [`Attributes`].
pub trait OfValue {
    /// What a list of these is a list of.
    type Kind: Element;

    /// Takes its word for the type.
    fn of_value(value: Value) -> Self;

    /// Forgets the type.
    fn into_value(self) -> Value;
}

impl OfValue for Value {
    type Kind = Any;

    fn of_value(value: Value) -> Value {
        value
    }

    fn into_value(self) -> Value {
        self
    }
}

impl<T: Type> OfValue for Expr<T> {
    type Kind = T;

    fn of_value(value: Value) -> Expr<T> {
        value.typed()
    }

    fn into_value(self) -> Value {
        self.untyped()
    }
}

impl<T: Attributes> OfValue for T {
    type Kind = T;

    fn of_value(value: Value) -> T {
        T::from_value(value)
    }

    fn into_value(self) -> Value {
        Attributes::into_value(self)
    }
}

/// Appends shared tokens; the last owner gives them away without a copy.
fn append(tokens: Rc<Vec<Token>>, out: &mut Tokens) {
    match Rc::try_unwrap(tokens) {
        Ok(mut own) if out.list.is_empty() => std::mem::swap(&mut out.list, &mut own),
        Ok(own) => out.list.extend(own),
        Err(shared) => out.list.extend_from_slice(&shared),
    }
}
