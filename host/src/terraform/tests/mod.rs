//! Graphs built by hand, and what they are emitted as.

mod blocks;
mod notations;
mod real;
mod round_trip;
mod whole;

use crate::diagnostic::Diagnostics;
use crate::graph::{KeptSecrets, ResourceGraph, Sets};
use crate::model::{Address, Block, Body, Declaration, Expression, Kind, Name, Place};

pub(super) fn symbol(text: &str) -> Expression {
    Expression::Symbol(text.into())
}

pub(super) fn text(text: &str) -> Expression {
    Expression::text(text)
}

pub(super) fn list(items: impl Into<Vec<Expression>>) -> Expression {
    Expression::List(items.into())
}

pub(super) fn object(members: &[(&str, Expression)]) -> Expression {
    Expression::Object(members.iter().map(|(key, value)| (text(key), value.clone())).collect())
}

pub(super) fn template(parts: impl Into<Vec<Expression>>) -> Expression {
    Expression::Template(parts.into())
}

pub(super) fn raw(text: &str) -> Expression {
    Expression::Raw(Box::new((text.to_owned(), Vec::new())))
}

pub(super) fn body(arguments: &[(&str, Expression)], blocks: &[Block]) -> Body {
    let arguments = arguments.iter().map(|(name, value)| (Name::from(*name), value.clone())).collect();
    let mut body = Body { arguments, blocks: blocks.to_vec() };
    body.sort();
    body
}

pub(super) fn block(name: &str, labels: &[&str], arguments: &[(&str, Expression)], blocks: &[Block]) -> Block {
    let labels = labels.iter().map(|label| Name::from(*label)).collect();
    Block { name: name.into(), labels, body: body(arguments, blocks) }
}

pub(super) fn node(kind: Kind, labels: &[&str], body: Body, meta: Body) -> Declaration {
    let alias = meta.argument("alias").and_then(Expression::as_text).filter(|_| kind == Kind::Provider);
    let of_address: Vec<&str> = match kind {
        Kind::Moved | Kind::Import | Kind::Removed => vec![body.arguments.first().map_or("x", |(name, _)| name)],
        _ => labels.iter().copied().chain(alias).collect(),
    };
    Declaration {
        address: Address::new(kind, &of_address),
        kind,
        labels: labels.iter().map(|label| Name::from(*label)).collect(),
        body,
        meta,
        scope: Vec::new(),
        place: Place { file: "src/lib.rs".into(), line: 7, column: 5 },
        protect: false,
        aliases: Vec::new(),
        overrides: Vec::new(),
    }
}

pub(super) fn graph(mut nodes: Vec<Declaration>) -> ResourceGraph {
    nodes.sort_by(|a, b| a.address.cmp(&b.address));
    let edges = vec![Vec::new(); nodes.len()];
    ResourceGraph {
        stack: "test".to_owned(),
        program: "test".to_owned(),
        nodes,
        edges,
        dependencies: Vec::new(),
        assets: Vec::new(),
        sets: Sets::default(),
        kept: KeptSecrets::default(),
    }
}

/// Returns what is emitted, which must be without problems.
#[track_caller]
pub(super) fn emitted(nodes: Vec<Declaration>) -> String {
    let (bytes, diagnostics) = super::emit(&graph(nodes));
    assert_eq!(diagnostics, Diagnostics::default());
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

/// Returns the codes and details of what is wrong.
#[track_caller]
pub(super) fn refused(node: Declaration) -> String {
    let (bytes, diagnostics) = super::emit(&graph(vec![node.clone()]));
    assert_eq!(bytes, b"", "nothing is emitted beside an error");
    for diagnostic in diagnostics.iter() {
        assert_eq!((&diagnostic.address, &diagnostic.place), (&Some(node.address.clone()), &Some(node.place.clone())));
    }
    let lines: Vec<String> = diagnostics.iter().map(|it| format!("{}: {}", it.code, it.detail)).collect();
    lines.join("\n")
}
