//! The flow log, its key and its rights.

use super::dev;
use serde_json::json;

const ACCOUNT: &str = "${data.aws_caller_identity.current.account_id}";
const PARTITION: &str = "${data.aws_partition.current.partition}";

fn arn(service: &str, resource: &str) -> String {
    format!("arn:{PARTITION}:{service}:us-east-1:{ACCOUNT}:{resource}")
}

#[test]
fn all_traffic_is_logged_with_what_nat_hides() {
    let stack = dev("{}");
    let log = stack.resource("aws_flow_log.main");
    assert_eq!(log.argument("vpc_id").to_string(), "aws_vpc.main.id");
    assert_eq!(log.argument("traffic_type"), "ALL");
    assert_eq!(log.argument("log_destination_type"), "cloud-watch-logs");
    assert_eq!(log.argument("log_destination").to_string(), "aws_cloudwatch_log_group.flow_logs.arn");
    assert_eq!(log.argument("iam_role_arn").to_string(), "aws_iam_role.flow_logs.arn");
    assert_eq!(log.meta.argument("depends_on").to_string(), "[aws_iam_role_policy.flow_logs]");
    // The fields are AWS's templates, not Terraform's: literal text.
    let format = log.argument("log_format").text();
    assert!(format.starts_with("${version} ${account-id} ${vpc-id} "), "{format}");
    assert!(format.contains(" ${pkt-srcaddr} ${pkt-dstaddr} "), "{format}");
}

#[test]
fn the_log_group_is_encrypted_and_kept_for_the_days_given() {
    let stack = dev(r#"{ "log_retention_days": 365 }"#);
    let group = stack.resource("aws_cloudwatch_log_group.flow_logs");
    assert_eq!(group.argument("name"), "/vpc/payments-dev/flow-logs");
    assert_eq!(group.argument("kms_key_id").to_string(), "aws_kms_key.logs.arn");
    assert_eq!(group.argument("retention_in_days"), 365);
    assert_eq!(dev("{}").resource("aws_cloudwatch_log_group.flow_logs").argument("retention_in_days"), 90);
}

#[test]
fn the_key_is_for_this_log_group_only() {
    let stack = dev("{}");
    let key = stack.resource("aws_kms_key.logs");
    assert_eq!(key.argument("enable_key_rotation"), true);
    let policy = key.argument("policy").json();
    let [account, logs] = policy["Statement"].as_array().expect("statements").as_slice() else { panic!("{policy}") };
    assert_eq!(account["Principal"], json!({ "AWS": format!("arn:{PARTITION}:iam::{ACCOUNT}:root") }));
    assert_eq!(logs["Principal"], json!({ "Service": "logs.us-east-1.${data.aws_partition.current.dns_suffix}" }));
    let group = arn("logs", "log-group:/vpc/payments-dev/flow-logs");
    assert_eq!(logs["Condition"], json!({ "ArnLike": { "kms:EncryptionContext:aws:logs:arn": group } }));
    assert!(!logs["Action"].to_string().contains("CreateGrant"));
}

#[test]
fn only_flow_logs_of_this_account_take_the_role() {
    let stack = dev("{}");
    let trust = stack.resource("aws_iam_role.flow_logs").argument("assume_role_policy").json();
    assert_eq!(
        trust["Statement"],
        json!([{
            "Effect": "Allow",
            "Principal": { "Service": "vpc-flow-logs.amazonaws.com" },
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": { "aws:SourceAccount": ACCOUNT },
                "ArnLike": { "aws:SourceArn": arn("ec2", "vpc-flow-log/*") },
            },
        }])
    );
}

#[test]
fn the_role_writes_to_this_log_group_and_makes_none() {
    let stack = dev("{}");
    let rights = stack.resource("aws_iam_role_policy.flow_logs").argument("policy").json();
    assert_eq!(
        rights["Statement"],
        json!([
            {
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                "Resource": arn("logs", "log-group:/vpc/payments-dev/flow-logs:*"),
            },
            { "Effect": "Allow", "Action": "logs:DescribeLogGroups", "Resource": arn("logs", "log-group:*") },
        ])
    );
}
