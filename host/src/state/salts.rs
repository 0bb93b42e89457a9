//! The salts of masked secrets: those that are stored stay, so that what is the same is stored as it was.

use super::snapshot::Snapshot;
use crate::graph::{ResourceGraph, keep_salt};
use crate::model::{Body, Expression};

impl Snapshot {
    /// Gives the masked secrets of a graph the salts that are stored at their places.
    pub fn lend_salts(&self, graph: &mut ResourceGraph) {
        let positions: Vec<usize> = graph.kept.positions().collect();
        for position in positions {
            let node = &mut graph.nodes[position];
            if let Some(entry) = self.entry(node.address.as_str()) {
                lend_to_body(&entry.body, &mut node.body);
            }
        }
    }
}

fn lend_to_body(stored: &Body, body: &mut Body) {
    for (name, value) in &mut body.arguments {
        if let Some(stored) = stored.argument(name) {
            lend(stored, value);
        }
    }
    for blocks in body.blocks.chunk_by_mut(|a, b| a.name == b.name) {
        let name = blocks[0].name.clone();
        let stored = stored.blocks_named(&name);
        stored.zip(blocks).for_each(|(stored, block)| lend_to_body(&stored.body, &mut block.body));
    }
}

fn lend(stored: &Expression, value: &mut Expression) {
    if let (Expression::Masked(stored), Expression::Masked(mask)) = (stored, &mut *value) {
        return keep_salt(mask, stored);
    }
    let mut children = Vec::new();
    stored.each_child(&mut |child| children.push(child));
    let mut children = children.into_iter();
    value.each_child_mut(&mut |child| {
        if let Some(stored) = children.next() {
            lend(stored, child);
        }
    });
}
