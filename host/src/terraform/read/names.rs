//! Variables that an expression or a `dynamic` block brings along: what they are called means nothing.

use crate::model::Name;

/// The variables in sight, each with the name that all of its place get.
#[derive(Default)]
pub(super) struct Names {
    known: Vec<(String, Name)>,
    /// How many stood before each level.
    levels: Vec<usize>,
}

impl Names {
    /// Returns the name that a root of an expression gets: its own, unless it is a variable.
    pub(super) fn meaning(&self, root: &str) -> Name {
        let variable = self.known.iter().rev().find(|(name, _)| name == root);
        variable.map_or_else(|| root.into(), |(_, meaning)| meaning.clone())
    }

    /// Enters a `for`; returns the names of its variables.
    pub(super) fn enter_for(&mut self, key: Option<&str>, value: &str) -> (Option<Name>, Name) {
        let key = key.map(|key| (key.to_owned(), self.numbered("key")));
        let value = (value.to_owned(), self.numbered("value"));
        let meanings = (key.as_ref().map(|(_, meaning)| meaning.clone()), value.1.clone());
        self.levels.push(self.known.len());
        self.known.extend(key);
        self.known.push(value);
        meanings
    }

    /// Enters the content of a `dynamic` block.
    pub(super) fn enter_dynamic(&mut self, iterator: &str) {
        let meaning = self.numbered("item");
        self.levels.push(self.known.len());
        self.known.push((iterator.to_owned(), meaning));
    }

    /// Leaves what was entered last.
    pub(super) fn leave(&mut self) {
        let before = self.levels.pop().unwrap_or_default();
        self.known.truncate(before);
    }

    fn numbered(&self, name: &str) -> Name {
        match self.levels.len() {
            0 => name.into(),
            level => format!("{name}_{}", level + 1).into(),
        }
    }
}
