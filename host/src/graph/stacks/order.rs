//! Which stacks come before which: said by the program, or implied by a reference. Cycles are errors.

use super::each_foreign;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::cycles;
use crate::model::{Declaration, Name, Place, StackDeclarations};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// So many stacks of a cycle are told.
const MOST_SHOWN: usize = 50;

/// Why a stack comes after another.
struct Reason {
    text: String,
    place: Place,
}

/// Sorts stacks, dependencies first, then by name; returns for each the names of those that it depends on.
pub(super) fn sort(stacks: &mut Vec<StackDeclarations>, diagnostics: &mut Diagnostics) -> Vec<Vec<String>> {
    stacks.sort_by(|a, b| a.name.cmp(&b.name));
    let reasons = reasons(stacks);
    refuse_cycles(stacks, &reasons, diagnostics);
    let order = order(&reasons);
    let name = |position: &usize| stacks[*position].name.clone();
    let dependencies = order.iter().map(|position| reasons[*position].keys().map(name).collect()).collect();
    let mut unsorted: Vec<Option<StackDeclarations>> = std::mem::take(stacks).into_iter().map(Some).collect();
    stacks.extend(order.into_iter().filter_map(|position| unsorted[position].take()));
    dependencies
}

/// Returns for each stack the positions of those that it depends on, with why.
fn reasons(stacks: &[StackDeclarations]) -> Vec<BTreeMap<usize, Reason>> {
    let positions: HashMap<&str, usize> =
        stacks.iter().zip(0..).map(|(stack, position)| (stack.name.as_str(), position)).collect();
    let position = |name: &Name| positions.get(name.as_ref()).copied();
    stacks
        .iter()
        .map(|stack| {
            let mut reasons = BTreeMap::new();
            for (other, place) in &stack.links.depends_on {
                if let Some(position) = position(other) {
                    let text = format!("`{}` depends on `{other}` by what is said here", stack.name);
                    reasons.insert(position, Reason { text, place: place.clone() });
                }
            }
            // One stack alone refers to no other, and may be very long.
            if stacks.len() > 1 {
                stack.declarations.iter().for_each(|declaration| add_reads(declaration, &stack.name, &position, &mut reasons));
            }
            reasons
        })
        .collect()
}

fn add_reads(
    declaration: &Declaration,
    stack: &str,
    position: &dyn Fn(&Name) -> Option<usize>,
    reasons: &mut BTreeMap<usize, Reason>,
) {
    let mut look = |value| {
        each_foreign(value, &mut |reference| {
            if let Some((other, position)) = reference.stack.as_ref().and_then(|other| Some((other, position(other)?))) {
                reasons.entry(position).or_insert_with(|| Reason {
                    text: format!("`{}` of `{stack}` refers to `{}` of `{other}`", declaration.address, reference.to),
                    place: declaration.place.clone(),
                });
            }
        });
    };
    declaration.body.each_value(&mut look);
    declaration.meta.each_value(&mut look);
}

fn refuse_cycles(stacks: &[StackDeclarations], reasons: &[BTreeMap<usize, Reason>], diagnostics: &mut Diagnostics) {
    let edge = |position: &usize| u32::try_from(*position).expect("stacks are counted in 32 bits");
    let edges: Vec<Vec<u32>> = reasons.iter().map(|reasons| reasons.keys().map(edge).collect()).collect();
    for path in cycles::rings(&edges) {
        let mut names: Vec<&str> = path.iter().take(MOST_SHOWN).map(|position| stacks[*position].name.as_str()).collect();
        let left_out = format!("({} more)", path.len() - names.len());
        if path.len() > names.len() {
            names.push(&left_out);
        }
        names.push(names[0]);
        let mut steps = path.iter().zip(path.iter().cycle().skip(1)).take(MOST_SHOWN).map(|(from, to)| &reasons[*from][to]);
        let mut diagnostic = Diagnostic::error("stack-cycle", "Cycle of stacks")
            .detail(format!(
                "Each of these stacks depends on the next: {}. None of them could be applied first.",
                names.join(" -> ")
            ))
            .help("Declare in one stack what needs each other, or give one of the values as an input.");
        if let Some(first) = steps.next() {
            diagnostic = diagnostic.at(&first.place).related(first.text.clone(), &first.place);
        }
        diagnostics.push(steps.fold(diagnostic, |diagnostic, step| diagnostic.related(step.text.clone(), &step.place)));
    }
}

/// Takes the first by name of those whose dependencies are all taken. Those of a cycle come last.
fn order(reasons: &[BTreeMap<usize, Reason>]) -> Vec<usize> {
    let mut waits_for: Vec<usize> = reasons.iter().map(BTreeMap::len).collect();
    let mut dependents = vec![Vec::new(); reasons.len()];
    for (position, reasons) in reasons.iter().enumerate() {
        reasons.keys().for_each(|dependency| dependents[*dependency].push(position));
    }
    let mut ready: BTreeSet<usize> = (0..reasons.len()).filter(|position| waits_for[*position] == 0).collect();
    let mut order = Vec::with_capacity(reasons.len());
    while let Some(position) = ready.pop_first() {
        order.push(position);
        for dependent in &dependents[position] {
            waits_for[*dependent] -= 1;
            if waits_for[*dependent] == 0 {
                ready.insert(*dependent);
            }
        }
    }
    order.extend((0..reasons.len()).filter(|position| waits_for[*position] > 0));
    order
}
