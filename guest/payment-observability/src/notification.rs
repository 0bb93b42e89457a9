//! The topic of the alarms and who is told.

use crate::PaymentInputs;
use tapwasm_guest::{Handle, Stack};

pub(crate) fn declare(stack: Stack, inputs: &PaymentInputs) -> Handle {
    let topic = stack
        .resource("aws_sns_topic", "alarm_topic")
        .set("name", inputs.named("payment-alarms"))
        .set("display_name", "Payment Processing Alarms")
        .set("tags", inputs.name_tag("alarm-topic"))
        .declare();
    for (id, address) in &inputs.alarm_emails {
        stack
            .resource("aws_sns_topic_subscription", id)
            .set("topic_arn", topic.get("arn"))
            .set("protocol", "email")
            .set("endpoint", address)
            .declare();
    }
    topic
}
