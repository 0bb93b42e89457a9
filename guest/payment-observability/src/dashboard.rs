//! The dashboard. Each metric names its API, function, database or environment: without, it would be empty or about the whole account.

use crate::{PaymentInputs, function, logs};
use tapwasm_aws::{CloudwatchDashboard, cloudwatch_dashboard};
use tapwasm_guest::{Stack, Value, json};

/// Seconds that one point of a graph is about.
const PERIOD: u8 = 60;

/// Two graphs fill the 24 columns of a dashboard.
const WIDTH: usize = 12;
const HEIGHT: usize = 6;

pub(crate) fn declare(stack: Stack, inputs: &PaymentInputs) -> CloudwatchDashboard {
    let graphs = [
        api_latency(inputs),
        logged_latency(inputs),
        function_errors(inputs),
        database_connections(inputs),
        payment_amounts(inputs),
        processing_time(inputs),
        successful_payments(inputs),
    ];
    let widgets: Vec<Value> = graphs.iter().enumerate().map(|(position, graph)| graph.at(position, &inputs.aws_region)).collect();
    let dashboard_body = json!({ "widgets": widgets }).to_json();
    let required = cloudwatch_dashboard::Required { dashboard_name: inputs.named("payment-processing"), dashboard_body };
    cloudwatch_dashboard(stack, "payment_dashboard", required).declare()
}

struct Graph {
    title: &'static str,
    unit: &'static str,
    /// CloudWatch's own rows: namespace, metric, names and values of dimensions, options. Or an expression.
    metrics: Vec<Value>,
}

impl Graph {
    fn at(&self, position: usize, region: &str) -> Value {
        json!({
            "type": "metric",
            "x": position % 2 * WIDTH,
            "y": position / 2 * HEIGHT,
            "width": WIDTH,
            "height": HEIGHT,
            "properties": {
                "title": self.title,
                "region": region,
                "period": PERIOD,
                "metrics": &self.metrics,
                "yAxis": { "left": { "label": self.unit } },
            },
        })
    }
}

fn api_latency(inputs: &PaymentInputs) -> Graph {
    let api = inputs.api_name();
    let row = |stat: &str| json!(["AWS/ApiGateway", "Latency", "ApiName", &api, { "stat": stat, "label": stat }]);
    Graph { title: "API Gateway Latency", unit: "Milliseconds", metrics: ["Average", "p50", "p95", "p99"].map(row).into() }
}

fn logged_latency(inputs: &PaymentInputs) -> Graph {
    let namespace = logs::latency_namespace(inputs);
    let row = |percentile: u8| json!([&namespace, logs::latency_metric(percentile), { "stat": format!("p{percentile}") }]);
    Graph { title: "API Latency from the Access Log", unit: "Milliseconds", metrics: logs::PERCENTILES.map(row).into() }
}

fn function_errors(inputs: &PaymentInputs) -> Graph {
    let function = function::name(inputs);
    let row = |metric: &str| json!(["AWS/Lambda", metric, "FunctionName", &function, { "stat": "Sum" }]);
    Graph { title: "Lambda Errors and Invocations", unit: "Count", metrics: ["Errors", "Invocations"].map(row).into() }
}

fn database_connections(inputs: &PaymentInputs) -> Graph {
    let database = inputs.db_instance_identifier();
    let row = json!(["AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier", database, { "stat": "Average" }]);
    Graph { title: "RDS Database Connections", unit: "Count", metrics: vec![row] }
}

fn payment_amounts(inputs: &PaymentInputs) -> Graph {
    let metrics = vec![by_payment_type(inputs, "PaymentAmount", "PaymentType,Environment,Region", "Sum")];
    Graph { title: "Payment Amounts", unit: "Amount", metrics }
}

fn processing_time(inputs: &PaymentInputs) -> Graph {
    let metrics = vec![by_payment_type(inputs, "PaymentProcessingTime", "PaymentType,Environment", "Average")];
    Graph { title: "Payment Processing Time", unit: "Milliseconds", metrics }
}

fn successful_payments(inputs: &PaymentInputs) -> Graph {
    let metrics = vec![by_payment_type(inputs, "PaymentSuccess", "PaymentType,Environment", "Sum")];
    Graph { title: "Successful Payments", unit: "Count", metrics }
}

/// A line for each payment type. The types are known to whoever pays, so the metrics are searched for: by exactly the dimensions that the
/// function sends, in this environment.
fn by_payment_type(inputs: &PaymentInputs, metric: &str, dimensions: &str, stat: &str) -> Value {
    let namespace = function::METRICS_NAMESPACE;
    let environment = &inputs.environment_suffix;
    let schema = format!(r#"{{"{namespace}",{dimensions}}}"#);
    let search = format!(r#"SEARCH('{schema} MetricName="{metric}" Environment="{environment}"', '{stat}', {PERIOD})"#);
    json!([{ "expression": search, "label": "${PROP('Dim.PaymentType')}" }])
}
