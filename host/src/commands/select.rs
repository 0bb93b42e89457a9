//! Which stacks a command works on: several of `tapwasm.toml`, and some of those that a program declares.

use super::{Done, Failure, SourceArgs};
use crate::diagnostic::closest;
use crate::pipeline::Evaluated;
use crate::project::Stack;
use crate::ui::Ui;
use anyhow::anyhow;
use clap::Args;
use glob::Pattern;

/// Which of the program's stacks.
#[derive(Debug, Args)]
pub struct SelectArgs {
    /// Only this stack of those that the program declares; a pattern for several, as in `'net*'`. May be repeated. Others stay as they are.
    #[arg(long = "stack", value_name = "PATTERN")]
    patterns: Vec<Pattern>,
}

impl SelectArgs {
    /// Leaves out what was not asked for, whether there is any of it or not.
    pub(super) fn keep(&self, evaluated: &mut Evaluated) {
        if !self.patterns.is_empty() {
            evaluated.graphs.retain(|graph| self.patterns.iter().any(|pattern| pattern.matches(&graph.stack)));
        }
    }

    /// Leaves out what was not asked for; a pattern that no stack has is an error.
    pub fn apply(&self, ui: &Ui, evaluated: &mut Evaluated) -> Result<(), Failure> {
        if self.patterns.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = evaluated.graphs.iter().map(|graph| graph.stack.as_str()).collect();
        if let Some(pattern) = self.patterns.iter().find(|pattern| !names.iter().any(|name| pattern.matches(name))) {
            let known = match closest(pattern.as_str(), names.iter().copied()) {
                Some(close) => format!("did you mean `{close}`?"),
                None if names.is_empty() => "it declares none".to_owned(),
                None => format!("it declares {}", names.join(", ")),
            };
            return Err(Failure::Error(anyhow!("the program declares no stack `{pattern}`; {known}")));
        }
        let is_selected = |name: &str| self.patterns.iter().any(|pattern| pattern.matches(name));
        let (selected, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut evaluated.graphs).into_iter().partition(|graph| is_selected(&graph.stack));
        for graph in &selected {
            for dependency in graph.dependencies.iter().filter(|name| !is_selected(name)) {
                ui.note(&format!(
                    "`{}` depends on `{dependency}`, which is left out: it stays as it was written last",
                    graph.stack
                ));
            }
        }
        evaluated.graphs = selected;
        evaluated.left_out = others.into_iter().map(|graph| graph.stack).collect();
        Ok(())
    }
}

/// Does the work for each stack that STACK names; some work is for one alone. Where they are several, one that fails keeps none of the others from being done.
pub(super) fn each(
    ui: &Ui,
    source: &SourceArgs,
    is_for_one: bool,
    mut work: impl FnMut(Ui, &str, Stack) -> Result<Done, Failure>,
) -> Result<Done, Failure> {
    let mut stacks = source.resolve_all()?;
    if stacks.len() == 1 {
        let (name, stack) = stacks.remove(0);
        return work(ui.clone().about(&name), &name, stack);
    }
    if is_for_one {
        let error = anyhow!(
            "`--format json` writes one document, and `--approve` and `--tfstate` are about one: name one stack of tapwasm.toml instead of several"
        );
        return Err(Failure::Usage(error));
    }
    let (count, mut failed, mut is_stopped, mut done) = (stacks.len(), Vec::new(), false, Done::Fine);
    for (name, stack) in stacks {
        ui.note(&format!("{name}:"));
        match work(ui.clone().about(&name), &name, stack) {
            Ok(Done::Fine) => {}
            Ok(Done::Changes) => done = Done::Changes,
            Err(failure) => {
                is_stopped |= matches!(failure, Failure::Stopped(_));
                match failure {
                    Failure::Told => {}
                    Failure::Usage(error) | Failure::Stopped(error) | Failure::Error(error) => ui.error(&format!("{error:#}")),
                }
                failed.push(name);
            }
        }
    }
    if failed.is_empty() {
        return Ok(done);
    }
    let error = anyhow!("{} of {count} failed: {}", failed.len(), failed.join(", "));
    Err(if is_stopped { Failure::Stopped(error) } else { Failure::Error(error) })
}
