//! Where the order of items means nothing.

use crate::model::{Kind, Name};
use std::collections::{BTreeMap, BTreeSet};

/// The sets in declarations, as far as a provider's schema tells: lists there, and nested blocks, may be said in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sets(BTreeMap<(Kind, Name), SetPaths>);

/// The paths of the sets in one type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetPaths(BTreeSet<String>);

impl Sets {
    /// Returns the sets of a type; nothing of one that was not looked at.
    pub fn of(&self, kind: Kind, type_name: &Name) -> Option<&SetPaths> {
        self.0.get(&(kind, type_name.clone()))
    }

    /// Adds a type.
    pub fn add(&mut self, kind: Kind, type_name: Name, paths: SetPaths) {
        self.0.insert((kind, type_name), paths);
    }
}

impl SetPaths {
    /// Tells whether a set is at a path: names of arguments, blocks and attributes, from the outside in.
    pub fn has<'a>(&self, path: impl Iterator<Item = &'a str>) -> bool {
        !self.0.is_empty() && self.0.contains(&path.collect::<Vec<_>>().join("."))
    }

    /// Adds the set at a path.
    pub fn add(&mut self, path: &[&str]) {
        self.0.insert(path.join("."));
    }
}
