use tapwasm_guest::functions::transpose;

fn main() {
    transpose(["a"]);
}
