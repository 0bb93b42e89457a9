//! Files that are no guest: each is refused before anything of it runs.

use crate::support::{Outcome, Project, guest, workspace};
use std::path::PathBuf;

/// Runs a file in a project of its own; nothing may be left beside it.
#[track_caller]
fn refused(content: &[u8]) -> Outcome {
    let project = Project::new();
    project.write("guest.wasm", content);
    let before = project.files();
    for command in ["diff", "graph", "inspect"] {
        let code = project.run(&[command, "guest.wasm"]).code;
        assert!(code == 1 || command == "inspect", "`{command}` took it");
    }
    let outcome = project.run(&["run", "guest.wasm", "--color=never"]).expect(1).says(&["error: guest.wasm: "]);
    assert_eq!(project.files(), before);
    outcome
}

#[track_caller]
fn refused_text(wat: &str) -> Outcome {
    refused(&wat::parse_str(wat).unwrap())
}

/// Returns the text of one of the guests that are written as such.
fn wat(name: &str) -> String {
    std::fs::read_to_string(workspace().join("tests/guests/wat").join(format!("{name}.wat"))).unwrap()
}

/// Returns a guest as a component, which the builder makes of it in process.
fn component(name: &str) -> Vec<u8> {
    tapwasm::build::component_of(std::fs::read(guest(name)).unwrap()).unwrap()
}

#[test]
fn what_is_not_wasm_is_refused() {
    for content in [&b""[..], b"#!/bin/sh\necho", b"(module)", b"\0as", b"\x7fELF"] {
        refused(content).says(&["It is not WebAssembly", "Give a `.wasm` file or the folder of a guest crate."]);
    }
}

#[test]
fn what_was_cut_short_is_refused_wherever_it_was_cut() {
    for whole in [std::fs::read(guest("script")).unwrap(), component("script")] {
        let lengths = [4, 7, 9, 100, whole.len() / 3, whole.len() / 2, whole.len() - 1];
        for length in lengths {
            refused(&whole[..length]).says(&["It is damaged or was cut short", "Build it again."]);
        }
    }
}

#[test]
fn what_was_damaged_is_refused() {
    let mut bytes = component("script");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 200].fill(0xff);
    refused(&bytes).says(&["It is damaged or was cut short"]);
}

#[test]
fn a_core_module_without_our_world_is_refused() {
    refused_text("(module)").says(&["It is a core module that does not implement the world `guest` of `tapwasm:stack`"]);
    refused_text(&wat("other-world")).says(&["does not implement the world `guest`", "Build the guest with the tapwasm SDK"]);
}

#[test]
fn a_module_that_was_built_for_wasi_is_told_what_it_asks_for() {
    refused_text(&wat("wasi-module")).says(&[
        "It asks for more than a guest may have: `wasi_snapshot_preview1::fd_write`",
        "For Rust, build for `wasm32-unknown-unknown`",
    ]);
}

#[test]
fn a_component_that_asks_for_more_is_told_what_it_asks_for() {
    refused_text(&wat("wasi-environment")).says(&[
        "It asks for more than a guest may have: `wasi:cli/environment@0.2.0`, `wasi:clocks/wall-clock@0.2.0`.",
        "for other languages stub WASI",
    ]);
}

#[test]
fn a_component_without_a_program_is_told_what_it_exports() {
    refused_text("(component)").says(&["it exports no `tapwasm:stack/program`; it exports nothing."]);
    refused_text(&wat("other-exports")).says(&["it exports `acme:tools/run@1.0.0`."]);
}

#[test]
fn another_version_of_the_contract_is_named() {
    refused_text(&wat("next-contract")).says(&[
        "It was built for version 0.2.0 of the contract `tapwasm:stack`; this host speaks 0.1.0.",
        "Use a newer tapwasm, or build the guest with an older SDK.",
    ]);
}

#[test]
fn the_stamp_of_an_sdk_words_the_refusal() {
    for (version, advice) in
        [("0.2.0", "Use a newer tapwasm"), ("0.0.9", "Build the guest with a newer SDK."), ("10.0.0", "Use a newer")]
    {
        let text = format!(r#"(component (@custom "tapwasm:api-version" "{version}"))"#);
        refused_text(&text).says(&[&format!("It was built for version {version} of the contract"), advice]);
    }
    // A module is told the same, whatever else of it does not fit.
    refused_text(r#"(module (@custom "tapwasm:api-version" "0.2.0"))"#).says(&["It was built for version 0.2.0"]);
}

#[test]
fn files_and_folders_that_are_not_there_are_named() {
    let project = Project::new();
    project.run(&["run", "guest.wasm"]).expect(1).says(&["there is no stack `guest.wasm`: no such file or folder"]);
    std::fs::create_dir(project.path().join("folder")).unwrap();
    project.run(&["run", "folder"]).expect(1).says(&["folder: the folder holds no Cargo.toml"]);
    std::fs::create_dir(project.path().join("folder.wasm")).unwrap();
    project.run(&["run", "folder.wasm"]).expect(1).says(&["folder.wasm: the folder holds no Cargo.toml"]);
    assert!(project.files().is_empty());
}

#[test]
fn a_crate_is_not_built_where_that_is_refused() {
    let project = Project::new();
    project.write("guest/Cargo.toml", "[package]\nname = \"g\"\n");
    let before = project.files();
    project
        .run(&["run", "guest", "--no-build"])
        .expect(1)
        .says(&["guest is a crate, and building is refused here", "--no-build"]);
    assert_eq!(project.files(), before);
}

#[test]
fn a_crate_that_does_not_build_is_told_as_cargo_tells_it() {
    let project = Project::new();
    project.write(
        "guest/Cargo.toml",
        "[package]\nname = \"g\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\"]\n[workspace]\n",
    );
    project.write("guest/src/lib.rs", "fn x() -> u32 { \"no\" }\n");
    project.run(&["run", "guest"]).expect(1).says(&["src/lib.rs:1:", "mismatched types"]);
    assert!(!project.path().join("tapwasm.out").exists() && !project.path().join(".tapwasm").exists());
}

/// The texts stand where a reader of the guests looks for them.
#[test]
fn every_guest_in_text_is_used() {
    let folder: PathBuf = workspace().join("tests/guests/wat");
    let source = include_str!("components.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(source.contains(&format!("wat(\"{name}\")")), "no test uses {name}.wat");
    }
}
