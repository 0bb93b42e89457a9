use tapwasm_guest::functions::keys;

fn main() {
    keys(["a"]);
}
