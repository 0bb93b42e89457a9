//! Zip archives with the same bytes for the same entries: sorted, fixed time stamps, fixed modes.

use super::tokens::{TokenError, malformed};
use super::v0_1::declare::AssetEntry;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs the entries of a request.
pub(super) fn zip(entries: Vec<AssetEntry>) -> Result<Vec<u8>, TokenError> {
    let mut sorted = BTreeMap::new();
    for entry in entries {
        if !is_inner_path(&entry.path) {
            return Err(malformed(format!(
                "`{}` is no path inside an archive: it must be relative, with `/` between names, without `.` and `..`",
                entry.path
            )));
        }
        if sorted.insert(entry.path.clone(), entry).is_some() {
            return Err(malformed("one path stands twice in the archive"));
        }
    }
    let mut packer = Packer::default();
    for (path, entry) in sorted {
        packer.add(&path, &entry.content, entry.executable)?;
    }
    packer.finish()
}

/// An archive that is being written, entry by entry; they come in the order of their paths.
pub(super) struct Packer {
    writer: ZipWriter<Cursor<Vec<u8>>>,
}

impl Default for Packer {
    fn default() -> Packer {
        Packer { writer: ZipWriter::new(Cursor::new(Vec::new())) }
    }
}

impl Packer {
    /// Adds a file, with time stamp and mode that are the same wherever it comes from.
    pub(super) fn add(&mut self, path: &str, content: &[u8], executable: bool) -> Result<(), TokenError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6))
            .last_modified_time(DateTime::default())
            .unix_permissions(if executable { 0o755 } else { 0o644 });
        self.writer.start_file(path, options).map_err(unwritable)?;
        self.writer.write_all(content).map_err(unwritable)
    }

    /// Ends the archive and returns its bytes.
    pub(super) fn finish(self) -> Result<Vec<u8>, TokenError> {
        Ok(self.writer.finish().map_err(unwritable)?.into_inner())
    }
}

fn unwritable(error: impl std::fmt::Display) -> TokenError {
    malformed(format!("the archive cannot be written: {error}"))
}

fn is_inner_path(path: &str) -> bool {
    !path.contains(['\\', '\0', ':']) && path.split('/').all(|name| !matches!(name, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, content: &str) -> AssetEntry {
        AssetEntry { path: path.into(), content: content.into(), executable: false }
    }

    #[test]
    fn order_of_entries_does_not_change_the_bytes() {
        let (a, b) = (entry("a.py", "print(1)"), entry("lib/b.py", "print(2)"));
        assert_eq!(zip(vec![a.clone(), b.clone()]).unwrap(), zip(vec![b, a]).unwrap());
    }

    #[test]
    fn paths_that_leave_the_archive_are_refused() {
        for path in ["", "/etc/passwd", "../x", "a//b", "a/./b", "C:x", "a\\b"] {
            assert_eq!(zip(vec![entry(path, "")]).unwrap_err().code, "malformed", "{path}");
        }
    }

    #[test]
    fn one_path_stands_once() {
        assert_eq!(zip(vec![entry("a", "1"), entry("a", "2")]).unwrap_err().code, "malformed");
    }
}
