//! The canary: what its role may, how it runs, where its artifacts are.

use super::corrections::{check, deployed, equal};
use super::document::{document, one_or_more, remove, resource, resource_mut, statements_for};
use serde_json::{Value, json};

const CANARY: &str = "aws_synthetics_canary.health_check_canary";
const POLICY: &str = "aws_iam_policy.canary_policy";
const ARN: &str = "${aws_s3_bucket.canary_artifacts.arn}";

pub(super) fn role_may_what_synthetics_asks(stack: &Value) -> Result<(), String> {
    let policy = document(&resource(stack, POLICY)["policy"]);
    let objects = format!("{ARN}/*");
    for (action, on) in [
        ("s3:PutObject", objects.as_str()),
        ("s3:GetObject", &objects),
        ("s3:GetBucketLocation", ARN),
        ("s3:ListAllMyBuckets", "*"),
        ("xray:PutTraceSegments", "*"),
        ("cloudwatch:PutMetricData", "*"),
    ] {
        let statements = statements_for(&policy, action);
        check(statements.len() == 1, format!("{action} is not allowed once"))?;
        check(one_or_more(&statements[0]["Resource"]).contains(&on), format!("{action} is not allowed on {on}"))?;
    }
    only_into_namespace(&policy, "CloudWatchSynthetics")
}

/// Metrics go into one namespace only.
pub(super) fn only_into_namespace(policy: &Value, namespace: &str) -> Result<(), String> {
    statements_for(policy, "cloudwatch:PutMetricData").into_iter().try_for_each(|statement| {
        equal("condition", &statement["Condition"], json!({ "StringEquals": { "cloudwatch:namespace": namespace } }))
    })
}

pub(super) fn deployed_policy(stack: &mut Value) {
    resource_mut(stack, POLICY)["policy"] = resource(&deployed(), POLICY)["policy"].clone();
}

pub(super) fn any_namespace(stack: &mut Value) {
    without_conditions(resource_mut(stack, POLICY));
}

/// Takes the conditions out of a policy.
pub(super) fn without_conditions(policy: &mut Value) {
    let mut text = document(&policy["policy"]);
    for statement in text["Statement"].as_array_mut().into_iter().flatten() {
        statement.as_object_mut().and_then(|statement| statement.remove("Condition"));
    }
    policy["policy"] = json!(text.to_string());
}

pub(super) fn is_traced_and_cleans_up(stack: &Value) -> Result<(), String> {
    let canary = resource(stack, CANARY);
    equal("delete_lambda", &canary["delete_lambda"], true)?;
    equal("active_tracing", &canary["run_config"][0]["active_tracing"], true)
}

pub(super) fn keeps_its_function(stack: &mut Value) {
    remove(resource_mut(stack, CANARY), "delete_lambda");
}

pub(super) fn untraced(stack: &mut Value) {
    remove(resource_mut(stack, CANARY), "run_config");
}

pub(super) fn bucket_is_private_encrypted_and_expires(stack: &Value) -> Result<(), String> {
    let public = companion(stack, "aws_s3_bucket_public_access_block")?;
    for argument in ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"] {
        equal(argument, &public[argument], true)?;
    }
    let encryption = companion(stack, "aws_s3_bucket_server_side_encryption_configuration")?;
    let algorithm = &encryption["rule"][0]["apply_server_side_encryption_by_default"][0]["sse_algorithm"];
    check(algorithm.is_string(), "artifacts are not encrypted")?;
    let rule = &companion(stack, "aws_s3_bucket_lifecycle_configuration")?["rule"][0];
    equal("status", &rule["status"], "Enabled")?;
    check(rule["expiration"][0]["days"].as_u64().is_some_and(|days| days > 0), "artifacts never expire")?;
    // The rule is about what the canary writes.
    let location = resource(stack, CANARY)["artifact_s3_location"].as_str().unwrap_or_default();
    let prefix = rule["filter"][0]["prefix"].as_str().ok_or("the rule is about nothing")?;
    check(format!("{location}/").ends_with(&format!("/{prefix}")), format!("{prefix} is not where the canary writes"))
}

pub(super) fn public_bucket(stack: &mut Value) {
    remove(&mut stack["resource"], "aws_s3_bucket_public_access_block");
}

pub(super) fn plain_bucket(stack: &mut Value) {
    remove(&mut stack["resource"], "aws_s3_bucket_server_side_encryption_configuration");
}

pub(super) fn bucket_for_ever(stack: &mut Value) {
    remove(&mut stack["resource"], "aws_s3_bucket_lifecycle_configuration");
}

fn companion<'a>(stack: &'a Value, kind: &str) -> Result<&'a Value, String> {
    let of_bucket = |body: &&Value| body["bucket"] == "${aws_s3_bucket.canary_artifacts.id}";
    let found = stack["resource"][kind].as_object().into_iter().flatten().map(|(_, body)| body).find(of_bucket);
    found.ok_or(format!("the bucket has no {kind}"))
}
