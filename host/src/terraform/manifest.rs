//! What tapwasm has written into an out folder: the only files there that it touches again.

use std::collections::{BTreeMap, BTreeSet};

/// The files of each stack in an out folder, and what they were made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Stacks whose files are in place.
    pub stacks: BTreeMap<String, StackEntry>,
    /// Stacks whose files are being replaced, with the files to be. One that is found here belongs to a run that was interrupted.
    pub pending: BTreeMap<String, StackEntry>,
}

/// One stack's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StackEntry {
    /// The program's name.
    pub program: String,
    /// The program's version.
    pub program_version: String,
    /// SHA-256 of the component.
    pub component: [u8; 32],
    /// SHA-256 of the inputs.
    pub inputs: [u8; 32],
    /// SHA-256 of `main.tf.json`.
    pub configuration: [u8; 32],
    /// The version of tapwasm that wrote them.
    pub host: String,
    /// Paths relative to the stack's folder, each with the SHA-256 of its content.
    pub files: BTreeMap<String, [u8; 32]>,
}

impl Manifest {
    /// Returns the paths of a stack's files, those of an interrupted run included.
    pub fn paths(&self, stack: &str) -> BTreeSet<&str> {
        let entries = self.stacks.get(stack).into_iter().chain(self.pending.get(stack));
        entries.flat_map(|entry| entry.files.keys().map(String::as_str)).collect()
    }
}
