//! The dashboard shows what it means.

use super::corrections::{check, deployed as deployed_stack, equal};
use super::document::{document, items, resource, resource_mut};
use serde_json::{Value, json};

const DASHBOARD: &str = "aws_cloudwatch_dashboard.payment_dashboard";

/// The function's metrics, each with exactly the dimensions that it sends.
const CUSTOM_METRICS: [(&str, &str); 3] = [
    ("PaymentAmount", "PaymentType,Environment,Region"),
    ("PaymentProcessingTime", "PaymentType,Environment"),
    ("PaymentSuccess", "PaymentType,Environment"),
];

/// Returns the rows of all graphs.
pub(super) fn rows(stack: &Value) -> Vec<Value> {
    let body = document(&resource(stack, DASHBOARD)["dashboard_body"]);
    items(&body["widgets"]).iter().flat_map(|widget| items(&widget["properties"]["metrics"])).cloned().collect()
}

/// Changes the text of the dashboard.
pub(super) fn replace(stack: &mut Value, old: &str, new: &str) {
    let body = &mut resource_mut(stack, DASHBOARD)["dashboard_body"];
    let text = body.as_str().unwrap_or_default();
    assert!(text.contains(old), "the dashboard has no {old}");
    *body = json!(text.replace(old, new));
}

pub(super) fn names_what_it_shows(stack: &Value) -> Result<(), String> {
    let environment = &resource(stack, "aws_lambda_function.payment_processor")["environment"][0]["variables"]["ENVIRONMENT"];
    let environment = environment.as_str().ok_or("the function knows no environment")?;
    let rows = rows(stack);
    check(!rows.is_empty(), "the dashboard shows nothing")?;
    for row in &rows {
        let dimension = match row[0].as_str() {
            Some("AWS/ApiGateway") => "ApiName",
            Some("AWS/Lambda") => "FunctionName",
            Some("AWS/RDS") => "DBInstanceIdentifier",
            // The filters' metrics have no dimensions; their namespace is the environment's.
            Some(namespace) if namespace == format!("PaymentProcessing/{environment}") => continue,
            None if row[0]["expression"].is_string() => continue,
            _ => return Err(format!("{row} finds nothing, or what nobody meant")),
        };
        equal("dimension", &row[2], dimension).map_err(|message| format!("{row}: {message}"))?;
        check(row[3].as_str().is_some_and(|name| !name.is_empty()), format!("{row} names no {dimension}"))?;
    }
    for (metric, dimensions) in CUSTOM_METRICS {
        let start = format!(
            r#"SEARCH('{{"PaymentProcessing/Custom",{dimensions}}} MetricName="{metric}" Environment="{environment}"', '"#
        );
        let found = rows.iter().filter_map(|row| row[0]["expression"].as_str()).any(|search| search.starts_with(&start));
        check(found, format!("{metric} of this environment is not searched for"))?;
    }
    Ok(())
}

pub(super) fn searches_of_all_environments(stack: &mut Value) {
    let environment =
        resource(stack, "aws_lambda_function.payment_processor")["environment"][0]["variables"]["ENVIRONMENT"].clone();
    let environment = environment.as_str().unwrap_or_default();
    replace(stack, &format!(r#" Environment=\"{environment}\""#), "");
}

pub(super) fn searches_by_other_dimensions(stack: &mut Value) {
    replace(stack, "PaymentType,Environment,Region", "PaymentType,Region");
}

pub(super) fn points_are_a_minute(stack: &Value) -> Result<(), String> {
    let body = document(&resource(stack, DASHBOARD)["dashboard_body"]);
    let widgets = items(&body["widgets"]);
    check(!widgets.is_empty(), "the dashboard shows nothing")?;
    widgets.iter().try_for_each(|widget| equal("period", &widget["properties"]["period"], 60))
}

pub(super) fn deployed(stack: &mut Value) {
    *resource_mut(stack, DASHBOARD) = resource(&deployed_stack(), DASHBOARD).clone();
}
