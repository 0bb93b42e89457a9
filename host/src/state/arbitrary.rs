//! Random declarations for property tests, and short ways to write some down.

use crate::graph::{KeptSecrets, ResourceGraph, Sets};
use crate::model::{Address, Block, Body, Call, Declaration, Expression, For, ForResult, Kind, Name, Place, Reference};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Makes a graph of declarations.
pub(crate) fn graph(mut nodes: Vec<Declaration>) -> ResourceGraph {
    nodes.sort_by(|a, b| a.address.cmp(&b.address));
    nodes.dedup_by(|a, b| a.address == b.address);
    let edges = vec![Vec::new(); nodes.len()];
    ResourceGraph {
        stack: "dev".to_owned(),
        program: "payments".to_owned(),
        nodes,
        edges,
        dependencies: Vec::new(),
        assets: Vec::new(),
        sets: Sets::default(),
        kept: KeptSecrets::default(),
    }
}

/// Makes a resource with arguments.
pub(crate) fn resource(kind: &str, name: &str, arguments: &[(&str, Expression)]) -> Declaration {
    let arguments = arguments.iter().map(|(name, value)| (Name::from(*name), value.clone())).collect();
    declaration(Kind::Resource, &[kind, name], Body { arguments, blocks: Vec::new() })
}

/// Makes a declaration of any kind.
pub(crate) fn declaration(kind: Kind, labels: &[&str], mut body: Body) -> Declaration {
    body.sort();
    Declaration {
        address: Address::new(kind, labels),
        kind,
        labels: labels.iter().map(|label| Name::from(*label)).collect(),
        body,
        meta: Body::default(),
        scope: Vec::new(),
        place: Place { file: "src/lib.rs".into(), line: 1, column: 1 },
        protect: false,
        aliases: Vec::new(),
        overrides: Vec::new(),
    }
}

/// Makes a nested block.
pub(crate) fn block(name: &str, arguments: &[(&str, Expression)]) -> Block {
    let arguments = arguments.iter().map(|(name, value)| (Name::from(*name), value.clone())).collect();
    let mut body = Body { arguments, blocks: Vec::new() };
    body.sort();
    Block { name: name.into(), labels: Vec::new(), body }
}

/// Any graph of resources.
pub(crate) fn any_graph() -> impl Strategy<Value = ResourceGraph> {
    vec(any_resource(), 0..12).prop_map(graph)
}

fn any_resource() -> impl Strategy<Value = Declaration> {
    (0..3_u8, 0..6_u8, any_body(), any_body(), any::<bool>()).prop_map(|(of, name, body, meta, protect)| {
        let declaration = declaration(Kind::Resource, &[&format!("t_{of}"), &format!("n{name}")], body);
        Declaration { meta, protect, ..declaration }
    })
}

/// Any body, with blocks in blocks.
pub(crate) fn any_body() -> impl Strategy<Value = Body> {
    let flat = vec((any_name(), any_expression()), 0..4).prop_map(|arguments| tidy(arguments, Vec::new()));
    flat.prop_recursive(2, 8, 3, |inner| {
        let block = (any_name(), vec(any_name(), 0..2), inner);
        let blocks = vec(block.prop_map(|(name, labels, body)| Block { name, labels, body }), 0..3);
        (vec((any_name(), any_expression()), 0..3), blocks).prop_map(|(arguments, blocks)| tidy(arguments, blocks))
    })
}

fn tidy(arguments: Vec<(Name, Expression)>, blocks: Vec<Block>) -> Body {
    let mut body = Body { arguments, blocks };
    body.sort();
    body.arguments.dedup_by(|a, b| a.0 == b.0);
    body
}

fn any_name() -> impl Strategy<Value = Name> {
    "[a-c$]{1,2}".prop_map(Name::from)
}

fn any_address() -> impl Strategy<Value = Address> {
    "t_[a-c]\\.n[0-9]".prop_map(|text| Address::from_text(&text))
}

/// Text that formats and templates stumble over, JSON among it.
fn any_text() -> impl Strategy<Value = Box<str>> {
    prop_oneof![
        any::<String>(),
        "[$%{}\"\\\\\n\u{0}-\u{1f} a-z]{0,12}",
        "\\$[a-z]{0,3}",
        Just("{\"a\":[1,2,{\"b\":\"c\"}]}".to_owned()),
        Just("[1.50, 12345678901234567890]".to_owned()),
    ]
    .prop_map(String::into_boxed_str)
}

/// Any expression of any kind.
pub(crate) fn any_expression() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        Just(Expression::Null),
        any::<bool>().prop_map(Expression::Bool),
        any::<i64>().prop_map(Expression::Integer),
        "-?[1-9][0-9]{0,30}\\.[0-9]{1,20}".prop_map(|text| Expression::Number(text.into())),
        any_text().prop_map(Expression::Text),
        (any_address(), "|arn|a\\.b").prop_map(|(to, path)| Expression::Reference(Box::new(Reference {
            stack: None,
            to,
            path: path.into()
        }))),
        any_text().prop_map(Expression::Symbol),
        (any::<String>(), vec(any_address(), 0..3)).prop_map(|raw| Expression::Raw(Box::new(raw))),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        let one = || inner.clone();
        let key = prop_oneof![4 => any_text().prop_map(Expression::Text), 1 => inner.clone()];
        prop_oneof![
            vec(one(), 0..4).prop_map(Expression::List),
            vec((key, one()), 0..4).prop_map(Expression::Object),
            vec(one(), 0..4).prop_map(Expression::Template),
            (any_name(), vec(one(), 0..3), any::<bool>())
                .prop_map(|(function, arguments, expand)| { Expression::Call(Box::new(Call { function, arguments, expand })) }),
            (one(), any_name()).prop_map(|parts| Expression::Attribute(Box::new(parts))),
            (one(), one()).prop_map(|parts| Expression::Index(Box::new(parts))),
            (one(), one()).prop_map(|parts| Expression::Splat(Box::new(parts))),
            [one(), one(), one()].prop_map(|parts| Expression::Conditional(Box::new(parts))),
            (any_name(), one()).prop_map(|parts| Expression::Unary(Box::new(parts))),
            (any_name(), one(), one()).prop_map(|parts| Expression::Binary(Box::new(parts))),
            (option::of(any_name()), any_name(), one(), for_result(one()), option::of(one())).prop_map(
                |(key, value, collection, result, condition)| {
                    Expression::For(Box::new(For { key, value, collection, result, condition }))
                }
            ),
            (one(), one(), option::of(one())).prop_map(|parts| Expression::DirectiveIf(Box::new(parts))),
            (option::of(any_name()), any_name(), one(), one()).prop_map(|parts| Expression::DirectiveFor(Box::new(parts))),
        ]
    })
}

fn for_result(inner: impl Strategy<Value = Expression> + Clone) -> impl Strategy<Value = ForResult> {
    prop_oneof![
        inner.clone().prop_map(ForResult::List),
        (inner.clone(), inner, any::<bool>()).prop_map(|(key, value, grouping)| ForResult::Object { key, value, grouping }),
    ]
}

/// Returns how many random cases a test tries: `usual`, or forty times as many in the slow lane (`.ci/run --slow`).
pub(crate) fn cases(usual: u32) -> u32 {
    if std::env::var_os("TAPWASM_SLOW").is_some() { usual * 40 } else { usual }
}
