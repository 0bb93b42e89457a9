//! The outputs: what whoever owns the API, and whoever reads the dashboard, has to know.

use super::corrections::equal;
use super::document::remove;
use serde_json::Value;

pub(super) fn say_where_logs_must_go(stack: &Value) -> Result<(), String> {
    for (name, value) in [
        ("alarm_topic_arn", "${aws_sns_topic.alarm_topic.arn}"),
        ("api_log_group_arn", "${aws_cloudwatch_log_group.api_gateway_log_group.arn}"),
        ("dashboard_name", "${aws_cloudwatch_dashboard.payment_dashboard.dashboard_name}"),
    ] {
        equal(name, &stack["output"][name]["value"], value)?;
    }
    Ok(())
}

pub(super) fn none(stack: &mut Value) {
    remove(stack, "output");
}

pub(super) fn without_log_group(stack: &mut Value) {
    remove(&mut stack["output"], "api_log_group_arn");
}
