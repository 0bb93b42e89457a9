//! The function that processes a payment and reports it.

use crate::account::Account;
use crate::{PaymentInputs, role};
use tapwasm_guest::{Body, Handle, Stack, json};

/// Where the function's metrics are. All environments share it: what reads them says which environment it means.
pub(crate) const METRICS_NAMESPACE: &str = "PaymentProcessing/Custom";

const CODE: &[u8] = include_bytes!("../lambda/payment_metrics.py");

pub(crate) fn name(inputs: &PaymentInputs) -> String {
    inputs.named("payment-processor")
}

pub(crate) fn declare(stack: Stack, inputs: &PaymentInputs, account: &Account, log_group: Handle) {
    let role = role::for_lambda(stack, "lambda_metrics_role")
        .set("name", inputs.named("lambda-metrics-role"))
        .set("tags", inputs.name_tag("lambda-role"))
        .declare();
    let basic_execution = role::attach(stack, "lambda_basic_execution", role, account.basic_execution_policy());
    let policy = policy(stack, inputs);
    let own_policy = role::attach(stack, "lambda_custom_policy_attachment", role, policy.attr("arn"));

    let code = stack.zip("payment-processor", &[("payment_metrics.py", CODE)]);
    let variables = json!({
        "ENVIRONMENT": &inputs.environment_suffix,
        "LOG_LEVEL": "INFO",
        "DB_INSTANCE": inputs.db_instance_identifier(),
    });
    stack
        .resource("aws_lambda_function", "payment_processor")
        .set("function_name", name(inputs))
        .set("role", role.get("arn"))
        .set("runtime", &inputs.lambda_runtime)
        .set("handler", "payment_metrics.lambda_handler")
        .set("filename", code.path)
        .set("source_code_hash", code.sha256_base64)
        .set("layers", (!inputs.lambda_layers.is_empty()).then_some(&inputs.lambda_layers))
        .set("timeout", 30)
        .set("memory_size", 256)
        .block("environment", Body::new().set("variables", variables))
        .block("tracing_config", Body::new().set("mode", "Active"))
        .set("tags", inputs.name_tag("payment-processor"))
        // Lambda makes the log group itself, without key and retention, if the function runs before it is there.
        .depends_on([log_group, basic_execution, own_policy])
        .declare();
}

/// What the function does beyond writing its logs, which the managed policy allows.
fn policy(stack: Stack, inputs: &PaymentInputs) -> Handle {
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
        .set("name", inputs.named("lambda-observability"))
        .set("tags", inputs.name_tag("lambda-policy"))
        .declare()
}
