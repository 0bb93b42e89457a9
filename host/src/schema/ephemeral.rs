//! Ephemeral values in arguments that Terraform would have to store: of a provider's resources only write-only ones take them.

use super::provider::{Attribute, Block, Key, Shape};
use super::typing::Typing;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::EphemeralMarks;
use crate::model::{Body, Declaration, Expression, Kind};
use std::collections::BTreeMap;

/// Reports each, with its path. What the graph tells without a schema is not told again.
pub(super) fn refuse(typing: &Typing<'_>, diagnostics: &mut Diagnostics) {
    let Some(marks) = EphemeralMarks::of(typing.graph) else { return };
    let resources = typing.graph.nodes.iter().filter(|node| node.kind == Kind::Resource && &*node.labels[0] != "terraform_data");
    for node in resources {
        if let Some(block) = typing.block(node) {
            Check { marks: &marks, node, path: Vec::new(), diagnostics }.body(&node.body, &block);
        }
    }
}

struct Check<'a, 'd> {
    marks: &'d EphemeralMarks<'a>,
    node: &'a Declaration,
    path: Vec<&'a str>,
    diagnostics: &'d mut Diagnostics,
}

impl<'a> Check<'a, '_> {
    fn body(&mut self, body: &'a Body, schema: &Block) {
        for (name, value) in &body.arguments {
            self.argument(name, value, &schema.attributes);
        }
        for block in &body.blocks {
            if let Some(nested) = schema.blocks.get(block.name.as_ref()) {
                self.path.push(&block.name);
                self.body(&block.body, &nested.block);
                self.path.pop();
            }
        }
    }

    fn argument(&mut self, name: &'a str, value: &'a Expression, attributes: &BTreeMap<Key, Attribute>) {
        let Some(attribute) = attributes.get(name).filter(|attribute| !attribute.is_write_only) else { return };
        if let (Shape::Nested(_, inner), Expression::Object(pairs)) = (&attribute.shape, value) {
            self.path.push(name);
            let known = pairs.iter().filter_map(|(key, value)| Some((key.as_text()?, value)));
            known.for_each(|(name, value)| self.argument(name, value, inner));
            self.path.pop();
        } else if self.marks.is_ephemeral(value) {
            let path = self.path.iter().copied().chain([name]).collect::<Vec<_>>().join(".");
            self.diagnostics.push(
                Diagnostic::error("ephemeral-value", "Invalid use of ephemeral value")
                    .detail(format!(
                        "Ephemeral values are not valid for \"{name}\", because it is not a write-only attribute and must be persisted to state."
                    ))
                    .help("Use a value that is not ephemeral, or the write-only argument of the same purpose where the provider has one.")
                    .at(&self.node.place)
                    .about(&self.node.address)
                    .in_path(path),
            );
        }
    }
}
