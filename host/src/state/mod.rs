//! What was emitted last, and what was applied: snapshots, their file format, and the stores that keep them.
//!
//! **Invariant:** only `objects`, `lease` and `lock` touch files and networks, and nothing that cannot be read is ever replaced or reset.

mod snapshot;

mod provenance;

mod location;
mod salts;

mod file_v1;

mod packed;

mod applied;

mod error;

mod objects;

mod interrupt;

mod lease;

mod store;

pub use crate::lock::{Life, LockState};
pub use error::StateError;
pub use lease::Unlocked;
pub use location::{Location, LocationError};
pub use provenance::Provenance;
pub use snapshot::{Entry, Lineage, Snapshot};
pub use store::{Current, LockedStack, Store, Stored, StoredSerial, Verified, Written};

#[cfg(test)]
pub(crate) mod arbitrary;
