//! What each input does, and which ones are refused by the guest itself.

use crate::{evaluated, stack};
use payment_observability::PaymentInputs;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tapwasm_guest::{Input, assert_argument};

/// The schema as the host reads it.
fn schema() -> Value {
    const TEXT: [u8; PaymentInputs::SCHEMA.length()] = PaymentInputs::SCHEMA.text();
    serde_json::from_slice(&TEXT).expect("the schema is JSON")
}

#[track_caller]
fn check_refused(inputs: Value, message: &str) {
    let evaluated = evaluated(inputs);
    let failure = evaluated.failure();
    assert!(failure.message.contains(message), "{}", failure.message);
    assert!(!failure.panicked);
}

#[test]
fn every_input_is_optional_described_and_shows_its_default() {
    let schema = schema();
    assert_eq!(schema["required"], json!([]));
    let inputs = schema["properties"].as_object().expect("inputs are properties");
    assert_eq!(inputs.len(), 14);
    for (name, input) in inputs {
        assert!(!input["description"].as_str().unwrap_or_default().is_empty(), "`{name}` has no description");
        assert!(input.get("default").or(input.get("x-default")).is_some(), "`{name}` shows no default");
    }
}

#[test]
fn the_schema_says_what_the_host_refuses() {
    let schema = schema();
    let inputs = &schema["properties"];
    assert_eq!(inputs["environment_suffix"]["pattern"], "^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$");
    assert_eq!(inputs["alarm_emails"]["minProperties"], 1);
    assert!(inputs["health_check_url"]["pattern"].as_str().is_some_and(|pattern| pattern.starts_with("^https://")));
    let days = inputs["log_retention_days"]["enum"].as_array().expect("retention is one of CloudWatch's values");
    assert!(days.contains(&json!(90)) && days.contains(&json!(3653)) && !days.contains(&json!(0)));
    assert_eq!(days.len(), 22);
}

#[test]
fn inputs_reach_what_they_name() {
    let stack = stack(json!({
        "environment_suffix": "qa-2",
        "aws_region": "eu-west-1",
        "state_bucket": "states",
        "state_bucket_region": "eu-central-1",
        "default_tags": { "Team": "payments" },
        "canary_bucket": "canary-artifacts-qa",
        "health_check_url": "https://pay.example.com/up",
        "log_retention_days": 365,
        "lambda_runtime": "python3.12",
        "canary_runtime": "syn-nodejs-puppeteer-13.1",
        "lambda_layers": ["arn:aws:lambda:eu-west-1:123456789012:layer:xray:3"],
    }));
    assert_eq!(stack.name, "TapStackqa-2");
    let settings = stack.of_kind("settings").next().expect("there are settings");
    let backend = settings.labelled("backend", "s3");
    assert_argument!(backend, "bucket", "states");
    assert_argument!(backend, "key", "qa-2/TapStackqa-2.tfstate");
    assert_argument!(backend, "region", "eu-central-1");
    assert_argument!(stack.provider("aws"), "region", "eu-west-1");
    assert_eq!(stack.provider("aws").block("default_tags").argument("tags").json(), json!({ "Team": "payments" }));
    for log_group in stack.resources_of("aws_cloudwatch_log_group") {
        assert_argument!(log_group, "retention_in_days", 365);
    }
    let function = stack.resource("aws_lambda_function.payment_processor");
    assert_argument!(function, "runtime", "python3.12");
    assert_eq!(function.argument("layers").json(), json!(["arn:aws:lambda:eu-west-1:123456789012:layer:xray:3"]));
    let canary = stack.resource("aws_synthetics_canary.health_check_canary");
    assert_argument!(canary, "runtime_version", "syn-nodejs-puppeteer-13.1");
    let variables = canary.block("run_config").argument("environment_variables").json();
    assert_eq!(variables, json!({ "HEALTH_CHECK_URL": "https://pay.example.com/up" }));
    assert_argument!(stack.resource("aws_s3_bucket.canary_artifacts"), "bucket", "canary-artifacts-qa");
}

#[test]
fn the_names_of_what_is_watched_are_derived_or_given() {
    let dimensions = |inputs: Value| {
        let stack = stack(inputs);
        let alarm = stack.resource("aws_cloudwatch_metric_alarm.api_error_alarm");
        let body = stack.resource("aws_cloudwatch_dashboard.payment_dashboard").argument("dashboard_body").json();
        (alarm.argument("dimensions").json(), body.to_string())
    };
    let (alarm, dashboard) = dimensions(json!({ "environment_suffix": "prod" }));
    assert_eq!(alarm, json!({ "ApiName": "payments-prod" }));
    assert!(
        dashboard.contains(r#""ApiName","payments-prod""#) && dashboard.contains(r#""DBInstanceIdentifier","payments-db-prod""#)
    );

    let (alarm, dashboard) = dimensions(json!({ "api_name": "Checkout API", "db_instance_identifier": "ledger" }));
    assert_eq!(alarm, json!({ "ApiName": "Checkout API" }));
    assert!(dashboard.contains(r#""ApiName","Checkout API""#) && dashboard.contains(r#""DBInstanceIdentifier","ledger""#));
}

#[test]
fn the_default_bucket_carries_the_account() {
    let stack = stack(json!({}));
    let bucket = stack.resource("aws_s3_bucket.canary_artifacts").argument("bucket").to_string();
    assert_eq!(bucket, r#""canary-artifacts-dev-${data.aws_caller_identity.current.account_id}""#);
}

#[test]
fn without_layers_the_argument_is_not_set() {
    let stack = stack(json!({}));
    assert_eq!(stack.resource("aws_lambda_function.payment_processor").find_argument("layers"), None);
}

#[test]
fn each_address_is_a_subscription_under_its_own_id() {
    let subscriptions = |emails: Value| {
        let stack = stack(json!({ "alarm_emails": emails }));
        let subscriptions = stack.resources_of("aws_sns_topic_subscription");
        subscriptions.map(|one| (one.address.clone(), one.body.clone())).collect::<Vec<_>>()
    };
    let both = subscriptions(json!({ "alarm_email_1": "ops@example.com", "alarm_email_2": "oncall@example.com" }));
    let second = subscriptions(json!({ "alarm_email_2": "oncall@example.com" }));
    assert_eq!(both.len(), 2);
    assert_eq!(second, both[1..]);
    assert_eq!(second[0].0, "aws_sns_topic_subscription.alarm_email_2");
}

#[test]
fn keys_that_are_no_logical_ids_are_refused() {
    for key in ["", "2nd", "ops team", "ops.team", "é", "${x}"] {
        check_refused(
            json!({ "alarm_emails": { key: "ops@example.com" } }),
            &format!("the key `{key}` cannot be the logical id"),
        );
    }
}

#[test]
fn tags_that_iam_would_refuse_are_refused() {
    check_refused(json!({ "default_tags": { "": "x" } }), "cannot be the key of a tag");
    check_refused(json!({ "default_tags": { "AWS:x": "x" } }), "does not start with `aws:`");
    check_refused(json!({ "default_tags": { "k".repeat(129): "x" } }), "1 to 128 characters");
    check_refused(json!({ "default_tags": { "Team": "a, b" } }), "may have letters, digits, spaces");
    check_refused(json!({ "default_tags": { "Team": "a", "team": "b" } }), "but for upper and lower case");
    check_refused(json!({ "default_tags": { "name": "x" } }), "but for upper and lower case");
    stack(json!({ "default_tags": { "Name": "x", "Größe": "a.b:c/d=e+f-g@h_i" } }));
}

#[test]
fn the_readme_lists_the_inputs_with_their_defaults() {
    let readme = include_str!("../../README.md");
    let (_, table) = readme.split_once("| input | default | |\n").expect("the README has a table of inputs");
    let rows = table.lines().skip(1).take_while(|line| line.starts_with('|'));
    let listed: BTreeMap<String, String> = rows
        .map(|row| {
            let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(|cell| cell.trim().trim_matches('`')).collect();
            (cells[0].to_owned(), cells[1].to_owned())
        })
        .collect();
    let schema = schema();
    let shown = |input: &Value| match input.get("x-default").or(input.get("default")) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let inputs = schema["properties"].as_object().expect("inputs are properties");
    assert_eq!(listed, inputs.iter().map(|(name, input)| (name.clone(), shown(input))).collect());
}
