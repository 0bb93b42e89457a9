//! `tapwasm state retire-moves`

use crate::commands::{Done, Failure, write_renames};
use crate::project::{Moves, Project};
use crate::terraform::tfstate;
use crate::ui::Ui;
use anyhow::Context;
use std::path::PathBuf;

/// Takes renames out of the file that no state of Terraform's waits for any more.
pub(super) fn retire_moves(ui: &Ui, files: &[PathBuf], stack: Option<&str>) -> Result<Done, Failure> {
    let moves = Moves::read(&Project::of(&std::env::current_dir()?)?.moves())?;
    let mut states = Vec::with_capacity(files.len());
    for file in files {
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        states.push((file, tfstate::addresses(&text).with_context(|| file.display().to_string())?));
    }
    let path = moves.path().display();
    let mut staying = Vec::new();
    for (position, recorded) in moves.all().iter().enumerate() {
        if let Some((file, _)) = states.iter().find(|(_, addresses)| tfstate::awaits(addresses, &recorded.from, &recorded.to)) {
            ui.note(&format!("{} stays: {} has something under it", recorded.from, file.display()));
            staying.push(position);
        }
    }
    // What is moved further has to be found there: a chain stays as a whole.
    let mut next = 0;
    while let Some(position) = staying.get(next) {
        let end = &moves.all()[*position].to;
        let further = moves.all().iter().enumerate().filter(|(other, of)| of.from == *end && !staying.contains(other));
        let further: Vec<usize> = further.map(|(other, _)| other).collect();
        staying.extend(further);
        next += 1;
    }
    let is_asked = |position: &usize| stack.is_none_or(|stack| moves.all()[*position].stack.matches(stack));
    let retired: Vec<usize> = (0..moves.all().len()).filter(is_asked).filter(|position| !staying.contains(position)).collect();
    if retired.is_empty() {
        ui.status(&format!("{path} stays as it is"));
        return Ok(Done::Fine);
    }
    write_renames(moves.path(), &moves.without(&retired)?)?;
    let noun = if retired.len() == 1 { "move" } else { "moves" };
    ui.status(&format!("Took {} {noun} out of {path}: the next run emits no `moved` for them", retired.len()));
    ui.note("Nothing in the cloud changes by this.");
    Ok(Done::Fine)
}
