//! Files beside the stack's configuration. Where they go and what their digests are is the host's matter.

use crate::Stack;
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

impl Stack {
    /// Adds a granted file beside the stack's configuration (see [`files`](crate::files)); the name has its extension.
    ///
    /// ```
    /// # use tapwasm_guest::Stack;
    /// # fn declare(stack: Stack) {
    /// let code = stack.folder_zip("handler", "lambda/handler");
    /// stack
    ///     .resource("aws_lambda_function", "handler")
    ///     .set("filename", &code.path)
    ///     .set("source_code_hash", &code.sha256_base64)
    ///     .declare();
    /// # }
    /// ```
    #[track_caller]
    pub fn file(self, name: &str, path: &str) -> Asset {
        backend::file_asset(self.index(), name, path, Location::caller())
    }

    /// Adds a granted folder with every file in it; the asset's path is that of the folder.
    #[track_caller]
    pub fn folder(self, name: &str, path: &str) -> Asset {
        backend::folder_asset(self.index(), name, path, Location::caller())
    }

    /// Adds a zip archive of a granted folder: the same bytes for the same files. The name has no extension.
    #[track_caller]
    pub fn folder_zip(self, name: &str, path: &str) -> Asset {
        backend::folder_archive(self.index(), name, path, Location::caller())
    }
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
