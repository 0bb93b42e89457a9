use tapwasm_guest::functions::abs;

fn main() {
    abs("3");
}
