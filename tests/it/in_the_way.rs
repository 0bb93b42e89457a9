//! Something else where state belongs, a file for a folder or a folder for a file: it is named, and all is left as it was.

use crate::support::{Outcome, Project, outcome, stack_of};
use std::fs;

const STACK: &str = ".tapwasm/stacks/app";

/// A project whose stack was stored twice, with the first serial applied.
fn project() -> Project {
    let project = Project::new();
    ["one", "two"].iter().for_each(|input| drop(project.script(&stack_of(input)).expect(0)));
    project.run(&["state", "mark-applied", "app", "--serial", "1"]).expect(0);
    project
}

/// A project where this stands in the place of `path`.
fn with(path: &str, is_folder: bool) -> Project {
    let project = project();
    let full = project.path().join(path);
    let _ = fs::remove_file(&full);
    let _ = fs::remove_dir_all(&full);
    if is_folder {
        fs::create_dir(full).unwrap();
    } else {
        fs::write(full, "a file").unwrap();
    }
    project
}

/// Runs each command; all must fail, and leave everything as it was.
#[track_caller]
fn refused(project: &Project, commands: &[&[&str]]) -> Vec<Outcome> {
    let before = project.entries();
    let outcomes: Vec<Outcome> = commands
        .iter()
        .map(|args| match args {
            ["run"] => project.script(&stack_of("three")).expect(1),
            ["diff"] => outcome(&mut project.script_command("diff", &stack_of("three"), &[])).expect(1),
            args => project.run(&[&["state"], *args].concat()).expect(1),
        })
        .collect();
    assert!(project.entries() == before, "something was changed");
    outcomes
}

const READING: [&[&str]; 3] = [&["diff"], &["list", "app"], &["verify"]];
const WRITING: [&[&str]; 5] = [
    &["run"],
    &["rollback", "app", "1"],
    &["mark-applied", "app"],
    &["rm", "app", "terraform_data.x"],
    &["migrate", "elsewhere"],
];

#[test]
fn a_file_where_a_folder_of_the_state_belongs_is_named() {
    for path in [".tapwasm", ".tapwasm/stacks", &format!("{STACK}/history")] {
        let project = with(path, false);
        for told in refused(&project, &[&["run"], &["diff"], &["rollback", "app", "1"], &["mark-applied", "app"]]) {
            told.says(&[&format!("cannot read {path}: Not a directory"), "Check that the path is right"]);
        }
    }
    // Where a stack's folder belongs: whoever asks for all stacks finds none, whoever asks for this one is told.
    let project = with(STACK, false);
    for told in refused(&project, &[&["run"], &["diff"], &["rollback", "app", "1"], &["mark-applied", "app"], &["verify", "app"]])
    {
        told.says(&[&format!("cannot read {STACK}: Not a directory")]);
    }
}

#[test]
fn a_folder_where_the_pointer_belongs_is_named() {
    let path = format!("{STACK}/applied.json");
    let project = with(&path, true);
    let commands: Vec<&[&str]> =
        [&["run"][..], &["diff"], &["verify"], &["mark-applied", "app"], &["migrate", "elsewhere"]].to_vec();
    for told in refused(&project, &commands) {
        told.says(&[&path, "Is a directory"]);
    }
}

#[test]
fn a_folder_where_the_lock_belongs_is_named() {
    let path = format!("{STACK}/lock");
    let project = with(&path, true);
    for told in refused(&project, &WRITING) {
        told.says(&[&format!("cannot lock {path}: it is no regular file")]);
    }
    // Who only looks takes no lock.
    outcome(&mut project.script_command("diff", &stack_of("three"), &[])).expect(0);
    project.run(&["state", "verify"]).expect(0);
}

#[test]
fn a_folder_where_the_note_of_a_move_belongs_is_named() {
    let path = ".tapwasm/moved.json";
    let project = with(path, true);
    for told in refused(&project, &[&READING[..], &WRITING[..]].concat()) {
        told.says(&[&format!("cannot read {path}: Is a directory")]);
    }
}

#[test]
fn a_folder_where_the_next_serial_belongs_is_named() {
    let path = format!("{STACK}/history/3.json.gz");
    let project = with(&path, true);
    let before = project.run(&["state", "show", "app"]).expect(0).stdout;
    for command in &WRITING[..4] {
        if command[0] != "mark-applied" {
            let told = match command {
                ["run"] => project.script(&stack_of("three")).expect(1),
                args => project.run(&[&["state"], *args].concat()).expect(1),
            };
            told.says(&[&format!("cannot write {path}: something that is no file is in its place")]);
        }
    }
    assert_eq!(project.run(&["state", "show", "app"]).expect(0).stdout, before);
    fs::remove_dir(project.path().join(path)).unwrap();
    project.script(&stack_of("three")).expect(0);
}

#[test]
fn a_folder_where_a_file_of_the_project_is_written_is_named() {
    let project = project();
    fs::create_dir(project.path().join("tapwasm.moves.toml")).unwrap();
    project.write("terraform.tfstate", "{}");
    for told in refused(&project, &[&["run"], &["diff"], &["retire-moves", "--tfstate", "terraform.tfstate"]]) {
        told.says(&["cannot read tapwasm.moves.toml: Is a directory"]);
    }
}
