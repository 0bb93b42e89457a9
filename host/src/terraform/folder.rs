//! The out folder: each stack's configuration and assets, and the manifest that names them.
//!
//! Terraform keeps its own files in the same folders: `.terraform`, the lock file, states, plans, `*.tfvars`. So a file is ours only when the
//! manifest names it. Replacing files goes in an order that survives a kill at any step:
//!
//! 1. the manifest names the old files and the new ones,
//! 2. the new assets are written,
//! 3. one rename of `main.tf.json` is the switch, or of `cdk.tf.json` where that is its name;
//! 4. the caller stores its snapshot (between `Folder::begin` and `Pending::finish`),
//! 5. assets that nothing names any more are removed, and a configuration of another name: both stand for a moment, which Terraform refuses;
//!    with none of them it would destroy everything;
//! 6. the manifest names the new files.
//!
//! Does not lock: the caller holds a lock while it uses a folder.

use super::file_name::FileName;
use super::manifest::{Manifest, StackEntry};
use super::manifest_v2::{self, Unreadable};
use crate::durable;
use crate::lock::{self, Holder, Lock, LockError};
use crate::model::Asset;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

#[cfg(test)]
mod tests;

const MANIFEST: &str = "manifest.json";
const LOCK: &str = ".tapwasm.lock";

/// An out folder, with the manifest that was found in it.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    manifest: Manifest,
    manifest_bytes: Vec<u8>,
}

/// What one stack is to have in the folder, and what that was made from.
#[derive(Clone, Debug)]
pub struct StackFiles<'a> {
    /// The stack's name.
    pub name: &'a str,
    /// The program's name.
    pub program: &'a str,
    /// The program's version.
    pub program_version: &'a str,
    /// SHA-256 of the component.
    pub component: [u8; 32],
    /// SHA-256 of the inputs.
    pub inputs: [u8; 32],
    /// The stacks that are applied before it, sorted by name.
    pub dependencies: &'a [String],
    /// The name of its configuration.
    pub configuration_name: FileName,
    /// The bytes of the configuration.
    pub configuration: &'a [u8],
    /// The files beside it.
    pub assets: &'a [Asset],
}

/// Stacks whose new files are in place, and whose old ones still are.
#[must_use = "the old assets are removed, and the manifest is written, by `finish`"]
#[derive(Debug)]
pub struct Pending {
    folder: Folder,
    target: Manifest,
    /// Each with the number of folders of its asset that it stands in.
    stale: Vec<(PathBuf, usize)>,
    changed: bool,
}

/// Why an out folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say it")]
pub enum FolderError {
    #[error("{0} is a file, not a folder: choose another out folder")]
    NotAFolder(PathBuf),
    #[error("{path} is of version {version}, written by a newer tapwasm: upgrade tapwasm, or choose another out folder")]
    NewerManifest { path: PathBuf, version: u64 },
    #[error(
        "{path} cannot be read: {reason}. It names the files that tapwasm owns. Restore it from version control or a backup; or, if \
         all that tapwasm wrote here may go, remove it together with the folder's `stacks/*/*.tf.json` and `stacks/*/assets`"
    )]
    InvalidManifest { path: PathBuf, reason: String },
    #[error("{0} exists and was not written by tapwasm: move it away, or choose another out folder")]
    ForeignFile(PathBuf),
    #[error(
        "{root} holds the stack `{stack}` of the program `{found}`, and this is the program `{program}`: what was written would be \
         replaced by something else. Choose another out folder, or give one of the stacks another name"
    )]
    OtherProgram { root: PathBuf, stack: String, found: String, program: String },
    #[error("`{0}` cannot be the name of a stack's folder")]
    StackName(String),
    #[error("`{path}` cannot be the path of an asset of stack `{stack}`")]
    AssetPath { stack: String, path: String },
    #[error("stack `{0}` is given twice, or in upper and lower case: some file systems take the two for one")]
    DuplicateStack(String),
    #[error(transparent)]
    Lock(#[from] LockError),
    #[error("cannot read {path}: {error}")]
    Unreadable { path: PathBuf, error: io::Error },
    #[error(
        "cannot {action} {path}: {error}\nEach file there is whole, the old one or the new one. Check the free space and that you may write there, \
         then run again: that completes it"
    )]
    Unwritable { action: &'static str, path: PathBuf, error: io::Error },
}

impl Folder {
    /// Opens an out folder; one that does not exist is empty. Nothing is written.
    pub fn open(root: &Path) -> Result<Folder, FolderError> {
        match fs::metadata(root) {
            Ok(metadata) if !metadata.is_dir() => return Err(FolderError::NotAFolder(root.to_owned())),
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(FolderError::Unreadable { path: root.to_owned(), error });
            }
            _ => {}
        }
        let path = root.join(MANIFEST);
        let Some(manifest_bytes) = read(&path)? else {
            return Ok(Folder { root: root.to_owned(), manifest: Manifest::default(), manifest_bytes: Vec::new() });
        };
        let manifest = manifest_v2::from_bytes(&manifest_bytes).map_err(|unreadable| match unreadable {
            Unreadable::Newer(version) => FolderError::NewerManifest { path, version },
            Unreadable::Invalid(reason) => FolderError::InvalidManifest { path, reason },
        })?;
        Ok(Folder { root: root.to_owned(), manifest, manifest_bytes })
    }

    /// Locks an out folder against other runs until what is returned is dropped; makes the folder if it is not there.
    ///
    /// # Errors
    /// A folder that cannot be made, or one that another run holds for longer than `patience`.
    pub fn lock(
        root: &Path,
        command: &str,
        patience: Duration,
        on_wait: &mut dyn FnMut(Option<&Holder>),
    ) -> Result<Lock, FolderError> {
        durable::create_folder(root).map_err(unwritable("make the folder", root))?;
        Ok(lock::acquire(&root.join(LOCK), command, patience, on_wait)?)
    }

    /// Returns what was written last.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns the folder of a stack, in which Terraform is run.
    pub fn stack_folder(&self, stack: &str) -> PathBuf {
        self.root.join("stacks").join(stack)
    }

    /// Finds files of others that stand where the stacks' files would: for callers that want to know before they lock.
    pub fn check(&self, stacks: &[StackFiles<'_>]) -> Result<(), FolderError> {
        for stack in stacks {
            self.check_program(stack)?;
            let folder = self.stack_folder(stack.name);
            let owned = self.manifest.paths(stack.name);
            for (path, content) in files(stack)?.iter().filter(|(path, _)| !owned.contains(*path)) {
                refuse_foreign(&folder.join(path), content)?;
            }
        }
        Ok(())
    }

    /// Two programs may happen to name a stack alike: the folder is that of the first.
    fn check_program(&self, stack: &StackFiles<'_>) -> Result<(), FolderError> {
        let Manifest { stacks, pending } = &self.manifest;
        let mut entries = stacks.get(stack.name).into_iter().chain(pending.get(stack.name));
        match entries.find(|entry| entry.program != stack.program) {
            Some(entry) => Err(FolderError::OtherProgram {
                root: self.root.clone(),
                stack: stack.name.to_owned(),
                found: entry.program.clone(),
                program: stack.program.to_owned(),
            }),
            None => Ok(()),
        }
    }

    /// Returns which assets can be executed, and which cannot.
    fn executables(&self, stacks: &[StackFiles<'_>]) -> BTreeMap<PathBuf, bool> {
        let of = |stack: &StackFiles<'_>| {
            let folder = self.stack_folder(stack.name);
            stack.assets.iter().map(move |asset| (folder.join(&asset.path), asset.executable)).collect::<Vec<_>>()
        };
        stacks.iter().flat_map(of).collect()
    }

    /// Finds what stands in the way of a file of ours: a folder on the way to it that is none, or is a link to somebody's.
    fn refuse_obstacle(&self, stack: &str, path: &str) -> Result<(), FolderError> {
        let folder = self.stack_folder(stack);
        for (end, _) in path.match_indices('/') {
            let above = folder.join(&path[..end]);
            if fs::symlink_metadata(&above).is_ok_and(|found| !found.is_dir()) {
                return Err(FolderError::ForeignFile(above));
            }
        }
        Ok(())
    }

    /// Puts the stacks' new files in place; the old ones are still there. Stacks that are not given stay as they are.
    ///
    /// All is checked before anything is written.
    pub fn begin(mut self, stacks: &[StackFiles<'_>]) -> Result<Pending, FolderError> {
        let mut target = Manifest { stacks: self.manifest.stacks.clone(), pending: self.manifest.pending.clone() };
        let mut writes = Vec::new();
        let mut stale = Vec::new();
        let mut leftovers = vec![self.root.join(MANIFEST)];
        let mut given = BTreeSet::new();
        let executables = self.executables(stacks);
        for stack in stacks {
            // Some file systems take `A` and `a` for one.
            if !given.insert(stack.name.to_ascii_lowercase()) {
                return Err(FolderError::DuplicateStack(stack.name.to_owned()));
            }
            self.check_program(stack)?;
            let files = files(stack)?;
            let folder = self.stack_folder(stack.name);
            let owned = self.manifest.paths(stack.name);
            for path in files.keys().chain(&owned) {
                self.refuse_obstacle(stack.name, path)?;
            }
            let is_stale = |path: &&&str| !files.contains_key(**path);
            for path in owned.iter().filter(is_stale) {
                stale.push((folder.join(path), path.matches('/').count().saturating_sub(1)));
                leftovers.push(folder.join(path));
            }
            // Assets first: the names of configurations sort behind `assets/`.
            for (path, content) in &files {
                let full = folder.join(path);
                leftovers.push(full.clone());
                // Also a link to nowhere, or to a file of the same content, is somebody's.
                if !owned.contains(path) && fs::symlink_metadata(&full).is_ok_and(|found| !found.is_file()) {
                    return Err(FolderError::ForeignFile(full));
                }
                match read(&full)? {
                    Some(old) if old == *content && has_mode(&full, executables.get(&full)) => {}
                    Some(old) if !owned.contains(path) && old != *content => return Err(FolderError::ForeignFile(full)),
                    _ => writes.push((full, *content)),
                }
            }
            target.pending.remove(stack.name);
            target.stacks.insert(stack.name.to_owned(), entry(stack, &files));
        }

        for path in &leftovers {
            durable::remove_leftover(path).map_err(unwritable("remove what a killed run left of", path))?;
        }
        if !writes.is_empty() || !stale.is_empty() {
            self.announce(&target, stacks)?;
        }
        for (path, content) in &writes {
            let folder = path.parent().unwrap_or(&self.root);
            durable::create_folder(folder).map_err(unwritable("make the folder", folder))?;
            let written = match executables.get(path) {
                Some(executable) => durable::write_asset(path, content, *executable),
                None => durable::write(path, content),
            };
            written.map_err(unwritable("write", path))?;
        }
        let changed = !writes.is_empty() || !stale.is_empty() || manifest_v2::to_bytes(&target) != self.manifest_bytes;
        Ok(Pending { folder: self, target, stale, changed })
    }

    /// Writes a manifest that names old and new files, so that a run that follows a kill knows all of them as ours.
    fn announce(&mut self, target: &Manifest, stacks: &[StackFiles<'_>]) -> Result<(), FolderError> {
        let mut manifest = self.manifest.clone();
        for StackFiles { name: stack, .. } in stacks {
            let Some(entry) = target.stacks.get(*stack) else { continue };
            let mut entry = entry.clone();
            if let Some(interrupted) = manifest.pending.remove(*stack) {
                for (path, digest) in interrupted.files {
                    entry.files.entry(path).or_insert(digest);
                }
            }
            if manifest.stacks.get(*stack) != Some(&entry) {
                manifest.pending.insert((*stack).to_owned(), entry);
            }
        }
        self.store(manifest)
    }

    fn store(&mut self, manifest: Manifest) -> Result<(), FolderError> {
        let bytes = manifest_v2::to_bytes(&manifest);
        if bytes != self.manifest_bytes {
            let path = self.root.join(MANIFEST);
            durable::create_folder(&self.root).map_err(unwritable("make the folder", &self.root))?;
            durable::write(&path, &bytes).map_err(unwritable("write", &path))?;
            self.manifest_bytes = bytes;
        }
        self.manifest = manifest;
        Ok(())
    }
}

impl Pending {
    /// Removes what the stacks no longer name, and writes the manifest. Tells whether anything in the folder has changed.
    pub fn finish(mut self) -> Result<bool, FolderError> {
        for (path, n_folders) in &self.stale {
            durable::remove(path).map_err(unwritable("remove", path))?;
            // The folders of an asset go with its last file; `assets` itself stays.
            for folder in path.ancestors().skip(1).take(*n_folders) {
                durable::remove_empty_folder(folder).map_err(unwritable("remove", folder))?;
            }
        }
        self.folder.store(self.target)?;
        Ok(self.changed)
    }
}

/// Tells whether a name can be that of a stack's folder.
pub(super) fn is_stack_name(name: &str) -> bool {
    is_file_name(name)
}

/// Tells whether a path is that of a file that we write into a stack's folder.
pub(super) fn is_stack_path(path: &str) -> bool {
    path.parse::<FileName>().is_ok()
        || path.strip_prefix("assets/").is_some_and(|rest| match rest.split_once('/') {
            None => is_file_name(rest),
            Some((folder, inner)) => is_file_name(folder) && inner.split('/').all(is_inner_name),
        })
}

/// In the folder of an asset files keep the names that they had, whatever the language.
fn is_inner_name(name: &str) -> bool {
    (1..=240).contains(&name.len())
        && name != "."
        && name != ".."
        && !name.contains(['\\', ':'])
        && !name.contains(char::is_control)
}

fn is_file_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    (1..=240).contains(&name.len()) && name != "." && name != ".." && name.bytes().all(plain)
}

/// Returns a stack's files by path.
fn files<'a>(stack: &'a StackFiles<'_>) -> Result<BTreeMap<&'a str, &'a [u8]>, FolderError> {
    if !is_stack_name(stack.name) {
        return Err(FolderError::StackName(stack.name.to_owned()));
    }
    let mut files = BTreeMap::from([(stack.configuration_name.as_str(), stack.configuration)]);
    for asset in stack.assets {
        if !is_stack_path(&asset.path) || files.insert(&asset.path, &asset.content).is_some() {
            return Err(FolderError::AssetPath { stack: stack.name.to_owned(), path: asset.path.clone() });
        }
    }
    Ok(files)
}

/// A file that is as it would be written may be anybody's.
fn refuse_foreign(path: &Path, content: &[u8]) -> Result<(), FolderError> {
    match read(path)? {
        Some(found) if found != content => Err(FolderError::ForeignFile(path.to_owned())),
        _ => Ok(()),
    }
}

fn entry(stack: &StackFiles<'_>, files: &BTreeMap<&str, &[u8]>) -> StackEntry {
    let digests = files.iter().map(|(path, content)| ((*path).to_owned(), Sha256::digest(content).into()));
    StackEntry {
        program: stack.program.to_owned(),
        program_version: stack.program_version.to_owned(),
        component: stack.component,
        inputs: stack.inputs,
        dependencies: stack.dependencies.to_vec(),
        configuration_name: stack.configuration_name,
        configuration: Sha256::digest(stack.configuration).into(),
        host: env!("CARGO_PKG_VERSION").to_owned(),
        files: digests.collect(),
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, FolderError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FolderError::Unreadable { path: path.to_owned(), error }),
    }
}

/// Tells whether a file can be executed if it should be, and cannot if not. Of files that are no assets, nothing is asked.
#[cfg(unix)]
fn has_mode(path: &Path, executable: Option<&bool>) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let mode = || fs::metadata(path).map_or(0, |metadata| metadata.permissions().mode());
    executable.is_none_or(|executable| (mode() & 0o100 != 0) == *executable)
}

#[cfg(not(unix))]
fn has_mode(_: &Path, _: Option<&bool>) -> bool {
    true
}

fn unwritable(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    let path = path.to_owned();
    move |error| FolderError::Unwritable { action, path, error }
}
