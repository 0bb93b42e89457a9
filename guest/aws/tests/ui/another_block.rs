use tapwasm_aws::lambda_function::{self, Environment, TracingConfig, lambda_function};
use tapwasm_guest::Stack;

fn main() {
    let function = lambda_function(Stack::new("x"), "f", lambda_function::Required { function_name: "f", role: "r" });
    let function = function.environment(TracingConfig { mode: "Active" });
    function.environment([Environment::new()]).declare();
}
