use tapwasm_guest::{Expand, Expr, List, Str, functions::max};

fn f(names: Expr<List<Str>>) {
    max(Expand(names));
}

fn main() {}
