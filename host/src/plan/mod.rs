//! What would change: graph against snapshot, as plain data.
//!
//! **Invariant:** a plan is a pure function of graph and snapshot: no file is read, nothing is printed, and nothing depends on the order in
//! which a program declared. The plan of what was stored against itself is empty.

pub mod against;

pub mod existing;

mod change;

mod diff;

mod document;

mod moves;

mod readers;

mod why;

pub use change::{Action, Base, Change, Plan, Proposal, Reason, Refusal, RefusalReason};
pub use diff::{Difference, Part, Side, Step, Uncertain, path_text};
pub use why::{Besides, Cause, Otherwise};

use crate::graph::ResourceGraph;
use crate::model::{Declaration, Kind};
use crate::state::{Entry, Snapshot};
use diff::Order;
use std::cmp::Ordering;

/// Compares what is declared with what was emitted last.
pub fn plan<'a>(graph: &'a ResourceGraph, snapshot: Option<&'a Snapshot>) -> Plan<'a> {
    let mut plan = compared(graph, snapshot);
    readers::note(&mut plan.changes, graph);
    plan
}

/// The same without a look at what reads what.
fn compared<'a>(graph: &'a ResourceGraph, snapshot: Option<&'a Snapshot>) -> Plan<'a> {
    let entries = snapshot.map_or(&[][..], |snapshot| &snapshot.entries);
    let moves = moves::declared(graph, snapshot);
    let mut changes = Vec::with_capacity(graph.nodes.len().max(entries.len()));
    let mut refusals = Vec::new();
    let compared = |entry: &'a Entry, node: &'a Declaration| Change::compared(entry, node, order_in(graph, node));
    each_pair(entries, &graph.nodes, |before, after| match (before, after) {
        (None, Some(node)) if moves.is_said_by(node) => {}
        (Some(entry), None) if moves.is_moved(entry) => {}
        (None, Some(node)) => changes.push(match moves.origin_of(node) {
            Some(entry) => compared(entry, node),
            None => Change::created(node),
        }),
        (Some(entry), None) => {
            if entry.protect {
                refusals.push(Refusal { address: &entry.address, reason: RefusalReason::Protected });
            }
            changes.push(Change::deleted(entry));
        }
        (Some(entry), Some(node)) => changes.push(compared(entry, node)),
        (None, None) => {}
    });
    refusals.extend(moves::shifted(graph, snapshot));
    let proposals = moves::proposed(&changes);
    let overrides = graph.nodes.iter().flat_map(|node| node.overrides.iter().map(|made| (&node.address, made))).collect();
    Plan { stack: &graph.stack, is_first: snapshot.is_none(), base: None, changes, proposals, refusals, overrides }
}

/// Returns what the order of items means in a declaration: where a provider has the word, and no schema of it is at hand, nobody knows.
fn order_in<'a>(graph: &'a ResourceGraph, node: &Declaration) -> Order<'a> {
    let sets = node.labels.first().and_then(|kind| graph.sets.of(node.kind, kind));
    match (sets, node.kind) {
        (Some(sets), _) => Order::ButIn(sets),
        (None, Kind::Resource | Kind::Data | Kind::Ephemeral | Kind::Provider | Kind::Module) => Order::Unknown,
        (None, _) => Order::Everywhere,
    }
}

/// Goes through two sorted lists at once, in the order of their addresses.
fn each_pair<'a>(
    entries: &'a [Entry],
    nodes: &'a [Declaration],
    mut visit: impl FnMut(Option<&'a Entry>, Option<&'a Declaration>),
) {
    let (mut entries, mut nodes) = (entries.iter().peekable(), nodes.iter().peekable());
    loop {
        let order = match (entries.peek(), nodes.peek()) {
            (Some(entry), Some(node)) => entry.address.cmp(&node.address),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return,
        };
        match order {
            Ordering::Less => visit(entries.next(), None),
            Ordering::Greater => visit(None, nodes.next()),
            Ordering::Equal => visit(entries.next(), nodes.next()),
        }
    }
}

#[cfg(test)]
mod tests;
