use tapwasm_aws::lambda_function;
use tapwasm_guest::Stack;

fn main() {
    lambda_function(Stack::new("x"), "f", lambda_function::Required { function_name: 7, role: "r" }).declare();
}
