//! Files that whoever runs the host has granted to the program: read only, and nothing else can be read.
//!
//! A path is the name of a grant, and names behind it: with `--grant-assets config=deploy/config`, or `config = "deploy/config"` in the table
//! `[assets]` of `tapwasm.toml`, the file `deploy/config/limits.json` is `config/limits.json` to the program. What is read is an input: other
//! content, another result. Links are never followed.
//!
//! To put granted files beside a stack's configuration, see [`Stack::file`](crate::Stack::file), [`Stack::folder`](crate::Stack::folder) and
//! [`Stack::folder_zip`](crate::Stack::folder_zip): their bytes do not pass through the program.
//!
//! ```
//! use tapwasm_guest::{Result, Stack, files, tf};
//!
//! fn build() -> Result {
//!     let stack = Stack::new("limits");
//!     let limits = files::json("config/limits.json")?;
//!     for (name, limit) in limits.as_object().into_iter().flatten() {
//!         stack.output(name).value(limit.as_u64().unwrap_or_default()).declare();
//!     }
//!     Ok(())
//! }
//! ```

use crate::backend;
use crate::inputs::Json;
use crate::{Error, Result};
use std::panic::Location;

/// Returns the bytes of a granted file, at most 8 MiB.
#[track_caller]
pub fn bytes(path: &str) -> Result<Vec<u8>> {
    let place = Location::caller();
    backend::read(path, place).map_err(|message| Error::at(message, place))
}

/// Returns the text of a granted file.
#[track_caller]
pub fn text(path: &str) -> Result<String> {
    let place = Location::caller();
    String::from_utf8(bytes(path)?).map_err(|error| Error::at(format!("`{path}` is no text in UTF-8: {error}"), place))
}

/// Returns a granted JSON document.
#[track_caller]
pub fn json(path: &str) -> Result<Json> {
    let place = Location::caller();
    serde_json::from_str(&text(path)?).map_err(|error| Error::at(format!("`{path}` is no JSON: {error}"), place))
}

/// Returns a granted YAML document, as the JSON that it means. It needs the feature `yaml`.
#[cfg(feature = "yaml")]
#[track_caller]
pub fn yaml(path: &str) -> Result<Json> {
    let place = Location::caller();
    serde_saphyr::from_str(&text(path)?).map_err(|error| Error::at(format!("`{path}` is no YAML: {error}"), place))
}

/// Returns the files in a granted folder and in the folders in it: paths relative to it, sorted by their bytes.
#[track_caller]
pub fn list(path: &str) -> Result<Vec<String>> {
    let place = Location::caller();
    backend::list(path, place).map_err(|message| Error::at(message, place))
}
