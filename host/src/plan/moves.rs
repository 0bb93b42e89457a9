//! Moves: those that `moved` blocks declare, and those that are proposed. None is ever guessed.

use super::change::{Action, Change, Proposal, Reason, Refusal, RefusalReason};
use super::diff;
use crate::graph::ResourceGraph;
use crate::model::{Address, Declaration, Expression, Kind, Name};
use crate::state::{Entry, Snapshot};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The declared moves of this plan: of what was emitted last, to what is declared now.
#[derive(Default)]
pub(super) struct Moves<'a> {
    by_target: HashMap<&'a str, &'a Entry>,
    targets: HashMap<&'a str, &'a str>,
    said_by: HashSet<&'a Address>,
}

impl<'a> Moves<'a> {
    /// Returns what has moved to a declaration.
    pub(super) fn origin_of(&self, node: &Declaration) -> Option<&'a Entry> {
        self.by_target.get(node.address.as_str()).copied()
    }

    /// Tells whether an entry has moved elsewhere.
    pub(super) fn is_moved(&self, entry: &Entry) -> bool {
        self.targets.contains_key(entry.address.as_str())
    }

    /// Tells whether a node is the `moved` block of a move in this plan: the move is shown instead of the block.
    pub(super) fn is_said_by(&self, node: &Declaration) -> bool {
        node.kind == Kind::Moved && self.said_by.contains(&node.address)
    }
}

/// Finds the moves that count: from what is only in the snapshot to what is only in the graph, over several blocks if need be.
pub(super) fn declared<'a>(graph: &'a ResourceGraph, snapshot: Option<&'a Snapshot>) -> Moves<'a> {
    let Some(snapshot) = snapshot else { return Moves::default() };
    let blocks: BTreeMap<&str, (&str, &Address)> = graph
        .nodes
        .iter()
        .filter(|node| node.kind == Kind::Moved)
        .filter_map(|node| {
            let end = |name| node.body.argument(name).and_then(address_text);
            Some((end("from")?, (end("to")?, &node.address)))
        })
        .collect();
    let mut moves = Moves::default();
    for from in blocks.keys() {
        let Some(entry) = snapshot.entry(from).filter(|_| graph.node(from).is_none()) else { continue };
        let mut way = Vec::new();
        let mut here = *from;
        // No more steps than blocks: those of a circle lead nowhere.
        while let Some((to, said_by)) = blocks.get(here).filter(|_| way.len() < blocks.len()) {
            way.push(*said_by);
            here = to;
            if graph.node(here).is_some() {
                break;
            }
        }
        let is_new = graph.node(here).is_some() && snapshot.entry(here).is_none();
        if is_new && !moves.by_target.contains_key(here) {
            moves.by_target.insert(here, entry);
            moves.targets.insert(entry.address.as_str(), here);
            moves.said_by.extend(way);
        }
    }
    moves
}

fn address_text(expression: &Expression) -> Option<&str> {
    match expression {
        Expression::Reference(reference) if reference.path.is_empty() => Some(reference.to.as_str()),
        Expression::Symbol(text) | Expression::Text(text) => Some(text),
        _ => None,
    }
}

/// Finds what was handed a name that another one had, as its former addresses say: swaps, and shifts onto names that are still declared.
///
/// An alias that says nothing of this change stands in many programs for ever: only what surely is a change of places is found.
pub(super) fn shifted<'a>(graph: &'a ResourceGraph, snapshot: Option<&'a Snapshot>) -> Vec<Refusal<'a>> {
    let Some(snapshot) = snapshot else { return Vec::new() };
    let shifted = graph.nodes.iter().filter_map(|node| {
        let former = node.aliases.iter().find_map(|alias| snapshot.entry(alias.as_str()).zip(graph.node(alias.as_str())));
        let (entry, heir) = former.filter(|(entry, _)| entry.address != node.address)?;
        let is_alike = type_of(entry.kind, &entry.labels) == type_of(node.kind, &node.labels);
        let was = snapshot.entry(node.address.as_str());
        // What has a new name and a former one that somebody else has now; or what has the content that stood there, while its own is elsewhere.
        let has_taken = match was {
            None => !is_same(entry, heir),
            Some(was) => is_same(entry, node) && !is_same(was, node) && !is_same(entry, heir),
        };
        let refusal = Refusal { address: &entry.address, reason: RefusalReason::Shifted { to: &node.address } };
        (is_alike && has_taken).then_some(refusal)
    });
    shifted.collect()
}

fn is_same(entry: &Entry, node: &Declaration) -> bool {
    let differences = diff::differences(entry, node, diff::Order::Everywhere);
    differences.certain.iter().all(|difference| difference.part == diff::Part::Host)
}

/// Proposes moves among what is deleted and created: by alias, else by content that is unique on both sides.
pub(super) fn proposed<'a>(changes: &[Change<'a>]) -> Vec<Proposal<'a>> {
    let movable = |change: &&Change<'a>| matches!(change.kind, Kind::Resource | Kind::Module);
    let deleted: Vec<&'a Entry> =
        changes.iter().filter(movable).filter(is(Action::Delete)).filter_map(|change| change.before).collect();
    if deleted.is_empty() {
        return Vec::new();
    }
    let created: Vec<&'a Declaration> =
        changes.iter().filter(movable).filter(is(Action::Create)).filter_map(|change| change.after).collect();
    let mut proposals = by_alias(&deleted, &created);
    let paired: HashSet<&Address> = proposals.iter().flat_map(|proposal| [proposal.from, proposal.to]).collect();
    let left = |address: &Address| !paired.contains(address);
    let deleted: Vec<&Entry> = deleted.into_iter().filter(|entry| left(&entry.address)).collect();
    let created: Vec<&Declaration> = created.into_iter().filter(|node| left(&node.address)).collect();
    proposals.extend(by_content(&deleted, &created));
    proposals.sort_by(|a, b| a.to.cmp(b.to));
    proposals
}

fn is<'c, 'a: 'c>(action: Action) -> impl Fn(&&'c Change<'a>) -> bool {
    move |change| change.action == action
}

fn by_alias<'a>(deleted: &[&'a Entry], created: &[&'a Declaration]) -> Vec<Proposal<'a>> {
    let mut claims: BTreeMap<&Address, Vec<&'a Declaration>> = BTreeMap::new();
    for node in created {
        // The first alias that is deleted now is the latest address.
        let former = node.aliases.iter().find_map(|alias| find(deleted, alias));
        if let Some(entry) = former.filter(|entry| type_of(entry.kind, &entry.labels) == type_of(node.kind, &node.labels)) {
            claims.entry(&entry.address).or_default().push(node);
        }
    }
    let proposal = |(from, nodes): (&'a Address, Vec<&'a Declaration>)| match nodes[..] {
        [node] => Some(Proposal { from, to: &node.address, reason: Reason::Alias }),
        _ => None,
    };
    claims.into_iter().filter_map(proposal).collect()
}

fn find<'a>(entries: &[&'a Entry], address: &Address) -> Option<&'a Entry> {
    let index = entries.binary_search_by(|entry| entry.address.cmp(address)).ok()?;
    Some(entries[index])
}

fn by_content<'a>(deleted: &[&'a Entry], created: &[&'a Declaration]) -> Vec<Proposal<'a>> {
    type Alike<'a> = (Vec<&'a Entry>, Vec<&'a Declaration>);
    let mut groups: HashMap<(Kind, Option<&str>, u64, u64), Alike<'a>> = HashMap::new();
    for entry in deleted {
        let key = (diff::fingerprint(&entry.body), diff::fingerprint(&entry.meta));
        let (kind, of_type) = type_of(entry.kind, &entry.labels);
        groups.entry((kind, of_type, key.0, key.1)).or_default().0.push(entry);
    }
    for node in created {
        let key = (diff::fingerprint(&node.body), diff::fingerprint(&node.meta));
        let (kind, of_type) = type_of(node.kind, &node.labels);
        if let Some(group) = groups.get_mut(&(kind, of_type, key.0, key.1)) {
            group.1.push(node);
        }
    }
    groups.into_values().flat_map(|(deleted, created)| same_content(&deleted, &created)).collect()
}

/// Pairs what is alike but for masked secrets, which look alike: where each has one that is the same, and no other.
fn same_content<'a>(deleted: &[&'a Entry], created: &[&'a Declaration]) -> Vec<Proposal<'a>> {
    let is_masked = created.iter().any(|node| node.body.holds_mask());
    if !is_masked && (deleted.len() > 1 || created.len() > 1) {
        return Vec::new();
    }
    let is_only = |entry: &Entry, node: &Declaration| {
        created.iter().filter(|node| is_same(entry, node)).count() == 1
            && deleted.iter().filter(|entry| is_same(entry, node)).count() == 1
    };
    let pairs = deleted.iter().filter_map(|entry| {
        let node = created.iter().find(|node| is_same(entry, node))?;
        let proposal = Proposal { from: &entry.address, to: &node.address, reason: Reason::SameContent };
        is_only(entry, node).then_some(proposal)
    });
    pairs.collect()
}

/// Returns what must be equal for a move: the kind, and of resources the type.
fn type_of(kind: Kind, labels: &[Name]) -> (Kind, Option<&str>) {
    (kind, if kind == Kind::Resource { labels.first().map(AsRef::as_ref) } else { None })
}
