use tapwasm_aws::kms_key;
use tapwasm_guest::Stack;

fn main() {
    kms_key(Stack::new("x"), "k").arn("arn:aws:kms:eu-central-1:1:key/k").declare();
}
