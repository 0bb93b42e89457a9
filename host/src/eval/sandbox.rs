//! One evaluation: a fresh store and instance, the clock beside it, and what became of the guest.

use super::cache::Cache;
use super::component::{self, ComponentError, Facts, LONGEST_SCHEMA};
use super::crash;
use super::engine::{self, Memory};
use super::granted::Granted;
use super::grants::OpenGrants;
use super::limits::{Limit, LimitHit, Limits};
use super::recorder::Recorder;
use super::v0_1::{self, Guest, HostState, LONGEST_LAST_WORDS, last_place, link};
use crate::diagnostic::{Diagnostics, cut};
use crate::model::{Place, StackDeclarations};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use thiserror::Error;
use wasmtime::component::{Component, Linker};
use wasmtime::{Engine, Store, Trap};

const LONGEST_NAME: usize = 200;

/// A component that is ready to be run.
pub struct Program {
    engine: Engine,
    component: Component,
    limits: Limits,
    /// What it says of itself, read without running it.
    pub facts: Facts,
    /// SHA-256 of the component.
    pub sha256: [u8; 32],
}

/// What a program says of itself when it is asked.
#[derive(Clone, Debug)]
pub struct Description {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The schema of its inputs, as JSON text.
    pub inputs: String,
}

/// Why there is no evaluation.
#[derive(Debug, Error)]
pub enum EvalError {
    /// The file cannot be run.
    #[error(transparent)]
    Component(#[from] ComponentError),
    /// A limit of the sandbox was hit.
    #[error(transparent)]
    Limit(#[from] LimitHit),
    /// The guest panicked.
    #[error("The guest panicked: {message}")]
    Panicked {
        /// What it said.
        message: String,
        /// Where.
        place: Option<Place>,
    },
    /// The guest returned an error.
    #[error("{message}")]
    Failed {
        /// What it said.
        message: String,
        /// Where.
        place: Option<Place>,
    },
    /// The guest trapped without a word.
    #[error("The guest crashed: {0}")]
    Trapped(String),
    /// What the guest says of itself makes no sense.
    #[error("The guest's description cannot be used: {0}")]
    Description(String),
    /// The engine failed.
    #[error("The sandbox could not be set up: {0}")]
    Engine(String),
}

/// What one run of a guest left: what it declared, what was found, and whether it came to an end.
pub struct Outcome {
    /// Its stacks, in the order of their opening.
    pub stacks: Vec<StackDeclarations>,
    /// Its messages, and the problems of its calls.
    pub diagnostics: Diagnostics,
    /// Why it did not come to an end.
    pub stopped: Option<EvalError>,
    /// SHA-256 of what it read of granted folders: the names that it listed, and the files, in its order.
    pub read_sha256: [u8; 32],
}

impl Program {
    /// Checks and compiles a component, or takes it from the cache.
    pub fn load(bytes: &[u8], limits: &Limits, cache: Option<&Cache>) -> Result<Program, EvalError> {
        limits.check(Limit::ComponentBytes, bytes.len() as u64)?;
        let engine = engine::engine(limits).map_err(engine_error)?;
        let sha256: [u8; 32] = Sha256::digest(bytes).into();
        if let Some(component) = cache.and_then(|cache| cache.load(&engine, &sha256)) {
            // It was checked before it was compiled.
            let facts = component::read(bytes)?;
            return Ok(Program { engine, component, limits: limits.clone(), facts, sha256 });
        }
        let facts = component::check(bytes)?;
        let component = compile(&engine, bytes, limits)?;
        if let Some(cache) = cache {
            cache.store(&engine, &sha256, &component);
        }
        Ok(Program { engine, component, limits: limits.clone(), facts, sha256 })
    }

    /// Starts the program: an instance that has not been asked anything yet. Nothing is granted to it.
    pub fn start(&self) -> Result<Run, EvalError> {
        self.start_with(OpenGrants::default())
    }

    /// Starts the program with folders that it may read.
    pub fn start_with(&self, grants: OpenGrants) -> Result<Run, EvalError> {
        let limits = &self.limits;
        let out_of_time = Arc::new(AtomicBool::new(false));
        let mut recorder = Recorder::new(limits.clone());
        recorder.granted = Granted { grants: Arc::new(grants), out_of_time: out_of_time.clone() };
        let state = HostState { recorder, memory: Memory::new(limits), out_of_time: out_of_time.clone() };
        let mut store = Store::new(&self.engine, state);
        store.limiter(|state| &mut state.memory);
        store.set_fuel(limits.get(Limit::Fuel)).map_err(engine_error)?;
        store.set_epoch_deadline(1);
        store.epoch_deadline_trap();
        // The contract's own count stops a guest first; this bounds what is allocated before it counts.
        let lifted = limits.get(Limit::ValueBytes).max(9 << 20).saturating_mul(8);
        store.set_hostcall_fuel(usize::try_from(lifted).unwrap_or(usize::MAX));
        let watchdog = Watchdog::start(self.engine.clone(), out_of_time, Duration::from_millis(limits.get(Limit::Time)));

        let mut linker = Linker::new(&self.engine);
        link(&mut linker).map_err(engine_error)?;
        let guest = Guest::instantiate(&mut store, &self.component, &linker);
        let mut run = Run { store, guest: None, _watchdog: watchdog };
        run.guest = Some(guest.map_err(|error| run.stop(error))?);
        Ok(run)
    }
}

/// Nothing bounds a compiler but the clock.
fn compile(engine: &Engine, bytes: &[u8], limits: &Limits) -> Result<Component, EvalError> {
    let (sender, receiver) = mpsc::channel();
    let (engine, bytes) = (engine.clone(), bytes.to_owned());
    thread::spawn(move || sender.send(Component::new(&engine, bytes)));
    match receiver.recv_timeout(Duration::from_millis(limits.get(Limit::Time))) {
        Ok(component) => component.map_err(|error| ComponentError::Invalid(format!("{error:#}")).into()),
        Err(_) => Err(time_hit(limits).into()),
    }
}

/// A started program.
pub struct Run {
    store: Store<HostState>,
    guest: Option<Guest>,
    _watchdog: Watchdog,
}

impl Run {
    /// Asks the program what it is.
    pub fn describe(&mut self) -> Result<Description, EvalError> {
        let guest = self.guest.as_ref().expect("set when the run was started");
        let description = guest.tapwasm_stack_program().call_describe(&mut self.store).map_err(|error| self.stop(error))?;
        let v0_1::program::Description { name, version, inputs, .. } = description;
        let is_named = !name.is_empty() && name.len() <= LONGEST_NAME && !name.contains(char::is_control);
        if !is_named || version.len() > LONGEST_NAME || version.contains(char::is_control) {
            return Err(EvalError::Description(format!(
                "its name {:?} or its version {:?} is empty, too long or not printable",
                beginning(&name),
                beginning(&version)
            )));
        }
        if inputs.len() > LONGEST_SCHEMA {
            return Err(EvalError::Description(format!("the schema of its inputs is longer than {LONGEST_SCHEMA} bytes")));
        }
        if !self.store.data().recorder.stacks.is_empty() {
            return Err(EvalError::Description("`describe` declared something; that is what `build` is for".into()));
        }
        Ok(Description { name, version, inputs })
    }

    /// Lets the program declare its stacks and ends the run.
    pub fn build(mut self, inputs: &str) -> Outcome {
        let guest = self.guest.take().expect("set when the run was started");
        let stopped = match guest.tapwasm_stack_program().call_build(&mut self.store, inputs) {
            Ok(Ok(())) => None,
            Ok(Err(failure)) => {
                let mut message = failure.message;
                cut(&mut message, LONGEST_LAST_WORDS);
                Some(EvalError::Failed { message, place: failure.place.map(last_place) })
            }
            Err(error) => Some(self.stop(error)),
        };
        let mut recorder = self.store.into_data().recorder;
        // What a program did not live to declare is no fault of its overrides.
        if stopped.is_none() {
            recorder.apply_overrides();
        }
        let read_sha256 = recorder.granted_read.finalize().into();
        Outcome { stacks: recorder.stacks, diagnostics: recorder.diagnostics, stopped, read_sha256 }
    }

    /// Says in our own words why the engine stopped the guest.
    fn stop(&mut self, error: wasmtime::Error) -> EvalError {
        let limits = self.store.data().recorder.limits.clone();
        if let Some(hit) = error.downcast_ref::<LimitHit>() {
            return (*hit).into();
        }
        let hit = |limit| EvalError::from(LimitHit { limit, allowed: limits.get(limit) });
        match error.downcast_ref::<Trap>() {
            Some(Trap::OutOfFuel) => return hit(Limit::Fuel),
            Some(Trap::Interrupt) => return hit(Limit::Time),
            Some(Trap::StackOverflow) => return hit(Limit::Stack),
            _ => {}
        }
        if let Some((message, place)) = self.store.data_mut().recorder.panic.take() {
            return EvalError::Panicked { message, place };
        }
        let text = format!("{error:#}");
        // wasmtime keeps the type of this error to itself.
        if text.contains("fuel allocated for hostcalls has been exhausted") {
            return hit(Limit::ValueBytes);
        }
        let mut text = crash::text(&error);
        // It holds names of functions, which the guest chose.
        cut(&mut text, LONGEST_LAST_WORDS);
        EvalError::Trapped(text)
    }
}

fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST_NAME)]
}

/// Returns what a guest is stopped with that is out of time.
pub(super) fn time_hit(limits: &Limits) -> LimitHit {
    LimitHit { limit: Limit::Time, allowed: limits.get(Limit::Time) }
}

/// Returns what a guest is stopped with whose values are nested too deep.
pub(super) fn depth_hit(limits: &Limits) -> LimitHit {
    LimitHit { limit: Limit::Depth, allowed: limits.get(Limit::Depth) }
}

fn engine_error(error: wasmtime::Error) -> EvalError {
    EvalError::Engine(format!("{error:#}"))
}

/// The wall clock beside a run: a thread that interrupts the guest when the time is over, and ends with the run.
struct Watchdog {
    finished: mpsc::Sender<()>,
    thread: Option<JoinHandle<()>>,
}

impl Watchdog {
    fn start(engine: Engine, out_of_time: Arc<AtomicBool>, time: Duration) -> Watchdog {
        let (finished, wait) = mpsc::channel();
        let deadline = Instant::now() + time;
        let thread = thread::spawn(move || {
            let left = deadline.saturating_duration_since(Instant::now());
            if wait.recv_timeout(left) == Err(mpsc::RecvTimeoutError::Timeout) {
                out_of_time.store(true, Ordering::Relaxed);
                engine.increment_epoch();
            }
        });
        Watchdog { finished, thread: Some(thread) }
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        // The thread may have ended by itself: then nobody listens.
        let _ = self.finished.send(());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
