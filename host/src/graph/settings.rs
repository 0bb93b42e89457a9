//! Several `terraform` blocks are one: merged, each setting once.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Block, Declaration, Expression, Kind, Name, Place};
use std::collections::HashMap;

/// Merges the `terraform` blocks among the declarations into the first of them.
pub(super) fn merge(declarations: Vec<Declaration>, diagnostics: &mut Diagnostics) -> Vec<Declaration> {
    let mut merged: Option<Merged> = None;
    let mut others = Vec::with_capacity(declarations.len());
    for declaration in declarations {
        match (declaration.kind, &mut merged) {
            (Kind::Settings, Some(merged)) => merged.add(declaration, diagnostics),
            (Kind::Settings, None) => merged = Some(Merged::new(declaration)),
            _ => others.push(declaration),
        }
    }
    others.extend(merged.map(Merged::finish));
    others
}

/// The first `terraform` block with what was added to it, and where in it each thing stands: blocks may be many, and what is in them, too.
struct Merged {
    settings: Declaration,
    arguments: Positions,
    blocks: HashMap<(Name, Vec<Name>), usize>,
    /// For each block to which something was added.
    block_arguments: HashMap<usize, Positions>,
    chosen: Chosen,
}

type Positions = HashMap<Name, usize>;

/// Where a stack keeps its state is chosen once: by `backend` or by `cloud`.
#[derive(Clone, Copy)]
enum Chosen {
    Not,
    By(usize),
    /// The first block contradicts itself.
    Twice,
}

impl Merged {
    fn new(settings: Declaration) -> Merged {
        let (mut blocks, mut chosen) = (HashMap::new(), Chosen::Not);
        for (position, block) in settings.body.blocks.iter().enumerate() {
            blocks.entry(key(block)).or_insert(position);
            if is_choice(block) {
                chosen = match chosen {
                    Chosen::Not => Chosen::By(position),
                    Chosen::By(first) if settings.body.blocks[first] == *block => chosen,
                    _ => Chosen::Twice,
                };
            }
        }
        let arguments = positions(&settings.body.arguments);
        Merged { settings, arguments, blocks, block_arguments: HashMap::new(), chosen }
    }

    fn add(&mut self, second: Declaration, diagnostics: &mut Diagnostics) {
        self.settings.overrides.extend(second.overrides);
        for name in add_arguments(&mut self.settings.body.arguments, &mut self.arguments, second.body.arguments) {
            diagnostics.push(conflict(&name, &self.settings, &second.place));
        }
        for block in second.body.blocks {
            self.add_block(block, &second.place, diagnostics);
        }
    }

    fn add_block(&mut self, block: Block, place: &Place, diagnostics: &mut Diagnostics) {
        let known = &mut self.settings.body.blocks;
        if is_choice(&block) {
            match self.chosen {
                Chosen::Not => self.chosen = Chosen::By(known.len()),
                Chosen::By(first) if known[first] == block => return,
                _ => return diagnostics.push(conflict("backend", &self.settings, place)),
            }
        }
        let position = *self.blocks.entry(key(&block)).or_insert(known.len());
        if position == known.len() {
            known.push(block);
            return;
        }
        known[position].body.blocks.extend(block.body.blocks);
        let arguments = &mut known[position].body.arguments;
        let positions = self.block_arguments.entry(position).or_insert_with(|| positions(arguments));
        for name in add_arguments(arguments, positions, block.body.arguments) {
            diagnostics.push(conflict(&format!("{}.{name}", block.name), &self.settings, place));
        }
    }

    fn finish(mut self) -> Declaration {
        self.settings.body.blocks.iter_mut().for_each(|block| block.body.sort());
        self.settings.body.sort();
        self.settings
    }
}

fn key(block: &Block) -> (Name, Vec<Name>) {
    (block.name.clone(), block.labels.clone())
}

fn is_choice(block: &Block) -> bool {
    matches!(block.name.as_ref(), "backend" | "cloud")
}

fn positions(arguments: &[(Name, Expression)]) -> Positions {
    arguments.iter().zip(0..).map(|((name, _), position)| (name.clone(), position)).collect()
}

/// Adds what is new, and returns the names of what has another value already.
fn add_arguments(known: &mut Vec<(Name, Expression)>, positions: &mut Positions, new: Vec<(Name, Expression)>) -> Vec<Name> {
    let mut conflicts = Vec::new();
    for (name, value) in new {
        match positions.get(&name) {
            Some(position) if known[*position].1 == value => {}
            Some(_) => conflicts.push(name),
            None => {
                positions.insert(name.clone(), known.len());
                known.push((name, value));
            }
        }
    }
    conflicts
}

fn conflict(name: &str, first: &Declaration, place: &Place) -> Diagnostic {
    Diagnostic::error("conflicting-settings", "Conflicting Terraform settings")
        .detail(format!("`{name}` is set to two different values in this stack's `terraform` settings."))
        .help("Set it once.")
        .at(place)
        .related("first set here", &first.place)
}
