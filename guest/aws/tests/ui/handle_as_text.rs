use tapwasm_aws::{kms_key, lambda_function};
use tapwasm_guest::Stack;

fn main() {
    let stack = Stack::new("x");
    let key = kms_key(stack, "k").declare();
    let required = lambda_function::Required { function_name: "f", role: "r" };
    lambda_function(stack, "f", required).kms_key_arn(key).declare();
}
