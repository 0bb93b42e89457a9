//! The local store: `<state>/stacks/<stack>/` with `snapshot.json`, `history/<serial>.json` and `lock`.
//!
//! What a killed write leaves, step by step. The order is: the missing history entry of the current snapshot, the new snapshot, its
//! history entry, then the oldest entries are removed.
//!
//! - Killed before the snapshot is renamed into place: the old snapshot stands, with its whole history. At most a temporary file is left,
//!   which the next run takes over or removes.
//! - Killed between snapshot and history entry: the new snapshot stands and is good; the next run adds its entry first, whether it has
//!   something to store or not.
//! - Killed while removing: some more entries than are kept are left; the next write removes them.
//!
//! So the history is never ahead of the snapshot by a kill: if it is, or if the snapshot is missing beside a history, somebody put back or
//! deleted something, and the command stops.
//!
//! **Invariant:** reading changes nothing on the disk, not even a folder, and needs no lock: the snapshot is replaced as a whole.

mod history;

pub use history::{Current, StoredSerial, Verified};

use super::error::StateError;
use super::file_v1::{self, EntryRef, FileError, Header};
use super::snapshot::{Entry, Lineage, Snapshot};
use crate::durable;
use crate::graph::ResourceGraph;
use crate::lock::{self, Holder, Lock, LockState};
use std::fs::{self, File};
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A folder with the state of stacks. Made by the first write.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
    n_kept: usize,
    patience: Duration,
}

/// What a write did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The history that it belongs to.
    pub lineage: Lineage,
    /// The serial that is stored now.
    pub serial: u64,
    /// Whether it is a new one; where nothing changed, nothing is written.
    pub changed: bool,
}

/// A stack's state that no other process writes. Dropping it releases the lock.
#[derive(Debug)]
pub struct LockedStack {
    files: StackFiles,
    _lock: Lock,
}

impl Store {
    /// Takes a folder; nothing is read or made yet.
    pub fn new(folder: impl Into<PathBuf>) -> Store {
        Store { folder: folder.into(), n_kept: 1000, patience: Duration::from_secs(10) }
    }

    /// Sets how many serials of a stack are kept; 1000 if not set. Older ones go with the next write.
    pub fn keeping(mut self, n_kept: NonZeroUsize) -> Store {
        self.n_kept = n_kept.get();
        self
    }

    /// Sets for how long a lock is waited for; 10 s if not set.
    pub fn patience(mut self, patience: Duration) -> Store {
        self.patience = patience;
        self
    }

    /// Returns the names of the stacks that are stored, sorted.
    pub fn stacks(&self) -> Result<Vec<String>, StateError> {
        let folder = self.folder.join("stacks");
        let names = file_names(&folder)?;
        let is_stack = |name: &String| is_stack_name(name) && folder.join(name).join("snapshot.json").is_file();
        Ok(names.into_iter().filter(is_stack).collect())
    }

    /// Reads a stack's snapshot, if there is one, whatever program it is of.
    pub fn read(&self, stack: &str) -> Result<Option<Snapshot>, StateError> {
        self.files(stack)?.read()
    }

    /// Reads the snapshot of a program's stack, if there is one.
    pub fn read_for(&self, program: &str, stack: &str) -> Result<Option<Snapshot>, StateError> {
        self.files(stack)?.read_for(program)
    }

    /// Tells whether a stack's state is locked, and by whom.
    pub fn lock_state(&self, stack: &str) -> Result<LockState, StateError> {
        Ok(lock::state_of(&self.files(stack)?.folder.join("lock"))?)
    }

    /// Locks a stack's state. `command` is shown to others that wait: give it without inputs, which may be secret. `on_wait` is called at
    /// most once, when the lock is not free, with who holds it.
    pub fn lock(&self, stack: &str, command: &str, on_wait: &mut dyn FnMut(Option<&Holder>)) -> Result<LockedStack, StateError> {
        let files = self.files(stack)?;
        make_folder(&files.folder)?;
        let lock = lock::acquire(&files.folder.join("lock"), command, self.patience, on_wait)?;
        Ok(LockedStack { files, _lock: lock })
    }

    /// Names come from guests: one that leaves the folder is refused here too, whoever else has looked at it.
    fn files(&self, stack: &str) -> Result<StackFiles, StateError> {
        if !is_stack_name(stack) {
            return Err(StateError::StackName { name: stack.to_owned() });
        }
        Ok(StackFiles { stack: stack.to_owned(), folder: self.folder.join("stacks").join(stack), n_kept: self.n_kept })
    }
}

fn is_stack_name(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    (1..=200).contains(&name.len()) && !name.starts_with('.') && name.chars().all(plain)
}

impl LockedStack {
    /// Reads the snapshot, if there is one.
    pub fn read_for(&self, program: &str) -> Result<Option<Snapshot>, StateError> {
        self.files.read_for(program)
    }

    /// Tells whether what is stored is still what was read before the lock was taken.
    pub fn still_holds(&self, before: Option<&Snapshot>) -> Result<bool, StateError> {
        let stored = self.files.header()?;
        let stored = stored.as_ref().map(|header| (&header.lineage, header.serial));
        Ok(stored == before.map(|before| (&before.lineage, before.serial)))
    }

    /// Stores declarations after `previous`, which is what the command began from: if something else is stored by now, that is an error.
    pub fn write_entries(&self, entries: &[Entry], previous: &Snapshot) -> Result<Written, StateError> {
        let files = &self.files;
        let stored = files.header()?;
        files.check_unchanged(stored.as_ref(), Some(previous))?;
        let Snapshot { lineage, serial, program, stack, .. } = previous;
        if entries == previous.entries {
            files.complete(*serial)?;
            return Ok(Written { lineage: lineage.clone(), serial: *serial, changed: false });
        }
        let header = Header { lineage: lineage.clone(), serial: serial + 1, program: program.clone(), stack: stack.clone() };
        files.store(&header, entries.iter().map(EntryRef::from), Some(*serial))
    }

    /// Stores a snapshot that was exported elsewhere, where nothing is stored yet, as it is.
    pub fn write_first(&self, snapshot: &Snapshot) -> Result<Written, StateError> {
        self.files.check_unchanged(self.files.header()?.as_ref(), None)?;
        let Snapshot { lineage, serial, program, stack, entries } = snapshot;
        let header = Header { lineage: lineage.clone(), serial: *serial, program: program.clone(), stack: stack.clone() };
        self.files.store(&header, entries.iter().map(EntryRef::from), None)
    }

    /// Stores a graph after `previous`, which is what the run began from: if something else is stored by now, that is an error. Where the
    /// graph is what `previous` holds, nothing is written but what a killed run left undone.
    pub fn write(&self, graph: &ResourceGraph, previous: Option<&Snapshot>) -> Result<Written, StateError> {
        let files = &self.files;
        files.check_names(&graph.program, &graph.stack, &graph.program)?;
        let stored = files.header()?;
        files.check_unchanged(stored.as_ref(), previous)?;
        if let Some(previous) = previous {
            files.check_names(&previous.program, &previous.stack, &graph.program)?;
            if previous.holds(graph) {
                files.complete(previous.serial)?;
                return Ok(Written { lineage: previous.lineage.clone(), serial: previous.serial, changed: false });
            }
        }
        let (lineage, serial) = match previous {
            Some(previous) => (previous.lineage.clone(), previous.serial + 1),
            None => {
                let random = Lineage::random();
                (random.map_err(|source| StateError::Unwritable { path: files.snapshot(), source })?, 1)
            }
        };
        let header = Header { lineage, serial, program: graph.program.clone(), stack: graph.stack.clone() };
        files.store(&header, graph.nodes.iter().map(EntryRef::from), stored.map(|header| header.serial))
    }
}

/// The files of one stack.
#[derive(Debug)]
struct StackFiles {
    stack: String,
    folder: PathBuf,
    /// How many serials the history keeps.
    n_kept: usize,
}

impl StackFiles {
    fn snapshot(&self) -> PathBuf {
        self.folder.join("snapshot.json")
    }

    fn history(&self, serial: u64) -> PathBuf {
        self.folder.join("history").join(format!("{serial}.json"))
    }

    /// Returns the serials in the history, sorted.
    fn serials(&self) -> Result<Vec<u64>, StateError> {
        let names = file_names(&self.folder.join("history"))?;
        let mut serials: Vec<u64> = names.iter().filter_map(|name| name.strip_suffix(".json")?.parse().ok()).collect();
        serials.sort_unstable();
        Ok(serials)
    }

    fn read_for(&self, program: &str) -> Result<Option<Snapshot>, StateError> {
        let snapshot = self.read()?;
        if let Some(snapshot) = &snapshot {
            self.check_names(&snapshot.program, &snapshot.stack, program)?;
        }
        Ok(snapshot)
    }

    fn read(&self) -> Result<Option<Snapshot>, StateError> {
        let path = self.snapshot();
        // The history first: a write that happens in between puts the snapshot ahead of it, which is fine, never behind.
        let newest = self.serials()?.last().copied();
        let snapshot = match open(&path)? {
            Some(file) => file_v1::read(file).map_err(|error| state_error(&path, error))?,
            None => return newest.map_or(Ok(None), |newest| Err(StateError::Missing { path, newest })),
        };
        if snapshot.stack != self.stack {
            return Err(StateError::OtherStack { path, found: snapshot.stack, expected: self.stack.clone() });
        }
        self.check_history(newest, &snapshot.lineage, snapshot.serial)?;
        Ok(Some(snapshot))
    }

    fn header(&self) -> Result<Option<Header>, StateError> {
        let path = self.snapshot();
        let newest = self.serials()?.last().copied();
        let header = match open(&path)? {
            Some(file) => file_v1::read_header(file).map_err(|error| state_error(&path, error))?,
            None => return newest.map_or(Ok(None), |newest| Err(StateError::Missing { path, newest })),
        };
        self.check_history(newest, &header.lineage, header.serial)?;
        Ok(Some(header))
    }

    fn check_history(&self, newest: Option<u64>, lineage: &Lineage, serial: u64) -> Result<(), StateError> {
        let Some(newest) = newest else { return Ok(()) };
        let path = self.history(newest);
        let Some(file) = open(&path)? else { return Ok(()) };
        let history = file_v1::read_header(file).map_err(|error| state_error(&path, error))?.lineage;
        let path = self.snapshot();
        if history != *lineage {
            return Err(StateError::OtherLineage { path, found: lineage.clone(), history });
        }
        if newest > serial {
            return Err(StateError::Older { path, serial, newest });
        }
        Ok(())
    }

    fn check_names(&self, program: &str, stack: &str, expected: &str) -> Result<(), StateError> {
        let path = self.snapshot();
        if stack != self.stack {
            return Err(StateError::OtherStack { path, found: stack.to_owned(), expected: self.stack.clone() });
        }
        if program != expected {
            return Err(StateError::OtherProgram { path, found: program.to_owned(), expected: expected.to_owned() });
        }
        Ok(())
    }

    fn check_unchanged(&self, stored: Option<&Header>, previous: Option<&Snapshot>) -> Result<(), StateError> {
        let stored = stored.map(|header| (&header.lineage, header.serial));
        let begun = previous.map(|previous| (&previous.lineage, previous.serial));
        if stored == begun {
            return Ok(());
        }
        let words = |of: Option<(&Lineage, u64)>| match of {
            Some((lineage, serial)) => format!("serial {serial} of lineage {lineage}"),
            None => "nothing".to_owned(),
        };
        Err(StateError::Changed { path: self.snapshot(), begun: words(begun), found: words(stored) })
    }

    /// Does what a killed write left undone: the history entry of the current snapshot, and files that nobody needs.
    fn complete(&self, serial: u64) -> Result<(), StateError> {
        let (snapshot, history) = (self.snapshot(), self.history(serial));
        if !history.exists() {
            let current = fs::read(&snapshot).map_err(|source| StateError::Unreadable { path: snapshot.clone(), source })?;
            make_folder(&self.folder.join("history"))?;
            write(&history, &current)?;
        }
        for path in [snapshot, history] {
            durable::remove_leftover(&path).map_err(|source| StateError::Unwritable { path, source })?;
        }
        Ok(())
    }

    fn store<'a>(
        &self,
        header: &Header,
        entries: impl Iterator<Item = EntryRef<'a>> + Clone,
        stored: Option<u64>,
    ) -> Result<Written, StateError> {
        let bytes = file_v1::write(header, entries)
            .map_err(|error| StateError::Unstorable { path: self.snapshot(), reason: error.to_string() })?;
        self.replace(stored, header.serial, &bytes)?;
        Ok(Written { lineage: header.lineage.clone(), serial: header.serial, changed: true })
    }

    /// Writes in the order that the module's documentation gives reasons for.
    fn replace(&self, stored: Option<u64>, serial: u64, bytes: &[u8]) -> Result<(), StateError> {
        make_folder(&self.folder.join("history"))?;
        stored.map_or(Ok(()), |stored| self.complete(stored))?;
        write(&self.snapshot(), bytes)?;
        write(&self.history(serial), bytes)?;
        let serials = self.serials()?;
        for old in &serials[..serials.len().saturating_sub(self.n_kept)] {
            let path = self.history(*old);
            durable::remove(&path).map_err(|source| StateError::Unwritable { path, source })?;
        }
        Ok(())
    }
}

fn open(path: &Path) -> Result<Option<File>, StateError> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(StateError::Unreadable { path: path.to_owned(), source }),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), StateError> {
    durable::write(path, bytes).map_err(|source| StateError::Unwritable { path: path.to_owned(), source })
}

fn make_folder(path: &Path) -> Result<(), StateError> {
    durable::create_folder(path).map_err(|source| StateError::Unwritable { path: path.to_owned(), source })
}

/// Returns the names in a folder, sorted; none where there is no folder.
fn file_names(folder: &Path) -> Result<Vec<String>, StateError> {
    let unreadable = |source| StateError::Unreadable { path: folder.to_owned(), source };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(unreadable(source)),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry.map_err(unreadable)?.file_name().into_string().ok());
    }
    names.sort_unstable();
    Ok(names)
}

pub(super) fn state_error(path: &Path, error: FileError) -> StateError {
    let path = path.to_owned();
    match error {
        FileError::Io(source) => StateError::Unreadable { path, source },
        FileError::NotJson(reason) => StateError::Damaged { path, reason },
        FileError::Invalid(reason) => StateError::NotASnapshot { path, reason },
        FileError::Newer(version) => StateError::Newer { path, version, newest: file_v1::VERSION },
        FileError::Checksum => StateError::Checksum { path },
    }
}

#[cfg(test)]
mod tests;
