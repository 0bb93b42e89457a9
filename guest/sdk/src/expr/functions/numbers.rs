//! Numbers.

use super::functions;
use crate::expr::{Expr, List, Num, Str};

functions! {
    /// Takes the sign off a number.
    abs(num: Num) -> Expr<Num>;
    /// Rounds up to a whole number.
    ceil(num: Num) -> Expr<Num>;
    /// Rounds down to a whole number.
    floor(num: Num) -> Expr<Num>;
    /// The logarithm of a number to a base.
    log(num: Num, base: Num) -> Expr<Num>;
    /// The greatest of the numbers.
    max(; numbers: Num) -> Expr<Num>;
    /// The smallest of the numbers.
    min(; numbers: Num) -> Expr<Num>;
    /// Reads text as a whole number written in a base from 2 to 62.
    parseint(number: Str, base: Num) -> Expr<Num>;
    /// Raises a number to a power.
    pow(num: Num, power: Num) -> Expr<Num>;
    /// Counts: up to a limit; from a start to a limit; from a start to a limit by a step. The limit is left out.
    range(; params: Num) -> Expr<List<Num>>;
    /// -1, 0 or 1: the sign of a number.
    signum(num: Num) -> Expr<Num>;
    /// Adds up a list of numbers, which may not be empty.
    sum(list: List<Num>) -> Expr<Num>;
}
