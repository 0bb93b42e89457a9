use tapwasm_aws::lambda_function::{self, TracingConfig, VpcConfig, lambda_function};
use tapwasm_guest::Stack;

fn main() {
    let required = lambda_function::Required { function_name: "f", role: "r" };
    lambda_function(Stack::new("x"), "f", required)
        .tracing_config(TracingConfig { mode: true })
        .vpc_config(Some(VpcConfig { subnet_ids: "subnet-1", security_group_ids: ["sg-1"] }))
        .declare();
}
