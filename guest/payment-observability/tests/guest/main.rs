//! What the guest declares, evaluated natively. What the host emits of it is tested in the host's own tests.

mod inputs;
mod names;
mod scripts;

use payment_observability::build;
use tapwasm_guest::testing::{Evaluated, EvaluatedStack, evaluate};

/// Evaluates the stack of these inputs, as the host hands them over.
fn evaluated(inputs: serde_json::Value) -> Evaluated {
    evaluate(build, inputs.to_string().as_str())
}

/// Returns the only stack.
#[track_caller]
fn stack(inputs: serde_json::Value) -> EvaluatedStack {
    let evaluated = evaluated(inputs);
    match evaluated.stacks() {
        [stack] => stack.clone(),
        stacks => panic!("there are {} stacks", stacks.len()),
    }
}
