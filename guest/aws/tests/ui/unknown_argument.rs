use tapwasm_aws::kms_key;
use tapwasm_guest::Stack;

fn main() {
    kms_key(Stack::new("x"), "k").deletion_window(7).declare();
}
