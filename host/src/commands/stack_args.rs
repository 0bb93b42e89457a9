//! The arguments that commands share which work on a stack.

use super::Failure;
use crate::eval::{Grants, Limit};
use crate::project::{Project, Stack, read_assignment, read_file};
use crate::state::Location;
use anyhow::anyhow;
use clap::Args;
use std::path::PathBuf;

/// What to run.
#[derive(Debug, Args)]
pub struct SourceArgs {
    /// The stack: a `.wasm` file, the folder of a guest crate (built first), or a name from `tapwasm.toml`. For `run` and `diff` also a
    /// pattern for several of those names, as in `'*'`.
    #[arg(value_name = "STACK")]
    pub stack: String,
    /// Take what `tapwasm.toml` says of this environment, with out and state folders of its own.
    #[arg(long = "env", value_name = "NAME")]
    environment: Option<String>,
    #[arg(long = "limit", value_name = "NAME=VALUE", help = limits_help())]
    limits: Vec<String>,
    /// Refuse to build: building a crate runs its code outside the sandbox.
    #[arg(long)]
    no_build: bool,
}

/// What to run it with.
#[derive(Debug, Args)]
pub struct InputArgs {
    /// Give an input; text is taken as it is, everything else is JSON. May be repeated.
    #[arg(long = "input", value_name = "NAME=VALUE")]
    inputs: Vec<String>,
    /// Give inputs from a file: TOML (`.toml`) or JSON. May be repeated; `--input` counts more.
    #[arg(long = "inputs", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Let the program read a folder, as NAME or as the folder's own last name. May be repeated.
    #[arg(long = "grant-assets", value_name = "[NAME=]DIR")]
    grants: Vec<String>,
    /// Check against the schemas in a file: what `terraform providers schema -json` writes, or `schema.txt` of bindings. May be repeated; what is
    /// given first counts more, and more than what tapwasm.toml names or bindings carry.
    #[arg(long = "schema", value_name = "FILE")]
    schemas: Vec<PathBuf>,
}

/// What it is compared with.
#[derive(Debug, Args)]
pub struct StatePlaceArgs {
    /// Keep snapshots in this folder, or in a bucket: `s3://BUCKET/PREFIX`, `gs://…`, `az://…` [default: .tapwasm beside tapwasm.toml].
    #[arg(long, value_name = "PLACE")]
    state: Option<Location>,
}

impl SourceArgs {
    /// Returns what the project says of the stack, with what the command line says over it.
    pub fn resolve(&self) -> Result<Stack, Failure> {
        self.with_flags(self.project()?.stack(&self.stack)?)
    }

    /// Returns the same for each stack that STACK names or is a pattern for, with its name, in the order of names.
    pub fn resolve_all(&self) -> Result<Vec<(String, Stack)>, Failure> {
        let project = self.project()?;
        let error = match project.stack(&self.stack) {
            Ok(stack) => return Ok(vec![(self.stack.clone(), self.with_flags(stack)?)]),
            Err(error) => error,
        };
        let is_pattern = self.stack.contains(['*', '?', '[']);
        let Some(pattern) = glob::Pattern::new(&self.stack).ok().filter(|_| is_pattern) else { return Err(error.into()) };
        let names: Vec<&str> = project.stack_names().into_iter().filter(|name| pattern.matches(name)).collect();
        if names.is_empty() {
            return Err(error.into());
        }
        names.into_iter().map(|name| Ok((name.to_owned(), self.with_flags(project.stack(name)?)?))).collect()
    }

    /// Returns what the project says of a stack in another environment.
    pub fn in_environment(&self, name: &str, environment: &str) -> Result<Stack, Failure> {
        let project = Project::of(&std::env::current_dir()?)?.in_environment(Some(environment))?;
        self.with_flags(project.stack(name)?)
    }

    fn project(&self) -> Result<Project, Failure> {
        Ok(Project::of(&std::env::current_dir()?)?.in_environment(self.environment.as_deref())?)
    }

    fn with_flags(&self, mut stack: Stack) -> Result<Stack, Failure> {
        for text in &self.limits {
            let set = stack.limits.set_assignment(text);
            set.map_err(|error| Failure::Usage(anyhow::Error::new(error).context("--limit")))?;
        }
        stack.build &= !self.no_build;
        Ok(stack)
    }
}

impl InputArgs {
    /// Adds the inputs of files, then those of the command line: what is given last counts.
    pub fn add_to(&self, stack: &mut Stack) -> Result<(), Failure> {
        for path in &self.files {
            stack.given.extend(read_file(path)?);
        }
        for text in &self.inputs {
            stack.given.push(read_assignment(text).map_err(|error| Failure::Usage(error.into()))?);
        }
        stack.schemas.splice(0..0, self.schemas.iter().cloned());
        self.grant_to(stack)
    }

    /// Grants what the command line says, over what `tapwasm.toml` grants under the same names.
    fn grant_to(&self, stack: &mut Stack) -> Result<(), Failure> {
        let usage = |error: anyhow::Error| Failure::Usage(error.context("--grant-assets"));
        let mut seen = Grants::default();
        for text in &self.grants {
            let (name, folder) = Grants::parse(text).map_err(|error| usage(error.into()))?;
            if seen.add(&name, folder.clone()).map_err(|error| usage(error.into()))? {
                return Err(usage(anyhow!("`{name}` is granted twice: give one of the folders another name, as in `NAME=DIR`")));
            }
            stack.grants.add(&name, folder).map_err(|error| usage(error.into()))?;
        }
        Ok(())
    }
}

impl StatePlaceArgs {
    /// Returns the place that the command line chose.
    pub fn place(&self) -> Option<&Location> {
        self.state.as_ref()
    }

    /// Lets the command line choose the place.
    pub fn add_to(&self, stack: &mut Stack) {
        if let Some(state) = &self.state {
            stack.state.clone_from(state);
        }
    }
}

fn limits_help() -> String {
    let limits = Limit::ALL.map(|limit| format!("{}={}", limit.name(), limit.show(limit.default_value())));
    format!("Set a limit of the sandbox. May be repeated. The limits, with their defaults: {}", limits.join(", "))
}
