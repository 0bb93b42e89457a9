//! Snapshots as they are shown: what was stored before a schema called it sensitive, or before there were masks, is masked now.

use crate::graph::SecretKey;
use crate::pipeline::Evaluated;
use crate::schema::Masking;
use crate::state::{Snapshot, Stored};
use std::borrow::Cow;

/// Returns what each graph is compared with: what was applied, where that is known, and else what was emitted last.
pub(super) fn bases<'s>(evaluated: &Evaluated, stored: &'s [Stored], key: Option<&SecretKey>) -> Vec<Option<Cow<'s, Snapshot>>> {
    masked(evaluated, stored.iter().map(Stored::base), key)
}

/// Returns what was emitted of each graph after what was applied.
pub(super) fn emitted_since<'s>(
    evaluated: &Evaluated,
    stored: &'s [Stored],
    key: Option<&SecretKey>,
) -> Vec<Option<Cow<'s, Snapshot>>> {
    masked(evaluated, stored.iter().map(|stored| stored.applied.as_ref().and(stored.emitted.as_ref())), key)
}

/// Masks what is stored in plain text, for each graph. What is in the store is masked by the next write: it differs from what is declared.
fn masked<'s>(
    evaluated: &Evaluated,
    snapshots: impl Iterator<Item = Option<&'s Snapshot>>,
    key: Option<&SecretKey>,
) -> Vec<Option<Cow<'s, Snapshot>>> {
    let graphs = evaluated.graphs.iter().zip(snapshots);
    let masked =
        graphs.map(|(graph, snapshot)| snapshot.map(|snapshot| one(&mut Masking::of(graph, &evaluated.schemas, key), snapshot)));
    masked.collect()
}

fn one<'s>(masking: &mut Masking<'_>, snapshot: &'s Snapshot) -> Cow<'s, Snapshot> {
    let mut masked = Cow::Borrowed(snapshot);
    for (position, entry) in snapshot.entries.iter().enumerate() {
        if !masking.may_hide(entry.kind, &entry.labels, &entry.meta) {
            continue;
        }
        let mut body = entry.body.clone();
        if !masking.body(entry.kind, &entry.labels, &entry.meta, &entry.address, &mut body).is_empty() {
            masked.to_mut().entries[position].body = body;
        }
    }
    masked
}
