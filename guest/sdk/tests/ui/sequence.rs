use tapwasm_guest::{Str, functions::flatten};

fn main() {
    flatten::<Str>("a");
}
