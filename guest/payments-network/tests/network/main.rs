//! The stack as it is declared, evaluated in process. What Terraform says of it is tested with the host.

mod flow_logs;
mod inputs;
mod security_groups;
mod stack;
mod subnets;

use payments_network::build;
use tapwasm_guest::testing::{EvaluatedStack, evaluate};

/// Evaluates the stack of the environment `dev` with these other inputs.
#[track_caller]
fn dev(inputs: &str) -> EvaluatedStack {
    evaluate(build, inputs).stack("PaymentsNetworkdev").clone()
}
