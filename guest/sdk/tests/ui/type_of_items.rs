use tapwasm_guest::{Expr, List, Str, functions::contains};

fn f(names: Expr<List<Str>>) {
    contains(names, 3);
}

fn main() {}
