use tapwasm_guest::{Str, functions::concat};

fn main() {
    concat::<Str>(("a", "b"));
}
