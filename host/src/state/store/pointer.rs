//! The pointer to the serial that was applied.

use super::{Applied, LockedStack, StackObjects, Store};
use crate::state::error::StateError;
use crate::state::objects::{Expected, Object, Write};
use crate::state::snapshot::Lineage;

impl Store {
    /// Returns which serial of a stack was applied, where somebody said so.
    pub fn applied(&self, stack: &str) -> Result<Option<u64>, StateError> {
        let stack = self.stack(stack)?;
        let Some(header) = stack.header()? else { return Ok(None) };
        Ok(stack.applied_of(&header.lineage, header.serial)?.map(|applied| applied.serial))
    }
}

impl StackObjects {
    /// Reads the pointer into a history of this lineage, whose newest serial is known.
    pub(super) fn applied_of(&self, lineage: &Lineage, newest: u64) -> Result<Option<Applied>, StateError> {
        let key = self.key("applied.json");
        let Some(Object { bytes, .. }) = self.objects.read(&key)? else { return Ok(None) };
        let path = self.objects.named(&key);
        let applied = Applied::from_bytes(&bytes).map_err(|reason| StateError::NotAPointer { path: path.clone(), reason })?;
        if applied.lineage != *lineage {
            return Err(StateError::OtherLineage { path, found: applied.lineage, history: lineage.clone() });
        }
        if applied.serial > newest {
            return Err(StateError::Older { path, stack: self.stack.clone(), applied: applied.serial, newest });
        }
        Ok(Some(applied))
    }
}

impl LockedStack {
    /// Points to the serial that was applied. It must be one that is kept.
    pub fn mark_applied(&self, lineage: &Lineage, serial: u64) -> Result<(), StateError> {
        let stack = &self.stack;
        let key = stack.key("applied.json");
        let bytes = Applied { lineage: lineage.clone(), serial }.to_bytes();
        let found = stack.objects.read(&key)?;
        let expected = found.as_ref().map_or(Expected::Nothing, |found| Expected::Version(&found.version));
        match stack.objects.write(&key, &bytes, expected)? {
            Write::Done(_) => {
                stack.tidy();
                Ok(())
            }
            Write::Conflict => Err(StateError::Changed {
                path: stack.objects.named(&key),
                begun: "another pointer".to_owned(),
                found: "a newer one".to_owned(),
            }),
        }
    }
}
