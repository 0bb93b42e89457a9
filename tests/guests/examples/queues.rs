//! As many resources as it is told, each with templates, calls, `for_each` and nested blocks: beside `topics`, what expressions cost.

#![allow(missing_docs, reason = "the macro's exports are the only items")]

use tapwasm_guest::{Body, Inputs, Lifecycle, Result, Stack, Str, call, conditional, each_key, json, program, tf};

program!(build);

/// How much is declared.
#[derive(Inputs)]
pub struct Queues {
    /// Number of resources, half of them alarms.
    #[input(default = 10_000, min = 2)]
    count: u32,
}

/// Declares the queues.
pub fn build(queues: Queues) -> Result {
    let stack = Stack::new("queues");
    stack
        .settings()
        .block("required_providers", Body::new().set("aws", json!({ "source": "hashicorp/aws", "version": "~> 6.0" })))
        .declare();
    stack.provider("aws").set("region", "us-east-1").declare();
    let region = stack.data("aws_region", "current").declare();
    let suffix = stack.variable("suffix").set("type", "string").set("default", "dev").declare();
    for n in 0..queues.count / 2 {
        let queue = stack
            .resource("aws_sqs_queue", format!("queue_{n}"))
            .set("name", call("lower", (tf!("queue-{n}-{suffix}", suffix = suffix.value()),)))
            .set("tags", call("merge", (json!({ "Name": tf!("queue-{n}") }), json!({ "Region": region.get("region") }))))
            .for_each(["a", "b"])
            .lifecycle(Lifecycle::new().precondition(region.get("region").ne(""), tf!("queue {n} has no region")))
            .declare();
        let metric = |id: &str, name: &str| {
            Body::new().set("id", id).set("return_data", false).block(
                "metric",
                Body::new()
                    .set("namespace", "AWS/SQS")
                    .set("metric_name", name)
                    .set("period", 60)
                    .set("stat", "Sum")
                    .set("dimensions", json!({ "QueueName": queue.at(each_key()).get("name") })),
            )
        };
        stack
            .resource("aws_cloudwatch_metric_alarm", format!("alarm_{n}"))
            .set("alarm_name", tf!("{}-age", queue.at(each_key()).attr::<Str>("name")))
            .set("comparison_operator", "GreaterThanThreshold")
            .set("evaluation_periods", 1)
            .set("threshold", conditional::<tapwasm_guest::Num>(suffix.value().eq("prod"), 1, 10))
            .block("metric_query", metric("m1", "NumberOfMessagesSent"))
            .block("metric_query", metric("m2", "NumberOfMessagesReceived"))
            .block("metric_query", Body::new().set("id", "e1").set("expression", "m1 - m2").set("return_data", true))
            .for_each(queue.instances())
            .declare();
    }
    Ok(())
}
