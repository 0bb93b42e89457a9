//! Snapshots as they are shown: what was stored before a schema called it sensitive, or before there were masks, is masked now.

use crate::graph::SecretKey;
use crate::pipeline::Evaluated;
use crate::schema::Masking;
use crate::state::Snapshot;
use std::borrow::Cow;

/// Masks what is stored in plain text, for each graph. What is on the disk is masked by the next write: it differs from what is declared.
pub(super) fn snapshots<'s>(
    evaluated: &Evaluated,
    snapshots: &'s [Option<Snapshot>],
    key: Option<&SecretKey>,
) -> Vec<Option<Cow<'s, Snapshot>>> {
    let graphs = evaluated.graphs.iter().zip(snapshots);
    let masked = graphs.map(|(graph, snapshot)| {
        snapshot.as_ref().map(|snapshot| one(&mut Masking::of(graph, &evaluated.schemas, key), snapshot))
    });
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
