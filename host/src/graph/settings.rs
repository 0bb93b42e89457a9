//! Several `terraform` blocks are one: merged, each setting once.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Block, Declaration, Kind};

/// Merges the `terraform` blocks among the declarations into the first of them.
pub(super) fn merge(declarations: Vec<Declaration>, diagnostics: &mut Diagnostics) -> Vec<Declaration> {
    let mut merged: Option<Declaration> = None;
    let mut others = Vec::with_capacity(declarations.len());
    for declaration in declarations {
        match (declaration.kind, &mut merged) {
            (Kind::Settings, Some(first)) => add(first, declaration, diagnostics),
            (Kind::Settings, None) => merged = Some(declaration),
            _ => others.push(declaration),
        }
    }
    others.extend(merged.map(|mut settings| {
        settings.body.sort();
        settings
    }));
    others
}

fn add(first: &mut Declaration, second: Declaration, diagnostics: &mut Diagnostics) {
    for (name, value) in second.body.arguments {
        match first.body.arguments.iter().find(|(known, _)| *known == name) {
            Some((_, known)) if *known == value => {}
            Some(_) => diagnostics.push(conflict(&name, first, &second.place)),
            None => first.body.arguments.push((name, value)),
        }
    }
    for block in second.body.blocks {
        add_block(first, block, &second.place, diagnostics);
    }
}

fn add_block(first: &mut Declaration, block: Block, place: &crate::model::Place, diagnostics: &mut Diagnostics) {
    let same = |known: &&mut Block| known.name == block.name && known.labels == block.labels;
    let is_chosen_once = matches!(block.name.as_ref(), "backend" | "cloud");
    let chosen = |known: &Block| is_chosen_once && matches!(known.name.as_ref(), "backend" | "cloud");
    if first.body.blocks.iter().any(|known| chosen(known) && *known != block) {
        diagnostics.push(conflict("backend", first, place));
        return;
    }
    let Some(known) = first.body.blocks.iter_mut().find(same) else {
        first.body.blocks.push(block);
        return;
    };
    let mut conflicts = Vec::new();
    for (name, value) in block.body.arguments {
        match known.body.arguments.iter().find(|(known, _)| *known == name) {
            Some((_, known)) if *known == value => {}
            Some(_) => conflicts.push(name),
            None => known.body.arguments.push((name, value)),
        }
    }
    known.body.sort();
    for name in conflicts {
        diagnostics.push(conflict(&format!("{}.{name}", block.name), first, place));
    }
}

fn conflict(name: &str, first: &Declaration, place: &crate::model::Place) -> Diagnostic {
    Diagnostic::error("conflicting-settings", "Conflicting Terraform settings")
        .detail(format!("`{name}` is set to two different values in this stack's `terraform` settings."))
        .help("Set it once.")
        .at(place)
        .related("first set here", &first.place)
}
