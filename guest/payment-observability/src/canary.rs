//! The canary that opens the health check every five minutes, and the bucket of what it records.

use crate::account::Account;
use crate::{PaymentInputs, role};
use tapwasm_guest::{Body, Expr, Handle, Stack, Str, json, tf};

const SCRIPT: &[u8] = include_bytes!("../canary/index.js");

/// Where in the bucket the canary's artifacts are.
const ARTIFACTS: &str = "canary-results";

/// CloudWatch keeps the canary's runs as long by default: what they refer to is there as long as they are.
const ARTIFACT_DAYS: u8 = 31;

pub(crate) fn declare(stack: Stack, inputs: &PaymentInputs, account: &Account) {
    let bucket = artifacts(stack, inputs, account);
    let role = role::for_lambda(stack, "canary_role")
        .set("name", inputs.named("synthetics-canary-role"))
        .set("tags", inputs.name_tag("canary-role"))
        .declare();
    let basic_execution = role::attach(stack, "canary_basic_execution", role, account.basic_execution_policy());
    let policy = policy(stack, inputs, bucket);
    let own_policy = role::attach(stack, "canary_policy_attachment", role, policy.attr("arn"));

    // The canary has no hash of its code: a changed script is deployed because its path carries the digest.
    let code = stack.zip("health-check", &[("nodejs/node_modules/index.js", SCRIPT)]);
    let run = Body::new()
        .set("timeout_in_seconds", 60)
        .set("active_tracing", true)
        .set("environment_variables", json!({ "HEALTH_CHECK_URL": &inputs.health_check_url }));
    stack
        .resource("aws_synthetics_canary", "health_check_canary")
        .set("name", inputs.named("health-check"))
        .set("runtime_version", &inputs.canary_runtime)
        .set("handler", "index.handler")
        .set("zip_file", code.path)
        .set("execution_role_arn", role.get("arn"))
        .set("artifact_s3_location", tf!("s3://{}/{ARTIFACTS}", bucket.get("bucket")))
        .block("schedule", Body::new().set("expression", "rate(5 minutes)"))
        .block("run_config", run)
        .set("start_canary", true)
        .set("delete_lambda", true)
        .set("tags", inputs.name_tag("health-canary"))
        .depends_on([basic_execution, own_policy])
        .declare();
}

fn artifacts(stack: Stack, inputs: &PaymentInputs, account: &Account) -> Handle {
    let bucket = stack
        .resource("aws_s3_bucket", "canary_artifacts")
        .set("bucket", bucket_name(inputs, account))
        .set("force_destroy", true)
        .set("tags", inputs.name_tag("canary-bucket"))
        .declare();
    stack
        .resource("aws_s3_bucket_public_access_block", "canary_artifacts_public_access")
        .set("bucket", bucket.get("id"))
        .set("block_public_acls", true)
        .set("block_public_policy", true)
        .set("ignore_public_acls", true)
        .set("restrict_public_buckets", true)
        .declare();
    let encryption = Body::new().set("sse_algorithm", "AES256");
    stack
        .resource("aws_s3_bucket_server_side_encryption_configuration", "canary_artifacts_encryption")
        .set("bucket", bucket.get("id"))
        .block("rule", Body::new().block("apply_server_side_encryption_by_default", encryption))
        .declare();
    let expire = Body::new()
        .set("id", "expire")
        .set("status", "Enabled")
        .block("filter", Body::new().set("prefix", format!("{ARTIFACTS}/")))
        .block("expiration", Body::new().set("days", ARTIFACT_DAYS));
    stack
        .resource("aws_s3_bucket_lifecycle_configuration", "canary_artifacts_expiration")
        .set("bucket", bucket.get("id"))
        .block("rule", expire)
        .declare();
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
fn policy(stack: Stack, inputs: &PaymentInputs, bucket: Handle) -> Handle {
    let arn = bucket.get("arn");
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
        .set("name", inputs.named("synthetics-canary-policy"))
        .set("tags", inputs.name_tag("canary-policy"))
        .declare()
}
