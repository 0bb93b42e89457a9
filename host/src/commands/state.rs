//! `tapwasm state`

use super::{Done, Failure, OutputFormat};
use crate::diagnostic::closest;
use crate::project::Project;
use crate::report;
use crate::state::{Entry, Snapshot, Store};
use crate::ui::Ui;
use anyhow::anyhow;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Look at what was emitted last. Nothing is changed by it.
#[derive(Debug, Args)]
pub struct StateArgs {
    #[command(subcommand)]
    command: StateCommand,
}

#[derive(Debug, Subcommand)]
enum StateCommand {
    /// List the stacks that are stored, or the declarations of one.
    List {
        /// The stack's name, as it is listed.
        stack: Option<String>,
        #[command(flatten)]
        common: CommonArgs,
    },
    /// Show what is stored of a stack, or one declaration of it.
    Show {
        /// The stack's name, as it is listed.
        stack: String,
        /// The address of one declaration.
        address: Option<String>,
        #[command(flatten)]
        common: CommonArgs,
    },
}

#[derive(Debug, Args)]
struct CommonArgs {
    /// The folder with the snapshots [default: .tapwasm beside tapwasm.toml].
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
    /// Look at the state of this environment of `tapwasm.toml`.
    #[arg(long = "env", value_name = "NAME", conflicts_with = "state")]
    environment: Option<String>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl CommonArgs {
    fn store(&self) -> Result<Store, Failure> {
        let folder = match &self.state {
            Some(folder) => folder.clone(),
            None => Project::of(&std::env::current_dir()?)?.in_environment(self.environment.as_deref())?.state(),
        };
        Ok(Store::new(folder))
    }
}

/// Looks at what was emitted last.
pub fn state(ui: &Ui, args: StateArgs) -> Result<Done, Failure> {
    let (text, format) = match args.command {
        StateCommand::List { stack: None, common } => {
            let store = common.store()?;
            let mut snapshots = Vec::new();
            for name in store.stacks()? {
                snapshots.extend(store.read(&name)?);
            }
            let text = match common.format {
                OutputFormat::Text => report::state::stacks_text(&snapshots),
                OutputFormat::Json => report::state::stacks_json(&snapshots),
            };
            (text, common.format)
        }
        StateCommand::List { stack: Some(stack), common } => {
            let snapshot = snapshot(&common.store()?, &stack)?;
            let text = match common.format {
                OutputFormat::Text => report::state::addresses_text(&snapshot),
                OutputFormat::Json => report::state::addresses_json(&snapshot),
            };
            (text, common.format)
        }
        StateCommand::Show { stack, address, common } => {
            let snapshot = snapshot(&common.store()?, &stack)?;
            let only = address.map(|address| entry(&snapshot, &address)).transpose()?;
            let text = match common.format {
                OutputFormat::Text => report::state::snapshot_text(&snapshot, only),
                OutputFormat::Json => report::state::snapshot_json(&snapshot, only),
            };
            (text, common.format)
        }
    };
    match format {
        OutputFormat::Text => ui.result(&text)?,
        OutputFormat::Json => ui.document(&text)?,
    }
    Ok(Done::Fine)
}

fn entry<'a>(snapshot: &'a Snapshot, address: &str) -> Result<&'a Entry, Failure> {
    snapshot.entry(address).ok_or_else(|| {
        let addresses = snapshot.entries.iter().map(|entry| entry.address.as_str());
        let hint = closest(address, addresses).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
        Failure::Error(anyhow!("the stack `{}` holds no `{address}`{hint}", snapshot.stack))
    })
}

fn snapshot(store: &Store, stack: &str) -> Result<Snapshot, Failure> {
    if let Some(snapshot) = store.read(stack)? {
        return Ok(snapshot);
    }
    let names = store.stacks()?;
    let known = match closest(stack, names.iter().map(String::as_str)) {
        Some(close) => format!("did you mean `{close}`?"),
        None if names.is_empty() => "nothing is stored yet".to_owned(),
        None => format!("stored are {}", names.join(", ")),
    };
    Err(Failure::Error(anyhow!("no stack `{stack}` is stored; {known}")))
}
