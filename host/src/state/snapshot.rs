//! What was emitted last, as a plain value.

use super::error::StateError;
use super::file_v1::{self, EntryRef, Header};
use super::provenance::Provenance;
use super::store::{decode, state_error};
use crate::graph::{KeptSecrets, ResourceGraph, Sets};
use crate::model::{Address, Body, Declaration, Kind, Name, Place};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The last emitted graph of a stack. It says what was *emitted*, not what exists.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Identity of this history, made once, when the stack is stored for the first time.
    pub lineage: Lineage,
    /// Counts what was stored, from 1.
    pub serial: u64,
    /// The program that declared the stack.
    pub program: String,
    /// The stack's name.
    pub stack: String,
    /// What it was evaluated from, where that is known.
    pub provenance: Option<Provenance>,
    /// What was declared, sorted by address, each address once.
    pub entries: Vec<Entry>,
}

/// One declaration in a snapshot: what `plan` compares. Places and scopes are not in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its address.
    pub address: Address,
    /// Which kind of block.
    pub kind: Kind,
    /// Labels as Terraform has them.
    pub labels: Vec<Name>,
    /// The arguments and nested blocks.
    pub body: Body,
    /// Meta-arguments and meta-blocks.
    pub meta: Body,
    /// Whether a plan that deletes it is refused.
    pub protect: bool,
}

/// Identity of a stack's history: 32 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lineage(String);

impl Snapshot {
    /// Returns what would be stored after `previous`: of its lineage, or of a new one where there is none.
    ///
    /// It copies every body, and says nothing of what it was evaluated from; `LockedStack::write` stores a graph without doing so.
    pub fn of(graph: &ResourceGraph, previous: Option<&Snapshot>) -> io::Result<Snapshot> {
        let (lineage, serial) = match previous {
            Some(previous) => (previous.lineage.clone(), previous.serial + 1),
            None => (Lineage::random()?, 1),
        };
        Ok(Snapshot {
            lineage,
            serial,
            program: graph.program.clone(),
            stack: graph.stack.clone(),
            provenance: None,
            entries: graph.nodes.iter().map(Entry::of).collect(),
        })
    }

    /// Tells whether storing this graph would store the same again. What it was evaluated from does not count.
    pub fn holds(&self, graph: &ResourceGraph) -> bool {
        self.program == graph.program
            && self.stack == graph.stack
            && self.entries.len() == graph.nodes.len()
            && self.entries.iter().zip(&graph.nodes).all(|(entry, node)| entry.holds(node))
    }

    /// Returns the text that is stored of it.
    ///
    /// # Errors
    /// What cannot be put into the file's format.
    pub fn to_text(&self) -> Result<String, StateError> {
        let Snapshot { serial, stack, entries, .. } = self;
        let header = Header::of(self, *serial);
        let path = || PathBuf::from(format!("the stack {stack}"));
        let unstorable = |reason: String| StateError::Unstorable { path: path(), reason };
        let bytes = file_v1::write(&header, entries.iter().map(EntryRef::from)).map_err(|error| unstorable(error.to_string()))?;
        String::from_utf8(bytes).map_err(|error| unstorable(error.to_string()))
    }

    /// Reads what `to_text` wrote, or a file of a store; `path` is named where that cannot be.
    ///
    /// # Errors
    /// Text that was damaged, or is something else, or of a newer version.
    pub fn from_bytes(bytes: &[u8], path: &Path) -> Result<Snapshot, StateError> {
        decode(bytes).map_err(|error| state_error(path, error))
    }

    /// Returns what was declared as a graph, for comparing: it has no edges and no places.
    pub fn into_graph(self) -> ResourceGraph {
        let Snapshot { program, stack, entries, .. } = self;
        let nodes = entries.into_iter().map(Entry::into_declaration).collect();
        ResourceGraph {
            stack,
            program,
            nodes,
            edges: Vec::new(),
            dependencies: Vec::new(),
            assets: Vec::new(),
            sets: Sets::default(),
            kept: KeptSecrets::default(),
        }
    }

    /// Returns the entry of an address.
    pub fn entry(&self, address: &str) -> Option<&Entry> {
        let index = self.entries.binary_search_by(|entry| entry.address.as_str().cmp(address)).ok()?;
        Some(&self.entries[index])
    }
}

impl Entry {
    /// Returns what a snapshot keeps of a declaration.
    pub fn of(declaration: &Declaration) -> Entry {
        Entry {
            address: declaration.address.clone(),
            kind: declaration.kind,
            labels: declaration.labels.clone(),
            body: declaration.body.clone(),
            meta: declaration.meta.clone(),
            protect: declaration.protect,
        }
    }

    fn into_declaration(self) -> Declaration {
        let Entry { address, kind, labels, body, meta, protect } = self;
        let place = Place { file: "".into(), line: 0, column: 0 };
        Declaration {
            address,
            kind,
            labels,
            body,
            meta,
            scope: Vec::new(),
            place,
            protect,
            aliases: Vec::new(),
            overrides: Vec::new(),
        }
    }

    fn holds(&self, declaration: &Declaration) -> bool {
        self.address == declaration.address
            && self.kind == declaration.kind
            && self.labels == declaration.labels
            && self.protect == declaration.protect
            && self.body == declaration.body
            && self.meta == declaration.meta
    }
}

impl Lineage {
    /// Makes one that no other history has.
    pub fn random() -> io::Result<Lineage> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Lineage(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// Takes one that was written as text: 32 lower-case hexadecimal digits, nothing else.
    pub fn from_text(text: &str) -> Option<Lineage> {
        let digits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (text.len() == 32 && digits).then(|| Lineage(text.to_owned()))
    }

    /// Returns it as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Lineage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lineages_are_32_hexadecimal_digits_and_differ() -> io::Result<()> {
        let lineage = Lineage::random()?;
        assert_eq!(Lineage::from_text(lineage.as_str()), Some(lineage.clone()));
        assert_ne!(lineage, Lineage::random()?);
        assert_eq!(Lineage::from_text("0123"), None);
        assert_eq!(Lineage::from_text(&"G".repeat(32)), None);
        Ok(())
    }
}
