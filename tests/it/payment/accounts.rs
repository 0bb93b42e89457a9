//! Account and partition are asked for.

use super::corrections::{check, deployed, equal};
use super::document::{remove, resource, resource_mut};
use serde_json::{Value, json};

pub(super) fn are_asked_for(stack: &Value) -> Result<(), String> {
    equal("data.aws_caller_identity", &stack["data"]["aws_caller_identity"], json!({ "current": {} }))?;
    equal("data.aws_partition", &stack["data"]["aws_partition"], json!({ "current": {} }))
}

pub(super) fn without_data_sources(stack: &mut Value) {
    remove(stack, "data");
}

pub(super) fn without_partition(stack: &mut Value) {
    remove(&mut stack["data"], "aws_partition");
}

pub(super) fn no_arn_names_a_partition(stack: &Value) -> Result<(), String> {
    let text = stack.to_string();
    let found =
        text.match_indices("arn:").find(|(at, _)| !text[at + 4..].starts_with("${data.aws_partition.current.partition}:"));
    check(
        found.is_none(),
        format!("an ARN of one partition: {}", &text[found.map_or(0, |(at, _)| at)..].chars().take(80).collect::<String>()),
    )
}

pub(super) fn managed_policy_of_one_partition(stack: &mut Value) {
    let address = "aws_iam_role_policy_attachment.canary_basic_execution";
    resource_mut(stack, address)["policy_arn"] = resource(&deployed(), address)["policy_arn"].clone();
}

pub(super) fn key_policy_of_one_partition(stack: &mut Value) {
    super::encryption::deployed_policy(stack);
}
