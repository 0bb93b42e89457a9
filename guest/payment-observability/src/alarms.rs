//! The alarms: more than 5 % of the API's requests fail, more than 10 % of the function's invocations do, or either.

use crate::{PaymentInputs, function};
use tapwasm_guest::{Body, Builder, Handle, Stack, json, tf};

/// Seconds that one value of an alarm is about.
const PERIOD: u16 = 300;

pub(crate) fn declare(stack: Stack, inputs: &PaymentInputs, topic: Handle) {
    let api = api_errors(stack, inputs, topic).get("alarm_name");
    let function = function_errors(stack, inputs, topic).get("alarm_name");
    stack
        .resource("aws_cloudwatch_composite_alarm", "payment_critical_alarm")
        .set("alarm_name", inputs.named("payment-critical"))
        .set("alarm_description", "Critical payment processing issues")
        .set("alarm_rule", tf!("ALARM(\"{api}\") OR ALARM(\"{function}\")"))
        .set("alarm_actions", [topic.get("arn")])
        .set("tags", inputs.name_tag("composite-alarm"))
        .declare();
}

/// The metric is 1 for a request that failed and 0 for any other: its average is the rate of errors.
fn api_errors(stack: Stack, inputs: &PaymentInputs, topic: Handle) -> Handle {
    let alarm = error_rate_alarm(stack, "api_error_alarm", topic);
    alarm
        .set("alarm_name", inputs.named("api-high-errors"))
        .set("alarm_description", "API Gateway error rate exceeds 5%")
        .set("namespace", "AWS/ApiGateway")
        .set("metric_name", "5XXError")
        .set("dimensions", json!({ "ApiName": inputs.api_name() }))
        .set("statistic", "Average")
        .set("period", PERIOD)
        .set("threshold", 0.05)
        .set("tags", inputs.name_tag("api-error-alarm"))
        .declare()
}

/// Lambda counts errors and invocations, no rate. An alarm with queries has no metric of its own: the provider refuses both together.
fn function_errors(stack: Stack, inputs: &PaymentInputs, topic: Handle) -> Handle {
    let sum = |id: &str, metric: &str| {
        let metric = Body::new()
            .set("namespace", "AWS/Lambda")
            .set("metric_name", metric)
            .set("dimensions", json!({ "FunctionName": function::name(inputs) }))
            .set("stat", "Sum")
            .set("period", PERIOD);
        Body::new().set("id", id).block("metric", metric)
    };
    let rate = Body::new()
        .set("id", "error_rate")
        .set("label", "Errors in percent of invocations")
        .set("expression", "100 * errors / invocations")
        .set("return_data", true);
    let alarm = error_rate_alarm(stack, "lambda_error_alarm", topic);
    alarm
        .set("alarm_name", inputs.named("lambda-high-errors"))
        .set("alarm_description", "Lambda error rate exceeds 10%")
        .blocks("metric_query", [rate, sum("errors", "Errors"), sum("invocations", "Invocations")])
        .set("threshold", 10)
        .set("tags", inputs.name_tag("lambda-error-alarm"))
        .declare()
}

/// Starts an alarm that goes off when the rate is too high twice in a row; without requests nothing is wrong.
fn error_rate_alarm(stack: Stack, id: &str, topic: Handle) -> Builder<Handle> {
    stack
        .resource("aws_cloudwatch_metric_alarm", id)
        .set("comparison_operator", "GreaterThanThreshold")
        .set("evaluation_periods", 2)
        .set("treat_missing_data", "notBreaching")
        .set("alarm_actions", [topic.get("arn")])
}
