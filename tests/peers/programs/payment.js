// The payment observability stack: the 26 resources of guest/payment-observability, as a CDKTF program.
// ASSETS names a folder with payment_metrics.zip and canary.zip. With PACK=1 CDKTF zips the folders of the same names
// itself, for which it starts a node process each.
"use strict";
const path = require("path");
const { App, AssetType, Fn, S3Backend, TerraformAsset, TerraformOutput, TerraformStack } = require("cdktf");
const { AwsProvider, DataSource, Resource } = require("./generic");

const suffix = "dev";
const region = "us-east-1";
const apiName = `payments-${suffix}`;
const functionName = `payment-processor-${suffix}`;
const database = `payments-db-${suffix}`;
const retention = 90;
const filterPattern = "[timestamp, request_id, method, path, status, latency]";

const policy = (statements) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = (action, resource, more = {}) => ({ Effect: "Allow", Action: action, Resource: resource, ...more });
const named = (name) => ({ Name: `${name}-${suffix}` });

class PaymentStack extends TerraformStack {
  constructor(scope, id) {
    super(scope, id);
    this.addOverride("terraform.required_version", ">= 1.10");
    new S3Backend(this, { bucket: "iac-rlhf-tf-states", key: `${suffix}/${id}.tfstate`, region, encrypt: true });
    this.addOverride("terraform.backend.s3.use_lockfile", true);
    new AwsProvider(this, { region, default_tags: [{ tags: { Environment: "production", CostCenter: "payments" } }] });
    this.account = new DataSource(this, "current", "aws_caller_identity").get("account_id");
    this.partition = new DataSource(this, "partition", "aws_partition").get("partition");

    const groups = this.logs();
    this.filters(groups.api);
    const topic = this.topic();
    this.alarms(topic);
    this.paymentProcessor(groups.lambda);
    this.canary();
    this.dashboard();

    new TerraformOutput(this, "alarm_topic_arn", { value: topic.get("arn") });
    new TerraformOutput(this, "api_log_group_arn", { value: groups.api.get("arn") });
    new TerraformOutput(this, "dashboard_name", { value: `payment-processing-${suffix}` });
  }

  resource(type, id, args, dependsOn) {
    return new Resource(this, id, type, args, { dependsOn });
  }

  logs() {
    const arn = `arn:${this.partition}:logs:${region}:${this.account}:log-group:*`;
    const key = this.resource("aws_kms_key", "logs_kms_key", {
      description: "KMS key for CloudWatch Logs encryption",
      deletion_window_in_days: 7,
      enable_key_rotation: true,
      policy: policy([
        allow("kms:*", "*", {
          Sid: "Enable IAM User Permissions",
          Principal: { AWS: `arn:${this.partition}:iam::${this.account}:root` },
        }),
        allow(["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"], "*", {
          Sid: "Allow CloudWatch Logs",
          Principal: { Service: `logs.${region}.amazonaws.com` },
          Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arn } },
        }),
      ]),
      tags: named("logs-kms-key"),
    });
    this.resource("aws_kms_alias", "logs_kms_alias", {
      name: `alias/logs-${suffix}`,
      target_key_id: key.get("key_id"),
    });
    const group = (id, name, tag) =>
      this.resource("aws_cloudwatch_log_group", id, {
        name,
        retention_in_days: retention,
        kms_key_id: key.get("arn"),
        tags: named(tag),
      });
    const api = group("api_gateway_log_group", `/aws/apigateway/payments-${suffix}`, "api-logs");
    const lambda = group("lambda_log_group", `/aws/lambda/${functionName}`, "lambda-logs");
    group("rds_log_group", `/aws/rds/payments-db-${suffix}`, "rds-logs");
    return { api, lambda };
  }

  filters(group) {
    for (const percentile of ["50", "95", "99"]) {
      this.resource("aws_cloudwatch_log_metric_filter", `api_latency_p${percentile}_filter`, {
        name: `api-latency-p${percentile}-${suffix}`,
        log_group_name: group.get("name"),
        pattern: filterPattern,
        metric_transformation: {
          name: `APILatencyP${percentile}`,
          namespace: `PaymentProcessing/${suffix}`,
          value: "$latency",
          unit: "Milliseconds",
        },
      });
    }
  }

  topic() {
    const topic = this.resource("aws_sns_topic", "alarm_topic", {
      name: `payment-alarms-${suffix}`,
      display_name: "Payment Processing Alarms",
      tags: named("alarm-topic"),
    });
    const emails = { alarm_email_1: "ops-team@example.com", alarm_email_2: "payments-oncall@example.com" };
    for (const [id, endpoint] of Object.entries(emails)) {
      this.resource("aws_sns_topic_subscription", id, { topic_arn: topic.get("arn"), protocol: "email", endpoint });
    }
    return topic;
  }

  alarms(topic) {
    const common = (name, description) => ({
      alarm_name: name,
      alarm_description: description,
      alarm_actions: [topic.get("arn")],
    });
    const threshold = (value) => ({
      comparison_operator: "GreaterThanThreshold",
      evaluation_periods: 2,
      threshold: value,
      treat_missing_data: "notBreaching",
    });
    const api = this.resource("aws_cloudwatch_metric_alarm", "api_error_alarm", {
      ...common(`api-high-errors-${suffix}`, "API Gateway error rate exceeds 5%"),
      ...threshold(0.05),
      metric_name: "5XXError",
      namespace: "AWS/ApiGateway",
      period: 300,
      statistic: "Average",
      dimensions: { ApiName: apiName },
      tags: named("api-error-alarm"),
    });
    const metric = (id, metricName) => ({
      id,
      metric: {
        metric_name: metricName,
        namespace: "AWS/Lambda",
        period: 300,
        stat: "Sum",
        dimensions: { FunctionName: functionName },
      },
    });
    const lambda = this.resource("aws_cloudwatch_metric_alarm", "lambda_error_alarm", {
      ...common(`lambda-high-errors-${suffix}`, "Lambda error rate exceeds 10%"),
      ...threshold(10),
      metric_query: [
        { id: "rate", expression: "100 * errors / invocations", label: "Error rate (%)", return_data: true },
        metric("errors", "Errors"),
        metric("invocations", "Invocations"),
      ],
      tags: named("lambda-error-alarm"),
    });
    this.resource("aws_cloudwatch_composite_alarm", "payment_critical_alarm", {
      ...common(`payment-critical-${suffix}`, "Critical payment processing issues"),
      alarm_rule: `ALARM("${api.get("alarm_name")}") OR ALARM("${lambda.get("alarm_name")}")`,
      tags: named("composite-alarm"),
    });
  }

  // A role for a Lambda service, with the basic managed policy and one of its own.
  role(id, name, tag, basicId, policyId, policyName, statements) {
    const role = this.resource("aws_iam_role", id, {
      name: `${name}-${suffix}`,
      assume_role_policy: policy([
        { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
      ]),
      tags: named(tag),
    });
    const basic = this.resource("aws_iam_role_policy_attachment", basicId, {
      role: role.get("name"),
      policy_arn: `arn:${this.partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`,
    });
    const own = this.resource("aws_iam_policy", policyId, {
      name: `${policyName}-${suffix}`,
      policy: policy(statements),
      tags: named(policyName),
    });
    const attachment = this.resource("aws_iam_role_policy_attachment", `${policyId}_attachment`, {
      role: role.get("name"),
      policy_arn: own.get("arn"),
    });
    return { role, attachments: [basic, attachment] };
  }

  putMetricData(namespace) {
    const Condition = { StringEquals: { "cloudwatch:namespace": namespace } };
    return allow("cloudwatch:PutMetricData", "*", { Condition });
  }

  zip(id) {
    const pack = process.env.PACK === "1";
    return new TerraformAsset(this, `${id}_zip`, {
      path: path.join(process.env.ASSETS, pack ? id : `${id}.zip`),
      type: pack ? AssetType.ARCHIVE : AssetType.FILE,
    });
  }

  paymentProcessor(logGroup) {
    const { role, attachments } = this.role(
      "lambda_metrics_role", "lambda-metrics-role", "lambda-role",
      "lambda_basic_execution", "lambda_custom_policy", "lambda-observability",
      [
        this.putMetricData("PaymentProcessing/Custom"),
        allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*"),
      ],
    );
    const code = this.zip("payment_metrics");
    this.resource("aws_lambda_function", "payment_processor", {
      function_name: functionName,
      runtime: "python3.13",
      handler: "payment_metrics.lambda_handler",
      role: role.get("arn"),
      filename: code.path,
      source_code_hash: Fn.filebase64sha256(code.path),
      timeout: 30,
      memory_size: 256,
      environment: { variables: { ENVIRONMENT: suffix, LOG_LEVEL: "INFO" } },
      tracing_config: { mode: "Active" },
      tags: named("payment-processor"),
    }, [logGroup, ...attachments]);
  }

  canary() {
    const bucket = this.resource("aws_s3_bucket", "canary_artifacts", {
      bucket: `canary-artifacts-${suffix}-${this.account}`,
      force_destroy: true,
      tags: named("canary-bucket"),
    });
    const { role, attachments } = this.role(
      "canary_role", "synthetics-canary-role", "canary-role",
      "canary_basic_execution", "canary_policy", "synthetics-canary-policy",
      [
        allow(["s3:PutObject", "s3:GetObject"], `${bucket.get("arn")}/*`),
        allow(["s3:ListBucket", "s3:GetBucketLocation"], bucket.get("arn")),
        allow(["s3:ListAllMyBuckets", "xray:PutTraceSegments"], "*"),
        this.putMetricData("CloudWatchSynthetics"),
      ],
    );
    this.resource("aws_synthetics_canary", "health_check_canary", {
      name: `health-check-${suffix}`,
      artifact_s3_location: `s3://${bucket.get("bucket")}/canary-results`,
      execution_role_arn: role.get("arn"),
      handler: "index.handler",
      runtime_version: "syn-nodejs-puppeteer-13.1",
      zip_file: this.zip("canary").path,
      schedule: { expression: "rate(5 minutes)" },
      run_config: { active_tracing: true },
      start_canary: true,
      delete_lambda: true,
      tags: named("health-canary"),
    }, attachments);
  }

  dashboard() {
    const search = (name) => `Namespace="PaymentProcessing/Custom" MetricName="${name}" Environment="${suffix}"`;
    const custom = (name, stat) => [{ expression: `SEARCH('${search(name)}', '${stat}', 60)`, label: name }];
    const widget = (index, title, metrics, more = {}) => ({
      type: "metric",
      x: (index % 2) * 12,
      y: Math.floor(index / 2) * 6,
      width: 12,
      height: 6,
      properties: { title, region, view: "timeSeries", period: 60, metrics, ...more },
    });
    const percentiles = (metric) => ["p50", "p95", "p99"].map((stat) => metric(stat));
    const milliseconds = { yAxis: { left: { label: "Milliseconds" } } };
    const latency = percentiles((stat) => ["AWS/ApiGateway", "Latency", "ApiName", apiName, { stat }]);
    const logged = percentiles((stat) => [`PaymentProcessing/${suffix}`, `APILatency${stat.toUpperCase()}`, { stat }]);
    const lambda = (name) => ["AWS/Lambda", name, "FunctionName", functionName, { stat: "Sum" }];
    const connections = ["AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier", database, { stat: "Average" }];
    const payments = { PaymentAmount: "Sum", PaymentSuccess: "Sum", PaymentProcessingTime: "Average" };
    this.resource("aws_cloudwatch_dashboard", "payment_dashboard", {
      dashboard_name: `payment-processing-${suffix}`,
      dashboard_body: JSON.stringify({
        widgets: [
          widget(0, "API Gateway latency", latency, milliseconds),
          widget(1, "API latency from the log", logged, milliseconds),
          widget(2, "Lambda errors and invocations", [lambda("Errors"), lambda("Invocations")]),
          widget(3, "RDS connections", [connections]),
          widget(4, "Payments", Object.entries(payments).map(([name, stat]) => custom(name, stat))),
        ],
      }),
    });
  }
}

const app = new App();
new PaymentStack(app, `TapStack${suffix}`);
app.synth();
