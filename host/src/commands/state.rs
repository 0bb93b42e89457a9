//! `tapwasm state`

use super::{Done, Failure, OutputFormat};
use crate::diagnostic::closest;
use crate::durable;
use crate::project::{Moves, Project};
use crate::report;
use crate::state::{Entry, Snapshot, Store};
use crate::terraform::tfstate;
use crate::ui::Ui;
use anyhow::{Context, anyhow};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Look at what was emitted last, and take applied renames out of the file of moves. Nothing in the cloud changes by it.
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
        StateCommand::RetireMoves { tfstate, stack } => return retire_moves(ui, &tfstate, stack.as_deref()),
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

fn retire_moves(ui: &Ui, files: &[PathBuf], stack: Option<&str>) -> Result<Done, Failure> {
    let moves = Moves::read(&Project::of(&std::env::current_dir()?)?.moves())?;
    let mut states = Vec::with_capacity(files.len());
    for file in files {
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        states.push((file, tfstate::addresses(&text).with_context(|| file.display().to_string())?));
    }
    let path = moves.path().display();
    let mut staying = Vec::new();
    for (position, recorded) in moves.all().iter().enumerate() {
        if let Some((file, _)) = states.iter().find(|(_, addresses)| tfstate::awaits(addresses, &recorded.from, &recorded.to)) {
            ui.note(&format!("{} stays: {} has something under it", recorded.from, file.display()));
            staying.push(position);
        }
    }
    // What is moved further has to be found there: a chain stays as a whole.
    let mut next = 0;
    while let Some(position) = staying.get(next) {
        let end = &moves.all()[*position].to;
        let further = moves.all().iter().enumerate().filter(|(other, of)| of.from == *end && !staying.contains(other));
        let further: Vec<usize> = further.map(|(other, _)| other).collect();
        staying.extend(further);
        next += 1;
    }
    let is_asked = |position: &usize| stack.is_none_or(|stack| moves.all()[*position].stack.matches(stack));
    let retired: Vec<usize> = (0..moves.all().len()).filter(is_asked).filter(|position| !staying.contains(position)).collect();
    if retired.is_empty() {
        ui.status(&format!("{path} stays as it is"));
        return Ok(Done::Fine);
    }
    durable::write_unlocked(moves.path(), moves.without(&retired)?.as_bytes()).with_context(|| format!("cannot write {path}"))?;
    let noun = if retired.len() == 1 { "move" } else { "moves" };
    ui.status(&format!("Took {} {noun} out of {path}: the next run emits no `moved` for them", retired.len()));
    ui.note("Nothing in the cloud changes by this.");
    Ok(Done::Fine)
}
