//! `tapwasm state history`, `diff`, `verify` and `export`: what was stored before.

use super::{CommonArgs, snapshot};
use crate::commands::{Done, Failure, OutputFormat};
use crate::diagnostic::Diagnostics;
use crate::plan::plan;
use crate::report;
use crate::ui::{Ui, Verbosity};
use anyhow::anyhow;

/// Lists the serials of a stack.
pub(super) fn history(ui: &Ui, stack: &str, common: &CommonArgs) -> Result<Done, Failure> {
    let store = common.store()?;
    let current = store.header(stack)?;
    let Some(current) = current else {
        // Says what there is instead.
        return snapshot(&store, stack, None).map(|_| Done::Fine);
    };
    let serials = store.history(stack)?;
    let history = report::state::History { stack, current: &current, serials: &serials };
    common.write(ui, || report::state::history_text(&history), || report::state::history_json(&history))
}

/// Shows what changed between two serials.
pub(super) fn diff(ui: &Ui, stack: &str, before: u64, after: Option<u64>, common: &CommonArgs) -> Result<Done, Failure> {
    let store = common.store()?;
    let before = snapshot(&store, stack, Some(before))?;
    let after = snapshot(&store, stack, after)?.into_graph();
    let plans = [plan(&after, Some(&before))];
    match common.format {
        OutputFormat::Text => {
            let options = report::text::TextOptions { verbose: ui.verbosity == Verbosity::Verbose };
            ui.result(&report::text::plans(&plans, options))?;
        }
        OutputFormat::Json => ui.document(&report::json::plans(&plans, &Diagnostics::default(), ""))?,
    }
    Ok(Done::Fine)
}

/// Reads everything that is kept.
pub(super) fn verify(ui: &Ui, stack: Option<&str>, common: &CommonArgs) -> Result<Done, Failure> {
    let store = common.store()?;
    let names = stack.map_or_else(|| store.stacks(), |stack| Ok(vec![stack.to_owned()]))?;
    let mut n_damaged = 0;
    for name in &names {
        let found = store.verify(name)?;
        for fault in &found.faults {
            ui.error(&fault.to_string());
        }
        n_damaged += found.faults.len();
        match (found.faults.is_empty(), found.newest_good) {
            (true, _) => ui.status(&format!("{name}: {} serials are as they were written", found.n_read)),
            (false, Some(good)) => ui.note(&format!(
                "{name}: serial {good} is the newest that is whole: `tapwasm state export {name} --serial {good}`"
            )),
            (false, None) => ui.note(&format!("{name}: no serial is whole")),
        }
    }
    if n_damaged == 0 {
        Ok(Done::Fine)
    } else {
        Err(Failure::Error(anyhow!("{n_damaged} files are damaged; nothing was changed")))
    }
}

/// Writes a snapshot as it is stored.
pub(super) fn export(ui: &Ui, stack: &str, serial: Option<u64>, common: &CommonArgs) -> Result<Done, Failure> {
    let snapshot = snapshot(&common.store()?, stack, serial)?;
    ui.document(&snapshot.to_text()?)?;
    Ok(Done::Fine)
}
