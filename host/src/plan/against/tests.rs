//! What counts as a difference, shown on a real file of CDKTF's: each change that says something is found, each that says nothing is not.

use super::*;
use crate::terraform::read::read;
use serde_json::{Value, json};

const FILE: &str = include_str!("../../../../tests/fixtures/against/orders/cdk.tf.json");

/// Returns the file with a value put at a place, or with what is there taken away.
fn with(pointer: &str, value: Option<Value>) -> String {
    let mut file: Value = serde_json::from_str(FILE).unwrap();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = parent_at(&mut file, parent);
    match (parent, value) {
        (Value::Object(map), Some(value)) => drop(map.insert(name.replace("~1", "/"), value)),
        (Value::Object(map), None) => drop(map.remove(name).unwrap_or_else(|| panic!("nothing is at {pointer}"))),
        (Value::Array(items), Some(value)) => items[name.parse::<usize>().unwrap()] = value,
        (Value::Array(items), None) => drop(items.remove(name.parse().unwrap())),
        _ => panic!("nothing can be put at {pointer}"),
    }
    file.to_string()
}

fn parent_at<'a>(file: &'a mut Value, pointer: &str) -> &'a mut Value {
    if file.pointer(pointer).is_none() {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        parent_at(file, parent).as_object_mut().unwrap().insert(name.to_owned(), json!({}));
    }
    file.pointer_mut(pointer).unwrap()
}

/// Writes what a comparison says in short: `+`, `-`, `>` and an address, or a likeness, an address and a path.
fn said(file: &str, program: &str) -> Vec<String> {
    let (file, program) = (read(file).unwrap(), read(program).unwrap());
    let comparison = compare(&file, &program);
    let mut said = Vec::new();
    said.extend(comparison.only_file.iter().map(|(address, _)| format!("- {address}")));
    said.extend(comparison.only_program.iter().map(|(address, _)| format!("+ {address}")));
    said.extend(comparison.moved.iter().map(|pair| format!("> {} {}", pair.file, pair.program)));
    for compared in &comparison.compared {
        let line = |finding: &Finding<'_>| format!("{:?} {} {}", finding.likeness, compared.address, finding.difference);
        said.extend(compared.findings.iter().map(line));
    }
    said.extend(comparison.renamed.iter().map(|pair| format!("renamed {} {}", pair.file, pair.program)));
    let is_real = said.iter().any(|line| !line.starts_with("Same") && !line.starts_with("Requirement"));
    assert_eq!(comparison.is_same(), !is_real, "{said:#?}");
    said
}

#[track_caller]
fn found(pointer: &str, value: Option<Value>, expected: &[&str]) {
    assert_eq!(said(FILE, &with(pointer, value)), expected, "{pointer}");
}

#[track_caller]
fn harmless(pointer: &str, value: Option<Value>) {
    found(pointer, value, &[]);
}

const KEY: &str = "/resource/aws_kms_key/key";
const BUCKET: &str = "/resource/aws_s3_bucket/exports";
const RULE: &str = "/resource/aws_s3_bucket_lifecycle_configuration/lifecycles/dynamic/rule";
const DEAD: &str = "/resource/aws_sqs_queue/failed_dead_C2BB2CE6";

fn at(base: &str, rest: &str) -> String {
    format!("{base}/{rest}")
}

#[test]
fn each_kind_of_change_is_found() {
    found(&at(DEAD, "name"), Some(json!("other")), &["Different aws_sqs_queue.failed_dead_C2BB2CE6 name"]);
    found(&at(DEAD, "name"), None, &["Different aws_sqs_queue.failed_dead_C2BB2CE6 name"]);
    found(&at(DEAD, "tags/New"), Some(json!("x")), &["Different aws_sqs_queue.failed_dead_C2BB2CE6 tags.New"]);
    found("/resource/aws_iam_role", None, &["- aws_iam_role.reader"]);
    found("/resource/aws_iam_role/more", Some(json!({ "name": "x" })), &["+ aws_iam_role.more"]);
    found(&at(KEY, "description"), Some(json!("${var.stage}")), &["Different aws_kms_key.key description"]);
    found(&at(KEY, "lifecycle/prevent_destroy"), Some(json!(false)), &["Different aws_kms_key.key lifecycle"]);
    found(&at(BUCKET, "provider"), None, &["Different aws_s3_bucket.exports provider"]);
    found(
        &at(BUCKET, "lifecycle/ignore_changes"),
        Some(json!(["tags", "bucket"])),
        &["Different aws_s3_bucket.exports lifecycle.ignore_changes[0]"],
    );
    found(
        &at(RULE, "content/status"),
        Some(json!("Disabled")),
        &["Different aws_s3_bucket_lifecycle_configuration.lifecycles dynamic.rule.content.status"],
    );
    found(
        &at(RULE, "content/id"),
        Some(json!("${each.value.days}")),
        &["Different aws_s3_bucket_lifecycle_configuration.lifecycles dynamic.rule.content.id"],
    );
    found(
        "/resource/aws_s3_bucket_lifecycle_configuration/lifecycles/depends_on",
        None,
        &["Different aws_s3_bucket_lifecycle_configuration.lifecycles depends_on"],
    );
    found("/provider/aws/1/region", Some(json!("us-east-1")), &["Different provider.aws.archive region"]);
    found("/provider/aws/1", None, &["- provider.aws.archive"]);
    found(
        "/data/aws_caller_identity/account/provider",
        Some(json!("aws.archive")),
        &["Different data.aws_caller_identity.account provider"],
    );
    found("/variable/stage/default", Some(json!("prod")), &["Different var.stage default"]);
    found("/variable/stage/default", Some(Value::Null), &["Different var.stage default"]);
    found("/variable/stage/type", Some(json!("number")), &["Different var.stage type"]);
    found("/variable/stage/sensitive", Some(json!(true)), &["Different var.stage sensitive"]);
    found(
        "/output/queue_url/value",
        Some(json!("${aws_sqs_queue.incoming_0B397865.arn}")),
        &["Different output.queue_url value"],
    );
    found("/locals/names", Some(json!(["a", "c"])), &["Different local.names value[1]"]);
    found("/locals/names", Some(json!(["b", "a"])), &["OtherOrder local.names value"]);
    found("/module/alarms/version", Some(json!("5.7.1")), &["Different module.alarms version"]);
    found("/module/alarms/namespace", Some(Value::Null), &["Different module.alarms namespace"]);
    found("/terraform/backend/s3/key", Some(json!("other")), &["Different terraform backend.s3.key"]);
    found(
        "/terraform/required_providers/aws/version",
        Some(json!("~> 5.0")),
        &["Different terraform required_providers.aws.version"],
    );
    found("/terraform/required_version", Some(json!(">= 1.9")), &["Different terraform required_version"]);
    found("/terraform/required_version", None, &["Different terraform required_version"]);
    found("/import", Some(json!([{ "to": "aws_kms_key.key", "id": "x" }])), &["+ import aws_kms_key.key"]);
    found("/check/up", Some(json!({ "assert": { "condition": "${true}", "error_message": "x" } })), &["+ check.up"]);
}

#[test]
fn what_says_the_same_is_no_change() {
    harmless("/~1~1", Some(json!({ "anything": 1 })));
    harmless("/locals/~1~1", Some(json!("a remark")));
    harmless(&at(KEY, "~1~1"), None.or(Some(json!("a remark"))));
    harmless(&at(KEY, "count"), Some(Value::Null));
    harmless(&at(KEY, "provider"), Some(json!("aws")));
    harmless(&at(KEY, "depends_on"), Some(json!([])));
    harmless(&at(KEY, "lifecycle"), Some(json!([{ "prevent_destroy": "true", "create_before_destroy": false }])));
    harmless(&at(BUCKET, "bucket"), Some(json!("orders-exports-${ (var.stage) }")));
    harmless(&at(BUCKET, "bucket"), Some(json!("${\"orders\"}-exports-${var[\"stage\"]}")));
    harmless(&at(RULE, "content/filter"), Some(json!([{ "prefix": "${each.key}/", "//": { "a": "remark" } }])));
    harmless(
        RULE,
        Some(json!([{
            "for_each": "${{ receipts = { days = 365 }, invoices = { \"days\" = 30.0 } }}",
            "content": [{
                "id": "${rule.key}",
                "filter": [{ "prefix": "${rule.key}/" }],
                "status": "Enabled",
                "expiration": { "days": "${rule.value[\"days\"]}" },
            }],
        }])),
    );
    harmless("/resource/aws_iam_role/reader/for_each", Some(json!("${ toset([ \"billing\", \"support\", ]) }")));
    harmless("/variable/stage/sensitive", Some(json!(false)));
    harmless("/variable/stage/nullable", Some(json!(true)));
    harmless("/output/queue_url/sensitive", Some(json!("false")));
    harmless(
        "/terraform/required_providers/aws",
        Some(json!({ "source": "registry.terraform.io/hashicorp/aws", "version": "~>6.0" })),
    );
    harmless("/terraform/required_providers/aws", Some(json!("~> 6.0")));
    harmless(
        "/terraform/backend",
        Some(json!([{ "s3": [{
        "region": "eu-central-1", "bucket": "states", "encrypt": true, "key": "orders.tfstate",
    }] }])),
    );
    harmless("/data", Some(json!([{ "aws_caller_identity": [{ "account": [{}] }] }])));
    let as_list: Value = serde_json::from_str(FILE).unwrap();
    assert_eq!(said(FILE, &json!([as_list]).to_string()), [""; 0]);
    assert_eq!(said(FILE, FILE), [""; 0]);
}

#[test]
fn a_requirement_that_only_the_program_has_touches_nothing() {
    let without = with("/terraform/required_version", None);
    assert_eq!(said(&without, FILE), ["Requirement terraform required_version"]);
}

#[test]
fn documents_are_compared_as_documents() {
    let policy = |action: &str| {
        format!(
            "${{jsonencode({{\"Statement\" = [{{\"Action\" = \"{action}\", \"Effect\" = \"Allow\", \"Resource\" = \"*\", \
             \"Sid\" = \"Administration\", \"Principal\" = {{\"AWS\" = \"arn:aws:iam::${{data.aws_caller_identity.account.account_id}}:root\"}}}}], \
             \"Version\" = \"2012-10-17\"}})}}"
        )
    };
    found(&at(KEY, "policy"), Some(policy("kms:*").into()), &["SameDocument aws_kms_key.key policy"]);
    found(&at(KEY, "policy"), Some(policy("kms:List*").into()), &["Different aws_kms_key.key policy.Statement[0].Action"]);
    let role = "/resource/aws_iam_role/reader/assume_role_policy";
    let statement = json!({ "Action": "sts:AssumeRole", "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" } });
    let document = |version: &str| json!({ "Statement": [statement], "Version": version }).to_string();
    found(role, Some(document("2012-10-17").into()), &["SameDocument aws_iam_role.reader assume_role_policy"]);
    found(role, Some(document("2008-10-17").into()), &["Different aws_iam_role.reader assume_role_policy.Version"]);
    let queue = "/resource/aws_sqs_queue/failed_3FE832DF/redrive_policy";
    let text = |count: &str| {
        format!("{{\"maxReceiveCount\":{count},\"deadLetterTargetArn\":\"${{aws_sqs_queue.failed_dead_C2BB2CE6.arn}}\"}}")
    };
    found(queue, Some(text("5").into()), &["SameDocument aws_sqs_queue.failed_3FE832DF redrive_policy"]);
    found(queue, Some(text("${var.n}").into()), &["Different aws_sqs_queue.failed_3FE832DF redrive_policy.maxReceiveCount"]);
    // In a document a number and its text are two things.
    found(queue, Some(text("\"5\"").into()), &["Different aws_sqs_queue.failed_3FE832DF redrive_policy.maxReceiveCount"]);
}

#[test]
fn a_call_that_writes_the_same_bytes_is_no_finding() {
    let file = |value: &str| json!({ "locals": { "a": value } }).to_string();
    let call = file("${jsonencode({b = [1, true], a = \"<\"})}");
    assert_eq!(said(&file(r#"{"a":"\u003c","b":[1,true]}"#), &call), [""; 0]);
    assert_eq!(said(&file(r#"{"b":[1,true],"a":"<"}"#), &call), ["SameDocument local.a value"]);
    assert_eq!(said(&file("[not a document"), &file("[no document")), ["Different local.a value"]);
    assert_eq!(said(&file(r#"{"a":${var.x}}"#), &file("${jsonencode({a = var.x})}")), ["SameDocument local.a value"]);
    assert_eq!(said(&file(r#"{"a":"x${var.x}"}"#), &file("${jsonencode({a = \"x${var.y}\"})}")), ["Different local.a value.a"]);
}

#[test]
fn the_same_value_of_another_type_is_told_apart() {
    found(
        &at(DEAD, "message_retention_seconds"),
        Some(json!("1209600")),
        &["SameValue aws_sqs_queue.failed_dead_C2BB2CE6 message_retention_seconds"],
    );
    found(&at(BUCKET, "force_destroy"), Some(json!("false")), &["SameValue aws_s3_bucket.exports force_destroy"]);
    found(&at(BUCKET, "force_destroy"), Some(json!("no")), &["Different aws_s3_bucket.exports force_destroy"]);
    harmless(&at(DEAD, "message_retention_seconds"), Some(json!("${1209600.0}")));
}

#[test]
fn blocks_that_stand_once_are_shown_beside_those_that_stand_often() {
    found(
        "/provider/aws/0/default_tags",
        Some(json!([{ "tags": { "Team": "orders" } }, { "tags": {} }])),
        &["Different provider.aws default_tags[1]"],
    );
    // In an expression a list of one is not that one.
    let file = |value: Value| json!({ "output": { "a": { "value": value } } }).to_string();
    assert_eq!(said(&file(json!({ "a": 1 })), &file(json!([{ "a": 1 }]))), ["Different output.a value"]);
    assert_eq!(
        said(&file(json!({ "//": 1 })), &file(json!({}))),
        ["Different output.a value.//"].map(|s| s.replace(".//", "[\"//\"]"))
    );
}

#[test]
fn renames_are_proposed_and_declared_moves_are_known() {
    let mut program: Value = serde_json::from_str(FILE).unwrap();
    let roles = program["resource"]["aws_iam_role"].as_object_mut().unwrap();
    let role = roles.remove("reader").unwrap();
    roles.insert("readers".to_owned(), role);
    assert_eq!(
        said(FILE, &program.to_string()),
        ["- aws_iam_role.reader", "+ aws_iam_role.readers", "renamed aws_iam_role.reader aws_iam_role.readers",]
    );
    program["moved"] = json!({ "from": "aws_iam_role.reader", "to": "aws_iam_role.readers" });
    assert_eq!(
        said(FILE, &program.to_string()),
        ["+ moved aws_iam_role.reader -> aws_iam_role.readers", "> aws_iam_role.reader aws_iam_role.readers",]
    );
}

#[test]
fn a_path_of_the_state_that_only_one_machine_has_is_noted() {
    let file = |path: &str| json!({ "terraform": { "backend": { "local": { "path": path } } } }).to_string();
    let (old, new) =
        (read(&file("/home/ci/terraform.orders.tfstate")).unwrap(), read(&file("terraform.orders.tfstate")).unwrap());
    let comparison = compare(&old, &new);
    assert!(!comparison.is_same());
    assert!(comparison.compared[0].findings[0].note.is_some_and(|note| note.contains("absolute path")));
}
