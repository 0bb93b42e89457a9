//! What is kept of a stack beside its last snapshot: reading it, and finding what is damaged.

use super::{Store, open, state_error};
use crate::state::error::StateError;
use crate::state::file_v1::{self, Header};
use crate::state::snapshot::{Lineage, Snapshot};
use std::fs;
use std::time::SystemTime;

/// One serial of a stack's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSerial {
    /// The serial.
    pub serial: u64,
    /// When it was stored, where the file system tells.
    pub stored: Option<SystemTime>,
    /// Its size.
    pub bytes: u64,
}

/// What the last snapshot of a stack is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current {
    /// Its history.
    pub lineage: Lineage,
    /// Its serial.
    pub serial: u64,
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
        let files = self.files(stack)?;
        let path = files.history(serial);
        let Some(file) = open(&path)? else {
            // What a killed run did not come to: the entry of the last serial.
            return Ok(files.read()?.filter(|snapshot| snapshot.serial == serial));
        };
        let snapshot = file_v1::read(file).map_err(|error| state_error(&path, error))?;
        if snapshot.stack != files.stack || snapshot.serial != serial {
            return Err(StateError::NotASnapshot {
                path,
                reason: format!("it holds serial {} of stack `{}`", snapshot.serial, snapshot.stack),
            });
        }
        Ok(Some(snapshot))
    }

    /// Returns the serials that are kept of a stack, sorted.
    pub fn serials(&self, stack: &str) -> Result<Vec<u64>, StateError> {
        self.files(stack)?.serials()
    }

    /// Returns the serials that are kept of a stack, the newest first, with when each was stored.
    pub fn history(&self, stack: &str) -> Result<Vec<StoredSerial>, StateError> {
        let files = self.files(stack)?;
        let mut history = Vec::new();
        for serial in files.serials()?.into_iter().rev() {
            let path = files.history(serial);
            let metadata = fs::metadata(&path).map_err(|source| StateError::Unreadable { path, source })?;
            history.push(StoredSerial { serial, stored: metadata.modified().ok(), bytes: metadata.len() });
        }
        Ok(history)
    }

    /// Returns what the last snapshot of a stack is, without reading its declarations.
    pub fn header(&self, stack: &str) -> Result<Option<Current>, StateError> {
        let header = self.files(stack)?.header()?;
        Ok(header.map(|Header { lineage, serial, program, .. }| Current { lineage, serial, program }))
    }

    /// Reads everything that is kept of a stack.
    pub fn verify(&self, stack: &str) -> Result<Verified, StateError> {
        let files = self.files(stack)?;
        let mut verified = Verified { n_read: 0, newest_good: None, faults: Vec::new() };
        let mut lineage = None;
        for serial in files.serials()? {
            verified.n_read += 1;
            match self.read_serial(stack, serial) {
                Ok(Some(snapshot)) => {
                    let known = lineage.get_or_insert_with(|| snapshot.lineage.clone());
                    if *known != snapshot.lineage {
                        let (path, found, history) = (files.history(serial), snapshot.lineage, known.clone());
                        verified.faults.push(StateError::OtherLineage { path, found, history });
                    } else {
                        verified.newest_good = Some(serial);
                    }
                }
                Ok(None) => {}
                Err(fault) => verified.faults.push(fault),
            }
        }
        if let Err(fault) = files.read() {
            verified.faults.push(fault);
        }
        Ok(verified)
    }
}
