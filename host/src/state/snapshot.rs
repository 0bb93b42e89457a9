//! What was emitted last, as a plain value.

use crate::model::{Address, Body, Kind, Name};

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
pub struct Lineage(pub String);
