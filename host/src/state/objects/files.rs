//! Objects as files in a folder of this machine. Who writes holds the lock of the stack.

use super::{Expected, Listed, Listing, Object, Objects, Version, Write};
use crate::durable;
use crate::state::error::StateError;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// A folder with objects. Made by the first write.
#[derive(Clone, Debug)]
pub(in crate::state) struct Files {
    folder: PathBuf,
}

impl Files {
    pub(in crate::state) fn new(folder: PathBuf) -> Files {
        Files { folder }
    }

    fn path(&self, key: &str) -> PathBuf {
        key.split('/').fold(self.folder.clone(), |path, name| path.join(name))
    }

    /// Names what cannot be read: where a folder on the way to it is none, that.
    fn unreadable(&self, path: &Path, source: io::Error) -> StateError {
        let above = path.ancestors().skip(1).take_while(|above| above.starts_with(&self.folder));
        let path = above.filter(|above| above.is_file()).last().unwrap_or(path);
        StateError::Unreadable { path: path.to_owned(), source }
    }
}

impl Objects for Files {
    fn named(&self, key: &str) -> PathBuf {
        self.path(key)
    }

    fn read(&self, key: &str) -> Result<Option<Object>, StateError> {
        let path = self.path(key);
        // First: content that is replaced in between is then taken for older than it is, never for newer.
        let version = version_of(&path).map_err(|source| self.unreadable(&path, source))?;
        let Some(version) = version else { return Ok(None) };
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(Object { bytes, version })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(self.unreadable(&path, source)),
        }
    }

    fn list(&self, folder: &str) -> Result<Listing, StateError> {
        let path = self.path(folder);
        let unreadable = |source| self.unreadable(&path, source);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Listing::default()),
            Err(source) => return Err(unreadable(source)),
        };
        let mut listing = Listing::default();
        for entry in entries {
            let entry = entry.map_err(unreadable)?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let metadata = match entry.metadata() {
                Ok(metadata) => metadata,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(source) => return Err(unreadable(source)),
            };
            if metadata.is_dir() {
                listing.folders.push(name);
            } else {
                listing.objects.push(Listed { name, bytes: metadata.len(), written: metadata.modified().ok() });
            }
        }
        Ok(listing)
    }

    fn write(&self, key: &str, bytes: &[u8], expected: Expected<'_>) -> Result<Write, StateError> {
        let path = self.path(key);
        let unwritable = |source| StateError::Unwritable { path: path.clone(), source };
        if let Some(folder) = path.parent() {
            durable::create_folder(folder).map_err(unwritable)?;
        }
        match expected {
            Expected::Nothing => match durable::write_new(&path, bytes) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(Write::Conflict),
                written => written.map_err(unwritable)?,
            },
            Expected::Version(expected) if version_of(&path).map_err(unwritable)?.as_ref() == Some(expected) => {
                durable::write(&path, bytes).map_err(unwritable)?;
            }
            Expected::Version(_) => return Ok(Write::Conflict),
        }
        let written = version_of(&path).map_err(unwritable)?;
        written.map(Write::Done).ok_or_else(|| unwritable(io::Error::other("it was removed at once")))
    }

    fn remove(&self, keys: &[String]) -> Result<(), StateError> {
        keys.iter().try_for_each(|key| {
            let path = self.path(key);
            durable::remove(&path).map_err(|source| StateError::Unwritable { path, source })
        })
    }

    fn tidy(&self, folder: &str) -> Result<(), StateError> {
        for Listed { name, .. } in self.list(folder)?.objects {
            if let Some(name) = name.strip_suffix(durable::LEFTOVER) {
                let path = self.path(folder).join(name);
                durable::remove_leftover(&path).map_err(|source| StateError::Unwritable { path, source })?;
            }
        }
        Ok(())
    }
}

/// Each write makes a new file, so its number and times tell contents apart.
fn version_of(path: &Path) -> io::Result<Option<Version>> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let modified = modified.map_or(0, |since| since.as_nanos());
    Ok(Some(Version { tag: Some(format!("{}-{modified}", metadata.len())), number: number_of(&metadata) }))
}

#[cfg(unix)]
fn number_of(metadata: &fs::Metadata) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    Some(metadata.ino().to_string())
}

#[cfg(not(unix))]
fn number_of(_: &fs::Metadata) -> Option<String> {
    None
}
