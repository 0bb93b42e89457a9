//! `tapwasm run`

use super::guard::{GuardArgs, refuse_unconfirmed};
use super::why::Evaluation;
use super::{
    Done, Failure, InputArgs, PlanFormat, SelectArgs, SourceArgs, StatePlaceArgs, approval, masked, secret_key, select, waiting,
};
use crate::diagnostic::Diagnostics;
use crate::graph::ResourceGraph;
use crate::pipeline::{self, Evaluated};
use crate::plan::{Base, Plan, plan};
use crate::project::Stack;
use crate::report;
use crate::state::{Location, LockedStack, Snapshot, Store, Stored};
use crate::terraform::{FileName, Folder, StackFiles, emit};
use crate::ui::{Running, Step, Ui, Verbosity};
use anyhow::anyhow;
use clap::Args;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long another run on the same state or out folder is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// Evaluate a stack, show what changes, write its Terraform configuration and store what was written.
///
/// Each stack of the program goes to `OUT/stacks/STACK/main.tf.json`, with its assets beside it. Nothing in the cloud changes by it: run
/// `terraform init` and `terraform plan` there.
///
/// Literals that a provider's schema calls sensitive are masked in all that is shown and stored. With a key in TAPWASM_SECRET_KEY, or in
/// tapwasm/secret.key in the user's configuration folder, later plans tell whether they changed.
#[derive(Debug, Args)]
pub struct RunArgs {
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    inputs: InputArgs,
    #[command(flatten)]
    select: SelectArgs,
    /// Write configurations to this folder [default: tapwasm.out beside tapwasm.toml].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Call configurations by this name: `main.tf.json`, or `cdk.tf.json` for tools that look for it [default: main.tf.json].
    #[arg(long, value_name = "NAME")]
    file_name: Option<FileName>,
    #[command(flatten)]
    state: StatePlaceArgs,
    #[command(flatten)]
    guard: GuardArgs,
    /// Delete and create what looks renamed, instead of asking for the move.
    #[arg(long)]
    not_moved: bool,
    /// How to write the plan.
    #[arg(long, value_enum, default_value_t)]
    format: PlanFormat,
    /// Emit only what was reviewed: the hash that `tapwasm diff` shows.
    #[arg(long, value_name = "HASH")]
    approve: Option<String>,
}

/// Evaluates a stack, shows the plan, writes and stores it.
pub fn run(ui: Ui, args: RunArgs) -> Result<Done, Failure> {
    let mut written = Written::default();
    let is_for_one = args.format == PlanFormat::Json || args.approve.is_some();
    args.format.collecting(ui, |ui| {
        select::each(&ui, &args.source, is_for_one, |ui, name, stack| run_one(ui, &args, name, stack, &mut written))
    })
}

/// Which stack of tapwasm.toml wrote which folder and which state in this run: each takes but one.
#[derive(Default)]
struct Written(BTreeMap<String, String>);

impl Written {
    fn refuse_twice(&mut self, name: &str, stack: &Stack, evaluated: &Evaluated) -> Result<(), Failure> {
        let roots = [Location::from(stack.out.as_path()), stack.state.clone()];
        let paths =
            evaluated.graphs.iter().flat_map(|graph| roots.each_ref().map(|root| root.below("stacks").below(&graph.stack)));
        let paths: Vec<String> = paths.map(|path| path.to_string()).collect();
        if let Some((path, other)) = paths.iter().find_map(|path| Some((path, self.0.get(path)?))) {
            return Err(Failure::Error(anyhow!(
                "`{name}` and `{other}` of tapwasm.toml both write {path}: give one of them another `out` and another `state`",
            )));
        }
        self.0.extend(paths.into_iter().map(|path| (path, name.to_owned())));
        Ok(())
    }
}

fn run_one(mut ui: Ui, args: &RunArgs, name: &str, mut stack: Stack, written: &mut Written) -> Result<Done, Failure> {
    args.inputs.add_to(&mut stack)?;
    args.state.add_to(&mut stack);
    if let Some(out) = &args.out {
        stack.out.clone_from(out);
    }
    let file_name = file_name(args, &stack)?;
    let program = pipeline::load(&mut ui, &stack)?;
    let key = secret_key::of_user()?;
    let mut evaluated = pipeline::evaluate(&ui, &program, &stack, key.as_ref())?;
    args.select.apply(&ui, &mut evaluated)?;
    written.refuse_twice(name, &stack, &evaluated)?;
    let configurations = configurations(&ui, &evaluated)?;

    // What is wrong with the folders is found before anything is locked, and so before anything is written.
    let folder = Folder::open(&stack.out)?;
    let store = Store::open(&stack.state)?.keeping(stack.history).patience(PATIENCE);
    let mut stored = stored(&evaluated, &store)?;
    for (graph, stored) in evaluated.graphs.iter_mut().zip(&stored) {
        stored.emitted.iter().for_each(|emitted| emitted.lend_salts(graph));
    }
    let files = files(&evaluated, &configurations, file_name);
    warn_of_no_store(&ui, &stack, &stored);
    folder.check(&files)?;
    refuse_lost_state(&stack, &folder, &evaluated, &stored)?;
    approval::check(args.approve.as_deref(), &approval::of(&evaluated, &configurations, &stored))?;
    let undeclared = undeclared_stacks(&folder, &evaluated);
    let command = format!("tapwasm run {name}");
    let mut waiting = waiting(&ui);
    let locked = lock_stacks(&store, &evaluated, &command, &mut waiting)?;
    for ((graph, locked), stored) in evaluated.graphs.iter().zip(&locked).zip(&mut stored) {
        if !locked.still_holds(stored)? {
            *stored = locked.read_for(&graph.program)?;
        }
    }
    let bases = masked::bases(&evaluated, &stored, key.as_ref());
    let emitted = masked::emitted_since(&evaluated, &stored, key.as_ref());
    let mut plans = plans(&ui, &evaluated.graphs, &bases);
    note_bases(&mut plans, &stored);
    // What was emitted since may be applied by now: neither may be lost by mistake.
    let of_emitted = plans_of_emitted(&evaluated, &emitted);
    for plans in [&plans, &of_emitted] {
        pipeline::refuse_errors(&ui, &args.guard.refusals(plans))?;
    }
    if !args.not_moved {
        refuse_unconfirmed(&ui, &plans, &of_emitted)?;
    }

    // Once more: what is stored may have changed until it was locked.
    let approval = approval::of(&evaluated, &configurations, &stored);
    approval::check(args.approve.as_deref(), &approval)?;

    let out_lock = Folder::lock(&stack.out, &command, PATIENCE, &mut waiting)?;
    let steps: Vec<Running> = evaluated.graphs.iter().map(|graph| ui.start(Step::Write, Some(&graph.stack))).collect();
    let pending = Folder::open(&stack.out)?.begin(&files)?;
    for ((graph, locked), stored) in evaluated.graphs.iter().zip(&locked).zip(&stored) {
        let written = locked.write(graph, Some(&evaluated.provenance), stored.emitted.as_ref());
        written.inspect_err(|_| {
            ui.warning(&format!(
                "{} holds the new configuration of `{}` already, and it is not stored as emitted: run again before you apply",
                stack.out.display(),
                graph.stack
            ));
        })?;
    }
    let is_changed = pending.finish()?;
    // Nobody is to wait for who reads what is shown.
    drop((locked, out_lock));
    steps.into_iter().for_each(Running::done);

    ui.diagnostics(&evaluated.diagnostics);
    for name in undeclared {
        ui.warning(&format!(
            "the stack `{name}` was written from the same inputs and is no longer declared; its files and what is stored of it stay, and \
             nothing of it is destroyed. To destroy it, run `terraform destroy` in its folder"
        ));
    }
    tell_bases(&ui, &plans);
    Evaluation { program: &program, stack: &stack, evaluated: &evaluated, key: key.as_ref() }.explain(&bases, &mut plans);
    show(&ui, args.format, &plans, &evaluated.diagnostics, &approval)?;
    next(&ui, &stack.out, file_name, &plans, is_changed);
    drop((plans, of_emitted));
    drop((bases, emitted));
    // The process ends: to free each value of large stacks one by one would take a tenth of the whole run.
    std::mem::forget((evaluated, stored, configurations));
    Ok(Done::Fine)
}

/// Returns the name of configurations: the command line's, the project's, or the usual one.
fn file_name(args: &RunArgs, stack: &Stack) -> Result<FileName, Failure> {
    let said = stack.file_name.as_deref().map(str::parse::<FileName>).transpose();
    let said = said.map_err(|error| anyhow::Error::new(error).context("file_name in tapwasm.toml"))?;
    Ok(args.file_name.or(said).unwrap_or_default())
}

/// What was written before is known by the out folder too. Where nothing is stored of it, the plan would show everything as new, and protect nothing.
fn refuse_lost_state(stack: &Stack, folder: &Folder, evaluated: &Evaluated, stored: &[Stored]) -> Result<(), Failure> {
    let written = &folder.manifest().stacks;
    let mut graphs = evaluated.graphs.iter().zip(stored);
    match graphs.find(|(graph, stored)| stored.emitted.is_none() && written.contains_key(&graph.stack)) {
        Some((graph, _)) => Err(Failure::Error(anyhow!(
            "{out} holds the stack `{name}`, but nothing is stored of it in {state}: was the state folder moved, removed, or is `--state` \
             another one? Restore it. If it is lost for good, move {out} away; the next run then begins anew, and shows everything as to \
             create",
            out = stack.out.display(),
            name = graph.stack,
            state = stack.state,
        ))),
        None => Ok(()),
    }
}

/// Returns the stacks that this program wrote from the same inputs before and does not declare any more. Those of other inputs are other
/// environments.
fn undeclared_stacks(folder: &Folder, evaluated: &Evaluated) -> Vec<String> {
    let written = folder.manifest().stacks.iter();
    let same =
        written.filter(|(_, entry)| entry.program == evaluated.description.name && entry.inputs == evaluated.inputs_sha256);
    let is_declared = |name: &str| {
        evaluated.graphs.iter().map(|graph| &graph.stack).chain(&evaluated.left_out).any(|declared| declared == name)
    };
    same.map(|(name, _)| name.clone()).filter(|name| !is_declared(name)).collect()
}

/// Returns what is emitted, stack by stack; what cannot be is said.
pub(super) fn configurations(ui: &Ui, evaluated: &Evaluated) -> Result<Vec<Vec<u8>>, Failure> {
    let mut diagnostics = Diagnostics::default();
    let configurations = evaluated.graphs.iter().map(|graph| {
        let (configuration, mut found) = emit(graph);
        graph.kept.redact(&mut found);
        diagnostics.extend(found);
        configuration
    });
    let configurations = configurations.collect();
    pipeline::refuse_errors(ui, &diagnostics)?;
    Ok(configurations)
}

/// Locks in the order of names, whatever depends on what: two runs of several stacks never wait for each other.
fn lock_stacks(
    store: &Store,
    evaluated: &Evaluated,
    command: &str,
    waiting: &mut dyn FnMut(Option<&crate::lock::Holder>),
) -> Result<Vec<LockedStack>, Failure> {
    let mut order: Vec<usize> = (0..evaluated.graphs.len()).collect();
    order.sort_by_key(|position| &evaluated.graphs[*position].stack);
    let mut locked = Vec::with_capacity(order.len());
    for position in order {
        locked.push((position, store.lock(&evaluated.graphs[position].stack, command, waiting)?));
    }
    locked.sort_by_key(|(position, _)| *position);
    Ok(locked.into_iter().map(|(_, locked)| locked).collect())
}

fn files<'a>(evaluated: &'a Evaluated, configurations: &'a [Vec<u8>], configuration_name: FileName) -> Vec<StackFiles<'a>> {
    let graphs = evaluated.graphs.iter().zip(configurations);
    let files = graphs.map(|(graph, configuration)| StackFiles {
        name: &graph.stack,
        program: &graph.program,
        program_version: &evaluated.description.version,
        component: evaluated.component_sha256,
        inputs: evaluated.inputs_sha256,
        dependencies: &graph.dependencies,
        configuration_name,
        configuration,
        assets: &graph.assets,
    });
    files.collect()
}

/// Shows plans in the format that was asked for.
pub(super) fn show(
    ui: &Ui,
    format: PlanFormat,
    plans: &[Plan<'_>],
    diagnostics: &Diagnostics,
    approval: &str,
) -> Result<(), Failure> {
    let options = report::text::TextOptions { verbose: ui.verbosity == Verbosity::Verbose };
    match format {
        PlanFormat::Text => ui.result(&report::text::plans(plans, options))?,
        PlanFormat::Json => ui.document(&report::json::plans(plans, diagnostics, approval))?,
        PlanFormat::Markdown => ui.result(&report::markdown::plans(plans, diagnostics, approval))?,
        PlanFormat::Sarif => {}
    }
    Ok(())
}

/// Says what was written and what to do with it.
fn next(ui: &Ui, out: &Path, name: FileName, plans: &[Plan<'_>], is_changed: bool) {
    for plan in plans {
        let folder = out.join("stacks").join(plan.stack);
        if is_changed {
            ui.status(&format!("Wrote {}", folder.join(name.as_str()).display()));
            ui.note(&format!(
                "Nothing in the cloud changed by this. Next: cd {} && terraform init && terraform plan",
                folder.display()
            ));
        } else {
            ui.note(&format!("{} is up to date", folder.join(name.as_str()).display()));
        }
    }
    if plans.is_empty() {
        ui.warning("the program declares no stack; nothing was written");
    }
}

/// Points out where nothing is stored in CI: a folder that nobody keeps between runs makes each plan one of everything.
pub(super) fn warn_of_no_store(ui: &Ui, stack: &Stack, stored: &[Stored]) {
    let is_in_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
    if is_in_ci && !stored.is_empty() && stored.iter().all(|stored| stored.emitted.is_none()) && stack.state.is_missing_folder() {
        ui.warning(&format!(
            "nothing is stored in {}: this plan shows everything as new. Keep that folder from run to run, keep the state in a bucket, or compare with \
             another build of the program: `tapwasm diff --base`",
            stack.state
        ));
    }
}

/// What is stored of each graph; read without a lock, since nothing is written.
pub(super) fn stored(evaluated: &Evaluated, store: &Store) -> Result<Vec<Stored>, Failure> {
    let stored = evaluated.graphs.iter().map(|graph| store.read_for(&graph.program, &graph.stack));
    Ok(stored.collect::<Result<_, _>>()?)
}

/// Returns the plan of each graph, compared with its snapshot.
pub(super) fn plans<'a>(ui: &Ui, graphs: &'a [ResourceGraph], snapshots: &'a [Option<Cow<'_, Snapshot>>]) -> Vec<Plan<'a>> {
    let planned = graphs.iter().zip(snapshots).map(|(graph, snapshot)| {
        let step = ui.start(Step::Plan, Some(&graph.stack));
        let plan = plan(graph, snapshot.as_deref());
        step.done();
        plan
    });
    planned.collect()
}

/// Returns the plans compared with what was emitted, of graphs of which something else was applied.
pub(super) fn plans_of_emitted<'a>(evaluated: &'a Evaluated, emitted: &'a [Option<Cow<'_, Snapshot>>]) -> Vec<Plan<'a>> {
    let differing = evaluated.graphs.iter().zip(emitted).filter(|(_, emitted)| emitted.is_some());
    differing.map(|(graph, emitted)| plan(graph, emitted.as_deref())).collect()
}

/// Notes which serial each plan was compared with.
pub(super) fn note_bases(plans: &mut [Plan<'_>], stored: &[Stored]) {
    for (plan, stored) in plans.iter_mut().zip(stored) {
        let emitted = stored.applied.as_ref().and(stored.emitted.as_ref()).map(|emitted| emitted.serial);
        plan.base = stored.base().map(|base| Base { serial: base.serial, emitted });
    }
}

/// Says the same, and warns where what was emitted is not what was applied.
pub(super) fn tell_bases(ui: &Ui, plans: &[Plan<'_>]) {
    for plan in plans {
        let name = plan.stack;
        match plan.base {
            None => {}
            Some(Base { serial, emitted: None }) => ui.note(&format!("{name}: compared with serial {serial}")),
            Some(Base { serial, emitted: Some(emitted) }) => ui.warning(&format!(
                "{name}: compared with serial {serial}, which was applied; serial {emitted} was emitted since and is not marked as applied. Once it is: \
                 `tapwasm state mark-applied {name}`"
            )),
        }
    }
}
