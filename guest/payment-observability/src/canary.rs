//! The canary that opens the health check every five minutes, and the bucket of what it records.

use crate::account::Account;
use crate::{PaymentInputs, role};
use tapwasm_aws::s3_bucket_lifecycle_configuration as lifecycle;
use tapwasm_aws::s3_bucket_public_access_block as public_access;
use tapwasm_aws::s3_bucket_server_side_encryption_configuration as encryption;
use tapwasm_aws::synthetics_canary::{RunConfig, Schedule};
use tapwasm_aws::{IamPolicy, S3Bucket, s3_bucket, synthetics_canary};
use tapwasm_guest::{Expr, Stack, Str, json, tf};

const SCRIPT: &[u8] = include_bytes!("../canary/index.js");

/// Where in the bucket the canary's artifacts are.
const ARTIFACTS: &str = "canary-results";

/// CloudWatch keeps the canary's runs as long by default: what they refer to is there as long as they are.
const ARTIFACT_DAYS: u8 = 31;

pub(crate) fn declare(stack: Stack, inputs: &PaymentInputs, account: &Account) {
    let bucket = artifacts(stack, inputs, account);
    let role = role::for_lambda(stack, "canary_role")
        .name(inputs.named("synthetics-canary-role"))
        .tags(inputs.name_tag("canary-role"))
        .declare();
    let basic_execution = role::attach(stack, "canary_basic_execution", role, account.basic_execution_policy());
    let policy = policy(stack, inputs, bucket);
    let own_policy = role::attach(stack, "canary_policy_attachment", role, policy.arn());

    // The canary has no hash of its code: a changed script is deployed because its path carries the digest.
    let code = stack.zip("health-check", &[("nodejs/node_modules/index.js", SCRIPT)]);
    let variables = [("HEALTH_CHECK_URL", &inputs.health_check_url)];
    let required = synthetics_canary::Required {
        name: inputs.named("health-check"),
        runtime_version: &inputs.canary_runtime,
        handler: "index.handler",
        execution_role_arn: role.arn(),
        artifact_s3_location: tf!("s3://{}/{ARTIFACTS}", bucket.bucket()),
        schedule: Schedule { expression: "rate(5 minutes)" },
    };
    synthetics_canary(stack, "health_check_canary", required)
        .zip_file(code.path)
        .run_config(RunConfig::new().timeout_in_seconds(60).active_tracing(true).environment_variables(variables))
        .start_canary(true)
        .delete_lambda(true)
        .tags(inputs.name_tag("health-canary"))
        .depends_on([basic_execution, own_policy])
        .declare();
}

fn artifacts(stack: Stack, inputs: &PaymentInputs, account: &Account) -> S3Bucket {
    let bucket = s3_bucket(stack, "canary_artifacts")
        .bucket(bucket_name(inputs, account))
        .force_destroy(true)
        .tags(inputs.name_tag("canary-bucket"))
        .declare();
    public_access(stack, "canary_artifacts_public_access", public_access::Required { bucket: bucket.id() })
        .block_public_acls(true)
        .block_public_policy(true)
        .ignore_public_acls(true)
        .restrict_public_buckets(true)
        .declare();
    let default = encryption::ApplyServerSideEncryptionByDefault { sse_algorithm: "AES256" };
    let rule = encryption::Rule::new().apply_server_side_encryption_by_default(default);
    encryption(stack, "canary_artifacts_encryption", encryption::Required { bucket: bucket.id(), rule }).declare();
    let expire = lifecycle::Rule { id: "expire", status: "Enabled" }
        .with()
        .filter(lifecycle::Filter::new().prefix(format!("{ARTIFACTS}/")))
        .expiration(lifecycle::Expiration::new().days(ARTIFACT_DAYS));
    lifecycle(stack, "canary_artifacts_expiration", lifecycle::Required { bucket: bucket.id() }).rule(expire).declare();
    bucket
}

/// Names of buckets are global: the account's number makes the default one's own.
fn bucket_name(inputs: &PaymentInputs, account: &Account) -> Expr<Str> {
    match &inputs.canary_bucket {
        Some(name) => tf!("{name}"),
        None => tf!("canary-artifacts-{}-{}", inputs.environment_suffix, account.id),
    }
}

/// What Synthetics asks of a canary's role beyond writing its logs, which the managed policy allows.
fn policy(stack: Stack, inputs: &PaymentInputs, bucket: S3Bucket) -> IamPolicy {
    let arn = bucket.arn();
    let statements = json!([
        {
            "Effect": "Allow",
            "Action": ["s3:PutObject", "s3:GetObject"],
            "Resource": tf!("{arn}/*"),
        },
        {
            "Effect": "Allow",
            "Action": ["s3:GetBucketLocation", "s3:ListBucket"],
            "Resource": arn,
        },
        {
            "Effect": "Allow",
            "Action": ["s3:ListAllMyBuckets", "xray:PutTraceSegments"],
            "Resource": "*",
        },
        {
            "Effect": "Allow",
            "Action": ["cloudwatch:PutMetricData"],
            "Resource": "*",
            "Condition": { "StringEquals": { "cloudwatch:namespace": "CloudWatchSynthetics" } },
        },
    ]);
    role::policy(stack, "canary_policy", statements)
        .name(inputs.named("synthetics-canary-policy"))
        .tags(inputs.name_tag("canary-policy"))
        .declare()
}
