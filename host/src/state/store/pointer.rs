//! The pointer to the serial that was applied.

use super::{Applied, LockedStack, StackObjects};
use crate::state::applied::{AppliedError, VERSION};
use crate::state::error::StateError;
use crate::state::objects::{Expected, Object, Write};
use crate::state::snapshot::Lineage;

impl StackObjects {
    /// Reads the pointer into a history of this lineage, whose newest serial is known.
    pub(super) fn applied_of(&self, lineage: &Lineage, newest: u64) -> Result<Option<Applied>, StateError> {
        let key = self.key("applied.json");
        let Some(Object { bytes, .. }) = self.objects.read(&key)? else { return Ok(None) };
        let path = self.objects.named(&key);
        let applied = self.pointer_of(&bytes)?;
        if applied.lineage != *lineage {
            return Err(StateError::OtherLineage { path, found: applied.lineage, history: lineage.clone() });
        }
        if applied.serial > newest {
            return Err(StateError::Older { path, stack: self.stack.clone(), applied: applied.serial, newest });
        }
        Ok(Some(applied))
    }

    fn pointer_of(&self, bytes: &[u8]) -> Result<Applied, StateError> {
        let path = self.objects.named(&self.key("applied.json"));
        Applied::from_bytes(bytes).map_err(|error| match error {
            AppliedError::Newer(version) => StateError::Newer { path, version, newest: VERSION },
            AppliedError::Invalid(reason) => StateError::NotAPointer { path, reason },
        })
    }

    /// Says that a serial cannot be pointed to.
    pub(super) fn not_kept(&self, serial: u64) -> StateError {
        let path = self.objects.named(&self.key("applied.json"));
        StateError::NotAPointer { path, reason: format!("serial {serial} is not kept") }
    }
}

impl LockedStack {
    /// Points to the serial that was applied. It must be one that is kept.
    pub fn mark_applied(&self, lineage: &Lineage, serial: u64) -> Result<(), StateError> {
        let stack = &self.stack;
        let key = stack.key("applied.json");
        let bytes = Applied { lineage: lineage.clone(), serial }.to_bytes();
        let header = stack.header()?.filter(|header| header.lineage == *lineage);
        if header.is_none() || !stack.kept()?.iter().any(|kept| kept.serial == serial) {
            return Err(stack.not_kept(serial));
        }
        let found = stack.objects.read(&key)?;
        // What is damaged may be written over, what a newer version wrote may not.
        if let Some(Err(newer @ StateError::Newer { .. })) = found.as_ref().map(|found| stack.pointer_of(&found.bytes)) {
            return Err(newer);
        }
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
