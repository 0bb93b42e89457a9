//! The topic of the alarms and who is told.

use crate::PaymentInputs;
use tapwasm_aws::{SnsTopic, sns_topic, sns_topic_subscription as subscription};
use tapwasm_guest::Stack;

pub(crate) fn declare(stack: Stack, inputs: &PaymentInputs) -> SnsTopic {
    let topic = sns_topic(stack, "alarm_topic")
        .name(inputs.named("payment-alarms"))
        .display_name("Payment Processing Alarms")
        .tags(inputs.name_tag("alarm-topic"))
        .declare();
    for (id, endpoint) in &inputs.alarm_emails {
        let required = subscription::Required { topic_arn: topic.arn(), protocol: "email", endpoint };
        subscription(stack, id, required).declare();
    }
    topic
}
