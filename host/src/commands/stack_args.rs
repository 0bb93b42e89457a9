//! The arguments that commands share which work on a stack.

use super::Failure;
use crate::project::{Project, Stack, read_assignment, read_file};
use clap::Args;
use std::path::PathBuf;

/// What to run, with what, and where to.
#[derive(Debug, Args)]
pub struct StackArgs {
    /// The stack: a `.wasm` file, the folder of a guest crate (built first), or a name from `tapwasm.toml`.
    #[arg(value_name = "STACK")]
    pub stack: String,
    /// Give an input; text is taken as it is, everything else is JSON. May be repeated.
    #[arg(long = "input", value_name = "NAME=VALUE")]
    pub inputs: Vec<String>,
    /// Give inputs from a file: TOML (`.toml`) or JSON. May be repeated; `--input` counts more.
    #[arg(long = "inputs", value_name = "FILE")]
    pub input_files: Vec<PathBuf>,
    /// Write configurations to this folder [default: tapwasm.out beside tapwasm.toml].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Keep snapshots in this folder [default: .tapwasm beside tapwasm.toml].
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
    /// Set a limit of the sandbox: fuel, time, memory, stack, declarations, depth, value-bytes, total-bytes, asset-bytes, log-bytes or
    /// component-bytes. May be repeated.
    #[arg(long = "limit", value_name = "NAME=VALUE")]
    pub limits: Vec<String>,
    /// Refuse to build: building a crate runs its code outside the sandbox.
    #[arg(long)]
    pub no_build: bool,
}

impl StackArgs {
    /// Returns what the project says of the stack, with what the command line says over it.
    pub fn resolve(&self) -> Result<Stack, Failure> {
        let project = Project::of(&std::env::current_dir()?)?;
        let mut stack = project.stack(&self.stack)?;
        for path in &self.input_files {
            stack.given.extend(read_file(path)?);
        }
        for text in &self.inputs {
            stack.given.push(read_assignment(text).map_err(|error| Failure::Usage(error.into()))?);
        }
        for text in &self.limits {
            let set = stack.limits.set_assignment(text);
            set.map_err(|error| Failure::Usage(anyhow::Error::new(error).context("--limit")))?;
        }
        if let Some(out) = &self.out {
            stack.out.clone_from(out);
        }
        if let Some(state) = &self.state {
            stack.state.clone_from(state);
        }
        stack.build &= !self.no_build;
        Ok(stack)
    }
}
