//! From declarations to a resource graph: references resolved, every problem found, nothing decided.

mod build;

mod stacks;

mod settings;

mod secrets;

mod protection;

mod references;

mod functions;

mod known_functions;

mod instances;

mod cycles;

mod sensitive;

mod ephemeral;

mod checks;

mod versions;

mod notation;
mod roots;

mod sets;

mod masks;

mod kept;

#[cfg(test)]
mod tests;

pub use build::{SecretInput, build};
pub use ephemeral::EphemeralMarks;
pub use kept::KeptSecrets;
pub use masks::{Doubt, KeyError, Sameness, SecretKey, compare, keep_salt, masked};
pub use sets::{SetPaths, Sets};
pub use versions::VersionNeed;

use crate::model::{Address, Asset, Declaration};

/// One stack, checked: each address once, each reference resolved, no cycles.
#[derive(Clone, Debug)]
pub struct ResourceGraph {
    /// The stack's name.
    pub stack: String,
    /// The program that declared it.
    pub program: String,
    /// What was declared, sorted by address, each address once; several `terraform` blocks are merged into one.
    pub nodes: Vec<Declaration>,
    /// For each node, the nodes that it refers to: sorted indices into `nodes`, each once, without itself.
    pub edges: Vec<Vec<u32>>,
    /// The stacks that are applied before this one, sorted by name: those that it reads from, and those that the program names.
    pub dependencies: Vec<String>,
    /// The files, sorted by path, each path once.
    pub assets: Vec<Asset>,
    /// Where the order of items means nothing.
    pub sets: Sets,
    /// The declarations whose secrets are masked in `nodes`, as they were declared: for what is emitted alone.
    pub kept: KeptSecrets,
}

impl ResourceGraph {
    /// Returns the declaration of an address.
    pub fn node(&self, address: &str) -> Option<&Declaration> {
        let index = self.nodes.binary_search_by(|node| node.address.as_str().cmp(address)).ok()?;
        Some(&self.nodes[index])
    }

    /// Returns the position of an address in `nodes`.
    pub fn position(&self, address: &Address) -> Option<usize> {
        self.nodes.binary_search_by(|node| node.address.cmp(address)).ok()
    }
}
