use tapwasm_guest::{Bool, Expr, Num, Str, conditional};

fn f(name: Expr<Str>, size: Expr<Num>, on: Expr<Bool>) {
    size.add("1");
    on.and(&size);
    name.lt(2);
    conditional::<Num>(&on, 1, "2");
    conditional::<Str>(&name, "a", "b");
}

fn main() {}
