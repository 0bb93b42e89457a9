//! `tapwasm state migrate`

use super::CommonArgs;
use crate::commands::{Done, Failure, waiting};
use crate::durable;
use crate::project::Project;
use crate::state::{Location, Store};
use crate::ui::Ui;
use anyhow::{Context, anyhow};

/// What is said to who waits.
const COMMAND: &str = "tapwasm state migrate";

/// Copies the state of all stacks to another place, verifies it there, and switches to it last.
pub(super) fn migrate(ui: &Ui, place: &Location, common: &CommonArgs) -> Result<Done, Failure> {
    let from = common.store()?;
    // Whoever stands in a folder below says another path than tapwasm.toml and the note, which are read by others.
    let here = std::env::current_dir()?;
    let folder = Project::of(&here)?.file_path().and_then(|path| Some(path.parent()?.to_owned())).unwrap_or_default();
    let named = |place: &Location| place.as_named_in(&here.join(&folder), &here);
    let (place, origin) = (&named(place), named(from.location()));
    let to = Store::open(&place.clone().seen_from(&folder))?;
    // Under another name it would be left to itself.
    if from.location().is_same(to.location()) {
        return Err(Failure::Error(anyhow!("the state is in {place} already; nothing was changed")));
    }
    if let Some(elsewhere) = to.moved_to()?.filter(|elsewhere| *elsewhere != origin.to_string()) {
        return Err(Failure::Error(anyhow!(
            "{place} was moved to {elsewhere} before; choose another place; nothing was changed"
        )));
    }
    if from.moved_to()?.is_some_and(|there| there == place.to_string()) {
        ui.status(&format!("What is in {} was copied already", from.location()));
        return finish(ui, &from, &to, place, common);
    }
    refuse_environments_below(place, common)?;
    let names = from.stacks()?;
    if names.is_empty() {
        return Err(Failure::Error(anyhow!("nothing is stored in {}; nothing was changed", from.location())));
    }
    // First: what cannot be read is told before anything is done.
    names.iter().try_for_each(|name| from.header(name).map(drop))?;
    // Until all is switched nobody writes in either place.
    let mut locks = Vec::with_capacity(2 * names.len());
    for name in &names {
        locks.push(from.lock(name, COMMAND, &mut waiting(ui))?);
        locks.push(to.lock_whether_moved(name, COMMAND, &mut waiting(ui))?);
    }
    for name in &names {
        let found = from.verify(name)?;
        for fault in found.faults {
            ui.warning(&format!("{fault}\nIt is copied as it is."));
        }
        let n_copied = from.copy(name, &to)?;
        ui.status(&format!("{name}: {n_copied} serials are in {place}, as they were written"));
    }
    finish(ui, &from, &to, place, common)
}

/// Without an environment only what is in the place itself is copied; an environment's state below it would be looked for below the new place.
fn refuse_environments_below(place: &Location, common: &CommonArgs) -> Result<(), Failure> {
    if common.environment.is_some() || common.state.is_some() {
        return Ok(());
    }
    let project = Project::of(&std::env::current_dir()?)?;
    for (environment, below) in project.environments_below() {
        let store = Store::open(&below)?;
        if store.moved_to()?.is_none() && !store.stacks()?.is_empty() {
            return Err(Failure::Error(anyhow!(
                "the state of the environment `{environment}` is in {below}, and would be looked for in {new} afterwards: migrate it first, with \
                 `tapwasm state migrate {new} --env {environment}`; nothing was changed",
                new = place.below(environment)
            )));
        }
    }
    Ok(())
}

/// Leaves the note, copies what was written while it was left, and switches. Where a migration ended after its note, the next one goes on here.
fn finish(ui: &Ui, from: &Store, to: &Store, place: &Location, common: &CommonArgs) -> Result<Done, Failure> {
    from.leave_to(place)?;
    for name in from.ahead_of(to)? {
        from.copy(&name, to)?;
        ui.status(&format!("{name}: what was stored meanwhile is in {place}, too"));
    }
    // After the note: never are both places in use.
    to.come_back()?;
    switch(ui, place, common)?;
    ui.note(&format!("What is in {} stays as it is; nobody can write there any more.", from.location()));
    ui.note("Nothing in the cloud's resources changes by this.");
    Ok(Done::Fine)
}

/// Says in tapwasm.toml where the state is now.
fn switch(ui: &Ui, place: &Location, common: &CommonArgs) -> Result<(), Failure> {
    let project = Project::of(&std::env::current_dir()?)?;
    let environment = common.environment.as_deref();
    let by_hand = || format!("say `state = \"{place}\"` in tapwasm.toml, or `--state {place}`");
    let Some(path) = project.file_path().filter(|_| common.state.is_none()) else {
        ui.note(&format!("From now on, {}", by_hand()));
        return Ok(());
    };
    let shown = path.display();
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {shown}: {}", by_hand()))?;
    let text = with_state(&text, environment, place).with_context(|| format!("{shown}: {}", by_hand()))?;
    durable::write_unlocked(&path, text.as_bytes())
        .with_context(|| format!("cannot write {shown}; the state is moved all the same: {}", by_hand()))?;
    ui.status(&format!("{shown} says `state = \"{place}\"` now: commit it"));
    Ok(())
}

/// Sets the place of the state in the text of `tapwasm.toml`, of an environment or of all; the rest stays as it is written.
fn with_state(text: &str, environment: Option<&str>, place: &Location) -> anyhow::Result<String> {
    let mut document: toml_edit::DocumentMut = text.parse()?;
    let mut table = document.as_table_mut();
    if let Some(name) = environment {
        for key in ["environments", name] {
            let entry = table.entry(key).or_insert_with(toml_edit::table);
            table = entry.as_table_mut().ok_or_else(|| anyhow!("`{key}` is no table"))?;
        }
    }
    table["state"] = toml_edit::value(place.to_string());
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::with_state;

    #[test]
    fn the_rest_of_the_file_stays() {
        let place = "s3://b/p".parse().unwrap();
        let text = "# ours\nout = \"o\" # here\nstate = \"old\"\n\n[environments.prod]\nout = \"p\"\n";
        assert_eq!(
            with_state(text, None, &place).unwrap(),
            "# ours\nout = \"o\" # here\nstate = \"s3://b/p\"\n\n[environments.prod]\nout = \"p\"\n"
        );
        assert_eq!(with_state(text, Some("prod"), &place).unwrap(), format!("{text}state = \"s3://b/p\"\n"));
        assert_eq!(with_state("", None, &place).unwrap(), "state = \"s3://b/p\"\n");
    }
}
