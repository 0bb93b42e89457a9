//! `tapwasm diff --tfstate`: a program beside what Terraform has, by hand-written states and by those that the real one wrote.

use crate::support::{
    Outcome, Project, guest, has_terraform, judge, network, network_component, outcome, payment, payment_component, stack_of,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn diff(project: &Project, calls: &str, flags: &[&str]) -> Outcome {
    outcome(&mut project.script_command("diff", calls, &[&["--color=never", "--tfstate"], flags].concat()))
}

/// A state with one resource, `terraform_data.x`.
fn state_of(input: &str) -> String {
    let attributes = json!({ "id": "1", "input": { "value": input, "type": "string" }, "triggers_replace": null });
    let instance = json!({ "schema_version": 0, "attributes": attributes, "sensitive_attributes": [] });
    let resource = json!({ "mode": "managed", "type": "terraform_data", "name": "x", "instances": [instance] });
    json!({ "version": 4, "serial": 1, "lineage": "l", "resources": [resource] }).to_string()
}

#[test]
fn what_differs_is_told_in_text_in_json_and_by_the_exit_code() {
    let project = Project::new();
    project.write("same.tfstate", state_of("a"));
    project.write("other.tfstate", state_of("b"));
    project.write("none.tfstate", json!({ "version": 4, "resources": [] }).to_string());
    let calls = stack_of("a");
    let same = diff(&project, &calls, &["same.tfstate", "--detailed-exitcode"]).expect(0);
    assert_eq!(same.stdout, "Stack app against same.tfstate: nothing differs: the only resource is as it is declared\n");
    let other = diff(&project, &calls, &["other.tfstate", "--detailed-exitcode"]).expect(2);
    assert_eq!(
        other.stdout,
        "Stack app against other.tfstate: 1 different, 0 the same\n\
         \n\
         \x20 ~ terraform_data.x\n\
         \x20     input: \"b\" -> \"a\"\n\
         \n\
         Before the arrow stands what the state has, behind it what is declared.\n"
    );
    diff(&project, &calls, &["other.tfstate"]).expect(0);
    let none = diff(&project, &calls, &["none.tfstate", "--detailed-exitcode"]).expect(2);
    assert_eq!(
        none.stdout,
        "Stack app against none.tfstate: 1 not in the state, 0 the same\n\n  + terraform_data.x  not created yet\n"
    );
    let document: Value =
        serde_json::from_str(&diff(&project, &calls, &["other.tfstate", "--format", "json"]).expect(0).stdout).unwrap();
    assert_eq!((&document["version"], &document["stack"], &document["same"]), (&json!(1), &json!("app"), &json!(false)));
    let finding = &document["changed"][0]["findings"][0];
    assert_eq!((&finding["before"], &finding["after"]), (&json!({ "value": "b" }), &json!({ "value": "a" })));
    let comment = diff(&project, &calls, &["other.tfstate", "--format", "markdown"]).expect(0).stdout;
    assert!(
        comment.starts_with("```text\nStack app against other.tfstate: 1 different") && comment.contains("<details>"),
        "{comment}"
    );
    assert!(!project.path().join("tapwasm.out").exists() && !project.path().join(".tapwasm").exists(), "nothing is written");
}

#[test]
fn moves_that_are_written_down_are_followed() {
    let project = Project::new();
    project.write("old.tfstate", state_of("a").replace("\"x\"", "\"former\""));
    project
        .write("tapwasm.moves.toml", "[[moves]]\nstack = \"app\"\nfrom = \"terraform_data.former\"\nto = \"terraform_data.x\"\n");
    let moved = diff(&project, &stack_of("a"), &["old.tfstate"]).expect(0);
    assert!(moved.stdout.starts_with("Stack app against old.tfstate: 1 to move, 0 the same\n"), "{}", moved.stdout);
    assert!(moved.stdout.contains("  > terraform_data.former -> terraform_data.x  "), "{}", moved.stdout);
}

#[test]
fn a_file_that_is_no_state_is_named_with_what_it_is() {
    let project = Project::new();
    project.write("plan.json", json!({ "format_version": "1.2", "planned_values": {}, "resource_changes": [] }).to_string());
    project.write("old.tfstate", "{\"version\": 3}");
    project.write("cut.tfstate", &state_of("a")[..100]);
    project.write("empty.tfstate", "");
    project.write("saved.plan", b"PK\x03\x04\xff\xff");
    project.write("notes.txt", "hello");
    for (file, expected) in [
        ("plan.json", "plan.json: it is a plan, not a state"),
        ("old.tfstate", "old.tfstate: it has version 3"),
        ("cut.tfstate", "cut.tfstate: it is cut short"),
        ("empty.tfstate", "empty.tfstate: it is empty"),
        ("saved.plan", "saved.plan is a saved plan, which is no text"),
        ("notes.txt", "notes.txt: it is no state of Terraform's"),
        ("absent.tfstate", "cannot read absent.tfstate"),
    ] {
        let refused = diff(&project, &stack_of("a"), &[file]).expect(1);
        assert!(refused.stderr.contains(expected), "{file}: {}", refused.stderr);
        assert!(refused.stdout.is_empty(), "{}", refused.stdout);
    }
    // PowerShell writes its own way.
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(state_of("a").encode_utf16().flat_map(u16::to_le_bytes)).collect();
    project.write("shell.tfstate", utf16);
    diff(&project, &stack_of("a"), &["shell.tfstate", "--detailed-exitcode"]).expect(0);
}

#[test]
fn a_state_is_of_one_stack() {
    let project = Project::new();
    project.write("x.tfstate", state_of("a"));
    let calls = format!("{}, {}", stack_of("a"), stack_of("b").replace("\"app\"", "\"net\""));
    let refused = diff(&project, &calls, &["x.tfstate"]).expect(64);
    refused.says(&["x.tfstate is the state of one stack", "`app`, `net`", "--stack"]);
    diff(&project, &calls, &["x.tfstate", "--stack", "app", "--detailed-exitcode"]).expect(0);
    diff(&project, &calls, &["x.tfstate", "--stack", "net", "--detailed-exitcode"]).expect(2);
    let both = diff(&project, &calls, &["x.tfstate", "--against", "x.tf.json"]).expect(64);
    assert!(both.stderr.contains("--against"), "{}", both.stderr);
}

/// What the real Terraform has after it applied what the program says.
struct Applied {
    project: Project,
    component: PathBuf,
}

impl Applied {
    fn calls(&self, input: &str) -> String {
        let value = |text: &str| json!([["body", 1], ["argument", "input"], text]);
        let resource = |name: &str, body: Value, meta: Value| json!({ "resource": { "type": "terraform_data", "name": name, "body": body, "meta": meta } });
        let call = |function: &str| json!(["form", format!("call:{function}"), 1]);
        let none = json!([["body", 0]]);
        let calls = [
            json!({ "stack": "app" }),
            resource("one", value(input), none.clone()),
            resource("many", value("m"), json!([["body", 1], ["argument", "count"], 2])),
            resource(
                "keyed",
                json!([["body", 1], ["argument", "input"], ["symbol", "each.key"]]),
                json!([["body", 1], ["argument", "for_each"], ["object", 2], "a", 1, "b.c", 2]),
            ),
            resource(
                "object",
                json!([
                    ["body", 2],
                    ["argument", "input"],
                    ["object", 2],
                    "n",
                    ["number", "1.50"],
                    "l",
                    ["list", 2],
                    true,
                    "x",
                    ["argument", "triggers_replace"],
                    ["list", 1],
                    "t"
                ]),
                none.clone(),
            ),
            resource("hidden", json!([["body", 1], ["argument", "input"], call("sensitive"), "pass"]), none),
        ];
        calls.map(|call| call.to_string()).join(", ")
    }

    fn terraform(&self, args: &[&str]) -> Outcome {
        let mut command = self.project.tool("terraform", args);
        command.current_dir(self.project.path().join("tapwasm.out/stacks/app"));
        command.env("TF_IN_AUTOMATION", "1").env("CHECKPOINT_DISABLE", "1").env("TF_INPUT", "0");
        outcome(command.env("TF_CLI_CONFIG_FILE", if cfg!(windows) { "NUL" } else { "/dev/null" }))
    }

    fn tapwasm(&self, command: &str, input: &str, flags: &[&str]) -> Outcome {
        let calls = format!("calls=[{}]", self.calls(input));
        let component = self.component.to_str().unwrap();
        self.project.run(&[&[command, component, "--color=never", "--input", &calls], flags].concat())
    }
}

#[test]
fn what_terraform_applied_differs_in_nothing_and_then_in_what_was_changed() {
    let project = Project::new();
    if !has_terraform() {
        return;
    }
    let applied = Applied { project, component: guest("script") };
    applied.tapwasm("run", "first", &[]).expect(0);
    applied.terraform(&["init", "-no-color"]).expect(0);
    applied.terraform(&["apply", "-no-color", "-auto-approve"]).expect(0);
    let state = "tapwasm.out/stacks/app/terraform.tfstate";
    applied.project.write("pulled.tfstate", applied.terraform(&["state", "pull"]).expect(0).stdout);
    applied.project.write("shown.json", applied.terraform(&["show", "-json"]).expect(0).stdout);
    for file in [state, "pulled.tfstate", "shown.json"] {
        let same = applied.tapwasm("diff", "first", &["--tfstate", file, "--detailed-exitcode"]).expect(0);
        let head = format!(
            "Stack app against {file}: nothing differs: all 7 resources are as they are declared; 3 things are not comparable\n"
        );
        assert!(same.stdout.starts_with(&head), "{}", same.stdout);
        let changed = applied.tapwasm("diff", "second", &["--tfstate", file, "--detailed-exitcode"]).expect(2);
        let head = format!(
            "Stack app against {file}: 1 different, 6 the same; 3 things are not comparable\n\n  ~ terraform_data.one\n      input: \"first\" -> \"second\"\n"
        );
        assert!(changed.stdout.starts_with(&head), "{}", changed.stdout);
        for flags in [&["--verbose"][..], &["--format", "json"]] {
            let all = applied.tapwasm("diff", "second", &[&["--tfstate", file], flags].concat()).expect(0);
            assert!(!all.stdout.contains("pass"), "{}", all.stdout);
        }
    }
    // A plan is none of them.
    applied.terraform(&["plan", "-no-color", "-out=saved.plan"]).expect(0);
    applied.project.write("plan.json", applied.terraform(&["show", "-json", "saved.plan"]).expect(0).stdout);
    applied.tapwasm("diff", "first", &["--tfstate", "plan.json"]).expect(1).says(&["it is a plan, not a state"]);
    applied.tapwasm("diff", "first", &["--tfstate", "tapwasm.out/stacks/app/saved.plan"]).expect(1).says(&["a saved plan"]);
}

/// Holds a comparison against what the real Terraform plans: it finds nothing after an apply, and then nothing that Terraform does not plan, either.
#[track_caller]
fn agrees(component: &Path, emit: fn(&[&str]) -> PathBuf, before: &[&str], after: &[&str], n_changed: usize) {
    let project = Project::new();
    let state = project.path().join("terraform.tfstate");
    let Some(applied) = judge(&emit(before), "apply", &[("MOCKTF_STATE_OUT", &state)]) else { return };
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stdout));
    let compared = |inputs: &[&str]| -> Value {
        let mut args = vec!["diff", component.to_str().unwrap(), "--tfstate", "terraform.tfstate", "--format", "json"];
        inputs.iter().for_each(|input| args.extend(["--input", input]));
        serde_json::from_str(&project.run(&args).expect(0).stdout).unwrap()
    };
    let same = compared(before);
    assert!(same["same"] == true && same["summary"]["unchanged"].as_u64().is_some_and(|n| n > 20), "{same:#}");

    let planned = judge(&emit(after), "show-plan", &[("MOCKTF_STATE", &state)]).unwrap();
    let plan: Value = serde_json::from_slice(&planned.stdout).unwrap();
    let of_plan = |is_meant: &dyn Fn(&[&str]) -> bool| -> BTreeSet<String> {
        let changes = plan["resource_changes"].as_array().unwrap().iter().filter(|change| change["mode"] == "managed");
        let actions = |change: &&Value| {
            let actions = change["change"]["actions"].as_array().unwrap().iter();
            is_meant(&actions.map(|action| action.as_str().unwrap()).collect::<Vec<_>>())
        };
        changes.filter(actions).map(|change| change["address"].as_str().unwrap().to_owned()).collect()
    };
    let found = compared(after);
    let of_found = |list: &str| -> BTreeSet<String> {
        let items = found[list].as_array().unwrap().iter();
        items.map(|of| of["address"].as_str().or(of.as_str()).unwrap().to_owned()).collect()
    };
    assert_eq!(of_found("missing"), of_plan(&|actions| actions == ["create"]));
    assert_eq!(of_found("undeclared"), of_plan(&|actions| actions == ["delete"]));
    let changes = of_plan(&|actions| actions.contains(&"update") || actions.len() > 1);
    let (changed, unknown) = (of_found("changed"), of_found("not_comparable"));
    assert!(changed.is_subset(&changes), "{changed:?} of {changes:?}");
    // What Terraform changes besides has an expression in it.
    assert!(changes.difference(&changed).all(|address| unknown.contains(address)), "{changed:?} of {changes:?}");
    assert_eq!(changed.len(), n_changed, "{changed:?}");
}

#[test]
fn terraform_plans_what_was_found_of_a_stack_with_nested_blocks_and_documents() {
    let before = ["environment_suffix=dev"];
    agrees(payment_component(), payment, &before, &["environment_suffix=dev", "log_retention_days=365"], 3);
}

#[test]
fn terraform_plans_what_was_found_of_a_stack_with_sets() {
    let before = ["nat=per_zone", r#"allowed_ingress={ "hq": "198.51.100.0/24", "office": "203.0.113.0/24" }"#];
    let after = ["nat=single", r#"allowed_ingress={ "office": "203.0.113.7/32", "lab": "192.0.2.0/24" }"#];
    agrees(network_component(), network, &before, &after, 1);
}
