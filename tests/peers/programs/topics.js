// COUNT resources: half of them topics, half of them subscriptions that each reference the ARN of one topic.
"use strict";
const { App, TerraformStack } = require("cdktf");
const { AwsProvider, Resource } = require("./generic");

const count = Number(process.env.COUNT);
const app = new App();
const stack = new TerraformStack(app, "topics");
new AwsProvider(stack, { region: "us-east-1" });
for (let i = 0; i < count / 2; i++) {
  const topic = new Resource(stack, `topic_${i}`, "aws_sns_topic", {
    name: `topic-${i}`,
    display_name: `Topic ${i}`,
    tags: { Name: `topic-${i}` },
  });
  new Resource(stack, `subscription_${i}`, "aws_sns_topic_subscription", {
    topic_arn: topic.get("arn"),
    protocol: "email",
    endpoint: `team-${i}@example.com`,
  });
}
app.synth();
