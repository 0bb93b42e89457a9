//! The key of the logs.

use super::corrections::{check, deployed, equal};
use super::document::{document, items, one_or_more, resource, resource_mut, statements_for};
use serde_json::{Value, json};

const KEY: &str = "aws_kms_key.logs_kms_key";

pub(super) fn key_is_for_log_groups_of_the_account(stack: &Value) -> Result<(), String> {
    let policy = document(&resource(stack, KEY)["policy"]);
    let region = stack["provider"]["aws"]["region"].as_str().ok_or("the provider has no region")?;
    let account = "${data.aws_caller_identity.current.account_id}";
    let partition = "${data.aws_partition.current.partition}";
    let service = format!("logs.{region}.${{data.aws_partition.current.dns_suffix}}");
    let of_logs = items(&policy["Statement"]).iter().find(|statement| statement["Principal"]["Service"] == service.as_str());
    let of_logs = of_logs.ok_or(format!("no statement is for {service}"))?;
    for action in ["Encrypt", "Decrypt", "ReEncryptFrom", "GenerateDataKey", "DescribeKey"] {
        check(
            !statements_for(&json!({ "Statement": [of_logs] }), &format!("kms:{action}")).is_empty(),
            format!("{action} is missing"),
        )?;
    }
    check(!one_or_more(&of_logs["Action"]).contains(&"kms:CreateGrant"), "CloudWatch Logs may give grants")?;
    let log_groups = format!("arn:{partition}:logs:{region}:{account}:log-group:*");
    equal("condition", &of_logs["Condition"], json!({ "ArnLike": { "kms:EncryptionContext:aws:logs:arn": log_groups } }))?;
    let of_account = items(&policy["Statement"]).iter().find(|statement| statement["Action"] == "kms:*");
    let root = format!("arn:{partition}:iam::{account}:root");
    equal("the account's principal", &of_account.ok_or("nobody rules over the key")?["Principal"], json!({ "AWS": root }))
}

pub(super) fn deployed_policy(stack: &mut Value) {
    resource_mut(stack, KEY)["policy"] = resource(&deployed(), KEY)["policy"].clone();
}

pub(super) fn grants(stack: &mut Value) {
    change(stack, |of_logs| {
        of_logs["Action"].as_array_mut().into_iter().for_each(|actions| actions.push(json!("kms:CreateGrant")))
    });
}

pub(super) fn any_context(stack: &mut Value) {
    change(stack, |of_logs| super::document::remove(of_logs, "Condition"));
}

fn change(stack: &mut Value, change: impl Fn(&mut Value)) {
    let key = resource_mut(stack, KEY);
    let mut policy = document(&key["policy"]);
    let statements = policy["Statement"].as_array_mut().into_iter().flatten();
    statements.filter(|statement| statement["Principal"]["Service"].is_string()).for_each(change);
    key["policy"] = json!(policy.to_string());
}
