use tapwasm_guest::{Num, functions::setunion};

fn main() {
    setunion::<Num>([1], [["a"]]);
}
