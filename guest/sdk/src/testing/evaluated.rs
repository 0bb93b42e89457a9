//! Evaluating a program, and what came of it.

use super::body::listed;
use super::note::{Note, OverrideLine, refusal};
use super::{BodyNode, Node};
use crate::backend::native::{self, Identity, Recorded, Recording};
use crate::inputs::{InputError, Inputs};
use crate::program::{Program, run};
use crate::{Error, complaint};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// Inputs for [`evaluate`]: a value of the inputs' type, or the text of a JSON object whose defaults are filled in.
pub trait GivenInputs<T> {
    /// Returns the inputs.
    fn into_inputs(self) -> Result<T, InputError>;
}

impl<T: Inputs> GivenInputs<T> for T {
    fn into_inputs(self) -> Result<T, InputError> {
        Ok(self)
    }
}

impl<T: Inputs> GivenInputs<T> for &str {
    fn into_inputs(self) -> Result<T, InputError> {
        T::from_json(self)
    }
}

/// What came of a program.
#[derive(Clone, Debug)]
pub struct Evaluated {
    /// Why it failed, if it did: its own error, a panic, a mistake that the SDK found, or one that the host's calls would find.
    pub failure: Option<Failure>,
    /// What it logged.
    pub logs: Vec<LogLine>,
    stacks: Vec<EvaluatedStack>,
}

/// Why a program failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong.
    pub message: String,
    /// Where: `src/lib.rs:12:5`; empty if that is not known.
    pub place: String,
    /// Whether the program panicked.
    pub panicked: bool,
}

/// A logged message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// `debug`, `info` or `warning`.
    pub level: String,
    /// The message.
    pub message: String,
}

/// A stack and what was declared in it.
#[derive(Clone, Debug)]
pub struct EvaluatedStack {
    /// The stack's name.
    pub name: String,
    /// The names of the stacks that are applied before it: those that it refers to, and those that the program named; sorted.
    pub dependencies: Vec<String>,
    /// What was declared, in order.
    pub declarations: Vec<Declaration>,
    /// The content of the assets by path; that of an archive is empty here.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// What the program said about it and about its declarations, in order.
    pub notes: Vec<Note>,
    /// What the program changed in its declarations afterwards, in order. They are not applied here: the host does that.
    pub overrides: Vec<OverrideLine>,
}

/// A declaration. Its arguments and blocks are read as those of its [`body`](Declaration::body).
#[derive(Clone, Debug)]
pub struct Declaration {
    /// `resource`, `data`, `output`, …
    pub kind: String,
    /// Its labels as the program gave them.
    pub labels: Vec<String>,
    /// Its address: `aws_kms_key.logs`, `data.aws_region.current`, `output.arn`; `terraform`, `moved`, `import`, `removed` for blocks
    /// that have none.
    pub address: String,
    /// Its arguments and nested blocks.
    pub body: BodyNode,
    /// Its meta-arguments and meta-blocks.
    pub meta: BodyNode,
    /// The host's directives, by the contract's names: `alias` ([`formerly`](crate::Builder::formerly)), `protect`, `address`.
    pub extras: BTreeMap<String, Node>,
    /// The scope that it was declared in.
    pub scope: Vec<String>,
    /// Where: `src/lib.rs:12:5`.
    pub place: String,
}

impl Deref for Declaration {
    type Target = BodyNode;

    fn deref(&self) -> &BodyNode {
        &self.body
    }
}

/// Runs a program with inputs: text of JSON, or a value of their type.
#[track_caller]
pub fn evaluate<M, P: Program<M>>(program: P, inputs: impl GivenInputs<P::Inputs>) -> Evaluated {
    // Leftovers of whatever ran on this thread before.
    native::take();
    complaint::take();
    let result =
        inputs.into_inputs().map_err(|error| Failure { message: error.to_string(), place: String::new(), panicked: false });
    let result = result.and_then(|inputs| watched(|| run(program, inputs)));
    Evaluated::new(native::take(), result.err())
}

thread_local! {
    static WATCHED: Cell<bool> = const { Cell::new(false) };
    static PANIC: RefCell<Option<Failure>> = const { RefCell::new(None) };
}

/// Runs a program; a panic of its own is caught with its place, others on other threads go their way.
fn watched(program: impl FnOnce() -> crate::Result) -> Result<(), Failure> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !WATCHED.get() {
                return previous(panic);
            }
            let message = panic.payload_as_str().unwrap_or("the program panicked").to_owned();
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            PANIC.set(Some(Failure { message, place, panicked: true }));
        }));
    });
    WATCHED.set(true);
    let result = catch_unwind(AssertUnwindSafe(program));
    WATCHED.set(false);
    match result {
        Ok(result) => result.map_err(|error: Error| Failure {
            message: error.message().to_owned(),
            place: error.place().to_string(),
            panicked: false,
        }),
        Err(_) => {
            complaint::take();
            Err(PANIC.take().unwrap_or(Failure { message: String::new(), place: String::new(), panicked: true }))
        }
    }
}

impl Evaluated {
    fn new(recording: Recording, failure: Option<Failure>) -> Evaluated {
        let names: Vec<String> = recording.stacks.iter().map(|stack| stack.name.clone()).collect();
        let problem = recording.problems.first().map(|(message, place)| Failure {
            message: message.clone(),
            place: place.to_string(),
            panicked: false,
        });
        let (notes, overrides) = (recording.notes, recording.overrides);
        let problem = problem.or_else(|| refusal(&notes));
        let stacks = recording.stacks.into_iter().zip(0..).map(|(stack, position)| {
            let identities = seen_from(position, &recording.addresses, &names);
            let mut dependencies: Vec<String> = stack.dependencies.iter().map(|other| names[*other as usize].clone()).collect();
            dependencies.sort();
            EvaluatedStack {
                name: stack.name,
                dependencies,
                notes: notes.iter().filter(|note| note.stack == position).map(Note::new).collect(),
                overrides: overrides
                    .iter()
                    .filter(|change| change.stack == position)
                    .map(|change| OverrideLine::new(change, &identities))
                    .collect(),
                declarations: stack.declarations.into_iter().map(|recorded| Declaration::new(recorded, &identities)).collect(),
                assets: stack.assets.into_iter().collect(),
            }
        });
        let logs = recording.logs.into_iter().map(|(level, message, _)| LogLine { level, message });
        Evaluated { failure: failure.or(problem), logs: logs.collect(), stacks: stacks.collect() }
    }

    /// Returns a stack of a program that succeeded.
    ///
    /// # Panics
    ///
    /// If the program failed, or opened no such stack.
    #[track_caller]
    pub fn stack(&self, name: &str) -> &EvaluatedStack {
        self.stacks().iter().find(|stack| stack.name == name).unwrap_or_else(|| {
            panic!("no stack `{name}`; there is {}", listed(self.stacks.iter().map(|stack| stack.name.as_str()).collect()))
        })
    }

    /// Returns all stacks of a program that succeeded.
    ///
    /// # Panics
    ///
    /// If the program failed.
    #[track_caller]
    pub fn stacks(&self) -> &[EvaluatedStack] {
        if let Some(failure) = &self.failure {
            panic!("the program failed: {} ({})", failure.message, failure.place);
        }
        &self.stacks
    }

    /// Returns why the program failed.
    ///
    /// # Panics
    ///
    /// If it did not.
    #[track_caller]
    pub fn failure(&self) -> &Failure {
        let Some(failure) = &self.failure else { panic!("the program succeeded") };
        failure
    }
}

/// Addresses of other stacks have the stack's name in front: `network:aws_subnet.a`.
fn seen_from(stack: u32, identities: &[Identity], names: &[String]) -> Vec<Identity> {
    let mut seen = identities.to_vec();
    for identity in seen.iter_mut().filter(|identity| identity.stack != stack) {
        identity.address = format!("{}:{}", names[identity.stack as usize], identity.address);
    }
    seen
}

impl EvaluatedStack {
    /// Returns the addresses of all that was declared, in order.
    pub fn addresses(&self) -> Vec<&str> {
        self.declarations.iter().map(|declaration| declaration.address.as_str()).collect()
    }

    /// Returns what was declared under an address.
    ///
    /// # Panics
    ///
    /// If there is nothing of this address.
    #[track_caller]
    pub fn declaration(&self, address: &str) -> &Declaration {
        match self.declarations.iter().find(|declaration| declaration.address == address) {
            Some(declaration) => declaration,
            None => panic!("no `{address}`; there is {}", listed(self.addresses())),
        }
    }

    /// Returns a resource: `aws_kms_key.logs`.
    #[track_caller]
    pub fn resource(&self, address: &str) -> &Declaration {
        self.declaration(address)
    }

    /// Returns a data source: `aws_region.current`.
    #[track_caller]
    pub fn data(&self, address: &str) -> &Declaration {
        self.declaration(&format!("data.{address}"))
    }

    /// Returns an output by its name.
    #[track_caller]
    pub fn output(&self, name: &str) -> &Declaration {
        self.declaration(&format!("output.{name}"))
    }

    /// Returns a provider configuration: `aws`, `aws.west`.
    #[track_caller]
    pub fn provider(&self, name: &str) -> &Declaration {
        self.declaration(&format!("provider.{name}"))
    }

    /// Returns what was declared of a kind: `settings`, `resource`, `output`, …
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Declaration> {
        self.declarations.iter().filter(move |declaration| declaration.kind == kind)
    }

    /// Returns the resources of a type.
    pub fn resources_of(&self, kind: &str) -> impl Iterator<Item = &Declaration> {
        self.of_kind("resource").filter(move |declaration| declaration.labels.first().is_some_and(|label| label == kind))
    }
}

impl Declaration {
    fn new(recorded: Recorded, identities: &[Identity]) -> Declaration {
        let node = |tokens: &[_]| Node::read(&mut tokens.iter(), identities);
        Declaration {
            kind: recorded.kind.as_str().to_owned(),
            labels: recorded.labels,
            address: recorded.address,
            body: BodyNode::read(&mut recorded.body.iter(), identities),
            meta: BodyNode::read(&mut recorded.meta.iter(), identities),
            extras: recorded.extras.iter().map(|(name, tokens)| (name.clone(), node(tokens))).collect(),
            scope: recorded.scope,
            place: recorded.place.to_string(),
        }
    }
}

/// Asserts that an argument has a value: `assert_argument!(stack.resource("aws_kms_key.logs"), "deletion_window_in_days", 7)`.
#[macro_export]
macro_rules! assert_argument {
    ($declaration:expr, $name:expr, $value:expr $(,)?) => {
        ::std::assert_eq!(*$declaration.argument($name), $value, "argument `{}`", $name)
    };
}
