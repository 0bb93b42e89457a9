//! The sets of the types that a stack declares.

use super::catalog::{Lookup, Schemas};
use super::provider::{Attribute, Block, Nesting, Shape};
use super::providers::Providers;
use super::types::Type;
use crate::graph::{ResourceGraph, SetPaths};
use std::collections::BTreeMap;

/// Notes in the graphs where the order of items means nothing, as far as schemas tell.
pub fn note_sets(graphs: &mut [ResourceGraph], schemas: &Schemas) {
    for graph in graphs {
        let providers = Providers::of(&graph.nodes, schemas);
        for node in &graph.nodes {
            let Some(kind) = node.labels.first() else { continue };
            if graph.sets.of(node.kind, kind).is_some() {
                continue;
            }
            // What cannot be read is told by the check.
            let Ok(Some(Lookup::Known(block))) = providers.lookup(node) else { continue };
            let mut walk = Walk { path: Vec::new(), found: SetPaths::default() };
            walk.block(&block);
            graph.sets.add(node.kind, kind.clone(), walk.found);
        }
    }
}

struct Walk<'a> {
    path: Vec<&'a str>,
    found: SetPaths,
}

impl<'a> Walk<'a> {
    fn block(&mut self, block: &'a Block) {
        self.attributes(&block.attributes);
        for (name, nested) in &block.blocks {
            self.at(name, nested.nesting == Nesting::Set, |walk| walk.block(&nested.block));
        }
    }

    fn attributes(&mut self, attributes: &'a BTreeMap<Box<str>, Attribute>) {
        for (name, attribute) in attributes.iter().filter(|(_, attribute)| attribute.is_settable()) {
            match &attribute.shape {
                Shape::Plain(of) => self.at(name, matches!(of, Type::Set(_)), |walk| walk.within(of)),
                Shape::Nested(Nesting::Map, _) => {}
                Shape::Nested(nesting, nested) => self.at(name, *nesting == Nesting::Set, |walk| walk.attributes(nested)),
            }
        }
    }

    /// Looks into the items of lists and sets. Those of maps have keys, which no schema tells.
    fn within(&mut self, of: &'a Type) {
        match of {
            Type::List(of) | Type::Set(of) => self.within(of),
            Type::Object(fields) => {
                for field in fields {
                    self.at(&field.name, matches!(field.of, Type::Set(_)), |walk| walk.within(&field.of));
                }
            }
            _ => {}
        }
    }

    fn at(&mut self, name: &'a str, is_set: bool, inner: impl FnOnce(&mut Self)) {
        self.path.push(name);
        if is_set {
            self.found.add(&self.path);
        }
        inner(self);
        self.path.pop();
    }
}
