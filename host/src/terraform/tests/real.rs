//! The real Terraform, where it is installed: no providers, no network, a state in a temporary folder.

use serde_json::Value;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

/// Runs `terraform` in a folder; `None`, with a line that says so, where it is not installed.
pub(super) fn terraform(folder: &Path, arguments: &[&str]) -> Option<Output> {
    let result = Command::new("terraform")
        .args(arguments)
        .current_dir(folder)
        .env("TF_IN_AUTOMATION", "1")
        .env("TF_INPUT", "0")
        .env("CHECKPOINT_DISABLE", "1")
        .env("TF_CLI_CONFIG_FILE", if cfg!(windows) { "NUL" } else { "/dev/null" })
        .env_remove("TF_CLI_ARGS")
        .env_remove("TF_DATA_DIR")
        .env_remove("TF_WORKSPACE")
        .output();
    match result {
        Ok(output) => Some(output),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            // Captured output would hide it from whoever counts.
            let _ = writeln!(std::io::stderr(), "skipped: terraform is not installed");
            None
        }
        Err(error) => panic!("terraform does not start: {error}"),
    }
}

/// Runs `terraform` and fails with what it printed if it did.
#[track_caller]
pub(super) fn succeed(folder: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    let output = terraform(folder, arguments)?;
    let printed = [&output.stdout[..], &output.stderr[..]].concat();
    assert!(output.status.success(), "terraform {arguments:?}:\n{}", String::from_utf8_lossy(&printed));
    Some(output.stdout)
}

/// Applies a configuration of outputs and returns their values.
#[track_caller]
pub(super) fn outputs(configuration: &str) -> Option<Value> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("main.tf.json"), configuration).expect("written");
    succeed(folder.path(), &["apply", "-no-color", "-auto-approve", "-input=false"])?;
    let printed = succeed(folder.path(), &["output", "-no-color", "-json"])?;
    Some(serde_json::from_slice(&printed).expect("JSON"))
}
