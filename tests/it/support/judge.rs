//! The judge: the real Terraform with the real providers' schemas. It is not part of the project; tests that need it skip where it is absent.

use super::{skipped, workspace};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

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
    Some(judge_at(&shared()?.join("judge"), folder, step, environment))
}

/// Runs a step of a judge that stands in a folder of its own.
pub(crate) fn judge_at(judge: &Path, folder: &Path, step: &str, environment: &[(&str, &Path)]) -> Output {
    let mut command = Command::new(judge.join("judge.sh"));
    command.arg(folder).arg(step).envs(environment.iter().copied());
    command.output().expect("the judge starts")
}

/// Makes a judge that knows the providers of a dump, and no others; nothing where the judge is absent.
pub(crate) fn judge_of(schema: &Path) -> Option<TempDir> {
    let original = shared()?.join("judge");
    let copy = tempfile::tempdir().expect("a temporary folder");
    for entry in std::fs::read_dir(&original).expect("the judge can be read") {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).expect("entries can be read");
        if path.is_file() {
            std::fs::copy(&path, copy.path().join(name)).expect("files can be copied");
        }
    }
    let indexed = Command::new("python3").arg(copy.path().join("index.py")).arg(schema).output().expect("python3 starts");
    assert!(indexed.status.success(), "{}", String::from_utf8_lossy(&indexed.stderr));
    Some(copy)
}
