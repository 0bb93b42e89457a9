//! What one evaluation yields: declarations and assets, stack by stack.

use super::{Address, Body, Kind, Name, Override, Place};
use std::sync::Arc;

/// One block that a program declared.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// Its address; for kinds that Terraform gives none: `terraform`, `moved <from>`, `import <to>`, `removed <from>`.
    pub address: Address,
    /// Which kind of block.
    pub kind: Kind,
    /// Labels as Terraform has them; for resources type and name.
    pub labels: Vec<Name>,
    /// The arguments and nested blocks.
    pub body: Body,
    /// Meta-arguments and meta-blocks of resources, data sources, ephemeral resources, providers and modules; empty for others.
    pub meta: Body,
    /// Where it stands in the program's own tree.
    pub scope: Vec<Name>,
    /// Where in the guest's source.
    pub place: Place,
    /// Whether a plan that deletes it is refused.
    pub protect: bool,
    /// Former addresses.
    pub aliases: Vec<Address>,
    /// What was changed in it afterwards; body and meta have it already. For people: it is in no comparison.
    pub overrides: Vec<Override>,
}

/// A file that stands beside a stack's configuration.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Path relative to the stack's folder, `/` between names: `assets/<name>-<digest>.<ext>`, or `assets/<name>-<digest>/<path>` for a file
    /// of a folder.
    pub path: String,
    /// The bytes.
    pub content: Arc<[u8]>,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// Whether it can be executed: mode 0755 instead of 0644, where there are modes.
    pub executable: bool,
    /// Where in the guest's source it was declared.
    pub place: Place,
}

/// One stack's declarations, in the order of the program.
#[derive(Clone, Debug)]
pub struct StackDeclarations {
    /// The stack's name.
    pub name: String,
    /// Where it was opened.
    pub place: Place,
    /// What was declared.
    pub declarations: Vec<Declaration>,
    /// What was reserved, and where; most are among the declarations.
    pub reserved: Vec<(Address, Place)>,
    /// The files.
    pub assets: Vec<Asset>,
    /// What the program said of it and other stacks.
    pub links: StackLinks,
}

/// What a program says of a stack and the others, beside the references between them.
#[derive(Clone, Debug, Default)]
pub struct StackLinks {
    /// The stacks that are applied before it, each with where that was said.
    pub depends_on: Vec<(Name, Place)>,
    /// Under which names other stacks read from it.
    pub names: CrossStackNames,
}

/// How outputs and remote states are named that stand for references between stacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CrossStackNames {
    /// As tapwasm does it.
    #[default]
    Tapwasm,
    /// As CDKTF does it, so that what CDKTF emitted can go on reading.
    Cdktf,
}

/// All that a program said in one evaluation.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The program's name, as it describes itself.
    pub program: String,
    /// The program's version.
    pub version: String,
    /// Its stacks, in the order of their opening.
    pub stacks: Vec<StackDeclarations>,
}
