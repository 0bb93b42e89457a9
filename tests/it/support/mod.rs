//! What tests share: folders, the binary, guests that are built once, the judge.

mod guests;

mod judge;

mod script;

mod tapwasm;

mod workers;

pub(crate) use guests::{guest, network, network_component, payment, payment_component};
pub(crate) use judge::{judge, judge_at, judge_of, shared};
pub(crate) use script::{stack_of, stack_with_assets};
pub(crate) use tapwasm::{Outcome, Project, outcome};
pub(crate) use workers::at_once;

use std::path::{Path, PathBuf};

/// Returns the folder of the whole project.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the host's crate is in the workspace").to_owned()
}

/// Tells whether Terraform is installed; says that the test is skipped where it is not.
pub(crate) fn has_terraform() -> bool {
    let is_there = std::process::Command::new("terraform").arg("version").output().is_ok();
    if !is_there {
        skipped("terraform is not installed");
    }
    is_there
}

/// Says that a test is skipped, and why; `.ci/run` counts these lines.
pub(crate) fn skipped(why: &str) {
    // Captured output would hide it from whoever counts.
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}
