//! `tapwasm state rollback`, `import`, `rm` and `mv`: each stores a new serial, and deletes nothing of the history.

use super::look::entry;
use super::{CommonArgs, snapshot};
use crate::commands::{Done, Failure, waiting};
use crate::model::{Address, Kind, is_identifier};
use crate::plan::plan;
use crate::project::{Moves, Project};
use crate::state::{Entry, Snapshot, StateError, Store, Written};
use crate::ui::Ui;
use anyhow::{Context, anyhow};
use std::path::Path;

/// Stores what an older serial held.
pub(super) fn rollback(ui: &Ui, stack: &str, serial: u64, common: &CommonArgs) -> Result<Done, Failure> {
    let store = common.store()?;
    let old = snapshot(&store, stack, Some(serial))?;
    let current = match store.read(stack) {
        Err(StateError::Broken { fault, good, .. }) => return over_damage(ui, &store, &old, &fault, good),
        _ => snapshot(&store, stack, None)?,
    };
    let graph = old.clone().into_graph();
    let plan = plan(&graph, Some(&current));
    let moves = Moves::read(&Project::of(&std::env::current_dir()?)?.moves())?;
    let is_written = |from: &Address, to: &Address| {
        moves.all().iter().any(|known| known.stack.matches(stack) && known.from == from.as_str() && known.to == to.as_str())
    };
    if let Some(renamed) = plan.proposals.iter().find(|of| !is_written(of.from, of.to)) {
        return Err(Failure::Error(anyhow!(
            "`{from}` was renamed since serial {serial}, and goes back to `{to}` by this: write the reverse move down first, as an entry of {path} \
             (stack `{stack}`, from `{from}`, to `{to}`), or Terraform destroys the one and creates the other; nothing was changed",
            from = renamed.from,
            to = renamed.to,
            path = moves.path().display(),
        )));
    }
    store_entries(ui, common, &current, |snapshot| take(snapshot, old), &format!("what serial {serial} held"))
}

/// Stores what an older serial held after one that cannot be read. What was renamed in between cannot be known.
fn over_damage(ui: &Ui, store: &Store, old: &Snapshot, fault: &StateError, good: Option<u64>) -> Result<Done, Failure> {
    let Snapshot { stack, serial, .. } = old;
    if good != Some(*serial) {
        let good = good.map_or("none".to_owned(), |good| good.to_string());
        return Err(Failure::Error(anyhow!(
            "{fault}\nGo back to the newest serial that is whole first, which is {good}: what was renamed since an older one could not be told; \
             nothing was changed"
        )));
    }
    ui.warning(&format!("{fault}\nWhat it held is not known: look at `terraform plan` before you apply what is emitted next."));
    let written = store.lock(stack, "tapwasm state rollback", &mut waiting(ui))?.write_over_damage(old)?;
    tell(ui, stack, &written, &format!("what serial {serial} held"));
    Ok(Done::Fine)
}

/// Stores an exported snapshot.
pub(super) fn import(ui: &Ui, file: &Path, common: &CommonArgs) -> Result<Done, Failure> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let given = Snapshot::from_bytes(&bytes, file)?;
    let store = common.store()?;
    let written = match store.read(&given.stack)? {
        Some(current) if current.lineage != given.lineage => {
            return Err(Failure::Error(anyhow!(
                "{} is of lineage {}, and the stack `{}` of lineage {}: it is another history; nothing was changed. To take it all the same, \
                 import it into another place with `--state`",
                file.display(),
                given.lineage,
                given.stack,
                current.lineage
            )));
        }
        Some(current) => {
            return store_entries(ui, common, &current, |snapshot| take(snapshot, given), "what was imported");
        }
        None => store.lock(&given.stack, "tapwasm state import", &mut waiting(ui))?.write_first(&given)?,
    };
    tell(ui, &given.stack, &written, "what was imported");
    Ok(Done::Fine)
}

/// Forgets one declaration. What is stored then is what no evaluation yields, here and below.
pub(super) fn remove(ui: &Ui, stack: &str, address: &str, common: &CommonArgs) -> Result<Done, Failure> {
    let current = snapshot(&common.store()?, stack, None)?;
    entry(&current, address)?;
    let change = |snapshot: &mut Snapshot| {
        snapshot.entries.retain(|entry| entry.address.as_str() != address);
        snapshot.provenance = None;
    };
    store_entries(ui, common, &current, change, &format!("all but `{address}`"))
}

/// Gives one declaration another address.
pub(super) fn rename(ui: &Ui, stack: &str, from: &str, to: &str, common: &CommonArgs) -> Result<Done, Failure> {
    let current = snapshot(&common.store()?, stack, None)?;
    let old = entry(&current, from)?;
    if current.entry(to).is_some() {
        return Err(Failure::Error(anyhow!("the stack `{stack}` holds `{to}` already; nothing was changed")));
    }
    let Some(labels) = labels_of(old, to) else {
        return Err(Failure::Error(anyhow!(
            "`{to}` cannot be the address of what is {}; nothing was changed",
            old.kind.a_noun()
        )));
    };
    let change = |snapshot: &mut Snapshot| {
        for entry in snapshot.entries.iter_mut().filter(|entry| entry.address.as_str() == from) {
            entry.address = Address::from_text(to);
            entry.labels = labels.iter().map(|label| (*label).into()).collect();
        }
        snapshot.entries.sort_by(|a, b| a.address.cmp(&b.address));
        snapshot.provenance = None;
    };
    store_entries(ui, common, &current, change, &format!("`{from}` as `{to}`"))
}

/// Returns the labels in an address, where something of the same kind could have it.
fn labels_of<'a>(of: &Entry, address: &'a str) -> Option<Vec<&'a str>> {
    let labels: Vec<&str> = address.strip_prefix(of.kind.address_prefix())?.split('.').collect();
    let is_other = Kind::ALL.iter().any(|kind| {
        let prefix = kind.address_prefix();
        *kind != of.kind && prefix.ends_with(['.', ' ']) && address.starts_with(prefix)
    });
    let fits = labels.len() == of.labels.len() && labels.iter().all(|label| is_identifier(label));
    (fits && !is_other).then_some(labels)
}

/// Takes the declarations of another snapshot, and what they were evaluated from.
fn take(snapshot: &mut Snapshot, other: Snapshot) {
    (snapshot.entries, snapshot.provenance) = (other.entries, other.provenance);
}

/// Stores a changed snapshot as the next serial, if nothing else was stored since `current` was read.
fn store_entries(
    ui: &Ui,
    common: &CommonArgs,
    current: &Snapshot,
    change: impl FnOnce(&mut Snapshot),
    what: &str,
) -> Result<Done, Failure> {
    let mut next = current.clone();
    change(&mut next);
    let locked = common.store()?.lock(&current.stack, "tapwasm state", &mut waiting(ui))?;
    let written = locked.write_entries(&next.entries, next.provenance.as_ref(), current)?;
    tell(ui, &current.stack, &written, what);
    Ok(Done::Fine)
}

fn tell(ui: &Ui, stack: &str, written: &Written, what: &str) {
    if written.changed {
        ui.status(&format!("{stack}: serial {} holds {what}", written.serial));
    } else {
        ui.status(&format!("{stack}: serial {} holds {what} already", written.serial));
    }
    ui.note("Nothing in the cloud changes by this, nor what was emitted: the next run does that.");
}
