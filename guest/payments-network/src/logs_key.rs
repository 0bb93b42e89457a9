//! The key of the flow logs.

use crate::account::Account;
use tapwasm_guest::{Expr, Handle, Stack, Str, json, tf};

/// Declares a key that CloudWatch Logs may use for this log group and no other.
pub(crate) fn declare(stack: Stack, prefix: &str, account: &Account<'_>, log_group: &Expr<Str>) -> Handle {
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
    let key = stack
        .resource("aws_kms_key", "logs")
        .set("description", tf!("Flow logs of {prefix}"))
        .set("enable_key_rotation", true)
        .set("deletion_window_in_days", 30)
        .set("policy", policy.to_json())
        .set("tags", json!({ "Name": format!("{prefix}-flow-logs") }))
        .declare();
    stack
        .resource("aws_kms_alias", "logs")
        .set("name", format!("alias/{prefix}-flow-logs"))
        .set("target_key_id", key.get("key_id"))
        .declare();
    key
}
