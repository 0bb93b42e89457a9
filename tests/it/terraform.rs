//! What the binary writes is what the real Terraform takes: initialised, validated, applied and destroyed, with `terraform_data` alone, which is
//! built in: no provider, no network, the state in the stack's own folder.

use crate::support::{Outcome, Project, guest, has_terraform, outcome};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const FOLDER: &str = "tapwasm.out/stacks/app";

/// A project with one stack, which the calls of the guest `script` declare.
struct Deployment {
    project: Project,
    component: PathBuf,
}

impl Deployment {
    /// Starts a project; says so and returns nothing where Terraform is not installed.
    fn new() -> Option<Deployment> {
        let project = Project::new();
        if !has_terraform() {
            return None;
        }
        Some(Deployment { project, component: guest("script") })
    }

    fn run(&self, calls: &[Value]) -> Outcome {
        self.run_with(calls, &[])
    }

    fn run_with(&self, calls: &[Value], flags: &[&str]) -> Outcome {
        let calls = [&[json!({ "stack": "app" })], calls].concat();
        self.project.write("inputs.json", json!({ "calls": calls }).to_string());
        let args = ["run", self.component.to_str().expect("paths are UTF-8"), "--inputs", "inputs.json"];
        self.project.run(&[&args, flags].concat()).expect(0)
    }

    fn terraform(&self, args: &[&str]) -> Outcome {
        let mut command = self.project.tool("terraform", args);
        command.current_dir(self.folder()).env("TF_IN_AUTOMATION", "1").env("CHECKPOINT_DISABLE", "1");
        outcome(command.env("TF_INPUT", "0").env("TF_CLI_CONFIG_FILE", if cfg!(windows) { "NUL" } else { "/dev/null" }))
    }

    fn apply(&self) {
        self.terraform(&["init", "-no-color"]).expect(0);
        self.terraform(&["validate", "-no-color"]).expect(0);
        self.terraform(&["apply", "-no-color", "-auto-approve"]).expect(0);
    }

    fn outputs(&self) -> Value {
        let printed = self.terraform(&["output", "-no-color", "-json"]).expect(0).stdout;
        serde_json::from_str(&printed).expect("terraform prints JSON")
    }

    fn planned_actions(&self) -> Vec<(String, Value)> {
        self.terraform(&["plan", "-no-color", "-out=planned"]).expect(0);
        let plan: Value = serde_json::from_str(&self.terraform(&["show", "-json", "planned"]).expect(0).stdout).expect("JSON");
        let changes = plan["resource_changes"].as_array().cloned().unwrap_or_default();
        let changes = changes.iter().map(|change| {
            (change["address"].as_str().expect("changes have addresses").to_owned(), change["change"]["actions"].clone())
        });
        changes.collect()
    }

    fn folder(&self) -> PathBuf {
        self.project.path().join(FOLDER)
    }
}

/// A body of arguments, each with the tokens of its value.
fn body(arguments: &[(&str, Value)]) -> Value {
    let mut tokens = vec![json!(["body", arguments.len()])];
    for (name, value) in arguments {
        tokens.push(json!(["argument", name]));
        tokens.extend(value.as_array().expect("a value is a list of tokens").iter().cloned());
    }
    Value::Array(tokens)
}

/// Meta of one block `lifecycle`, which holds one block more.
fn lifecycle(kind: &str, arguments: &[(&str, Value)]) -> Value {
    let mut tokens = vec![json!(["body", 1]), json!(["block", "lifecycle", 0]), json!(["body", 1]), json!(["block", kind, 0])];
    tokens.extend(body(arguments).as_array().expect("a body is a list of tokens").iter().cloned());
    Value::Array(tokens)
}

fn data(name: &str, input: Value) -> Value {
    json!({ "resource": { "type": "terraform_data", "name": name, "body": body(&[("input", input)]) } })
}

fn with_meta(mut resource: Value, meta: Value) -> Value {
    resource["resource"]["meta"] = meta;
    resource
}

fn output(name: &str, value: Value) -> Value {
    json!({ "output": { "labels": [name], "body": body(&[("value", value)]) } })
}

fn raw(expression: &str) -> Value {
    json!([["form", "raw", 1], expression])
}

#[test]
fn stacks_are_applied_and_destroyed() {
    let Some(deployment) = Deployment::new() else { return };
    deployment.run(&[
        json!({ "settings": { "body": body(&[("required_version", json!([">= 1.4"]))]) } }),
        json!({ "variable": { "labels": ["who"], "body": body(&[("type", json!(["string"])), ("default", json!(["you"]))]) } }),
        json!({ "local": { "labels": ["greeting"], "body": body(&[("value", json!([["form", "template", 2], "hello, ", ["symbol", "var.who"]]))]) } }),
        with_meta(
            data("keyed", json!([["form", "template", 2], "item ", ["symbol", "each.key"]])),
            body(&[("for_each", json!([["form", "call:toset", 1], ["list", 2], "b", "a"]))]),
        ),
        with_meta(data("counted", json!([["symbol", "count.index"]])), body(&[("count", json!([2]))])),
        with_meta(
            data("before", json!([["symbol", "local.greeting"]])),
            lifecycle("precondition", &[("condition", raw("local.greeting == \"hello, you\"")), ("error_message", json!(["no greeting"]))]),
        ),
        with_meta(
            data("after", json!([["symbol", "terraform_data.before.output"]])),
            lifecycle("postcondition", &[("condition", raw("self.output != \"\"")), ("error_message", json!(["no output"]))]),
        ),
        output("keyed", raw("{ for key, item in terraform_data.keyed : key => item.output }")),
        output("counted", json!([["form", "splat", 2], ["symbol", "terraform_data.counted"], ["form", "attribute:output", 1], ["symbol", "*"]])),
        output("after", json!([["symbol", "terraform_data.after.output"]])),
    ]);
    deployment.apply();
    let outputs = deployment.outputs();
    assert_eq!(outputs["keyed"]["value"], json!({ "a": "item a", "b": "item b" }));
    assert_eq!(outputs["counted"]["value"], json!([0, 1]));
    assert_eq!(outputs["after"]["value"], "hello, you");
    assert!(deployment.planned_actions().iter().all(|(_, actions)| *actions == json!(["no-op"])));
    deployment.terraform(&["destroy", "-no-color", "-auto-approve"]).expect(0);
    let state: Value = serde_json::from_str(&deployment.project.read(&format!("{FOLDER}/terraform.tfstate"))).expect("JSON");
    assert_eq!(state["resources"], json!([]));
}

#[test]
fn a_condition_that_does_not_hold_stops_terraform_with_its_message() {
    let Some(deployment) = Deployment::new() else { return };
    let condition = [("condition", raw("local.size > 2")), ("error_message", json!(["Costs ${100} or 5%{more}: no"]))];
    let size = json!({ "local": { "labels": ["size"], "body": body(&[("value", json!([1]))]) } });
    deployment.run(&[size, with_meta(data("guarded", json!(["x"])), lifecycle("precondition", &condition))]);
    deployment.terraform(&["init", "-no-color"]).expect(0);
    deployment.terraform(&["apply", "-no-color", "-auto-approve"]).expect(1).says(&["Costs ${100} or 5%{more}: no"]);
}

#[test]
fn every_string_comes_back_unchanged() {
    let Some(deployment) = Deployment::new() else { return };
    let strings = [
        "",
        " ",
        "\n",
        "a\nb\r\nc\ttab",
        "${not_an_expression}",
        "$${already} %%{escaped}",
        "%{ if true }x%{ endif }",
        "$",
        "$$",
        "$$$",
        "${",
        "}",
        "%{",
        "%%",
        "a$${b$${c",
        "\"quoted\" and 'quoted'",
        "back\\slash \\n \\u0041 \\",
        "//comment #comment /* comment */",
        "//",
        "<<EOT\nheredoc\nEOT",
        "\u{0}\u{1}\u{1b}[31m\u{7f}",
        "\u{feff}bom",
        "\u{2028}\u{2029}\u{85}",
        "Grüße, 世界, 🦀, 👩‍👩‍👧",
        "\u{10ffff}\u{fffd}\u{e000}",
        "{\"Statement\": [\"${aws:username}\", 1.0, 1e400]}",
        "true",
        "null",
        "12345678901234567890",
        "1.10",
        "<script>&amp;</script>",
        "${{github}} {{mustache}} <%= erb %> `tick` $(sub) ~{x}",
    ];
    let mut calls = Vec::new();
    for (number, string) in strings.iter().enumerate() {
        // As it is, at the end of a template, as the key and the value of an object that a resource holds.
        let template = json!([["form", "template", 2], string, ["symbol", "path.module"]]);
        calls.push(output(&format!("plain{number}"), json!([string])));
        calls.push(output(&format!("template{number}"), template));
        calls.push(data(&format!("d{number}"), json!([["object", 1], string, string])));
        calls.push(output(&format!("held{number}"), json!([["symbol", format!("terraform_data.d{number}.output")]])));
    }
    deployment.run(&calls);
    deployment.apply();
    let outputs = deployment.outputs();
    for (number, string) in strings.iter().enumerate() {
        assert_eq!(outputs[format!("plain{number}")]["value"], *string);
        assert_eq!(outputs[format!("template{number}")]["value"], format!("{string}."));
        assert_eq!(outputs[format!("held{number}")]["value"], json!({ *string: string }));
    }
    // What is in the state is what is declared.
    assert!(deployment.planned_actions().iter().all(|(_, actions)| *actions == json!(["no-op"])));
}

#[test]
fn a_move_destroys_nothing() {
    let Some(deployment) = Deployment::new() else { return };
    let id = |name: &str| output("id", json!([["symbol", format!("terraform_data.{name}.id")]]));
    deployment.run(&[data("old", json!(["kept"])), id("old")]);
    deployment.apply();
    let before = deployment.outputs();

    // Without a block `moved`, the plan would destroy it: the test can see that.
    deployment.run_with(&[data("new", json!(["kept"])), id("new")], &["--not-moved"]);
    assert!(deployment.planned_actions().contains(&("terraform_data.old".into(), json!(["delete"]))));

    let moved = json!({ "moved": { "body": body(&[("from", json!(["terraform_data.old"])), ("to", json!([["symbol", "terraform_data.new"]]))]) } });
    deployment.run(&[data("new", json!(["kept"])), id("new"), moved]);
    assert_eq!(deployment.planned_actions(), [("terraform_data.new".to_owned(), json!(["no-op"]))]);
    deployment.apply();
    assert_eq!(deployment.outputs(), before, "the resource is another one");
}

#[test]
fn assets_stand_where_the_configuration_finds_them() {
    let Some(deployment) = Deployment::new() else { return };
    let read = |path: &str| output("content", raw(&format!("file(\"${{path.module}}/{path}\")")));
    let asset = json!({ "asset": ["page.txt", "first"] });
    deployment.run(&[asset]);
    let path = asset_of(&deployment.folder());
    deployment.run(&[json!({ "asset": ["page.txt", "first"] }), read(&path)]);
    deployment.apply();
    assert_eq!(deployment.outputs()["content"]["value"], "first");
    // Terraform's own files stand beside ours, and stay.
    let state = deployment.project.read(&format!("{FOLDER}/terraform.tfstate"));
    deployment.run(&[json!({ "asset": ["page.txt", "second"] })]);
    assert_ne!(asset_of(&deployment.folder()), path);
    assert_eq!(deployment.project.read(&format!("{FOLDER}/terraform.tfstate")), state);
}

fn asset_of(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder.join("assets")).expect("assets were written");
    let names: Vec<_> =
        entries.map(|entry| entry.expect("entries can be read").file_name().into_string().expect("UTF-8")).collect();
    assert_eq!(names.len(), 1, "one asset, and none of the old ones: {names:?}");
    format!("assets/{}", names[0])
}
