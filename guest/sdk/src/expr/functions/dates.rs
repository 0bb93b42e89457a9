//! Dates and times, as text in the form of RFC 3339.

use super::functions;
use crate::expr::{Expr, Num, Str};

functions! {
    /// Writes a time by a pattern (`DD MMM YYYY hh:mm ZZZ`).
    formatdate(format: Str, time: Str) -> Expr<Str>;
    /// When Terraform plans: another one in each plan, the same in it and in its application.
    plantimestamp() -> Expr<Str>;
    /// Adds a duration (`1h30m`, `-10s`) to a time.
    timeadd(timestamp: Str, duration: Str) -> Expr<Str>;
    /// -1, 0 or 1: the first time is earlier, the same, later.
    timecmp(timestamp_a: Str, timestamp_b: Str) -> Expr<Num>;
    /// When Terraform applies: unknown until then, and another one each time.
    timestamp() -> Expr<Str>;
}
