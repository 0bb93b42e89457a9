//! Calls of Terraform's functions: any by name, the most used ones typed.

use super::{Any, Expr, IntoExpr, List, Map, Num, Object, Set, Str, Type, Value};
use crate::token::Tokens;
use std::panic::Location;

/// The arguments of a call: a tuple of up to eight, an array, a `Vec`.
pub trait Arguments {
    /// Writes the arguments behind what `open` writes for their number.
    fn write_arguments(self, open: impl FnOnce(&mut Tokens, usize), out: &mut Tokens);
}

impl<E: IntoExpr<Any>, const N: usize> Arguments for [E; N] {
    fn write_arguments(self, open: impl FnOnce(&mut Tokens, usize), out: &mut Tokens) {
        open(out, N);
        self.into_iter().for_each(|argument| argument.write_owned(out));
    }
}

impl<E: IntoExpr<Any>> Arguments for Vec<E> {
    fn write_arguments(self, open: impl FnOnce(&mut Tokens, usize), out: &mut Tokens) {
        open(out, self.len());
        self.into_iter().for_each(|argument| argument.write_owned(out));
    }
}

impl Arguments for () {
    fn write_arguments(self, open: impl FnOnce(&mut Tokens, usize), out: &mut Tokens) {
        open(out, 0);
    }
}

macro_rules! tuple {
    ($($count:literal: $($name:ident)*;)*) => {$(
        impl<$($name: IntoExpr<Any>),*> Arguments for ($($name,)*) {
            #[allow(non_snake_case, reason = "the variables are named as their types")]
            fn write_arguments(self, open: impl FnOnce(&mut Tokens, usize), out: &mut Tokens) {
                let ($($name,)*) = self;
                open(out, $count);
                $($name.write_owned(out);)*
            }
        }
    )*};
}

tuple! {
    1: A; 2: A B; 3: A B C; 4: A B C D; 5: A B C D E; 6: A B C D E F; 7: A B C D E F G; 8: A B C D E F G H;
}

/// Calls one of Terraform's functions, or a provider's (`provider::aws::arn_parse`).
///
/// ```
/// # use tapwasm_guest::{Expr, Str, call};
/// # fn f(block: Expr<Str>) -> Expr<Str> {
/// call("cidrsubnet", (block, 8, 2)).typed()
/// # }
/// ```
#[track_caller]
pub fn call(function: &str, arguments: impl Arguments) -> Value {
    Value::written(Location::caller(), |out| {
        arguments.write_arguments(|out, count| out.form(format!("call:{function}"), count), out);
    })
}

/// Calls a function whose last argument, a list, is expanded to arguments (`...`).
#[track_caller]
pub fn call_expand(function: &str, arguments: impl Arguments) -> Value {
    Value::written(Location::caller(), |out| {
        arguments.write_arguments(|out, count| out.form(format!("call-expand:{function}"), count), out);
    })
}

/// `jsonencode`: prefer [`to_json`](Value::to_json), which is known at once where it can be.
#[track_caller]
pub fn jsonencode(value: impl IntoExpr<Any>) -> Expr<Str> {
    call("jsonencode", (value,)).typed()
}

/// `cidrsubnet`: the subnet `number` of `prefix`, longer by `new_bits`.
#[track_caller]
pub fn cidrsubnet(prefix: impl IntoExpr<Str>, new_bits: impl IntoExpr<Num>, number: impl IntoExpr<Num>) -> Expr<Str> {
    call("cidrsubnet", (Expr::<Str>::of(prefix), Expr::<Num>::of(new_bits), Expr::<Num>::of(number))).typed()
}

/// `tostring`
#[track_caller]
pub fn tostring(value: impl IntoExpr<Any>) -> Expr<Str> {
    call("tostring", (value,)).typed()
}

/// `tonumber`
#[track_caller]
pub fn tonumber(value: impl IntoExpr<Any>) -> Expr<Num> {
    call("tonumber", (value,)).typed()
}

/// `toset`
#[track_caller]
pub fn toset<T: Type>(items: impl IntoExpr<List<T>>) -> Expr<Set<T>> {
    call("toset", (Expr::<List<T>>::of(items),)).typed()
}

/// `element`: an item, counted from 0, wrapping around.
#[track_caller]
pub fn element<T: Type>(items: impl IntoExpr<List<T>>, index: impl IntoExpr<Num>) -> Expr<T> {
    call("element", (Expr::<List<T>>::of(items), Expr::<Num>::of(index))).typed()
}

/// `length` of a list, map or text.
#[track_caller]
pub fn length(value: impl IntoExpr<Any>) -> Expr<Num> {
    call("length", (value,)).typed()
}

/// `join`
#[track_caller]
pub fn join(separator: &str, items: impl IntoExpr<List<Str>>) -> Expr<Str> {
    call("join", (separator, Expr::<List<Str>>::of(items))).typed()
}

/// `split`
#[track_caller]
pub fn split(separator: &str, text: impl IntoExpr<Str>) -> Expr<List<Str>> {
    call("split", (separator, Expr::<Str>::of(text))).typed()
}

/// `format`: prefer [`tf!`](crate::tf), unless its verbs are wanted.
#[track_caller]
pub fn format(pattern: &str, arguments: impl Arguments) -> Expr<Str> {
    Value::written(Location::caller(), |out| {
        let open = |out: &mut Tokens, count| {
            out.form("call:format", count + 1);
            out.text(pattern);
        };
        arguments.write_arguments(open, out);
    })
    .typed()
}

/// `concat`: the items of several lists.
#[track_caller]
pub fn concat<T: Type>(lists: impl Arguments) -> Expr<List<T>> {
    call("concat", lists).typed()
}

/// `merge`: the entries of several maps or objects; later ones win.
#[track_caller]
pub fn merge(maps: impl Arguments) -> Expr<Object> {
    call("merge", maps).typed()
}

/// `lookup`: the entry of a map, or a default.
#[track_caller]
pub fn lookup<T: Type>(map: impl IntoExpr<Map<T>>, key: impl IntoExpr<Str>, default: impl IntoExpr<T>) -> Expr<T> {
    call("lookup", (Expr::<Map<T>>::of(map), Expr::<Str>::of(key), Expr::<T>::of(default))).typed()
}

/// `try`: the first of the expressions that can be evaluated.
#[track_caller]
pub fn try_(expressions: impl Arguments) -> Value {
    call("try", expressions)
}
