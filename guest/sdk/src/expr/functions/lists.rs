//! Lists.

use super::functions;
use crate::expr::{Expr, List, Num, Sequence, Str};

functions! {
    /// Cuts a list into lists of a length; the last one may be shorter.
    chunklist<T>(list: List<T>, size: Num) -> Expr<List<List<T>>>;
    /// The first of the values that is neither null nor empty text.
    coalesce<T>(; vals: T) -> Expr<T>;
    /// The first of the lists that is not empty.
    coalescelist<T>(; vals: List<T>) -> Expr<List<T>>;
    /// Leaves out null and empty text.
    compact(list: List<Str>) -> Expr<List<Str>>;
    /// The items of several lists, one list after the other.
    concat<T>(; seqs: List<T>) -> Expr<List<T>>;
    /// Keeps the first of equal items.
    distinct<T>(list: List<T>) -> Expr<List<T>>;
    /// An item, counted from 0, wrapping around the end.
    element<T>(list: List<T>, index: Num) -> Expr<T>;
    /// Takes lists in a list apart, and lists in these, until no item is a list.
    flatten<T>(list: Sequence) -> Expr<List<T>>;
    /// The position of a value in a list, counted from 0; a value that is not there is an error.
    index<T>(list: List<T>, value: T) -> Expr<Num>;
    /// Keeps the values whose keys, at the same positions of a second list, are in a third.
    matchkeys<T, K>(values: List<T>, keys: List<K>, searchset: List<K>) -> Expr<List<T>>;
    /// The only item of a list, null of an empty one; more are an error.
    one<T>(list: List<T>) -> Expr<T>;
    /// Turns a list round.
    reverse<T>(list: List<T>) -> Expr<List<T>>;
    /// A part of a list: from a position up to another, which is left out.
    slice<T>(list: List<T>, start_index: Num, end_index: Num) -> Expr<List<T>>;
    /// Sorts text by its characters.
    sort(list: List<Str>) -> Expr<List<Str>>;
}
