//! Secrets that a program writes out: they are emitted, and shown and stored nowhere.

use crate::support::{Outcome, Project, guest, outcome};
use serde_json::Value;
use std::process::Command;

const SCHEMA: &str = "\
tapwasm-schema 1
provider registry.terraform.io/hashicorp/acme 1.0.0 complete
resource acme_db
 name s o
 password s oS
 auth #list 0 0
  token s oS
  user s o
";

const OLD: &str = "hunter2-of-old";
const NEW: &str = "correct-horse";
const KEY: &str = "0123456789abcdef0123456789abcdef";

/// The calls of a stack with one database: a secret in an argument, and one in a nested block.
fn database(name: &str, secret: &str) -> String {
    let auth = format!(r#"["block", "auth", 0], ["body", 2], ["argument", "token"], "{secret}", ["argument", "user"], "admin""#);
    let body = format!(r#"[["body", 3], ["argument", "name"], "db", ["argument", "password"], "{secret}", {auth}]"#);
    format!(r#"{{"stack": "app"}}, {{"resource": {{"type": "acme_db", "name": "{name}", "body": {body}}}}}"#)
}

fn project() -> Project {
    let project = Project::new();
    project.write("acme.schema", SCHEMA);
    project
}

/// Runs a command on a database, with a key or without one; no secret is in what it says.
#[track_caller]
fn run_keyed(project: &Project, command: &str, calls: &str, flags: &[&str], key: Option<&str>) -> Outcome {
    let flags = [&["--color=never", "--schema", "acme.schema"], flags].concat();
    discreet(with_key(&mut project.script_command(command, calls, &flags), key))
}

fn with_key<'c>(command: &'c mut Command, key: Option<&str>) -> &'c mut Command {
    match key {
        Some(key) => command.env("TAPWASM_SECRET_KEY", key),
        None => command,
    }
}

#[track_caller]
fn discreet(command: &mut Command) -> Outcome {
    let outcome = outcome(command);
    for secret in [OLD, NEW] {
        assert!(!outcome.stdout.contains(secret), "{}", outcome.stdout);
        assert!(!outcome.stderr.contains(secret), "{}", outcome.stderr);
    }
    outcome
}

fn snapshot(project: &Project) -> String {
    project.run(&["state", "export", "app"]).expect(0).stdout
}

fn serial(project: &Project) -> u64 {
    let snapshot: Value = serde_json::from_str(&snapshot(project)).expect("it is JSON");
    snapshot["serial"].as_u64().expect("a number")
}

#[test]
fn a_secret_is_warned_of_emitted_and_not_stored() {
    let project = project();
    let ran = run_keyed(&project, "run", &database("x", OLD), &["-v"], Some(KEY)).expect(0).says(&[
        "Secret in literal form",
        "`password` sensitive",
        "`auth.token` sensitive",
        "main.tf.json",
        "TF_VAR_",
        "case.json",
    ]);
    assert!(ran.stdout.contains("password = (sensitive)") && ran.stdout.contains("user = \"admin\""), "{}", ran.stdout);
    assert!(project.read("tapwasm.out/stacks/app/main.tf.json").contains(OLD));
    let stored = snapshot(&project);
    assert!(stored.contains("\"version\":2") && stored.matches("hmac-sha256:").count() == 2, "{stored}");
    // What is kept of inputs is nothing here: they hold the secret.
    assert!(!stored.contains(OLD) && stored.contains("\"component\":") && !stored.contains("\"inputs\":"), "{stored}");
    for (path, content) in project.files().iter().filter(|(path, _)| path.to_string_lossy().contains(".tapwasm")) {
        assert!(!String::from_utf8_lossy(content).contains(OLD), "{}", path.display());
    }
}

#[test]
fn with_a_key_a_secret_has_changed_or_not_in_every_view() {
    let project = project();
    let keyed =
        |command: &str, secret: &str, flags: &[&str]| run_keyed(&project, command, &database("x", secret), flags, Some(KEY));
    keyed("run", OLD, &[]).expect(0);
    let same = keyed("diff", OLD, &["--detailed-exitcode"]).expect(0).stdout;
    assert!(same.contains("No changes") && !same.contains("may have"), "{same}");
    keyed("run", OLD, &[]).expect(0);
    assert_eq!(serial(&project), 1);

    let changed = keyed("diff", NEW, &["--detailed-exitcode"]).expect(2).stdout;
    assert!(
        changed.contains("password: changed (sensitive)") && changed.contains("auth.token: changed (sensitive)"),
        "{changed}"
    );
    let json: Value = serde_json::from_str(&keyed("diff", NEW, &["--format", "json"]).expect(0).stdout).expect("it is JSON");
    let side = &json["stacks"][0]["changes"][0]["differences"][0]["after"];
    assert_eq!(*side, serde_json::json!({"sensitive": {"reads": []}}), "{json}");
    let markdown = keyed("diff", NEW, &["--format", "markdown"]).expect(0).stdout;
    assert!(markdown.contains("password: changed (sensitive)"), "{markdown}");
    let sarif = keyed("diff", NEW, &["--format", "sarif"]).expect(0).stdout;
    assert!(sarif.contains("literal-secret"), "{sarif}");
    keyed("graph", NEW, &["--format", "json"]).expect(0);
    keyed("run", NEW, &[]).expect(0);

    let state = |args: &[&str]| discreet(&mut project.command(&[&["state"], args, &["--color=never"]].concat())).expect(0).stdout;
    assert!(state(&["show", "app"]).contains("password = (sensitive)"));
    assert!(!state(&["show", "app", "--format", "json"]).contains("hmac"));
    let changed = state(&["diff", "app", "1", "2"]);
    assert!(changed.contains("password: changed (sensitive)"), "{changed}");
    state(&["diff", "app", "1", "2", "--format", "json"]);
}

#[test]
fn without_a_key_a_secret_may_have_changed_and_nothing_is_stored_anew() {
    let project = project();
    let unkeyed = |command: &str, secret: &str, flags: &[&str]| run_keyed(&project, command, &database("x", secret), flags, None);
    unkeyed("run", OLD, &[]).expect(0);
    let stored = snapshot(&project);
    assert!(stored.contains("[\"sensitive\",null]") && !stored.contains("hmac"), "{stored}");
    for secret in [OLD, NEW] {
        let diff = unkeyed("diff", secret, &["--detailed-exitcode"]).expect(0).stdout;
        assert!(diff.contains("No changes") && diff.contains("acme_db.x: password (no key: set TAPWASM_SECRET_KEY)"), "{diff}");
        let json = unkeyed("diff", secret, &["--format", "json"]).expect(0).stdout;
        let json: Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!(json["stacks"][0]["uncertain"][0]["reason"], "no-key", "{json}");
        let markdown = unkeyed("diff", secret, &["--format", "markdown"]).expect(0).stdout;
        assert!(markdown.contains("**May have changed** (`acme_db.x`)"), "{markdown}");
        unkeyed("run", secret, &[]).expect(0);
        assert_eq!(snapshot(&project), stored);
        assert!(project.read("tapwasm.out/stacks/app/main.tf.json").contains(secret));
    }
}

#[test]
fn another_key_can_tell_nothing_once() {
    let project = project();
    let other = KEY.replace('0', "f");
    let run = |command: &str, key: Option<&str>| run_keyed(&project, command, &database("x", OLD), &[], key).expect(0).stdout;
    run("run", None);
    let diff = run("diff", Some(KEY));
    assert!(diff.contains("No changes") && diff.contains("password (it was stored without a key)"), "{diff}");
    run("run", Some(KEY));
    assert!(!run("diff", Some(KEY)).contains("may have changed"));
    assert!(run("diff", Some(&other)).contains("password (another key)"));
    assert_eq!(serial(&project), 2);
    run("run", Some(&other));
    run("run", Some(&other));
    assert_eq!(serial(&project), 3);
}

#[test]
fn a_key_is_taken_from_the_users_configuration_and_is_no_short_one() {
    let project = project();
    let run = |key: Option<&str>| run_keyed(&project, "run", &database("x", OLD), &[], key);
    run(Some("")).expect(1).says(&["TAPWASM_SECRET_KEY holds no key", "openssl rand -hex 32"]);
    run(Some("short")).expect(1).says(&["the key in TAPWASM_SECRET_KEY could be guessed: it has 5 bytes, and at least 32"]);
    project.write("configuration/tapwasm/secret.key", "short\n");
    run(None).expect(1).says(&["secret.key could be guessed: it has 5 bytes"]);
    assert!(!project.path().join("tapwasm.out").exists());
    project.write("configuration/tapwasm/secret.key", format!("{KEY}\n"));
    run(None).expect(0);
    let stored = snapshot(&project);
    assert!(stored.contains("hmac-sha256:"), "{stored}");
    // The same key, wherever it stands.
    let diff = run_keyed(&project, "diff", &database("x", OLD), &[], Some(KEY)).expect(0).stdout;
    assert!(!diff.contains("may have changed"), "{diff}");
}

#[test]
fn what_was_stored_readable_is_masked_as_soon_as_a_schema_tells() {
    let project = project();
    project.script(&database("x", OLD)).expect(0);
    assert!(snapshot(&project).contains(OLD) && snapshot(&project).contains("\"inputs\":"));
    let diff = run_keyed(&project, "diff", &database("x", OLD), &["-v"], Some(KEY)).expect(0).stdout;
    assert!(diff.contains("No changes") && !diff.contains("may have"), "{diff}");
    let diff = run_keyed(&project, "diff", &database("x", NEW), &["-v"], Some(KEY)).expect(0).stdout;
    assert!(diff.contains("password: changed (sensitive)"), "{diff}");
    let gone = run_keyed(&project, "diff", r#"{"stack": "app"}"#, &["-v"], None).expect(0).stdout;
    assert!(gone.contains("password = (sensitive)"), "{gone}");
    run_keyed(&project, "run", &database("x", OLD), &[], Some(KEY)).expect(0);
    assert!(!snapshot(&project).contains(OLD));
    assert_eq!(serial(&project), 2);
}

#[test]
fn builds_and_configurations_are_compared_without_a_key() {
    let project = project();
    run_keyed(&project, "run", &database("x", OLD), &[], None).expect(0);
    let script = guest("script");
    let base = script.to_str().expect("paths are UTF-8");
    let same = run_keyed(&project, "diff", &database("x", OLD), &["--base", base], None).expect(0).stdout;
    assert!(same.contains("No changes") && !same.contains("may have"), "{same}");
    for against in [["--against", "tapwasm.out/stacks/app"], ["--base", "tapwasm.out"]] {
        let same = run_keyed(&project, "diff", &database("x", OLD), &against, None).expect(0).stdout;
        assert!(same.contains("no difference"), "{same}");
        let other = run_keyed(&project, "diff", &database("x", NEW), &[&against[..], &["-v"]].concat(), None).expect(0).stdout;
        assert!(other.contains("password: changed (sensitive)"), "{other}");
        run_keyed(&project, "diff", &database("x", NEW), &[&against[..], &["--format", "json"]].concat(), None).expect(0);
    }
}

#[test]
fn the_history_goes_on_with_masked_secrets() {
    let project = project();
    let run = |secret: &str| run_keyed(&project, "run", &database("x", secret), &[], Some(KEY)).expect(0);
    run(OLD);
    run(NEW);
    let state = |args: &[&str]| discreet(&mut project.command(&[&["state"], args].concat())).expect(0).stdout;
    state(&["rollback", "app", "1"]);
    let diff = |name: &str, secret: &str| run_keyed(&project, "diff", &database(name, secret), &[], Some(KEY)).expect(0).stdout;
    assert!(diff("x", OLD).contains("No changes"));
    assert!(diff("x", NEW).contains("password: changed (sensitive)"));
    // What was sealed under one address is known under another.
    state(&["mv", "app", "acme_db.x", "acme_db.y"]);
    assert!(diff("y", OLD).contains("No changes"));
    assert!(diff("y", NEW).contains("password: changed (sensitive)"));
    let renamed = diff("z", OLD);
    assert!(renamed.contains("moved from acme_db.y to acme_db.z"), "{renamed}");
    let exported = state(&["export", "app"]);
    assert!(exported.contains("hmac-sha256:"), "{exported}");
    project.write("exported.json", exported);
    state(&["rm", "app", "acme_db.y"]);
    state(&["import", "exported.json"]);
    assert!(diff("y", OLD).contains("No changes"));
    state(&["verify"]);
}
