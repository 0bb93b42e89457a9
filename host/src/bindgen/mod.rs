//! Typed Rust bindings out of a provider's schema: which types, what is written of them, and where.
//!
//! Generating is a pure function of a schema and a selection: the same input gives the same text, on any machine.

mod select;

mod obtain;

mod generate;

mod module;

mod functions;

mod shape;

mod docs;

mod names;

mod layout;

mod folder;

pub use folder::{Folder, FolderError, Outdated};
pub use generate::generate;
pub use obtain::{ObtainError, Obtained, obtain};
pub use select::{SelectError, Selection, provider_of, select};

/// A file of bindings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Relative to the folder of the bindings, `/` between names.
    pub path: String,
    /// Its text.
    pub content: String,
}
