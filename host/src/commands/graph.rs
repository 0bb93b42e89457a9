//! `tapwasm graph`

use super::{Done, Failure, InputArgs, SelectArgs, SourceArgs};
use crate::ui::Ui;
use crate::{pipeline, report};
use clap::{Args, ValueEnum};

/// Show what refers to what: the resource graph as DOT or JSON.
#[derive(Debug, Args)]
pub struct GraphArgs {
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    inputs: InputArgs,
    #[command(flatten)]
    select: SelectArgs,
    /// How to write it.
    #[arg(long, value_enum, default_value_t)]
    format: GraphFormat,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum GraphFormat {
    /// Graphviz: `tapwasm graph STACK | dot -Tsvg`.
    #[default]
    Dot,
    /// One JSON document with a version.
    Json,
}

/// Shows the graph of each of a program's stacks.
pub fn graph(mut ui: Ui, args: GraphArgs) -> Result<Done, Failure> {
    let mut stack = args.source.resolve()?;
    args.inputs.add_to(&mut stack)?;
    let program = pipeline::load(&mut ui, &stack)?;
    let mut evaluated = pipeline::evaluate(&ui, &program, &stack, None)?;
    args.select.apply(&ui, &mut evaluated)?;
    ui.diagnostics(&evaluated.diagnostics);
    match args.format {
        GraphFormat::Dot => ui.result(&report::dot::dot(&evaluated.graphs))?,
        GraphFormat::Json => ui.document(&report::dot::json(&evaluated.graphs))?,
    }
    Ok(Done::Fine)
}
