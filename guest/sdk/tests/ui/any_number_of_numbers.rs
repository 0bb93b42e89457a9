use tapwasm_guest::functions::max;

fn main() {
    max((1, "2"));
}
