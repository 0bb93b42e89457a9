//! `tapwasm state lock-info` and `unlock`

use super::{CommonArgs, unknown_stack};
use crate::commands::{Done, Failure};
use crate::lock::Holder;
use crate::report::state as report;
use crate::state::{LockState, Unlocked};
use crate::ui::Ui;
use anyhow::anyhow;

/// Tells which stacks are locked.
pub(super) fn lock_info(ui: &Ui, stack: Option<&str>, common: &CommonArgs) -> Result<Done, Failure> {
    let store = common.store()?;
    let names = match stack {
        Some(stack) => vec![stack.to_owned()],
        None => store.stacks()?,
    };
    let mut locks = Vec::new();
    for name in names {
        let state = store.lock_state(&name)?;
        // What is stored for the first time is locked before it is there.
        if state == LockState::Free && store.read(&name)?.is_none() {
            return Err(unknown_stack(&store, &name)?);
        }
        locks.push((name, state));
    }
    common.write(ui, || report::locks_text(&locks), || report::locks_json(&locks))
}

/// Breaks a lock on purpose.
pub(super) fn unlock(ui: &Ui, stack: &str, id: &str, common: &CommonArgs) -> Result<Done, Failure> {
    let by = |holder: Option<&Holder>| holder.map_or("another command".to_owned(), ToString::to_string);
    match common.store()?.unlock(stack, id)? {
        Unlocked::Free => ui.status(&format!("{stack} is not locked")),
        Unlocked::From(holder) => {
            ui.status(&format!("{stack}: took the lock away from {holder}"));
            ui.note("Should it still run: what it writes is refused if somebody else wrote in between.");
            ui.note("Nothing in the cloud changes by this.");
        }
        Unlocked::Other(holder) => {
            let holder = by(holder.as_ref());
            return Err(Failure::Error(anyhow!(
                "{stack} is not locked under the id `{id}`, but by {holder}; nothing was changed"
            )));
        }
        Unlocked::Alive(holder) => {
            let text = by(holder.as_ref());
            let end = holder.map_or("end it".to_owned(), |holder| format!("end process {}", holder.pid));
            return Err(Failure::Error(anyhow!(
                "{stack} is locked by {text}, which lives; a lock in a folder goes with its process, so {end} first; nothing was changed"
            )));
        }
    }
    Ok(Done::Fine)
}
