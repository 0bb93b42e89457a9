//! `tapwasm diff --tfstate`: a program beside what exists by Terraform's own state.

use super::against::{bytes_of, on_large_stack};
use super::{Done, Failure, PlanFormat};
use crate::graph::ResourceGraph;
use crate::pipeline::Evaluated;
use crate::plan::existing::compare;
use crate::report::existing::{self as report, Subject};
use crate::report::text::TextOptions;
use crate::schema;
use crate::terraform::tfstate;
use crate::ui::{Step, Ui, Verbosity};
use anyhow::anyhow;
use clap::Args;
use std::path::{Path, PathBuf};

/// The state that the program is compared with.
#[derive(Debug, Args)]
pub(super) struct ExistingArgs {
    /// Compare with what exists by Terraform's own state, without credentials: terraform.tfstate, or what `terraform state pull` or `terraform show
    /// -json` writes. It tells what is not created yet, what nobody declares, and which constants differ. Of several stacks, `--stack` says which.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["against", "base", "write_moves", "state"])]
    pub(super) tfstate: Option<PathBuf>,
}

impl ExistingArgs {
    /// Compares the program with the state, and shows how they differ.
    pub(super) fn compare(
        ui: &Ui,
        path: &Path,
        evaluated: &Evaluated,
        format: PlanFormat,
        is_told_by_exit_code: bool,
    ) -> Result<Done, Failure> {
        let graph = Self::stack_of(evaluated, path)?;
        let text = text_of(path)?;
        let is_same = on_large_stack(&|| {
            let existing = tfstate::existing(&text).map_err(|error| Failure::Error(anyhow!("{}: {error}", path.display())))?;
            let step = ui.start(Step::Plan, Some(&graph.stack));
            let comparison = compare(graph, &existing);
            step.done();
            let named = path.display().to_string();
            let subject = Subject { stack: &graph.stack, file: &named };
            match format {
                PlanFormat::Text => {
                    ui.result(&report::text(subject, &comparison, TextOptions { verbose: ui.verbosity == Verbosity::Verbose }))?;
                }
                PlanFormat::Markdown => ui.result(&report::markdown(subject, &comparison))?,
                PlanFormat::Json => ui.document(&report::json(subject, &comparison))?,
                // What was said about the program is in the document that follows.
                PlanFormat::Sarif => {}
            }
            Ok(comparison.is_same())
        })?;
        Ok(if is_same || !is_told_by_exit_code { Done::Fine } else { Done::Changes })
    }

    /// Returns the stack that the state is of: nothing in a state tells.
    fn stack_of<'e>(evaluated: &'e Evaluated, path: &Path) -> Result<&'e ResourceGraph, Failure> {
        let names: Vec<String> = evaluated.graphs.iter().map(|graph| format!("`{}`", graph.stack)).collect();
        match &evaluated.graphs[..] {
            [only] => Ok(only),
            [] => Err(Failure::Error(anyhow!(
                "the program declares no stack, so there is nothing to compare {} with",
                path.display()
            ))),
            _ => Err(Failure::Usage(anyhow!(
                "{} is the state of one stack, and these are several: {}. Name the one with --stack",
                path.display(),
                names.join(", ")
            ))),
        }
    }
}

/// Reads the file, in whatever a shell wrote it.
fn text_of(path: &Path) -> Result<String, Failure> {
    let bytes = bytes_of(path)?;
    let what = if bytes.starts_with(b"PK") { "a saved plan, which is no text" } else { "no text" };
    schema::text_of(bytes).map_err(|_| {
        Failure::Error(anyhow!(
            "{} is {what}. Give the file terraform.tfstate, or what `terraform state pull` or `terraform show -json` writes",
            path.display()
        ))
    })
}
