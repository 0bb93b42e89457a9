//! Why something changed: told by what the same program declares from the inputs of what it is compared with. Nothing is guessed.

use super::change::{Action, Change, Plan};
use super::compared;
use crate::graph::ResourceGraph;
use crate::model::Address;
use crate::state::{Provenance, Snapshot};
use std::collections::{HashMap, HashSet};

/// Why something changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The inputs because of which, sorted; none where it changed without them, too.
    pub inputs: Vec<String>,
    /// What it was besides; nothing where inputs alone explain it.
    pub besides: Option<Besides>,
}

/// What explains a change that inputs do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Besides {
    /// The component is another one, and all else is the same.
    Program,
    /// The component is the same: what was read of granted folders is not, or renames, schemas, tapwasm.
    Surroundings,
    /// Both are others: nobody can tell which of them it was.
    Either,
}

impl Besides {
    /// Returns what is not as it was; nothing where all of it is.
    pub fn between(then: &Provenance, component: [u8; 32], surroundings: [u8; 32]) -> Option<Besides> {
        match (then.component != component, then.surroundings != surroundings) {
            (true, false) => Some(Besides::Program),
            (false, true) => Some(Besides::Surroundings),
            (true, true) => Some(Besides::Either),
            (false, false) => None,
        }
    }
}

/// What the same program declares from other inputs.
#[derive(Clone, Copy, Debug)]
pub struct Otherwise<'o> {
    /// From the inputs of what it is compared with.
    pub with_all: &'o ResourceGraph,
    /// For each input that differs: from today's inputs, but for this one. Empty where that was not tried.
    pub with_one: &'o [(&'o str, &'o ResourceGraph)],
    /// The inputs that differ, sorted.
    pub inputs: &'o [String],
    /// What else differs.
    pub besides: Option<Besides>,
}

impl Plan<'_> {
    /// Notes that all of it has one cause that is no input: those are the same.
    pub fn explain_by(&mut self, besides: Besides) {
        for change in self.changes.iter_mut().filter(|change| change.action != Action::NoOp) {
            change.cause = Some(Cause { inputs: Vec::new(), besides: Some(besides) });
        }
    }

    /// Notes the cause of each change, as far as it is known. `graph` and `base` are those of this plan.
    pub fn explain(&mut self, graph: &ResourceGraph, base: &Snapshot, otherwise: &Otherwise<'_>) {
        let all = compared(otherwise.with_all, Some(base));
        let without: HashMap<&Address, &Change<'_>> =
            all.changes.iter().filter(|change| change.action != Action::NoOp).map(|change| (change.address, change)).collect();
        // Comparing copies each declaration; lineages need no randomness here.
        let differing = |other: &ResourceGraph| Snapshot::of(other, Some(base)).map(|other| differing(graph, &other));
        let Ok(by_inputs) = differing(otherwise.with_all) else { return };
        let one = otherwise.with_one.iter().map(|(name, other)| Ok((*name, differing(other)?)));
        let Ok(by_one) = one.collect::<std::io::Result<Vec<_>>>() else { return };
        let inputs = |address: &Address| -> Vec<String> {
            let found = by_one.iter().filter(|(_, differing)| differing.contains(address)).map(|(name, _)| (*name).to_owned());
            let found: Vec<String> = found.collect();
            if found.is_empty() { otherwise.inputs.to_vec() } else { found }
        };
        for change in self.changes.iter_mut().filter(|change| change.action != Action::NoOp) {
            let cause = match (without.get(change.address), by_inputs.contains(change.address)) {
                (None, true) => Some(Cause { inputs: inputs(change.address), besides: None }),
                (Some(other), false) if (other.action, other.from) == (change.action, change.from) => {
                    otherwise.besides.map(|besides| Cause { inputs: Vec::new(), besides: Some(besides) })
                }
                (Some(_), _) => otherwise.besides.map(|besides| Cause { inputs: inputs(change.address), besides: Some(besides) }),
                (None, false) => None,
            };
            change.cause = cause;
        }
    }

    /// Returns the cause that all changes of these plans share.
    pub fn common_cause<'p>(plans: &'p [Plan<'_>]) -> Option<&'p Cause> {
        let mut causes = plans.iter().flat_map(|plan| &plan.changes).filter(|change| change.action != Action::NoOp);
        let first = causes.next()?.cause.as_ref()?;
        causes.all(|change| change.cause.as_ref() == Some(first)).then_some(first)
    }
}

/// Returns the addresses at which two evaluations differ.
fn differing(graph: &ResourceGraph, other: &Snapshot) -> HashSet<Address> {
    let plan = compared(graph, Some(other));
    plan.changes.iter().filter(|change| change.action != Action::NoOp).map(|change| change.address.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Declaration, Expression};
    use crate::plan::plan;
    use crate::state::arbitrary::{graph, resource};

    fn of(pairs: &[(&str, i64)]) -> ResourceGraph {
        let node = |(name, value): &(&str, i64)| -> Declaration { resource("t", name, &[("a", Expression::Integer(*value))]) };
        graph(pairs.iter().map(node).collect())
    }

    /// Explains a plan, one line a change.
    fn explained(
        before: &ResourceGraph,
        after: &ResourceGraph,
        with_all: &ResourceGraph,
        with_one: &[(&str, &ResourceGraph)],
        besides: Option<Besides>,
    ) -> Vec<String> {
        let base = Snapshot::of(before, None).unwrap();
        let mut plan = plan(after, Some(&base));
        let inputs = ["x".to_owned(), "y".to_owned()];
        plan.explain(after, &base, &Otherwise { with_all, with_one, inputs: &inputs, besides });
        let changes = plan.changes.iter().filter(|change| change.action != Action::NoOp);
        let line = |change: &Change<'_>| match &change.cause {
            Some(Cause { inputs, besides }) => format!("{} {:?} {besides:?}", change.address, inputs.join(" ")),
            None => format!("{} unknown", change.address),
        };
        changes.map(line).collect()
    }

    #[test]
    fn inputs_the_program_and_both_are_told_apart() {
        let before = of(&[("both", 1), ("gone", 1), ("input", 1), ("program", 1), ("same", 1)]);
        let after = of(&[("both", 4), ("input", 2), ("new", 1), ("program", 2), ("same", 1)]);
        // The new program with the old inputs.
        let with_all = of(&[("both", 3), ("gone", 1), ("input", 1), ("new", 1), ("program", 2), ("same", 1)]);
        assert_eq!(
            explained(&before, &after, &with_all, &[], Some(Besides::Program)),
            [
                "t.both \"x y\" Some(Program)",
                "t.gone \"x y\" None",
                "t.input \"x y\" None",
                "t.new \"\" Some(Program)",
                "t.program \"\" Some(Program)",
            ]
        );
        // What would have changed with the old inputs, too, has no cause that is known.
        assert_eq!(
            explained(&before, &after, &with_all, &[], None),
            ["t.both unknown", "t.gone \"x y\" None", "t.input \"x y\" None", "t.new unknown", "t.program unknown"]
        );
    }

    #[test]
    fn which_of_several_inputs_is_told() {
        let (before, after) = (of(&[("a", 1), ("b", 1), ("c", 1)]), of(&[("a", 2), ("b", 2), ("c", 2)]));
        let (x, y) = (of(&[("a", 1), ("b", 2), ("c", 2)]), of(&[("a", 2), ("b", 1), ("c", 2)]));
        // Either of the two is enough for `c`.
        assert_eq!(
            explained(&before, &after, &before, &[("x", &x), ("y", &y)], None),
            ["t.a \"x\" None", "t.b \"y\" None", "t.c \"x y\" None"]
        );
    }

    #[test]
    fn what_all_changes_share_is_said_once() {
        let (before, after) = (of(&[("a", 1), ("b", 1)]), of(&[("a", 2), ("b", 2)]));
        let base = Snapshot::of(&before, None).unwrap();
        let mut plans = [plan(&after, Some(&base))];
        assert_eq!(Plan::common_cause(&plans), None);
        plans[0].explain_by(Besides::Either);
        let cause = Cause { inputs: Vec::new(), besides: Some(Besides::Either) };
        assert_eq!(Plan::common_cause(&plans), Some(&cause));
        plans[0].changes[1].cause = None;
        assert_eq!(Plan::common_cause(&plans), None);
    }
}
