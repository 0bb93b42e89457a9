//! Roles that Lambda assumes: for the function, and for the canary, which Synthetics runs as a function.

use tapwasm_aws::iam_policy::IamPolicyBuilder;
use tapwasm_aws::iam_role::IamRoleBuilder;
use tapwasm_aws::{IamRole, IamRolePolicyAttachment, iam_policy, iam_role, iam_role_policy_attachment as attachment};
use tapwasm_guest::{Expr, Stack, Str, Value, json};

/// Starts a role that Lambda can assume.
pub(crate) fn for_lambda(stack: Stack, id: &str) -> IamRoleBuilder {
    let trust = json!({
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" },
        ],
    });
    iam_role(stack, id, iam_role::Required { assume_role_policy: trust.to_json() })
}

/// Starts a policy. It has neither description nor path: either would replace a deployed one.
pub(crate) fn policy(stack: Stack, id: &str, statements: Value) -> IamPolicyBuilder {
    let document = json!({ "Version": "2012-10-17", "Statement": statements });
    iam_policy(stack, id, iam_policy::Required { policy: document.to_json() })
}

/// Attaches a policy to a role.
pub(crate) fn attach(stack: Stack, id: &str, role: IamRole, policy_arn: Expr<Str>) -> IamRolePolicyAttachment {
    attachment(stack, id, attachment::Required { role: role.name(), policy_arn }).declare()
}
