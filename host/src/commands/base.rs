//! `tapwasm diff --base`: a program compared with another build of it, without any state.

use super::{Failure, SelectArgs};
use crate::graph::{ResourceGraph, SecretKey};
use crate::pipeline;
use crate::project::{Source, Stack};
use crate::state::Snapshot;
use crate::ui::Ui;
use anyhow::{Context, anyhow};
use clap::Args;
use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::NamedTempFile;

/// What it is compared with instead of the stored state.
#[derive(Debug, Args)]
pub(super) struct BaseArgs {
    /// Compare with what another component declares from the same inputs, not with stored state: a `.wasm` file, the folder of a guest crate, a folder
    /// that `run` wrote to, or a component in a git revision, as in `main:dist/stack.wasm`.
    #[arg(long, value_name = "BASE", conflicts_with_all = ["against", "write_moves"])]
    pub(super) base: Option<String>,
    /// Compare with the same stack in another environment of `tapwasm.toml`, not with stored state.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["base", "against", "write_moves"])]
    pub(super) base_env: Option<String>,
}

impl BaseArgs {
    /// Tells whether it is compared with something else than what is stored.
    pub(super) fn is_given(&self) -> bool {
        self.base.is_some() || self.base_env.is_some()
    }
}

/// What a program is compared with.
pub(super) enum Base {
    /// What another program declares: for each stack of the new one what was there, and the stacks that only the base has.
    Declared(Declared),
    /// A folder that `run` wrote to.
    Emitted(PathBuf),
}

/// What the base declares.
pub(super) struct Declared {
    /// For each graph of the new program.
    pub(super) snapshots: Vec<Option<Cow<'static, Snapshot>>>,
    /// Stacks that are no longer declared: what was in each, and an empty graph of its name.
    pub(super) gone: Vec<(Snapshot, ResourceGraph)>,
}

impl Base {
    /// Finds out what BASE names, and evaluates it where it is a program.
    pub(super) fn of(
        ui: &mut Ui,
        text: &str,
        stack: &Stack,
        select: &SelectArgs,
        graphs: &[ResourceGraph],
        key: Option<&SecretKey>,
    ) -> Result<Base, Failure> {
        let path = Path::new(text);
        if path.join("manifest.json").is_file() {
            return Ok(Base::Emitted(path.to_owned()));
        }
        // Kept until the component was read.
        let (source, _file) = match path {
            path if path.is_dir() && path.join("Cargo.toml").is_file() => (Source::Crate(path.to_owned()), None),
            path if path.is_dir() => {
                return Err(Failure::Error(anyhow!("{text} holds neither a guest crate nor what `tapwasm run` wrote")));
            }
            path if path.exists() => (Source::Component(path.to_owned()), None),
            _ => {
                let file = of_revision(text)?;
                (Source::Component(file.path().to_owned()), Some(file))
            }
        };
        let base = Stack { source, ..stack.clone() };
        Ok(Base::Declared(Declared::of(ui, text, &base, select, graphs, key)?))
    }
}

impl Declared {
    /// Evaluates the base. `named` is how users name it.
    pub(super) fn of(
        ui: &mut Ui,
        named: &str,
        base: &Stack,
        select: &SelectArgs,
        graphs: &[ResourceGraph],
        key: Option<&SecretKey>,
    ) -> Result<Declared, Failure> {
        let program = pipeline::load(ui, base)?;
        let mut evaluated = pipeline::evaluate(ui, &program, base, key).inspect_err(|_| {
            ui.error(&format!("that is about the base, {named}"));
        })?;
        // A stack that the base does not have yet is new, not a mistake.
        if evaluated.graphs.iter().any(|graph| graphs.iter().any(|new| new.stack == graph.stack)) {
            select.keep(&mut evaluated);
        }
        let mut snapshots = Vec::with_capacity(evaluated.graphs.len());
        for graph in &evaluated.graphs {
            snapshots.push(Snapshot::of(graph, None).context("cannot compare with the base")?);
        }
        let find = |graph: &ResourceGraph| match (graphs, &snapshots[..]) {
            // The only one on both sides is the same, whatever an input makes of its name.
            ([_], [_]) => Some(0),
            _ => snapshots.iter().position(|snapshot| snapshot.stack == graph.stack),
        };
        let positions: Vec<Option<usize>> = graphs.iter().map(find).collect();
        let mut snapshots: Vec<Option<Snapshot>> = snapshots.into_iter().map(Some).collect();
        let of_graphs = positions
            .into_iter()
            .map(|position| position.and_then(|position| snapshots[position].take().map(Cow::Owned)))
            .collect();
        let gone = snapshots.into_iter().flatten().map(|snapshot| {
            let empty = Snapshot { entries: Vec::new(), ..snapshot.clone() }.into_graph();
            (snapshot, empty)
        });
        Ok(Declared { gone: gone.collect(), snapshots: of_graphs })
    }
}

/// Takes a component out of a git revision: `main:dist/stack.wasm`.
fn of_revision(text: &str) -> Result<NamedTempFile, Failure> {
    let Some((revision, _)) = text.split_once(':').filter(|(revision, path)| !revision.is_empty() && !path.is_empty()) else {
        return Err(Failure::Error(anyhow!(
            "there is no {text}: give a `.wasm` file, the folder of a guest crate, a folder that `run` wrote to, or REVISION:PATH of a component \
             in git"
        )));
    };
    if revision.starts_with('-') {
        return Err(Failure::Usage(anyhow!("`{revision}` is no git revision")));
    }
    let shown = Command::new("git").args(["show", "--no-textconv", text]).output().context("cannot start git")?;
    if !shown.status.success() {
        let said = String::from_utf8_lossy(&shown.stderr).trim().to_owned();
        return Err(Failure::Error(anyhow!("git has no {text}: {said}")));
    }
    let mut file = tempfile::Builder::new().suffix(".wasm").tempfile().context("cannot write a temporary file")?;
    file.write_all(&shown.stdout).context("cannot write a temporary file")?;
    Ok(file)
}
