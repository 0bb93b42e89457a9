//! What was emitted last: the snapshot, its file format, and the local store.

mod snapshot;

pub use snapshot::{Entry, Lineage, Snapshot};
