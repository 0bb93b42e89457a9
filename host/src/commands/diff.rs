//! `tapwasm diff`

use super::against::AgainstArgs;
use super::base::{Base, BaseArgs, Declared};
use super::existing::ExistingArgs;
use super::guard::{self, GuardArgs};
use super::run::{configurations, note_bases, plans, plans_of_emitted, show, stored, tell_bases, warn_of_no_store};
use super::why::Evaluation;
use super::{
    Done, Failure, InputArgs, PlanFormat, SelectArgs, SourceArgs, StatePlaceArgs, approval, masked, secret_key, select,
    write_renames,
};
use crate::graph::SecretKey;
use crate::pipeline::{self, Evaluated};
use crate::plan::{Besides, Plan, plan};
use crate::project::{Moves, NewMove, Stack};
use crate::state::Store;
use crate::ui::Ui;
use anyhow::anyhow;
use clap::Args;
use std::path::Path;

/// Show what `run` would change, and write nothing.
///
/// It compares with what was emitted last, or with what was applied where `tapwasm state mark-applied` said so; not with what exists: `terraform plan`
/// does that, and `--tfstate` as far as Terraform's state tells. With `--write-moves` one file is written, and no other. Literals that a provider's
/// schema calls sensitive are masked: see `tapwasm run --help`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    inputs: InputArgs,
    #[command(flatten)]
    select: SelectArgs,
    #[command(flatten)]
    state: StatePlaceArgs,
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
    args.format
        .collecting(ui, |ui| select::each(&ui, &args.source, is_for_one, |ui, name, stack| diff_one(ui, &args, name, stack)))
}

fn diff_one(mut ui: Ui, args: &DiffArgs, name: &str, mut stack: Stack) -> Result<Done, Failure> {
    args.inputs.add_to(&mut stack)?;
    args.state.add_to(&mut stack);
    let program = pipeline::load(&mut ui, &stack)?;
    // What is not stored is always compared in full.
    let is_stored = !args.base.is_given() && args.against.against.is_none();
    let key = if is_stored { secret_key::of_user()? } else { Some(secret_key::of_user_or_random()?) };
    let mut evaluated = pipeline::evaluate(&ui, &program, &stack, key.as_ref())?;
    args.select.apply(&ui, &mut evaluated)?;
    if let Some(file) = &args.against.against {
        ui.diagnostics(&evaluated.diagnostics);
        return AgainstArgs::compare(&ui, file, &evaluated, key.as_ref(), args.format, args.detailed_exitcode);
    }
    let configurations = configurations(&ui, &evaluated)?;
    if let Some(file) = &args.existing.tfstate {
        ui.diagnostics(&evaluated.diagnostics);
        return ExistingArgs::compare(&ui, file, &evaluated, args.format, args.detailed_exitcode);
    }
    if let Some(environment) = &args.base.base_env {
        return diff_with_environment(ui, args, name, environment, &evaluated, key.as_ref());
    }
    if let Some(base) = &args.base.base {
        return diff_with_base(ui, args, base, &stack, &evaluated, key.as_ref());
    }
    let stored = stored(&evaluated, &Store::open(&stack.state)?)?;
    warn_of_no_store(&ui, &stack, &stored);
    let bases = masked::bases(&evaluated, &stored, key.as_ref());
    let emitted = masked::emitted_since(&evaluated, &stored, key.as_ref());
    let mut plans = plans(&ui, &evaluated.graphs, &bases);
    note_bases(&mut plans, &stored);
    Evaluation { program: &program, stack: &stack, evaluated: &evaluated, key: key.as_ref() }.explain(&bases, &mut plans);
    ui.diagnostics(&evaluated.diagnostics);
    tell_bases(&ui, &plans);
    let approval = approval::of(&evaluated, &configurations, &stored);
    show(&ui, args.format, &plans, &evaluated.diagnostics, &approval)?;
    if args.format == PlanFormat::Text {
        ui.note(&format!("To emit exactly this: tapwasm run … --approve {approval}"));
    }
    let of_emitted = plans_of_emitted(&evaluated, &emitted);
    for plans in [&plans, &of_emitted] {
        pipeline::refuse_errors(&ui, &args.guard.refusals(plans))?;
    }
    if args.write_moves {
        write_moves(&ui, &stack, &guard::proposed(&plans, &of_emitted))?;
    }
    let is_changed = plans.iter().any(|plan| !plan.is_empty());
    Ok(if is_changed && args.detailed_exitcode { Done::Changes } else { Done::Fine })
}

/// Compares with what another program declares, or with what was emitted somewhere; no state is looked at.
fn diff_with_base(
    mut ui: Ui,
    args: &DiffArgs,
    text: &str,
    stack: &Stack,
    evaluated: &Evaluated,
    key: Option<&SecretKey>,
) -> Result<Done, Failure> {
    ui.note(&format!("Comparing with {text}"));
    let base = match Base::of(&mut ui, text, stack, &args.select, &evaluated.graphs, key)? {
        Base::Declared(base) => base,
        Base::Emitted(folder) => {
            ui.diagnostics(&evaluated.diagnostics);
            return diff_with_emitted(&ui, args, &folder, evaluated, key);
        }
    };
    let mut plans = plans_of_declared(&ui, evaluated, &base);
    // Inputs, granted folders, renames and schemas are the same on both sides.
    plans.iter_mut().for_each(|plan| plan.explain_by(Besides::Program));
    show_compared(&ui, args, evaluated, &plans)
}

/// Compares with what the same stack declares in another environment; no state is looked at.
fn diff_with_environment(
    mut ui: Ui,
    args: &DiffArgs,
    name: &str,
    environment: &str,
    evaluated: &Evaluated,
    key: Option<&SecretKey>,
) -> Result<Done, Failure> {
    ui.note(&format!("Comparing with the environment {environment}"));
    let mut stack = args.source.in_environment(name, environment)?;
    args.inputs.add_to(&mut stack)?;
    let named = format!("the environment {environment}");
    let base = Declared::of(&mut ui, &named, &stack, &args.select, &evaluated.graphs, key)?;
    let plans = plans_of_declared(&ui, evaluated, &base);
    show_compared(&ui, args, evaluated, &plans)
}

fn plans_of_declared<'a>(ui: &Ui, evaluated: &'a Evaluated, base: &'a Declared) -> Vec<Plan<'a>> {
    let declared = plans(ui, &evaluated.graphs, &base.snapshots).into_iter();
    let gone = base.gone.iter().map(|(snapshot, empty)| plan(empty, Some(snapshot)));
    declared.chain(gone).collect()
}

/// Shows what was compared with something that is not stored.
fn show_compared(ui: &Ui, args: &DiffArgs, evaluated: &Evaluated, plans: &[Plan<'_>]) -> Result<Done, Failure> {
    ui.diagnostics(&evaluated.diagnostics);
    // A hash would be of what is stored, too, and that is not known here.
    show(ui, args.format, plans, &evaluated.diagnostics, "")?;
    pipeline::refuse_errors(ui, &args.guard.refusals(plans))?;
    let is_changed = plans.iter().any(|plan| !plan.is_empty());
    Ok(if is_changed && args.detailed_exitcode { Done::Changes } else { Done::Fine })
}

/// Compares each stack with its configuration in a folder that `run` wrote to.
fn diff_with_emitted(
    ui: &Ui,
    args: &DiffArgs,
    folder: &Path,
    evaluated: &Evaluated,
    key: Option<&SecretKey>,
) -> Result<Done, Failure> {
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
        } else if AgainstArgs::compare(ui, &emitted, evaluated, key, args.format, args.detailed_exitcode)? == Done::Changes {
            done = Done::Changes;
        }
    }
    Ok(done)
}

fn write_moves(ui: &Ui, stack: &Stack, new: &[NewMove]) -> Result<(), Failure> {
    let path = stack.moves.display();
    if new.is_empty() {
        ui.note(&format!("Nothing looks renamed: {path} stays as it is"));
        return Ok(());
    }
    let text = Moves::read(&stack.moves)?.with(new)?;
    write_renames(&stack.moves, &text)?;
    let moves = if new.len() == 1 { "move" } else { "moves" };
    ui.status(&format!("Wrote {} {moves} to {path}: review it with the change", new.len()));
    Ok(())
}
