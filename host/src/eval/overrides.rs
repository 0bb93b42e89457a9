//! Changes of what is declared already: kept while the program runs, done when it has ended, so that their order with declarations means nothing.

mod apply;
mod resolve;

#[cfg(test)]
mod tests;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Address, Body, Declaration, Expression, Kind, Name, Override, OverrideAction, Place, StackDeclarations};
use resolve::{Miss, Step, Target};
use std::collections::{BTreeMap, HashMap};

/// An override as a program said it.
pub(super) struct Pending {
    /// Number of the stack.
    pub(super) stack: usize,
    pub(super) address: Address,
    pub(super) path: Vec<Name>,
    pub(super) content: Content,
    pub(super) adds: bool,
    pub(super) place: Place,
}

/// What is to stand at a place.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Value(Expression),
    Block(Body),
    Nothing,
}

impl Pending {
    fn action(&self) -> OverrideAction {
        match self.content {
            Content::Nothing => OverrideAction::Removed,
            _ if self.adds => OverrideAction::Added,
            _ => OverrideAction::Replaced,
        }
    }
}

/// Where each override of a declaration went: what is below a place comes right behind it.
type Taken = BTreeMap<(bool, Vec<Step>), (Place, OverrideAction)>;

/// Does all overrides of a program, and says which hit nothing.
///
/// Removals come last and from behind, so that every number means what it meant when the program was written.
pub(super) fn apply(stacks: &mut [StackDeclarations], pending: Vec<Pending>, diagnostics: &mut Diagnostics) {
    if pending.is_empty() {
        return;
    }
    let positions = positions(stacks);
    let mut taken: HashMap<(usize, usize), Taken> = HashMap::new();
    let mut removals: Vec<((usize, usize), Target)> = Vec::new();
    for change in pending {
        let candidates = positions.get(&(change.stack, change.address.clone())).map_or(&[][..], Vec::as_slice);
        let (number, target) = match find(&stacks[change.stack].declarations, candidates, &change) {
            Ok(found) => found,
            Err(miss) => {
                diagnostics.push(missed(&change, &miss));
                continue;
            }
        };
        let taken = taken.entry((change.stack, number)).or_default();
        if let Some(first) = overlapped(taken, &target) {
            diagnostics.push(lost(&change, &target, first));
            continue;
        }
        let action = change.action();
        taken.insert((target.in_meta, target.steps.clone()), (change.place.clone(), action));
        let declaration = &mut stacks[change.stack].declarations[number];
        declaration.overrides.push(Override { path: target.to_string(), action, place: change.place });
        match change.content {
            Content::Nothing => removals.push(((change.stack, number), target)),
            content => apply::put(declaration, &target, content),
        }
    }
    removals.sort_by(|(_, a), (_, b)| b.steps.cmp(&a.steps));
    for ((stack, number), target) in removals {
        apply::put(&mut stacks[stack].declarations[number], &target, Content::Nothing);
    }
}

/// Several declarations of one address are an error, but for `terraform` blocks: those are merged later.
fn positions(stacks: &[StackDeclarations]) -> HashMap<(usize, Address), Vec<usize>> {
    let mut positions: HashMap<(usize, Address), Vec<usize>> = HashMap::new();
    for (stack, declarations) in stacks.iter().enumerate() {
        for (number, declaration) in declarations.declarations.iter().enumerate() {
            let known = positions.entry((stack, declaration.address.clone())).or_default();
            if known.is_empty() || declaration.kind == Kind::Settings {
                known.push(number);
            }
        }
    }
    positions
}

fn find(declarations: &[Declaration], candidates: &[usize], change: &Pending) -> Result<(usize, Target), Miss> {
    let mut first_miss = None;
    for number in candidates {
        match resolve::resolve(&declarations[*number], &change.path, &change.content, change.adds) {
            Ok(target) => return Ok((*number, target)),
            Err(miss) => first_miss = first_miss.or(Some(miss)),
        }
    }
    Err(first_miss.unwrap_or_else(|| {
        Miss::new("override-misses", format!("`{}` is never declared.", change.address), "Declare it, or leave the override out.")
    }))
}

/// Returns the place of an earlier override of which, or by which, something would be lost: of the same place or of one inside it, or one
/// that takes away what this one is inside of (removals come last).
fn overlapped<'a>(taken: &'a Taken, target: &Target) -> Option<&'a Place> {
    let mut around = (1..target.steps.len()).filter_map(|length| taken.get(&(target.in_meta, target.steps[..length].to_vec())));
    let removed = around.find(|(_, action)| *action == OverrideAction::Removed).map(|(place, _)| place);
    let key = (target.in_meta, target.steps.clone());
    let ((in_meta, steps), (place, _)) = match (removed, taken.range(key..).next()) {
        (Some(place), _) => return Some(place),
        (None, next) => next?,
    };
    (*in_meta == target.in_meta && steps.starts_with(&target.steps)).then_some(place)
}

fn missed(change: &Pending, miss: &Miss) -> Diagnostic {
    let summary = match miss.code {
        "override-exists" => "Override that adds what is there already",
        "override-refused" => "Override of something that cannot be overridden",
        _ => "Override that hits nothing",
    };
    Diagnostic::error(miss.code, summary)
        .detail(miss.message.clone())
        .help(miss.help.clone())
        .at(&change.place)
        .about(&change.address)
}

fn lost(change: &Pending, target: &Target, first: &Place) -> Diagnostic {
    Diagnostic::error("override-twice", "Place overridden twice")
        .detail(format!("`{target}` was overridden before, there or inside it; one of the two would be lost."))
        .help("Override it once.")
        .at(&change.place)
        .about(&change.address)
        .related("first overridden here", first)
}
