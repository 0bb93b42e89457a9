//! The marker types of expressions: what Terraform knows of a value's type, and which type stands where another is expected.

use std::marker::PhantomData;

/// A type that an [`Expr`](super::Expr) can have.
pub trait Type: 'static {}

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

impl Type for Str {}
impl Type for Num {}
impl Type for Bool {}
impl<T: 'static> Type for List<T> {}
impl<T: 'static> Type for Set<T> {}
impl<T: 'static> Type for Map<T> {}
impl Type for Object {}

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
