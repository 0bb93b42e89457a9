use tapwasm_guest::functions::length;

fn main() {
    length(3);
}
