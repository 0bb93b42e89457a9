//! The key that encrypts the logs.

use crate::PaymentInputs;
use crate::account::Account;
use tapwasm_aws::{KmsKey, kms_alias, kms_key};
use tapwasm_guest::{Stack, Value, json, tf};

pub(crate) fn declare(stack: Stack, inputs: &PaymentInputs, account: &Account) -> KmsKey {
    let key = kms_key(stack, "logs_kms_key")
        .description("KMS key for CloudWatch Logs encryption")
        .deletion_window_in_days(7)
        .enable_key_rotation(true)
        .policy(policy(inputs, account).to_json())
        .tags(inputs.name_tag("logs-kms-key"))
        .declare();
    let required = kms_alias::Required { target_key_id: key.key_id() };
    kms_alias(stack, "logs_kms_alias", required).name(inputs.named("alias/logs")).declare();
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
