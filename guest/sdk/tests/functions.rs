//! Terraform's functions: each has a typed one here, with Terraform's own parameters.

use serde_json::Value as Json;
use std::io::Write;
use std::path::{Path, PathBuf};
use tapwasm_guest::functions::{self, Signature, signatures};
use tapwasm_guest::testing::evaluate;
use tapwasm_guest::{
    Any, Expand, Expr, IntoExpr, List, Map, Num, Object, Result, Set, Stack, Str, ValueHandle, json, provider_function, tf,
};

/// What is called with one more argument or none: Terraform's list says "any number", its functions refuse two.
const WITH_ONE_OR_NONE: [&str; 2] = ["bcrypt", "lookup"];

/// Terraform's list of its functions, from the folder beside the checkout, where it is.
fn terraforms_list() -> Option<Json> {
    let folder = std::env::var_os("TAPWASM_SHARED").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    if !folder.is_dir() {
        // Captured output would hide it from whoever counts.
        let _ = writeln!(std::io::stderr(), "skipped: Terraform's list of functions is not on this machine (TAPWASM_SHARED)");
        return None;
    }
    let text = std::fs::read(folder.join("schemas/terraform-functions.json")).expect("the list can be read");
    Some(serde_json::from_slice::<Json>(&text).expect("the list is JSON")["function_signatures"].clone())
}

/// Tells whether a type of ours is one of Terraform's, or says more where Terraform says nothing.
fn fits(ours: &str, terraforms: &Json) -> bool {
    let inner = |outer: &str| ours.strip_prefix(outer)?.strip_prefix('<')?.strip_suffix('>');
    let fits_inside = |outer: &str| inner(outer).is_some_and(|item| fits(item, &terraforms[1]));
    match terraforms {
        Json::String(name) => match name.as_str() {
            "dynamic" => true,
            "string" => ours == "Str",
            "number" => ours == "Num",
            "bool" => ours == "Bool",
            other => panic!("a type `{other}`"),
        },
        outer => match outer[0].as_str().expect("a kind of collection") {
            "list" => fits_inside("List"),
            "set" => fits_inside("Set"),
            "map" => fits_inside("Map"),
            other => panic!("a kind `{other}`"),
        },
    }
}

fn fits_parameter((name, kind): &(&str, &str), terraforms: &Json) -> bool {
    let snake: String =
        terraforms["name"].as_str().expect("parameters have names").chars().fold(String::new(), |mut name, letter| {
            if letter.is_ascii_uppercase() {
                name.push('_');
            }
            name.push(letter.to_ascii_lowercase());
            name
        });
    *name == snake && fits(&kind.replace(' ', ""), &terraforms["type"])
}

fn fits_signature(ours: &Signature, terraforms: &Json) -> bool {
    let result = ours.result.replace(' ', "");
    let result = result.strip_prefix("Expr<").and_then(|inner| inner.strip_suffix('>')).unwrap_or("Value");
    let mut parameters = terraforms["parameters"].as_array().cloned().unwrap_or_default();
    let mut variadic = terraforms.get("variadic_parameter");
    if WITH_ONE_OR_NONE.contains(&ours.name) {
        parameters.extend(variadic.take().cloned());
    }
    fits(result, &terraforms["return_type"])
        && ours.parameters.len() == parameters.len()
        && ours.parameters.iter().zip(&parameters).all(|(parameter, terraforms)| fits_parameter(parameter, terraforms))
        && match (&ours.variadic, variadic) {
            (None, None) => true,
            (Some(parameter), Some(terraforms)) => fits_parameter(parameter, terraforms),
            _ => false,
        }
}

#[test]
fn every_function_of_terraform_is_here_with_its_parameters() {
    let Some(list) = terraforms_list() else { return };
    let list = list.as_object().expect("functions by name");
    // The list has each twice: `core::abs` is `abs`.
    let names: Vec<&String> = list.keys().filter(|name| !name.contains("::")).collect();
    assert_eq!(names.len(), 118);
    let missing: Vec<_> = names
        .iter()
        .filter(|name| !signatures().any(|ours| ours.name == **name && fits_signature(&ours, &list[ours.name])))
        .collect();
    assert!(missing.is_empty(), "not here, or not with Terraform's parameters: {missing:?}");
    let unknown: Vec<_> = signatures().filter(|ours| !list.contains_key(ours.name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// The value that a program makes of a variable, in Terraform's notation.
#[track_caller]
fn check<E: IntoExpr<Any>>(value: impl Fn(ValueHandle) -> E + Copy, expected: &str) {
    let build = move || -> Result {
        let stack = Stack::new("demo");
        let x = stack.variable("x").declare();
        stack.local("y").set("value", value(x)).declare();
        Ok(())
    };
    assert_eq!(evaluate(build, "{}").stack("demo").declaration("local.y").argument("value").to_string(), expected);
}

#[test]
fn any_number_of_arguments() {
    check(|x| functions::max((x, 1)), "max(var.x, 1)");
    check(|_| functions::min([1, 2]), "min(1, 2)");
    check(|_| functions::cidrsubnets("10.0.0.0/16", vec![4, 8]), r#"cidrsubnets("10.0.0.0/16", 4, 8)"#);
    check(|x| functions::max(Expand(x)), "max(var.x...)");
    check(|x| functions::format("%s-%s", Expand(x)), r#"format("%s-%s", var.x...)"#);
    check(|x| functions::concat::<Str>(Expand(x)), "concat(var.x...)");
    check(|_| functions::uuid(), "uuid()");
    check(|x| functions::join_all(",", (["a"], x)), r#"join(",", ["a"], var.x)"#);
    check(|x| functions::setunion::<Str>(["a"], [x]), r#"setunion(["a"], var.x)"#);
    check(|x| functions::bcrypt_at(x, 12), "bcrypt(var.x, 12)");
    check(|x| provider_function("aws", "arn_parse", (x,)).get("account_id"), "provider::aws::arn_parse(var.x).account_id");
    check(|x| provider_function("time", "rfc3339_parse", Expand(x)), "provider::time::rfc3339_parse(var.x...)");
}

#[test]
fn types_follow_from_arguments() {
    fn list(x: ValueHandle) -> Expr<List<Num>> {
        x.expr()
    }
    check(|x| functions::reverse(list(x)).at(0).add(1), "(reverse(var.x)[0] + 1)");
    check(|x| functions::one(list(x)).mul(2), "(one(var.x) * 2)");
    check(|x| functions::values(x.expr::<Map<Str>>()).at(0), "values(var.x)[0]");
    check(|x| functions::zipmap(["a"], list(x)).at("a").neg(), r#"-zipmap(["a"], var.x)["a"]"#);
    check(|x| functions::keys(functions::merge((x, json!({ "a": 1 })))).at(0), r#"keys(merge(var.x, { "a" = 1 }))[0]"#);
    check(|x| functions::merge_maps((x.expr::<Map<Num>>(), x)).at("k").add(1), r#"(merge(var.x, var.x)["k"] + 1)"#);
    check(|x| functions::setsubtract(x.expr::<Set<Str>>(), ["a"]).to_list(), r#"tolist(setsubtract(var.x, ["a"]))"#);
    check(|_| functions::length("text"), r#"length("text")"#);
    check(|x| functions::length(x.expr::<Object>()), "length(var.x)");
    check(|_| functions::flatten::<Num>(vec![vec![1], vec![2, 3]]), "flatten([[1], [2, 3]])");
}

#[test]
fn quotes_in_nested_calls_stay() {
    check(
        |x| functions::join("\", \"", functions::split(",", functions::replace(x, "\"", "'\\'"))),
        r#"join("\", \"", split(",", replace(var.x, "\"", "'\\'")))"#,
    );
    check(
        |x| tf!("[{}]", functions::format("%q", (functions::lookup::<Str>(x, "a \"key\"", "a ${default}"),))),
        r#""[${format("%q", lookup(var.x, "a \"key\"", "a $${default}"))}]""#,
    );
}
