//! What reads something that changes, though its own text does not: it may change with it, which Terraform tells.

use super::change::{Action, Change};
use super::diff::{Difference, Part, Step};
use crate::graph::ResourceGraph;
use crate::model::{Address, Body, Declaration, Expression, Kind};
use std::collections::BTreeSet;

/// Notes with each change what reads it, directly or through local values that do not change themselves.
pub(super) fn note<'a>(changes: &mut [Change<'a>], graph: &'a ResourceGraph) {
    let mut is_changed = vec![false; graph.nodes.len()];
    let mut read = Vec::new();
    for (position, change) in changes.iter().enumerate().filter(|(_, change)| change.action != Action::NoOp) {
        let Some(node) = change.after.and_then(|after| graph.position(&after.address)) else { continue };
        is_changed[node] = true;
        if gives_others(change) {
            read.push((position, node));
        }
    }
    if read.is_empty() || is_changed.iter().all(|changed| *changed) {
        return;
    }
    let mut readers = vec![Vec::new(); graph.nodes.len()];
    for (reader, edges) in graph.edges.iter().enumerate().filter(|(reader, _)| !is_changed[*reader]) {
        edges.iter().for_each(|node| readers[*node as usize].push(reader));
    }
    for (position, node) in read {
        let change = &changes[position];
        let counts = |path: &str| is_affected(change, path);
        let found = readers_of(node, graph, &readers, &counts);
        changes[position].readers = found.into_iter().map(|reader| &graph.nodes[reader].address).collect();
    }
}

fn readers_of(node: usize, graph: &ResourceGraph, readers: &[Vec<usize>], counts: &dyn Fn(&str) -> bool) -> BTreeSet<usize> {
    let (mut found, mut seen, mut left) = (BTreeSet::new(), BTreeSet::new(), vec![node]);
    while let Some(read) = left.pop() {
        // Of a local value in between, all is taken to change.
        let counts = |path: &str| read != node || counts(path);
        for reader in readers[read].iter().copied() {
            if seen.contains(&reader) || !reads(&graph.nodes[reader], &graph.nodes[read].address, &counts) {
                continue;
            }
            seen.insert(reader);
            if graph.nodes[reader].kind == Kind::Local {
                left.push(reader);
            } else {
                found.insert(reader);
            }
        }
    }
    found
}

/// Tells whether what changes is something that others can read.
fn gives_others(change: &Change<'_>) -> bool {
    let is_name = |difference: &Difference<'_>, names: &[&str]| match difference.path.first() {
        Some(Step::Name(name)) => names.contains(&&**name),
        _ => false,
    };
    let counts = |difference: &Difference<'_>| match change.kind {
        Kind::Local => true,
        Kind::Variable => difference.part == Part::Body && !is_name(difference, &["description", "validation"]),
        Kind::Resource | Kind::Data | Kind::Ephemeral | Kind::Module => match difference.part {
            Part::Body => true,
            Part::Meta => !is_name(difference, &["lifecycle", "depends_on", "provisioner", "connection"]),
            Part::Host => false,
        },
        _ => false,
    };
    change.differences.iter().any(counts)
}

/// Tells whether what stands at a path of it may change: an argument that is declared as before does not, what a provider computes may.
fn is_affected(change: &Change<'_>, path: &str) -> bool {
    let name = path.split('.').next().unwrap_or_default();
    let (Some(before), Some(after)) = (change.before, change.after) else { return true };
    let is_argument = before.body.argument(name).is_some() && after.body.argument(name).is_some();
    if !matches!(change.kind, Kind::Resource | Kind::Data | Kind::Ephemeral) || !is_argument {
        return true;
    }
    change.differences.iter().any(|difference| match difference.path.first() {
        Some(Step::Name(first)) => difference.part == Part::Body && &**first == name,
        _ => false,
    })
}

/// Tells whether a declaration reads an address at a path that counts. To wait for something is not to read it.
fn reads(node: &Declaration, address: &Address, counts: &dyn Fn(&str) -> bool) -> bool {
    let is_read = |name: &str| !matches!(name, "depends_on" | "provider" | "providers");
    let is_output = node.kind == Kind::Output;
    let of_body = node.body.arguments.iter().filter(|(name, _)| !is_output || is_read(name));
    let of_meta = node.meta.arguments.iter().filter(|(name, _)| is_read(name));
    of_body.chain(of_meta).any(|(_, value)| holds(value, address, counts))
        || [&node.body, &node.meta].iter().any(|body| blocks_hold(body, address, counts))
}

fn blocks_hold(body: &Body, address: &Address, counts: &dyn Fn(&str) -> bool) -> bool {
    body.blocks.iter().any(|block| {
        block.body.arguments.iter().any(|(_, value)| holds(value, address, counts)) || blocks_hold(&block.body, address, counts)
    })
}

fn holds(value: &Expression, address: &Address, counts: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Expression::Reference(reference) => reference.to == *address && counts(&reference.path),
        Expression::Raw(parts) => parts.1.contains(address) || parts.0.contains(address.as_str()),
        Expression::Masked(masked) => masked.reads.iter().any(|read| holds(read, address, counts)),
        _ => {
            let mut found = false;
            value.each_child(&mut |child| found = found || holds(child, address, counts));
            found
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::ResourceGraph;
    use crate::model::{Address, Body, Declaration, Expression, Kind};
    use crate::plan::plan;
    use crate::state::Snapshot;
    use crate::state::arbitrary::{declaration, graph, resource};

    fn local(name: &str, value: Expression) -> Declaration {
        declaration(Kind::Local, &[name], Body { arguments: vec![("value".into(), value)], blocks: Vec::new() })
    }

    fn to(address: &str, path: &str) -> Expression {
        Expression::reference(Address::from_text(address), path)
    }

    /// A resource that changes, a local value that does, and what reads them.
    fn nodes(changing: &str) -> Vec<Declaration> {
        let text = Expression::text;
        let mut waiting = resource("t", "waiting", &[("a", text("x"))]);
        waiting.meta.arguments =
            vec![("depends_on".into(), Expression::List(vec![to("t.changing", ""), to("local.prefix", "")]))];
        vec![
            local("prefix", text(changing)),
            local("name", Expression::Template(vec![to("local.prefix", ""), text("-app")])),
            resource("t", "changing", &[("same", text("x")), ("other", text(changing))]),
            resource("t", "by_argument", &[("a", to("t.changing", "other"))]),
            resource("t", "by_attribute", &[("a", Expression::List(vec![to("t.changing", "arn")]))]),
            resource("t", "by_local", &[("a", to("local.name", ""))]),
            resource("t", "by_raw", &[("a", Expression::Raw(Box::new(("upper(local.prefix)".to_owned(), Vec::new()))))]),
            resource("t", "of_the_same", &[("a", to("t.changing", "same"))]),
            waiting,
        ]
    }

    fn with_edges(nodes: Vec<Declaration>) -> ResourceGraph {
        let mut graph = graph(nodes);
        let position = |address: &str| graph.nodes.iter().position(|node| node.address.as_str() == address).unwrap() as u32;
        let (prefix, name, changing) = (position("local.prefix"), position("local.name"), position("t.changing"));
        let edges = graph.nodes.iter().map(|node| match node.address.as_str() {
            "local.name" | "t.by_raw" => vec![prefix],
            "t.by_local" => vec![name],
            "t.by_argument" | "t.by_attribute" | "t.of_the_same" => vec![changing],
            "t.waiting" => vec![prefix, changing],
            _ => Vec::new(),
        });
        graph.edges = edges.collect();
        graph
    }

    #[test]
    fn what_reads_a_change_is_noted_with_it() {
        let before = Snapshot::of(&graph(nodes("old")), None).unwrap();
        let after = with_edges(nodes("new"));
        let plan = plan(&after, Some(&before));
        let readers = plan.changes.iter().filter(|change| !change.readers.is_empty());
        let readers: Vec<String> = readers
            .map(|change| {
                let names: Vec<&str> = change.readers.iter().map(|address| address.as_str()).collect();
                format!("{}: {}", change.address, names.join(" "))
            })
            .collect();
        assert_eq!(readers, ["local.prefix: t.by_local t.by_raw", "t.changing: t.by_argument t.by_attribute"]);
    }

    #[test]
    fn what_gives_others_nothing_has_no_readers() {
        let before = Snapshot::of(&graph(nodes("old")), None).unwrap();
        let mut protected = nodes("old");
        protected.iter_mut().for_each(|node| node.protect = node.address.as_str() == "t.changing");
        let after = with_edges(protected);
        let plan = plan(&after, Some(&before));
        assert!(!plan.is_empty() && plan.changes.iter().all(|change| change.readers.is_empty()));
    }
}
