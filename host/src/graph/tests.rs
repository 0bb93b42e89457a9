//! What is found in a graph: each test declares a few things and says what must be told.

use super::*;
use crate::diagnostic::Diagnostics;
use crate::model::{Block, Body, Call, Evaluation, Expression, For, ForResult, Kind, Name, Place, StackDeclarations, StackLinks};

fn place(line: u32) -> Place {
    Place { file: "src/lib.rs".into(), line, column: 1 }
}

fn declare(kind: Kind, labels: &[&str], value: Expression) -> Declaration {
    let labels: Vec<Name> = labels.iter().map(|label| Name::from(*label)).collect();
    Declaration {
        address: Address::new(kind, &labels),
        kind,
        labels,
        body: body("value", value),
        meta: Body::default(),
        scope: Vec::new(),
        place: place(1),
        protect: false,
        aliases: Vec::new(),
        overrides: Vec::new(),
    }
}

fn body(name: &str, value: Expression) -> Body {
    Body { arguments: vec![(name.into(), value)], blocks: Vec::new() }
}

fn resource(name: &str, value: Expression) -> Declaration {
    declare(Kind::Resource, &["terraform_data", name], value)
}

fn symbol(text: &str) -> Expression {
    Expression::Symbol(text.into())
}

fn to(name: &str) -> Expression {
    Expression::reference(Address::new(Kind::Resource, &["terraform_data", name]), "output")
}

/// Declares each on a line of its own, from 1.
fn build_all(declarations: Vec<Declaration>) -> (ResourceGraph, Diagnostics) {
    let secrets = [SecretInput { name: "password".into(), description: "Of the database.".into() }];
    build_with(declarations, &secrets)
}

fn build_with(declarations: Vec<Declaration>, secrets: &[SecretInput]) -> (ResourceGraph, Diagnostics) {
    let lines = declarations.into_iter().zip(1..);
    let declarations = lines.map(|(declaration, line)| Declaration { place: place(line), ..declaration }).collect();
    let stack = StackDeclarations {
        name: "app".into(),
        place: place(0),
        declarations,
        reserved: Vec::new(),
        assets: Vec::new(),
        links: StackLinks::default(),
    };
    let evaluation = Evaluation { program: "test".into(), version: "1".into(), stacks: vec![stack] };
    let (mut graphs, diagnostics) = build(evaluation, secrets, &[]);
    (graphs.pop().unwrap(), diagnostics)
}

/// Expects each finding as `line: code: detail or help`, in any order of finding.
#[track_caller]
fn check(declarations: Vec<Declaration>, expected: &[&str]) {
    let (_, diagnostics) = build_all(declarations);
    let found: Vec<String> = diagnostics
        .iter()
        .map(|found| {
            let line = found.place.as_ref().map_or(0, |place| place.line);
            format!("{line}: {}: {}", found.code, if found.help.is_empty() { &found.detail } else { &found.help })
        })
        .collect();
    assert_eq!(found, expected);
}

#[track_caller]
fn edges(declarations: Vec<Declaration>, expected: &[(&str, &str)]) {
    let (graph, diagnostics) = build_all(declarations);
    assert_eq!(diagnostics, Diagnostics::default());
    let of = |from: usize| graph.edges[from].iter().map(move |to| (from, *to as usize));
    let name = |node: usize| graph.nodes[node].address.as_str();
    let found: Vec<_> = (0..graph.nodes.len()).flat_map(of).map(|(from, to)| (name(from), name(to))).collect();
    assert_eq!(found, expected);
}

#[test]
fn references_become_edges_wherever_they_stand() {
    let nested = Expression::call("jsonencode", vec![Expression::Object(vec![(Expression::text("k"), to("b"))])]);
    let mut meta = resource("c", Expression::Null);
    meta.meta = body("depends_on", Expression::List(vec![Expression::reference(to_address("a"), "")]));
    let raw = Expression::Raw(Box::new(("local.x + 1".into(), vec![Address::from_text("local.x")])));
    edges(
        vec![
            resource("a", nested),
            resource("b", symbol("var.x")),
            meta,
            declare(Kind::Local, &["x"], Expression::Integer(1)),
            declare(Kind::Variable, &["x"], Expression::Null),
            declare(Kind::Output, &["o"], raw),
        ],
        &[
            ("output.o", "local.x"),
            ("terraform_data.a", "terraform_data.b"),
            ("terraform_data.b", "var.x"),
            ("terraform_data.c", "terraform_data.a"),
        ],
    );
}

fn to_address(name: &str) -> Address {
    Address::new(Kind::Resource, &["terraform_data", name])
}

#[test]
fn a_resource_refers_to_its_provider_by_word_or_by_its_type() {
    let mut west = declare(Kind::Provider, &["aws"], Expression::Null);
    west.address = Address::from_text("provider.aws.west");
    let mut chosen = declare(Kind::Resource, &["aws_x", "chosen"], Expression::Null);
    chosen.meta = body("provider", symbol("aws.west"));
    edges(
        vec![
            declare(Kind::Provider, &["aws"], Expression::Null),
            west,
            chosen,
            declare(Kind::Resource, &["aws_x", "plain"], Expression::Null),
        ],
        &[("aws_x.chosen", "provider.aws.west"), ("aws_x.plain", "provider.aws")],
    );
}

#[test]
fn dangling_reference_names_the_closest_address() {
    check(
        vec![resource("logs", Expression::Null), resource("b", to("log"))],
        &["2: undeclared-reference: Did you mean `terraform_data.logs`?"],
    );
    check(
        vec![resource("b", symbol("var.region"))],
        &["1: undeclared-reference: `terraform_data.b` refers to `var.region`, which this stack does not declare."],
    );
}

#[test]
fn every_problem_is_told_at_once() {
    check(
        vec![resource("a", to("x1")), resource("a", Expression::Null), resource("0", Expression::Null)],
        &[
            "3: invalid-name: A name begins with a letter or `_`; letters, digits, `_` and `-` follow.",
            "2: duplicate-address: Give one of them another name, or declare them in different scopes.",
            "1: undeclared-reference: Did you mean `terraform_data.0`?",
        ],
    );
}

#[test]
fn a_duplicate_names_both_places() {
    let (_, diagnostics) = build_all(vec![resource("a", Expression::Null), resource("a", Expression::Null)]);
    let found = diagnostics.iter().next().unwrap();
    assert_eq!(found.place.as_ref().unwrap().line, 2);
    assert_eq!(found.related, [("first declared here".to_owned(), place(1))]);
}

#[test]
fn a_cycle_is_told_once_with_its_path() {
    let (_, diagnostics) = build_all(vec![
        resource("c", to("a")),
        resource("a", to("b")),
        resource("b", to("c")),
        resource("outside", to("a")),
        resource("x", to("y")),
        resource("y", to("x")),
    ]);
    let details: Vec<&str> = diagnostics.iter().map(|found| found.detail.as_str()).collect();
    assert_eq!(
        details,
        [
            "Each of these refers to the next: terraform_data.a -> terraform_data.b -> terraform_data.c -> terraform_data.a.",
            "Each of these refers to the next: terraform_data.x -> terraform_data.y -> terraform_data.x.",
        ]
    );
}

#[test]
fn a_declaration_does_not_refer_to_itself_but_a_variable_may() {
    check(vec![resource("a", to("a"))], &["1: self-reference: In provisioners, connections and postconditions it is `self`."]);
    check(vec![declare(Kind::Variable, &["x"], symbol("var.x"))], &[]);
}

#[test]
fn symbols_have_a_meaning_only_in_their_place() {
    check(
        vec![resource("a", symbol("each.key"))],
        &["1: symbol-out-of-place: `each.key` has a meaning only where `for_each` is set, and `terraform_data.a` sets none."],
    );
    check(
        vec![resource("a", symbol("self.id"))],
        &["1: unknown-symbol: `self` has a meaning in provisioners, connections and postconditions."],
    );
    check(vec![resource("a", symbol("path.modul"))], &["1: unknown-symbol: Did you mean `path.module`?"]);
    let mut each = resource("a", symbol("each.key"));
    each.meta = body("for_each", Expression::List(vec![]));
    check(vec![each], &[]);
    check(vec![resource("a", symbol("terraform.workspace"))], &[]);
}

#[test]
fn variables_of_for_splat_and_dynamic_are_known_inside_alone() {
    let over = |result| {
        Expression::For(Box::new(For {
            key: None,
            value: "v".into(),
            collection: Expression::List(vec![]),
            result: ForResult::List(result),
            condition: None,
        }))
    };
    check(vec![resource("a", over(symbol("v.id")))], &[]);
    check(vec![resource("a", symbol("v"))], &["1: unknown-symbol: `v` has no meaning here."]);
    let splat = Expression::Splat(Box::new((Expression::List(vec![]), symbol("*"))));
    check(vec![resource("a", splat)], &[]);

    let block = |name: &str, labels: &[&str], body| Block {
        name: name.into(),
        labels: labels.iter().map(|label| Name::from(*label)).collect(),
        body,
    };
    let mut dynamic = resource("a", Expression::Null);
    let mut inner = body("for_each", Expression::List(vec![]));
    inner.blocks.push(block("content", &[], body("cidr", symbol("ingress.value"))));
    dynamic.body.blocks.push(block("dynamic", &["ingress"], inner));
    check(vec![dynamic], &[]);
}

#[test]
fn a_reference_behind_a_variable_of_its_first_word_is_refused() {
    let expected =
        "2: hidden-reference: Give the variable another name than `terraform_data`; for a `dynamic` block, set `iterator`.";
    let over = Expression::For(Box::new(For {
        key: Some("terraform_data".into()),
        value: "v".into(),
        collection: to("a"),
        result: ForResult::List(to("a")),
        condition: None,
    }));
    check(vec![resource("a", Expression::Null), resource("b", over)], &[expected]);
    let directive = (None, Name::from("terraform_data"), to("a"), Expression::Template(vec![to("a")]));
    let directive = Expression::Template(vec![Expression::DirectiveFor(Box::new(directive))]);
    check(vec![resource("a", Expression::Null), resource("b", directive)], &[expected]);

    let mut dynamic = resource("b", Expression::Null);
    let mut inner = body("for_each", to("a"));
    inner.blocks.push(Block { name: "content".into(), labels: vec![], body: body("cidr", to("a")) });
    dynamic.body.blocks.push(Block { name: "dynamic".into(), labels: vec!["terraform_data".into()], body: inner });
    check(vec![resource("a", Expression::Null), dynamic], &[expected]);
}

#[test]
fn a_checks_own_data_source_is_its_own() {
    let data = Block { name: "data".into(), labels: vec!["http".into(), "health".into()], body: Body::default() };
    let mut assert =
        Block { name: "assert".into(), labels: vec![], body: body("condition", symbol("data.http.health.status_code")) };
    assert.body.arguments.push(("error_message".into(), Expression::text("It is down.")));
    let mut check_block = declare(Kind::Check, &["health"], Expression::Null);
    check_block.body = Body { arguments: vec![], blocks: vec![assert, data] };
    check(vec![check_block.clone()], &[]);
    check(
        vec![check_block, declare(Kind::Output, &["o"], symbol("data.http.health.status_code"))],
        &["2: undeclared-reference: `output.o` refers to `data.http.health`, which this stack does not declare."],
    );
}

#[test]
fn what_has_moved_need_not_be_declared() {
    let mut moved = declare(Kind::Moved, &[], Expression::Null);
    moved.body = Body { arguments: vec![("from".into(), symbol("terraform_data.old"))], blocks: vec![] };
    check(vec![moved], &[]);
}

#[test]
fn a_sensitive_variable_is_not_shown_by_a_plain_output() {
    let mut secret = declare(Kind::Variable, &["secret"], Expression::Null);
    secret.body = body("sensitive", Expression::Bool(true));
    let local = declare(Kind::Local, &["copy"], symbol("var.secret"));
    let output = declare(Kind::Output, &["o"], Expression::Template(vec![Expression::text("is "), symbol("local.copy")]));
    let expected =
        "3: sensitive-output: Set `sensitive` on the output, or wrap the value in `nonsensitive(...)` where showing it is meant.";
    check(vec![secret.clone(), local.clone(), output.clone()], &[expected]);

    let meant = Call { function: "nonsensitive".into(), arguments: vec![symbol("var.secret")], expand: false };
    check(vec![secret.clone(), declare(Kind::Output, &["o"], Expression::Call(Box::new(meant)))], &[]);
    let mut marked = output;
    marked.body.arguments.insert(0, ("sensitive".into(), Expression::Bool(true)));
    check(vec![secret, local, marked], &[]);
}

#[test]
fn a_secret_input_becomes_a_sensitive_variable_where_it_is_used() {
    let (graph, diagnostics) = build_all(vec![resource("db", symbol("var.password"))]);
    assert_eq!(diagnostics, Diagnostics::default());
    let variable = graph.node("var.password").unwrap();
    assert_eq!(variable.body.argument("sensitive"), Some(&Expression::Bool(true)));
    assert!(build_all(vec![resource("db", Expression::Null)]).0.node("var.password").is_none());
}

#[test]
fn settings_are_merged_and_conflicts_told() {
    let settings = |version: &str| {
        let mut settings = declare(Kind::Settings, &[], Expression::Null);
        settings.body = body("required_version", Expression::text(version));
        settings
    };
    let (graph, diagnostics) = build_all(vec![settings(">= 1.10"), settings(">= 1.10")]);
    assert_eq!((graph.nodes.len(), diagnostics), (1, Diagnostics::default()));
    check(vec![settings(">= 1.10"), settings(">= 1.9")], &["2: conflicting-settings: Set it once."]);
}

#[test]
fn order_of_declaration_changes_nothing() {
    let declarations = || vec![resource("b", to("a")), resource("a", Expression::Null), resource("c", to("b"))];
    let (forward, _) = build_all(declarations());
    let (backward, _) = build_all(declarations().into_iter().rev().collect());
    let addresses = |graph: &ResourceGraph| graph.nodes.iter().map(|node| node.address.to_string()).collect::<Vec<_>>();
    assert_eq!((addresses(&forward), &forward.edges), (addresses(&backward), &backward.edges));
}

/// So many things that each going through all others would not end while a test is waited for.
const VERY_MANY: usize = 50_000;

#[test]
fn what_is_sensitive_is_found_behind_a_chain_of_any_length() {
    let mut secret = declare(Kind::Variable, &["secret"], Expression::Null);
    secret.body = body("sensitive", Expression::Bool(true));
    // Backwards: in the order of addresses, each link is found before the one that makes it sensitive.
    let link = |n: usize| {
        let next = if n + 1 == VERY_MANY { "var.secret".to_owned() } else { format!("local.l{:06}", n + 1) };
        declare(Kind::Local, &[&format!("l{n:06}")], symbol(&next))
    };
    let mut declarations: Vec<Declaration> = (0..VERY_MANY).map(link).collect();
    declarations.extend([secret, declare(Kind::Output, &["o"], symbol("local.l000000"))]);
    let (_, diagnostics) = build_all(declarations);
    let codes: Vec<&str> = diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["sensitive-output"]);
}

#[test]
fn a_check_may_read_very_many_data_sources_of_its_own() {
    let name = |n: usize| Name::from(format!("n{n}"));
    let data = |n| Block { name: "data".into(), labels: vec!["t".into(), name(n)], body: Body::default() };
    let mut check_block = declare(Kind::Check, &["c"], Expression::Null);
    check_block.body.blocks = (0..VERY_MANY).map(data).collect();
    check_block.body.arguments[0].1 =
        Expression::List((0..VERY_MANY).map(|n| symbol(&format!("data.t.{}.id", name(n)))).collect());
    check(vec![check_block], &[]);
}

#[test]
fn very_many_settings_are_merged() {
    let settings = |prefix: &str| {
        let block = |n: usize| Block { name: format!("{prefix}{n}").into(), labels: vec![], body: Body::default() };
        let providers = (0..VERY_MANY).map(|n| (format!("{prefix}{n:06}").into(), Expression::Null)).collect();
        let providers = Body { arguments: providers, blocks: vec![] };
        let mut settings = declare(Kind::Settings, &[], Expression::Null);
        settings.body.blocks = (0..VERY_MANY).map(block).collect();
        settings.body.blocks.push(Block { name: "required_providers".into(), labels: vec![], body: providers });
        settings
    };
    let (graph, diagnostics) = build_all(vec![settings("a"), settings("b")]);
    assert_eq!(diagnostics, Diagnostics::default());
    let body = &graph.nodes[0].body;
    assert_eq!(body.blocks.len(), 2 * VERY_MANY + 1);
    assert_eq!(body.blocks_named("required_providers").next().unwrap().body.arguments.len(), 2 * VERY_MANY);
}

#[test]
fn very_many_secrets_among_very_many_values_are_found() {
    let secrets: Vec<SecretInput> =
        (0..VERY_MANY).map(|n| SecretInput { name: format!("s{n}"), description: String::new() }).collect();
    let declarations = (0..VERY_MANY).map(|n| resource(&format!("r{n}"), symbol(&format!("var.s{n}")))).collect();
    let (graph, diagnostics) = build_with(declarations, &secrets);
    // With the version that `terraform_data` needs.
    assert_eq!((graph.nodes.len(), diagnostics), (2 * VERY_MANY + 1, Diagnostics::default()));
}

#[test]
fn an_attribute_of_a_secret_input_is_a_mention_of_it() {
    assert!(build_all(vec![resource("db", symbol("var.password.user"))]).0.node("var.password").is_some());
}

#[test]
fn a_program_that_declares_a_secrets_variable_itself_makes_it_sensitive() {
    let mut own = declare(Kind::Variable, &["password"], Expression::Null);
    own.body = Body::default();
    check(vec![own.clone()], &["1: plain-secret: Set `sensitive = true` on the variable, or leave its declaration to tapwasm."]);
    own.body = body("sensitive", Expression::Bool(true));
    check(vec![own], &[]);
}

#[test]
fn a_variable_of_an_expression_is_not_the_sensitive_one() {
    let mut secret = declare(Kind::Variable, &["secret"], Expression::Null);
    secret.body = body("sensitive", Expression::Bool(true));
    let shadowed = Expression::For(Box::new(For {
        key: None,
        value: "var".into(),
        collection: Expression::List(vec![]),
        result: ForResult::List(symbol("var.secret")),
        condition: None,
    }));
    check(vec![secret, declare(Kind::Output, &["o"], shadowed)], &[]);
}

#[test]
fn of_a_very_long_cycle_some_is_told() {
    let link = |n: usize| resource(&format!("l{n:06}"), to(&format!("l{:06}", (n + 1) % VERY_MANY)));
    let (_, diagnostics) = build_all((0..VERY_MANY).map(link).collect());
    let found = diagnostics.iter().next().unwrap();
    assert!(found.detail.ends_with(" -> (49950 more) -> terraform_data.l000000."), "{}", found.detail);
    assert_eq!(found.related.len(), 49);
}

#[test]
fn of_very_many_undeclared_references_some_are_told() {
    let (_, diagnostics) = build_all(vec![resource("a", Expression::List(vec![symbol("var.x"); VERY_MANY]))]);
    assert_eq!((diagnostics.iter().count(), diagnostics.n_errors()), (1000, VERY_MANY));
}

#[test]
fn an_address_that_is_too_long_is_told_once() {
    let long = "x".repeat(1 << 20);
    let (_, diagnostics) = build_all(vec![resource(&long, Expression::List(vec![symbol("var.x"); VERY_MANY]))]);
    let found: Vec<&str> = diagnostics.iter().map(|found| found.detail.as_str()).collect();
    assert_eq!(found, ["The address is longer than 4096 bytes."]);
}
