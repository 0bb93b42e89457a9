//! `tapwasm state`

mod applied;
mod change;
mod history;
mod locks;
mod look;
mod migrate;
mod retire;

use super::{Done, Failure, OutputFormat};
use crate::diagnostic::closest;
use crate::project::Project;
use crate::state::{Location, Snapshot, Store};
use crate::ui::Ui;
use anyhow::anyhow;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Look at what was emitted, go back in its history, and keep it in order. Nothing in the cloud changes by it.
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
        /// What was stored under this serial, instead of the last one.
        #[arg(long, value_name = "N")]
        serial: Option<u64>,
        #[command(flatten)]
        common: CommonArgs,
    },
    /// List the serials that are kept of a stack, the newest first.
    History {
        /// The stack's name, as `state list` shows it.
        stack: String,
        #[command(flatten)]
        common: CommonArgs,
    },
    /// Show what changed between two serials of a stack.
    Diff {
        /// The stack's name, as `state list` shows it.
        stack: String,
        /// The older serial.
        before: u64,
        /// The newer serial [default: the last one].
        after: Option<u64>,
        #[command(flatten)]
        common: CommonArgs,
    },
    /// Say that a serial was applied: from then on `diff` compares with it.
    ///
    /// Nothing in the cloud changes by it, and nobody looks there: it is what you say, or what a state of Terraform's shows.
    MarkApplied {
        /// The stack's name, as `state list` shows it.
        stack: String,
        /// The serial [default: the one that was emitted last; with --tfstate the newest that it fits].
        #[arg(long, value_name = "N")]
        serial: Option<u64>,
        /// Hold it to a state of Terraform's: terraform.tfstate, or what `terraform state pull` writes. It must have what the serial declares,
        /// and nothing else.
        #[arg(long, value_name = "FILE")]
        tfstate: Option<PathBuf>,
        #[command(flatten)]
        common: CommonArgs,
    },
    /// Copy the state of all stacks to another place, verify it there, and switch to it in tapwasm.toml. What was copied stays where it was.
    Migrate {
        /// The new place: a folder, `s3://BUCKET/PREFIX`, `gs://BUCKET/PREFIX` or `az://CONTAINER/PREFIX`.
        #[arg(value_name = "PLACE")]
        place: Location,
        #[command(flatten)]
        common: CommonArgs,
    },
    /// Take a lock away from a process that does not release it. In a folder a lock goes with its process anyway.
    Unlock {
        /// The stack's name, as `state list` shows it.
        stack: String,
        /// The lock's id, as `state lock-info` shows it.
        #[arg(long)]
        id: String,
        #[command(flatten)]
        common: CommonArgs,
    },
    /// Tell which stacks are locked, by whom, and whether that process lives.
    LockInfo {
        /// The stack's name; all stacks where none is said.
        stack: Option<String>,
        #[command(flatten)]
        common: CommonArgs,
    },
    /// Read every serial that is kept, and say which are damaged. Exits with 1 if one is.
    Verify {
        /// The stack's name; all stacks where none is said.
        stack: Option<String>,
        #[command(flatten)]
        common: CommonArgs,
    },
    /// Store what an older serial held as a new one: nothing of the history is deleted.
    ///
    /// Where something was renamed in between, the reverse move must stand in tapwasm.moves.toml, or Terraform would destroy and create it.
    Rollback {
        /// The stack's name, as `state list` shows it.
        stack: String,
        /// The serial to go back to.
        serial: u64,
        #[command(flatten)]
        common: CommonArgs,
    },
    /// Write a stack's last snapshot, or that of a serial, to standard output.
    Export {
        /// The stack's name, as `state list` shows it.
        stack: String,
        /// Of this serial, instead of the last one.
        #[arg(long, value_name = "N")]
        serial: Option<u64>,
        #[command(flatten)]
        common: CommonArgs,
    },
    /// Store an exported snapshot as the next serial of its stack. It must be of the same lineage, or the first of the stack.
    Import {
        /// What `state export` wrote.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        common: CommonArgs,
    },
    /// Forget one declaration of a stack: the next run shows it as new.
    Rm {
        /// The stack's name, as `state list` shows it.
        stack: String,
        /// Its address.
        address: String,
        #[command(flatten)]
        common: CommonArgs,
    },
    /// Give one declaration of a stack another address. What Terraform has is moved by `moved` alone.
    Mv {
        /// The stack's name, as `state list` shows it.
        stack: String,
        /// Its address.
        from: String,
        /// Its new address, which nothing may have.
        to: String,
        #[command(flatten)]
        common: CommonArgs,
    },
    /// Take renames out of tapwasm.moves.toml that every workspace has applied.
    ///
    /// Give Terraform's state of each workspace: a rename stays as long as one of them has something under the former address.
    RetireMoves {
        /// A state of Terraform's: terraform.tfstate, or what `terraform state pull` writes. May be repeated.
        #[arg(long, value_name = "FILE", required = true)]
        tfstate: Vec<PathBuf>,
        /// Only renames of this stack.
        #[arg(long, value_name = "NAME")]
        stack: Option<String>,
    },
}

#[derive(Debug, Args)]
struct CommonArgs {
    /// Where the snapshots are: a folder, or a bucket such as `s3://BUCKET/PREFIX` [default: .tapwasm beside tapwasm.toml].
    #[arg(long, value_name = "PLACE")]
    state: Option<Location>,
    /// Look at the state of this environment of `tapwasm.toml`.
    #[arg(long = "env", value_name = "NAME", conflicts_with = "state")]
    environment: Option<String>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl CommonArgs {
    fn store(&self) -> Result<Store, Failure> {
        let project = Project::of(&std::env::current_dir()?)?.in_environment(self.environment.as_deref())?;
        let place = self.state.clone().unwrap_or_else(|| project.state());
        Ok(Store::open(&place)?.keeping(project.history()))
    }

    /// Writes a result in the form that was asked for.
    fn write(&self, ui: &Ui, text: impl FnOnce() -> String, json: impl FnOnce() -> String) -> Result<Done, Failure> {
        match self.format {
            OutputFormat::Text => ui.result(&text())?,
            OutputFormat::Json => ui.document(&json())?,
        }
        Ok(Done::Fine)
    }
}

/// Looks at what was emitted, or keeps it in order.
pub fn state(ui: &Ui, args: StateArgs) -> Result<Done, Failure> {
    match args.command {
        StateCommand::List { stack, common } => look::list(ui, stack.as_deref(), &common),
        StateCommand::Show { stack, address, serial, common } => look::show(ui, &stack, address.as_deref(), serial, &common),
        StateCommand::History { stack, common } => history::history(ui, &stack, &common),
        StateCommand::Diff { stack, before, after, common } => history::diff(ui, &stack, before, after, &common),
        StateCommand::LockInfo { stack, common } => locks::lock_info(ui, stack.as_deref(), &common),
        StateCommand::Unlock { stack, id, common } => locks::unlock(ui, &stack, &id, &common),
        StateCommand::MarkApplied { stack, serial, tfstate, common } => {
            applied::mark_applied(ui, &stack, serial, tfstate.as_deref(), &common)
        }
        StateCommand::Migrate { place, common } => migrate::migrate(ui, &place, &common),
        StateCommand::Verify { stack, common } => history::verify(ui, stack.as_deref(), &common),
        StateCommand::Export { stack, serial, common } => history::export(ui, &stack, serial, &common),
        StateCommand::Rollback { stack, serial, common } => change::rollback(ui, &stack, serial, &common),
        StateCommand::Import { file, common } => change::import(ui, &file, &common),
        StateCommand::Rm { stack, address, common } => change::remove(ui, &stack, &address, &common),
        StateCommand::Mv { stack, from, to, common } => change::rename(ui, &stack, &from, &to, &common),
        StateCommand::RetireMoves { tfstate, stack } => retire::retire_moves(ui, &tfstate, stack.as_deref()),
    }
}

/// Returns the last snapshot of a stack, or that of a serial.
fn snapshot(store: &Store, stack: &str, serial: Option<u64>) -> Result<Snapshot, Failure> {
    let found = match serial {
        Some(serial) => store.read_serial(stack, serial)?,
        None => store.read(stack)?,
    };
    if let Some(snapshot) = found {
        return Ok(snapshot);
    }
    if let Some(serial) = serial.filter(|_| store.read(stack).is_ok_and(|last| last.is_some())) {
        let kept = store.serials(stack)?;
        let kept = match (kept.first(), kept.last()) {
            (Some(first), Some(last)) => format!("kept are {first} to {last}"),
            _ => "none is kept".to_owned(),
        };
        return Err(Failure::Error(anyhow!("the stack `{stack}` has no serial {serial}; {kept}")));
    }
    Err(unknown_stack(store, stack)?)
}

/// Returns what to say of a stack that is not stored.
fn unknown_stack(store: &Store, stack: &str) -> Result<Failure, Failure> {
    let names = store.stacks()?;
    let known = match closest(stack, names.iter().map(String::as_str)) {
        Some(close) => format!("did you mean `{close}`?"),
        None if names.is_empty() => "nothing is stored yet".to_owned(),
        None => format!("stored are {}", names.join(", ")),
    };
    Ok(Failure::Error(anyhow!("no stack `{stack}` is stored; {known}")))
}
