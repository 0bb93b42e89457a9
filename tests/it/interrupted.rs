//! Commands that change what is stored, each killed at each of its steps, each on a disk that is full from one step on, and each with one write
//! that fails: what was there is there, each file is the old one or the new one, and the same command completes it.

use crate::support::{Outcome, Project, guest, outcome, stack_of, stack_with_assets};
use std::collections::BTreeMap;
use std::process::Stdio;

/// Places where state is in these tests.
const PLACES: [&str; 3] = [".tapwasm", "elsewhere", "other"];
const TFSTATE: &str =
    r#"{"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "x", "outputs": {}, "resources": []}"#;

/// A command that changes something.
struct Change<'a> {
    args: &'a [&'a str],
    /// What it says, and fails, where it was done before; nothing where it succeeds again.
    done: Option<&'a str>,
}

/// A project whose stack `app` was stored three times, of which the first was applied.
fn project() -> Project {
    let project = Project::new();
    project.write("tapwasm.toml", "# ours\nhistory = 9\n");
    ["one", "two", "three"].iter().for_each(|input| drop(project.script(&stack_of(input)).expect(0)));
    state(&project, &["mark-applied", "app", "--serial", "1"]).expect(0);
    let exported = state(&project, &["export", "app", "--serial", "2"]).expect(0).stdout;
    project.write("exported.json", exported);
    project.write("terraform.tfstate", TFSTATE);
    project
}

fn state(project: &Project, args: &[&str]) -> Outcome {
    project.run(&[&["state"], args].concat())
}

/// Returns every file but locks by its path; those that were being written only if that is asked for.
fn files(project: &Project, with_leftovers: bool) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &std::path::Path| path.strip_prefix(project.path()).expect("it is below").display().to_string();
    let files = project.files().into_iter().map(|(path, content)| (name(&path), content));
    files.filter(|(path, _)| !path.ends_with("lock") && (with_leftovers || !path.ends_with(".tapwasm-tmp"))).collect()
}

/// Checks that each file is the old one or the new one, and that what is stored verifies wherever it is now.
#[track_caller]
fn check(project: &Project, old: &BTreeMap<String, Vec<u8>>, new: &BTreeMap<String, Vec<u8>>, when: &str) {
    let found = files(project, false);
    // The manifest names old and new files for a while.
    for (path, content) in found.iter().filter(|(path, _)| !path.ends_with("manifest.json")) {
        assert!([old, new].iter().any(|all| all.get(path) == Some(content)), "{path} is neither old nor new {when}");
    }
    for path in old.keys().filter(|path| new.contains_key(*path)) {
        assert!(found.contains_key(path), "{path} is gone {when}");
    }
    let (mut n_verified, mut n_moved) = (0, 0);
    for place in PLACES.into_iter().filter(|place| project.path().join(place).is_dir()) {
        let verified = state(project, &["verify", "--state", place]);
        match verified.code {
            0 => n_verified += usize::from(verified.stderr.contains("as they were written")),
            _ => {
                verified.says(&["was moved to"]);
                n_moved += 1;
            }
        }
    }
    // On its way back state is in neither place for a moment: in both would be worse.
    assert!(n_verified > 0 || n_moved == 2, "nothing verifies {when}");
}

/// Runs the command once more: it completes what is left, or says that nothing is. Then all is as if it had been done at once.
#[track_caller]
fn complete(project: &Project, change: &Change<'_>, new: &BTreeMap<String, Vec<u8>>, when: &str) {
    let again = project.run(change.args);
    let is_done = again.code == 1 && change.done.is_some_and(|said| again.stderr.contains(said));
    assert!(again.code == 0 || is_done, "{when}: {again:#?}");
    assert!(files(project, false) == *new, "not complete {when}");
    if is_done {
        // Which wrote nothing: what is left goes with whatever writes next.
        state(project, &["mark-applied", "app"]).expect(0);
    }
    let names: Vec<String> = files(project, true).into_keys().collect();
    assert!(names.iter().all(|name| !name.ends_with(".tapwasm-tmp")), "{when}: {names:#?}");
}

/// Interrupts a change at each of its steps, in both ways.
#[track_caller]
fn sweep(before: &Project, change: &Change<'_>, n_least: u32) {
    // A release build has no such steps.
    if !cfg!(debug_assertions) {
        return;
    }
    let whole = before.copy();
    whole.run(change.args).expect(0);
    let (old, new) = (files(before, true), files(&whole, true));
    assert!(old != new, "nothing is changed by {:?}", change.args);
    for step in 1.. {
        let killed = before.copy();
        let mut command = killed.command(change.args);
        command.env("TAPWASM_TEST_DIE_AT_STEP", step.to_string()).stdout(Stdio::null()).stderr(Stdio::null());
        let status = command.status().expect("the binary starts");
        if status.success() {
            assert!(files(&killed, true) == new);
            assert!(step > n_least, "{step} steps are too few");
            return;
        }
        let when = format!("after a kill at step {step}");
        assert_eq!(status.code(), None, "it failed instead of dying {when}");
        check(&killed, &old, &new, &when);
        complete(&killed, change, &new, &when);

        for (fault, said, when) in [
            ("TAPWASM_TEST_FAIL_AT_STEP", "no storage space", format!("on a disk that was full from step {step} on")),
            ("TAPWASM_TEST_FAIL_ONLY_AT_STEP", "a device error", format!("after an error at step {step}")),
        ] {
            let project = before.copy();
            let ended = outcome(project.command(change.args).env(fault, step.to_string()));
            match ended.code {
                // Only cleaning up was left.
                0 => assert!(files(&project, false) == new, "not complete {when}"),
                _ => check_told(&ended.expect(1), said, &when),
            }
            check(&project, &old, &new, &when);
            complete(&project, change, &new, &when);
        }
    }
}

/// Checks that an error names what could not be written, says what is there, and what to do.
#[track_caller]
fn check_told(ended: &Outcome, said: &str, when: &str) {
    let is_named =
        PLACES.iter().chain(&["tapwasm.toml", "tapwasm.moves.toml", "tapwasm.out"]).any(|path| ended.stderr.contains(path));
    let next = ["then run again", "say `state = "].iter().any(|text| ended.stderr.contains(text));
    assert!(is_named && next && ended.stderr.contains(said), "{when}:\n{}", ended.stderr);
}

#[test]
fn a_run_may_be_interrupted() {
    let project = project();
    let inputs = |name: &str| project.write("inputs.json", format!("{{\"calls\": [{}]}}", stack_with_assets(name)));
    let script = guest("script");
    let args = ["run", script.to_str().expect("paths are UTF-8"), "--inputs", "inputs.json"];
    inputs("four");
    project.run(&args).expect(0);
    inputs("five");
    sweep(&project, &Change { args: &args, done: None }, 30);
}

#[test]
fn a_rollback_may_be_interrupted() {
    sweep(&project(), &Change { args: &["state", "rollback", "app", "1"], done: None }, 8);
}

#[test]
fn what_is_marked_as_applied_is_so_or_is_not() {
    let project = project();
    let change = Change { args: &["state", "mark-applied", "app", "--serial", "2"], done: None };
    sweep(&project, &change, 8);
    std::fs::remove_file(project.path().join(".tapwasm/stacks/app/applied.json")).unwrap();
    sweep(&project, &change, 8);
}

#[test]
fn an_import_may_be_interrupted() {
    let project = project();
    sweep(&project, &Change { args: &["state", "import", "exported.json"], done: None }, 8);
    sweep(&project, &Change { args: &["state", "import", "exported.json", "--state", "other"], done: None }, 16);
}

#[test]
fn changes_of_one_address_may_be_interrupted() {
    let project = project();
    let gone = Some("`terraform_data.x`");
    sweep(&project, &Change { args: &["state", "rm", "app", "terraform_data.x"], done: gone }, 8);
    sweep(&project, &Change { args: &["state", "mv", "app", "terraform_data.x", "terraform_data.y"], done: gone }, 8);
}

#[test]
fn a_migration_may_be_interrupted_there_and_back() {
    let project = project();
    let done = Some("already; nothing was changed");
    sweep(&project, &Change { args: &["state", "migrate", "elsewhere"], done }, 30);
    state(&project, &["migrate", "elsewhere"]).expect(0);
    state(&project, &["rollback", "app", "2"]).expect(0);
    sweep(&project, &Change { args: &["state", "migrate", ".tapwasm"], done }, 16);
}

#[test]
fn changes_of_the_renames_may_be_interrupted() {
    let project = project();
    let calls = stack_of("one").replace("\"name\": \"x\"", "\"name\": \"y\"");
    project.write("inputs.json", format!("{{\"calls\": [{calls}]}}"));
    let script = guest("script");
    let script = script.to_str().expect("paths are UTF-8");
    let args = ["diff", script, "--inputs", "inputs.json", "--write-moves"];
    sweep(&project, &Change { args: &args, done: None }, 4);
    project.run(&args).expect(0);
    sweep(&project, &Change { args: &["state", "retire-moves", "--tfstate", "terraform.tfstate"], done: None }, 4);
}
