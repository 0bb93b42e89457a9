use tapwasm_guest::functions::tostring;

fn main() {
    tostring(["a"]);
}
