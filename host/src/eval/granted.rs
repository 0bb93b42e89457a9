//! Reading granted folders: links, devices and whatever else is no plain file or folder are refused by name, what is read is counted.
//!
//! **Invariant:** nothing outside of a granted folder is opened (cap-std holds it, whatever others do to the folder meanwhile), nothing that
//! blocks is read, and every loop ends at a limit or when the time is over.

use super::grants::{GrantedPath, OpenGrants, missing, outside};
use super::limits::{Limit, LimitHit};
use super::recorder::{Recorder, Refusal};
use super::tokens::TokenError;
use cap_std::fs::{Dir, File, FileType, OpenOptions};
use sha2::Digest;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What one call of `files.read` gives at most.
const LONGEST_READ: u64 = 8 << 20;
/// What is read between two looks at the clock.
const CHUNK: usize = 1 << 20;
/// Files are put in place under names that end so; one that has such a name itself could be taken for a leftover.
const TEMPORARY: &str = ".tapwasm-tmp";

/// The granted folders of one evaluation.
#[derive(Clone, Default)]
pub(super) struct Granted {
    pub(super) grants: Arc<OpenGrants>,
    /// Set by the watchdog.
    pub(super) out_of_time: Arc<AtomicBool>,
}

/// A file in a granted folder.
pub(super) struct FoundFile {
    /// Relative to the folder that was asked for, `/` between names.
    pub(super) path: String,
    /// Where it is, for messages.
    full: String,
    /// Relative to the grant.
    inner: String,
}

/// The content of a file and whether it can be executed.
pub(super) struct ReadFile {
    pub(super) content: Vec<u8>,
    pub(super) executable: bool,
}

impl Recorder {
    /// Lists the files of a granted folder, sorted by the bytes of their paths.
    pub(super) fn list_granted(&mut self, path: &str) -> Result<Vec<String>, Refusal> {
        let files = self.granted_files(path, &|_| false)?;
        Ok(files.into_iter().map(|file| file.path).collect())
    }

    /// Reads a granted file, as long as one call may carry it.
    pub(super) fn read_granted(&mut self, path: &str) -> Result<Vec<u8>, Refusal> {
        let granted = self.granted.clone();
        let path = granted.grants.find(path)?;
        expect_file(&path)?;
        let length = open(path.dir, path.inner, path.full)?.metadata().map_err(|error| unreadable(path.full, &error))?.len();
        if length > LONGEST_READ {
            return Err(outside(format!("`{}` has {length} bytes: a program reads at most 8 MiB of one file", path.full)).into());
        }
        Ok(self.granted_content(path.dir, path.inner, path.full, LONGEST_READ)?.content)
    }

    /// Reads a granted file of any length that the limits leave.
    pub(super) fn granted_file(&mut self, path: &str) -> Result<ReadFile, Refusal> {
        let granted = self.granted.clone();
        let path = granted.grants.find(path)?;
        expect_file(&path)?;
        self.granted_content(path.dir, path.inner, path.full, u64::MAX)
    }

    /// Finds the files of a granted folder, sorted by the bytes of their paths; `skip` says which names in it are passed over unseen.
    pub(super) fn granted_files(&mut self, path: &str, skip: &dyn Fn(&str) -> bool) -> Result<Vec<FoundFile>, Refusal> {
        let granted = self.granted.clone();
        let path = granted.grants.find(path)?;
        expect_folder(&path)?;
        let mut found = Vec::new();
        self.walk(&path, "", skip, 0, &mut found)?;
        found.sort_by(|a, b| a.path.cmp(&b.path));
        let names = found.iter().map(|file| file.full.as_bytes());
        self.note_read(&[b"list"], names);
        Ok(found)
    }

    /// Reads one of the files that were found.
    pub(super) fn found_content(&mut self, folder: &str, file: &FoundFile) -> Result<ReadFile, Refusal> {
        let granted = self.granted.clone();
        let path = granted.grants.find(folder)?;
        self.granted_content(path.dir, &file.inner, &file.full, u64::MAX)
    }

    fn walk(
        &mut self,
        root: &GrantedPath<'_>,
        below: &str,
        skip: &dyn Fn(&str) -> bool,
        depth: u64,
        found: &mut Vec<FoundFile>,
    ) -> Result<(), Refusal> {
        self.limits.check(Limit::Depth, depth)?;
        let inner = joined(root.inner, below);
        let full = joined(root.full, below);
        let failed = |error: io::Error| unreadable(&full, &error);
        let entries = if inner.is_empty() { root.dir.entries() } else { root.dir.read_dir(&inner) };
        let mut named = Vec::new();
        for entry in entries.map_err(failed)? {
            self.check_time()?;
            let entry = entry.map_err(failed)?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                let shown = joined(&full, &name.to_string_lossy());
                return Err(outside(format!("the name of `{shown}` is not UTF-8")).into());
            };
            if skip(name) {
                continue;
            }
            // Counted before it is kept: a folder of any size costs no more than the limit.
            self.account_asset(16 + below.len() + name.len())?;
            let kind = entry.file_type().map_err(|error| unreadable(&joined(&full, name), &error))?;
            named.push((name.to_owned(), kind));
        }
        // Of several that are refused it is always the same one that is named.
        named.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, kind) in &named {
            let (path, inner, full) = (joined(below, name), joined(&inner, name), joined(&full, name));
            if name.contains(['\\', ':']) || name.contains(char::is_control) || name.ends_with(TEMPORARY) || name.len() > 240 {
                return Err(outside(format!(
                    "`{full}` cannot be an asset: names are of at most 240 bytes, without `\\`, `:` and control characters, and do not end in \
                     `{TEMPORARY}`"
                ))
                .into());
            }
            if kind.is_dir() {
                self.walk(root, &path, skip, depth + 1, found)?;
            } else if kind.is_file() {
                self.limits.check(Limit::Declarations, found.len() as u64 + 1)?;
                found.push(FoundFile { path, full, inner });
            } else {
                return Err(neither(&full, *kind).into());
            }
        }
        Ok(())
    }

    /// Reads a file piece by piece: one that grows while it is read ends at a limit.
    fn granted_content(&mut self, dir: &Dir, inner: &str, full: &str, longest: u64) -> Result<ReadFile, Refusal> {
        let mut file = open(dir, inner, full)?;
        let failed = |error: io::Error| unreadable(full, &error);
        let metadata = file.metadata().map_err(failed)?;
        self.check_asset(metadata.len())?;
        let mut content = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
        loop {
            self.check_time()?;
            let n_read = Read::by_ref(&mut file).take(CHUNK as u64).read_to_end(&mut content).map_err(failed)?;
            self.account_asset(n_read)?;
            if n_read == 0 {
                break;
            }
            if content.len() as u64 > longest {
                return Err(outside(format!("`{full}` grew beyond 8 MiB while it was read")).into());
            }
        }
        let executable = is_executable(&metadata);
        self.note_read(&[b"file", full.as_bytes(), &[u8::from(executable)], &content], std::iter::empty());
        Ok(ReadFile { content, executable })
    }

    /// Adds to the digest of what was read; each part with its length, and their number, in front: nothing is taken for something else.
    fn note_read<'a>(&mut self, parts: &[&'a [u8]], names: impl ExactSizeIterator<Item = &'a [u8]>) {
        self.granted_read.update(((parts.len() + names.len()) as u64).to_le_bytes());
        for part in parts.iter().copied().chain(names) {
            self.granted_read.update((part.len() as u64).to_le_bytes());
            self.granted_read.update(part);
        }
    }

    fn check_time(&self) -> Result<(), LimitHit> {
        if self.granted.out_of_time.load(Ordering::Relaxed) {
            return Err(super::sandbox::time_hit(&self.limits));
        }
        Ok(())
    }
}

fn expect_file(path: &GrantedPath<'_>) -> Result<(), TokenError> {
    match kind_of(path)? {
        Some(kind) if kind.is_file() => Ok(()),
        Some(kind) if !kind.is_dir() => Err(neither(path.full, kind)),
        _ => Err(missing(format!("`{}` is a folder, and a file is wanted", path.full))),
    }
}

fn expect_folder(path: &GrantedPath<'_>) -> Result<(), TokenError> {
    match kind_of(path)? {
        Some(kind) if kind.is_file() => Err(missing(format!("`{}` is a file, and a folder is wanted", path.full))),
        Some(kind) if !kind.is_dir() => Err(neither(path.full, kind)),
        _ => Ok(()),
    }
}

/// Looks at each folder on the way too, since a link may be any of them. `None` for the granted folder itself.
fn kind_of(path: &GrantedPath<'_>) -> Result<Option<FileType>, TokenError> {
    let mut kind = None;
    for (end, _) in path.inner.match_indices('/').chain([(path.inner.len(), "")]).filter(|(end, _)| *end > 0) {
        let full = &path.full[..path.full.len() - path.inner.len() + end];
        let metadata = path.dir.symlink_metadata(&path.inner[..end]).map_err(|error| unreadable(full, &error))?;
        if !metadata.is_dir() && end < path.inner.len() {
            return Err(match metadata.is_file() {
                true => missing(format!("`{}` is not there: `{full}` is a file", path.full)),
                false => neither(full, metadata.file_type()),
            });
        }
        kind = Some(metadata.file_type());
    }
    Ok(kind)
}

/// Opens what was a file a moment ago. Should it be something else by now, it does not block, and is refused.
fn open(dir: &Dir, inner: &str, full: &str) -> Result<File, TokenError> {
    let mut options = OpenOptions::new();
    options.read(true);
    do_not_block(&mut options);
    let file = dir.open_with(inner, &options).map_err(|error| unreadable(full, &error))?;
    let kind = file.metadata().map_err(|error| unreadable(full, &error))?.file_type();
    if kind.is_file() { Ok(file) } else { Err(neither(full, kind)) }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn do_not_block(options: &mut OpenOptions) {
    use cap_std::fs::OpenOptionsExt;
    // O_NONBLOCK, which the standard library does not name.
    options.custom_flags(if cfg!(target_os = "linux") { 0o4000 } else { 0x4 });
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn do_not_block(_: &mut OpenOptions) {}

#[cfg(unix)]
fn is_executable(metadata: &cap_std::fs::Metadata) -> bool {
    use cap_std::fs::PermissionsExt;
    metadata.permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &cap_std::fs::Metadata) -> bool {
    false
}

fn neither(full: &str, kind: FileType) -> TokenError {
    let what = if kind.is_symlink() {
        "a link, and links are not followed, wherever they lead: grant what it leads to"
    } else {
        "neither a file nor a folder"
    };
    outside(format!("`{full}` is {what}"))
}

fn unreadable(full: &str, error: &io::Error) -> TokenError {
    match error.kind() {
        io::ErrorKind::NotFound => missing(format!("`{full}` is not there")),
        _ => missing(format!("`{full}` cannot be read: {error}")),
    }
}

fn joined(above: &str, name: &str) -> String {
    match (above, name) {
        ("", name) => name.to_owned(),
        (above, "") => above.to_owned(),
        (above, name) => format!("{above}/{name}"),
    }
}
