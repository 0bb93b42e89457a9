//! The closures that say what is made of each item. Traits of their own, so that the item's type is checked and only the result's is named:
//! `list::<Str>(|_, v| …)`.

use super::{Expr, IntoExpr, Str, Value};

/// A closure that makes of key and item what Terraform takes as a `T`.
pub trait ToItem<T, K = Value, V = Value>: FnOnce(K, V) -> <Self as ToItem<T, K, V>>::Item {
    /// What it makes.
    type Item: IntoExpr<T>;
}

impl<T, K, V, E: IntoExpr<T>, F: FnOnce(K, V) -> E> ToItem<T, K, V> for F {
    type Item = E;
}

/// A closure that makes of key and item another key and what Terraform takes as a `T`.
pub trait ToEntry<T, K = Value, V = Value>: FnOnce(K, V) -> (Expr<Str>, <Self as ToEntry<T, K, V>>::Item) {
    /// What it makes, beside the key.
    type Item: IntoExpr<T>;
}

impl<T, K, V, E: IntoExpr<T>, F: FnOnce(K, V) -> (Expr<Str>, E)> ToEntry<T, K, V> for F {
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
