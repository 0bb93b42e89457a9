//! The compliance list of the guest's README: each of its lines is one of these tests, and names it.

use super::corrections::{check, equal};
use super::document::{remove, resource, resource_mut, resources, resources_of};
use super::{emitted, tags};
use serde_json::{Value, json};

/// The types of the stack that cannot carry tags; `judge` compares this with the provider's schema.
pub(super) const WITHOUT_TAGS: [&str; 8] = [
    "aws_cloudwatch_dashboard",
    "aws_cloudwatch_log_metric_filter",
    "aws_iam_role_policy_attachment",
    "aws_kms_alias",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_sns_topic_subscription",
];

#[track_caller]
fn check_stacks(line: fn(&Value) -> Result<(), String>) {
    for inputs in [&["environment_suffix=dev"], &["environment_suffix=prod"]] {
        line(&emitted(inputs)).unwrap_or_else(|message| panic!("{inputs:?}: {message}"));
    }
}

#[test]
fn declared_log_groups_are_encrypted_with_the_stacks_key() {
    check_stacks(log_groups_are_encrypted);
}

#[test]
fn declared_log_groups_are_kept_90_days() {
    check_stacks(log_groups_are_kept_90_days);
}

#[test]
fn every_type_that_can_carry_tags_is_tagged() {
    check_stacks(what_can_be_tagged_is);
}

#[test]
fn x_ray_is_on_for_the_function() {
    check_stacks(function_is_traced);
}

#[test]
fn x_ray_is_on_for_the_canary() {
    check_stacks(canary_is_traced);
}

pub(super) fn log_groups_are_encrypted(stack: &Value) -> Result<(), String> {
    let log_groups = resources_of(stack, "aws_cloudwatch_log_group");
    check(log_groups.len() == 3, "there are not three log groups")?;
    let key = "${aws_kms_key.logs_kms_key.arn}";
    log_groups.iter().try_for_each(|(address, log_group)| equal(&format!("{address}: key"), &log_group["kms_key_id"], key))
}

pub(super) fn plain_log_group(stack: &mut Value) {
    remove(resource_mut(stack, "aws_cloudwatch_log_group.rds_log_group"), "kms_key_id");
}

pub(super) fn log_groups_are_kept_90_days(stack: &Value) -> Result<(), String> {
    let log_groups = resources_of(stack, "aws_cloudwatch_log_group");
    check(log_groups.len() == 3, "there are not three log groups")?;
    log_groups.iter().try_for_each(|(address, log_group)| equal(&format!("{address}: days"), &log_group["retention_in_days"], 90))
}

pub(super) fn log_group_for_ever(stack: &mut Value) {
    remove(resource_mut(stack, "aws_cloudwatch_log_group.lambda_log_group"), "retention_in_days");
}

pub(super) fn what_can_be_tagged_is(stack: &Value) -> Result<(), String> {
    tags::default_tags_arrive(stack)?;
    for (address, body) in resources(stack) {
        let untaggable = WITHOUT_TAGS.iter().any(|kind| address.split_once('.').is_some_and(|(known, _)| known == *kind));
        check(untaggable || body["tags"]["Name"].is_string(), format!("{address} has no name tag"))?;
    }
    Ok(())
}

pub(super) fn function_is_traced(stack: &Value) -> Result<(), String> {
    let functions = resources_of(stack, "aws_lambda_function");
    check(functions.len() == 1, "there is not one function")?;
    functions.iter().try_for_each(|(_, function)| equal("tracing", &function["tracing_config"], json!([{ "mode": "Active" }])))
}

pub(super) fn untraced_function(stack: &mut Value) {
    remove(resource_mut(stack, "aws_lambda_function.payment_processor"), "tracing_config");
}

pub(super) fn canary_is_traced(stack: &Value) -> Result<(), String> {
    let canary = resource(stack, "aws_synthetics_canary.health_check_canary");
    equal("active_tracing", &canary["run_config"][0]["active_tracing"], true)
}
