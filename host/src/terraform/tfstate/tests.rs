use super::*;
use crate::model::ExistingInstance;
use crate::model::hcl::expression_text;
use serde_json::json;

#[test]
fn addresses_are_those_of_instances() {
    let json = r#"{"version": 4, "resources": [
        {"mode": "managed", "type": "aws_x", "name": "a", "instances": [{"attributes": {}}]},
        {"mode": "data", "type": "aws_x", "name": "b", "instances": [{}]},
        {"mode": "managed", "type": "aws_x", "name": "gone", "instances": []},
        {"module": "module.m[\"k\"]", "mode": "managed", "type": "aws_y", "name": "c", "instances": [{"index_key": 0}, {"index_key": "x.y"}]}
    ]}"#;
    let expected = ["aws_x.a", "data.aws_x.b", "module.m[\"k\"].aws_y.c[0]", "module.m[\"k\"].aws_y.c[\"x.y\"]"];
    assert_eq!(addresses(json).unwrap(), expected);
}

#[test]
fn a_move_is_awaited_while_something_has_the_former_address() {
    let state = ["aws_x.a".to_owned(), "aws_x.many[0]".to_owned(), "module.m[0].aws_x.y".to_owned()];
    for (from, to) in [
        ("aws_x.a", "aws_x.b"),
        ("aws_x.a", "aws_x.a[0]"),
        ("aws_x.many", "aws_x.few"),
        ("aws_x.many[0]", "aws_x.many[\"k\"]"),
        ("aws_x.many[0]", "aws_x.many"),
        ("module.m", "module.n"),
        ("module.m[0]", "module.m[\"k\"]"),
    ] {
        assert!(awaits(&state, from, to), "{from} to {to}");
    }
    for (from, to) in
        [("aws_x.b", "aws_x.a"), ("aws_x.man", "aws_x.b"), ("aws_x.many", "aws_x.many[0]"), ("module.n", "module.m")]
    {
        assert!(!awaits(&state, from, to), "{from} to {to}");
    }
}

#[test]
fn what_is_no_state_is_refused() {
    assert!(matches!(addresses("{}"), Err(TfstateError::NotAState(_))));
    assert!(matches!(addresses("{\"version\": 3}"), Err(TfstateError::Version(3))));
    assert!(matches!(addresses("{\"version\": 4, \"resour"), Err(TfstateError::CutShort(_))));
}

/// Shows an instance in short.
fn outline(of: &ExistingInstance) -> String {
    let managed = if of.is_managed { "" } else { "read " };
    let tainted = if of.is_tainted { " tainted" } else { "" };
    let deposed = of.deposed.as_ref().map(|key| format!(" deposed {key}")).unwrap_or_default();
    let attributes = of.attributes.as_ref().map(|attributes| format!(" {}", expression_text(attributes))).unwrap_or_default();
    let hidden: Vec<String> = of.sensitive.iter().map(|way| way.join("/")).collect();
    format!("{managed}{}{tainted}{deposed}{attributes} [{}]", of.address, hidden.join(" "))
}

fn outlines(json: &serde_json::Value) -> Vec<String> {
    existing(&json.to_string()).unwrap().instances.iter().map(outline).collect()
}

#[test]
fn both_forms_of_a_state_tell_the_same() {
    let index = |value: serde_json::Value| json!({ "type": "index", "value": { "value": value, "type": "any" } });
    let name = |name: &str| json!({ "type": "get_attr", "value": name });
    let file = json!({ "version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "x", "outputs": {}, "resources": [
        { "mode": "managed", "type": "aws_x", "name": "a", "provider": "p", "instances": [
            { "schema_version": 0, "attributes": { "n": 1.50, "tags": { "k": "v" }, "rule": [{ "key": "s" }] },
              "sensitive_attributes": [[name("tags"), index(json!("k"))], [name("rule"), index(json!(0)), name("key")]] },
            { "status": "tainted", "deposed": "0badcafe", "attributes": {} },
        ] },
        { "module": "module.m[0].module.n", "mode": "managed", "type": "aws_x", "name": "b", "instances": [
            { "index_key": "q\"${}", "attributes": {} },
        ] },
        { "mode": "data", "type": "aws_x", "name": "d", "instances": [{ "index_key": 1, "attributes": {} }] },
    ], "check_results": null });
    let shown = json!({ "format_version": "1.0", "terraform_version": "1.11.4", "values": { "outputs": {}, "root_module": {
        "resources": [
            { "address": "aws_x.a", "mode": "managed", "type": "aws_x", "name": "a",
              "values": { "n": 1.50, "tags": { "k": "v" }, "rule": [{ "key": "s" }] },
              "sensitive_values": { "tags": { "k": true }, "rule": [{ "key": true, "other": false }] } },
            { "address": "aws_x.a", "mode": "managed", "type": "aws_x", "name": "a", "tainted": true, "deposed_key": "0badcafe", "values": {} },
        ],
        "child_modules": [{ "address": "module.m[0]", "child_modules": [{ "address": "module.m[0].module.n", "resources": [
            { "address": "module.m[0].module.n.aws_x.b[\"q\"]", "mode": "managed", "type": "aws_x", "name": "b", "index": "q\"${}", "values": {} },
        ] }] }],
    } } });
    let expected = [
        "aws_x.a { n = 1.5, rule = [{ key = \"s\" }], tags = { k = \"v\" } } [tags/k rule/key]",
        "aws_x.a tainted deposed 0badcafe {} []",
        "module.m[0].module.n.aws_x.b[\"q\\\"$${}\"] {} []",
        "read data.aws_x.d[1] {} []",
    ];
    assert_eq!(outlines(&file), expected);
    let mut of_show = outlines(&shown);
    of_show[0] = of_show[0].replace("[rule/key tags/k]", "[tags/k rule/key]");
    assert_eq!(of_show, expected[..3]);
    assert!(outlines(&json!({ "format_version": "1.0" })).is_empty(), "a state that holds nothing");
}

#[test]
fn another_file_is_refused_with_what_it_is() {
    for (text, expected) in [
        ("", "it is empty"),
        (" \n", "it is empty"),
        ("{\"version\": 4, \"resources\": [{", "it is cut short"),
        ("[1]", "no state of Terraform's"),
        ("{}", "neither `version` nor `format_version`"),
        ("{\"version\": 3}", "has version 3"),
        ("{\"format_version\": \"0.2\"}", "has format version 0.2"),
        ("{\"format_version\": \"1.2\", \"planned_values\": {}, \"resource_changes\": []}", "it is a plan, not a state"),
        ("{\"format_version\": \"1.0\", \"provider_schemas\": {}}", "schemas of providers"),
        ("{\"serial\": 1, \"lineage\": \"x\", \"meta\": {}, \"encrypted_data\": \"AA\"}", "it is encrypted"),
        (
            "{\"version\": 4, \"resources\": [{\"mode\": \"managed\", \"type\": \"a_b\", \"name\": \"c\", \"instances\": [{\"attributes\": {\"d\": 1, \"d\": 2}}]}]}",
            "the attributes of `a_b.c` cannot be read: line 1, column 10",
        ),
    ] {
        let error = existing(text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}
