use tapwasm_aws::lambda_function::VpcConfig;

fn main() {
    let _ = VpcConfig { subnet_ids: ["a"] }.with();
}
