//! The API's latency out of its access log.

use super::corrections::{check, equal};
use super::dashboard;
use super::document::{resource_mut, resources_of};
use serde_json::{Value, json};

pub(super) fn filters_have_no_default(stack: &Value) -> Result<(), String> {
    let filters = resources_of(stack, "aws_cloudwatch_log_metric_filter");
    check(filters.len() == 3, "there are not three filters")?;
    for (address, filter) in filters {
        let metric = &filter["metric_transformation"][0];
        equal(&format!("{address}: value"), &metric["value"], "$latency")?;
        check(
            metric["default_value"].is_null(),
            format!("{address} counts what was never measured as {}", metric["default_value"]),
        )?;
    }
    Ok(())
}

pub(super) fn default_of_zero(stack: &mut Value) {
    resource_mut(stack, "aws_cloudwatch_log_metric_filter.api_latency_p95_filter")["metric_transformation"][0]["default_value"] =
        json!("0");
}

pub(super) fn is_plotted_by_percentile(stack: &Value) -> Result<(), String> {
    let rows = dashboard::rows(stack);
    for (address, filter) in resources_of(stack, "aws_cloudwatch_log_metric_filter") {
        let metric = &filter["metric_transformation"][0];
        let percentile =
            metric["name"].as_str().and_then(|name| name.strip_prefix("APILatency")).unwrap_or_default().to_lowercase();
        let row = rows.iter().find(|row| row[0] == metric["namespace"] && row[1] == metric["name"]);
        let row = row.ok_or(format!("{address} is not on the dashboard"))?;
        equal(&format!("{address}: statistic"), &row[2]["stat"], percentile)?;
    }
    Ok(())
}

pub(super) fn plotted_by_average(stack: &mut Value) {
    dashboard::replace(stack, r#""APILatencyP99",{"stat":"p99"}"#, r#""APILatencyP99",{"stat":"Average"}"#);
}
