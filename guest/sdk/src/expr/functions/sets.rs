//! Sets.

use super::functions;
use crate::expr::{Expr, List, Sequence, Set};

functions! {
    /// What is in all of the sets.
    setintersection<T>(first_set: Set<T>; other_sets: Set<T>) -> Expr<Set<T>>;
    /// All ways to take one item of each of the lists or sets.
    setproduct<T>(; sets: Sequence) -> Expr<List<List<T>>>;
    /// What is in the first set and not in the second.
    setsubtract<T>(a: Set<T>, b: Set<T>) -> Expr<Set<T>>;
    /// What is in any of the sets.
    setunion<T>(first_set: Set<T>; other_sets: Set<T>) -> Expr<Set<T>>;
}
