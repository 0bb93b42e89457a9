use tapwasm_guest::functions::sort;

fn main() {
    sort("a");
}
