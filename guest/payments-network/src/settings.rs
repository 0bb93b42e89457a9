//! Terraform's own settings and the provider.

use crate::inputs::NetworkInputs;
use tapwasm_guest::{Body, Stack, json};

pub(crate) fn declare(stack: Stack, inputs: &NetworkInputs) {
    let backend = Body::new()
        .set("bucket", &inputs.state_bucket)
        .set("region", &inputs.state_bucket_region)
        .set("key", format!("{}/{}.tfstate", inputs.environment_suffix, inputs.stack_name()))
        .set("use_lockfile", true)
        .set("encrypt", true);
    stack
        .settings()
        // The first version with the lock file.
        .set("required_version", ">= 1.10")
        .block("required_providers", Body::new().set("aws", json!({ "source": "hashicorp/aws", "version": "~> 6.0" })))
        .labelled("backend", "s3", backend)
        .declare();
    stack
        .provider("aws")
        .set("region", &inputs.aws_region)
        .block("default_tags", Body::new().set("tags", inputs.tags()))
        .declare();
}
