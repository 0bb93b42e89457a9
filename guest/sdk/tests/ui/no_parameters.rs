use tapwasm_guest::functions::uuid;

fn main() {
    uuid("x");
}
