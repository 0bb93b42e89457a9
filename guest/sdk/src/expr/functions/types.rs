//! Conversions, and what may fail or may not be shown.

use super::functions;
use crate::expr::{Any, Bool, Expr, List, Map, Num, Object, Scalar, Set, Str, Value};

functions! {
    /// Tells whether an expression can be evaluated.
    can(expression: Any) -> Expr<Bool>;
    /// Null in place of a value that is ephemeral.
    ephemeralasnull<T>(value: T) -> Expr<T>;
    /// Tells whether a value is marked as sensitive.
    issensitive(value: Any) -> Expr<Bool>;
    /// The same value, no longer marked as sensitive.
    nonsensitive<T>(value: T) -> Expr<T>;
    /// The same value, marked as sensitive: Terraform does not show it.
    sensitive<T>(value: T) -> Expr<T>;
    /// Makes a bool of `"true"` and `"false"`.
    tobool(v: Scalar) -> Expr<Bool>;
    /// Makes a list of a set, or of what is written as a list.
    tolist<T>(v: List<T>) -> Expr<List<T>>;
    /// Makes a map of an object whose attributes are of one type.
    tomap<T>(v: Object) -> Expr<Map<T>>;
    /// Makes a number of text.
    tonumber(v: Scalar) -> Expr<Num>;
    /// Makes a set of a list.
    toset<T>(v: List<T>) -> Expr<Set<T>>;
    /// Makes text of a number or a bool.
    tostring(v: Scalar) -> Expr<Str>;
    /// The first of the expressions that can be evaluated.
    try_ = "try"(; expressions: Any) -> Value;
}
