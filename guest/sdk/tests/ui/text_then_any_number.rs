use tapwasm_guest::functions::cidrsubnets;

fn main() {
    cidrsubnets("10.0.0.0/16", ["4"]);
}
