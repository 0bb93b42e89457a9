//! Roles that Lambda assumes: for the function, and for the canary, which Synthetics runs as a function.

use tapwasm_guest::{Builder, Expr, Handle, Stack, Str, Value, json};

/// Starts a role that Lambda can assume.
pub(crate) fn for_lambda(stack: Stack, id: &str) -> Builder<Handle> {
    let trust = json!({
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" },
        ],
    });
    stack.resource("aws_iam_role", id).set("assume_role_policy", trust.to_json())
}

/// Starts a policy. It has neither description nor path: either would replace a deployed one.
pub(crate) fn policy(stack: Stack, id: &str, statements: Value) -> Builder<Handle> {
    let document = json!({ "Version": "2012-10-17", "Statement": statements });
    stack.resource("aws_iam_policy", id).set("policy", document.to_json())
}

/// Attaches a policy to a role.
pub(crate) fn attach(stack: Stack, id: &str, role: Handle, policy_arn: Expr<Str>) -> Handle {
    stack.resource("aws_iam_role_policy_attachment", id).set("role", role.get("name")).set("policy_arn", policy_arn).declare()
}
