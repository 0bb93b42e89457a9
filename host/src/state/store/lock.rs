//! Writing a stack's state: who writes holds its lock, and each write says after which serial it comes.

use super::{Kept, StackObjects, Store, Stored, Written, copy};
use crate::durable;
use crate::graph::ResourceGraph;
use crate::lock::{self, Holder, LockState};
use crate::state::error::StateError;
use crate::state::file_v1::{self, EntryRef, Header};
use crate::state::lease::{self, Lease, Unlocked};
use crate::state::location::Location;
use crate::state::objects::{Expected, Write};
use crate::state::packed;
use crate::state::provenance::Provenance;
use crate::state::snapshot::{Entry, Lineage, Snapshot};

/// So many old serials go with one write at most: where each is a request, more would take long.
const MOST_REMOVED: usize = 100;

/// A stack's state that no other process writes. Dropping it releases the lock.
#[derive(Debug)]
pub struct LockedStack {
    pub(super) stack: StackObjects,
    _lock: Held,
}

/// How a lock is held.
#[derive(Debug)]
enum Held {
    File(#[expect(dead_code, reason = "dropping it releases the lock")] lock::Lock),
    Lease(#[expect(dead_code, reason = "dropping it releases the lock")] Lease),
}

impl Store {
    /// Tells whether a stack's state is locked, and by whom. Of a bucket it may watch for some seconds whether the holder lives.
    pub fn lock_state(&self, stack: &str) -> Result<LockState, StateError> {
        let stack = self.stack(stack)?;
        match self.location() {
            Location::Folder(_) => Ok(lock::state_of(&stack.objects.named(&stack.key("lock")))?),
            Location::Bucket(_) => lease::state_of(self.objects.as_ref(), &stack.key("lock")),
        }
    }

    /// Locks a stack's state. `command` is shown to others that wait: give it without inputs, which may be secret. `on_wait` is called at
    /// most once, when the lock is not free, with who holds it.
    pub fn lock(&self, stack: &str, command: &str, on_wait: &mut dyn FnMut(Option<&Holder>)) -> Result<LockedStack, StateError> {
        let stack = self.stack_here(stack)?;
        let locked = self.lock_whether_moved(&stack.stack, command, on_wait)?;
        // What was waited for may have moved it.
        copy::refuse_moved(self.objects.as_ref(), self.location())?;
        Ok(locked)
    }

    /// The same where state may have been moved from: to move it back.
    pub fn lock_whether_moved(
        &self,
        stack: &str,
        command: &str,
        on_wait: &mut dyn FnMut(Option<&Holder>),
    ) -> Result<LockedStack, StateError> {
        let stack = self.stack(stack)?;
        let key = stack.key("lock");
        let held = match self.location() {
            Location::Folder(_) => {
                let path = self.objects.named(&key);
                let folder = path.parent().unwrap_or(&path);
                durable::create_folder(folder).map_err(|source| StateError::Unwritable { path: folder.to_owned(), source })?;
                Held::File(lock::acquire(&path, command, self.patience, on_wait)?)
            }
            Location::Bucket(_) => {
                Held::Lease(Lease::acquire(&self.objects, &key, &stack.stack, command, self.patience, on_wait)?)
            }
        };
        Ok(LockedStack { stack, _lock: held })
    }

    /// Breaks a lock on purpose. That of a folder goes with its process alone.
    pub fn unlock(&self, stack: &str, id: &str) -> Result<Unlocked, StateError> {
        let objects = self.stack(stack)?;
        match self.location() {
            Location::Folder(_) => Ok(match self.lock_state(stack)? {
                LockState::Free => Unlocked::Free,
                LockState::Held(holder, _) if holder.as_ref().is_none_or(|holder| holder.id == id) => Unlocked::Alive(holder),
                LockState::Held(holder, _) => Unlocked::Other(holder),
            }),
            Location::Bucket(_) => lease::break_lock(self.objects.as_ref(), &objects.key("lock"), id),
        }
    }
}

impl LockedStack {
    /// Reads what is stored.
    pub fn read_for(&self, program: &str) -> Result<Stored, StateError> {
        self.stack.read_for(program)
    }

    /// Tells whether what is stored is still what was read before the lock was taken.
    pub fn still_holds(&self, before: &Stored) -> Result<bool, StateError> {
        let stored = self.stack.header()?;
        let emitted = before.emitted.as_ref();
        if stored.as_ref().map(|header| (&header.lineage, header.serial)) != emitted.map(|of| (&of.lineage, of.serial)) {
            return Ok(false);
        }
        let Some(stored) = stored else { return Ok(true) };
        let applied = self.stack.applied_of(&stored.lineage, stored.serial)?.map(|applied| applied.serial);
        Ok(applied.filter(|applied| *applied != stored.serial) == before.applied.as_ref().map(|applied| applied.serial))
    }

    /// Stores declarations after `previous`, which is what the command began from: if something else is stored by now, that is an error.
    /// `provenance` is what exactly these were evaluated from, where that is known.
    pub fn write_entries(
        &self,
        entries: &[Entry],
        provenance: Option<&Provenance>,
        previous: &Snapshot,
    ) -> Result<Written, StateError> {
        self.check_unchanged(self.stack.header()?.as_ref(), Some(previous))?;
        if entries == previous.entries {
            return self.unchanged(&previous.lineage, previous.serial);
        }
        let header = Header { provenance: provenance.cloned(), ..Header::of(previous, self.after(previous.serial)?) };
        self.store(&header, entries.iter().map(EntryRef::from))
    }

    /// Stores a snapshot that was exported elsewhere, where nothing is stored yet, as it is.
    pub fn write_first(&self, snapshot: &Snapshot) -> Result<Written, StateError> {
        self.check_unchanged(self.stack.header()?.as_ref(), None)?;
        self.store_as(snapshot, snapshot.serial)
    }

    /// Stores an older snapshot after the newest serial, which cannot be read: if it can by now, that is an error.
    pub fn write_over_damage(&self, old: &Snapshot) -> Result<Written, StateError> {
        let newest = self.stack.newest_serial()?;
        match self.stack.read() {
            Err(StateError::Broken { good, .. }) if good == Some(old.serial) => self.store_as(old, self.after(newest)?),
            read => {
                let read = read?;
                Err(self.changed(None, read.as_ref().map(|read| (&read.lineage, read.serial))))
            }
        }
    }

    /// Stores a graph after `previous`, which is what the run began from: if something else is stored by now, that is an error. Where the
    /// graph is what `previous` holds, nothing is written, whatever it was evaluated from.
    pub fn write(
        &self,
        graph: &ResourceGraph,
        provenance: Option<&Provenance>,
        previous: Option<&Snapshot>,
    ) -> Result<Written, StateError> {
        self.check_names(&graph.stack)?;
        self.check_unchanged(self.stack.header()?.as_ref(), previous)?;
        let (lineage, serial) = match previous {
            Some(previous) => {
                self.check_names(&previous.stack)?;
                self.stack.check_program(&previous.program, &graph.program)?;
                if previous.holds(graph) {
                    return self.unchanged(&previous.lineage, previous.serial);
                }
                (previous.lineage.clone(), self.after(previous.serial)?)
            }
            None => {
                let path = self.stack.objects.named(&self.stack.serial_key(1));
                (Lineage::random().map_err(|source| StateError::Unwritable { path, source })?, 1)
            }
        };
        let (program, stack, provenance) = (graph.program.clone(), graph.stack.clone(), provenance.cloned());
        let header = Header { lineage, serial, program, stack, provenance };
        self.store(&header, graph.nodes.iter().map(EntryRef::from))
    }

    fn check_names(&self, stack: &str) -> Result<(), StateError> {
        if stack == self.stack.stack {
            return Ok(());
        }
        let path = self.stack.objects.named(&self.stack.key("history"));
        Err(StateError::OtherStack { path, found: stack.to_owned(), expected: self.stack.stack.clone() })
    }

    fn check_unchanged(&self, stored: Option<&Header>, previous: Option<&Snapshot>) -> Result<(), StateError> {
        let stored = stored.map(|header| (&header.lineage, header.serial));
        let begun = previous.map(|previous| (&previous.lineage, previous.serial));
        if stored == begun { Ok(()) } else { Err(self.changed(begun, stored)) }
    }

    fn changed(&self, begun: Option<(&Lineage, u64)>, found: Option<(&Lineage, u64)>) -> StateError {
        let words = |of: Option<(&Lineage, u64)>| match of {
            Some((lineage, serial)) => format!("serial {serial} of lineage {lineage}"),
            None => "nothing".to_owned(),
        };
        let path = self.stack.objects.named(&self.stack.key("history"));
        StateError::Changed { path, begun: words(begun), found: words(found) }
    }

    fn unchanged(&self, lineage: &Lineage, serial: u64) -> Result<Written, StateError> {
        self.stack.tidy();
        Ok(Written { lineage: lineage.clone(), serial, changed: false })
    }

    fn store_as(&self, snapshot: &Snapshot, serial: u64) -> Result<Written, StateError> {
        self.store(&Header::of(snapshot, serial), snapshot.entries.iter().map(EntryRef::from))
    }

    /// Creates the serial, and then lets go what is not to be kept any longer.
    fn store<'a>(&self, header: &Header, entries: impl Iterator<Item = EntryRef<'a>> + Clone) -> Result<Written, StateError> {
        let objects = &self.stack.objects;
        let key = self.stack.serial_key(header.serial);
        let text = file_v1::write(header, entries)
            .map_err(|error| StateError::Unstorable { path: objects.named(&key), reason: error.to_string() })?;
        let packed = packed::pack(&text).map_err(|source| StateError::Unwritable { path: objects.named(&key), source })?;
        if objects.write(&key, &packed, Expected::Nothing)? == Write::Conflict {
            return Err(self.overtaken(header)?);
        }
        // Whoever moves the state looks once more after it has left its note.
        copy::refuse_moved(objects.as_ref(), &self.stack.location)?;
        // From here on it is stored: what fails now is done by a later write.
        let kept = self.stack.kept().unwrap_or_default();
        // Only where the lock was broken: then nobody knows after what this serial came.
        if kept.last().is_some_and(|newest| newest.serial > header.serial) {
            objects.remove(&[key])?;
            return Err(self.overtaken(header)?);
        }
        self.stack.tidy();
        let _ = self.forget_old(header, &kept);
        Ok(Written { lineage: header.lineage.clone(), serial: header.serial, changed: true })
    }

    /// Lets go what is not to be kept any longer; what was applied is kept.
    fn forget_old(&self, header: &Header, kept: &[Kept]) -> Result<(), StateError> {
        let applied = self.stack.applied_of(&header.lineage, header.serial)?.map(|applied| applied.serial);
        let old = kept[..kept.len().saturating_sub(self.stack.n_kept)].iter().filter(|kept| Some(kept.serial) != applied);
        let mut old: Vec<String> = old.take(MOST_REMOVED).map(|kept| kept.key.clone()).collect();
        if matches!(self.stack.location, Location::Folder(_)) {
            // The history holds what older versions kept here.
            old.push(self.stack.key("snapshot.json"));
        }
        self.stack.objects.remove(&old)
    }

    /// Returns the next serial.
    fn after(&self, serial: u64) -> Result<u64, StateError> {
        let path = || self.stack.objects.named(&self.stack.key("history"));
        serial
            .checked_add(1)
            .ok_or_else(|| StateError::Unstorable { path: path(), reason: "there are no more serials".to_owned() })
    }

    fn overtaken(&self, header: &Header) -> Result<StateError, StateError> {
        let found = self.stack.header()?;
        let begun = (header.serial > 1).then(|| (&header.lineage, header.serial - 1));
        Ok(self.changed(begun, found.as_ref().map(|found| (&found.lineage, found.serial))))
    }
}
