use tapwasm_guest::functions::replace;

fn main() {
    replace("a", "b");
}
