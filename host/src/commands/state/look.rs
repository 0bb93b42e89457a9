//! `tapwasm state list` and `tapwasm state show`

use super::{CommonArgs, snapshot};
use crate::commands::{Done, Failure};
use crate::diagnostic::closest;
use crate::report::state as report;
use crate::state::{Entry, Snapshot};
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

/// Returns one declaration of a snapshot.
pub(super) fn entry<'a>(snapshot: &'a Snapshot, address: &str) -> Result<&'a Entry, Failure> {
    snapshot.entry(address).ok_or_else(|| {
        let addresses = snapshot.entries.iter().map(|entry| entry.address.as_str());
        let hint = closest(address, addresses).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
        Failure::Error(anyhow!("the stack `{}` holds no `{address}`{hint}", snapshot.stack))
    })
}
