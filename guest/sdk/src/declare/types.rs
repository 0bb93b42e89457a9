//! Type constraints of variables, as Rust values: `map(object([required("name", string())]))` is `map(object({name=string}))`. What the
//! constraint says, the handle of the variable knows: its expression is of that type.
//!
//! ```
//! use tapwasm_guest::types::{boolean, map, number, object, optional, optional_or, required, string};
//! use tapwasm_guest::{For, Stack, json};
//! # fn declare(stack: Stack) {
//! let users = stack
//!     .variable("users")
//!     .of_type(map(object([required("name", string()), optional("admin", boolean()), optional_or("quota", number(), 5)])))
//!     .default(json!({ "ada": { "name": "Ada" } }))
//!     .declare();
//! let names = For::each(users).list::<tapwasm_guest::Str>(|_, user| user.get("name"));
//! # stack.local("names").value(names).declare();
//! # }
//! ```

use super::literal;
use crate::complaint::complain;
use crate::expr::{Any, Bool, IntoExpr, List, Map, Num, Object, Set, Str};
use crate::token::Tokens;
use std::marker::PhantomData;
use std::panic::Location;

/// A type constraint. `T` is the type of expressions that read a value of it.
#[derive(Clone)]
pub struct Constraint<T> {
    text: String,
    kind: PhantomData<fn() -> T>,
}

/// An attribute of an [`object`].
#[derive(Clone)]
pub struct Attribute {
    name: String,
    constraint: String,
}

impl<T> Constraint<T> {
    fn new(text: impl Into<String>) -> Constraint<T> {
        Constraint { text: text.into(), kind: PhantomData }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// Text.
pub fn string() -> Constraint<Str> {
    Constraint::new("string")
}

/// A number.
pub fn number() -> Constraint<Num> {
    Constraint::new("number")
}

/// `true` or `false`.
pub fn boolean() -> Constraint<Bool> {
    Constraint::new("bool")
}

/// Whatever it is.
pub fn any() -> Constraint<Any> {
    Constraint::new("any")
}

/// A list of items of one type.
pub fn list<T>(items: Constraint<T>) -> Constraint<List<T>> {
    Constraint::new(format!("list({})", items.text))
}

/// A set of items of one type.
pub fn set<T>(items: Constraint<T>) -> Constraint<Set<T>> {
    Constraint::new(format!("set({})", items.text))
}

/// A map from text to values of one type.
pub fn map<T>(values: Constraint<T>) -> Constraint<Map<T>> {
    Constraint::new(format!("map({})", values.text))
}

/// An object with these attributes.
pub fn object(attributes: impl IntoIterator<Item = Attribute>) -> Constraint<Object> {
    let attributes: Vec<String> =
        attributes.into_iter().map(|attribute| format!("{}={}", attribute.name, attribute.constraint)).collect();
    Constraint::new(format!("object({{{}}})", attributes.join(",")))
}

/// A list of a fixed length whose items have types of their own: `tuple([string().item(), number().item()])`.
pub fn tuple(items: impl IntoIterator<Item = Constraint<Any>>) -> Constraint<Any> {
    let items: Vec<String> = items.into_iter().map(Constraint::into_text).collect();
    Constraint::new(format!("tuple([{}])", items.join(",")))
}

impl<T> Constraint<T> {
    /// Forgets the type of the expressions: constraints of different types go into one [`tuple()`].
    pub fn item(self) -> Constraint<Any> {
        Constraint::new(self.text)
    }
}

/// An attribute that must be given.
#[track_caller]
pub fn required<T>(name: &str, constraint: Constraint<T>) -> Attribute {
    attribute(name, constraint.text, Location::caller())
}

/// An attribute that may be left out: then it is `null`.
#[track_caller]
pub fn optional<T>(name: &str, constraint: Constraint<T>) -> Attribute {
    attribute(name, format!("optional({})", constraint.text), Location::caller())
}

/// An attribute that may be left out: then it is this value, which must be known while the program runs.
#[track_caller]
pub fn optional_or<T>(name: &str, constraint: Constraint<T>, default: impl IntoExpr<T>) -> Attribute {
    let place = Location::caller();
    let mut tokens = Tokens::at(place);
    default.write_owned(&mut tokens);
    let default = literal::text(&tokens.list).unwrap_or_else(|| {
        complain(format!("the default of the attribute `{name}` is not known: a type constraint holds constants alone"), place);
        "null".to_owned()
    });
    attribute(name, format!("optional({},{default})", constraint.text), place)
}

fn attribute(name: &str, constraint: String, place: &'static Location<'static>) -> Attribute {
    let mut characters = name.chars();
    let starts_well = characters.next().is_some_and(|first| first.is_alphabetic() || first == '_');
    if !starts_well || !characters.all(|character| character.is_alphanumeric() || character == '_' || character == '-') {
        complain(
            format!(
                "`{name}` cannot be an attribute of a type constraint: a name is letters, digits, `_` and `-`, no digit first"
            ),
            place,
        );
    }
    Attribute { name: name.to_owned(), constraint }
}
