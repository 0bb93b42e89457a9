//! Terraform's own settings and the provider.

use crate::PaymentInputs;
use tapwasm_guest::{Body, Stack, json};

pub(crate) fn declare(stack: Stack, inputs: &PaymentInputs) {
    stack
        .settings()
        // The first that locks a state in S3 without DynamoDB.
        .set("required_version", ">= 1.10")
        .block("required_providers", Body::new().set("aws", json!({ "source": "hashicorp/aws", "version": "~> 6.0" })))
        .labelled("backend", "s3", state(inputs))
        .declare();
    stack
        .provider("aws")
        .set("region", &inputs.aws_region)
        .block("default_tags", Body::new().set("tags", &inputs.default_tags))
        .declare();
}

fn state(inputs: &PaymentInputs) -> Body {
    Body::new()
        .set("bucket", &inputs.state_bucket)
        .set("key", format!("{}/{}.tfstate", inputs.environment_suffix, inputs.stack_name()))
        .set("region", &inputs.state_bucket_region)
        .set("encrypt", true)
        .set("use_lockfile", true)
}
