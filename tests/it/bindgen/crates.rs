//! What is generated compiles, without a warning: a hundred types every day, every type of every provider at hand in the slow lane.

use crate::support::{outcome, shared, workspace};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tapwasm::bindgen::{Folder, Selection, generate};
use tapwasm::schema::{ProviderIndex, Section, read};
use tempfile::TempDir;

/// So many types are looked at by one compiler: more at once would take many gigabytes.
const SHARD: usize = 400;

/// A crate of bindings, with the project's own lints and more.
const LIB: &str = "\
//! Bindings, every warning of which is an error.
#![deny(warnings, missing_docs)]

mod bindings;

pub use bindings::*;
";

/// Writes a crate whose bindings are some types of a provider.
pub(super) fn write_crate(folder: &Path, provider: &ProviderIndex, types: &[(Section, &str)]) {
    let manifest = format!(
        "[package]\nname = \"generated-bindings\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\ntapwasm-guest = {{ path = {:?} }}\n\n[workspace]\n",
        workspace().join("guest/sdk")
    );
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/lib.rs"), LIB).unwrap();
    // cargo leaves in it what the crate needs.
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let files = generate(&Selection { provider, types: types.to_vec() }, true).unwrap();
    Folder::new(folder.join("src/bindings")).write(&files).unwrap();
}

/// Lets the compiler look at a crate; dependencies are built once for all.
pub(super) fn check_crate(folder: &Path) {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["check", "--quiet", "--offline", "--target-dir"])
        .arg(workspace().join("target/test-bindings"))
        .current_dir(folder);
    for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
        cargo.env_remove(name);
    }
    outcome(&mut cargo).expect(0);
}

/// Returns the schema of a provider from the shared folder.
pub(super) fn provider(name: &str) -> Option<ProviderIndex> {
    let text = fs::read_to_string(shared()?.join(format!("schemas/{name}.json"))).expect("schemas can be read");
    read(text).expect("Terraform wrote it").into_iter().next()
}

fn all_types(provider: &ProviderIndex) -> Vec<(Section, &str)> {
    let sections = [Section::Resource, Section::Data, Section::Ephemeral];
    sections.into_iter().flat_map(|section| provider.names(section).map(move |name| (section, name))).collect()
}

fn folder() -> (TempDir, PathBuf) {
    let parent = tempfile::tempdir().expect("a temporary folder");
    // One name: cargo's own files of earlier runs are used again.
    let folder = parent.path().join("generated-bindings");
    (parent, folder)
}

#[test]
fn a_hundred_types_compile() {
    let Some(aws) = provider("aws") else { return };
    let all = all_types(&aws);
    let types: Vec<_> = all.iter().step_by(all.len() / 100).take(100).copied().collect();
    let (_parent, folder) = folder();
    write_crate(&folder, &aws, &types);
    check_crate(&folder);
}

#[test]
fn every_type_of_every_provider_compiles() {
    if std::env::var_os("TAPWASM_SLOW").is_none() {
        return;
    }
    for name in ["aws", "kubernetes", "random", "tls", "archive"] {
        let Some(provider) = provider(name) else { return };
        let (_parent, folder) = folder();
        for types in all_types(&provider).chunks(SHARD) {
            write_crate(&folder, &provider, types);
            check_crate(&folder);
        }
    }
}
