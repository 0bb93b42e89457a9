//! `tapwasm diff`

use super::against::AgainstArgs;
use super::base::{Base, BaseArgs};
use super::existing::ExistingArgs;
use super::guard::{self, GuardArgs};
use super::run::{configurations, plans, show, stored, warn_of_no_store};
use super::{Done, Failure, InputArgs, PlanFormat, SelectArgs, SourceArgs, StateFolderArgs, approval, select};
use crate::durable;
use crate::pipeline::{self, Evaluated};
use crate::plan::{Plan, plan};
use crate::project::{Moves, Stack};
use crate::ui::Ui;
use anyhow::{Context, anyhow};
use clap::Args;
use std::path::Path;

/// Show what `run` would change, and write nothing.
///
/// It compares with what was emitted last, not with what exists: `terraform plan` does that, and `--tfstate` as far as Terraform's state tells.
/// With `--write-moves` one file is written, and no other.
#[derive(Debug, Args)]
pub struct DiffArgs {
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    inputs: InputArgs,
    #[command(flatten)]
    select: SelectArgs,
    #[command(flatten)]
    state: StateFolderArgs,
    #[command(flatten)]
    guard: GuardArgs,
    /// Write what looks renamed down in tapwasm.moves.toml: from then on it moves.
    #[arg(long)]
    write_moves: bool,
    #[command(flatten)]
    base: BaseArgs,
    #[command(flatten)]
    against: AgainstArgs,
    #[command(flatten)]
    existing: ExistingArgs,
    /// How to write the plan.
    #[arg(long, value_enum, default_value_t)]
    format: PlanFormat,
    /// Exit with 2 when there are changes.
    #[arg(long)]
    detailed_exitcode: bool,
}

/// Shows what `run` would change.
pub fn diff(ui: Ui, args: DiffArgs) -> Result<Done, Failure> {
    let is_for_one = args.format == PlanFormat::Json || args.existing.tfstate.is_some();
    args.format.collecting(ui, |ui| select::each(&ui, &args.source, is_for_one, |ui, _, stack| diff_one(ui, &args, stack)))
}

fn diff_one(mut ui: Ui, args: &DiffArgs, mut stack: Stack) -> Result<Done, Failure> {
    args.inputs.add_to(&mut stack)?;
    args.state.add_to(&mut stack);
    let program = pipeline::load(&mut ui, &stack)?;
    let mut evaluated = pipeline::evaluate(&ui, &program, &stack)?;
    args.select.apply(&ui, &mut evaluated)?;
    if let Some(file) = &args.against.against {
        ui.diagnostics(&evaluated.diagnostics);
        return AgainstArgs::compare(&ui, file, &evaluated, args.format, args.detailed_exitcode);
    }
    let configurations = configurations(&ui, &evaluated)?;
    if let Some(file) = &args.existing.tfstate {
        ui.diagnostics(&evaluated.diagnostics);
        return ExistingArgs::compare(&ui, file, &evaluated, args.format, args.detailed_exitcode);
    }
    if let Some(base) = &args.base.base {
        return diff_with_base(ui, args, base, &stack, &evaluated);
    }
    let snapshots = stored(&evaluated, &stack.state)?;
    warn_of_no_store(&ui, &stack, &snapshots);
    let plans = plans(&ui, &evaluated.graphs, &snapshots);
    ui.diagnostics(&evaluated.diagnostics);
    let approval = approval::of(&evaluated, &configurations, &snapshots);
    show(&ui, args.format, &plans, &evaluated.diagnostics, &approval)?;
    if args.format == PlanFormat::Text {
        ui.note(&format!("To emit exactly this: tapwasm run … --approve {approval}"));
    }
    pipeline::refuse_errors(&ui, &args.guard.refusals(&plans))?;
    if args.write_moves {
        write_moves(&ui, &stack, &plans)?;
    }
    let is_changed = plans.iter().any(|plan| !plan.is_empty());
    Ok(if is_changed && args.detailed_exitcode { Done::Changes } else { Done::Fine })
}

/// Compares with what another program declares, or with what was emitted somewhere; no state is looked at.
fn diff_with_base(mut ui: Ui, args: &DiffArgs, text: &str, stack: &Stack, evaluated: &Evaluated) -> Result<Done, Failure> {
    ui.note(&format!("Comparing with {text}"));
    let base = match Base::of(&mut ui, text, stack, &args.select, &evaluated.graphs)? {
        Base::Declared(base) => base,
        Base::Emitted(folder) => {
            ui.diagnostics(&evaluated.diagnostics);
            return diff_with_emitted(&ui, args, &folder, evaluated);
        }
    };
    let declared = plans(&ui, &evaluated.graphs, &base.snapshots).into_iter();
    let gone = base.gone.iter().map(|(snapshot, empty)| plan(empty, Some(snapshot)));
    let plans: Vec<Plan<'_>> = declared.chain(gone).collect();
    ui.diagnostics(&evaluated.diagnostics);
    // A hash would be of what is stored, too, and that is not known here.
    show(&ui, args.format, &plans, &evaluated.diagnostics, "")?;
    pipeline::refuse_errors(&ui, &args.guard.refusals(&plans))?;
    let is_changed = plans.iter().any(|plan| !plan.is_empty());
    Ok(if is_changed && args.detailed_exitcode { Done::Changes } else { Done::Fine })
}

/// Compares each stack with its configuration in a folder that `run` wrote to.
fn diff_with_emitted(ui: &Ui, args: &DiffArgs, folder: &Path, evaluated: &Evaluated) -> Result<Done, Failure> {
    if args.format == PlanFormat::Json && evaluated.graphs.len() > 1 {
        return Err(Failure::Usage(anyhow!("`--format json` writes one document: choose one stack with `--stack`")));
    }
    let mut done = Done::Fine;
    for graph in &evaluated.graphs {
        let emitted = folder.join("stacks").join(&graph.stack);
        if !emitted.is_dir() {
            ui.note(&format!("{}: {} has no such stack, so all of it is new", graph.stack, folder.display()));
            if args.detailed_exitcode {
                done = Done::Changes;
            }
        } else if AgainstArgs::compare(ui, &emitted, evaluated, args.format, args.detailed_exitcode)? == Done::Changes {
            done = Done::Changes;
        }
    }
    Ok(done)
}

fn write_moves(ui: &Ui, stack: &Stack, plans: &[Plan<'_>]) -> Result<(), Failure> {
    let new = guard::proposed(plans);
    let path = stack.moves.display();
    if new.is_empty() {
        ui.note(&format!("Nothing looks renamed: {path} stays as it is"));
        return Ok(());
    }
    let text = Moves::read(&stack.moves)?.with(&new)?;
    durable::write_unlocked(&stack.moves, text.as_bytes()).with_context(|| format!("cannot write {path}"))?;
    let moves = if new.len() == 1 { "move" } else { "moves" };
    ui.status(&format!("Wrote {} {moves} to {path}: review it with the change", new.len()));
    Ok(())
}
