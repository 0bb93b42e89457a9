//! Stored state that cannot be trusted: the command stops, says what happened and how to go on, and resets nothing.

use crate::support::{Outcome, Project, guest, stack_of};
use std::fs;

const SNAPSHOT: &str = ".tapwasm/stacks/app/history/2.json";
const HISTORY: &str = ".tapwasm/stacks/app/history";

/// Returns a project with a stored stack of serial 2, which stands there as plain text.
fn stored() -> Project {
    let project = Project::new();
    project.script(&stack_of("first")).expect(0);
    project.script(&stack_of("second")).expect(0);
    let text = project.serial("app", 2);
    project.write(SNAPSHOT, text);
    fs::remove_file(project.path().join(format!("{SNAPSHOT}.gz"))).unwrap();
    project
}

/// Runs another change on this project; it must fail and change nothing. The commands that only read fail alike.
#[track_caller]
fn refused(project: &Project) -> Outcome {
    let before = project.files();
    let outcome = project.script(&stack_of("third")).expect(1);
    let diff = crate::support::outcome(&mut project.script_command("diff", &stack_of("third"), &["--color=never"])).expect(1);
    assert_eq!(diff.stderr, outcome.stderr, "`diff` says something else");
    assert_eq!(project.files(), before);
    outcome
}

/// Changes the snapshot's text, and expects what is said of it.
#[track_caller]
fn refused_after(change: impl Fn(&str) -> String, said: &[&str]) {
    let project = stored();
    let text = project.read(SNAPSHOT);
    let changed = change(&text);
    assert_ne!(text, changed, "the test changes nothing");
    project.write(SNAPSHOT, changed);
    refused(&project).says(&[SNAPSHOT]).says(said);
}

#[test]
fn a_snapshot_that_cannot_be_read_is_told() {
    let project = stored();
    fs::remove_file(project.path().join(SNAPSHOT)).unwrap();
    fs::create_dir(project.path().join(SNAPSHOT)).unwrap();
    // A folder is no serial: the one before it is the last.
    project.script(&stack_of("third")).expect(0);
    fs::remove_dir_all(project.path().join(HISTORY)).unwrap();
    project.write(HISTORY, "a file");
    refused(&project).says(&["error: cannot read .tapwasm/stacks/app/history: Not a directory", "you may read it"]);
}

#[test]
fn a_snapshot_that_was_cut_off_is_told_wherever_it_was_cut() {
    for part in [0, 1, 20, 50, 80, 99] {
        let cut = |text: &str| text[..text.len() * part / 100].to_owned();
        refused_after(cut, &["is damaged", "Serial 1 is whole: `tapwasm state rollback app 1` goes back to it"]);
    }
}

#[test]
fn a_snapshot_that_was_edited_is_told() {
    refused_after(|text| text.replace("second", "secret"), &["its checksum does not match", "restore a backup"]);
    refused_after(|text| text.replace("\"serial\":2", "\"serial\":9"), &["its checksum does not match"]);
    refused_after(|_| "{\"version\": 1}".to_owned(), &["is not a snapshot of tapwasm"]);
    refused_after(|text| format!("<<<<<<< HEAD\n{text}"), &["is damaged"]);
}

#[test]
fn a_snapshot_of_a_newer_version_is_told() {
    refused_after(
        |text| text.replace("\"version\":2", "\"version\":3"),
        &["is of version 3, and this tapwasm reads up to version 2", "Update tapwasm to go on."],
    );
}

#[test]
fn a_snapshot_of_another_lineage_is_told() {
    let (project, other) = (stored(), stored());
    project.write(SNAPSHOT, other.read(SNAPSHOT));
    project.run(&["state", "verify"]).expect(1).says(&[SNAPSHOT, "is of lineage", "the history that it stands in is of lineage"]);
}

#[test]
fn a_snapshot_of_another_program_is_told() {
    let project = Project::new();
    let flags = ["--input", "behaviour=nothing"];
    project.run(&[&["run", guest("misbehaves").to_str().unwrap()], &flags[..]].concat()).expect(0);
    refused(&project).says(&[HISTORY, "belongs to program `tapwasm-test-guests`, not to `script`", "`--state`"]);
}

#[test]
fn a_snapshot_of_another_stack_is_told() {
    let project = stored();
    fs::rename(project.path().join(".tapwasm/stacks/app"), project.path().join(".tapwasm/stacks/other")).unwrap();
    let before = project.files();
    let calls = stack_of("third").replace("\"app\"", "\"other\"");
    project.script(&calls).expect(1).says(&["is the snapshot of stack `app`, not of `other`"]);
    assert_eq!(project.files(), before);
}

#[test]
fn state_that_is_no_folder_is_told() {
    let project = Project::new();
    project.write(".tapwasm", "a file");
    refused(&project).says(&["cannot read .tapwasm: Not a directory"]);
}

#[test]
fn commands_on_state_name_what_they_cannot_read() {
    let project = stored();
    project.run(&["state", "show", "ap"]).expect(1).says(&["`ap`"]);
    project.write(SNAPSHOT, "{");
    for args in [&["state", "show", "app"][..], &["state", "list"]] {
        let outcome = project.run(args);
        assert!(outcome.code == 1 && outcome.stderr.contains(SNAPSHOT), "{args:?} {outcome:#?}");
    }
}

#[test]
fn a_plan_that_deletes_what_is_protected_is_refused() {
    let project = Project::new();
    let protected = stack_of("first").replace("\"name\"", "\"extras\": {\"protect\": [true]}, \"name\"");
    project.script(&protected).expect(0);
    // What is deleted is known under the lock only; the lock says who held it last.
    let files = || project.files().into_iter().filter(|(path, _)| !path.ends_with("lock")).collect::<Vec<_>>();
    let before = files();
    project.script(r#"{"stack": "app"}"#).expect(1).says(&["terraform_data.x", "protect", "nothing was written"]);
    assert_eq!(files(), before);
}
