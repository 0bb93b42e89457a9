//! The function that processes a payment and reports it.

use crate::account::Account;
use crate::{PaymentInputs, role};
use tapwasm_aws::lambda_function::{Environment, TracingConfig};
use tapwasm_aws::{CloudwatchLogGroup, IamPolicy, lambda_function};
use tapwasm_guest::{Stack, json};

/// Where the function's metrics are. All environments share it: what reads them says which environment it means.
pub(crate) const METRICS_NAMESPACE: &str = "PaymentProcessing/Custom";

const CODE: &[u8] = include_bytes!("../lambda/payment_metrics.py");

pub(crate) fn name(inputs: &PaymentInputs) -> String {
    inputs.named("payment-processor")
}

pub(crate) fn declare(stack: Stack, inputs: &PaymentInputs, account: &Account, log_group: CloudwatchLogGroup) {
    let role = role::for_lambda(stack, "lambda_metrics_role")
        .name(inputs.named("lambda-metrics-role"))
        .tags(inputs.name_tag("lambda-role"))
        .declare();
    let basic_execution = role::attach(stack, "lambda_basic_execution", role, account.basic_execution_policy());
    let policy = policy(stack, inputs);
    let own_policy = role::attach(stack, "lambda_custom_policy_attachment", role, policy.arn());

    let code = stack.zip("payment-processor", &[("payment_metrics.py", CODE)]);
    let variables = json!({
        "ENVIRONMENT": &inputs.environment_suffix,
        "LOG_LEVEL": "INFO",
        "DB_INSTANCE": inputs.db_instance_identifier(),
    });
    lambda_function(stack, "payment_processor", lambda_function::Required { function_name: name(inputs), role: role.arn() })
        .runtime(&inputs.lambda_runtime)
        .handler("payment_metrics.lambda_handler")
        .filename(code.path)
        .source_code_hash(code.sha256_base64)
        .layers((!inputs.lambda_layers.is_empty()).then_some(&inputs.lambda_layers))
        .timeout(30)
        .memory_size(256)
        .environment(Environment::new().variables(variables))
        .tracing_config(TracingConfig { mode: "Active" })
        .tags(inputs.name_tag("payment-processor"))
        // Lambda makes the log group itself, without key and retention, if the function runs before it is there.
        .depends_on((log_group, basic_execution, own_policy))
        .declare();
}

/// What the function does beyond writing its logs, which the managed policy allows.
fn policy(stack: Stack, inputs: &PaymentInputs) -> IamPolicy {
    let statements = json!([
        {
            "Effect": "Allow",
            "Action": ["cloudwatch:PutMetricData"],
            "Resource": "*",
            "Condition": { "StringEquals": { "cloudwatch:namespace": METRICS_NAMESPACE } },
        },
        {
            "Effect": "Allow",
            "Action": ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
            "Resource": "*",
        },
    ]);
    role::policy(stack, "lambda_custom_policy", statements)
        .name(inputs.named("lambda-observability"))
        .tags(inputs.name_tag("lambda-policy"))
        .declare()
}
