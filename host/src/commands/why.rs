//! Why something changes: the program is evaluated once more, with the inputs of what it is compared with.

use crate::eval::Program;
use crate::graph::{ResourceGraph, SecretKey};
use crate::pipeline::{self, Again, Evaluated};
use crate::plan::{Action, Besides, Otherwise, Plan};
use crate::project::{Given, Origin, Stack, resolve};
use crate::state::Snapshot;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Where so many inputs differ, which of them it was is found out by evaluating once more for each.
const MOST_TRIED: usize = 5;

/// What evaluates a stack once more.
#[derive(Clone, Copy)]
pub(super) struct Evaluation<'a> {
    pub(super) program: &'a Program,
    pub(super) stack: &'a Stack,
    pub(super) evaluated: &'a Evaluated,
    pub(super) key: Option<&'a SecretKey>,
}

/// Another evaluation, and the inputs that differ.
struct Other {
    /// The stored inputs that it is about.
    stored: String,
    /// The inputs that differ, sorted.
    names: Vec<String>,
    /// With the stored inputs; nothing where none differ.
    with_all: Option<Again>,
    /// With today's inputs but for one of these, in the order of `names`; empty where that is not known.
    with_one: Vec<Again>,
}

impl Evaluation<'_> {
    /// Notes in each plan why something changes, as far as that is known. `bases` are what each was compared with.
    pub(super) fn explain(self, bases: &[Option<Cow<'_, Snapshot>>], plans: &mut [Plan<'_>]) {
        let mut others: Vec<Other> = Vec::new();
        for ((graph, base), plan) in self.evaluated.graphs.iter().zip(bases).zip(plans) {
            let Some(base) = base.as_deref().filter(|_| plan.changes.iter().any(|change| change.action != Action::NoOp)) else {
                continue;
            };
            let Some((provenance, inputs)) = base.provenance.as_ref().and_then(|of| Some((of, of.inputs()?))) else { continue };
            // Stacks are stored when they change: those of one program may have been stored with different inputs.
            let position = others.iter().position(|other| other.stored == inputs);
            let position = position.or_else(|| {
                others.push(self.other(inputs)?);
                Some(others.len() - 1)
            });
            let Some(other) = position.map(|position| &others[position]) else { continue };
            let now = &self.evaluated.provenance;
            let Some(with_all) = &other.with_all else {
                if let Some(besides) = Besides::between(provenance, now.component, now.surroundings) {
                    plan.explain_by(besides);
                }
                continue;
            };
            let of_stack = |again: &'_ Again| again.graphs.iter().position(|other| other.stack == graph.stack);
            let Some(at) = of_stack(with_all) else { continue };
            let one: Option<Vec<(&str, &ResourceGraph)>> = other
                .names
                .iter()
                .zip(&other.with_one)
                .map(|(name, again)| Some((name.as_str(), &again.graphs[of_stack(again)?])))
                .collect();
            let otherwise = Otherwise {
                with_all: &with_all.graphs[at],
                with_one: &one.unwrap_or_default(),
                inputs: &other.names,
                besides: Besides::between(provenance, now.component, with_all.surroundings),
            };
            plan.explain(graph, base, &otherwise);
        }
    }

    /// Evaluates with stored inputs; nothing where they do not fit any more.
    fn other(self, stored: &str) -> Option<Other> {
        let done = |names, with_all, with_one| Some(Other { stored: stored.to_owned(), names, with_all, with_one });
        let now: Map<String, Value> = serde_json::from_str(&self.evaluated.inputs).ok()?;
        let given: Map<String, Value> = serde_json::from_str(stored).ok()?;
        let given = given.into_iter().map(|(name, value)| Given { name, value: value.into(), origin: Origin::Flag });
        // What is new in the schema has its default.
        let inputs = resolve(&self.evaluated.inputs_schema, &given.collect::<Vec<_>>()).ok()?;
        let then: Map<String, Value> = serde_json::from_str(&inputs).ok()?;
        let mut names: Vec<String> =
            now.keys().chain(then.keys()).filter(|name| now.get(*name) != then.get(*name)).cloned().collect();
        names.sort_unstable();
        names.dedup();
        if names.is_empty() {
            return done(names, None, Vec::new());
        }
        let with_all = self.again(&inputs)?;
        let mut with_one = Vec::new();
        if (2..=MOST_TRIED).contains(&names.len()) {
            let tried: Option<Vec<Again>> = names.iter().map(|name| self.but_for(name, &now, &then)).collect();
            with_one = tried.unwrap_or_default();
        }
        done(names, Some(with_all), with_one)
    }

    /// Evaluates with today's inputs, but for one.
    fn but_for(self, name: &str, now: &Map<String, Value>, then: &Map<String, Value>) -> Option<Again> {
        let mut inputs = now.clone();
        match then.get(name) {
            Some(value) => inputs.insert(name.to_owned(), value.clone()),
            None => inputs.remove(name),
        };
        let given = inputs.into_iter().map(|(name, value)| Given { name, value: value.into(), origin: Origin::Flag });
        let inputs = resolve(&self.evaluated.inputs_schema, &given.collect::<Vec<_>>()).ok()?;
        self.again(&inputs)
    }

    fn again(self, inputs: &str) -> Option<Again> {
        pipeline::evaluate_again(self.program, self.stack, self.evaluated, inputs, self.key)
    }
}
