//! The history of what was stored: looked at, gone back in, and found out where it is damaged.

use crate::support::{Outcome, Project, outcome, stack_of};
use serde_json::Value;
use std::fs;

/// A project whose stack `app` was stored three times.
fn project() -> Project {
    let project = Project::new();
    ["one", "two", "three"].iter().for_each(|input| drop(project.script(&stack_of(input)).expect(0)));
    project
}

fn state(project: &Project, args: &[&str]) -> Outcome {
    project.run(&[&["state"], args, &["--color=never"]].concat())
}

fn input(project: &Project) -> String {
    let shown = state(project, &["show", "app", "terraform_data.x", "--format", "json"]).expect(0).stdout;
    let shown: Value = serde_json::from_str(&shown).expect("it is JSON");
    shown["entries"][0]["body"]["arguments"]["input"]["value"].as_str().expect("it has an input").to_owned()
}

#[test]
fn every_serial_is_listed_and_shown() {
    let project = project();
    let listed = state(&project, &["history", "app"]).expect(0).stdout;
    let serials: Vec<&str> = listed.lines().map(|line| &line[..8]).collect();
    assert_eq!(serials, ["serial 3", "serial 2", "serial 1"]);
    assert!(listed.lines().next().is_some_and(|line| line.ends_with("(emitted last)")), "{listed}");
    let json: Value = serde_json::from_str(&state(&project, &["history", "app", "--format", "json"]).expect(0).stdout).unwrap();
    assert_eq!((&json["serial"], &json["history"][2]["serial"]), (&3.into(), &1.into()));
    assert!(json["history"][0]["stored"].as_str().is_some_and(|time| time.ends_with('Z')), "{json}");

    let old = state(&project, &["show", "app", "--serial", "1"]).expect(0).stdout;
    assert!(old.contains("input = \"one\""), "{old}");
    state(&project, &["show", "app", "--serial", "9"]).expect(1).says(&["no serial 9", "kept are 1 to 3"]);
    state(&project, &["history", "ap"]).expect(1).says(&["did you mean `app`?"]);

    let changed = state(&project, &["diff", "app", "1", "2"]).expect(0).stdout;
    assert!(changed.contains("input: \"one\" -> \"two\""), "{changed}");
    let changed = state(&project, &["diff", "app", "1"]).expect(0).stdout;
    assert!(changed.contains("input: \"one\" -> \"three\""), "{changed}");
}

#[test]
fn going_back_is_a_new_serial_and_deletes_nothing() {
    let project = project();
    state(&project, &["rollback", "app", "1"])
        .expect(0)
        .says(&["app: serial 4 holds what serial 1 held", "Nothing in the cloud changes"]);
    assert_eq!(input(&project), "one");
    assert_eq!(state(&project, &["history", "app"]).expect(0).stdout.lines().count(), 4);
    state(&project, &["rollback", "app", "1"]).expect(0).says(&["serial 4 holds what serial 1 held already"]);
    // The next run is compared with it.
    let again = project.script(&stack_of("three")).expect(0).stdout;
    assert!(again.contains("input: \"one\" -> \"three\""), "{again}");
}

#[test]
fn a_rename_is_not_gone_back_over_without_the_reverse_move() {
    let project = Project::new();
    project.script(&stack_of("one")).expect(0);
    project.write("tapwasm.moves.toml", "[[moves]]\nstack = \"app\"\nfrom = \"terraform_data.x\"\nto = \"terraform_data.y\"\n");
    let renamed = stack_of("one").replace("\"name\": \"x\"", "\"name\": \"y\"");
    project.script(&renamed).expect(0);
    let files = project.files();
    let refused = state(&project, &["rollback", "app", "1"]).expect(1);
    refused.says(&[
        "`terraform_data.y` was renamed since serial 1",
        "from `terraform_data.y`, to `terraform_data.x`",
        "nothing was changed",
    ]);
    assert_eq!(project.files(), files);
    project.write("tapwasm.moves.toml", "[[moves]]\nstack = \"app\"\nfrom = \"terraform_data.y\"\nto = \"terraform_data.x\"\n");
    state(&project, &["rollback", "app", "1"]).expect(0);
}

#[test]
fn single_addresses_are_forgotten_and_renamed() {
    let project = project();
    state(&project, &["mv", "app", "terraform_data.x", "terraform_data.y"])
        .expect(0)
        .says(&["serial 4 holds `terraform_data.x` as `terraform_data.y`"]);
    assert!(state(&project, &["list", "app"]).expect(0).stdout.contains("terraform_data.y\n"));
    state(&project, &["mv", "app", "terraform_data.y", "terraform"]).expect(1).says(&["holds `terraform` already"]);
    state(&project, &["mv", "app", "terraform_data.y", "var.y"])
        .expect(1)
        .says(&["`var.y` cannot be the address of what is a resource"]);
    state(&project, &["rm", "app", "terraform_data.x"]).expect(1).says(&["did you mean `terraform_data.y`?"]);
    state(&project, &["rm", "app", "terraform_data.y"]).expect(0).says(&["serial 5 holds all but `terraform_data.y`"]);
    assert_eq!(state(&project, &["list", "app"]).expect(0).stdout, "terraform\n");
}

#[test]
fn what_is_exported_is_imported_elsewhere() {
    let project = project();
    let exported = state(&project, &["export", "app", "--serial", "2"]).expect(0).stdout;
    project.write("two.json", &exported);
    state(&project, &["import", "two.json", "--state", "other"]).expect(0).says(&["app: serial 2 holds what was imported"]);
    assert_eq!(state(&project, &["export", "app", "--state", "other"]).expect(0).stdout, exported);
    state(&project, &["import", "two.json"]).expect(0).says(&["app: serial 4 holds what was imported"]);
    assert_eq!(input(&project), "two");

    let foreign = project.read("two.json").replacen("\"two\"", "\"2\"", 1);
    project.write("changed.json", foreign);
    state(&project, &["import", "changed.json"]).expect(1).says(&["changed.json", "its checksum does not match"]);
    let another = Project::new();
    another.script(&stack_of("x")).expect(0);
    project.write("another.json", another.serial("app", 1));
    let files = project.files();
    state(&project, &["import", "another.json"]).expect(1).says(&["it is another history", "nothing was changed"]);
    assert_eq!(project.files(), files);
}

#[test]
fn damage_is_found_wherever_it_is_and_the_serial_to_go_back_to_is_named() {
    let project = project();
    state(&project, &["verify"]).expect(0).says(&["app: 3 serials are as they were written"]);
    let path = project.path().join(".tapwasm/stacks/app/history/3.json.gz");
    let whole = fs::read(&path).unwrap();
    for position in (0..whole.len()).step_by(7) {
        let mut damaged = whole.clone();
        damaged[position] ^= 1;
        fs::write(&path, &damaged).unwrap();
        let found = state(&project, &["verify"]);
        assert_eq!(found.code, 1, "the byte {position}");
        found.says(&["serial 2 is the newest that is whole"]);
    }
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    state(&project, &["verify", "app"]).expect(1).says(&["3.json.gz", "serial 2 is the newest"]);
    project.script(&stack_of("four")).expect(1).says(&["Serial 2 is whole: `tapwasm state rollback app 2` goes back to it"]);
    // As the message says:
    state(&project, &["rollback", "app", "1"]).expect(1).says(&["the newest serial that is whole first, which is 2"]);
    state(&project, &["rollback", "app", "2"]).expect(0).says(&["app: serial 4 holds what serial 2 held"]);
    assert_eq!(input(&project), "two");
    project.script(&stack_of("five")).expect(0);
}

/// Others read the place in tapwasm.toml and in the note, from wherever they are.
#[test]
fn a_place_that_is_said_in_a_folder_below_is_found_from_the_project() {
    let project = project();
    project.write("tapwasm.toml", "# ours\n");
    project.write("below/file", "");
    let below = |args: &[&str]| outcome(project.command(&[&["state"], args].concat()).current_dir(project.path().join("below")));
    below(&["migrate", "kept"]).expect(0);
    assert!(project.read("tapwasm.toml").contains("state = \"below/kept\""), "{}", project.read("tapwasm.toml"));
    state(&project, &["verify"]).expect(0).says(&["app: 3 serials"]);
    state(&project, &["list", "--state", ".tapwasm"]).expect(1).says(&["was moved to below/kept"]);
    below(&["migrate", "../below/kept"]).expect(1).says(&["already; nothing was changed"]);
    state(&project, &["migrate", ".tapwasm"]).expect(0);
    state(&project, &["rollback", "app", "1"]).expect(0);
}

#[test]
fn a_project_says_how_much_history_it_keeps() {
    let project = Project::new();
    project.write("tapwasm.toml", "history = 2\n");
    ["one", "two", "three"].iter().for_each(|input| drop(project.script(&stack_of(input)).expect(0)));
    let listed = project.run(&["state", "history", "app"]).expect(0).stdout;
    assert!(!listed.contains("serial 1") && project.serial("app", 2).contains("two"), "{listed}");
    assert!(!project.path().join(".tapwasm/stacks/app/history/1.json.gz").exists());
    project.run(&["state", "rollback", "app", "1"]).expect(1);
    project.run(&["state", "verify"]).expect(0);
    project.write("tapwasm.toml", "history = 0\n");
    project.run(&["state", "list"]).expect(1).says(&["tapwasm.toml", "nonzero"]);
}

#[test]
fn who_holds_a_lock_is_told_as_long_as_it_lives() {
    let project = project();
    let told = |flags: &[&str]| state(&project, &[&["lock-info"], flags].concat()).expect(0).stdout;
    assert_eq!(told(&[]), "app  not locked\n");
    let path = project.path().join(".tapwasm/stacks/app/lock");
    // What a killed holder leaves is no lock.
    let holder = r#"{"pid": 7, "host": "ci-3", "command": "tapwasm run app", "since": 1000000000}"#;
    fs::write(&path, holder).expect("it can be written");
    assert_eq!(told(&[]), "app  not locked\n");
    let lock = fs::File::open(&path).expect("it is there");
    lock.lock().expect("nobody else locks it");
    let text = told(&["app"]);
    assert!(text.starts_with("app  locked by `tapwasm run app` (process 7 on ci-3, for "), "{text}");
    let json: Value = serde_json::from_str(&told(&["--format", "json"])).expect("it is JSON");
    let expected = r#"{"alive":true,"command":"tapwasm run app","host":"ci-3","id":"","process":7,"since":"2001-09-09T01:46:40Z","user":""}"#;
    assert_eq!(
        (json["locks"][0]["locked"].clone(), json["locks"][0]["holder"].to_string()),
        (Value::Bool(true), expected.to_owned())
    );
    fs::write(&path, holder.replace("1000000000", &u64::MAX.to_string())).expect("it can be written");
    let json: Value = serde_json::from_str(&told(&["--format", "json"])).expect("it is JSON");
    assert_eq!((&json["locks"][0]["holder"]["process"], &json["locks"][0]["holder"]["since"]), (&Value::from(7), &Value::Null));
    drop(lock);
    assert_eq!(told(&["app"]), "app  not locked\n");
    state(&project, &["lock-info", "ap"]).expect(1).says(&["no stack `ap` is stored; did you mean `app`?"]);
    assert!(!project.path().join(".tapwasm/stacks/ap").exists());
}
