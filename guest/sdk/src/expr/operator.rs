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

/// Operators of some types of expressions; a [`Value`] is taken at its word and has them all.
macro_rules! operators {
    ($([$([$($generics:tt)*] $rust:ty),*] $binary:tt $unary:tt)*) => {
        $($(operators!(@ [$($generics)*] $rust, $binary $unary);)*)*
    };
    (@ [$($generics:tt)*] $rust:ty, {
        $($(#[$doc:meta])* $name:ident $operator:literal $right:ty => $result:ty;)*
    } {
        $($(#[$unary_doc:meta])* $unary_name:ident $unary_operator:literal => $unary_result:ty;)*
    }) => {
        #[allow(clippy::should_implement_trait, reason = "an expression is not compared or added here, it says that Terraform will")]
        impl<$($generics)*> $rust {
            $(
                $(#[$doc])*
                #[track_caller]
                pub fn $name(&self, right: impl IntoExpr<$right>) -> Expr<$result> {
                    binary($operator, &self.tokens, right, Location::caller()).typed()
                }
            )*
            $(
                $(#[$unary_doc])*
                #[track_caller]
                pub fn $unary_name(&self) -> Expr<$unary_result> {
                    unary($unary_operator, &self.tokens, Location::caller()).typed()
                }
            )*
        }
    };
}

operators! {
    [[T: Type] Expr<T>, [] Value] {
        /// `==`
        eq "==" Any => Bool;
        /// `!=`
        ne "!=" Any => Bool;
    } {}
    [[] Expr<Num>, [] Value] {
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
    } {
        /// `-`
        neg "-" => Num;
    }
    [[] Expr<Bool>, [] Value] {
        /// `&&`
        and "&&" Bool => Bool;
        /// `||`
        or "||" Bool => Bool;
    } {
        /// `!`
        not "!" => Bool;
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
