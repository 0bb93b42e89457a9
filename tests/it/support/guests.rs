//! The guests of the tests and of the project: built once a test run, by the project's own builder.

use super::tapwasm::Project;
use super::workspace;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const TARGET: &str = "wasm32-unknown-unknown";

/// Returns the core module of one of the small guests in `tests/guests`.
pub(crate) fn guest(name: &str) -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let folder = BUILT.get_or_init(|| {
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--quiet", "--locked", "--package", "tapwasm-test-guests", "--examples", "--target", TARGET]);
        // Small and fast enough to evaluate, and built sooner than a real guest.
        cargo.args([
            "--profile",
            "guest",
            "--config",
            "profile.guest.inherits=\"release\"",
            "--config",
            "profile.guest.opt-level=1",
        ]);
        cargo.args(["--config", "profile.guest.panic=\"abort\"", "--config", "profile.guest.strip=\"debuginfo\""]);
        // Apart from what `tapwasm build` makes with other settings.
        let target = workspace().join("target").join("test-guests");
        cargo.arg("--target-dir").arg(&target).current_dir(workspace());
        for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
            cargo.env_remove(name);
        }
        assert!(cargo.status().expect("cargo starts").success(), "the guests of the tests do not build");
        target.join(TARGET).join("guest").join("examples")
    });
    let path = folder.join(format!("{}.wasm", name.replace('-', "_")));
    assert!(path.is_file(), "there is no guest {}", path.display());
    path
}

/// Returns the component of `guest/payment-observability`.
pub(crate) fn payment_component() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| component("payment-observability"))
}

/// Returns the component of `guest/payments-network`.
pub(crate) fn network_component() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| component("payments-network"))
}

/// Runs the payment guest with inputs and returns the folder of its stack. The project goes with the test process.
pub(crate) fn payment(inputs: &[&str]) -> PathBuf {
    emitted(payment_component(), inputs)
}

/// Runs the network guest with inputs and returns the folder of its stack.
pub(crate) fn network(inputs: &[&str]) -> PathBuf {
    emitted(network_component(), inputs)
}

fn component(name: &str) -> PathBuf {
    let folder = workspace().join("guest").join(name);
    let built = Project::new().run(&["build", folder.to_str().expect("paths are UTF-8")]).expect(0);
    PathBuf::from(built.stdout.trim())
}

fn emitted(component: &Path, inputs: &[&str]) -> PathBuf {
    // Kept with what cargo builds: the caller reads it, and the judge copies it.
    let out = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder").keep();
    let project = Project::new();
    let mut args = vec!["run", component.to_str().expect("paths are UTF-8"), "--out", out.to_str().expect("paths are UTF-8")];
    inputs.iter().for_each(|input| args.extend(["--input", input]));
    project.run(&args).expect(0);
    let stacks: Vec<_> = std::fs::read_dir(out.join("stacks")).expect("a stack was written").collect();
    assert_eq!(stacks.len(), 1, "the guests of the project declare one stack each");
    stacks.into_iter().next().expect("one").expect("entries can be read").path()
}
