use super::*;
use crate::model::{Address, Kind, Name};

fn symbol(text: &str) -> Expression {
    Expression::Symbol(text.into())
}

fn binary(left: Expression, operator: &str, right: Expression) -> Expression {
    Expression::Binary(Box::new((operator.into(), left, right)))
}

fn unary(operator: &str, operand: Expression) -> Expression {
    Expression::Unary(Box::new((operator.into(), operand)))
}

fn conditional(condition: Expression, then: Expression, otherwise: Expression) -> Expression {
    Expression::Conditional(Box::new([condition, then, otherwise]))
}

fn attribute(object: Expression, name: &str) -> Expression {
    Expression::Attribute(Box::new((object, name.into())))
}

fn index(collection: Expression, key: Expression) -> Expression {
    Expression::Index(Box::new((collection, key)))
}

fn splat(collection: Expression, projection: Expression) -> Expression {
    Expression::Splat(Box::new((collection, projection)))
}

fn raw(text: &str) -> Expression {
    Expression::Raw(Box::new((text.to_owned(), Vec::new())))
}

#[track_caller]
fn check(expression: Expression, expected: &str) {
    assert_eq!(expression_text(&expression), expected);
}

#[track_caller]
fn check_template(parts: Vec<Expression>, expected: &str) {
    let mut out = String::new();
    write_template(&mut out, &Expression::Template(parts));
    assert_eq!(out, expected);
}

#[test]
fn parentheses_stand_where_grouping_needs_them() {
    let (a, b, c) = (|| symbol("local.a"), || symbol("local.b"), || symbol("local.c"));
    check(binary(binary(a(), "-", b()), "-", c()), "local.a - local.b - local.c");
    check(binary(a(), "-", binary(b(), "-", c())), "local.a - (local.b - local.c)");
    check(binary(binary(a(), "+", b()), "*", c()), "(local.a + local.b) * local.c");
    check(binary(a(), "+", binary(b(), "*", c())), "local.a + local.b * local.c");
    check(binary(binary(a(), "||", b()), "&&", c()), "(local.a || local.b) && local.c");
    check(unary("!", binary(a(), "==", b())), "!(local.a == local.b)");
    check(unary("!", unary("!", a())), "!!local.a");
    check(unary("-", Expression::Integer(-5)), "-(-5)");
    check(binary(a(), "-", Expression::Integer(-5)), "local.a - -5");
    check(conditional(conditional(a(), b(), c()), a(), b()), "(local.a ? local.b : local.c) ? local.a : local.b");
    check(conditional(a(), b(), conditional(b(), c(), a())), "local.a ? local.b : local.b ? local.c : local.a");
    check(attribute(conditional(a(), b(), c()), "id"), "(local.a ? local.b : local.c).id");
    check(attribute(unary("-", a()), "id"), "(-local.a).id");
    check(binary(raw("1 + 2"), "*", raw("3")), "(1 + 2) * (3)");
}

#[test]
fn paths_become_attributes_positions_and_keys() {
    let bucket = || Address::new(Kind::Resource, &["aws_s3_bucket", "logs"]);
    check(Expression::reference(bucket(), ""), "aws_s3_bucket.logs");
    check(Expression::reference(bucket(), "0.arn"), "aws_s3_bucket.logs[0].arn");
    check(Expression::reference(bucket(), "tags.cost center"), "aws_s3_bucket.logs.tags[\"cost center\"]");
    check(symbol("var.codes.007"), "var.codes[\"007\"]");
    check(symbol("var.größe"), "var.größe");
    check(symbol("data.aws_x.größe.größe"), "data.aws_x.größe[\"größe\"]");
    check(symbol("aws_x.y.0.arn"), "aws_x.y[0].arn");
    check(symbol("module.m[\"a.b\"].id"), "module.m[\"a.b\"].id");
    check(attribute(symbol("each.value"), "a b"), "each.value[\"a b\"]");
    check(index(symbol("local.a"), Expression::text("k")), "local.a[\"k\"]");
    check(Expression::reference(Address::new(Kind::Provider, &["aws", "west"]), ""), "provider.aws.west");
}

#[test]
fn a_splat_ends_where_its_projection_ends() {
    let ids = || splat(symbol("aws_x.y"), attribute(index(symbol("*"), Expression::Integer(0)), "id"));
    check(ids(), "aws_x.y[*][0].id");
    check(splat(symbol("aws_x.y"), symbol("*.id")), "aws_x.y[*].id");
    check(splat(ids(), symbol("*")), "(aws_x.y[*][0].id)[*]");
    check(index(ids(), Expression::Integer(0)), "(aws_x.y[*][0].id)[0]");
}

#[test]
fn objects_quote_keys_that_are_no_identifiers() {
    let object = Expression::Object(vec![
        (Expression::text("plain-1"), Expression::Null),
        (Expression::text("for"), Expression::Bool(true)),
        (Expression::text("a b"), Expression::Integer(1)),
        (Expression::text("${x}"), Expression::Number("0.1".into())),
        (symbol("local.k"), Expression::List(vec![Expression::text("a"), Expression::text("b")])),
    ]);
    check(object, r#"{ plain-1 = null, "for" = true, "a b" = 1, "$${x}" = 0.1, (local.k) = ["a", "b"] }"#);
    check(Expression::Object(Vec::new()), "{}");
}

#[test]
fn for_expressions_and_calls_read_as_people_write_them() {
    let list = For {
        key: Some("k".into()),
        value: "v".into(),
        collection: symbol("local.a"),
        result: ForResult::List(symbol("v")),
        condition: Some(binary(symbol("k"), "!=", Expression::text(""))),
    };
    check(Expression::For(Box::new(list)), "[for k, v in local.a : v if k != \"\"]");
    let object = For {
        key: None,
        value: "v".into(),
        collection: symbol("local.a"),
        result: ForResult::Object { key: symbol("v.k"), value: symbol("v"), grouping: true },
        condition: None,
    };
    check(Expression::For(Box::new(object)), "{ for v in local.a : v.k => v... }");
    let call = Call { function: "max".into(), arguments: vec![Expression::Integer(1), symbol("local.a")], expand: true };
    check(Expression::Call(Box::new(call)), "max(1, local.a...)");
}

#[test]
fn quoted_text_knows_only_the_escapes_of_hcl() {
    check(Expression::text("a\"b\\c\n\r\t\u{8}\u{7f}\u{2028}"), r#""a\"b\\c\n\r\t\u0008\u007f\u2028""#);
    check(Expression::text("$${a} %{b} $ % {c}"), r#""$$${a} %%{b} $ % {c}""#);
}

#[test]
fn raw_text_cannot_swallow_what_follows() {
    check(Expression::List(vec![raw("a # b"), raw("c")]), "[(a # b\n), c]");
    check(raw("a\n+ b"), "(a\n+ b)");
}

#[test]
fn a_template_of_one_part_stays_text() {
    check_template(vec![symbol("local.a")], "${tostring(local.a)}");
    check_template(vec![Expression::text(""), Expression::Template(vec![symbol("local.a")])], "${tostring(local.a)}");
    check_template(vec![Expression::text("x"), symbol("local.a")], "x${local.a}");
    check_template(vec![Expression::text("$"), Expression::text("{x}")], "$${x}");
    check(Expression::Template(vec![symbol("local.a")]), "tostring(local.a)");
    check(Expression::Template(Vec::new()), "\"\"");
}

#[test]
fn text_before_an_interpolation_never_becomes_an_escape() {
    let a = || symbol("local.a");
    check_template(vec![Expression::text("cost $$"), a()], "cost ${\"$$\"}${local.a}");
    check_template(vec![Expression::text("100%"), a()], "100%${local.a}");
    let directive = || Expression::DirectiveIf(Box::new((a(), Expression::text("5%"), Some(Expression::text("$")))));
    check_template(vec![Expression::text("$%"), directive()], "${\"$%\"}%{ if local.a }5${\"%\"}%{ else }$%{ endif }");
    let each = (None, Name::from("v"), a(), Expression::Template(vec![symbol("v"), Expression::text("%")]));
    check_template(vec![Expression::DirectiveFor(Box::new(each))], "%{ for v in local.a }${v}${\"%\"}%{ endfor }");
    check(Expression::Template(vec![Expression::text("\"$"), a()]), r#""\"${"$"}${local.a}""#);
}

#[test]
fn a_leading_byte_order_mark_is_kept() {
    check_template(vec![Expression::text("\u{feff}a\u{feff}")], "${\"\\ufeff\"}a\u{feff}");
}

#[test]
fn a_lone_carriage_return_hides_no_interpolation() {
    let a = || symbol("local.a");
    check_template(
        vec![Expression::text("a\r\nb$\r\r{c"), a(), Expression::text("\r")],
        "a\r\nb${\"$\\r\"}${\"\\r\"}{c${local.a}${\"\\r\"}",
    );
    check_template(vec![Expression::text("a\r")], "a\r");
    check_template(vec![Expression::text("a\r\n${")], "a\r\n$${");
    check_template(vec![Expression::text("a\r${")], "a${\"\\r\"}$${");
    check_template(vec![Expression::text("\r$\r%%{b}")], "${\"\\r\"}${\"$\\r\"}%%%{b}");
}
