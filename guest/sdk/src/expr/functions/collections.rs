//! Maps and objects, and what any collection can be asked.

use super::functions;
use crate::expr::{Bool, Countable, Expr, List, Map, Num, Object, Str};

functions! {
    /// Tells whether every item is true; so it is of none.
    alltrue(list: List<Bool>) -> Expr<Bool>;
    /// Tells whether one item is true at least.
    anytrue(list: List<Bool>) -> Expr<Bool>;
    /// Tells whether a value is among the items.
    contains<T>(list: List<T>, value: T) -> Expr<Bool>;
    /// The keys of a map or the names of an object's attributes, sorted.
    keys(input_map: Object) -> Expr<List<Str>>;
    /// How many items, entries or characters there are.
    length(value: Countable) -> Expr<Num>;
    /// The entry of a map under a key, or a default.
    lookup<T>(input_map: Map<T>, key: Str, default: T) -> Expr<T>;
    /// The entries of several maps or objects; later ones win.
    merge(; maps: Object) -> Expr<Object>;
    /// The entries of several maps of one type, as [`merge`] does it.
    merge_maps = "merge"<T>(; maps: Map<T>) -> Expr<Map<T>>;
    /// Makes the texts in a map of lists the keys, and the keys their lists.
    transpose(values: Map<List<Str>>) -> Expr<Map<List<Str>>>;
    /// The values of a map, in the order of its keys.
    values<T>(mapping: Map<T>) -> Expr<List<T>>;
    /// A map of a list of keys and a list of values.
    zipmap<T>(keys: List<Str>, values: List<T>) -> Expr<Map<T>>;
}
