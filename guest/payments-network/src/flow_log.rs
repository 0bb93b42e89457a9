//! Flow logs: what went through the network, in an encrypted log group.

use crate::account::Account;
use crate::logs_key;
use crate::vpc::Vpc;
use tapwasm_guest::{Expr, Handle, Stack, Str, json, tf};

/// What a record holds. The default lacks what NAT hides (`pkt-…`: the hosts that really talk), which way it went, and where.
const FIELDS: [&str; 21] = [
    "version",
    "account-id",
    "vpc-id",
    "subnet-id",
    "interface-id",
    "srcaddr",
    "dstaddr",
    "srcport",
    "dstport",
    "pkt-srcaddr",
    "pkt-dstaddr",
    "protocol",
    "packets",
    "bytes",
    "start",
    "end",
    "action",
    "tcp-flags",
    "flow-direction",
    "traffic-path",
    "log-status",
];

/// Declares the flow log and all that it needs, and returns its log group.
pub(crate) fn declare(stack: Stack, prefix: &str, vpc: Vpc, account: &Account<'_>, retention_days: u16) -> Handle {
    let name = format!("/vpc/{prefix}/flow-logs");
    // By name: the key must know the group before the group, which names its key, can be made.
    let arn = account.arn("logs", tf!("log-group:{name}"));
    let key = logs_key::declare(stack, prefix, account, &arn);
    let group = stack
        .resource("aws_cloudwatch_log_group", "flow_logs")
        .set("name", &name)
        .set("retention_in_days", retention_days)
        .set("kms_key_id", key.get("arn"))
        .declare();

    let role = role(stack, prefix, account);
    let rights = stack
        .resource("aws_iam_role_policy", "flow_logs")
        .set("name", "write-flow-logs")
        .set("role", role.get("id"))
        .set("policy", rights(account, &arn))
        .declare();
    let format: Vec<String> = FIELDS.iter().map(|field| format!("${{{field}}}")).collect();
    stack
        .resource("aws_flow_log", "main")
        .set("vpc_id", vpc.main.get("id"))
        .set("traffic_type", "ALL")
        .set("max_aggregation_interval", 60)
        .set("log_destination_type", "cloud-watch-logs")
        .set("log_destination", group.get("arn"))
        .set("log_format", format.join(" "))
        .set("iam_role_arn", role.get("arn"))
        .set("tags", json!({ "Name": prefix }))
        // It delivers with these rights from its first minute.
        .depends_on([rights])
        .declare();
    group
}

fn role(stack: Stack, prefix: &str, account: &Account<'_>) -> Handle {
    let trust = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "Service": "vpc-flow-logs.amazonaws.com" },
            "Action": "sts:AssumeRole",
            // The service acts for everybody: only on behalf of this account's flow logs may it take this role.
            "Condition": {
                "StringEquals": { "aws:SourceAccount": account.id },
                "ArnLike": { "aws:SourceArn": account.arn("ec2", "vpc-flow-log/*") },
            },
        }],
    });
    stack
        .resource("aws_iam_role", "flow_logs")
        .set("name", format!("{prefix}-flow-logs"))
        .set("assume_role_policy", trust.to_json())
        .declare()
}

/// What AWS asks for but `logs:CreateLogGroup`: a group that the service makes by itself would be neither encrypted nor ever emptied.
fn rights(account: &Account<'_>, group: &Expr<Str>) -> Expr<Str> {
    json!({
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                "Resource": tf!("{group}:*"),
            },
            {
                // Cannot be limited to one group.
                "Effect": "Allow",
                "Action": "logs:DescribeLogGroups",
                "Resource": account.arn("logs", "log-group:*"),
            },
        ],
    })
    .to_json()
}
