//! The alarms can go off, and each names what it watches.

use super::corrections::{check, deployed, equal};
use super::document::{items, remove, resource, resource_mut, resources_of};
use serde_json::{Value, json};

const API: &str = "aws_cloudwatch_metric_alarm.api_error_alarm";
const FUNCTION: &str = "aws_cloudwatch_metric_alarm.lambda_error_alarm";
const COMPOSITE: &str = "aws_cloudwatch_composite_alarm.payment_critical_alarm";

/// What an alarm with queries must not have: the provider refuses it.
const OF_A_METRIC: [&str; 6] = ["metric_name", "namespace", "period", "statistic", "extended_statistic", "dimensions"];

pub(super) fn api_alarm_is_about_a_ratio(stack: &Value) -> Result<(), String> {
    let alarm = resource(stack, API);
    equal("namespace", &alarm["namespace"], "AWS/ApiGateway")?;
    equal("metric", &alarm["metric_name"], "5XXError")?;
    equal("statistic", &alarm["statistic"], "Average")?;
    equal("operator", &alarm["comparison_operator"], "GreaterThanThreshold")?;
    equal("threshold", &alarm["threshold"], 0.05)?;
    check(alarm["dimensions"]["ApiName"].is_string(), "no API is named")
}

pub(super) fn api_threshold_of_five(stack: &mut Value) {
    resource_mut(stack, API)["threshold"] = json!(5.0);
}

pub(super) fn deployed_api_alarm(stack: &mut Value) {
    *resource_mut(stack, API) = resource(&deployed(), API).clone();
}

pub(super) fn function_alarm_is_about_a_rate(stack: &Value) -> Result<(), String> {
    let alarm = resource(stack, FUNCTION);
    for name in OF_A_METRIC {
        check(alarm[name].is_null(), format!("`{name}` stands beside the queries"))?;
    }
    let queries = items(&alarm["metric_query"]);
    let returned: Vec<&Value> = queries.iter().filter(|query| query["return_data"] == true).collect();
    check(returned.len() == 1, "not exactly one query returns data")?;
    equal("expression", &returned[0]["expression"], "100 * errors / invocations")?;
    for (id, metric) in [("errors", "Errors"), ("invocations", "Invocations")] {
        let query = queries.iter().find(|query| query["id"] == id).ok_or(format!("there is no query `{id}`"))?;
        let query = &query["metric"][0];
        equal("namespace", &query["namespace"], "AWS/Lambda")?;
        equal("metric", &query["metric_name"], metric)?;
        equal("statistic", &query["stat"], "Sum")?;
        equal("period", &query["period"], 300)?;
        equal("dimensions", &query["dimensions"], json!({ "FunctionName": function_name(stack) }))?;
    }
    equal("operator", &alarm["comparison_operator"], "GreaterThanThreshold")?;
    equal("threshold", &alarm["threshold"], 10)
}

pub(super) fn deployed_function_alarm(stack: &mut Value) {
    *resource_mut(stack, FUNCTION) = resource(&deployed(), FUNCTION).clone();
}

pub(super) fn queries_beside_a_metric(stack: &mut Value) {
    resource_mut(stack, FUNCTION)["metric_name"] = json!("Errors");
}

pub(super) fn queries_that_return_nothing(stack: &mut Value) {
    for query in resource_mut(stack, FUNCTION)["metric_query"].as_array_mut().into_iter().flatten() {
        query["return_data"] = json!(false);
    }
}

pub(super) fn queries_without_dimensions(stack: &mut Value) {
    remove(&mut resource_mut(stack, FUNCTION)["metric_query"][1]["metric"][0], "dimensions");
}

pub(super) fn composite_refers_to_both(stack: &Value) -> Result<(), String> {
    let rule = format!(r#"ALARM("${{{API}.alarm_name}}") OR ALARM("${{{FUNCTION}.alarm_name}}")"#);
    equal("rule", &resource(stack, COMPOSITE)["alarm_rule"], rule)
}

pub(super) fn deployed_composite(stack: &mut Value) {
    *resource_mut(stack, COMPOSITE) = resource(&deployed(), COMPOSITE).clone();
}

pub(super) fn name_what_they_watch(stack: &Value) -> Result<(), String> {
    let alarms = resources_of(stack, "aws_cloudwatch_metric_alarm");
    check(alarms.len() == 2, "there are not two alarms of metrics")?;
    for (address, alarm) in alarms {
        let queries = items(&alarm["metric_query"]).iter().map(|query| &query["metric"][0]);
        for metric in queries.chain([alarm]).filter(|metric| metric["metric_name"].is_string()) {
            let dimension = match metric["namespace"].as_str() {
                Some("AWS/ApiGateway") => "ApiName",
                Some("AWS/Lambda") => "FunctionName",
                other => return Err(format!("{address}: nobody knows what `{other:?}` is measured by")),
            };
            check(
                metric["dimensions"][dimension].is_string(),
                format!("{address} has no {dimension}: it watches the whole account"),
            )?;
        }
    }
    Ok(())
}

fn function_name(stack: &Value) -> Value {
    resource(stack, "aws_lambda_function.payment_processor")["function_name"].clone()
}
