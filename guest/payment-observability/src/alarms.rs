//! The alarms: more than 5 % of the API's requests fail, more than 10 % of the function's invocations do, or either.

use crate::{PaymentInputs, function};
use tapwasm_aws::cloudwatch_metric_alarm::{CloudwatchMetricAlarmBuilder, Metric, MetricQuery};
use tapwasm_aws::{CloudwatchMetricAlarm, SnsTopic, cloudwatch_composite_alarm, cloudwatch_metric_alarm};
use tapwasm_guest::{Stack, tf};

/// Seconds that one value of an alarm is about.
const PERIOD: u16 = 300;

pub(crate) fn declare(stack: Stack, inputs: &PaymentInputs, topic: SnsTopic) {
    let api = api_errors(stack, inputs, topic).alarm_name();
    let function = function_errors(stack, inputs, topic).alarm_name();
    let alarm_rule = tf!("ALARM(\"{api}\") OR ALARM(\"{function}\")");
    let required = cloudwatch_composite_alarm::Required { alarm_name: inputs.named("payment-critical"), alarm_rule };
    cloudwatch_composite_alarm(stack, "payment_critical_alarm", required)
        .alarm_description("Critical payment processing issues")
        .alarm_actions([topic.arn()])
        .tags(inputs.name_tag("composite-alarm"))
        .declare();
}

/// The metric is 1 for a request that failed and 0 for any other: its average is the rate of errors.
fn api_errors(stack: Stack, inputs: &PaymentInputs, topic: SnsTopic) -> CloudwatchMetricAlarm {
    error_rate_alarm(stack, "api_error_alarm", inputs.named("api-high-errors"), topic)
        .alarm_description("API Gateway error rate exceeds 5%")
        .namespace("AWS/ApiGateway")
        .metric_name("5XXError")
        .dimensions([("ApiName", inputs.api_name())])
        .statistic("Average")
        .period(PERIOD)
        .threshold(0.05)
        .tags(inputs.name_tag("api-error-alarm"))
        .declare()
}

/// Lambda counts errors and invocations, no rate. An alarm with queries has no metric of its own: the provider refuses both together.
fn function_errors(stack: Stack, inputs: &PaymentInputs, topic: SnsTopic) -> CloudwatchMetricAlarm {
    let sum = |id: &str, metric_name: &str| {
        let metric = Metric { metric_name, period: PERIOD, stat: "Sum" }.with().namespace("AWS/Lambda");
        MetricQuery { id }.with().metric(metric.dimensions([("FunctionName", function::name(inputs))]))
    };
    let rate = MetricQuery { id: "error_rate" }
        .with()
        .label("Errors in percent of invocations")
        .expression("100 * errors / invocations")
        .return_data(true);
    error_rate_alarm(stack, "lambda_error_alarm", inputs.named("lambda-high-errors"), topic)
        .alarm_description("Lambda error rate exceeds 10%")
        .metric_query([rate, sum("errors", "Errors"), sum("invocations", "Invocations")])
        .threshold(10)
        .tags(inputs.name_tag("lambda-error-alarm"))
        .declare()
}

/// Starts an alarm that goes off when the rate is too high twice in a row; without requests nothing is wrong.
fn error_rate_alarm(stack: Stack, id: &str, alarm_name: String, topic: SnsTopic) -> CloudwatchMetricAlarmBuilder {
    cloudwatch_metric_alarm(stack, id, cloudwatch_metric_alarm::Required { alarm_name })
        .comparison_operator("GreaterThanThreshold")
        .evaluation_periods(2)
        .treat_missing_data("notBreaching")
        .alarm_actions([topic.arn()])
}
