//! As many resources as it is told: topics, each with a subscription that refers to it. For measurements.

#![allow(missing_docs, reason = "the macro's exports are the only items")]

use tapwasm_guest::{Inputs, Result, Stack, json, program};

program!(build);

/// How much is declared.
#[derive(Inputs)]
pub struct Topics {
    /// Number of resources, half of them subscriptions.
    #[input(default = 10_000, min = 2)]
    count: u32,
}

/// Declares the topics.
pub fn build(topics: Topics) -> Result {
    let stack = Stack::new("topics");
    stack.settings().required_provider("aws", "hashicorp/aws", "~> 6.0").declare();
    stack.provider("aws").set("region", "us-east-1").declare();
    for n in 0..topics.count / 2 {
        let topic = stack
            .resource("aws_sns_topic", format!("topic_{n}"))
            .set("name", format!("topic-{n}"))
            .set("display_name", format!("Topic {n}"))
            .set("tags", json!({ "Name": format!("topic-{n}") }))
            .declare();
        stack
            .resource("aws_sns_topic_subscription", format!("subscription_{n}"))
            .set("topic_arn", topic.get("arn"))
            .set("protocol", "email")
            .set("endpoint", format!("team-{n}@example.com"))
            .declare();
    }
    Ok(())
}
