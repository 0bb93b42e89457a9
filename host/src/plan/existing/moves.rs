//! Where Terraform takes what is in its state before it compares anything: by blocks `moved`, and by itself where `count` comes or goes.

use super::instances::{Located, set};
use crate::graph::ResourceGraph;
use crate::model::hcl::expression_text;
use crate::model::{Existing, ExistingInstance, Expression, Kind};
use std::collections::HashSet;

/// The moves that are declared, each with the former and the new address.
pub(super) struct Moves(Vec<(String, String)>);

impl Moves {
    /// Returns those of a stack: the program's and those that are written down beside it.
    pub(super) fn of(graph: &ResourceGraph) -> Moves {
        let blocks = graph.nodes.iter().filter(|node| node.kind == Kind::Moved);
        let end = |value: Option<&Expression>| value.map(address_text);
        Moves(blocks.filter_map(|node| Some((end(node.body.argument("from"))?, end(node.body.argument("to"))?))).collect())
    }

    /// Returns each managed object with the address that it will have.
    pub(super) fn apply<'e>(&self, graph: &ResourceGraph, existing: &'e Existing) -> Vec<(&'e ExistingInstance, String)> {
        let managed = || existing.instances.iter().filter(|instance| instance.is_managed);
        // Nothing moves to where something is.
        let current = managed().filter(|instance| instance.deposed.is_none());
        let mut taken: HashSet<String> = current.map(|instance| instance.address.to_string()).collect();
        let goal = |instance: &'e ExistingInstance| {
            let mut address = instance.address.to_string();
            // No more steps than blocks: those of a circle lead nowhere.
            for _ in 0..self.0.len() {
                let Some(next) = self.0.iter().find_map(|(from, to)| moved(&address, from, to)) else { break };
                if taken.contains(&next) {
                    break;
                }
                address = next;
            }
            if let Some(next) = by_itself(graph, &address).filter(|next| !taken.contains(next)) {
                address = next;
            }
            taken.insert(address.clone());
            (instance, address)
        };
        managed().map(goal).collect()
    }
}

/// Returns the new address of what a move is about.
fn moved(address: &str, from: &str, to: &str) -> Option<String> {
    let rest = address.strip_prefix(from)?;
    // Where one end names an instance, both are instances: a whole thing is then the one without a key.
    let is_about_one = from.ends_with(']') || to.ends_with(']');
    let is_meant = match rest.chars().next() {
        None | Some('.') => true,
        Some('[') => !is_about_one,
        Some(_) => false,
    };
    is_meant.then(|| format!("{to}{rest}"))
}

/// What gets `count` becomes the first of its instances, and the other way round.
fn by_itself(graph: &ResourceGraph, address: &str) -> Option<String> {
    let located = Located::read(address).filter(|located| located.inner.is_empty())?;
    let node = graph.node(located.declaration).filter(|node| node.kind == Kind::Resource)?;
    match (located.key, set(node, "count"), set(node, "for_each")) {
        ("", Some(_), _) => Some(format!("{address}[0]")),
        ("[0]", None, None) => Some(located.declaration.to_owned()),
        _ => None,
    }
}

/// Returns an address that an argument names.
pub(super) fn address_text(value: &Expression) -> String {
    match value {
        Expression::Text(text) => text.trim().to_owned(),
        other => expression_text(other),
    }
}

/// Tells whether an address is another one, or stands below it.
pub(super) fn is_below(address: &str, other: &str) -> bool {
    address.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
