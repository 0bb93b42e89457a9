//! The one interface of all stores: small objects under keys, written only if nobody else did in between.

#[cfg(feature = "clouds")]
mod clouds;
mod files;

use super::error::StateError;
use std::fmt;
use std::path::PathBuf;
use std::time::SystemTime;

#[cfg(feature = "clouds")]
pub(super) use clouds::Clouds;
pub(super) use files::Files;

/// A place that keeps objects under keys, with `/` between names. Each is replaced as a whole, and a write says what it expects to find.
pub(super) trait Objects: fmt::Debug + Send + Sync {
    /// Returns how users name an object: its path or its URL.
    fn named(&self, key: &str) -> PathBuf;

    /// Reads an object, if there is one.
    fn read(&self, key: &str) -> Result<Option<Object>, StateError>;

    /// Lists what stands directly in a folder; nothing where there is none.
    fn list(&self, folder: &str) -> Result<Listing, StateError>;

    /// Writes an object if what is there is what was expected. What is reported as written is on the disk, or in the cloud, for good.
    fn write(&self, key: &str, bytes: &[u8], expected: Expected<'_>) -> Result<Write, StateError>;

    /// Removes objects. Those that are not there are fine.
    fn remove(&self, keys: &[String]) -> Result<(), StateError>;

    /// Removes what killed writes left in a folder.
    fn tidy(&self, folder: &str) -> Result<(), StateError>;
}

/// An object that was read.
#[derive(Clone, Debug)]
pub(super) struct Object {
    pub(super) bytes: Vec<u8>,
    pub(super) version: Version,
}

/// Which content of an object it is: another one after each write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) tag: Option<String>,
    pub(super) number: Option<String>,
}

/// What a write expects to find.
#[derive(Clone, Copy, Debug)]
pub(super) enum Expected<'a> {
    /// Nothing.
    Nothing,
    /// What was read or written before.
    Version(&'a Version),
}

/// What became of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Write {
    /// It is written.
    Done(Version),
    /// Something else is there; nothing was written.
    Conflict,
}

/// What stands in a folder, in no order.
#[derive(Clone, Debug, Default)]
pub(super) struct Listing {
    /// The objects.
    pub(super) objects: Vec<Listed>,
    /// The names of folders.
    pub(super) folders: Vec<String>,
}

/// An object of a listing.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    /// Its name in its folder.
    pub(super) name: String,
    /// Its size, in bytes.
    pub(super) bytes: u64,
    /// When it was written, where that is known.
    pub(super) written: Option<SystemTime>,
}
