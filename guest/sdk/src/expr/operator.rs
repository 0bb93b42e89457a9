//! Operators as methods, and the conditional.

use super::{Any, Bool, Expr, IntoExpr, Num, Type, Value};
use crate::token::Token;
use std::panic::Location;

fn binary<T>(operator: &str, left: &[Token], right: impl IntoExpr<T>, place: &'static Location<'static>) -> Value {
    Value::written(place, |out| {
        out.form(format!("binary:{operator}"), 2);
        out.list.extend_from_slice(left);
        right.write_owned(out);
    })
}

fn unary(operator: &str, operand: &[Token], place: &'static Location<'static>) -> Value {
    Value::written(place, |out| {
        out.form(format!("unary:{operator}"), 1);
        out.list.extend_from_slice(operand);
    })
}

macro_rules! binary {
    ($([$($generics:tt)*] $rust:ty: $($(#[$doc:meta])* $name:ident $operator:literal $right:ty => $result:ty;)*)*) => {$(
        #[allow(clippy::should_implement_trait, reason = "an expression is not compared or added here, it says that Terraform will")]
        impl<$($generics)*> $rust {
            $(
                $(#[$doc])*
                #[track_caller]
                pub fn $name(&self, right: impl IntoExpr<$right>) -> Expr<$result> {
                    binary($operator, &self.tokens, right, Location::caller()).typed()
                }
            )*
        }
    )*};
}

binary! {
    [T: Type] Expr<T>:
        /// `==`
        eq "==" Any => Bool;
        /// `!=`
        ne "!=" Any => Bool;
    [] Value:
        /// `==`
        eq "==" Any => Bool;
        /// `!=`
        ne "!=" Any => Bool;
    [] Expr<Num>:
        /// `+`
        add "+" Num => Num;
        /// `-`
        sub "-" Num => Num;
        /// `*`
        mul "*" Num => Num;
        /// `/`
        div "/" Num => Num;
        /// `%`
        rem "%" Num => Num;
        /// `<`
        lt "<" Num => Bool;
        /// `<=`
        le "<=" Num => Bool;
        /// `>`
        gt ">" Num => Bool;
        /// `>=`
        ge ">=" Num => Bool;
    [] Expr<Bool>:
        /// `&&`
        and "&&" Bool => Bool;
        /// `||`
        or "||" Bool => Bool;
}

impl Expr<Num> {
    /// `-`
    #[track_caller]
    #[allow(clippy::should_implement_trait, reason = "as for the operators with two operands")]
    pub fn neg(&self) -> Expr<Num> {
        unary("-", &self.tokens, Location::caller()).typed()
    }
}

impl Expr<Bool> {
    /// `!`
    #[track_caller]
    #[allow(clippy::should_implement_trait, reason = "as for the operators with two operands")]
    pub fn not(&self) -> Expr<Bool> {
        unary("!", &self.tokens, Location::caller()).typed()
    }
}

/// `condition ? then : otherwise`
#[track_caller]
pub fn conditional<T: Type>(condition: impl IntoExpr<Bool>, then: impl IntoExpr<T>, otherwise: impl IntoExpr<T>) -> Expr<T> {
    Value::written(Location::caller(), |out| {
        out.form("conditional", 3);
        condition.write_owned(out);
        then.write_owned(out);
        otherwise.write_owned(out);
    })
    .typed()
}
