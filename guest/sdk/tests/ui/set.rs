use tapwasm_guest::functions::setsubtract;

fn main() {
    setsubtract::<tapwasm_guest::Str>("a", ["b"]);
}
