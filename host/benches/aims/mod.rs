//! Aims: a target, what was measured, and whether it is met.

use std::time::{Duration, Instant};

/// Returns the shortest of five times: shared machines are noisy.
pub(crate) fn best(work: impl Fn()) -> Duration {
    let times = (0..5).map(|_| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    });
    times.min().expect("five times")
}

/// Prints an aim.
pub(crate) fn aim(what: &str, target: &str, measured: String, is_met: bool) {
    println!("{what:<60} {target:>12} {measured:>12}  {}", if is_met { "met" } else { "MISSED" });
}
