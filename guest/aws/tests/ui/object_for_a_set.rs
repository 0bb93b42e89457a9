use tapwasm_aws::security_group::{Ingress, security_group};
use tapwasm_guest::Stack;

fn main() {
    security_group(Stack::new("x"), "g").ingress(Ingress::new().from_port(80)).declare();
}
