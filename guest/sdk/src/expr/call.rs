//! Calls of functions by name, and what is given to a function that takes any number of arguments.

use super::{Any, IntoExpr, List, Value};
use crate::token::{Token, Tokens};
use std::panic::Location;

/// Any number of arguments where Terraform expects a `T` each: `()`, a tuple of up to twelve, an array, a `Vec`, or [`Expand`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given where Terraform expects any number of `{T}`",
    label = "a tuple, an array or a `Vec` of `{T}` is expected here",
    note = "one argument is a tuple of one: `(value,)`; a list that Terraform shall take apart is `Expand(list)`"
)]
pub trait Arguments<T = Any> {
    /// Writes the arguments.
    fn write_arguments(self, out: &mut Tokens) -> Written;
}

/// What [`Arguments`] have written.
pub struct Written {
    count: usize,
    is_expanded: bool,
}

impl Written {
    /// So many arguments, each as it is.
    pub fn count(count: usize) -> Written {
        Written { count, is_expanded: false }
    }
}

/// A list whose items are the arguments: Terraform's `...`.
///
/// ```
/// # use tapwasm_guest::{Expand, Expr, List, Num, functions::max};
/// # fn f(sizes: Expr<List<Num>>) -> Expr<Num> {
/// max(Expand(sizes)) // max(sizes...)
/// # }
/// ```
pub struct Expand<E>(pub E);

impl<T, E: IntoExpr<List<T>>> Arguments<T> for Expand<E> {
    fn write_arguments(self, out: &mut Tokens) -> Written {
        self.0.write_owned(out);
        Written { count: 1, is_expanded: true }
    }
}

impl<T, E: IntoExpr<T>, const N: usize> Arguments<T> for [E; N] {
    fn write_arguments(self, out: &mut Tokens) -> Written {
        self.into_iter().for_each(|argument| argument.write_owned(out));
        Written::count(N)
    }
}

impl<T, E: IntoExpr<T>> Arguments<T> for Vec<E> {
    fn write_arguments(self, out: &mut Tokens) -> Written {
        let count = self.len();
        self.into_iter().for_each(|argument| argument.write_owned(out));
        Written::count(count)
    }
}

impl<T> Arguments<T> for () {
    fn write_arguments(self, _: &mut Tokens) -> Written {
        Written::count(0)
    }
}

macro_rules! tuple {
    ($($count:literal: $($name:ident)*;)*) => {$(
        impl<T, $($name: IntoExpr<T>),*> Arguments<T> for ($($name,)*) {
            #[allow(non_snake_case, reason = "the variables are named as their types")]
            fn write_arguments(self, out: &mut Tokens) -> Written {
                let ($($name,)*) = self;
                $($name.write_owned(out);)*
                Written::count($count)
            }
        }
    )*};
}

tuple! {
    1: A; 2: A B; 3: A B C; 4: A B C D; 5: A B C D E; 6: A B C D E F; 7: A B C D E F G; 8: A B C D E F G H;
    9: A B C D E F G H I; 10: A B C D E F G H I J; 11: A B C D E F G H I J K; 12: A B C D E F G H I J K L;
}

/// Writes a call: `first` writes the arguments that are always there, `rest` any number of others.
pub(super) fn written<T>(
    function: &str,
    place: &'static Location<'static>,
    first: impl FnOnce(&mut Tokens) -> usize,
    rest: impl Arguments<T>,
) -> Value {
    Value::written(place, |out| {
        // In pre-order the number of arguments comes before them.
        out.null();
        let first = first(out);
        let rest = rest.write_arguments(out);
        let kind = if rest.is_expanded { "call-expand" } else { "call" };
        let count = u32::try_from(first + rest.count).unwrap_or(u32::MAX);
        out.list[0] = Token::Form((format!("{kind}:{function}"), count));
    })
}

/// Calls one of Terraform's functions by its name. Those of Terraform 1.11 are in [`functions`](super::functions), with their types.
///
/// ```
/// # use tapwasm_guest::{Expr, Str, call};
/// # fn f(block: Expr<Str>) -> Expr<Str> {
/// call("cidrsubnet", (block, 8, 2)).typed()
/// # }
/// ```
#[track_caller]
pub fn call(function: &str, arguments: impl Arguments) -> Value {
    written(function, Location::caller(), |_| 0, arguments)
}

/// Calls a function whose last argument, a list, is expanded to arguments (`...`).
#[track_caller]
pub fn call_expand(function: &str, arguments: impl Arguments) -> Value {
    let place = Location::caller();
    let plain = written(function, place, |_| 0, arguments);
    Value::written(place, |out| {
        out.list.extend_from_slice(plain.tokens());
        if let Some(Token::Form((name, _))) = out.list.first_mut() {
            *name = format!("call-expand:{function}");
        }
    })
}

/// Calls a function of a provider, by the name that the provider has in `required_providers`.
///
/// ```
/// # use tapwasm_guest::{Expr, Str, provider_function};
/// # fn f(arn: Expr<Str>) -> Expr<Str> {
/// provider_function("aws", "arn_parse", (arn,)).attr("account_id") // provider::aws::arn_parse(arn).account_id
/// # }
/// ```
#[track_caller]
pub fn provider_function(provider: &str, function: &str, arguments: impl Arguments) -> Value {
    written(&format!("provider::{provider}::{function}"), Location::caller(), |_| 0, arguments)
}
