//! Watches payment processing on AWS: encrypted logs, latency out of the API's access log, a function that reports each payment, alarms
//! with e-mail, a canary and a dashboard.
//!
//! Teams have this stack deployed from an older program. Logical ids and the names of real objects are theirs: whatever forces Terraform to
//! replace something stays as it is deployed, `tests/deployed/main.tf.json`.

mod account;
mod alarms;
mod canary;
mod dashboard;
mod encryption;
mod function;
mod inputs;
mod logs;
mod notification;
mod role;
mod settings;

pub use inputs::PaymentInputs;

use account::Account;
use tapwasm_guest::{Expr, Result, Stack, Str, program};

program!(build);

/// Declares the stack `TapStack<environment_suffix>`.
pub fn build(inputs: PaymentInputs) -> Result {
    inputs.check()?;
    let stack = Stack::new(inputs.stack_name());
    settings::declare(stack, &inputs);
    let account = Account::declare(stack);

    let key = encryption::declare(stack, &inputs, &account);
    let log_groups = logs::declare(stack, &inputs, key);
    let topic = notification::declare(stack, &inputs);
    alarms::declare(stack, &inputs, topic);
    function::declare(stack, &inputs, &account, log_groups.function);
    canary::declare(stack, &inputs, &account);
    let dashboard = dashboard::declare(stack, &inputs);

    output(stack, "alarm_topic_arn", "The topic to which the alarms are sent.", topic.arn());
    output(stack, "api_log_group_arn", "Where the API's access log must go: nothing else fills it.", log_groups.api.arn());
    output(stack, "dashboard_name", "The dashboard's name in CloudWatch.", dashboard.dashboard_name());
    Ok(())
}

fn output(stack: Stack, name: &str, description: &str, value: Expr<Str>) {
    stack.output(name).description(description).value(value).declare();
}
