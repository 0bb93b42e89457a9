//! Why something changes: an input, the program, what else it is evaluated with; and what reads something that changes.

use crate::support::{Outcome, Project, guest};
use serde_json::{Value, json};
use std::fs;

/// Returns a project with the guest of three stacks, and the same with another default of a variable: another program.
fn project() -> Project {
    let project = Project::new();
    let component = fs::read(guest("stacks")).unwrap();
    let (old, new) = (b"hunter2", b"hunter3");
    let mut other = component.clone();
    let places: Vec<usize> = (0..component.len() - old.len()).filter(|at| component[*at..].starts_with(old)).collect();
    assert!(!places.is_empty());
    places.iter().for_each(|at| other[*at..at + new.len()].copy_from_slice(new));
    project.write("old.wasm", component);
    project.write("new.wasm", other);
    project.run(&["run", "old.wasm", "--input", "greeting=hello"]).expect(0);
    project
}

fn diff(project: &Project, component: &str, flags: &[&str]) -> Outcome {
    project.run(&[&["diff", component, "--color=never"], flags].concat()).expect(0)
}

/// Returns the cause of each change, by address.
fn causes(project: &Project, component: &str, flags: &[&str]) -> Vec<(String, Value)> {
    let outcome = diff(project, component, &[flags, &["--format", "json"]].concat());
    let document: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let stacks = document["stacks"].as_array().unwrap().iter();
    let changes = stacks.flat_map(|stack| stack["changes"].as_array().unwrap());
    changes.map(|change| (change["address"].as_str().unwrap().to_owned(), change["cause"].clone())).collect()
}

fn of(address: &str, cause: Value) -> (String, Value) {
    (address.to_owned(), cause)
}

#[test]
fn an_input_is_named_and_its_value_is_not() {
    let project = project();
    let outcome = diff(&project, "old.wasm", &["--input", "greeting=good-bye"]);
    assert!(
        outcome
            .stdout
            .starts_with("Plan: 0 to create, 1 to update, 0 to move, 0 to delete.\nBecause of the input `greeting`.\n\n"),
        "{}",
        outcome.stdout
    );
    let markdown = diff(&project, "old.wasm", &["--input", "greeting=good-bye", "--format", "markdown"]).stdout;
    assert!(markdown.contains("\nBecause of the input `greeting`.\n"), "{markdown}");
    // With a second one it is told which of them it was.
    let flags = ["--input", "greeting=good-bye", "--input", "cdktf_names=true"];
    let found = causes(&project, "old.wasm", &flags);
    assert!(found.contains(&of("terraform_data.subnet", json!({ "inputs": ["greeting"] }))), "{found:?}");
    assert!(
        found
            .iter()
            .all(|(address, cause)| { address == "terraform_data.subnet" || *cause == json!({ "inputs": ["cdktf_names"] }) }),
        "{found:?}"
    );
    // `run` says the same, and the next plan is about the new inputs.
    project.run(&["run", "old.wasm", "--input", "greeting=good-bye"]).expect(0).says(&[]);
    let found = causes(&project, "old.wasm", &["--input", "greeting=hello"]);
    assert_eq!(found, [of("terraform_data.subnet", json!({ "inputs": ["greeting"] }))]);
}

#[test]
fn the_program_is_told_from_inputs() {
    let project = project();
    let text = diff(&project, "new.wasm", &["--input", "greeting=hello"]).stdout;
    assert!(text.contains("to delete.\nBecause the program changed.\n"), "{text}");
    assert!(text.contains("      default: \"hunter2\" -> \"hunter3\"\n      read by output."), "{text}");
    let flags = ["--input", "greeting=good-bye"];
    assert_eq!(
        causes(&project, "new.wasm", &flags),
        [
            of("terraform_data.subnet", json!({ "inputs": ["greeting"] })),
            of("var.password", json!({ "inputs": [], "besides": "program" })),
        ]
    );
    let text = diff(&project, "new.wasm", &flags).stdout;
    assert!(
        text.contains("~ terraform_data.subnet  changes; Terraform may replace  because of the input `greeting`\n"),
        "{text}"
    );
    assert!(text.contains("~ var.password  because the program changed\n"), "{text}");
    let markdown = diff(&project, "new.wasm", &[&flags[..], &["--format", "markdown"]].concat()).stdout;
    assert!(markdown.contains("<code>var.password</code>, because the program changed</summary>"), "{markdown}");
    // Of another build there is nothing but the program.
    let text = diff(&project, "new.wasm", &["--input", "greeting=hello", "--base", "old.wasm"]).stdout;
    assert!(text.contains("to delete.\nBecause the program changed.\n"), "{text}");
}

#[test]
fn what_else_changes_is_neither() {
    let project = Project::new();
    let component = guest("assets");
    let component = component.to_str().unwrap();
    let flags = ["--input", "wants=[\"text given/a.txt\"]", "--grant-assets", "given"];
    project.write("given/a.txt", "one");
    project.run(&[&["run", component], &flags[..]].concat()).expect(0);
    project.write("given/a.txt", "two");
    let found = causes(&project, component, &flags);
    assert_eq!(found, [of("output.text_0", json!({ "inputs": [], "besides": "surroundings" }))]);
    let text = diff(&project, component, &flags).stdout;
    assert!(text.contains("Because of granted files, renames, schemas or another tapwasm: the program is the same.\n"), "{text}");
}

#[test]
fn nothing_is_guessed() {
    let project = project();
    let flags = ["--input", "greeting=good-bye"];
    // What was edited is what no evaluation yields.
    project.run(&["state", "rm", "network", "var.password"]).expect(0);
    assert!(causes(&project, "old.wasm", &flags).iter().all(|(_, cause)| cause.is_null()));
    // Inputs that do not fit the program any more.
    let other = Project::new();
    other.run(&["run", guest("stacks").to_str().unwrap(), "--input", "greeting=hello"]).expect(0);
    other.write("given/a.txt", "one");
    let flags = ["--input", "wants=[\"text given/a.txt\"]", "--grant-assets", "given"];
    let found = causes(&other, guest("assets").to_str().unwrap(), &flags);
    assert!(!found.is_empty() && found.iter().all(|(_, cause)| cause.is_null()), "{found:?}");
}

#[test]
fn another_program_that_declares_the_same_stores_nothing() {
    let project = project();
    let stored = project.serial("network", 1);
    assert!(stored.contains("\n\"inputs\":{\"cdktf_names\":false,\"greeting\":\"hello\"},\n"), "{stored}");
    let mut same = fs::read(project.path().join("old.wasm")).unwrap();
    // A custom section: its id, its length, and the name that is all of it.
    same.extend([0, 5, 4]);
    same.extend(b"none");
    project.write("same.wasm", same);
    project.run(&["run", "same.wasm", "--input", "greeting=hello"]).expect(0);
    assert!(!project.path().join(".tapwasm/stacks/network/history/2.json.gz").exists());
    assert_eq!(project.serial("network", 1), stored);
}
