//! Flow logs: what went through the network, in an encrypted log group.

use crate::account::Account;
use crate::logs_key;
use crate::vpc::Vpc;
use tapwasm_aws::{CloudwatchLogGroup, IamRole, cloudwatch_log_group, flow_log, iam_role, iam_role_policy};
use tapwasm_guest::{Expr, Stack, Str, json, tf};

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
pub(crate) fn declare(stack: Stack, prefix: &str, vpc: Vpc, account: &Account<'_>, retention_days: u16) -> CloudwatchLogGroup {
    let name = format!("/vpc/{prefix}/flow-logs");
    // By name: the key must know the group before the group, which names its key, can be made.
    let arn = account.arn("logs", tf!("log-group:{name}"));
    let key = logs_key::declare(stack, prefix, account, &arn);
    let group =
        cloudwatch_log_group(stack, "flow_logs").name(&name).retention_in_days(retention_days).kms_key_id(key.arn()).declare();

    let role = role(stack, prefix, account);
    let required = iam_role_policy::Required { role: role.id(), policy: rights(account, &arn) };
    let rights = iam_role_policy(stack, "flow_logs", required).name("write-flow-logs").declare();
    let format: Vec<String> = FIELDS.iter().map(|field| format!("${{{field}}}")).collect();
    flow_log(stack, "main")
        .vpc_id(vpc.main.id())
        .traffic_type("ALL")
        .max_aggregation_interval(60)
        .log_destination_type("cloud-watch-logs")
        .log_destination(group.arn())
        .log_format(format.join(" "))
        .iam_role_arn(role.arn())
        .tags([("Name", prefix)])
        // It delivers with these rights from its first minute.
        .depends_on([rights])
        .declare();
    group
}

fn role(stack: Stack, prefix: &str, account: &Account<'_>) -> IamRole {
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
    let required = iam_role::Required { assume_role_policy: trust.to_json() };
    iam_role(stack, "flow_logs", required).name(format!("{prefix}-flow-logs")).declare()
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
