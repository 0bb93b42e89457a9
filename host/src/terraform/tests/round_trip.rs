//! What goes in comes back out of the real Terraform.

use super::real::outputs;
use super::*;
use crate::model::{Call, For, ForResult};
use crate::state::arbitrary::cases;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

fn output(name: &str, value: Expression) -> Declaration {
    node(Kind::Output, &[name], body(&[("value", value)], &[]), Body::default())
}

fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// Text at every place where it is escaped, each with one interpolation or directive beside it, and what Terraform makes of it.
fn placements(content: &str) -> Vec<(Expression, String)> {
    let a = || symbol("local.a");
    let lower = |value| Expression::call("format", vec![text("%s"), value]);
    let when = |branch: Expression, otherwise: Option<Expression>| {
        Expression::DirectiveIf(Box::new((symbol("local.yes"), branch, otherwise)))
    };
    let each = |inner: Expression| Expression::DirectiveFor(Box::new((None, "v".into(), symbol("local.list"), inner)));
    let it = || text(content);
    let t = content;
    vec![
        (it(), t.to_owned()),
        (template([it(), a()]), format!("{t}A")),
        (template([a(), it()]), format!("A{t}")),
        (template([it(), it(), a(), it()]), format!("{t}{t}A{t}")),
        (template([a(), it(), when(it(), None), it()]), format!("A{t}{t}{t}")),
        (template([it(), when(text("x"), Some(text("y")))]), format!("{t}x")),
        (template([when(template([it(), a(), it()]), Some(it())), it()]), format!("{t}A{t}{t}")),
        (template([it(), each(template([it(), symbol("v"), it()]))]), format!("{t}{t}1{t}{t}2{t}")),
        (lower(it()), t.to_owned()),
        (lower(template([it(), a(), it()])), format!("{t}A{t}")),
        (lower(template([it(), when(it(), Some(it())), it()])), format!("{t}{t}{t}")),
        (lower(template([when(text("x"), Some(it())), template([it(), a()])])), format!("x{t}A")),
    ]
}

/// Texts as a run sees them, plus each as a key of an object, in JSON and inside of `${…}`, and as a variable's default.
#[track_caller]
fn check_texts(texts: &[String]) {
    let mut nodes = vec![
        node(Kind::Local, &["a"], body(&[("value", text("A"))], &[]), Body::default()),
        node(Kind::Local, &["yes"], body(&[("value", Expression::Bool(true))], &[]), Body::default()),
        node(Kind::Local, &["list"], body(&[("value", list([text("1"), text("2")]))], &[]), Body::default()),
    ];
    let mut expected: Vec<serde_json::Value> = Vec::new();
    let mut add = |nodes: &mut Vec<Declaration>, value: Expression, wanted: serde_json::Value| {
        nodes.push(output(&format!("o{}", expected.len()), value));
        expected.push(wanted);
    };
    for (position, content) in texts.iter().enumerate() {
        let mut values = Vec::new();
        let mut wanted = Vec::new();
        for (value, result) in placements(content) {
            values.push(value);
            wanted.push(nfc(&result));
        }
        add(&mut nodes, list(values), wanted.into());
        let keyed = object(&[(content, symbol("local.a"))]);
        let both = list([keyed.clone(), Expression::call("merge", vec![keyed])]);
        add(&mut nodes, both, serde_json::json!([{ nfc(content): "A" }, { nfc(content): "A" }]));
        let default = body(&[("default", text(content))], &[]);
        nodes.push(node(Kind::Variable, &[&format!("v{position}")], default, Body::default()));
        add(&mut nodes, symbol(&format!("var.v{position}")), nfc(content).into());
    }
    let configuration = emitted(nodes);
    let Some(actual) = outputs(&configuration) else { return };
    for (position, wanted) in expected.iter().enumerate() {
        assert_eq!(&actual[format!("o{position}")]["value"], wanted, "{:?}", texts[position / 3]);
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[$%{}~\"\\\\]{1,6}",
        2 => "[a-z0-9 ./#]{1,4}",
        1 => "[\\x00-\\x1f\\x7f-\\x9f]{1,2}",
        1 => "\\PC{1,3}",
        1 => Just("\u{feff}".to_owned()),
        1 => Just("e\u{301}\u{2028}\r\n".to_owned()),
        1 => Just("${local.a}".to_owned()),
        1 => Just("%{if true}".to_owned()),
        1 => Just("\u{1F600}\u{10FFFF}".to_owned()),
    ];
    proptest::collection::vec(piece, 0..5).prop_map(|pieces| nfc(&pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(2), max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_unchanged(texts in proptest::collection::vec(any_text(), 80)) {
        check_texts(&texts);
    }
}

#[test]
fn texts_that_have_gone_wrong_elsewhere_come_back_unchanged() {
    let texts = [
        "",
        "$",
        "$$",
        "$$$",
        "%",
        "%%",
        "$%",
        "%$",
        "$%$",
        "{",
        "${",
        "$${",
        "$$${",
        "$$$${",
        "%{",
        "%%{",
        "%%%{",
        "${}",
        "100%",
        "~",
        "${~",
        "~}",
        "$\u{7b}",
        "\\",
        "\\\\",
        "\\n",
        "\\u0041",
        "\"",
        "\\\"",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "\0",
        "\u{8}",
        "\u{c}",
        "\u{7f}",
        "\u{85}",
        "\u{2028}\u{2029}",
        "\u{feff}",
        "\u{feff}\u{feff}a",
        "a\u{feff}",
        "\u{feff}$",
        "$\u{feff}",
        "e\u{301}",
        "\u{e9}",
        "//",
        "#",
        "/*",
        "<<EOT\n",
        "'",
        "<>&",
        "null",
        "true",
        "1",
        "\u{fffd}",
        "\u{1F468}\u{200d}\u{1F469}",
    ];
    check_texts(&texts.map(nfc));
}

/// Each text of up to five characters that mean something together, wherever text stands alone: as a value, as a key, in a call.
#[test]
fn text_behind_a_carriage_return_comes_back_unchanged() {
    let characters = ["\r", "\n", "$", "%", "{", "x"];
    let mut longest = vec![String::new()];
    let mut texts = Vec::new();
    for _ in 0..5 {
        longest = longest.iter().flat_map(|text| characters.map(|character| format!("{text}{character}"))).collect();
        texts.extend(longest.iter().filter(|text| text.contains('{') && text.contains('\r')).map(|text| format!("{text}}}")));
    }
    let values = || list(texts.iter().map(|it| text(it)).collect::<Vec<_>>());
    let keys = object(&texts.iter().map(|it| (&**it, text(it))).collect::<Vec<_>>());
    let Some(actual) = outputs(&emitted(vec![
        output("values", values()),
        output("in_call", Expression::call("concat", vec![values()])),
        output("keys", keys),
    ])) else {
        return;
    };
    assert_eq!(actual["values"]["value"], serde_json::json!(texts));
    assert_eq!(actual["in_call"]["value"], serde_json::json!(texts));
    let pairs: serde_json::Map<_, _> = texts.iter().map(|it| (it.clone(), it.clone().into())).collect();
    assert_eq!(actual["keys"]["value"], serde_json::Value::Object(pairs));
}

#[test]
fn numbers_of_any_precision_come_back_unchanged() {
    let numbers = ["12345678901234567890", "9007199254740993", "0.1", "-0.5", "1e400", "1.0", "-0", "1E+5", "1.5e-7"];
    let mut nodes: Vec<Declaration> = Vec::new();
    for (position, digits) in numbers.iter().enumerate() {
        let number = || Expression::Number((*digits).into());
        let same = Expression::Binary(Box::new(("==".into(), number(), Expression::call("tonumber", vec![text(digits)]))));
        nodes.push(output(&format!("inside{position}"), same));
        nodes.push(node(Kind::Local, &[&format!("n{position}")], body(&[("value", number())], &[]), Body::default()));
        let local = symbol(&format!("local.n{position}"));
        let same = Expression::Binary(Box::new(("==".into(), local, Expression::call("tonumber", vec![text(digits)]))));
        nodes.push(output(&format!("json{position}"), same));
    }
    nodes.push(output("min", Expression::Binary(Box::new(("-".into(), Expression::Integer(i64::MIN), symbol("local.n6"))))));
    nodes.push(output("big", template([text(""), Expression::Number("12345678901234567890".into())])));
    let Some(actual) = outputs(&emitted(nodes)) else { return };
    for position in 0..numbers.len() {
        assert_eq!(actual[format!("inside{position}")]["value"], true, "{}", numbers[position]);
        assert_eq!(actual[format!("json{position}")]["value"], true, "{}", numbers[position]);
    }
    assert_eq!(actual["min"]["value"], i64::MIN);
    assert_eq!(actual["big"]["value"], "12345678901234567890");
}

/// An arithmetic or logical tree with what it evaluates to, by the tree alone: Terraform gets it with as few parentheses as we dare.
fn arithmetic() -> impl Strategy<Value = (Expression, f64)> {
    let leaf = (-9i64..10).prop_map(|n| (Expression::Integer(n), n as f64));
    leaf.prop_recursive(5, 24, 3, |inner| {
        prop_oneof![
            ("[+*-]", inner.clone(), inner.clone()).prop_map(|(operator, (a, x), (b, y))| {
                let value = match &*operator {
                    "+" => x + y,
                    "-" => x - y,
                    _ => x * y,
                };
                (Expression::Binary(Box::new((operator.into(), a, b))), value)
            }),
            inner.clone().prop_map(|(a, x)| (Expression::Unary(Box::new(("-".into(), a))), -x)),
            (inner.clone(), 1i64..5).prop_map(|((a, x), n)| {
                (
                    Expression::Binary(Box::new(("/".into(), a, Expression::Number(format!("{}", 1 << n).into())))),
                    x / f64::from(1 << n),
                )
            }),
            (logical(inner.clone().boxed()), inner.clone(), inner).prop_map(|((c, yes), (a, x), (b, y))| {
                (Expression::Conditional(Box::new([c, a, b])), if yes { x } else { y })
            }),
        ]
    })
}

fn logical(number: BoxedStrategy<(Expression, f64)>) -> impl Strategy<Value = (Expression, bool)> {
    let comparison = ("(<|<=|>|>=|==|!=)", number.clone(), number).prop_map(|(operator, (a, x), (b, y))| {
        let value = match &*operator {
            "<" => x < y,
            "<=" => x <= y,
            ">" => x > y,
            ">=" => x >= y,
            "==" => x == y,
            _ => x != y,
        };
        (Expression::Binary(Box::new((operator.into(), a, b))), value)
    });
    comparison.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            ("(&&|\\|\\||==|!=)", inner.clone(), inner.clone()).prop_map(|(operator, (a, x), (b, y))| {
                let value = match &*operator {
                    "&&" => x && y,
                    "||" => x || y,
                    "==" => x == y,
                    _ => x != y,
                };
                (Expression::Binary(Box::new((operator.into(), a, b))), value)
            }),
            inner.prop_map(|(a, x)| (Expression::Unary(Box::new(("!".into(), a))), !x)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(2), max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn operators_group_as_the_tree_says(trees in proptest::collection::vec(arithmetic(), 200)) {
        let mut nodes = Vec::new();
        for (position, (tree, _)) in trees.iter().enumerate() {
            nodes.push(output(&format!("o{position}"), tree.clone()));
        }
        if let Some(actual) = outputs(&emitted(nodes)) {
            for (position, (tree, wanted)) in trees.iter().enumerate() {
                let value = actual[format!("o{position}")]["value"].as_f64();
                prop_assert_eq!(value, Some(*wanted + 0.0), "{}", crate::model::hcl::expression_text(tree));
            }
        }
    }
}

#[test]
fn forms_mean_what_the_tree_says() {
    let of = |it: ForResult, condition: Option<Expression>| {
        Expression::For(Box::new(For {
            key: Some("k".into()),
            value: "v".into(),
            collection: symbol("local.m"),
            result: it,
            condition,
        }))
    };
    let attribute = |of: Expression, name: &str| Expression::Attribute(Box::new((of, name.into())));
    let index = |of: Expression, key: Expression| Expression::Index(Box::new((of, key)));
    let splat = |of: Expression, it: Expression| Expression::Splat(Box::new((of, it)));
    let binary = |a, operator: &str, b| Expression::Binary(Box::new((operator.into(), a, b)));
    let people = || symbol("local.people");
    let names = || splat(people(), attribute(symbol("*"), "name"));
    let cases = [
        (of(ForResult::List(template([symbol("k"), symbol("v")])), None), serde_json::json!(["a1", "b2"])),
        (of(ForResult::List(symbol("k")), Some(binary(symbol("v"), ">", Expression::Integer(1)))), serde_json::json!(["b"])),
        (
            of(ForResult::Object { key: template([symbol("v")]), value: symbol("k"), grouping: false }, None),
            serde_json::json!({ "1": "a", "2": "b" }),
        ),
        (
            of(ForResult::Object { key: text("x"), value: symbol("k"), grouping: true }, None),
            serde_json::json!({ "x": ["a", "b"] }),
        ),
        (names(), serde_json::json!(["ann", "bob"])),
        (index(names(), Expression::Integer(0)), serde_json::json!("ann")),
        (splat(people(), index(symbol("*.tags"), Expression::Integer(0))), serde_json::json!(["x", "y"])),
        (splat(names(), symbol("*")), serde_json::json!(["ann", "bob"])),
        (splat(list([text("a")]), symbol("*")), serde_json::json!(["a"])),
        (attribute(index(people(), Expression::Integer(1)), "name"), serde_json::json!("bob")),
        (attribute(object(&[("for", symbol("local.yes"))]), "for"), serde_json::json!(true)),
        (index(object(&[("null", text("x"))]), text("null")), serde_json::json!("x")),
        (symbol("local.people.0.name"), serde_json::json!("ann")),
        (symbol("local.people.1.tags.0"), serde_json::json!("y")),
        (
            Expression::Call(Box::new(Call {
                function: "max".into(),
                arguments: vec![Expression::Integer(5), list([Expression::Integer(7)])],
                expand: true,
            })),
            serde_json::json!(7),
        ),
        (
            Expression::Object(vec![
                (template([text("k-"), symbol("local.yes")]), symbol("local.yes")),
                (symbol("local.key"), text("v")),
            ]),
            serde_json::json!({ "k-true": true, "key": "v" }),
        ),
        (
            Expression::call(
                "merge",
                vec![Expression::Object(vec![(symbol("local.key"), text("v")), (text("true"), text("t"))])],
            ),
            serde_json::json!({ "key": "v", "true": "t" }),
        ),
        (
            Expression::Object(vec![
                (Expression::Integer(1), text("v")),
                (Expression::Number("1.50e2".into()), text("v")),
                (Expression::Number("15e-8".into()), text("v")),
                (Expression::Bool(true), text("v")),
            ]),
            serde_json::json!({ "1": "v", "150": "v", "0.00000015": "v", "true": "v" }),
        ),
        (template([symbol("local.yes")]), serde_json::json!("true")),
        (list([template([symbol("local.yes")]), symbol("local.yes")]), serde_json::json!(["true", true])),
        (raw("1 + 2 # three"), serde_json::json!(3)),
        (binary(raw("1 + 2"), "*", raw("3 // three")), serde_json::json!(9)),
        (Expression::call("upper", vec![raw("<<EOT\na\nEOT")]), serde_json::json!("A\n")),
        (raw("{\n a = 1\n b = 2\n}"), serde_json::json!({ "a": 1, "b": 2 })),
        (Expression::call("merge", vec![object(&[("a", raw("1\n+ 2"))])]), serde_json::json!({ "a": 3 })),
        (
            Expression::DirectiveFor(Box::new((
                Some("i".into()),
                "p".into(),
                people(),
                template([symbol("i"), symbol("p.name"), text(";")]),
            ))),
            serde_json::json!("0ann;1bob;"),
        ),
    ];
    let person = |name: &str, tag: &str| object(&[("name", text(name)), ("tags", list([text(tag)]))]);
    let mut nodes = vec![
        node(
            Kind::Local,
            &["m"],
            body(&[("value", object(&[("a", Expression::Integer(1)), ("b", Expression::Integer(2))]))], &[]),
            Body::default(),
        ),
        node(Kind::Local, &["people"], body(&[("value", list([person("ann", "x"), person("bob", "y")]))], &[]), Body::default()),
        node(Kind::Local, &["yes"], body(&[("value", Expression::Bool(true))], &[]), Body::default()),
        node(Kind::Local, &["key"], body(&[("value", text("key"))], &[]), Body::default()),
    ];
    for (position, (value, _)) in cases.iter().enumerate() {
        // A directive stands in a template.
        let value = if matches!(value, Expression::DirectiveFor(_)) { template([value.clone()]) } else { value.clone() };
        nodes.push(output(&format!("o{position}"), value));
    }
    let Some(actual) = outputs(&emitted(nodes)) else { return };
    for (position, (value, wanted)) in cases.iter().enumerate() {
        assert_eq!(&actual[format!("o{position}")]["value"], wanted, "{}", crate::model::hcl::expression_text(value));
    }
}
