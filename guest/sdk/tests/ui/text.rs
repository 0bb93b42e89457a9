use tapwasm_guest::functions::upper;

fn main() {
    upper(3);
}
