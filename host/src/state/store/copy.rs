//! Copying a stack's state to another store, byte by byte.

use super::{Kept, MOVED, Store};
use crate::state::error::StateError;
use crate::state::location::Location;
use crate::state::objects::{Expected, Object, Objects, Write};

impl Store {
    /// Copies everything that is kept of a stack to another store, where it must not be yet, unless it is the same. Both are to be locked.
    /// Returns how many serials were copied.
    ///
    /// # Errors
    /// Something else under the same name, and what either store refuses. What was copied until then stays; to copy again goes on.
    pub fn copy(&self, stack: &str, to: &Store) -> Result<usize, StateError> {
        let objects = self.stack(stack)?;
        let kept = objects.kept()?;
        objects.check_older_layout(kept.last().map_or(0, |newest| newest.serial))?;
        let (theirs, ours) = (to.stack(stack)?.header()?, objects.header()?);
        if let (Some(theirs), Some(ours)) = (&theirs, &ours) {
            let key = objects.key("history");
            if theirs.lineage != ours.lineage {
                let (path, found) = (to.objects.named(&key), theirs.lineage.clone());
                return Err(StateError::OtherLineage { path, found, history: ours.lineage.clone() });
            }
            if theirs.serial > ours.serial {
                return Err(self.differs(to, &key, &format!("it goes up to serial {}", theirs.serial)));
            }
        }
        for Kept { key, .. } in &kept {
            self.copy_object(key, to)?;
        }
        // Last, since it points to one of them.
        self.copy_object(&objects.key("applied.json"), to)?;
        to.stack(stack)?.tidy();
        Ok(kept.len())
    }

    fn copy_object(&self, key: &str, to: &Store) -> Result<(), StateError> {
        let Some(Object { bytes, .. }) = self.objects.read(key)? else { return Ok(()) };
        let there = to.objects.read(key)?;
        let is_pointer = key.ends_with("/applied.json");
        let expected = match &there {
            Some(there) if there.bytes == bytes => return Ok(()),
            Some(there) if is_pointer => Expected::Version(&there.version),
            _ => Expected::Nothing,
        };
        if to.objects.write(key, &bytes, expected)? == Write::Conflict {
            return Err(self.differs(to, key, "something else is there"));
        }
        match to.objects.read(key)? {
            Some(copy) if copy.bytes == bytes => Ok(()),
            _ => Err(self.differs(to, key, "it is not what was written there")),
        }
    }

    fn differs(&self, to: &Store, key: &str, what: &str) -> StateError {
        StateError::Store {
            path: to.objects.named(key),
            what: format!("{what}, unlike in {}", self.objects.named(key).display()),
            help: "What was copied before stays; nothing was switched. Choose another place, or look which of the two is right."
                .to_owned(),
        }
    }

    /// Returns where what was stored here is now, if it was moved.
    pub fn moved_to(&self) -> Result<Option<String>, StateError> {
        moved_to(self.objects.as_ref())
    }

    /// Says that what was stored here is elsewhere now: whoever still looks here is told.
    pub fn leave_to(&self, location: &Location) -> Result<(), StateError> {
        let note = serde_json::json!({ "version": 1, "to": location.to_string() });
        if self.objects.write(MOVED, format!("{note}\n").as_bytes(), Expected::Nothing)? == Write::Conflict
            && let Some(to) = self.moved_to()?.filter(|to| *to != location.to_string())
        {
            return Err(StateError::Moved { path: self.location.to_string().into(), to });
        }
        // Nobody writes here any more: what is left now would stay.
        let _ = self.objects.tidy("");
        Ok(())
    }

    /// Says that what was stored here is here again.
    pub fn come_back(&self) -> Result<(), StateError> {
        self.objects.remove(&[MOVED.to_owned()])
    }

    /// Returns the stacks whose newest serial another store lacks, sorted, whether this one was moved or not: who created one while the note was
    /// written is told to run again.
    pub fn ahead_of(&self, other: &Store) -> Result<Vec<String>, StateError> {
        let mut ahead = Vec::new();
        for name in self.stacks_whether_moved()? {
            if self.stack(&name)?.newest_serial()? > other.stack(&name)?.newest_serial()? {
                ahead.push(name);
            }
        }
        Ok(ahead)
    }
}

fn moved_to(objects: &dyn Objects) -> Result<Option<String>, StateError> {
    let Some(found) = objects.read(MOVED)? else { return Ok(None) };
    let moved: serde_json::Value = serde_json::from_slice(&found.bytes).unwrap_or_default();
    Ok(Some(moved["to"].as_str().unwrap_or("another place").to_owned()))
}

/// Refuses to work on what is elsewhere now.
pub(super) fn refuse_moved(objects: &dyn Objects, location: &Location) -> Result<(), StateError> {
    match moved_to(objects)? {
        Some(to) => Err(StateError::Moved { path: location.to_string().into(), to }),
        None => Ok(()),
    }
}
