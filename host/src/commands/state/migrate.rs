//! `tapwasm state migrate`

use super::{CommonArgs, waiting};
use crate::commands::{Done, Failure};
use crate::durable;
use crate::project::Project;
use crate::state::{Location, Store};
use crate::ui::Ui;
use anyhow::{Context, anyhow};

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
    let comes_back = match to.moved_to()? {
        Some(elsewhere) if elsewhere == origin.to_string() => true,
        Some(elsewhere) => {
            return Err(Failure::Error(anyhow!(
                "{place} was moved to {elsewhere} before; choose another place; nothing was changed"
            )));
        }
        None => false,
    };
    if from.moved_to()?.is_some_and(|there| there == place.to_string()) {
        return complete(ui, &from, &to, place, common);
    }
    let names = from.stacks()?;
    if names.is_empty() {
        return Err(Failure::Error(anyhow!("nothing is stored in {}; nothing was changed", from.location())));
    }
    // Until all is switched nobody writes here; in the new place nobody writes yet.
    let mut locks = Vec::with_capacity(names.len());
    for name in &names {
        locks.push(from.lock(name, "tapwasm state migrate", &mut waiting(ui))?);
    }
    for name in &names {
        // First: what cannot be read is told before anything is copied.
        let source = from.header(name)?;
        let n_copied = from.copy(name, &to)?;
        let copy = to.header(name)?;
        let found = to.verify(name)?;
        found.faults.iter().for_each(|fault| ui.error(&fault.to_string()));
        if source != copy || !found.faults.is_empty() || found.n_read < n_copied {
            return Err(Failure::Error(anyhow!(
                "what was copied of `{name}` to {place} is not what is in {}; nothing was switched",
                from.location()
            )));
        }
        ui.status(&format!("{name}: {n_copied} serials are in {place}, as they were written"));
    }
    if comes_back {
        to.come_back()?;
    }
    leave(ui, &from, place, common)
}

/// Goes on where a migration ended after it had left its note, and before it switched.
fn complete(ui: &Ui, from: &Store, to: &Store, place: &Location, common: &CommonArgs) -> Result<Done, Failure> {
    let names = to.stacks()?;
    if names.is_empty() {
        return Err(Failure::Error(anyhow!(
            "{} was moved to {place}, but nothing is stored there: restore it; nothing was changed",
            from.location(),
        )));
    }
    ui.status(&format!("{} is in {place} already", names.join(", ")));
    leave(ui, from, place, common)
}

/// Leaves a note that all is copied, and switches.
fn leave(ui: &Ui, from: &Store, place: &Location, common: &CommonArgs) -> Result<Done, Failure> {
    from.leave_to(place)?;
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
