//! The key that encrypts the logs.

use crate::PaymentInputs;
use crate::account::Account;
use tapwasm_guest::{Handle, Stack, Value, json, tf};

pub(crate) fn declare(stack: Stack, inputs: &PaymentInputs, account: &Account) -> Handle {
    let key = stack
        .resource("aws_kms_key", "logs_kms_key")
        .set("description", "KMS key for CloudWatch Logs encryption")
        .set("deletion_window_in_days", 7)
        .set("enable_key_rotation", true)
        .set("policy", policy(inputs, account).to_json())
        .set("tags", inputs.name_tag("logs-kms-key"))
        .declare();
    stack
        .resource("aws_kms_alias", "logs_kms_alias")
        .set("name", inputs.named("alias/logs"))
        .set("target_key_id", key.get("key_id"))
        .declare();
    key
}

/// The account decides over the key by its own policies; CloudWatch Logs uses it for log groups of this account and region, no others.
fn policy(inputs: &PaymentInputs, account: &Account) -> Value {
    let Account { id, partition, dns_suffix } = account;
    let region = &inputs.aws_region;
    json!({
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Enable IAM User Permissions",
                "Effect": "Allow",
                "Principal": { "AWS": tf!("arn:{partition}:iam::{id}:root") },
                "Action": "kms:*",
                "Resource": "*",
            },
            {
                "Sid": "Allow CloudWatch Logs",
                "Effect": "Allow",
                "Principal": { "Service": tf!("logs.{region}.{dns_suffix}") },
                "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
                "Resource": "*",
                "Condition": {
                    "ArnLike": { "kms:EncryptionContext:aws:logs:arn": tf!("arn:{partition}:logs:{region}:{id}:log-group:*") },
                },
            },
        ],
    })
}
