//! The closures that say what is made of each item. Traits of their own, so that the item's type is checked and only the result's is named:
//! `list::<Str>(|_, v| …)`.

use super::{Expr, IntoExpr, Str, Value};

/// A closure that makes of key and item what Terraform takes as a `T`.
pub trait ToItem<T>: FnOnce(Value, Value) -> <Self as ToItem<T>>::Item {
    /// What it makes.
    type Item: IntoExpr<T>;
}

impl<T, E: IntoExpr<T>, F: FnOnce(Value, Value) -> E> ToItem<T> for F {
    type Item = E;
}

/// A closure that makes of key and item another key and what Terraform takes as a `T`.
pub trait ToEntry<T>: FnOnce(Value, Value) -> (Expr<Str>, <Self as ToEntry<T>>::Item) {
    /// What it makes, beside the key.
    type Item: IntoExpr<T>;
}

impl<T, E: IntoExpr<T>, F: FnOnce(Value, Value) -> (Expr<Str>, E)> ToEntry<T> for F {
    type Item = E;
}

/// A closure that reads of an item what Terraform takes as a `T`.
pub trait Projection<T>: FnOnce(Value) -> <Self as Projection<T>>::Item {
    /// What it reads.
    type Item: IntoExpr<T>;
}

impl<T, E: IntoExpr<T>, F: FnOnce(Value) -> E> Projection<T> for F {
    type Item = E;
}
