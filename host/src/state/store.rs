//! The store of stacks: what is kept under which key, and in which order it is written.
//!
//! A stack's state is its history: `stacks/<stack>/history/<serial>.json.gz`, and the newest serial is what was emitted last. To store is to
//! create the next serial, which only one of several can; nothing is ever written over. So a write is there as a whole or not at all, a killed
//! one leaves nothing to mend, and who reads needs no lock. `applied.json` points to the serial that was applied, where somebody said so.
//!
//! **Invariant:** reading changes nothing, not even a folder.

mod copy;
mod history;
mod lock;
mod pointer;

pub use history::{Current, StoredSerial, Verified};
pub use lock::LockedStack;

use super::applied::Applied;
use super::error::StateError;
use super::file_v1::{self, FileError, Header};
use super::location::Location;
use super::objects::{Files, Listed, Listing, Objects};
use super::packed::{self, PackedError};
use super::snapshot::{Lineage, Snapshot};
use std::borrow::Cow;
use std::io::Read;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// The state of stacks, in a folder or in a bucket of a cloud. A folder is made by the first write; a bucket must be there.
#[derive(Clone, Debug)]
pub struct Store {
    location: Location,
    objects: Arc<dyn Objects>,
    n_kept: usize,
    patience: Duration,
    /// Set once it is known that nothing was moved away.
    is_here: Arc<OnceLock<()>>,
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

/// What is stored of a stack: its two pointers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    /// What was emitted last.
    pub emitted: Option<Snapshot>,
    /// What was applied, where somebody said so and it is another serial.
    pub applied: Option<Snapshot>,
}

impl Stored {
    /// Returns what new declarations are compared with: what was applied, where that is known, and else what was emitted.
    pub fn base(&self) -> Option<&Snapshot> {
        self.applied.as_ref().or(self.emitted.as_ref())
    }
}

/// The object that moved state leaves behind.
const MOVED: &str = "moved.json";

impl Store {
    /// Takes a place; nothing is read or made yet.
    ///
    /// # Errors
    /// A bucket whose cloud cannot be spoken with: credentials that are set up by half, a build without clouds.
    pub fn open(location: &Location) -> Result<Store, StateError> {
        let objects: Arc<dyn Objects> = match location {
            Location::Folder(folder) => Arc::new(Files::new(folder.clone())),
            #[cfg(feature = "clouds")]
            Location::Bucket(bucket) => Arc::new(super::objects::Clouds::connect(bucket)?),
            #[cfg(not(feature = "clouds"))]
            Location::Bucket(bucket) => return Err(StateError::WithoutClouds { url: bucket.to_string() }),
        };
        Ok(Store::of(location.clone(), objects))
    }

    pub(super) fn of(location: Location, objects: Arc<dyn Objects>) -> Store {
        Store { location, objects, n_kept: 1000, patience: Duration::from_secs(20), is_here: Arc::default() }
    }

    /// Sets how many serials of a stack are kept; 1000 if not set. Older ones go with the next write.
    pub fn keeping(mut self, n_kept: NonZeroUsize) -> Store {
        self.n_kept = n_kept.get();
        self
    }

    /// Sets for how long a lock is waited for; 20 s if not set, which is long enough to tell whether its holder lives.
    pub fn patience(mut self, patience: Duration) -> Store {
        self.patience = patience;
        self
    }

    /// Returns where it is.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Returns the names of the stacks that are stored, sorted.
    pub fn stacks(&self) -> Result<Vec<String>, StateError> {
        self.check_not_moved()?;
        self.stacks_whether_moved()
    }

    fn stacks_whether_moved(&self) -> Result<Vec<String>, StateError> {
        let mut names = Vec::new();
        for name in self.objects.list("stacks")?.folders {
            if is_stack_name(&name) && !self.stack(&name)?.kept()?.is_empty() {
                names.push(name);
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// Reads what a stack emitted last, if it is stored, whatever program it is of.
    pub fn read(&self, stack: &str) -> Result<Option<Snapshot>, StateError> {
        self.stack_here(stack)?.read()
    }

    /// Reads what is stored of a program's stack.
    pub fn read_for(&self, program: &str, stack: &str) -> Result<Stored, StateError> {
        self.stack_here(stack)?.read_for(program)
    }

    /// Refuses to work on what is elsewhere now.
    fn check_not_moved(&self) -> Result<(), StateError> {
        if self.is_here.get().is_some() {
            return Ok(());
        }
        copy::refuse_moved(self.objects.as_ref(), &self.location)?;
        self.is_here.get_or_init(|| ());
        Ok(())
    }

    /// The same as `stack`, but not of what is elsewhere now.
    fn stack_here(&self, stack: &str) -> Result<StackObjects, StateError> {
        self.check_not_moved()?;
        self.stack(stack)
    }

    /// Names come from guests: one that leaves the folder is refused here too, whoever else has looked at it.
    fn stack(&self, stack: &str) -> Result<StackObjects, StateError> {
        if !is_stack_name(stack) {
            return Err(StateError::StackName { name: stack.to_owned() });
        }
        let (stack, location, objects) = (stack.to_owned(), self.location.clone(), Arc::clone(&self.objects));
        Ok(StackObjects { stack, location, objects, n_kept: self.n_kept })
    }
}

fn is_stack_name(name: &str) -> bool {
    // Others are written otherwise in the names of objects.
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    (1..=200).contains(&name.len()) && !name.starts_with('.') && name.chars().all(plain)
}

/// The objects of one stack.
#[derive(Clone, Debug)]
struct StackObjects {
    stack: String,
    location: Location,
    objects: Arc<dyn Objects>,
    /// How many serials the history keeps.
    n_kept: usize,
}

/// A serial that is kept.
#[derive(Debug)]
struct Kept {
    serial: u64,
    key: String,
    object: Listed,
}

/// So often a history is listed anew whose newest serial is gone when it is read: others write at the same time.
const MOST_LISTINGS: usize = 5;

impl StackObjects {
    fn key(&self, name: &str) -> String {
        format!("stacks/{}/{name}", self.stack)
    }

    fn serial_key(&self, serial: u64) -> String {
        self.key(&format!("history/{serial}.json.gz"))
    }

    /// Removes what killed writes left. What cannot be removed is in nobody's way, and a later write tries again.
    fn tidy(&self) {
        for folder in [self.key("history"), format!("stacks/{}", self.stack)] {
            let _ = self.objects.tidy(&folder);
        }
    }

    /// Returns the serials that are kept, sorted.
    fn kept(&self) -> Result<Vec<Kept>, StateError> {
        let Listing { objects, .. } = self.objects.list(&self.key("history"))?;
        let mut kept: Vec<Kept> = objects
            .into_iter()
            .filter_map(|object| {
                // Older versions wrote them as plain text.
                let digits = object.name.strip_suffix(".json.gz").or_else(|| object.name.strip_suffix(".json"))?;
                let serial = digits.parse().ok().filter(|serial: &u64| serial.to_string() == digits)?;
                Some(Kept { serial, key: self.key(&format!("history/{}", object.name)), object })
            })
            .collect();
        kept.sort_by(|a, b| (a.serial, b.object.name.len()).cmp(&(b.serial, a.object.name.len())));
        kept.dedup_by_key(|kept| kept.serial);
        Ok(kept)
    }

    /// Reads the newest serial that is kept, with what `read` makes of its bytes.
    fn newest<T>(&self, read: impl Fn(&Path, &[u8]) -> Result<T, StateError>) -> Result<Option<(u64, T)>, StateError> {
        for _ in 0..MOST_LISTINGS {
            let Some(newest) = self.kept()?.pop() else {
                self.check_older_layout(0)?;
                return Ok(None);
            };
            if let Some(object) = self.objects.read(&newest.key)? {
                self.check_older_layout(newest.serial)?;
                return Ok(Some((newest.serial, read(&self.objects.named(&newest.key), &object.bytes)?)));
            }
        }
        Err(StateError::Store {
            path: self.objects.named(&self.key("history")),
            what: "it changes faster than it can be read".to_owned(),
            help: "Nothing was written. Run again.".to_owned(),
        })
    }

    /// Older versions wrote the last snapshot beside the history, and then to the history: a killed one may have left it ahead.
    fn check_older_layout(&self, newest: u64) -> Result<(), StateError> {
        // Buckets were never written by those.
        if matches!(self.location, Location::Bucket(_)) {
            return Ok(());
        }
        let key = self.key("snapshot.json");
        let Some(object) = self.objects.read(&key)? else { return Ok(()) };
        let path = self.objects.named(&key);
        let serial = header_of(&path, &object.bytes)?.serial;
        if serial > newest { Err(StateError::Unfinished { path, serial }) } else { Ok(()) }
    }

    fn read(&self) -> Result<Option<Snapshot>, StateError> {
        match self.newest(|path, bytes| self.snapshot_of(path, bytes)) {
            Ok(None) => Ok(None),
            Ok(Some((serial, snapshot))) => self.checked(serial, snapshot).map(Some),
            Err(fault) if fault.is_damage() => {
                let good = self.newest_good()?;
                Err(StateError::Broken { stack: self.stack.clone(), fault: Box::new(fault), good })
            }
            Err(error) => Err(error),
        }
    }

    /// Returns the newest serial that can be read.
    fn newest_good(&self) -> Result<Option<u64>, StateError> {
        for kept in self.kept()?.into_iter().rev() {
            match self.read_serial(kept.serial) {
                Ok(Some(_)) => return Ok(Some(kept.serial)),
                Err(error) if !error.is_damage() => return Err(error),
                _ => {}
            }
        }
        Ok(None)
    }

    /// Reads the snapshot that was stored under a serial; nothing where it is not kept.
    fn read_serial(&self, serial: u64) -> Result<Option<Snapshot>, StateError> {
        for key in [self.serial_key(serial), self.key(&format!("history/{serial}.json"))] {
            if let Some(object) = self.objects.read(&key)? {
                let snapshot = self.snapshot_of(&self.objects.named(&key), &object.bytes)?;
                return self.checked(serial, snapshot).map(Some);
            }
        }
        Ok(None)
    }

    fn read_for(&self, program: &str) -> Result<Stored, StateError> {
        let mut tries = 0;
        let (emitted, applied) = loop {
            let Some(snapshot) = self.read()? else { return Ok(Stored::default()) };
            tries += 1;
            match self.applied_of(&snapshot.lineage, snapshot.serial) {
                // Somebody wrote and marked it in between.
                Err(StateError::Older { .. }) if tries < MOST_LISTINGS && self.newest_serial()? > snapshot.serial => {}
                applied => break (snapshot, applied?),
            }
        };
        self.check_program(&emitted.program, program)?;
        let applied = match applied {
            Some(applied) if applied.serial != emitted.serial => match self.read_serial(applied.serial)? {
                Some(snapshot) => Some(snapshot),
                None => return Err(self.not_kept(applied.serial)),
            },
            _ => None,
        };
        Ok(Stored { emitted: Some(emitted), applied })
    }

    /// Returns the newest serial that is kept; 0 where none is.
    fn newest_serial(&self) -> Result<u64, StateError> {
        Ok(self.kept()?.last().map_or(0, |newest| newest.serial))
    }

    fn header(&self) -> Result<Option<Header>, StateError> {
        Ok(self.newest(header_of)?.map(|(_, header)| header))
    }

    fn snapshot_of(&self, path: &Path, bytes: &[u8]) -> Result<Snapshot, StateError> {
        let snapshot = decode(bytes).map_err(|error| state_error(path, error))?;
        if snapshot.stack != self.stack {
            return Err(StateError::OtherStack { path: path.to_owned(), found: snapshot.stack, expected: self.stack.clone() });
        }
        Ok(snapshot)
    }

    fn checked(&self, serial: u64, snapshot: Snapshot) -> Result<Snapshot, StateError> {
        if snapshot.serial == serial {
            return Ok(snapshot);
        }
        let path = self.objects.named(&self.serial_key(serial));
        Err(StateError::NotASnapshot { path, reason: format!("it holds serial {}", snapshot.serial) })
    }

    fn check_program(&self, found: &str, expected: &str) -> Result<(), StateError> {
        if found == expected {
            return Ok(());
        }
        let path = self.objects.named(&self.key("history"));
        Err(StateError::OtherProgram { path, found: found.to_owned(), expected: expected.to_owned() })
    }
}

fn header_of(path: &Path, bytes: &[u8]) -> Result<Header, StateError> {
    decode_header(bytes).map_err(|error| state_error(path, error))
}

/// Reads a snapshot, packed or plain.
pub(super) fn decode(bytes: &[u8]) -> Result<Snapshot, FileError> {
    file_v1::read(text_of(bytes, u64::MAX)?)
}

fn decode_header(bytes: &[u8]) -> Result<Header, FileError> {
    // What stands before the declarations is short; where that does not read, the whole text says why.
    match file_v1::read_header(&text_of(bytes, 4096)?) {
        Ok(header) => Ok(header),
        Err(_) => file_v1::read_header(&text_of(bytes, u64::MAX)?),
    }
}

/// Returns the text that was packed, or its beginning; what is not packed is the text.
fn text_of(bytes: &[u8], most: u64) -> Result<Cow<'_, [u8]>, FileError> {
    if !packed::is_packed(bytes) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut text = Vec::new();
    let reader = packed::unpack(bytes).map_err(|error| match error {
        PackedError::Short => FileError::NotJson("it ends too early".to_owned()),
        PackedError::Checksum => FileError::Checksum,
    })?;
    reader.take(most).read_to_end(&mut text).map_err(|error| FileError::NotJson(error.to_string()))?;
    Ok(Cow::Owned(text))
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
