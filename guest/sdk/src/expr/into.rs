//! What can be given where an expression of some type is expected: Rust's own values, owned and borrowed, and expressions.

use super::{
    Accepts, Any, Bool, Countable, Expr, ForEach, List, Map, Num, Object, Scalar, Sequence, Set, Str, Type, Value, append,
};
use crate::complaint::complain;
use crate::token::Tokens;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// Something that can be given where Terraform expects a `T`. Maps are maps of Rust's, or pairs in an array or a `Vec`.
///
/// ```
/// # use tapwasm_guest::{Expr, Map, Str};
/// let tags: Expr<Map<Str>> = Expr::of([("Team", "payments"), ("Stage", "dev")]);
/// ```
///
/// ```compile_fail,E0277
/// # use tapwasm_guest::{Expr, Num};
/// let count: Expr<Num> = Expr::of("three"); // `&str` cannot be given where Terraform expects `Num`
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given where Terraform expects `{T}`",
    label = "Terraform expects `{T}` here",
    note = "text is `Str`, numbers are `Num`; a handle with `count` or `for_each` must be indexed: `handle.at(…)`; `value.typed()` takes your word for a type"
)]
pub trait IntoExpr<T> {
    /// Writes the value.
    fn write(&self, out: &mut Tokens);

    /// Writes a value that nobody else needs; may save a copy.
    fn write_owned(self, out: &mut Tokens)
    where
        Self: Sized,
    {
        self.write(out);
    }
}

impl<T, E: IntoExpr<T> + ?Sized> IntoExpr<T> for &E {
    fn write(&self, out: &mut Tokens) {
        (**self).write(out);
    }
}

impl<T: Type, U: Accepts<T>> IntoExpr<U> for Expr<T> {
    fn write(&self, out: &mut Tokens) {
        out.list.extend_from_slice(&self.tokens);
    }

    fn write_owned(self, out: &mut Tokens) {
        append(self.tokens, out);
    }
}

impl<T> IntoExpr<T> for Value {
    fn write(&self, out: &mut Tokens) {
        out.list.extend_from_slice(&self.tokens);
    }

    fn write_owned(self, out: &mut Tokens) {
        append(self.tokens, out);
    }
}

macro_rules! scalar {
    ($kind:ty: $($rust:ty),* => |$value:ident, $out:ident| $write:expr) => {
        $(
            scalar!(@ $rust, $kind, |$value, $out| $write);
            scalar!(@ $rust, Any, |$value, $out| $write);
            scalar!(@ $rust, Scalar, |$value, $out| $write);
        )*
    };
    (@ $rust:ty, $kind:ty, |$value:ident, $out:ident| $write:expr) => {
        impl IntoExpr<$kind> for $rust {
            fn write(&self, $out: &mut Tokens) {
                let $value = self;
                $write;
            }
        }
    };
}

scalar!(Bool: bool => |value, out| out.bool(*value));
scalar!(Num: i8, i16, i32, i64, u8, u16, u32, u64 => |value, out| out.integer(i128::from(*value)));
scalar!(Num: i128 => |value, out| out.integer(*value));
scalar!(Num: isize, usize => |value, out| out.integer(*value as i128));
scalar!(Num: f64 => |value, out| out.float(*value));
// Through text: as `f64`, the `f32` 0.1 would be 0.10000000149011612.
scalar!(Num: f32 => |value, out| out.float(value.to_string().parse().unwrap_or(f64::NAN)));
scalar!(Str: str, Cow<'_, str>, Box<str>, Rc<str> => |value, out| out.text(AsRef::<str>::as_ref(value)));

macro_rules! string {
    ($kind:ty) => {
        impl IntoExpr<$kind> for String {
            fn write(&self, out: &mut Tokens) {
                out.text(self.as_str());
            }

            fn write_owned(self, out: &mut Tokens) {
                out.text(self);
            }
        }
    };
}

string!(Str);
string!(Any);
string!(Scalar);
string!(Countable);

impl IntoExpr<Countable> for str {
    fn write(&self, out: &mut Tokens) {
        out.text(self);
    }
}

fn write_list<T, E: IntoExpr<T>>(items: impl ExactSizeIterator<Item = E>, out: &mut Tokens) {
    out.list(items.len());
    for item in items {
        item.write_owned(out);
    }
}

macro_rules! list {
    ($([$($generics:tt)*] $rust:ty),*) => {$(
        list!(@ [$($generics)*] [T,] $rust, List<T>, T, |_out| ());
        list!(@ [$($generics)*] [T,] $rust, Set<T>, T, |_out| ());
        list!(@ [$($generics)*] [] $rust, Any, Any, |_out| ());
        list!(@ [$($generics)*] [] $rust, Sequence, Any, |_out| ());
        list!(@ [$($generics)*] [] $rust, Countable, Any, |_out| ());
        list!(@ [$($generics)*] [] $rust, ForEach, Str, |out| out.form("call:toset", 1));
    )*};
    (@ [$($generics:tt)*] [$($t:tt)*] $rust:ty, $kind:ty, $item:ty, |$out:ident| $before:expr) => {
        impl<$($t)* E: IntoExpr<$item>, $($generics)*> IntoExpr<$kind> for $rust {
            fn write(&self, out: &mut Tokens) {
                let $out = &mut *out;
                $before;
                write_list::<$item, &E>(self.iter(), out);
            }
        }
    };
}

list!([] [E], [const N: usize] [E; N], [] BTreeSet<E>);

macro_rules! vec {
    ([$($t:tt)*] $kind:ty, $item:ty) => {
        impl<$($t)* E: IntoExpr<$item>> IntoExpr<$kind> for Vec<E> {
            fn write(&self, out: &mut Tokens) {
                IntoExpr::<$kind>::write(self.as_slice(), out);
            }

            fn write_owned(self, out: &mut Tokens) {
                write_list::<$item, E>(self.into_iter(), out);
            }
        }
    };
}

vec!([T,] List<T>, T);
vec!([T,] Set<T>, T);
vec!([] Any, Any);
vec!([] Sequence, Any);
vec!([] Countable, Any);

impl<E: IntoExpr<Str>> IntoExpr<ForEach> for Vec<E> {
    fn write(&self, out: &mut Tokens) {
        IntoExpr::<ForEach>::write(self.as_slice(), out);
    }
}

fn write_map<'a, T, V: IntoExpr<T> + 'a>(entries: impl ExactSizeIterator<Item = (&'a str, &'a V)>, out: &mut Tokens) {
    out.object(entries.len());
    for (key, value) in entries {
        out.text(key);
        value.write(out);
    }
}

macro_rules! map {
    ($([$($t:tt)*] $kind:ty, $item:ty;)*) => {$(
        impl<$($t)* K: AsRef<str>, V: IntoExpr<$item>> IntoExpr<$kind> for BTreeMap<K, V> {
            fn write(&self, out: &mut Tokens) {
                write_map::<$item, V>(self.iter().map(|(key, value)| (key.as_ref(), value)), out);
            }
        }

        // Sorted: the order of a hash map must not reach the output.
        impl<$($t)* K: AsRef<str>, V: IntoExpr<$item>, S> IntoExpr<$kind> for HashMap<K, V, S> {
            fn write(&self, out: &mut Tokens) {
                let mut entries: Vec<(&str, &V)> = self.iter().map(|(key, value)| (key.as_ref(), value)).collect();
                entries.sort_unstable_by_key(|(key, _)| *key);
                write_map::<$item, V>(entries.into_iter(), out);
            }
        }
    )*};
}

map! {
    [T,] Map<T>, T;
    [] Object, Any;
    [] Any, Any;
    [] ForEach, Any;
    [] Countable, Any;
}

/// Writes pairs; one of two values for the same key would be lost.
fn write_pairs<'a, T, K: AsRef<str> + 'a, V: IntoExpr<T> + 'a>(pairs: &'a [(K, V)], out: &mut Tokens) {
    let mut keys = BTreeSet::new();
    for (key, _) in pairs {
        let key = key.as_ref();
        if !keys.insert(key) {
            complain(format!("the key `{key}` is given twice: one of the two values would be lost"), out.place);
        }
    }
    write_map::<T, V>(pairs.iter().map(|(key, value)| (key.as_ref(), value)), out);
}

macro_rules! pairs {
    ($([$($n:tt)*] $rust:ty),*) => {$(
        impl<T, K: AsRef<str>, V: IntoExpr<T>, $($n)*> IntoExpr<Map<T>> for $rust {
            fn write(&self, out: &mut Tokens) {
                write_pairs::<T, K, V>(self, out);
            }
        }
    )*};
}

pairs!([] [(K, V)], [const N: usize] [(K, V); N], [] Vec<(K, V)>);
