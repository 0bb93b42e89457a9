//! Messages to whoever runs the host: a guest has no standard output. The macros [`debug!`](crate::debug), [`info!`](crate::info) and
//! [`warn!`](crate::warn) format them.

use crate::backend;
use std::panic::Location;

/// Shows a message with the caller's place. Levels: `debug`, `info`, `warning`.
#[track_caller]
pub fn write(level: &str, message: &str) {
    backend::log(level, message, Location::caller());
}

/// Shows a formatted message to whoever runs the host with `-v`.
#[macro_export]
macro_rules! debug {
    ($($argument:tt)+) => { $crate::log::write("debug", &::std::format!($($argument)+)) };
}

/// Shows a formatted message to whoever runs the host.
#[macro_export]
macro_rules! info {
    ($($argument:tt)+) => { $crate::log::write("info", &::std::format!($($argument)+)) };
}

/// Shows a formatted warning to whoever runs the host.
#[macro_export]
macro_rules! warn {
    ($($argument:tt)+) => { $crate::log::write("warning", &::std::format!($($argument)+)) };
}
