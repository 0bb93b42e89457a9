//! The marker types of expressions: what Terraform knows of a value's type, and which type stands where another is expected.

use super::{Expr, OfValue, Value};
use std::marker::PhantomData;

/// What can stand in a list, a set or a map.
pub trait Element: 'static {
    /// What one that is picked is read as: an [`Expr`] of its type; for [`Any`] a [`Value`], for typed bindings' objects their [`Attributes`].
    type Read: OfValue;
}

/// A type that an [`Expr`] can have.
pub trait Type: Element {}

/// What is read of an object whose attributes are known: the structs of typed bindings. Such a struct is the type of its expressions, too:
/// `Expr<List<VpcConfigAttributes>>`.
pub trait Attributes: Sized + 'static {
    /// Takes its word for the attributes.
    fn from_value(value: Value) -> Self;

    /// Forgets the attributes.
    fn into_value(self) -> Value;
}

/// Says that Terraform takes a `T` where `Self` is expected.
#[diagnostic::on_unimplemented(
    message = "an expression of `{T}` cannot be given where Terraform expects `{Self}`",
    label = "Terraform expects `{Self}` here",
    note = "`untyped()` and then `typed()` take your word for another type"
)]
pub trait Accepts<T> {}

/// Text.
pub struct Str;
/// A number.
pub struct Num;
/// `true` or `false`.
pub struct Bool;
/// A list of `T`.
pub struct List<T>(PhantomData<T>);
/// A set of `T`.
pub struct Set<T>(PhantomData<T>);
/// A map from text to `T`.
pub struct Map<T>(PhantomData<T>);
/// An object: attributes of their own types.
pub struct Object;
/// Whatever it is. Not the type of an expression (that is [`Value`](super::Value)) but of a place that takes all.
pub struct Any;
/// Text, a number or a bool: what Terraform turns into one another.
pub struct Scalar;
/// A list or a set of anything.
pub struct Sequence;
/// What has a length: text, a list, a set, a map, an object.
pub struct Countable;
/// What a `for_each` iterates: a map, an object, or a set of text.
pub struct ForEach;

macro_rules! types {
    ($([$($generics:tt)*] $kind:ty),*) => {$(
        impl<$($generics)*> Element for $kind {
            type Read = Expr<$kind>;
        }

        impl<$($generics)*> Type for $kind {}
    )*};
}

types!([] Str, [] Num, [] Bool, [T: 'static] List<T>, [T: 'static] Set<T>, [T: 'static] Map<T>, [] Object);

impl Element for Any {
    type Read = Value;
}

impl<T: Attributes> Element for T {
    type Read = T;
}

impl<T: Attributes> Type for T {}

impl Accepts<Str> for Str {}
impl Accepts<Num> for Num {}
impl Accepts<Bool> for Bool {}
impl<T> Accepts<List<T>> for List<T> {}
impl<T> Accepts<Set<T>> for List<T> {}
impl<T> Accepts<List<T>> for Set<T> {}
impl<T> Accepts<Set<T>> for Set<T> {}
impl<T> Accepts<Map<T>> for Map<T> {}
impl<T> Accepts<Map<T>> for Object {}
impl Accepts<Object> for Object {}
impl<T: Type> Accepts<T> for Any {}
impl<T: Attributes> Accepts<T> for T {}
impl<T> Accepts<Map<T>> for ForEach {}
impl Accepts<Object> for ForEach {}
impl Accepts<Set<Str>> for ForEach {}
impl Accepts<Str> for Scalar {}
impl Accepts<Num> for Scalar {}
impl Accepts<Bool> for Scalar {}
impl<T> Accepts<List<T>> for Sequence {}
impl<T> Accepts<Set<T>> for Sequence {}
impl Accepts<Str> for Countable {}
impl<T> Accepts<List<T>> for Countable {}
impl<T> Accepts<Set<T>> for Countable {}
impl<T> Accepts<Map<T>> for Countable {}
impl Accepts<Object> for Countable {}
