use tapwasm_guest::functions::sort;

fn main() {
    sort([1, 2]);
}
