//! `tapwasm state mark-applied`

use super::{CommonArgs, snapshot};
use crate::commands::check_plan::declaration_of;
use crate::commands::{Done, Failure, waiting};
use crate::model::Kind;
use crate::state::{Snapshot, Store};
use crate::terraform::tfstate;
use crate::ui::Ui;
use anyhow::{Context, anyhow};
use std::collections::BTreeSet;
use std::path::Path;

/// So many addresses are named where something does not fit.
const MOST_NAMED: usize = 5;

/// Points to the serial that was applied: the one that is named, the newest that a state of Terraform's fits, or the one that was emitted last.
pub(super) fn mark_applied(
    ui: &Ui,
    stack: &str,
    serial: Option<u64>,
    state: Option<&Path>,
    common: &CommonArgs,
) -> Result<Done, Failure> {
    let store = common.store()?;
    let chosen = match state {
        Some(file) => fitting(&store, stack, serial, file)?,
        None => snapshot(&store, stack, serial)?,
    };
    let locked = store.lock(stack, "tapwasm state mark-applied", &mut waiting(ui))?;
    locked.mark_applied(&chosen.lineage, chosen.serial)?;
    drop(locked);
    ui.status(&format!("{stack}: serial {} is marked as applied", chosen.serial));
    let newest = store.header(stack)?.map_or(chosen.serial, |current| current.serial);
    if newest != chosen.serial {
        ui.note(&format!(
            "Serial {newest} was emitted since: `tapwasm diff` compares with {} until it is marked.",
            chosen.serial
        ));
    }
    ui.note("Nothing in the cloud changes by this.");
    Ok(Done::Fine)
}

/// Returns the newest serial whose resources are those that Terraform has; of a serial that is named, only whether it is so.
fn fitting(store: &Store, stack: &str, serial: Option<u64>, file: &Path) -> Result<Snapshot, Failure> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let addresses = tfstate::addresses(&text).with_context(|| file.display().to_string())?;
    let managed = addresses.iter().filter(|address| !is_of_data(address));
    let known: BTreeSet<&str> = managed.map(|address| declaration_of(address)).collect();
    let newest = snapshot(store, stack, serial)?;
    let mut misfit = None;
    let serials = match serial {
        Some(serial) => vec![serial],
        None => store.serials(stack)?,
    };
    for serial in serials.into_iter().rev() {
        let candidate = if serial == newest.serial { Some(newest.clone()) } else { store.read_serial(stack, serial)? };
        let Some(candidate) = candidate else { continue };
        match misfit_of(&candidate, &known) {
            None => return Ok(candidate),
            Some(words) => misfit = misfit.or(Some((serial, words))),
        }
    }
    let (serial, words) = misfit.unwrap_or((newest.serial, String::new()));
    Err(Failure::Error(anyhow!(
        "{} does not fit: of serial {serial}, {words}; nothing was marked. Apply first, or say which serial was applied with `--serial` alone",
        file.display()
    )))
}

/// Says how what Terraform has differs from what a serial declares, by address.
fn misfit_of(snapshot: &Snapshot, known: &BTreeSet<&str>) -> Option<String> {
    let is_managed = |kind: Kind| matches!(kind, Kind::Resource | Kind::Module);
    let declared = snapshot.entries.iter().filter(|entry| is_managed(entry.kind));
    let declared: Vec<_> = declared.collect();
    // There may be no instance of it, and a module may hold nothing.
    let may_be_empty = |entry: &&&crate::state::Entry| {
        entry.kind == Kind::Module || ["count", "for_each"].iter().any(|name| entry.meta.argument(name).is_some())
    };
    let missing: Vec<&str> = declared
        .iter()
        .filter(|entry| !may_be_empty(entry))
        .map(|entry| entry.address.as_str())
        .filter(|address| !known.contains(address))
        .collect();
    let addresses: BTreeSet<&str> = declared.iter().map(|entry| entry.address.as_str()).collect();
    let foreign: Vec<&str> = known.difference(&addresses).copied().collect();
    let list = |names: &[&str]| {
        let more = names.len().saturating_sub(MOST_NAMED);
        let named = names.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
        if more == 0 { named } else { format!("{named} and {more} more") }
    };
    match (&missing[..], &foreign[..]) {
        ([], []) => None,
        (missing, []) => Some(format!("Terraform has not created {}", list(missing))),
        ([], foreign) => Some(format!("Terraform has {}, which it does not declare", list(foreign))),
        (missing, foreign) => {
            Some(format!("Terraform has not created {}, and has {}, which it does not declare", list(missing), list(foreign)))
        }
    }
}

/// Tells whether it is read and not managed; inside modules everything is taken for managed, since it is of the module.
fn is_of_data(address: &str) -> bool {
    address.starts_with("data.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::ResourceGraph;
    use crate::model::Expression;
    use crate::state::arbitrary::{graph, resource};

    fn misfit(graph: &ResourceGraph, known: &[&str]) -> Option<String> {
        let snapshot = Snapshot::of(graph, None).unwrap();
        misfit_of(&snapshot, &known.iter().copied().collect())
    }

    #[test]
    fn a_serial_fits_what_terraform_has_by_address() {
        let mut many = resource("aws_x", "many", &[]);
        many.meta.arguments.push(("count".into(), Expression::Integer(0)));
        let graph = graph(vec![resource("aws_x", "a", &[]), resource("aws_x", "b", &[]), many]);
        assert_eq!(misfit(&graph, &["aws_x.a", "aws_x.b"]), None);
        assert_eq!(misfit(&graph, &["aws_x.a", "aws_x.b", "aws_x.many"]), None);
        assert_eq!(misfit(&graph, &["aws_x.a"]).as_deref(), Some("Terraform has not created aws_x.b"));
        assert_eq!(
            misfit(&graph, &["aws_x.a", "aws_x.c"]).as_deref(),
            Some("Terraform has not created aws_x.b, and has aws_x.c, which it does not declare")
        );
    }
}
