//! From the resource graph to what Terraform reads: `main.tf.json`, the files beside it, and the manifest of both.
//!
//! **Invariant:** rendering decides nothing. What cannot be said in Terraform's JSON is a diagnostic, never other JSON.

mod emit;

mod file_name;
mod folder;
mod manifest;
mod manifest_v2;

mod kinds;
mod resource;
mod settings;

mod body;
mod check;
mod literal;
mod references;

mod json;

pub mod read;

pub mod tfstate;

#[cfg(test)]
mod tests;

pub use emit::emit;
pub use file_name::{FileName, UnknownFileName};
pub use folder::{Folder, FolderError, Pending, StackFiles};
pub use manifest::{Manifest, StackEntry};
