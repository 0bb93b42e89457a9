//! The contract with guests: one that was built for each released patch version runs on this host for ever, and every item is documented.

use crate::support::{Outcome, Project, workspace};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// The kept guests: version, and digest of the file. A file is added for each release that changes `wit/`; none is ever changed.
const KEPT: [(&str, &str); 1] = [("0.1.0", "c0177c844c48cecb3fd6c6350a76cc71947176464b758815a0b3eb90047ccc76")];

fn fixture(name: &str) -> PathBuf {
    workspace().join("tests").join("fixtures").join(name)
}

#[test]
fn kept_guests_run_as_they_did() {
    for (version, sha256) in KEPT {
        let bytes = fs::read(fixture(&format!("guest-{version}.wasm"))).unwrap();
        let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, sha256, "guest-{version}.wasm is kept as it was");
        assert!(bytes.len() < 150 << 10, "guest-{version}.wasm is too large to be kept");

        let project = Project::new();
        let outcome = run(&project, &bytes, version).expect(0).says(&["0.1.", "(none)", "a warning"]);
        assert!(outcome.stdout.contains("+ terraform_data.first"), "{}", outcome.stdout);
        let emitted = project.read("tapwasm.out/stacks/app/main.tf.json");
        let expected = fixture(&format!("guest-{version}.main.tf.json"));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, &emitted).unwrap();
        }
        assert_eq!(emitted, fs::read_to_string(expected).unwrap());
        assert_eq!(project.read("tapwasm.out/stacks/other/main.tf.json"), "{}\n");
        assert_eq!(assets(&project), ["code-09525f6ad13d.zip", "page-ebd124fc4e4c.html", "pieces-ba7816bf8f01.txt"]);
    }
}

fn run(project: &Project, component: &[u8], version: &str) -> Outcome {
    project.write("guest.wasm", component);
    let calls = fixture(&format!("guest-{version}.calls.json"));
    project.run(&["run", "guest.wasm", "--inputs", calls.to_str().expect("paths are UTF-8")])
}

fn assets(project: &Project) -> Vec<String> {
    let folder = project.path().join("tapwasm.out/stacks/app/assets");
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn kept_guests_are_inspected() {
    for (version, sha256) in KEPT {
        let path = fixture(&format!("guest-{version}.wasm"));
        let inspected = Project::new().run(&["inspect", path.to_str().unwrap(), "--format", "json"]).expect(0);
        let inspected: Value = serde_json::from_str(&inspected.stdout).unwrap();
        assert_eq!(inspected["api_version"], version);
        assert_eq!(inspected["sha256"], sha256);
        let imports = inspected["imports"].as_array().unwrap();
        assert!(
            imports.iter().all(|import| import.as_str().is_some_and(|name| name.starts_with("tapwasm:stack/"))),
            "{imports:?}"
        );
    }
}

/// A guest of another version of the contract: the kept one with other digits in it, which changes no length.
fn as_version(version: &str) -> Vec<u8> {
    let mut bytes = fs::read(fixture("guest-0.1.0.wasm")).unwrap();
    for prefix in ["@", "tapwasm:api-version"] {
        let from = format!("{prefix}0.1.0").into_bytes();
        let to = format!("{prefix}{version}").into_bytes();
        assert_eq!(from.len(), to.len());
        let places: Vec<usize> = (0..bytes.len() - from.len()).filter(|start| bytes[*start..].starts_with(&from)).collect();
        assert!(!places.is_empty(), "no {prefix}");
        places.into_iter().for_each(|start| bytes[start..start + to.len()].copy_from_slice(&to));
    }
    bytes
}

#[test]
fn guests_of_other_patch_versions_run() {
    let project = Project::new();
    run(&project, &as_version("0.1.9"), "0.1.0").expect(0);
    let expected = fs::read_to_string(fixture("guest-0.1.0.main.tf.json")).unwrap();
    assert_eq!(project.read("tapwasm.out/stacks/app/main.tf.json"), expected);
}

#[test]
fn guests_of_other_minor_versions_are_refused() {
    for version in ["0.2.0", "0.0.9", "1.1.0"] {
        let project = Project::new();
        run(&project, &as_version(version), "0.1.0").expect(1).says(&[version, "0.1"]);
        assert!(!project.path().join("tapwasm.out").exists(), "something was written");
    }
}

#[test]
fn every_item_of_the_contract_is_documented() {
    let mut files: Vec<PathBuf> = fs::read_dir(workspace().join("wit")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let faults: Vec<String> = files.iter().flat_map(|path| undocumented(path)).collect();
    assert!(files.len() >= 5 && faults.is_empty(), "{files:?}\n{}", faults.join("\n"));
}

/// Every item begins a line of its own, so a line without documentation before it is an item without.
fn undocumented(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let mut previous = "";
    let mut faults = Vec::new();
    for (number, line) in text.lines().map(str::trim).enumerate() {
        let is_item = !["", "}"].contains(&line)
            && !["//", "package ", "use ", "import ", "export "].iter().any(|start| line.starts_with(start));
        if is_item && !previous.starts_with("///") {
            faults.push(format!("{}:{}: `{line}` has no documentation", path.display(), number + 1));
        }
        previous = line;
    }
    faults
}

#[test]
fn the_contracts_records_and_variants_are_frozen() {
    // A digest of what may never change within 0.1, without documentation and functions: see docs/contract.md.
    let mut frozen = String::new();
    for name in ["context.wit", "declare.wit", "files.wit", "log.wit", "program.wit", "types.wit"] {
        let text = fs::read_to_string(workspace().join("wit").join(name)).unwrap();
        let mut inside = false;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")) {
            inside |= line.starts_with("record ") || line.starts_with("variant ") || line.starts_with("type ");
            if inside {
                frozen += line;
                frozen += "\n";
            }
            inside &= line != "}" && !line.ends_with(';');
            assert!(!line.starts_with("enum ") && !line.starts_with("flags "), "{name}: `{line}` could never grow");
        }
    }
    let expected = fixture("frozen-0.1.txt");
    if std::env::var_os("BLESS").is_some() && !expected.exists() {
        fs::write(&expected, &frozen).unwrap();
    }
    assert_eq!(frozen, fs::read_to_string(expected).unwrap(), "a record or variant changed: every guest of 0.1 would break");
}

/// Makes the guest that is kept of the version in `wit/`; run by hand, once a release: see tests/fixtures/README.md.
#[test]
#[ignore = "it makes a file that is kept"]
fn make_the_kept_guest() {
    let target = workspace().join("target").join("kept-guest");
    let mut cargo = std::process::Command::new("cargo");
    cargo.args(["build", "--locked", "--package", "tapwasm-test-guests", "--example", "script"]);
    cargo.args(["--target", "wasm32-unknown-unknown", "--profile", "guest", "--target-dir"]).arg(&target);
    for setting in ["inherits=\"release\"", "opt-level=\"z\"", "lto=true", "codegen-units=1", "panic=\"abort\"", "strip=true"] {
        cargo.args(["--config", &format!("profile.guest.{setting}")]);
    }
    let home = std::env::var("CARGO_HOME").or_else(|_| std::env::var("HOME").map(|home| home + "/.cargo")).unwrap();
    let flags = format!("--remap-path-prefix={home}=cargo\u{1f}--remap-path-prefix={}=.", workspace().display());
    let status = cargo.env("CARGO_ENCODED_RUSTFLAGS", flags).current_dir(workspace()).status().unwrap();
    assert!(status.success());
    let module = fs::read(target.join("wasm32-unknown-unknown/guest/examples/script.wasm")).unwrap();
    let component = tapwasm::build::component_of(module).unwrap();
    fs::write(fixture("guest-0.1.0.wasm"), component).unwrap();
}
