//! `tapwasm diff --against`: a program beside a configuration that is there already.

use super::{Done, Failure, PlanFormat};
use crate::graph::{ResourceGraph, SecretKey};
use crate::model::Configuration;
use crate::pipeline::{self, Evaluated};
use crate::plan::against::compare;
use crate::report::against::{self as report, Subject};
use crate::report::text::TextOptions;
use crate::schema::Masking;
use crate::terraform::{emit, read};
use crate::ui::{Step, Ui, Verbosity};
use anyhow::{Context, anyhow};
use clap::Args;
use std::path::{Path, PathBuf};

/// Larger files are not read, in bytes.
const LARGEST: u64 = 256 << 20;
/// What reading and comparing take of a thread's stack is bounded by the levels of nesting; so much is enough for all of them.
const STACK_BYTES: usize = 64 << 20;

/// The configuration that the program is to take the place of.
#[derive(Debug, Args)]
pub(super) struct AgainstArgs {
    /// Compare with a configuration in Terraform's JSON instead: a file such as CDKTF's `cdk.tf.json`, or the folder that holds it. Of
    /// several stacks, `--stack` says which; else the one that is named as the file's folder.
    #[arg(long, value_name = "FILE")]
    pub(super) against: Option<PathBuf>,
}

impl AgainstArgs {
    /// Compares the program with the file, and shows how they differ.
    pub(super) fn compare(
        ui: &Ui,
        path: &Path,
        evaluated: &Evaluated,
        key: Option<&SecretKey>,
        format: PlanFormat,
        is_told_by_exit_code: bool,
    ) -> Result<Done, Failure> {
        let path = configuration_in(path)?;
        let text = text_of(&path)?;
        let is_same = on_large_stack(&|| {
            let mut file = read::read(&text).map_err(|error| Failure::Error(anyhow!("{}: {error}", path.display())))?;
            let graph = Self::stack_of(evaluated, &path, &file)?;
            let (emitted, mut diagnostics) = emit(graph);
            graph.kept.redact(&mut diagnostics);
            pipeline::refuse_errors(ui, &diagnostics)?;
            let emitted = String::from_utf8(emitted).context("what is emitted is text")?;
            let mut program = read::read(&emitted).context("what is emitted can be read back")?;
            let mut masking = Masking::of(graph, &evaluated.schemas, key);
            [&mut file, &mut program].into_iter().for_each(|configuration| masking.configuration(configuration));
            let step = ui.start(Step::Plan, Some(&graph.stack));
            let comparison = compare(&file, &program);
            step.done();
            let named = path.display().to_string();
            let subject = Subject { stack: &graph.stack, file: &named };
            match format {
                PlanFormat::Text => {
                    ui.result(&report::text(subject, &comparison, TextOptions { verbose: ui.verbosity == Verbosity::Verbose }))?;
                }
                PlanFormat::Markdown | PlanFormat::Sarif => {
                    return Err(Failure::Usage(anyhow!("comparing with a configuration writes text or JSON")));
                }
                PlanFormat::Json => ui.document(&report::json(subject, &comparison))?,
            }
            Ok(comparison.is_same())
        })?;
        Ok(if is_same || !is_told_by_exit_code { Done::Fine } else { Done::Changes })
    }

    /// Returns the stack that the file is about: the only one that is left, or the one of the same name.
    fn stack_of<'e>(evaluated: &'e Evaluated, path: &Path, file: &Configuration) -> Result<&'e ResourceGraph, Failure> {
        let graphs = &evaluated.graphs;
        let named = |name: &str| graphs.iter().find(|graph| graph.stack == name);
        let list = || match graphs.iter().map(|graph| format!("`{}`", graph.stack)).collect::<Vec<_>>() {
            names if names.is_empty() => "the program declares no stack".to_owned(),
            names => format!("the program declares {}", names.join(", ")),
        };
        if let [only] = &graphs[..] {
            return Ok(only);
        }
        let folder =
            std::path::absolute(path)?.parent().and_then(Path::file_name).and_then(|name| name.to_str()).map(str::to_owned);
        let found = folder.as_deref().and_then(named).or_else(|| file.stack.as_deref().and_then(named));
        found.ok_or_else(|| {
            Failure::Usage(anyhow!(
                "which stack {} is to be compared with is not known: {}. Name it with --stack",
                path.display(),
                list()
            ))
        })
    }
}

/// Returns the file: the one that is named, or the configuration in the folder.
fn configuration_in(path: &Path) -> Result<PathBuf, Failure> {
    if !path.is_dir() {
        let is_hcl = path.extension().is_some_and(|extension| extension == "tf");
        return if is_hcl {
            Err(Failure::Error(anyhow!(
                "{} is not JSON: only configurations in Terraform's JSON (`.tf.json`) can be compared",
                path.display()
            )))
        } else {
            Ok(path.to_owned())
        };
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))? {
        let entry = entry?.path();
        if entry.is_file() && entry.to_string_lossy().ends_with(".tf.json") {
            found.push(entry);
        }
    }
    found.sort();
    match &found[..] {
        [only] => Ok(only.clone()),
        [] => Err(Failure::Error(anyhow!(
            "{} holds no `.tf.json`; name the folder of one stack, such as cdktf.out/stacks/NAME, or the file",
            path.display()
        ))),
        many => {
            let names: Vec<String> = many.iter().map(|path| path.display().to_string()).collect();
            Err(Failure::Error(anyhow!("{} holds several configurations, name one: {}", path.display(), names.join(", "))))
        }
    }
}

/// Does work that nests deeply.
pub(super) fn on_large_stack(work: &(dyn Fn() -> Result<bool, Failure> + Sync)) -> Result<bool, Failure> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work);
        thread.map_err(Failure::from)?.join().map_err(|_| Failure::Error(anyhow!("the comparison failed")))?
    })
}

/// Reads a file that is not too large.
pub(super) fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = || format!("cannot read {}", path.display());
    let length = std::fs::metadata(path).with_context(unreadable)?.len();
    if length > LARGEST {
        return Err(Failure::Error(anyhow!("{} has {length} bytes; at most {LARGEST} are read", path.display())));
    }
    Ok(std::fs::read(path).with_context(unreadable)?)
}

fn text_of(path: &Path) -> Result<String, Failure> {
    String::from_utf8(bytes_of(path)?).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure::Error(anyhow!("{} is not UTF-8, on line {line}", path.display()))
    })
}
