//! Says each text and each number that it gets at every place where a value can stand, as a guest's author would.

#![allow(missing_docs, reason = "the macro's exports are the only items")]

use tapwasm_guest::{Any, Expr, Inputs, Num, Result, Stack, Str, Template, Tokens, Value, call, json, program, tf};

program!(build);

/// What is said.
#[derive(Inputs)]
pub struct Values {
    /// Texts.
    texts: Vec<String>,
    /// Whole numbers.
    integers: Vec<i64>,
    /// Numbers as a program computes them.
    floats: Vec<f64>,
    /// Numbers of any length, in JSON's grammar.
    decimals: Vec<String>,
}

pub fn build(values: Values) -> Result {
    let stack = Stack::new("app");
    let a: Expr<Str> = stack.local("a").value("A").declare().expr();
    let yes = stack.local("yes").value(true).declare();
    for (n, text) in values.texts.iter().enumerate() {
        stack.output(format!("text_{n}")).value(placements(text, &a, yes.value())).declare();
        let held = stack.resource("terraform_data", format!("held_{n}")).set("input", entry(text, text)).declare();
        stack.output(format!("held_{n}")).value(held.get("output")).declare();
        let variable = stack.variable(format!("default_{n}")).default(text).declare();
        stack.output(format!("default_{n}")).value(variable).declare();
    }
    for (n, number) in values.integers.iter().enumerate() {
        number_output(stack, &format!("integer_{n}"), Expr::of(*number), &number.to_string());
    }
    for (n, number) in values.floats.iter().enumerate() {
        number_output(stack, &format!("float_{n}"), Expr::of(*number), &format!("{number:e}"));
    }
    for (n, number) in values.decimals.iter().enumerate() {
        let mut tokens = Tokens::new();
        tokens.number(number);
        number_output(stack, &format!("decimal_{n}"), Expr::from_tokens(tokens), number);
    }
    Ok(())
}

/// The text alone, beside references and directives, in calls and as keys.
fn placements(text: &str, a: &Expr<Str>, yes: Value) -> Vec<Value> {
    let condition = || yes.clone().typed();
    let directive = || {
        let template =
            Template::new().text(text).when(condition(), |then| then.text(text).text(a), |otherwise| otherwise.text("no"));
        template.text(text).finish()
    };
    vec![
        Value::of(text),
        tf!("{text}{a}").untyped(),
        tf!("{a}{text}").untyped(),
        tf!("{text}{text}{a}{text}").untyped(),
        directive().untyped(),
        call("format", ("%s", text)),
        call("format", ("%s", tf!("{text}{a}{text}"))),
        call("format", ("%s", call("lower", (call("upper", ("x",)),)))),
        call("format", ("%s", directive())),
        call("join", ("", vec![Value::of(text), a.clone().untyped()])),
        entry(text, a),
        call("merge", (entry(text, a),)),
        json!({ "a": a, "text": text }).to_json().untyped(),
    ]
}

fn entry(key: &str, value: impl tapwasm_guest::IntoExpr<Any>) -> Value {
    json!({ (key): value })
}

/// Whether Terraform reads the number as it reads its text, in JSON, inside of an expression and out of a resource; and the text that it makes of it.
fn number_output(stack: Stack, name: &str, number: Expr<Num>, text: &str) {
    let local = stack.local(name).value(&number).declare();
    let held = stack.resource("terraform_data", name).set("input", &number).declare();
    let same = |number: Expr<Num>| call("tonumber", (text,)).typed::<Num>().eq(number);
    let values = json!([same(local.expr()), same(number.clone()), same(held.attr("output")), tf!("{number}")]);
    stack.output(name).value(values).declare();
}
