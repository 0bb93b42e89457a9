//! Expressions of each form, as Terraform would write them.

use tapwasm_guest::testing::evaluate;
use tapwasm_guest::{
    Bool, Expr, For, IntoExpr, List, Map, Num, Object, Result, Set, Stack, Str, Template, Value, ValueHandle, call, call_expand,
    cidrsubnet, concat, conditional, count_index, each_key, element, format, join, json, length, lookup, merge, null, path_cwd,
    path_root, raw, symbol, tf, toset, try_,
};

/// The value that a program makes of a variable, in Terraform's notation.
#[track_caller]
fn check<E: IntoExpr<tapwasm_guest::Any>>(value: impl Fn(ValueHandle) -> E + Copy, expected: &str) {
    let build = move || -> Result {
        let stack = Stack::new("demo");
        let x = stack.variable("x").declare();
        stack.local("y").set("value", value(x)).declare();
        Ok(())
    };
    assert_eq!(evaluate(build, "{}").stack("demo").declaration("local.y").argument("value").to_string(), expected);
}

#[test]
fn text_is_put_together() {
    let suffix = "dev";
    check(|_| tf!("a-{}-{suffix}-{}", 1, true), r#""a-1-dev-true""#);
    check(|_| tf!("{{{0}}} {0} {name}", suffix, name = 2), r#""{dev} dev 2""#);
    check(|_| tf!(""), r#""""#);
    check(|x| tf!("{}", x.expr::<Str>()), "var.x");
    check(|x| tf!("{}", x.expr::<Num>()), r#""${var.x}""#);
    check(|x| tf!("a{}{}b", "${", x), r#""a$${${var.x}b""#);
    check(|x| tf!("<{}>", tf!("a{x}b")), r#""<a${var.x}b>""#);
    check(|x| tf!("{}{}", x.expr::<Str>(), x.expr::<Str>()), r#""${var.x}${var.x}""#);
    assert_eq!(tf!("a{suffix}").known_text(), Some("adev"));
}

#[test]
fn templates_have_directives() {
    check(
        |x| {
            let line = Template::new().text("a").each_entry(x, |k, v, line| line.text(k).text("=").text(v));
            line.when(x.expr::<Bool>(), |yes| yes.text("yes"), |no| no).finish()
        },
        r#""a%{for k, v in var.x}${k}=${v}%{endfor}%{if var.x}yes%{endif}""#,
    );
}

#[test]
fn reading() {
    check(|x| x.get("a.b").at("k").get("c"), r#"var.x.a.b["k"].c"#);
    check(|x| x.value().at(0).get("a.b"), "var.x[0].a.b");
    check(|x| x.expr::<List<Str>>().at(1), "var.x[1]");
    check(|x| x.expr::<Map<Num>>().at("k").add(1), r#"(var.x["k"] + 1)"#);
    check(|x| x.value().splat::<Str>(|item| item.get("a.b")), "var.x[*].a.b");
    check(|x| x.value().splat::<Str>(|item| item.get("a").at(0)), "var.x[*].a[0]");
    check(|x| x.value().splat::<Num>(|item| item.attr::<Num>("a")), "var.x[*].a");
    check(|x| x.value().splat::<Str>(|item| item), "var.x[*]");
    check(|x| x.expr::<Object>().at(tf!("k{}", x)).get("a"), r#"var.x["k${var.x}"].a"#);
    check(|x| x.expr::<List<List<Num>>>().at(x).at(0).add(1), "(var.x[var.x][0] + 1)");
    check(|_| json!([symbol("path.module"), each_key(), count_index()]), "[path.module, each.key, count.index]");
    check(|_| json!([path_root(), path_cwd(), null()]), "[path.root, path.cwd, null]");
}

#[test]
fn operators() {
    let number = |x: ValueHandle| x.expr::<Num>();
    check(|x| number(x).add(1).mul(number(x)).neg(), "-((var.x + 1) * var.x)");
    check(
        |x| number(x).ge(2).and(x.value().eq("a")).or(x.expr::<Bool>().not()),
        r#"(((var.x >= 2) && (var.x == "a")) || !var.x)"#,
    );
    check(|x| conditional::<Str>(x.expr::<Bool>(), "a", x), r#"(var.x ? "a" : var.x)"#);
    check(|x| x.get("age").add(1).ge(18).and(x.get("adult").not()), "(((var.x.age + 1) >= 18) && !var.x.adult)");
    check(|x| raw("max(1, 2)").typed::<Num>().sub(number(x)), "(max(1, 2) - var.x)");
}

#[test]
fn functions() {
    check(|x| cidrsubnet(x, 8, 2), "cidrsubnet(var.x, 8, 2)");
    check(|x| call_expand("max", (x,)), "max(var.x...)");
    check(|x| join(",", x), r#"join(",", var.x)"#);
    check(|x| toset::<Str>(x), "toset(var.x)");
    check(|x| element::<Str>(x, length(x).sub(1)), "element(var.x, (length(var.x) - 1))");
    check(|x| format("%03d", (x,)), r#"format("%03d", var.x)"#);
    check(|x| concat::<Str>((x, ["a"])), r#"concat(var.x, ["a"])"#);
    check(|x| merge((x, json!({ "a": 1 }))), r#"merge(var.x, { "a" = 1 })"#);
    check(|x| lookup::<Str>(x, "k", "d"), r#"lookup(var.x, "k", "d")"#);
    check(|x| try_((x.get("a"), "b")), r#"try(var.x.a, "b")"#);
    check(|_| call("timestamp", ()), "timestamp()");
}

#[test]
fn for_expressions_name_variables_by_depth() {
    check(|x| For::each(x).list::<Str>(|_, v| v.get("id")), "[for v in var.x : v.id]");
    check(
        |x| For::each(x).when(|k, _| k.ne("a")).map::<Str>(|k, v| (tf!("{k}!"), v)),
        r#"{for k, v in var.x : "${k}!" => v if (k != "a")}"#,
    );
    check(|x| For::each(x).list::<Str>(|_, v| tf!("{v}!")), r#"[for v in var.x : "${v}!"]"#);
    check(|x| For::each(x).list::<Num>(|_, _| 1), "[for v in var.x : 1]");
    check(|x| For::each(x).map::<Num>(|k, v| (k.typed(), v.add(1))), "{for k, v in var.x : k => (v + 1)}");
    check(|x| For::each(x).object(|k, v| (k.typed(), json!({ "a": v }))), r#"{for k, v in var.x : k => { "a" = v }}"#);
    check(|x| For::each(x).grouped::<Str>(|_, v| (v.attr("a"), v)), "{for v in var.x : v.a => v...}");
    check(|x| For::items_of::<Num>(x).list::<Num>(|i, v| v.mul(i)), "[for k, v in var.x : (v * k)]");
    check(
        |x| For::entries_of::<Bool>(x).when(|_, on| on).map::<Bool>(|name, on| (tf!("a-{name}"), on.not())),
        r#"{for k, v in var.x : "a-${k}" => !v if v}"#,
    );
    check(
        |x| For::elements_of(x.expr::<Set<Str>>()).grouped::<Str>(|_, v| (tf!("{v}!"), v)),
        r#"{for v in var.x : "${v}!" => v...}"#,
    );
    check(
        |x| For::each(x).list::<List<Str>>(|_, outer| For::each(outer.get("b")).list::<Str>(|_, v| v)),
        "[for v in var.x : [for v2 in v.b : v2]]",
    );
}

#[test]
fn documents() {
    check(|x| json!({ "a": x, ("b"): [1] }).to_json(), r#"jsonencode({ "a" = var.x, "b" = [1] })"#);
    check(|x| json!({ (tf!("k{x}")): 1 }), r#"{ "k${var.x}" = 1 }"#);
    check(|_| json!({ "b": 1, "a": "<" }).to_json(), r#""{\"a\":\"\\u003c\",\"b\":1}""#);
    check(|_| Value::of(json!([])), "[]");
    check(|_| Expr::<List<Num>>::of([1, 2]).to_json(), r#""[1,2]""#);
}
