//! Terraform's own settings and the provider.

use crate::PaymentInputs;
use tapwasm_aws::provider::{DefaultTags, provider};
use tapwasm_guest::{S3Backend, Stack};

pub(crate) fn declare(stack: Stack, inputs: &PaymentInputs) {
    stack
        .settings()
        // The first that locks a state in S3 without DynamoDB.
        .required_version(">= 1.10")
        .required_provider("aws", "hashicorp/aws", "~> 6.0")
        .backend(state(inputs))
        .declare();
    provider(stack).region(&inputs.aws_region).default_tags(DefaultTags::new().tags(&inputs.default_tags)).declare();
}

fn state(inputs: &PaymentInputs) -> S3Backend {
    let key = format!("{}/{}.tfstate", inputs.environment_suffix, inputs.stack_name());
    S3Backend::new(&inputs.state_bucket, key, &inputs.state_bucket_region).encrypt(true).use_lockfile(true)
}
