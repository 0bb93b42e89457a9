//! What tapwasm has written into an out folder: the only files there that it touches again.

use super::file_name::FileName;
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
    /// The stacks that are applied before it, sorted by name.
    pub dependencies: Vec<String>,
    /// Which of the files is the configuration.
    pub configuration_name: FileName,
    /// SHA-256 of the configuration.
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

    /// Returns the names of the stacks whose files are in place, dependencies first, then by name. Stacks that were written at different times
    /// may depend on each other: they come last.
    pub fn order(&self) -> Vec<&str> {
        let here = |name: &&str| self.stacks.contains_key(*name);
        let waits_for = |entry: &'_ StackEntry| entry.dependencies.iter().filter(|name| here(&name.as_str())).count();
        let mut waiting: BTreeMap<&str, usize> =
            self.stacks.iter().map(|(name, entry)| (name.as_str(), waits_for(entry))).collect();
        let mut dependents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, entry) in &self.stacks {
            entry.dependencies.iter().for_each(|dependency| dependents.entry(dependency).or_default().push(name));
        }
        let mut ready: BTreeSet<&str> = waiting.iter().filter(|(_, count)| **count == 0).map(|(name, _)| *name).collect();
        let mut order = Vec::with_capacity(waiting.len());
        while let Some(name) = ready.pop_first() {
            waiting.remove(name);
            order.push(name);
            for dependent in dependents.get(name).into_iter().flatten() {
                if let Some(count) = waiting.get_mut(dependent) {
                    *count -= 1;
                    if *count == 0 {
                        ready.insert(dependent);
                    }
                }
            }
        }
        order.extend(waiting.into_keys());
        order
    }
}
