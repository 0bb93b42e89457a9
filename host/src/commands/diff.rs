//! `tapwasm diff`

use super::against::AgainstArgs;
use super::run::{check_emission, show, stored};
use super::{Done, Failure, InputArgs, OutputFormat, SelectArgs, SourceArgs, StateFolderArgs, select};
use crate::pipeline;
use crate::plan::{Plan, plan};
use crate::project::Stack;
use crate::ui::Ui;
use clap::Args;

/// Show what `run` would change, and write nothing.
///
/// It compares with what was emitted last, not with what exists: `terraform plan` does that.
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
    against: AgainstArgs,
    /// How to write the plan.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
    /// Exit with 2 when there are changes.
    #[arg(long)]
    detailed_exitcode: bool,
}

/// Shows what `run` would change.
pub fn diff(ui: Ui, args: DiffArgs) -> Result<Done, Failure> {
    select::each(&ui, &args.source, args.format, |ui, _, stack| diff_one(ui, &args, stack))
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
    check_emission(&ui, &evaluated)?;
    let snapshots = stored(&evaluated, &stack.state)?;
    let plans: Vec<Plan<'_>> =
        evaluated.graphs.iter().zip(&snapshots).map(|(graph, snapshot)| plan(graph, snapshot.as_ref())).collect();
    ui.diagnostics(&evaluated.diagnostics);
    show(&ui, args.format, &plans, &evaluated.diagnostics)?;
    plans.iter().try_for_each(|plan| pipeline::refuse_errors(&ui, &plan.diagnostics()))?;
    let is_changed = plans.iter().any(|plan| !plan.is_empty());
    Ok(if is_changed && args.detailed_exitcode { Done::Changes } else { Done::Fine })
}
