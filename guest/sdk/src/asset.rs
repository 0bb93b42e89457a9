//! Files beside the stack's configuration. Where they go and what their digests are is the host's matter.

use crate::backend;
use std::panic::Location;

/// A file that stands beside the stack's configuration.
///
/// In native tests the digest of a file is the host's; that of an archive is another one, since no zip is written there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asset {
    /// Path relative to the stack's folder: `assets/<stem>-<digest><extension>`.
    pub path: String,
    /// SHA-256 of the content, in lower-case hexadecimal.
    pub sha256_hex: String,
    /// SHA-256 of the content in base64: what `source_code_hash` wants.
    pub sha256_base64: String,
    /// Length in bytes.
    pub size: u64,
}

/// A file in an archive.
pub(crate) struct Entry {
    pub(crate) path: String,
    pub(crate) content: Vec<u8>,
    pub(crate) executable: bool,
}

/// A zip archive that is being put together.
#[must_use = "nothing is packed until `.declare()`"]
pub struct Archive {
    stack: u32,
    name: String,
    entries: Vec<Entry>,
    place: &'static Location<'static>,
}

impl Archive {
    pub(crate) fn new(stack: u32, name: &str, place: &'static Location<'static>) -> Archive {
        Archive { stack, name: name.to_owned(), entries: Vec::new(), place }
    }

    /// Adds a file.
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Archive {
        self.entry(path, content.as_ref(), false)
    }

    /// Adds a file that can be executed.
    pub fn executable(self, path: &str, content: impl AsRef<[u8]>) -> Archive {
        self.entry(path, content.as_ref(), true)
    }

    /// Packs the files, and gives the archive.
    pub fn declare(self) -> Asset {
        backend::archive(self.stack, &self.name, self.entries, self.place)
    }

    fn entry(mut self, path: &str, content: &[u8], executable: bool) -> Archive {
        self.entries.push(Entry { path: path.to_owned(), content: content.to_vec(), executable });
        self
    }
}
