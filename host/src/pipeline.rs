//! The steps that commands share: from STACK to a checked graph, and from a graph to its plan.

use crate::build::{Builder, component_of};
use crate::commands::Failure;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::eval::{Cache, Description, EvalError, Limit, Program};
use crate::graph::{self, ResourceGraph, SecretInput, SecretKey};
use crate::model::{Evaluation, StackDeclarations};
use crate::project::{Moves, Schema, Source, Stack, resolve};
use crate::schema::{self, Schemas};
use crate::state::Provenance;
use crate::terraform::emit;
use crate::ui::{LogFormat, Step, Ui};
use anyhow::{Context, anyhow};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// What one evaluation of a stack's program yields.
pub struct Evaluated {
    /// What the program is.
    pub description: Description,
    /// Its stacks, checked; dependencies first.
    pub graphs: Vec<ResourceGraph>,
    /// The stacks that it declares, too, and that were not asked for.
    pub left_out: Vec<String>,
    /// What is to be said about them; no errors among it.
    pub diagnostics: Diagnostics,
    /// The providers' schemas.
    pub schemas: Schemas,
    /// SHA-256 of the component.
    pub component_sha256: [u8; 32],
    /// The inputs as the program got them: JSON.
    pub inputs: String,
    /// SHA-256 of them.
    pub inputs_sha256: [u8; 32],
    /// What is kept of what it was evaluated from.
    pub provenance: Provenance,
    /// The schema of its inputs.
    pub inputs_schema: Schema,
    settings: Settings,
}

/// What a stack is evaluated with, beside program, inputs and granted folders.
struct Settings {
    moves: Moves,
    /// SHA-256 of everything that declarations can depend on: this tapwasm, the renames, the schemas of files.
    sha256: [u8; 32],
}

/// A component's bytes, and the file that it is called by in messages.
pub struct Component {
    /// The component.
    pub bytes: Vec<u8>,
    /// The file that was named or built.
    pub path: PathBuf,
}

/// Returns the component that a stack names: read, and built first where it is a crate.
pub fn component(ui: &mut Ui, stack: &Stack) -> Result<Component, Failure> {
    let path = match &stack.source {
        Source::Component(path) => path.clone(),
        Source::Crate(folder) => {
            ui.sources = Some(folder.clone());
            build(ui, folder, stack.build)?
        }
    };
    // What is larger than any component is not even read.
    let unreadable = || format!("cannot read {}", path.display());
    let length = std::fs::metadata(&path).with_context(unreadable)?.len();
    stack.limits.check(Limit::ComponentBytes, length).map_err(|hit| failure(ui, hit.into(), &path))?;
    let bytes = std::fs::read(&path).with_context(unreadable)?;
    let bytes = component_of(bytes).map_err(|error| failure(ui, error.into(), &path))?;
    Ok(Component { bytes, path })
}

/// Returns the program that a stack names: its component checked and compiled.
pub fn load(ui: &mut Ui, stack: &Stack) -> Result<Program, Failure> {
    // What cannot be granted is found before anything is built or run.
    stack.grants.open()?;
    let component = component(ui, stack)?;
    program(ui, &component, stack)
}

/// Returns the program of a component: checked and compiled, or taken from the user's cache.
pub fn program(ui: &Ui, component: &Component, stack: &Stack) -> Result<Program, Failure> {
    let step = ui.start(Step::Compile, None);
    let program = Program::load(&component.bytes, &stack.limits, Cache::of_user().as_ref());
    let program = program.map_err(|error| failure(ui, error, &component.path))?;
    step.done();
    Ok(program)
}

/// Asks a program what it is.
pub fn describe(ui: &Ui, program: &Program, path: &Path) -> Result<Description, Failure> {
    let describe = || program.start()?.describe();
    describe().map_err(|error| failure(ui, error, path))
}

/// Builds a crate, unless that is refused.
pub fn build(ui: &Ui, folder: &Path, is_allowed: bool) -> Result<PathBuf, Failure> {
    if !is_allowed {
        return Err(Failure::Error(anyhow!(
            "{} is a crate, and building is refused here (`--no-build`, or `build = false` in tapwasm.toml). Give the `.wasm` file that \
             `tapwasm build` made of it.",
            folder.display()
        )));
    }
    if std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false") {
        ui.warning(&format!(
            "building {} runs its build scripts and macros outside the sandbox, as this user; build where you trust the code and run the \
             `.wasm` file here (`--no-build` refuses to build)",
            folder.display()
        ));
    }
    let step = ui.start(Step::Build, None);
    ui.note(&format!("Building {}", folder.display()));
    let said = |line: &str| ui.note(line);
    let builder = Builder { status: &|text| ui.status(text), said: (ui.log == LogFormat::Json).then_some(&said) };
    let component = builder.build(folder)?;
    step.done();
    Ok(component)
}

/// Runs the program once and builds its graphs. Everything that is to be said is said where it fails, and returned where it does not. Literal
/// secrets are masked in the graphs, sealed with a key where there is one.
pub fn evaluate(ui: &Ui, program: &Program, stack: &Stack, key: Option<&SecretKey>) -> Result<Evaluated, Failure> {
    let path = Path::new(match &stack.source {
        Source::Component(path) | Source::Crate(path) => path,
    });
    let step = ui.start(Step::Evaluate, None);
    let (schemas, settings) = settings(program, stack, path)?;
    let mut run = program.start_with(stack.grants.open()?).map_err(|error| failure(ui, error, path))?;
    let description = run.describe().map_err(|error| failure(ui, error, path))?;
    let inputs_schema = Schema::parse(&description.inputs)
        .map_err(|error| anyhow!("{}: the program's schema of its inputs cannot be used: {error}", path.display()))?;
    let inputs = resolve(&inputs_schema, &stack.given)?;
    let outcome = run.build(&inputs);
    let mut diagnostics = outcome.diagnostics;
    if let Some(stopped) = outcome.stopped {
        ui.diagnostics(&diagnostics);
        return Err(failure(ui, stopped, path));
    }
    let (graphs, found) = graphs(outcome.stacks, &description, &inputs_schema, &schemas, &settings.moves, key);
    diagnostics.extend(found);
    // What cannot be written is told in the same run as what does not fit together.
    if diagnostics.has_errors() {
        let found: Vec<Diagnostics> = graphs.iter().map(|graph| emit(graph).1).collect();
        // References were looked at in the graph.
        let new = found.iter().flat_map(Diagnostics::iter).filter(|found| found.code != "reference-without-value");
        new.for_each(|found| diagnostics.push(found.clone()));
    }
    graphs.iter().for_each(|graph| graph.kept.redact(&mut diagnostics));
    refuse_errors(ui, &diagnostics)?;
    step.done();
    // A literal secret may have come from an input: then none is kept.
    let is_masked = graphs.iter().any(|graph| graph.kept.positions().next().is_some());
    let surroundings = surroundings(&settings, outcome.read_sha256);
    let provenance = Provenance::new(program.sha256, surroundings, (!is_masked).then(|| inputs.clone()));
    Ok(Evaluated {
        description,
        graphs,
        left_out: Vec::new(),
        diagnostics,
        schemas,
        component_sha256: program.sha256,
        inputs_sha256: Sha256::digest(&inputs).into(),
        inputs,
        provenance,
        inputs_schema,
        settings,
    })
}

/// What the same program declares from other inputs.
pub struct Again {
    /// Its stacks.
    pub graphs: Vec<ResourceGraph>,
    /// SHA-256 of what else it was evaluated with.
    pub surroundings: [u8; 32],
}

/// Runs the program once more, with other inputs, and says nothing. Nothing is returned where it cannot declare anything with them.
pub fn evaluate_again(
    program: &Program,
    stack: &Stack,
    evaluated: &Evaluated,
    inputs: &str,
    key: Option<&SecretKey>,
) -> Option<Again> {
    let Evaluated { description, schemas, inputs_schema, settings, .. } = evaluated;
    let mut run = program.start_with(stack.grants.open().ok()?).ok()?;
    // As the first time: a program may keep something in between.
    run.describe().ok()?;
    let outcome = run.build(inputs);
    let (graphs, found) = graphs(outcome.stacks, description, inputs_schema, schemas, &settings.moves, key);
    let is_usable = outcome.stopped.is_none() && !outcome.diagnostics.has_errors() && !found.has_errors();
    is_usable.then(|| Again { graphs, surroundings: surroundings(settings, outcome.read_sha256) })
}

/// Makes graphs of what was declared; what is wrong with them is returned beside them.
fn graphs(
    stacks: Vec<StackDeclarations>,
    description: &Description,
    inputs_schema: &Schema,
    schemas: &Schemas,
    moves: &Moves,
    key: Option<&SecretKey>,
) -> (Vec<ResourceGraph>, Diagnostics) {
    let mut evaluation = Evaluation { program: description.name.clone(), version: description.version.clone(), stacks };
    evaluation.stacks.iter_mut().for_each(|stack| moves.declare(stack));
    let needs = schema::prepare(&mut evaluation, schemas);
    let (mut graphs, mut diagnostics) = graph::build(evaluation, &secret_inputs(inputs_schema), &needs);
    diagnostics.extend(schema::check(&graphs, schemas));
    schema::note_sets(&mut graphs, schemas);
    diagnostics.extend(schema::mask(&mut graphs, schemas, key));
    (graphs, diagnostics)
}

fn surroundings(settings: &Settings, read_sha256: [u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update(settings.sha256).chain_update(read_sha256).finalize().into()
}

/// Returns the providers' schemas, and the rest of what a stack is evaluated with: schemas of the project's files count more than what bindings
/// left in the component.
fn settings(program: &Program, stack: &Stack, component: &Path) -> Result<(Schemas, Settings), Failure> {
    let mut digest = Sha256::new();
    let mut add = |part: &[u8]| {
        // With its length in front: two parts are never read as one.
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    };
    add(env!("CARGO_PKG_VERSION").as_bytes());
    let mut all = Vec::new();
    for path in &stack.schemas {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read the provider schema {}", path.display()))?;
        add(&bytes);
        let read = schema::text_of(bytes).and_then(schema::read);
        all.extend(read.with_context(|| format!("the provider schema {} cannot be used", path.display()))?);
    }
    if let Some(text) = &program.facts.provider_schemas {
        let embedded = schema::read(text.as_str());
        let unusable = || format!("{}: the provider schema that its bindings left in it cannot be used", component.display());
        all.extend(embedded.with_context(unusable)?);
    }
    let moves = Moves::read(&stack.moves)?;
    for known in moves.all() {
        [known.stack.as_str(), &known.from, &known.to].iter().for_each(|part| add(part.as_bytes()));
    }
    Ok((Schemas::new(all), Settings { moves, sha256: digest.finalize().into() }))
}

/// Shows diagnostics and fails where there is an error among them.
pub fn refuse_errors(ui: &Ui, diagnostics: &Diagnostics) -> Result<(), Failure> {
    if !diagnostics.has_errors() {
        return Ok(());
    }
    ui.diagnostics(diagnostics);
    let n_errors = diagnostics.n_errors();
    ui.error(&format!("{n_errors} {}; nothing was written", if n_errors == 1 { "error" } else { "errors" }));
    Err(Failure::Told)
}

fn secret_inputs(schema: &Schema) -> Vec<SecretInput> {
    let secrets = schema.properties.iter().filter(|(_, property)| property.is_secret);
    secrets.map(|(name, property)| SecretInput { name: name.clone(), description: property.description.clone() }).collect()
}

/// Says what stopped the guest, with its place where it told one.
fn failure(ui: &Ui, error: EvalError, path: &Path) -> Failure {
    let (code, summary, detail, place) = match error {
        EvalError::Limit(hit) => return Failure::Stopped(anyhow!("{}: {hit}", path.display())),
        EvalError::Panicked { message, place } => ("guest-panic", "The guest panicked", message, place),
        EvalError::Failed { message, place } => ("guest-error", "The guest gave up", message, place),
        error => return Failure::Error(anyhow!("{}: {error}", path.display())),
    };
    let mut diagnostic = Diagnostic::error(code, summary).detail(detail);
    diagnostic.place = place;
    ui.diagnostics(&Diagnostics::from_iter([diagnostic]));
    Failure::Told
}

/// Returns the SHA-256 of bytes, in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
