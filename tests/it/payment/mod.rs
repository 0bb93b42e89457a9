//! The payment stack as it is emitted: the first real guest, through the real binary.

mod accounts;
mod alarms;
mod canary;
mod code;
mod compliance;
mod corrections;
mod dashboard;
mod document;
mod encryption;
mod function;
mod identity;
mod judge;
mod latency;
mod order;
mod outputs;
mod readme;
mod settings;
mod tags;

use crate::support;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Returns the folder of the guest.
fn guest() -> PathBuf {
    support::workspace().join("guest/payment-observability")
}

/// Returns the configuration that is emitted for these inputs.
fn emitted(inputs: &[&str]) -> Value {
    configuration(&support::payment(inputs))
}

/// Reads the configuration of a stack's folder.
fn configuration(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("main.tf.json")).expect("the stack has a configuration");
    serde_json::from_str(&text).expect("a configuration is JSON")
}
