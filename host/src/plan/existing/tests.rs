//! What is found of a declaration and a state, and what is not.

use super::*;
use crate::graph::SetPaths;
use crate::model::hcl::expression_text;
use crate::model::{Block, Body};
use crate::plan::Side;
use crate::state::arbitrary::{any_graph, block, declaration, graph, resource};
use crate::terraform::tfstate::existing;
use proptest::prelude::*;
use serde_json::{Value, json};

fn text(text: &str) -> Expression {
    Expression::text(text)
}

fn list(items: &[Expression]) -> Expression {
    Expression::List(items.to_vec())
}

fn object(pairs: &[(&str, Expression)]) -> Expression {
    Expression::Object(pairs.iter().map(|(key, value)| (text(key), value.clone())).collect())
}

fn read(path: &str) -> Expression {
    Expression::reference(Address::from_text("aws_y.other"), path)
}

/// A resource with one meta-argument.
fn repeated(kind: &str, name: &str, meta: &str, value: Expression) -> Declaration {
    let mut node = resource(kind, name, &[]);
    node.meta.arguments.push((meta.into(), value));
    node
}

fn moved(from: &str, to: &str) -> Declaration {
    let arguments = vec![("from".into(), text(from)), ("to".into(), text(to))];
    declaration(Kind::Moved, &[from], Body { arguments, blocks: Vec::new() })
}

/// A resource in a state of version 4, by its address in the root module and its instances.
fn stored(address: &str, instances: Value) -> Value {
    let (kind, name) = address.rsplit_once('.').unwrap();
    let (module, kind) = kind.rsplit_once('.').map_or((Value::Null, kind), |(module, kind)| (json!(module), kind));
    json!({ "module": module, "mode": "managed", "type": kind, "name": name, "instances": instances })
}

/// Shows a comparison in short, one line for each thing that was found.
fn outline(graph: &ResourceGraph, resources: Value) -> Vec<String> {
    let existing = existing(&json!({ "version": 4, "resources": resources }).to_string()).unwrap();
    let comparison = compare(graph, &existing);
    let mut lines = Vec::new();
    lines
        .extend(comparison.missing.iter().map(|of| format!("+ {}{}", of.address, if of.is_imported { " imported" } else { "" })));
    lines.extend(comparison.undeclared.iter().map(|address| format!("- {address}")));
    lines.extend(comparison.moved.iter().map(|of| format!("> {} {}", of.from, of.to)));
    lines.extend(comparison.removed.iter().map(|of| format!("removed {} {}", of.address, of.is_destroyed)));
    lines.extend(comparison.tainted.iter().map(|address| format!("tainted {address}")));
    lines.extend(comparison.deposed.iter().map(|of| format!("deposed {} {}", of.address, of.key)));
    let side = |side: &Option<Side<'_>>| match side {
        None => "nothing".to_owned(),
        Some(Side::Value(value)) => expression_text(value),
        Some(Side::Block(block)) => format!("a block `{}`", block.name),
    };
    for Compared { address, findings } in &comparison.compared {
        for Finding { difference, is_sensitive } in findings {
            let hidden = if *is_sensitive { " hidden" } else { "" };
            lines.push(format!("~ {address} {difference}: {} -> {}{hidden}", side(&difference.before), side(&difference.after)));
        }
    }
    assert_eq!(comparison.is_same(), lines.is_empty(), "{lines:#?}");
    for of in &comparison.not_comparable {
        let difference =
            Difference { part: crate::plan::Part::Body, path: of.path.clone(), before: None, after: None, order: None };
        lines.push(format!("? {} {difference} {:?}", of.address, of.reason));
    }
    lines
}

#[track_caller]
fn check(nodes: Vec<Declaration>, resources: Value, expected: &[&str]) {
    assert_eq!(outline(&graph(nodes), resources), expected);
}

/// Compares one argument `a` with one attribute.
#[track_caller]
fn check_value(declared: Expression, state: Value, expected: &[&str]) {
    check(
        vec![resource("aws_x", "r", &[("a", declared)])],
        json!([stored("aws_x.r", json!([{ "attributes": { "a": state, "id": "computed" } }]))]),
        expected,
    );
}

#[test]
fn values_that_terraform_takes_for_the_same_are_the_same() {
    let number = |text: &str| Expression::Number(text.into());
    for (declared, state) in [
        (text("x"), json!("x")),
        (text("30"), json!(30)),
        (Expression::Integer(30), json!("30")),
        (Expression::Bool(true), json!("true")),
        (text("false"), json!(false)),
        (number("1.50"), json!(1.5)),
        (Expression::Null, json!("the provider's default")),
        (text(""), Value::Null),
        (list(&[]), Value::Null),
        (object(&[]), Value::Null),
        (text("{\"a\": [1], \"b\": null}"), json!("{\"b\":null,\"a\":[1]}")),
        (
            Expression::call("jsonencode", vec![object(&[("b", text("x")), ("a", Expression::Integer(1))])]),
            json!("{\"a\":1,\"b\":\"x\"}"),
        ),
        (list(&[text("a"), text("b")]), json!(["a", "b"])),
        (object(&[("k", text("v")), ("absent", Expression::Null)]), json!({ "k": "v", "computed": null })),
        // A block that is declared as an attribute, and the other way round.
        (list(&[object(&[("k", text("v"))])]), json!({ "k": "v" })),
        (object(&[("k", text("v"))]), json!([{ "k": "v" }])),
        // Attributes of any type.
        (text("x"), json!({ "value": "x", "type": "string" })),
        (object(&[("k", Expression::Integer(1))]), json!({ "value": { "k": 1 }, "type": ["object", { "k": "number" }] })),
        (
            object(&[("type", text("string")), ("value", text("x"))]),
            json!({ "value": { "type": "string", "value": "x" }, "type": ["object", { "type": "string", "value": "string" }] }),
        ),
        (object(&[("type", text("string")), ("value", text("x"))]), json!({ "type": "string", "value": "x" })),
    ] {
        check_value(declared, state, &[]);
    }
}

#[test]
fn values_that_differ_are_shown_with_the_way_to_them() {
    let document = |value: Expression| Expression::call("jsonencode", vec![value]);
    for (declared, state, expected) in [
        (text("new"), json!("old"), "~ aws_x.r a: \"old\" -> \"new\""),
        (text("new"), Value::Null, "~ aws_x.r a: nothing -> \"new\""),
        (Expression::Bool(false), Value::Null, "~ aws_x.r a: nothing -> false"),
        (object(&[("k", text("v"))]), json!({ "k": "v", "more": "by hand" }), "~ aws_x.r a.more: \"by hand\" -> nothing"),
        (object(&[("k", text("v"))]), json!({}), "~ aws_x.r a.k: nothing -> \"v\""),
        (list(&[text("a"), text("c")]), json!(["a", "b"]), "~ aws_x.r a[1]: \"b\" -> \"c\""),
        (list(&[text("a")]), json!(["a", "b"]), "~ aws_x.r a[1]: \"b\" -> nothing"),
        // In a document types count, and what is null is there.
        (document(object(&[("k", text("1"))])), json!("{\"k\":1}"), "~ aws_x.r a.k: 1 -> \"1\""),
        (text("{\"k\":1}"), json!("{\"k\":1,\"m\":null}"), "~ aws_x.r a.m: null -> nothing"),
        (document(list(&[text("a"), text("b")])), json!("[\"a\",\"c\"]"), "~ aws_x.r a[1]: \"c\" -> \"b\""),
        (document(object(&[])), Value::Null, "~ aws_x.r a: nothing -> jsonencode({})"),
        (text("x"), json!({ "value": "y", "type": "string" }), "~ aws_x.r a: \"y\" -> \"x\""),
    ] {
        check_value(declared, state, &[expected]);
    }
}

#[test]
fn what_terraform_computes_is_not_comparable_and_what_stands_beside_it_is() {
    let template = Expression::Template(vec![text("{\"k\": \""), read("arn"), text("\", \"m\": 1}")]);
    for (declared, state, expected) in [
        (read("arn"), json!("arn:aws"), &["? aws_x.r a Expression"][..]),
        (list(&[text("a"), read("arn")]), json!(["b", "arn"]), &["~ aws_x.r a[0]: \"b\" -> \"a\"", "? aws_x.r a[1] Expression"]),
        (object(&[("k", read("arn")), ("l", text("x"))]), json!({ "k": "?", "l": "x" }), &["? aws_x.r a.k Expression"]),
        (template, json!("{\"m\":2,\"k\":\"arn\"}"), &["~ aws_x.r a.m: 2 -> 1", "? aws_x.r a.k Expression"]),
        // What is known is matched first.
        (list(&[read("arn"), text("a")]), json!(["a", "arn"]), &["? aws_x.r a[0] Expression", "? aws_x.r a Order"]),
        (list(&[text("b"), text("a")]), json!(["a", "b"]), &["? aws_x.r a Order"]),
    ] {
        check_value(declared, state, expected);
    }
    let write_only = resource("aws_x", "r", &[("password_wo", text("secret"))]);
    check(
        vec![write_only],
        json!([stored("aws_x.r", json!([{ "attributes": { "password_wo": null } }]))]),
        &["? aws_x.r password_wo WriteOnly"],
    );
}

#[test]
fn the_order_of_a_set_means_nothing_and_that_of_a_list_does() {
    let declared = resource("aws_x", "r", &[("list", list(&[text("b"), text("a")])), ("set", list(&[text("b"), text("a")]))]);
    let mut graph = graph(vec![declared]);
    let mut paths = SetPaths::default();
    paths.add(&["set"]);
    graph.sets.add(Kind::Resource, "aws_x".into(), paths);
    let attributes = |set: Value| json!([stored("aws_x.r", json!([{ "attributes": { "list": ["a", "b"], "set": set } }]))]);
    let of_list = ["~ aws_x.r list[0]: \"a\" -> \"b\"", "~ aws_x.r list[1]: \"b\" -> \"a\""];
    assert_eq!(outline(&graph, attributes(json!(["a", "b"]))), of_list);
    let changed = outline(&graph, attributes(json!(["a", "c"])));
    assert_eq!(changed[2..], ["~ aws_x.r set[0]: \"c\" -> \"b\""]);
    let more = outline(&graph, attributes(json!(["a", "b", "c"])));
    assert_eq!(more[2..], ["~ aws_x.r set[2]: \"c\" -> nothing"]);
}

#[test]
fn nested_blocks_are_compared_by_what_they_declare() {
    let rule = |port: i64| block("rule", &[("port", Expression::Integer(port))]);
    let with = |blocks: Vec<Block>| {
        let mut node = resource("aws_x", "r", &[]);
        node.body.blocks = blocks;
        node
    };
    let state = |rules: Value| json!([stored("aws_x.r", json!([{ "attributes": { "rule": rules } }]))]);
    let computed = |port: i64| json!({ "port": port, "arn": "computed" });
    check(vec![with(vec![rule(1)])], state(json!([computed(1)])), &[]);
    check(vec![with(vec![rule(1)])], state(computed(1)), &[]);
    check(vec![with(vec![])], state(json!([computed(1)])), &[]);
    check(vec![with(vec![rule(1)])], state(json!([computed(2)])), &["~ aws_x.r rule.port: 2 -> 1"]);
    check(vec![with(vec![rule(1)])], state(json!([])), &["~ aws_x.r rule[0]: nothing -> a block `rule`"]);
    check(vec![with(vec![rule(1)])], state(Value::Null), &["~ aws_x.r rule: nothing -> a block `rule`"]);
    check(
        vec![with(vec![rule(1), rule(2)])],
        state(json!([computed(1), computed(3), computed(4)])),
        &["~ aws_x.r rule[1].port: 3 -> 2", "~ aws_x.r rule[2]: { arn = \"computed\", port = 4 } -> nothing"],
    );
    check(vec![with(vec![rule(2), rule(1)])], state(json!([computed(1), computed(2)])), &["? aws_x.r rule Order"]);
    let dynamic = Block { name: "dynamic".into(), labels: vec!["rule".into()], body: Body::default() };
    check(vec![with(vec![dynamic, rule(7)])], state(json!([computed(1)])), &["? aws_x.r rule Expression"]);
}

#[test]
fn instances_are_those_that_count_and_for_each_make() {
    let counted = |value| repeated("aws_x", "r", "count", value);
    let keyed = |value| repeated("aws_x", "r", "for_each", value);
    let state = |keys: &[Value]| {
        let instances: Vec<Value> = keys.iter().map(|key| json!({ "index_key": key, "attributes": {} })).collect();
        json!([stored("aws_x.r", json!(instances))])
    };
    check(vec![counted(Expression::Integer(2))], state(&[json!(0), json!(1)]), &[]);
    check(vec![counted(Expression::Integer(2))], state(&[json!(1), json!(2)]), &["+ aws_x.r[0]", "- aws_x.r[2]"]);
    check(vec![counted(Expression::Integer(0))], state(&[json!(0)]), &["- aws_x.r[0]"]);
    check(vec![counted(read("n"))], state(&[json!(0), json!(5)]), &["? aws_x.r count Instances"]);
    check(vec![counted(read("n"))], json!([]), &["? aws_x.r count Instances"]);
    let keys = Expression::call("toset", vec![list(&[text("a.b"), text("q\"]")])]);
    check(vec![keyed(keys)], state(&[json!("a.b"), json!("q\"]")]), &[]);
    check(
        vec![keyed(object(&[("a", read("arn"))]))],
        state(&[json!("b"), json!(0)]),
        &["+ aws_x.r[\"a\"]", "- aws_x.r[\"b\"]", "- aws_x.r[0]"],
    );
    check(vec![keyed(read("all"))], state(&[json!("b"), json!(0)]), &["- aws_x.r[0]", "? aws_x.r for_each Instances"]);
    // Terraform does these moves by itself.
    check(
        vec![counted(Expression::Integer(1))],
        json!([stored("aws_x.r", json!([{ "attributes": {} }]))]),
        &["> aws_x.r aws_x.r[0]"],
    );
    check(vec![resource("aws_x", "r", &[])], state(&[json!(0), json!(1)]), &["- aws_x.r[1]", "> aws_x.r[0] aws_x.r"]);
}

#[test]
fn what_is_on_one_side_alone_is_told_and_data_are_not() {
    let data = declaration(Kind::Data, &["aws_d", "d"], Body::default());
    let ephemeral = declaration(Kind::Ephemeral, &["aws_e", "e"], Body::default());
    let read = json!({ "mode": "data", "type": "aws_d", "name": "gone", "instances": [{ "attributes": {} }] });
    check(
        vec![resource("aws_x", "new", &[]), data, ephemeral],
        json!([read, stored("aws_x.old", json!([{ "attributes": {} }]))]),
        &["+ aws_x.new", "- aws_x.old"],
    );
    let to = vec![("to".into(), text("aws_x.new"))];
    let import = declaration(Kind::Import, &["aws_x.new"], Body { arguments: to, blocks: Vec::new() });
    check(vec![resource("aws_x", "new", &[]), import], json!([]), &["+ aws_x.new imported"]);
}

#[test]
fn what_modules_hold_is_theirs() {
    let module = || declaration(Kind::Module, &["m"], Body::default());
    let inner = |module: &str| stored(&format!("{module}.aws_x.r"), json!([{ "attributes": { "a": 1 } }]));
    check(vec![module()], json!([inner("module.m"), inner("module.m.module.n[0]")]), &[]);
    check(vec![module()], json!([inner("module.other")]), &["- module.other.aws_x.r", "? module.m  EmptyModule"]);
    let mut counted = module();
    counted.meta.arguments.push(("count".into(), Expression::Integer(1)));
    check(vec![counted], json!([inner("module.m[0]"), inner("module.m[1]")]), &["- module.m[1].aws_x.r"]);
}

#[test]
fn moves_are_followed_before_anything_is_compared() {
    let at = |address: &str| json!([stored(address, json!([{ "attributes": { "a": "x" } }]))]);
    let new = || resource("aws_x", "new", &[("a", text("x"))]);
    check(vec![new(), moved("aws_x.old", "aws_x.new")], at("aws_x.old"), &["> aws_x.old aws_x.new"]);
    check(vec![new(), moved("aws_x.old", "aws_x.new")], at("aws_x.new"), &[]);
    let chain = vec![new(), moved("aws_x.a", "aws_x.b"), moved("aws_x.b", "aws_x.new")];
    check(chain, at("aws_x.a"), &["> aws_x.a aws_x.new"]);
    let changed = vec![resource("aws_x", "new", &[("a", text("y"))]), moved("aws_x.old", "aws_x.new")];
    check(changed, at("aws_x.old"), &["> aws_x.old aws_x.new", "~ aws_x.new a: \"x\" -> \"y\""]);
    // Where the new address is taken, what is under the former one stays and is destroyed.
    let both = json!([at("aws_x.old")[0], at("aws_x.new")[0]]);
    check(vec![new(), moved("aws_x.old", "aws_x.new")], both, &["- aws_x.old"]);
    // Of instances and of modules.
    let keyed = repeated("aws_x", "new", "for_each", object(&[("k", Expression::Null)]));
    check(vec![keyed, moved("aws_x.old", "aws_x.new[\"k\"]")], at("aws_x.old"), &["> aws_x.old aws_x.new[\"k\"]"]);
    let module = declaration(Kind::Module, &["n"], Body::default());
    check(vec![module, moved("module.m", "module.n")], at("module.m.aws_x.r"), &["> module.m.aws_x.r module.n.aws_x.r"]);
    check(vec![new(), moved("aws_x.ol", "aws_x.new")], at("aws_x.old"), &["+ aws_x.new", "- aws_x.old"]);
    let old_type = stored("null_resource.old", json!([{ "attributes": { "triggers": {} } }]));
    let other =
        vec![resource("terraform_data", "new", &[("input", text("x"))]), moved("null_resource.old", "terraform_data.new")];
    check(other, json!([old_type]), &["> null_resource.old terraform_data.new", "? terraform_data.new  OtherType"]);
    let circle = vec![moved("aws_x.a", "aws_x.b"), moved("aws_x.b", "aws_x.a")];
    assert_eq!(outline(&graph(circle), at("aws_x.a")).len(), 1);
}

#[test]
fn what_is_let_go_is_not_undeclared() {
    let removed = |destroy: Option<bool>| {
        let blocks = destroy.map(|destroy| block("lifecycle", &[("destroy", Expression::Bool(destroy))]));
        let arguments = vec![("from".into(), text("aws_x.old"))];
        declaration(Kind::Removed, &["aws_x.old"], Body { arguments, blocks: blocks.into_iter().collect() })
    };
    let state = json!([
        stored("aws_x.old", json!([{ "index_key": "a.b", "attributes": {} }])),
        stored("aws_x.older", json!([{ "attributes": {} }]))
    ]);
    check(vec![removed(Some(false))], state.clone(), &["- aws_x.older", "removed aws_x.old[\"a.b\"] false"]);
    check(vec![removed(Some(true))], state.clone(), &["- aws_x.older", "removed aws_x.old[\"a.b\"] true"]);
    check(vec![removed(None)], state, &["- aws_x.older", "removed aws_x.old[\"a.b\"] true"]);
}

#[test]
fn what_is_tainted_or_deposed_is_told() {
    let node = || vec![resource("aws_x", "r", &[])];
    check(node(), json!([stored("aws_x.r", json!([{ "status": "tainted", "attributes": {} }]))]), &["tainted aws_x.r"]);
    let deposed = json!({ "deposed": "0badcafe", "attributes": {} });
    check(node(), json!([stored("aws_x.r", json!([{ "attributes": {} }, deposed]))]), &["deposed aws_x.r 0badcafe"]);
    check(node(), json!([stored("aws_x.r", json!([deposed]))]), &["+ aws_x.r", "deposed aws_x.r 0badcafe"]);
    check(node(), json!([stored("aws_x.r", json!([{ "attributes_flat": { "a": "x" } }]))]), &["? aws_x.r  OldForm"]);
}

#[test]
fn what_the_state_hides_is_hidden_on_both_sides() {
    let node = resource("aws_x", "r", &[("password", text("new")), ("rule", object(&[("key", text("b")), ("name", text("c"))]))]);
    let instance = json!({
        "attributes": { "password": "old", "rule": { "key": "a", "name": "a" } },
        "sensitive_attributes": [
            [{ "type": "get_attr", "value": "password" }],
            [{ "type": "get_attr", "value": "rule" }, { "type": "index", "value": { "value": "key", "type": "string" } }],
        ],
    });
    let expected = [
        "~ aws_x.r password: \"old\" -> \"new\" hidden",
        "~ aws_x.r rule.key: \"a\" -> \"b\" hidden",
        "~ aws_x.r rule.name: \"a\" -> \"c\"",
    ];
    check(vec![node], json!([stored("aws_x.r", json!([instance]))]), &expected);
    // What holds something hidden is hidden as a whole.
    let empty = resource("aws_x", "r", &[("rule", object(&[]))]);
    let lines = outline(&graph(vec![empty]), json!([stored("aws_x.r", json!([instance]))]));
    assert_eq!(lines, ["~ aws_x.r rule.key: \"a\" -> nothing hidden", "~ aws_x.r rule.name: \"a\" -> nothing"]);
}

#[test]
fn what_is_left_to_others_is_not_compared() {
    let with = |ignored: Expression| {
        let tags = object(&[("mine", text("a")), ("theirs", text("b"))]);
        let mut node = resource("aws_x", "r", &[("image", text("new")), ("tags", tags)]);
        node.meta.blocks.push(block("lifecycle", &[("ignore_changes", ignored)]));
        node
    };
    let state = json!([stored("aws_x.r", json!([{ "attributes": { "image": "old", "tags": { "mine": "x", "theirs": "x" } } }]))]);
    let ignored = list(&[text("image"), text("tags[\"theirs\"]")]);
    check(vec![with(ignored)], state.clone(), &["~ aws_x.r tags.mine: \"x\" -> \"a\""]);
    check(vec![with(Expression::Symbol("all".into()))], state, &[]);
}

#[test]
fn lists_in_lists_do_not_take_for_ever() {
    let nested = |leaf: &str| (0..60).fold(text(leaf), |inner, _| list(&[text("same"), inner, text("other")]));
    let state = |leaf: &str| (0..60).fold(json!(leaf), |inner, _| json!(["other", inner, "same"]));
    let node = resource("aws_x", "r", &[("a", nested("x"))]);
    let lines = outline(&graph(vec![node]), json!([stored("aws_x.r", json!([{ "attributes": { "a": state("y") } }]))]));
    assert!(!lines.is_empty() && lines.len() < 1000, "{}", lines.len());
}

/// What a provider would store of a body that it takes as it is.
fn attributes_of(body: &Body) -> Expression {
    let mut pairs: BTreeMap<&str, Expression> = BTreeMap::new();
    for of in &body.blocks {
        let items = body.blocks_named(&of.name).map(|block| attributes_of(&block.body));
        pairs.insert(&of.name, Expression::List(items.collect()));
    }
    pairs.extend(body.arguments.iter().map(|(name, value)| (&**name, value.clone())));
    Expression::Object(pairs.into_iter().map(|(name, value)| (text(name), value)).collect())
}

fn existing_of(graph: &ResourceGraph) -> Existing {
    let instance = |node: &Declaration| ExistingInstance {
        address: node.address.clone(),
        is_managed: true,
        is_tainted: false,
        deposed: None,
        attributes: Some(attributes_of(&node.body)),
        sensitive: Vec::new(),
    };
    Existing { instances: graph.nodes.iter().map(instance).collect() }
}

/// Takes away what would make other instances than one, and names that two things share: those are for tests of their own.
fn plain_graph() -> impl Strategy<Value = ResourceGraph> {
    fn plain(body: &mut Body) {
        let Body { arguments, blocks } = body;
        blocks.retain(|block| block.name.as_ref() != "dynamic" && !arguments.iter().any(|(name, _)| *name == block.name));
        blocks.iter_mut().for_each(|block| plain(&mut block.body));
    }
    any_graph().prop_map(|mut graph| {
        for node in &mut graph.nodes {
            node.meta = Body::default();
            plain(&mut node.body);
        }
        graph
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::state::arbitrary::cases(30)))]

    #[test]
    fn what_exists_as_it_is_declared_differs_in_nothing(graph in plain_graph()) {
        let existing = existing_of(&graph);
        let comparison = compare(&graph, &existing);
        prop_assert!(comparison.is_same(), "{:#?}", comparison);
        prop_assert_eq!(comparison.n_same, graph.nodes.len());
    }

    #[test]
    fn any_two_can_be_compared(graph in any_graph(), other in any_graph()) {
        let existing = existing_of(&other);
        let comparison = compare(&graph, &existing);
        let n_told = comparison.missing.len() + comparison.compared.len() + comparison.n_same;
        prop_assert!(n_told <= graph.nodes.len() + existing.instances.len());
    }
}

#[test]
fn a_masked_secret_is_compared_and_not_shown() {
    let plain = resource("aws_x", "y", &[("name", text("n")), ("password", text("hunter22"))]);
    let mask = crate::model::Masked { seal: None, reads: Vec::new() };
    let masked = resource("aws_x", "y", &[("name", text("n")), ("password", Expression::Masked(Box::new(mask)))]);
    let mut graph = graph(vec![masked]);
    graph.kept.keep(0, plain, std::iter::empty());
    let state = |password: &str| json!([stored("aws_x.y", json!([{ "attributes": { "name": "n", "password": password } }]))]);
    assert_eq!(outline(&graph, state("hunter22")), Vec::<String>::new());
    let found = outline(&graph, state("other"));
    assert!(found.len() == 1 && found[0].starts_with("~ aws_x.y password") && found[0].ends_with(" hidden"), "{found:?}");
}
