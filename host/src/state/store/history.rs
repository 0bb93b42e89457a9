//! What is kept of a stack beside its last snapshot: reading it, and finding what is damaged.

use super::{Kept, Store};
use crate::state::error::StateError;
use crate::state::file_v1::Header;
use crate::state::snapshot::{Lineage, Snapshot};
use std::time::SystemTime;

/// One serial of a stack's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSerial {
    /// The serial.
    pub serial: u64,
    /// When it was stored, where the store tells.
    pub stored: Option<SystemTime>,
    /// Its size as it is stored.
    pub bytes: u64,
}

/// What the last snapshot of a stack is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current {
    /// Its history.
    pub lineage: Lineage,
    /// Its serial: the one that was emitted last.
    pub serial: u64,
    /// The serial that was applied, where somebody said so.
    pub applied: Option<u64>,
    /// The program that declared it.
    pub program: String,
}

/// What was found in a stack's state.
#[derive(Debug)]
pub struct Verified {
    /// So many serials were read.
    pub n_read: usize,
    /// The newest serial that is as it was written.
    pub newest_good: Option<u64>,
    /// What is not.
    pub faults: Vec<StateError>,
}

impl Store {
    /// Reads the snapshot that was stored under a serial; nothing where it is not kept.
    pub fn read_serial(&self, stack: &str, serial: u64) -> Result<Option<Snapshot>, StateError> {
        self.stack_here(stack)?.read_serial(serial)
    }

    /// Returns the serials that are kept of a stack, sorted.
    pub fn serials(&self, stack: &str) -> Result<Vec<u64>, StateError> {
        Ok(self.stack_here(stack)?.kept()?.iter().map(|kept| kept.serial).collect())
    }

    /// Returns the serials that are kept of a stack, the newest first, with when each was stored.
    pub fn history(&self, stack: &str) -> Result<Vec<StoredSerial>, StateError> {
        let kept = self.stack_here(stack)?.kept()?.into_iter().rev();
        Ok(kept.map(|Kept { serial, object, .. }| StoredSerial { serial, stored: object.written, bytes: object.bytes }).collect())
    }

    /// Returns what the last snapshot of a stack is, without reading its declarations.
    pub fn header(&self, stack: &str) -> Result<Option<Current>, StateError> {
        let stack = self.stack_here(stack)?;
        let Some(Header { lineage, serial, program, .. }) = stack.header()? else { return Ok(None) };
        let applied = stack.applied_of(&lineage, serial)?.map(|applied| applied.serial);
        Ok(Some(Current { lineage, serial, applied, program }))
    }

    /// Reads everything that is kept of a stack: each serial, whether all are of one history, and the pointer to what was applied.
    pub fn verify(&self, stack: &str) -> Result<Verified, StateError> {
        let objects = self.stack_here(stack)?;
        let mut verified = Verified { n_read: 0, newest_good: None, faults: Vec::new() };
        let mut lineage: Option<Lineage> = None;
        let mut newest = 0;
        for Kept { serial, key, .. } in objects.kept()? {
            verified.n_read += 1;
            newest = serial;
            match objects.read_serial(serial) {
                Ok(Some(snapshot)) => {
                    let known = lineage.get_or_insert_with(|| snapshot.lineage.clone());
                    if *known == snapshot.lineage {
                        verified.newest_good = Some(serial);
                    } else {
                        let (path, history) = (objects.objects.named(&key), known.clone());
                        verified.faults.push(StateError::OtherLineage { path, found: snapshot.lineage, history });
                    }
                }
                Ok(None) => {}
                Err(fault) => verified.faults.push(fault),
            }
        }
        if let Some(lineage) = &lineage {
            match objects.applied_of(lineage, newest) {
                Ok(Some(applied)) if objects.read_serial(applied.serial).is_ok_and(|found| found.is_none()) => {
                    verified.faults.push(objects.not_kept(applied.serial));
                }
                applied => verified.faults.extend(applied.err()),
            }
        }
        verified.faults.extend(objects.check_older_layout(newest).err());
        Ok(verified)
    }
}
