//! One file a command: its arguments (their documentation is the help) and the function that runs it.

pub mod run;

pub mod diff;

mod against;

mod existing;

pub mod build;

pub mod inspect;

pub mod graph;

pub mod state;

pub mod check_plan;

pub mod bindgen;

pub mod new;

mod base;

mod approval;

mod guard;

mod masked;

mod select;

mod secret_key;

mod stack_args;

mod why;

pub use select::SelectArgs;
pub use stack_args::{InputArgs, SourceArgs, StatePlaceArgs};

use crate::durable;
use crate::lock::Holder;
use crate::report;
use crate::ui::Ui;
use anyhow::Context;
use std::path::Path;

/// How a command ended that did what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Nothing more to say.
    Fine,
    /// There are changes, and it was asked to tell by the exit code.
    Changes,
}

/// Why a command failed; each has its exit code.
#[derive(Debug)]
pub enum Failure {
    /// The user was already told.
    Told,
    /// The command line makes no sense.
    Usage(anyhow::Error),
    /// The sandbox stopped the guest.
    Stopped(anyhow::Error),
    /// Anything else.
    Error(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure::Error(error.into())
    }
}

/// Writes the file of renames.
fn write_renames(path: &Path, text: &str) -> Result<(), Failure> {
    let written = durable::write_unlocked(path, text.as_bytes());
    let unwritten = || {
        format!(
            "cannot write {}, which stays as it was; check the free space and that you may write there, then run again",
            path.display()
        )
    };
    Ok(written.with_context(unwritten)?)
}

/// How plans are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum PlanFormat {
    /// For people at a terminal.
    #[default]
    Text,
    /// For programs: one JSON document with a version.
    Json,
    /// For a comment on a pull request: Markdown, bounded in length.
    Markdown,
    /// No plan, but what was said about the program, with its places, for tools that show that beside the code.
    Sarif,
}

impl PlanFormat {
    /// Does the work of a command; what is said in it goes into one document where that was asked for, whether the work succeeds or not.
    fn collecting(self, ui: Ui, work: impl FnOnce(Ui) -> Result<Done, Failure>) -> Result<Done, Failure> {
        if self != PlanFormat::Sarif {
            return work(ui);
        }
        let (ui, collected) = ui.collecting();
        let done = work(ui.clone());
        let collected = std::mem::take(&mut *collected.lock().expect("nobody panics while holding it"));
        ui.document(&report::sarif::document(&collected))?;
        done
    }
}

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum OutputFormat {
    /// For people.
    #[default]
    Text,
    /// For programs: one JSON document with a version.
    Json,
}

/// Tells for whom a lock is waited.
fn waiting(ui: &Ui) -> impl FnMut(Option<&Holder>) {
    |holder| ui.note(&holder.map_or("Waiting for another run".to_owned(), |holder| format!("Waiting for {holder}")))
}
