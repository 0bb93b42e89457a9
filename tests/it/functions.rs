//! Every function of Terraform, called by a guest through the typed ones and evaluated by the real Terraform.

use crate::support::{Outcome, Project, guest, has_terraform, outcome, shared};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A project with the stacks of the guest `functions`, written.
fn written() -> Project {
    let project = Project::new();
    project.run(&["run", guest("functions").to_str().expect("paths are UTF-8")]).expect(0);
    project
}

fn configuration(project: &Project) -> Value {
    serde_json::from_str(&project.read("tapwasm.out/stacks/functions/main.tf.json")).expect("what is written is JSON")
}

/// Applies a stack, and returns its outputs; nothing where Terraform is not installed.
fn applied(project: &Project, stack: &str) -> Option<Value> {
    if !has_terraform() {
        return None;
    }
    terraform(project, stack, &["init", "-no-color"]).expect(0);
    terraform(project, stack, &["apply", "-no-color", "-auto-approve"]).expect(0);
    let printed = terraform(project, stack, &["output", "-no-color", "-json"]).expect(0).stdout;
    Some(serde_json::from_str(&printed).expect("terraform prints JSON"))
}

fn terraform(project: &Project, stack: &str, args: &[&str]) -> Outcome {
    let mut command = project.tool("terraform", args);
    command
        .current_dir(project.path().join("tapwasm.out/stacks").join(stack))
        .env("TF_IN_AUTOMATION", "1")
        .env("CHECKPOINT_DISABLE", "1");
    outcome(command.env("TF_INPUT", "0").env("TF_CLI_CONFIG_FILE", if cfg!(windows) { "NUL" } else { "/dev/null" }))
}

/// What Terraform makes of each call, where that is always the same.
fn expected() -> Value {
    // In pieces: one macro call would nest too deep.
    let pieces = [
        json!({
            "abs": 3, "ceil": 2, "floor": 1, "log": 3, "max": 3, "min": 2, "parseint": 255, "pow": 1024, "range": [1, 3, 5],
            "signum": -1, "sum": 6,
        }),
        json!({
            "chomp": "line", "endswith": true, "format": "a \"b\"-007 ${x}", "formatlist": ["a-x", "b-x"], "indent": "a\n  b",
            "join": "a, b, c", "lower": "abc", "regex": "abc", "regexall": ["a", "bc"], "replace": "a+b+c", "split": ["a", "b"],
            "startswith": true, "strcontains": false, "strrev": "cba", "substr": "ell", "templatestring": "Hello, you!",
            "title": "Hello World", "trim": "hi", "trimprefix": "1.2", "trimspace": "x", "trimsuffix": "a", "upper": "ABC",
        }),
        json!({
            "alltrue": false, "anytrue": true, "contains": true, "keys": ["a", "b"], "length": 3, "lookup": 5,
            "merge": { "a": 1, "b": 3 }, "transpose": { "x": ["a"], "y": ["a", "b"] }, "values": [2, 1], "zipmap": { "a": 1, "b": 2 },
        }),
        json!({
            "chunklist": [[1, 2], [3]], "coalesce": "b", "coalescelist": ["x"], "compact": ["a", "b"], "concat": [1, 2, 3],
            "distinct": [1, 2], "element": "b", "flatten": [1, 2, 3], "index": 1, "matchkeys": [1, 3], "one": "only",
            "reverse": [3, 2, 1], "slice": [2, 3], "sort": ["a", "b"],
        }),
        json!({
            "setintersection": [3], "setproduct": [["a", "x"], ["b", "x"]], "setsubtract": [1, 3], "setunion": [1, 2, 3],
            "cidrhost": "10.0.0.5", "cidrnetmask": "255.240.0.0", "cidrsubnet": "10.0.2.0/24",
            "cidrsubnets": ["10.0.0.0/20", "10.0.16.0/20", "10.0.32.0/24"],
        }),
        json!({
            "base64decode": "hi", "base64encode": "aGk=", "csvdecode": [{ "a": "1", "b": "2" }], "jsondecode": { "a": [1, null] },
            "jsonencode": "{\"a\":\"\\u003c\\\"${b}\\\"\\u003e\"}", "textdecodebase64": "hi", "textencodebase64": "aABpAA==",
            "urlencode": "a+b%26c", "yamldecode": { "a": [1, "x"] }, "yamlencode": "\"a\": 1\n",
        }),
        json!({
            "basename": "b.txt", "dirname": "a", "file": "Hello, ${name}!", "filebase64": "SGVsbG8sICR7bmFtZX0h", "fileexists": true,
            "templatefile": "Hello, \"you\"!", "filemd5": "8e147b8c19f76e99063c99dc2a144f5d",
            "filesha1": "b6e927178337b9976a3496499682e5f231bdef03",
            "filesha256": "e0e3fefc2c88b95e221d37afb0e3c4da1e10073f046d3416f4b64e91c131ce9a",
            "filebase64sha256": "4OP+/CyIuV4iHTevsOPE2h4QBz8EbTQW9LZOkcExzpo=",
        }),
        json!({
            "md5": "49f68a5c8493ec2c0bf489821c21fc3b", "sha1": "c22b5f9178342609428d6f51b2c5af4c0bde6a42",
            "sha256": "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4",
            "base64sha256": "j0NDRmSPa5bfid2pAcUXaxCm2Dlh3TwayItZstwyeqQ=", "rsadecrypt": "secret \"text\"",
            "uuidv5": "2ed6657d-e927-568b-95e1-2665a8aea6a2", "formatdate": "02 Jan 2020", "timeadd": "2020-01-02T04:04:05Z",
            "timecmp": -1,
        }),
        json!({
            "can": false, "ephemeralasnull": "plain", "issensitive": true, "nonsensitive": "secret", "sensitive": "secret",
            "tobool": true, "tolist": ["a", "b"], "tomap": { "a": 1 }, "tonumber": 1.5, "toset": ["a", "b"], "tostring": "1.5",
            "try": "instead",
        }),
    ];
    let mut all = serde_json::Map::new();
    for piece in pieces {
        all.extend(piece.as_object().cloned().unwrap_or_default());
    }
    Value::Object(all)
}

#[track_caller]
fn check_outputs(outputs: &Value, expected: &Value) {
    let expected = expected.as_object().expect("an object").iter();
    let other: Vec<_> = expected
        .filter(|(name, value)| outputs[name.as_str()]["value"] != **value)
        .map(|(name, value)| format!("{name}: {value} and not {}", outputs[name.as_str()]["value"]))
        .collect();
    assert!(other.is_empty(), "{other:#?}");
}

#[test]
fn terraform_evaluates_each_function() {
    let project = written();
    let Some(outputs) = applied(&project, "functions") else { return };
    let declared: BTreeSet<_> = configuration(&project)["output"].as_object().expect("outputs").keys().cloned().collect();
    let evaluated: BTreeSet<_> = outputs.as_object().expect("outputs").keys().cloned().collect();
    assert_eq!(evaluated, declared);
    check_outputs(&outputs, &expected());
    // Others differ from run to run, or are another notation of the same.
    let text = |name: &str| outputs[name]["value"].as_str().expect("text").to_owned();
    assert!(text("bcrypt").starts_with("$2a$04$"));
    assert!(text("base64gzip").starts_with("H4sI"));
    assert_eq!(text("uuid").len(), 36);
    assert!(text("timestamp").ends_with('Z') && text("plantimestamp").ends_with('Z'));
    assert!(text("pathexpand").ends_with("/x") && !text("pathexpand").starts_with('~'));
    assert!(text("abspath").ends_with("functions"));
    assert_eq!(outputs["fileset"]["value"].as_array().expect("paths").len(), 1);
    for (hexadecimal, length) in [("filesha512", 128), ("sha512", 128)] {
        assert_eq!(text(hexadecimal).len(), length);
    }
    for (base64, length) in [("filebase64sha512", 88), ("base64sha512", 88)] {
        assert_eq!(text(base64).len(), length);
    }
}

#[test]
fn each_function_of_terraform_is_called() {
    let Some(shared) = shared() else { return };
    let list = std::fs::read(shared.join("schemas/terraform-functions.json")).expect("the list of functions can be read");
    let list: Value = serde_json::from_slice(&list).expect("the list is JSON");
    let names = list["function_signatures"].as_object().expect("functions by name").keys().filter(|name| !name.contains("::"));
    let configuration = configuration(&written());
    let missing: Vec<_> = names
        .filter(|name| {
            let value = configuration["output"][name.as_str()]["value"].as_str().unwrap_or_default();
            !value.contains(&format!("{name}("))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn terraform_evaluates_each_kind_of_expression() {
    let Some(outputs) = applied(&written(), "expressions") else { return };
    let expected = json!({
        "arithmetic": 1, "comparison": [false, true, false, true], "equality": [true, true, false], "logic": false,
        "conditional": "Ada", "conditional_null": true,
        "for_list": [3, 22], "for_map": { "a-${}": "ADA", "b-${}": "BOB" },
        "for_group": { "true": ["Ada"], "false": ["Bob"] }, "for_nested": [["Ada.x", "Ada.y"], []],
        "splat": ["Ada", "Bob"], "splat_path": [36, 17], "splat_index": ["x", "y"], "index": 17,
        "template": "$${x} true$%{if}3 \"Ada\"", "directives": "a=Ada;b=Bob;on \"%{3",
        "computed_keys": { "k-3": { "Ada": [1, null] }, "${plain}": "%{plain}" },
        "expansion": 3, "nested_quotes": "A\"${d}\", \"\\\"a", "provider_function": "\"a \\\"$${b}\\\"\"",
        "paths": [".", ".", "default"],
        "raw": { "ada": "Ada \"quoted\" ${literal}", "bob": "Bob \"quoted\" ${literal}" },
    });
    check_outputs(&outputs, &expected);
    assert_eq!(outputs.as_object().map(serde_json::Map::len), expected.as_object().map(serde_json::Map::len));
}
