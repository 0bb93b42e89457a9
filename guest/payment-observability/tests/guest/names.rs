//! Names that the provider or AWS would refuse only when Terraform plans or applies: too long, or of other characters.

use crate::stack;
use serde_json::json;
use tapwasm_guest::testing::{Declaration, EvaluatedStack};

/// The longest suffix there is.
const LONGEST: &str = "a2345678-0-234567890";

fn longest() -> EvaluatedStack {
    assert_eq!(LONGEST.len(), 20);
    stack(json!({ "environment_suffix": LONGEST }))
}

#[track_caller]
fn check(stack: &EvaluatedStack, kind: &str, argument: &str, most: usize, allowed: fn(char) -> bool) {
    let mut n_checked = 0;
    for resource in stack.resources_of(kind) {
        let name = literal(resource, argument);
        assert!((1..=most).contains(&name.len()), "{}: `{name}` has {} characters", resource.address, name.len());
        assert!(name.chars().all(allowed), "{}: `{name}`", resource.address);
        n_checked += 1;
    }
    assert!(n_checked > 0, "there is no {kind}");
}

#[track_caller]
fn literal<'a>(resource: &'a Declaration, argument: &str) -> &'a str {
    resource.argument(argument).text()
}

#[test]
fn names_of_the_longest_suffix_fit() {
    let stack = longest();
    let words = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let lower = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let iam = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    let paths = |c: char| c.is_ascii_alphanumeric() || "_/-".contains(c);
    check(&stack, "aws_lambda_function", "function_name", 64, words);
    check(&stack, "aws_iam_role", "name", 64, iam);
    check(&stack, "aws_iam_policy", "name", 128, iam);
    check(&stack, "aws_kms_alias", "name", 256, paths);
    check(&stack, "aws_cloudwatch_log_group", "name", 512, paths);
    check(&stack, "aws_cloudwatch_log_metric_filter", "name", 512, words);
    check(&stack, "aws_cloudwatch_metric_alarm", "alarm_name", 255, words);
    check(&stack, "aws_cloudwatch_composite_alarm", "alarm_name", 255, words);
    check(&stack, "aws_cloudwatch_dashboard", "dashboard_name", 255, words);
    check(&stack, "aws_sns_topic", "name", 256, words);
    check(&stack, "aws_synthetics_canary", "name", 255, lower);
}

#[test]
fn the_default_bucket_of_the_longest_suffix_fits() {
    let stack = longest();
    let bucket = stack.resource("aws_s3_bucket.canary_artifacts").argument("bucket").to_string();
    let name = bucket.trim_matches('"').replace("${data.aws_caller_identity.current.account_id}", "123456789012");
    assert!((3..=63).contains(&name.len()), "{name}");
    assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}");
}

#[test]
fn policies_have_nothing_that_replaces_deployed_ones() {
    let stack = longest();
    for policy in stack.resources_of("aws_iam_policy") {
        assert_eq!(policy.arguments(), ["policy", "name", "tags"]);
    }
}
