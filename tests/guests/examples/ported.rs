//! `tests/fixtures/against/app.js`, a CDKTF program of two stacks, ported: what it declares has CDKTF's addresses and content.

#![allow(missing_docs, reason = "the macro's exports are the only items")]

use tapwasm_guest::{Body, Handle, Lifecycle, Result, Stack, Str, Value, each_value, join, json, jsonencode, program, tf};

program!(build);

/// Declares both stacks.
pub fn build() -> Result {
    orders(Stack::new("orders"));
    jobs(Stack::new("jobs"));
    Ok(())
}

/// What every queue is tagged with.
fn tags(stage: &Value) -> Value {
    json!({ "Team": "orders", "Stage": stage })
}

/// A queue with its dead letters.
fn queue(stack: Stack, id: &str, key: Handle, stage: &Value) -> Handle {
    let scope = stack.scope(id);
    let dead = scope
        .resource("aws_sqs_queue", "dead")
        .set("name", format!("orders-{id}-dead"))
        .set("message_retention_seconds", 1_209_600)
        .set("tags", tags(stage))
        .declare();
    scope
        .resource("aws_sqs_queue", "Resource")
        .set("name", format!("orders-{id}"))
        .set("kms_master_key_id", key.get("arn"))
        .set("redrive_policy", jsonencode(json!({ "deadLetterTargetArn": dead.get("arn"), "maxReceiveCount": 5 })))
        .set("tags", tags(stage))
        .declare()
}

fn orders(stack: Stack) {
    let backend =
        Body::new().set("bucket", "states").set("key", "orders.tfstate").set("region", "eu-central-1").set("encrypt", true);
    let providers = Body::new().set("aws", json!({ "source": "hashicorp/aws", "version": "~> 6.0" }));
    stack
        .settings()
        .set("required_version", ">= 1.10")
        .labelled("backend", "s3", backend)
        .block("required_providers", providers)
        .declare();
    let default_tags = Body::new().set("tags", json!({ "Team": "orders" }));
    stack.provider("aws").set("region", "eu-central-1").block("default_tags", default_tags).declare();
    let archive = stack.provider("aws").alias("archive").set("region", "eu-west-1").declare();
    let stage = stack.variable("stage").set("type", "string").set("default", "dev").set("description", "Where it runs").declare();
    let stage = stage.value();
    let account = stack.data("aws_caller_identity", "account").declare();

    // CDKTF wrote text, this is `jsonencode`: the same document, and AWS compares documents.
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Sid": "Administration",
            "Effect": "Allow",
            "Principal": { "AWS": tf!("arn:aws:iam::{}:root", account.attr::<Str>("account_id")) },
            "Action": "kms:*",
            "Resource": "*",
        }],
    });
    let key = stack
        .resource("aws_kms_key", "key")
        .set("description", "Orders at rest")
        .set("policy", policy.to_json())
        .lifecycle(Lifecycle::new().prevent_destroy(true))
        .declare();
    let incoming = queue(stack, "incoming", key, &stage);
    queue(stack, "failed", key, &stage);

    let bucket = stack
        .resource("aws_s3_bucket", "exports")
        .set("bucket", tf!("orders-exports-{}", stage))
        .set("force_destroy", false)
        .provider(archive)
        .lifecycle(Lifecycle::new().ignore_changes(["tags"]))
        .declare();
    let days = json!({ "invoices": { "days": 30 }, "receipts": { "days": 365 } });
    stack
        .resource("aws_s3_bucket_lifecycle_configuration", "lifecycles")
        .set("bucket", bucket.get("id"))
        .dynamic("rule", days, |key, value| {
            Body::new()
                .set("id", &key)
                .set("status", "Enabled")
                .block("filter", Body::new().set("prefix", tf!("{}/", key)))
                .block("expiration", Body::new().set("days", value.get("days")))
        })
        .depends_on([account])
        .declare();
    stack
        .resource("aws_iam_role", "reader")
        .for_each(["billing", "support"])
        .set("name", tf!("orders-{}", each_value()))
        // Kept as the text that CDKTF wrote: the same bytes.
        .set(
            "assume_role_policy",
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"lambda.amazonaws.com"}}]}"#,
        )
        .declare();
    let names = stack.local("names").set("value", ["a", "b"]).declare();
    stack
        .module("alarms")
        .source("terraform-aws-modules/cloudwatch/aws//modules/metric-alarm")
        .version("5.7.2")
        .set("alarm_name", join("-", names.value()))
        .set("namespace", "AWS/SQS")
        .declare();
    stack.output("queue_url").set("value", incoming.get("url")).set("description", "Where orders come in").declare();
}

/// Of Terraform's own resources alone, so that it can be applied anywhere.
fn jobs(stack: Stack) {
    stack
        .settings()
        .set("required_version", ">= 1.10")
        .labelled("backend", "local", Body::new().set("path", "jobs.tfstate"))
        .declare();
    let schedule = stack.scope("schedule");
    let nightly = schedule
        .resource("terraform_data", "nightly")
        // `terraform_data` compares text: the text that CDKTF wrote stays.
        .set("input", json!({ "hour": 3, "command": "reconcile", "policy": r#"{"retries":2,"queue":["orders","refunds"]}"# }))
        .declare();
    schedule
        .resource("terraform_data", "report")
        .set("input", nightly.get("output"))
        .set("triggers_replace", json!([nightly.get("id")]))
        .declare();
    stack.output("nightly").set("value", nightly.get("output")).declare();
}
