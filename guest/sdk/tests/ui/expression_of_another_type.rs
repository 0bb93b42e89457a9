use tapwasm_guest::{Expr, Num, functions::cidrhost};

fn f(size: Expr<Num>) {
    cidrhost(size, 5);
}

fn main() {}
