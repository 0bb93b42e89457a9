//! Output for programs: every document and every event is what its schema in `docs/output` says, and has no field that the schema does not know.

use crate::support::{Outcome, Project, guest, outcome, stack_of, workspace};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

/// Returns a schema, closed: additional fields are faults here, while readers are to skip them.
fn schema(name: &str) -> Value {
    let read = |name: &str| {
        let path = workspace().join(format!("docs/output/{name}.schema.json"));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        // One document needs no way to the other.
        serde_json::from_str::<Value>(&text.replace("common.schema.json#", "#")).unwrap()
    };
    let mut schema = read(name);
    schema["$defs"] = read("common")["$defs"].take();
    close(&mut schema);
    schema
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.get("properties").is_some_and(Value::is_object) && members.get("type") == Some(&json!("object")) {
                members.entry("additionalProperties").or_insert(json!(false));
            }
            members.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

fn validator(name: &str) -> Validator {
    let schema = schema(name);
    jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
    jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Returns what is wrong with a document.
fn faults(validator: &Validator, document: &Value) -> Vec<String> {
    validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Returns what is wrong with the lines of standard error.
fn faults_of_events(validator: &Validator, lines: &str) -> Vec<String> {
    let of_line = |line: &str| match serde_json::from_str(line) {
        Ok(event) => faults(validator, &event).into_iter().map(|fault| format!("{fault}\nin {line}")).collect(),
        Err(error) => vec![format!("no event: {line}: {error}")],
    };
    lines.lines().flat_map(of_line).collect()
}

#[test]
fn plans_and_events_of_every_case_are_what_the_schemas_say() {
    let script = guest("script");
    let (plan, event) = (validator("plan"), validator("events"));
    let (mut n_plans, mut codes, mut found) = (0, BTreeSet::new(), Vec::new());
    for entry in fs::read_dir(workspace().join("tests/cases")).unwrap() {
        let folder = entry.unwrap().path();
        let project = Project::new();
        let schema = fs::read_to_string(folder.join("schema.txt")).ok().map(|path| workspace().join("tests").join(path.trim()));
        let run = |command: &str, inputs: &str| {
            let inputs = folder.join(inputs);
            let mut args = vec![command, script.to_str().unwrap(), "--inputs", inputs.to_str().unwrap()];
            args.extend(schema.iter().flat_map(|path| ["--schema", path.to_str().unwrap()]));
            args.extend(["--format", "json", "--log-format", "json", "--verbose"]);
            project.run(&args)
        };
        let mut outcomes = Vec::new();
        if folder.join("before.json").is_file() {
            outcomes.push(run("run", "before.json").expect(0));
        }
        outcomes.push(run("diff", "case.json"));
        for Outcome { stdout, stderr, .. } in outcomes {
            let mut faults_here = faults_of_events(&event, &stderr);
            if !stdout.is_empty() {
                n_plans += 1;
                faults_here.extend(faults(&plan, &serde_json::from_str(&stdout).unwrap()));
            }
            found.extend(faults_here.into_iter().map(|fault| format!("{}: {fault}", folder.display())));
            let events = stderr.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
            codes.extend(events.filter_map(|event| event["diagnostic"]["code"].as_str().map(str::to_owned)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(n_plans > 50 && codes.len() > 30, "{n_plans} plans, {} codes", codes.len());
}

#[test]
fn every_other_document_is_what_its_schema_says() {
    let project = Project::new();
    let script = guest("script");
    project.script(&stack_of("one")).expect(0);
    project.script(&stack_of("two")).expect(0);
    let ported = guest("ported");
    let deployed = workspace().join("tests/fixtures/against/orders/cdk.tf.json");
    let changed = fs::read_to_string(&deployed).unwrap().replace("Orders at rest", "Orders, at rest");
    project.write("deployed/orders/cdk.tf.json", changed.replace("\"reader\"", "\"readers\""));
    let attributes = json!({ "input": { "value": "old", "type": "string" } });
    let instance = |key: Value| json!({ "index_key": key, "attributes": attributes, "status": "tainted" });
    let resource = |name: &str, instances: Value| json!({ "mode": "managed", "type": "terraform_data", "name": name, "instances": instances });
    let hidden = json!([{ "attributes": attributes, "sensitive_attributes": [[{ "type": "get_attr", "value": "input" }]] }]);
    let resources = json!([
        resource("x", hidden),
        resource("gone", json!([instance(json!("k")), { "deposed": "0badcafe", "attributes": {} }])),
        resource("former", json!([instance(Value::Null)])),
        resource("other", json!([{ "attributes": attributes }])),
        resource("nobodys", json!([{ "attributes": attributes }])),
    ]);
    project.write("terraform.tfstate", json!({ "version": 4, "resources": resources }).to_string());
    project.write(
        "tapwasm.moves.toml",
        "[[moves]]\nstack = \"app\"\nfrom = \"terraform_data.former\"\nto = \"terraform_data.now\"\n",
    );
    let body = |value: Value| json!([["body", 1], ["argument", "input"], value]);
    let calls = [
        json!({ "resource": { "type": "terraform_data", "name": "absent" } }),
        json!({ "resource": { "type": "terraform_data", "name": "now", "body": body(json!("new")) } }),
        json!({ "resource": { "type": "terraform_data", "name": "other", "body": body(json!(["symbol", "terraform_data.now.id"])) } }),
        json!({ "removed": { "body": [["body", 2], ["argument", "from"], "terraform_data.gone", ["block", "lifecycle", 0],
            ["body", 1], ["argument", "destroy"], false] } }),
    ];
    let calls = format!("{}, {}", stack_of("new"), calls.map(|call| call.to_string()).join(", "));
    let input = format!("calls=[{calls}]");
    let (script, ported) = (script.to_str().unwrap(), ported.to_str().unwrap());
    let mut unused: BTreeSet<String> = fs::read_dir(workspace().join("docs/output"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().trim_end_matches(".schema.json").to_owned())
        .collect();
    for (name, args) in [
        ("plan", &["state", "diff", "app", "1", "2"][..]),
        ("against", &["diff", ported, "--against", "deployed/orders", "--stack", "orders"]),
        ("tfstate", &["diff", script, "--input", &input, "--tfstate", "terraform.tfstate"]),
        ("state-list", &["state", "list"]),
        ("state-list-stack", &["state", "list", "app"]),
        ("state-show", &["state", "show", "app"]),
        ("state-history", &["state", "history", "app"]),
        ("state-lock-info", &["state", "lock-info"]),
        ("inspect", &["inspect", ported]),
        ("inspect", &["inspect", script]),
        ("graph", &["graph", script, "--input", &input]),
    ] {
        let written = project.run(&[args, &["--format", "json"]].concat()).expect(0).stdout;
        let document: Value = serde_json::from_str(&written).unwrap();
        let found = faults(&validator(name), &document);
        assert!(found.is_empty(), "{name}: {}\n{written}", found.join("\n"));
        unused.remove(name);
        if name == "tfstate" {
            // All that such a document can hold is in it.
            let is_empty = |value: &Value| *value == json!([]);
            assert!(!document.as_object().unwrap().values().any(is_empty), "{written}");
            let hidden = &document["changed"][1]["findings"][0];
            assert!(hidden["sensitive"] == true && hidden.get("before").or(hidden.get("after")).is_none(), "{hidden}");
        }
    }
    assert_eq!(unused.into_iter().collect::<Vec<_>>(), ["common", "events"], "schemas that no document was held to");
    let page = fs::read_to_string(workspace().join("docs/output.md")).unwrap();
    for entry in fs::read_dir(workspace().join("docs/output")).unwrap() {
        let file = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(page.contains(&format!("(output/{file})")), "docs/output.md does not name {file}");
    }
}

#[test]
fn a_field_that_no_schema_knows_is_a_fault() {
    let project = Project::new();
    project.script(&stack_of("before")).expect(0);
    let written = outcome(&mut project.script_command("diff", &stack_of("after"), &["--format", "json"])).expect(0).stdout;
    let plan = validator("plan");
    let document: Value = serde_json::from_str(&written).unwrap();
    assert!(faults(&plan, &document).is_empty());
    for pointer in [
        "",
        "/stacks/0",
        "/stacks/0/summary",
        "/stacks/0/changes/0",
        "/stacks/0/changes/0/differences/0",
        "/stacks/0/changes/0/differences/0/after",
    ] {
        let mut changed = document.clone();
        changed.pointer_mut(pointer).unwrap()["news"] = json!(1);
        assert!(!faults(&plan, &changed).is_empty(), "{pointer}");
    }
}

#[test]
fn events_tell_of_steps_and_of_why_a_command_fails() {
    let project = Project::new();
    let event = validator("events");
    let events = |outcome: &Outcome| -> Vec<Value> {
        let found = faults_of_events(&event, &outcome.stderr);
        assert!(found.is_empty(), "{}", found.join("\n"));
        outcome.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let steps = |events: &[Value]| -> Vec<String> {
        let steps = events.iter().filter(|event| event["type"] == "start" || event["type"] == "finish");
        steps.map(|of| format!("{} {} {} {}", of["type"], of["step"], of["stack"], of["ok"]).replace('"', "")).collect()
    };
    let run = |calls: &str, flags: &[&str]| {
        outcome(&mut project.script_command("run", calls, &[flags, &["--log-format=json"]].concat()))
    };
    let done = events(&run(&stack_of("a"), &[]).expect(0));
    assert_eq!(
        steps(&done),
        [
            "start compile null null",
            "finish compile null true",
            "start evaluate null null",
            "finish evaluate null true",
            "start plan app null",
            "finish plan app true",
            "start write app null",
            "finish write app true"
        ]
    );
    assert!(
        done.iter().any(|event| event["type"] == "status" && event["message"].as_str().unwrap().starts_with("Wrote ")),
        "{done:?}"
    );
    assert!(done.iter().all(|event| event["source"].as_str().is_some_and(|source| source.ends_with("script.wasm"))), "{done:?}");
    assert!(run(&stack_of("a"), &["--quiet"]).expect(0).stderr.is_empty());

    // What is wrong with a program is told whole, whatever the document would have held.
    let wrong = r#"{"stack": "app"}, {"output": {"labels": ["o"], "body": [["body", 1], ["argument", "value"], ["symbol", "aws_x.y.z"]]}}"#;
    let failed = run(wrong, &["--format", "json"]).expect(1);
    assert!(failed.stdout.is_empty(), "{}", failed.stdout);
    let failed = events(&failed);
    assert_eq!(steps(&failed).last().unwrap(), "finish evaluate null false");
    let diagnostic = failed.iter().find(|event| event["type"] == "diagnostic").unwrap();
    assert_eq!(
        (&diagnostic["level"], &diagnostic["diagnostic"]["code"], &diagnostic["diagnostic"]["address"]),
        (&json!("error"), &json!("undeclared-reference"), &json!("output.o"))
    );
    assert!(diagnostic["diagnostic"]["place"]["line"].is_u64(), "{diagnostic}");

    // So is a command line that makes no sense, and a crate that does not build.
    let usage = events(&project.run(&["run", "--log-format", "json", "--no-such-flag"]).expect(64));
    assert!(usage[0]["type"] == "error" && usage[0]["message"].as_str().unwrap().contains("--no-such-flag"), "{usage:?}");
    project.write(
        "crate/Cargo.toml",
        "[package]\nname = \"broken\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\"]\n[workspace]\n",
    );
    project.write("crate/src/lib.rs", "fn broken( {");
    let built = events(&project.run(&["diff", "crate", "--log-format=json"]).expect(1));
    assert_eq!(steps(&built), ["start build null null", "finish build null false"]);
    assert!(
        built.iter().any(|event| event["type"] == "note" && event["message"].as_str().unwrap().contains("error: ")),
        "{built:?}"
    );
}
