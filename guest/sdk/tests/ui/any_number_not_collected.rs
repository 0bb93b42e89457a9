use tapwasm_guest::functions::min;

fn main() {
    min(1, 2);
}
