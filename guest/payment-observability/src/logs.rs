//! The log groups, and the API's latency out of its access log.

use crate::PaymentInputs;
use tapwasm_aws::cloudwatch_log_metric_filter::MetricTransformation;
use tapwasm_aws::{CloudwatchLogGroup, KmsKey, cloudwatch_log_group, cloudwatch_log_metric_filter as metric_filter};
use tapwasm_guest::Stack;

/// The percentiles of the latency that are watched. A percentile is a statistic: each metric has the same values, the dashboard asks each for
/// its own percentile.
pub(crate) const PERCENTILES: [u8; 3] = [50, 95, 99];

/// The fields of a line of the API's access log; the README says which format makes such lines.
const ACCESS_LOG_LINE: &str = "[timestamp, request_id, method, path, status, latency]";

pub(crate) struct LogGroups {
    pub(crate) api: CloudwatchLogGroup,
    pub(crate) function: CloudwatchLogGroup,
}

pub(crate) fn declare(stack: Stack, inputs: &PaymentInputs, key: KmsKey) -> LogGroups {
    let log_group = |id: &str, name: &str, tag: &str| {
        cloudwatch_log_group(stack, id)
            .name(inputs.named(name))
            .retention_in_days(inputs.log_retention_days)
            .kms_key_id(key.arn())
            .tags(inputs.name_tag(tag))
            .declare()
    };
    let api = log_group("api_gateway_log_group", "/aws/apigateway/payments", "api-logs");
    let function = log_group("lambda_log_group", "/aws/lambda/payment-processor", "lambda-logs");
    // RDS has a log group of its own for each log. This one stays, since it is deployed.
    log_group("rds_log_group", "/aws/rds/payments-db", "rds-logs");

    for percentile in PERCENTILES {
        latency_filter(stack, inputs, api, percentile);
    }
    LogGroups { api, function }
}

/// Without a default value: a zero for each minute without requests would pull every percentile to 0.
fn latency_filter(stack: Stack, inputs: &PaymentInputs, api: CloudwatchLogGroup, percentile: u8) {
    let latency =
        MetricTransformation { name: latency_metric(percentile), namespace: latency_namespace(inputs), value: "$latency" };
    let required = metric_filter::Required {
        name: inputs.named(&format!("api-latency-p{percentile}")),
        log_group_name: api.name(),
        pattern: ACCESS_LOG_LINE,
        metric_transformation: latency.with().unit("Milliseconds"),
    };
    metric_filter(stack, format!("api_latency_p{percentile}_filter"), required).declare();
}

pub(crate) fn latency_metric(percentile: u8) -> String {
    format!("APILatencyP{percentile}")
}

pub(crate) fn latency_namespace(inputs: &PaymentInputs) -> String {
    format!("PaymentProcessing/{}", inputs.environment_suffix)
}
