//! Expressions of every form, whose types can be told or cannot.

use super::dice::Dice;
use serde_json::json;
use tapwasm::model::{Address, Expression, Kind};
use tapwasm::terraform::read;

/// The variables that each stack has, their types, and their values when Terraform plans: texts that are numbers and truth values, too, since
/// what a text becomes depends on its value, which the host does not compute.
pub(super) const VARIABLES: [(&str, &str, &str); 11] = [
    ("text", "string", "\"1\""),
    ("number", "number", "1"),
    ("flag", "bool", "true"),
    ("texts", "list(string)", "[\"1\"]"),
    ("numbers", "set(number)", "[1]"),
    ("tags", "map(string)", "{ a = \"1\" }"),
    ("thing", "object({ a = string, b = optional(list(bool)) })", "{ a = \"1\", b = [true] }"),
    ("things", "list(object({ a = string, b = optional(list(bool)) }))", "[{ a = \"1\", b = [true] }]"),
    ("pair", "tuple([string, number])", "[\"1\", 1]"),
    ("lists", "map(list(string))", "{ a = [\"1\"] }"),
    ("any", "any", "null"),
];

/// The local values that each stack has.
pub(super) const LOCALS: [(&str, &str); 8] = [
    ("text", "\"1\""),
    ("number", "var.number * 2"),
    ("list", "[\"1\", 1, true]"),
    ("object", "{ a = \"1\", b = [true] }"),
    ("same", "var.things"),
    ("none", "null"),
    ("once", "var.once"),
    ("each", "[for thing in var.things : thing.a]"),
];

const EXPRESSIONS: [&str; 83] = [
    "var.text",
    "var.number",
    "var.flag",
    "var.texts",
    "var.numbers",
    "var.tags",
    "var.thing",
    "var.things",
    "var.pair",
    "var.lists",
    "var.any",
    "local.text",
    "local.number",
    "local.list",
    "local.object",
    "local.same",
    "local.none",
    "local.each",
    "local.object.a",
    "local.object.b",
    "local.object[\"b\"][0]",
    "local.list[1]",
    "var.texts[0]",
    "var.tags.a",
    "var.tags[\"a\"]",
    "var.thing.a",
    "var.thing.b",
    "var.thing.b[0]",
    "var.things[0]",
    "var.things[0].b",
    "var.things[*].a",
    "var.things[*].b",
    "var.things[*].b[0]",
    "var.things.*.a",
    "var.texts[*]",
    "var.thing[*].a",
    "var.pair[0]",
    "var.lists[\"a\"]",
    "var.lists[\"a\"][0]",
    "\"a ${var.number} b\"",
    "\"%{ if var.flag }a%{ else }1%{ endif }\"",
    "\"%{ for it in var.texts }${it}%{ endfor }\"",
    "1 + var.number",
    "-var.number",
    "!var.flag",
    "var.number > 1 && var.flag",
    "var.text == \"a\"",
    "var.flag ? var.texts : null",
    "var.flag ? null : var.thing",
    "var.flag ? \"a\" : \"b\"",
    "var.flag ? \"a\" : 1",
    "var.flag ? [\"a\"] : [\"b\", \"c\"]",
    "var.flag ? { a = 1 } : { a = 2 }",
    "var.flag ? var.tags : {}",
    "[for it in var.texts : it]",
    "[for it in var.texts : { a = it }]",
    "[for it in var.things : it.b]",
    "{ for it in var.texts : it => it }",
    "{ for it in var.texts : it => [it] }",
    "{ for it in var.things : it.a => it.b... }",
    "{ for key, it in { a = 1, b = 2 } : key => it }",
    "{ (var.text) = \"a\" }",
    "{ (\"a\") = var.texts }",
    "length(var.texts)",
    "toset(var.texts)",
    "toset([\"a\", 1])",
    "tolist([])",
    "tomap({ a = \"a\" })",
    "keys(var.tags)",
    "values(var.tags)",
    "concat(var.texts, [\"a\"])",
    "merge(var.tags, { a = \"b\" })",
    "merge({ a = 1 }, { a = [2] })",
    "merge(var.tags, null)",
    "lookup(var.tags, \"a\", \"b\")",
    "element(var.texts, 0)",
    "split(\",\", var.text)",
    "jsonencode(var.thing)",
    "jsondecode(\"[1, 2]\")",
    "try(var.text, null)",
    "coalesce(var.text, \"a\")",
    "one(var.things)",
    "sensitive(var.texts)",
];

/// Returns one of them.
pub(super) fn expression(dice: &mut Dice) -> Expression {
    hcl(EXPRESSIONS[dice.below(EXPRESSIONS.len())])
}

/// Returns any value that a program may say outright.
pub(super) fn literal(dice: &mut Dice) -> Expression {
    let text = |text: &str| Expression::text(text);
    let leaf = |dice: &mut Dice| match dice.below(9) {
        0 => Expression::Null,
        1 => Expression::Bool(false),
        2 => Expression::Integer(-3),
        3 => Expression::Number("1.50".into()),
        4 => text("12"),
        5 => text("true"),
        6 => text("False"),
        7 => text(""),
        _ => text("text"),
    };
    match dice.below(6) {
        0 => Expression::List((0..dice.below(3)).map(|_| leaf(dice)).collect()),
        1 => Expression::Object((0..dice.below(3)).map(|n| (Expression::text(format!("k{n}")), leaf(dice))).collect()),
        2 => Expression::List(vec![Expression::List(vec![leaf(dice)])]),
        3 => Expression::List(vec![Expression::Object(vec![(text("k"), leaf(dice))])]),
        _ => leaf(dice),
    }
}

/// Reads an expression in Terraform's notation as a tree: what it reads of variables and local values is a reference, as guests say it.
pub(super) fn hcl(text: &str) -> Expression {
    let configuration = json!({ "locals": { "x": format!("${{{text}}}") } });
    let configuration = read::read(&configuration.to_string()).expect("it is a configuration");
    let block = configuration.blocks.into_values().next().expect("there is one");
    let Expression::Object(mut pairs) = block.content else { panic!("{text} stands in a body") };
    let (_, mut value) = pairs.swap_remove(0);
    refer(&mut value);
    value
}

fn refer(value: &mut Expression) {
    if let Expression::Attribute(parts) = value
        && let Expression::Symbol(root) = &parts.0
        && let Some(kind) = [("var", Kind::Variable), ("local", Kind::Local)].iter().find(|(name, _)| *name == &**root)
    {
        *value = Expression::reference(Address::new(kind.1, &[&parts.1]), "");
    } else {
        value.each_child_mut(&mut refer);
    }
}
