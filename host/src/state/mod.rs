//! What was emitted last: the snapshot, its file format, and the local store.
//!
//! **Invariant:** only `store` and `lock` touch the file system, and nothing that cannot be read is ever replaced or reset.

mod snapshot;

mod salts;

mod file_v1;

mod error;

mod store;

pub use crate::lock::LockState;
pub use error::StateError;
pub use snapshot::{Entry, Lineage, Snapshot};
pub use store::{Current, LockedStack, Store, StoredSerial, Verified, Written};

#[cfg(test)]
pub(crate) mod arbitrary;
