//! Terraform's own settings and the provider.

use crate::inputs::NetworkInputs;
use tapwasm_aws::provider::{DefaultTags, provider};
use tapwasm_guest::{S3Backend, Stack};

pub(crate) fn declare(stack: Stack, inputs: &NetworkInputs) {
    let key = format!("{}/{}.tfstate", inputs.environment_suffix, inputs.stack_name());
    let backend = S3Backend::new(&inputs.state_bucket, key, &inputs.state_bucket_region).encrypt(true).use_lockfile(true);
    stack
        .settings()
        // The first version with the lock file.
        .required_version(">= 1.10")
        .required_provider("aws", "hashicorp/aws", "~> 6.0")
        .backend(backend)
        .declare();
    provider(stack).region(&inputs.aws_region).default_tags(DefaultTags::new().tags(inputs.tags())).declare();
}
