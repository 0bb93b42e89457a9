//! `tapwasm new`: the crate that it makes builds, passes its own tests and runs, far from this workspace.

use crate::support::{Outcome, Project, outcome, workspace};
use std::path::Path;

/// A folder for new crates: outside the workspace and offline, with one target folder for all test runs, so that dependencies are built once.
pub(crate) fn folder_for_crates() -> Project {
    let project = Project::new();
    let target = workspace().join("target").join("test-new");
    let config = format!("[build]\ntarget-dir = {target:?}\n[net]\noffline = true\n");
    project.write(".cargo/config.toml", config);
    project
}

fn cargo(project: &Project, folder: &str, args: &[&str]) -> Outcome {
    outcome(project.tool("cargo", args).current_dir(project.path().join(folder)))
}

#[test]
fn a_new_crate_passes_its_tests_and_runs() {
    let project = folder_for_crates();
    project.run(&["new", "demo-app"]).expect(0).says(&["Made demo-app", "Next: cd demo-app && cargo test && tapwasm run ."]);

    // The lock file that came with it is taken as it is.
    let lock = project.read("demo-app/Cargo.lock");
    cargo(&project, "demo-app", &["test", "--quiet"]).expect(0);
    assert_eq!(project.read("demo-app/Cargo.lock"), lock, "cargo would change the lock file");
    cargo(&project, "demo-app", &["fmt", "--check"]).expect(0);

    let first = project.run(&["run", "demo-app", "--input", "environment=test"]).expect(0);
    assert!(first.stdout.contains("+ terraform_data.api"), "{}", first.stdout);
    let configuration = project.read("tapwasm.out/stacks/demo-app-test/main.tf.json");
    assert!(configuration.contains("api-test-${terraform_data.release.id}"), "{configuration}");
    let again = project.run(&["run", "demo-app", "--input", "environment=test"]).expect(0);
    assert!(again.stdout.contains("No changes."), "{}", again.stdout);
    project.run(&["run", "demo-app", "--input", "copies=11"]).expect(1).says(&["`copies`", "10"]);
}

#[test]
fn the_lock_file_of_new_crates_has_the_versions_of_this_workspace() {
    let path = workspace().join("host/templates/guest/Cargo.lock.template");
    let project = folder_for_crates();
    project.run(&["new", "zz-name"]).expect(0);
    // The workspace's own lock file, and what cargo leaves of it.
    std::fs::copy(workspace().join("Cargo.lock"), project.path().join("zz-name/Cargo.lock")).unwrap();
    cargo(&project, "zz-name", &["metadata", "--format-version", "1"]).expect(0);
    let expected = project.read("zz-name/Cargo.lock").replace("\"zz-name\"", "\"{{name}}\"");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap();
    assert_eq!(found, expected, "run this test with BLESS=1 to bring the template's lock file up to date");
}

#[test]
fn a_new_crate_holds_sources_only() {
    let project = Project::new();
    project.run(&["new", "demo"]).expect(0);
    let files = project.files();
    let names: Vec<&str> =
        files.iter().map(|(path, _)| path.strip_prefix(project.path().join("demo")).unwrap().to_str().unwrap()).collect();
    for name in &names {
        assert!(Path::new(name).extension().is_none_or(|extension| extension != "template"), "{name}");
        let is_vendored = ["tapwasm/rustfmt.toml", "tapwasm/guest/sdk/", "tapwasm/guest/macros/", "tapwasm/wit/"]
            .iter()
            .any(|folder| name.starts_with(folder));
        let is_source = [".rs", ".wit", "/Cargo.toml", "/rustfmt.toml"].iter().any(|end| name.ends_with(end));
        assert!(!name.starts_with("tapwasm/") || (is_vendored && is_source), "{name}");
    }
    for name in [".gitignore", "Cargo.lock", "Cargo.toml", "README.md", "rust-toolchain.toml", "src/lib.rs"] {
        assert!(names.contains(&name), "no {name} in {names:?}");
    }
    assert!(
        !project.read("demo/tapwasm/guest/sdk/Cargo.toml").contains("trybuild"),
        "what tests need is locked by every new crate"
    );
    let size: usize = files.iter().map(|(_, content)| content.len()).sum();
    assert!(size < 512 << 10, "{size} bytes are embedded in the binary");
    for name in names.iter().filter(|name| !name.starts_with("tapwasm/")) {
        assert!(!project.read(&format!("demo/{name}")).contains("{{"), "{name}");
    }
    // What is embedded is what stands in the repository now.
    for name in ["guest/sdk/src/lib.rs", "guest/macros/Cargo.toml", "guest/macros/src/lib.rs", "wit/declare.wit"] {
        assert_eq!(
            project.read(&format!("demo/tapwasm/{name}")),
            std::fs::read_to_string(workspace().join(name)).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn what_exists_is_left_alone() {
    let project = Project::new();
    project.write("demo/kept.txt", "kept");
    project.write("file", "kept");
    let files = project.files();
    project.run(&["new", "demo"]).expect(1).says(&["demo exists already"]);
    project.run(&["new", "file"]).expect(1).says(&["file exists already"]);
    assert_eq!(project.files(), files);
}

#[test]
fn names_that_cargo_would_refuse_are_refused_before_it() {
    let project = Project::new();
    for name in ["Demo", "1st", "-x", "a b", "ä", "..", "fn", "test", "core", "tapwasm-guest", "serde_json", "a/B"] {
        project.run(&["new", "--", name]).expect(64);
    }
    project.run(&["new", "Demo"]).expect(64).says(&["`Demo` is no name for a crate"]);
    project.run(&["new", "fn"]).expect(64).says(&["have taken"]);
    assert_eq!(project.files(), []);
}

#[test]
fn names_sort_into_the_lock_file() {
    let project = folder_for_crates();
    for name in ["a1", "zzz"] {
        project.run(&["new", &format!("deep/er/{name}")]).expect(0);
        let lock = project.read(&format!("deep/er/{name}/Cargo.lock"));
        cargo(&project, &format!("deep/er/{name}"), &["metadata", "--locked", "--format-version", "1"]).expect(0);
        cargo(&project, &format!("deep/er/{name}"), &["metadata", "--format-version", "1"]).expect(0);
        assert_eq!(project.read(&format!("deep/er/{name}/Cargo.lock")), lock);
    }
}
