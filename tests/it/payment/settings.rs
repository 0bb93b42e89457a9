//! Terraform's settings.

use super::corrections::equal;
use super::document::{remove, resource};
use serde_json::{Value, json};

pub(super) fn state_is_locked_in_s3(stack: &Value) -> Result<(), String> {
    let settings = &stack["terraform"];
    equal("required_version", &settings["required_version"], ">= 1.10")?;
    let backend = &settings["backend"]["s3"];
    equal("use_lockfile", &backend["use_lockfile"], true)?;
    equal("encrypt", &backend["encrypt"], true)?;
    let suffix = &resource(stack, "aws_lambda_function.payment_processor")["environment"][0]["variables"]["ENVIRONMENT"];
    let suffix = suffix.as_str().ok_or("the function knows no environment")?;
    equal("key", &backend["key"], format!("{suffix}/TapStack{suffix}.tfstate"))
}

pub(super) fn any_terraform(stack: &mut Value) {
    remove(&mut stack["terraform"], "required_version");
}

pub(super) fn unlocked_state(stack: &mut Value) {
    remove(&mut stack["terraform"]["backend"]["s3"], "use_lockfile");
}

pub(super) fn provider_is_aws_6(stack: &Value) -> Result<(), String> {
    let providers = &stack["terraform"]["required_providers"];
    equal("required_providers", providers, json!({ "aws": { "source": "hashicorp/aws", "version": "~> 6.0" } }))
}

pub(super) fn any_provider(stack: &mut Value) {
    remove(&mut stack["terraform"]["required_providers"]["aws"], "version");
}
