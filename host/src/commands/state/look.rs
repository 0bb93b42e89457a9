//! `tapwasm state list` and `tapwasm state show`

use super::{CommonArgs, snapshot, unknown_stack};
use crate::commands::{Done, Failure};
use crate::diagnostic::closest;
use crate::report::state as report;
use crate::state::{Entry, LockState, Snapshot};
use crate::ui::Ui;
use anyhow::anyhow;

/// Lists the stacks, or the declarations of one.
pub(super) fn list(ui: &Ui, stack: Option<&str>, common: &CommonArgs) -> Result<Done, Failure> {
    let store = common.store()?;
    if let Some(stack) = stack {
        let snapshot = snapshot(&store, stack, None)?;
        return common.write(ui, || report::addresses_text(&snapshot), || report::addresses_json(&snapshot));
    }
    let mut snapshots = Vec::new();
    for name in store.stacks()? {
        snapshots.extend(store.read(&name)?);
    }
    common.write(ui, || report::stacks_text(&snapshots), || report::stacks_json(&snapshots))
}

/// Shows all of a stack, or one declaration.
pub(super) fn show(
    ui: &Ui,
    stack: &str,
    address: Option<&str>,
    serial: Option<u64>,
    common: &CommonArgs,
) -> Result<Done, Failure> {
    let snapshot = snapshot(&common.store()?, stack, serial)?;
    let only = address.map(|address| entry(&snapshot, address)).transpose()?;
    common.write(ui, || report::snapshot_text(&snapshot, only), || report::snapshot_json(&snapshot, only))
}

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

/// Returns one declaration of a snapshot.
pub(super) fn entry<'a>(snapshot: &'a Snapshot, address: &str) -> Result<&'a Entry, Failure> {
    snapshot.entry(address).ok_or_else(|| {
        let addresses = snapshot.entries.iter().map(|entry| entry.address.as_str());
        let hint = closest(address, addresses).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
        Failure::Error(anyhow!("the stack `{}` holds no `{address}`{hint}", snapshot.stack))
    })
}
