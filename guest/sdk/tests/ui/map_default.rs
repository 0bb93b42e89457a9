use tapwasm_guest::{Num, functions::lookup};

fn main() {
    lookup::<Num>(std::collections::BTreeMap::from([("a", 1)]), "a", "none");
}
