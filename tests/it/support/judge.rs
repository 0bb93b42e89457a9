//! The judge: the real Terraform with the real providers' schemas. It is not part of the project; tests that need it skip where it is absent.

use super::{skipped, workspace};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Returns the folder of what is shared beside the checkout, `TAPWASM_SHARED` or `../shared`; says so and returns nothing where it is absent.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = match std::env::var_os("TAPWASM_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => workspace().parent()?.join("shared"),
    };
    if folder.is_dir() {
        return Some(folder);
    }
    skipped("the judge is not on this machine (TAPWASM_SHARED)");
    None
}

/// Runs a step of the judge on a stack's folder; nothing where the judge is absent.
pub(crate) fn judge(folder: &Path, step: &str, environment: &[(&str, &Path)]) -> Option<Output> {
    let script = shared()?.join("judge").join("judge.sh");
    let mut command = Command::new(script);
    command.arg(folder).arg(step).envs(environment.iter().copied());
    Some(command.output().expect("the judge starts"))
}
