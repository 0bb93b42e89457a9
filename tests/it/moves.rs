//! Renames: written down in a reviewed file, emitted until every workspace is past them, and never a destroyed resource. The real Terraform, with
//! `terraform_data` alone, says what it would do.

use crate::support::{Outcome, Project, guest, has_terraform, outcome};
use serde_json::{Value, json};
use std::path::PathBuf;

/// A project whose stack `app` is deployed with the real Terraform.
struct Deployment {
    project: Project,
    script: String,
}

/// A resource by its name, with an input and what else is said of it.
struct Thing<'a> {
    name: &'a str,
    input: &'a str,
    formerly: &'a [&'a str],
    is_protected: bool,
}

fn thing<'a>(name: &'a str, input: &'a str) -> Thing<'a> {
    Thing { name, input, formerly: &[], is_protected: false }
}

impl Deployment {
    fn new() -> Option<Deployment> {
        let project = Project::new();
        if !has_terraform() {
            return None;
        }
        Some(Deployment { project, script: guest("script").to_str().expect("paths are UTF-8").to_owned() })
    }

    fn declare(&self, things: &[Thing<'_>]) {
        let calls = things.iter().map(|thing| {
            let formerly: Vec<Value> = thing.formerly.iter().map(|name| json!(format!("terraform_data.{name}"))).collect();
            let alias = [vec![json!(["list", formerly.len()])], formerly].concat();
            let mut extras = json!({ "alias": alias });
            if thing.is_protected {
                extras["protect"] = json!([true]);
            }
            let body = json!([["body", 1], ["argument", "input"], thing.input]);
            json!({ "resource": { "type": "terraform_data", "name": thing.name, "body": body, "extras": extras } })
        });
        let calls: Vec<Value> = std::iter::once(json!({ "stack": "app" })).chain(calls).collect();
        self.project.write("inputs.json", json!({ "calls": calls }).to_string());
    }

    fn tapwasm(&self, command: &str, flags: &[&str]) -> Outcome {
        self.project.run(&[&[command, &self.script, "--inputs", "inputs.json", "--color=never"], flags].concat())
    }

    fn run(&self, things: &[Thing<'_>]) {
        self.declare(things);
        self.tapwasm("run", &[]).expect(0);
    }

    fn terraform(&self, args: &[&str]) -> Outcome {
        let mut command = self.project.tool("terraform", args);
        command.current_dir(self.folder()).env("TF_IN_AUTOMATION", "1").env("CHECKPOINT_DISABLE", "1");
        outcome(command.env("TF_INPUT", "0").env("TF_CLI_CONFIG_FILE", "/dev/null"))
    }

    fn apply(&self) {
        self.terraform(&["init", "-no-color"]).expect(0);
        self.terraform(&["apply", "-no-color", "-auto-approve"]).expect(0);
    }

    /// Returns what Terraform would do that is more than nothing: address and actions; moves have `no-op` and are not among it.
    fn planned(&self) -> Vec<String> {
        self.terraform(&["plan", "-no-color", "-out=planned"]).expect(0);
        let shown = self.terraform(&["show", "-json", "planned"]).expect(0).stdout;
        std::fs::write(self.project.path().join("plan.json"), &shown).expect("files can be written");
        let plan: Value = serde_json::from_str(&shown).expect("terraform prints JSON");
        let changes = plan["resource_changes"].as_array().cloned().unwrap_or_default();
        let lines = changes.iter().map(|change| format!("{} {}", change["address"], change["change"]["actions"]));
        lines.filter(|line| !line.ends_with("[\"no-op\"]")).collect()
    }

    fn folder(&self) -> PathBuf {
        self.project.path().join("tapwasm.out/stacks/app")
    }
}

#[test]
fn a_rename_stops_the_run_until_it_is_written_down_and_destroys_nothing() {
    let Some(app) = Deployment::new() else { return };
    app.run(&[thing("first", "a"), thing("other", "b")]);
    app.apply();

    app.declare(&[thing("second", "a"), thing("other", "b")]);
    let files = app.project.files();
    let stopped = app.tapwasm("run", &[]).expect(1);
    let entry = "[[moves]]\nstack = \"app\"\nfrom = \"terraform_data.first\"\nto = \"terraform_data.second\"\n";
    let shown = entry.lines().collect::<Vec<_>>();
    stopped.says(&shown).says(&["A rename that nobody confirmed", "--write-moves", "--not-moved"]);
    assert_eq!(app.project.files(), files);

    app.tapwasm("diff", &["--write-moves"]).expect(0).says(&["Wrote 1 move to tapwasm.moves.toml"]);
    assert!(app.project.read("tapwasm.moves.toml").ends_with(entry), "{}", app.project.read("tapwasm.moves.toml"));
    let ran = app.tapwasm("run", &[]).expect(0);
    assert!(
        ran.stdout.contains("terraform_data.first -> terraform_data.second") || ran.stdout.contains("1 to move"),
        "{}",
        ran.stdout
    );
    assert_eq!(app.planned(), [""; 0]);

    // Renamed once more before anybody applied: a chain, which Terraform follows too.
    app.declare(&[thing("third", "a"), thing("other", "b")]);
    app.tapwasm("diff", &["--write-moves"]).expect(0);
    app.tapwasm("run", &[]).expect(0);
    assert_eq!(app.planned(), [""; 0]);

    // The state of a workspace that is not past it keeps both.
    let state = app.folder().join("terraform.tfstate");
    let state = state.to_str().expect("paths are UTF-8");
    app.project
        .run(&["state", "retire-moves", "--tfstate", state])
        .expect(0)
        .says(&["terraform_data.first stays", "stays as it is"]);
    app.apply();
    let retired = app.project.run(&["state", "retire-moves", "--tfstate", state]).expect(0);
    retired.says(&["Took 2 moves out of tapwasm.moves.toml", "Nothing in the cloud changes by this."]);
    assert!(!app.project.read("tapwasm.moves.toml").contains("[[moves]]"));
    app.tapwasm("run", &[]).expect(0);
    let emitted = std::fs::read_to_string(app.folder().join("main.tf.json")).expect("it was written");
    assert!(!emitted.contains("moved"), "{emitted}");
    assert_eq!(app.planned(), [""; 0]);
}

#[test]
fn renames_since_what_was_applied_go_on_from_what_was_emitted() {
    let Some(app) = Deployment::new() else { return };
    app.run(&[thing("first", "a"), thing("other", "b")]);
    app.apply();
    let state = app.folder().join("terraform.tfstate");
    let state = state.to_str().expect("paths are UTF-8");
    let mark = || app.project.run(&["state", "mark-applied", "app", "--tfstate", state]);
    mark().expect(0).says(&["app: serial 1 is marked as applied", "Nothing in the cloud changes by this."]);
    // Three runs of which nobody applied any.
    for name in ["second", "third", "fourth"] {
        app.declare(&[thing(name, "a"), thing("other", "b")]);
        app.tapwasm("run", &[]).expect(1).says(&["A rename that nobody confirmed"]);
        app.tapwasm("diff", &["--write-moves"]).expect(0).says(&["compared with serial 1", "Wrote 1 move"]);
        app.tapwasm("run", &[]).expect(0);
        assert_eq!(app.planned(), [""; 0], "{name}");
    }
    let differing = app.tapwasm("diff", &["--detailed-exitcode"]).expect(2);
    differing.says(&["app: compared with serial 1, which was applied; serial 4 was emitted since"]);
    mark().expect(0).says(&["app: serial 1 is marked as applied"]);
    app.apply();
    mark().expect(0).says(&["app: serial 4 is marked as applied"]);
    app.tapwasm("diff", &["--detailed-exitcode"]).expect(0);
    app.project.run(&["state", "rollback", "app", "1"]).expect(1).says(&["goes back to `terraform_data.first`"]);
}

#[test]
fn a_scope_that_is_renamed_destroys_nothing_of_what_is_in_it() {
    let Some(app) = Deployment::new() else { return };
    let in_scope = |scope: &str| ["a", "b", "c"].map(|name| format!("{scope}--{name}"));
    let declared = |names: &[String; 3]| {
        let things: Vec<Thing<'_>> = names.iter().map(|name| thing(name, name.rsplit('-').next().unwrap_or_default())).collect();
        app.declare(&things);
    };
    declared(&in_scope("old"));
    app.tapwasm("run", &[]).expect(0);
    app.apply();
    // Twice, and nobody applied in between.
    for scope in ["new", "newest"] {
        declared(&in_scope(scope));
        app.tapwasm("run", &[]).expect(1).says(&["A rename that nobody confirmed"]);
        app.tapwasm("diff", &["--write-moves"]).expect(0).says(&["Wrote 3 moves"]);
        app.tapwasm("run", &[]).expect(0);
        assert_eq!(app.planned(), [""; 0], "{scope}");
    }
    app.apply();
    assert_eq!(app.planned(), [""; 0]);
}

#[test]
fn an_alias_proposes_a_move_and_deletion_can_be_meant() {
    let Some(app) = Deployment::new() else { return };
    app.run(&[thing("first", "a")]);
    let renamed = Thing { formerly: &["first"], ..thing("second", "changed, too") };
    app.declare(&[renamed]);
    app.tapwasm("run", &[]).expect(1).says(&["names it as its former address"]);
    app.tapwasm("run", &["--not-moved"]).expect(0);
    assert!(!app.project.path().join("tapwasm.moves.toml").exists());
    app.tapwasm("diff", &["--write-moves"]).expect(0).says(&["Nothing looks renamed"]);
}

#[test]
fn names_that_are_handed_on_are_refused_with_the_steps_that_work() {
    let Some(app) = Deployment::new() else { return };
    app.run(&[thing("a", "one"), thing("b", "two")]);
    // A swap, and a shift onto a name that is still declared.
    let swapped = [Thing { formerly: &["b"], ..thing("a", "two") }, Thing { formerly: &["a"], ..thing("b", "one") }];
    app.declare(&swapped);
    let files = app.project.files();
    app.tapwasm("run", &[]).expect(1).says(&["Names are handed on", "Two steps work"]);
    app.declare(&[Thing { formerly: &["a"], ..thing("b", "one") }, Thing { formerly: &["b"], ..thing("c", "two") }]);
    app.tapwasm("run", &[]).expect(1).says(&["Names are handed on", "`terraform_data.b` is now `terraform_data.c`"]);
    // Whoever writes the moves down all the same is told so by the graph.
    let entry = |from: &str, to: &str| {
        format!("[[moves]]\nstack = \"a*\"\nfrom = \"terraform_data.{from}\"\nto = \"terraform_data.{to}\"\n")
    };
    app.declare(&[thing("a", "two"), thing("b", "one")]);
    app.project.write("tapwasm.moves.toml", format!("{}{}", entry("a", "b"), entry("b", "a")));
    app.tapwasm("run", &[]).expect(1).says(&["Moved object still exists", "tapwasm.moves.toml:1", "two steps"]);
    std::fs::remove_file(app.project.path().join("tapwasm.moves.toml")).expect("it is there");
    app.project.write("inputs.json", files.iter().find(|(path, _)| path.ends_with("inputs.json")).expect("inputs").1.clone());
    assert_eq!(app.project.files(), files);
}

#[test]
fn the_steps_that_work_for_a_swap_destroy_nothing() {
    let Some(app) = Deployment::new() else { return };
    app.run(&[thing("a", "one"), thing("b", "two")]);
    app.apply();
    let steps: [&[Thing<'_>]; 3] = [
        &[thing("a", "one"), thing("spare", "two")],
        &[thing("b", "one"), thing("spare", "two")],
        &[thing("b", "one"), thing("a", "two")],
    ];
    for step in steps {
        app.declare(step);
        app.tapwasm("diff", &["--write-moves"]).expect(0);
        app.tapwasm("run", &[]).expect(0);
        assert_eq!(app.planned(), [""; 0]);
        app.apply();
        let state = app.folder().join("terraform.tfstate");
        app.project.run(&["state", "retire-moves", "--tfstate", state.to_str().expect("paths are UTF-8")]).expect(0);
    }
}

#[test]
fn what_is_protected_or_denied_is_held_against_runs_and_terraforms_own_plan() {
    let Some(app) = Deployment::new() else { return };
    let protected = || Thing { is_protected: true, ..thing("database", "a") };
    app.run(&[protected(), thing("cache", "b")]);
    let emitted = std::fs::read_to_string(app.folder().join("main.tf.json")).expect("it was written");
    assert!(emitted.contains("\"prevent_destroy\": true"), "{emitted}");
    app.apply();

    app.declare(&[protected()]);
    app.tapwasm("run", &["--deny-delete", "aws_*,terraform_*"]).expect(1).says(&["A deletion is denied", "terraform_data.cache"]);
    app.tapwasm("diff", &["--deny-delete", "terraform_data"]).expect(1);
    app.tapwasm("run", &["--deny-delete", "aws_*"]).expect(0);
    assert_eq!(app.planned(), ["\"terraform_data.cache\" [\"delete\"]"]);
    app.project.run(&["check-plan", "plan.json"]).expect(0).says(&["none of"]);
    app.project
        .run(&["check-plan", "plan.json", "--deny-delete", "terraform_*"])
        .expect(1)
        .says(&["`--deny-delete terraform_*`"]);

    let plan = app.project.read("plan.json").replace("terraform_data.cache", "terraform_data.database[0]");
    app.project.write("lost.json", plan);
    app.project
        .run(&["check-plan", "lost.json"])
        .expect(1)
        .says(&["which the stack `app` protects", "terraform_data.database[0]"]);
    app.project.run(&["check-plan", "lost.json", "--stack", "other"]).expect(1).says(&["no stack `other` is stored"]);
    app.project.write("none.json", "{\"resource_changes\": []}");
    app.project.run(&["check-plan", "none.json"]).expect(1).says(&["none.json is no plan"]);
    app.project.write("newer.json", "{\"format_version\": \"2.0\"}");
    app.project.run(&["check-plan", "newer.json"]).expect(1).says(&["format version 2.0"]);
}

#[test]
fn a_file_of_moves_that_is_something_else_stops_everything() {
    let project = Project::new();
    project.write("tapwasm.moves.toml", "[[moves]]\nstack = \"app\"\n");
    let files = project.files();
    let stack = crate::support::stack_of("x");
    project.script(&stack).expect(1).says(&["tapwasm.moves.toml", "`from`"]);
    project.run(&["state", "retire-moves", "--tfstate", "tapwasm.moves.toml"]).expect(1);
    assert_eq!(project.files(), files);
    project.write("tapwasm.moves.toml", "");
    project.run(&["state", "retire-moves", "--tfstate", "tapwasm.moves.toml"]).expect(1).says(&["no state of Terraform's"]);
}
