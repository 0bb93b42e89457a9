//! The whole of `main.tf.json`: declarations under their kinds and labels, written as they are gone through.

use super::json::Subject;
use super::kinds;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::ResourceGraph;
use crate::model::{Declaration, Kind};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

/// Indentation makes a small value that is nested deep a large text. In bytes.
const LARGEST: usize = 1 << 30;

/// Returns the bytes of a stack's `main.tf.json`: the same graph, the same bytes. With errors there are no bytes.
pub fn emit(graph: &ResourceGraph) -> (Vec<u8>, Diagnostics) {
    emit_within(graph, LARGEST)
}

fn emit_within(graph: &ResourceGraph, largest: usize) -> (Vec<u8>, Diagnostics) {
    let diagnostics = RefCell::default();
    let kinds = by_kind(graph, &diagnostics);
    let mut out = Bounded { bytes: Vec::new(), largest };
    let result = Root { kinds, diagnostics: &diagnostics }.serialize(&mut serde_json::Serializer::pretty(&mut out));
    let mut bytes = out.bytes;
    bytes.push(b'\n');

    let mut diagnostics = diagnostics.into_inner();
    if let Err(error) = result
        && !diagnostics.has_errors()
    {
        diagnostics.push(Diagnostic::error("unwritable", "Stack that cannot be written").detail(error.to_string()));
    }
    if diagnostics.has_errors() {
        bytes.clear();
    }
    (bytes, diagnostics)
}

/// Takes so many bytes and no more.
struct Bounded {
    bytes: Vec<u8>,
    largest: usize,
}

impl io::Write for Bounded {
    fn write(&mut self, new: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + new.len() > self.largest {
            return Err(io::Error::other(format!("its configuration is longer than {} bytes", self.largest)));
        }
        self.bytes.extend_from_slice(new);
        Ok(new.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Groups declarations under Terraform's key, sorted by labels; configurations of one provider are left in the order of their addresses.
fn by_kind<'a>(
    graph: &'a ResourceGraph,
    diagnostics: &RefCell<Diagnostics>,
) -> BTreeMap<&'static str, (Kind, Vec<&'a Declaration>)> {
    let mut kinds: BTreeMap<_, (Kind, Vec<&Declaration>)> = BTreeMap::new();
    for node in graph.unmasked() {
        if node.labels.len() == n_labels(node.kind) {
            kinds.entry(node.kind.terraform_key()).or_insert_with(|| (node.kind, Vec::new())).1.push(node);
        } else {
            Subject { node, diagnostics: &mut diagnostics.borrow_mut() }.error(
                "invalid-labels",
                "Wrong number of labels",
                format!(
                    "{} labels where a block `{}` has {}.",
                    node.labels.len(),
                    node.kind.terraform_key(),
                    n_labels(node.kind)
                ),
            );
        }
    }
    for (_, nodes) in kinds.values_mut() {
        nodes.sort_by(|a, b| a.labels.cmp(&b.labels));
    }
    kinds
}

fn n_labels(kind: Kind) -> usize {
    match kind {
        Kind::Resource | Kind::Data | Kind::Ephemeral => 2,
        Kind::Provider | Kind::Variable | Kind::Local | Kind::Output | Kind::Module | Kind::Check => 1,
        Kind::Settings | Kind::Moved | Kind::Import | Kind::Removed => 0,
    }
}

struct Root<'a> {
    kinds: BTreeMap<&'static str, (Kind, Vec<&'a Declaration>)>,
    diagnostics: &'a RefCell<Diagnostics>,
}

impl Serialize for Root<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.kinds
                .iter()
                .map(|(key, (kind, nodes))| (key, Labelled { kind: *kind, depth: 0, nodes, diagnostics: self.diagnostics })),
        )
    }
}

/// Declarations whose first `depth` labels are the same; sorted, at least one.
struct Labelled<'a> {
    kind: Kind,
    depth: usize,
    nodes: &'a [&'a Declaration],
    diagnostics: &'a RefCell<Diagnostics>,
}

impl Serialize for Labelled<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (depth, diagnostics) = (self.depth, self.diagnostics);
        if depth < n_labels(self.kind) {
            let mut map = serializer.serialize_map(None)?;
            for nodes in self.nodes.chunk_by(|a, b| a.labels[depth] == b.labels[depth]) {
                map.serialize_entry(&*nodes[0].labels[depth], &Labelled { depth: depth + 1, nodes, ..*self })?;
            }
            return map.end();
        }
        match (self.kind, self.nodes) {
            (Kind::Moved | Kind::Import | Kind::Removed, nodes) => {
                serializer.collect_seq(nodes.iter().map(|node| Node { node, diagnostics }))
            }
            (_, [node]) => Node { node, diagnostics }.serialize(serializer),
            (kind, nodes) => {
                if kind != Kind::Provider {
                    Subject { node: nodes[1], diagnostics: &mut diagnostics.borrow_mut() }.error(
                        "duplicate-declaration",
                        "Declared twice",
                        format!("There are {} declarations of this {}.", nodes.len(), kind.noun()),
                    );
                }
                serializer.collect_seq(nodes.iter().map(|node| Node { node, diagnostics }))
            }
        }
    }
}

struct Node<'a> {
    node: &'a Declaration,
    diagnostics: &'a RefCell<Diagnostics>,
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let node = self.node;
        let json = {
            let mut subject = Subject { node, diagnostics: &mut self.diagnostics.borrow_mut() };
            kinds::declaration(&mut subject, node.kind, &node.body, &node.meta)
        };
        json.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{KeptSecrets, Sets};
    use crate::model::{Address, Body, Expression, Place};

    #[test]
    fn what_indentation_makes_too_long_is_refused() {
        let deep = (0..90).fold(Expression::List(vec![Expression::Null; 100]), |value, _| Expression::List(vec![value]));
        let node = Declaration {
            address: Address::new(Kind::Local, &["deep"]),
            kind: Kind::Local,
            labels: vec!["deep".into()],
            body: Body { arguments: vec![("value".into(), deep)], blocks: vec![] },
            meta: Body::default(),
            scope: vec![],
            place: Place { file: "src/lib.rs".into(), line: 1, column: 1 },
            protect: false,
            aliases: vec![],
            overrides: Vec::new(),
        };
        let graph = ResourceGraph {
            stack: "app".into(),
            program: "test".into(),
            nodes: vec![node],
            edges: vec![vec![]],
            dependencies: vec![],
            assets: vec![],
            sets: Sets::default(),
            kept: KeptSecrets::default(),
        };
        assert!(!emit_within(&graph, 1 << 20).1.has_errors());
        let (bytes, diagnostics) = emit_within(&graph, 1 << 10);
        assert!(bytes.is_empty());
        assert_eq!(diagnostics.iter().next().unwrap().detail, "its configuration is longer than 1024 bytes");
    }
}
