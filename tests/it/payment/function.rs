//! What the function's role may.

use super::canary::{only_into_namespace, without_conditions};
use super::corrections::{check, deployed};
use super::document::{document, items, one_or_more, resource, resource_mut, statements_for};
use serde_json::{Value, json};

const POLICY: &str = "aws_iam_policy.lambda_custom_policy";
const ACTIONS: [&str; 3] = ["cloudwatch:PutMetricData", "xray:PutTraceSegments", "xray:PutTelemetryRecords"];

pub(super) fn role_may_only_send_its_metrics_and_traces(stack: &Value) -> Result<(), String> {
    let policy = document(&resource(stack, POLICY)["policy"]);
    for action in ACTIONS {
        check(!statements_for(&policy, action).is_empty(), format!("{action} is not allowed"))?;
    }
    for action in items(&policy["Statement"]).iter().flat_map(|statement| one_or_more(&statement["Action"])) {
        check(ACTIONS.contains(&action), format!("{action} is allowed, for which it has a managed policy or no use"))?;
    }
    only_into_namespace(&policy, "PaymentProcessing/Custom")
}

pub(super) fn deployed_policy(stack: &mut Value) {
    resource_mut(stack, POLICY)["policy"] = resource(&deployed(), POLICY)["policy"].clone();
}

pub(super) fn any_namespace(stack: &mut Value) {
    without_conditions(resource_mut(stack, POLICY));
}

pub(super) fn untraced(stack: &mut Value) {
    let policy = resource_mut(stack, POLICY);
    let mut text = document(&policy["policy"]);
    text["Statement"].as_array_mut().into_iter().for_each(|statements| statements.truncate(1));
    policy["policy"] = json!(text.to_string());
}
