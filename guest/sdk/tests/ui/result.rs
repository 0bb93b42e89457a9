use tapwasm_guest::functions::upper;

fn main() {
    upper("a").add(1);
}
