//! What a program protects, Terraform protects too: `prevent_destroy`, so that a plan which replaces it fails as well.

use crate::model::{Block, Body, Declaration, Expression, Kind};

const ARGUMENT: &str = "prevent_destroy";

/// Adds `prevent_destroy` to each protected resource; what the program says of it itself stands.
pub(super) fn emit(nodes: &mut [Declaration]) {
    for node in nodes.iter_mut().filter(|node| node.protect && node.kind == Kind::Resource) {
        let position = node.meta.blocks.iter().position(|block| &*block.name == "lifecycle").unwrap_or_else(|| {
            node.meta.blocks.push(Block { name: "lifecycle".into(), labels: Vec::new(), body: Body::default() });
            node.meta.blocks.len() - 1
        });
        let lifecycle = &mut node.meta.blocks[position].body;
        if lifecycle.argument(ARGUMENT).is_none() {
            lifecycle.arguments.push((ARGUMENT.into(), Expression::Bool(true)));
            lifecycle.sort();
        }
        node.meta.sort();
    }
}
