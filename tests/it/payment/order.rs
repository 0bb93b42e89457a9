//! What must be there before the function and the canary are.

use super::corrections::check;
use super::document::{items, remove, resource, resource_mut, resources_of};
use serde_json::{Value, json};

const FUNCTION: &str = "aws_lambda_function.payment_processor";
const CANARY: &str = "aws_synthetics_canary.health_check_canary";
const LOG_GROUP: &str = "aws_cloudwatch_log_group.lambda_log_group";

pub(super) fn function_waits_for_log_group_and_attachments(stack: &Value) -> Result<(), String> {
    let name = resource(stack, FUNCTION)["function_name"].as_str().unwrap_or_default();
    check(resource(stack, LOG_GROUP)["name"] == format!("/aws/lambda/{name}"), "the log group is not the function's")?;
    waits_for(stack, FUNCTION, LOG_GROUP)?;
    waits_for_attachments(stack, FUNCTION, "aws_iam_role.lambda_metrics_role")
}

pub(super) fn function_waits_for_nothing(stack: &mut Value) {
    remove(resource_mut(stack, FUNCTION), "depends_on");
}

pub(super) fn function_does_not_wait_for_its_log_group(stack: &mut Value) {
    resource_mut(stack, FUNCTION)["depends_on"]
        .as_array_mut()
        .into_iter()
        .for_each(|waits| waits.retain(|address| *address != json!(LOG_GROUP)));
}

pub(super) fn canary_waits_for_attachments(stack: &Value) -> Result<(), String> {
    waits_for_attachments(stack, CANARY, "aws_iam_role.canary_role")
}

pub(super) fn canary_waits_for_nothing(stack: &mut Value) {
    remove(resource_mut(stack, CANARY), "depends_on");
}

fn waits_for_attachments(stack: &Value, address: &str, role: &str) -> Result<(), String> {
    let attachments = resources_of(stack, "aws_iam_role_policy_attachment");
    let of_role: Vec<_> = attachments.into_iter().filter(|(_, body)| body["role"] == format!("${{{role}.name}}")).collect();
    check(of_role.len() == 2, format!("{role} has not two attachments"))?;
    of_role.iter().try_for_each(|(attachment, _)| waits_for(stack, address, attachment))
}

fn waits_for(stack: &Value, address: &str, other: &str) -> Result<(), String> {
    let waits = items(&resource(stack, address)["depends_on"]).contains(&json!(other));
    check(waits, format!("{address} does not wait for {other}"))
}
