//! `self`: the resource itself, where it exists and its own address would be a circle.

use crate::expr::{Any, Countable, Expr, IntoExpr, Object, Type, Value};
use crate::token::Tokens;
use std::panic::Location;

/// The resource itself (`self` to Terraform). Only the closures receive it that say a postcondition, a provisioner or a connection.
///
/// ```
/// # use tapwasm_guest::{Num, Stack, tf};
/// # fn declare(stack: Stack) {
/// stack
///     .resource("aws_ebs_volume", "data")
///     .postcondition(|this| (this.attr::<Num>("size").ge(10), tf!("{} is too small.", this.get("id"))))
///     .declare();
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct This(());

impl This {
    pub(super) const SELF: This = This(());

    /// Reads an attribute, or a path of attributes, as the type that the context wants.
    #[track_caller]
    pub fn attr<T: Type>(&self, path: &str) -> Expr<T> {
        self.get(path).typed()
    }

    /// Reads an attribute, or a path of attributes, untyped.
    #[track_caller]
    pub fn get(&self, path: &str) -> Value {
        Value::written(Location::caller(), |out| out.symbol("self")).get(path)
    }
}

macro_rules! expressions {
    ($($kind:ty),*) => {$(
        impl IntoExpr<$kind> for This {
            fn write(&self, out: &mut Tokens) {
                out.symbol("self");
            }
        }
    )*};
}

expressions!(Any, Object, Countable);
