//! The body of a declaration against its schema: names, types, how many blocks, what must and what cannot be set.

mod attribute;
mod blocks;
mod content;
mod objects;

pub(super) use content::Content;

use super::provider::Block;
use super::typing::{Scope, Typing};
use crate::diagnostic::{Diagnostic, Diagnostics, closest};
use crate::model::{Declaration, Name};
use blocks::Count;
use std::collections::BTreeMap;

const DYNAMIC: &str = "dynamic";

/// Looks at a declaration's body; what it finds is told with the path in it.
pub(super) struct BodyCheck<'a, 'd> {
    pub(super) typing: &'d Typing<'a>,
    pub(super) node: &'a Declaration,
    pub(super) scope: Scope<'a>,
    /// The blocks around what is looked at.
    pub(super) path: Vec<String>,
    pub(super) diagnostics: &'d mut Diagnostics,
}

impl<'a> BodyCheck<'a, '_> {
    /// Looks at what stands in a block.
    pub(super) fn content(&mut self, content: &Content<'a>, schema: &Block) {
        let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
        for (name, value) in &content.arguments {
            if let Some(attribute) = schema.attributes.get(*name) {
                self.attribute(name, attribute, value);
            } else if let Some(nested) = schema.blocks.get(*name) {
                let n = self.argument_as_blocks(name, nested, value);
                counts.entry(name).or_default().add(n);
            } else if *name != DYNAMIC {
                self.unexpected(
                    name,
                    schema,
                    "unsupported-argument",
                    "Unsupported argument",
                    format!("An argument named \"{name}\" is not expected here."),
                );
            }
        }
        for blocks in content.blocks.chunk_by(|a, b| a.name == b.name) {
            let name: &'a Name = &blocks[0].name;
            if let Some(nested) = schema.blocks.get(name.as_ref()) {
                counts.entry(name).or_default().add(Some(blocks.len()));
                self.labels(name, blocks, nested);
                for (position, block) in blocks.iter().enumerate() {
                    self.nested(name, (position, blocks.len()), &Content::of_body(&block.body), nested);
                }
            } else if &**name == DYNAMIC {
                blocks.iter().for_each(|block| self.dynamic(block, schema, &mut counts));
            } else if let Some(attribute) = schema.attributes.get(name.as_ref()) {
                self.blocks_as_attribute(name, attribute);
            } else {
                self.unexpected(
                    name,
                    schema,
                    "unsupported-block",
                    "Unsupported block type",
                    format!("Blocks of type \"{name}\" are not expected here."),
                );
            }
        }
        self.required(content, schema);
        for (name, nested) in &schema.blocks {
            self.count(name, nested, counts.get(name.as_ref()).copied().unwrap_or_default());
        }
    }

    fn required(&mut self, content: &Content<'a>, schema: &Block) {
        let required = schema.attributes.iter().filter(|(_, attribute)| attribute.is_required);
        for (name, _) in required.filter(|(name, _)| !content.is_set(name)) {
            self.missing(name);
        }
    }

    fn missing(&mut self, name: &str) {
        let detail = format!("The argument \"{name}\" is required, but no definition was found.");
        self.error("missing-argument", "Missing required argument", detail, "", name);
    }

    fn unexpected(&mut self, name: &str, schema: &Block, code: &'static str, summary: &'static str, detail: String) {
        let names: Vec<&str> = schema.attributes.keys().chain(schema.blocks.keys()).map(AsRef::as_ref).collect();
        let mut help = did_you_mean(name, &names);
        if help.is_empty() {
            help.push_str(
                "If a newer version of the provider has it, make its bindings anew, or give its schema with `--schema`.",
            );
        }
        self.error(code, summary, detail, help, name);
    }

    fn enter(&mut self, name: &str, (position, of): (usize, usize), inner: impl FnOnce(&mut Self)) {
        self.path.push(if of > 1 { format!("{name}[{position}]") } else { name.to_owned() });
        inner(self);
        self.path.pop();
    }

    fn deprecated(&mut self, summary: &'static str, name: &str, description: Option<&str>) {
        let detail = match description {
            Some(description) => format!("The provider advises against \"{name}\": {description}"),
            None => format!("The provider advises against \"{name}\"; its documentation says what to use instead."),
        };
        self.report(Diagnostic::warning("deprecated", summary).detail(detail), name);
    }

    fn error(&mut self, code: &'static str, summary: &'static str, detail: String, help: impl Into<String>, name: &str) {
        self.report(Diagnostic::error(code, summary).detail(detail).help(help), name);
    }

    fn report(&mut self, diagnostic: Diagnostic, name: &str) {
        let names = self.path.iter().map(String::as_str).chain([name]).filter(|name| !name.is_empty());
        let path = names.collect::<Vec<_>>().join(".");
        self.diagnostics.push(diagnostic.at(&self.node.place).about(&self.node.address).in_path(path));
    }
}

fn did_you_mean(name: &str, known: &[&str]) -> String {
    closest(name, known.iter().copied()).map(|meant| format!("Did you mean `{meant}`?")).unwrap_or_default()
}
