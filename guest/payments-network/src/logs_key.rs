//! The key of the flow logs.

use crate::account::Account;
use tapwasm_aws::{KmsKey, kms_alias, kms_key};
use tapwasm_guest::{Expr, Stack, Str, json, tf};

/// Declares a key that CloudWatch Logs may use for this log group and no other.
pub(crate) fn declare(stack: Stack, prefix: &str, account: &Account<'_>, log_group: &Expr<Str>) -> KmsKey {
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [
            {
                // Without it nobody could change the key any more; IAM's policies say who may.
                "Sid": "Account",
                "Effect": "Allow",
                "Principal": { "AWS": account.root() },
                "Action": "kms:*",
                "Resource": "*",
            },
            {
                "Sid": "FlowLogs",
                "Effect": "Allow",
                "Principal": { "Service": account.logs_principal() },
                "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
                "Resource": "*",
                "Condition": { "ArnLike": { "kms:EncryptionContext:aws:logs:arn": log_group } },
            },
        ],
    });
    let key = kms_key(stack, "logs")
        .description(tf!("Flow logs of {prefix}"))
        .enable_key_rotation(true)
        .deletion_window_in_days(30)
        .policy(policy.to_json())
        .tags([("Name", format!("{prefix}-flow-logs"))])
        .declare();
    let required = kms_alias::Required { target_key_id: key.key_id() };
    kms_alias(stack, "logs", required).name(format!("alias/{prefix}-flow-logs")).declare();
    key
}
