//! Literals that are given to what a provider calls sensitive: each is masked where it stands.

use super::catalog::{Lookup, Schemas};
use super::index::Section;
use super::provider::{Attribute, Block, Key, NestedBlock, Nesting, Shape};
use super::providers::Providers;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::{self, ResourceGraph, SecretKey};
use crate::model::{self, Address, Body, Configuration, Declaration, Expression, ForResult, Kind, Name, implied_provider};
use std::collections::BTreeMap;
use std::sync::Arc;

const DYNAMIC: &str = "dynamic";

/// Masks the literal secrets of all declarations, and warns of each. What is emitted is not changed by it.
pub fn mask(graphs: &mut [ResourceGraph], schemas: &Schemas, key: Option<&SecretKey>) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for graph in graphs {
        let mut masking = Masking::of(graph, schemas, key);
        for position in 0..graph.nodes.len() {
            let node = &graph.nodes[position];
            if !masking.may_hide(node.kind, &node.labels, &node.meta) {
                continue;
            }
            let mut body = node.body.clone();
            let hidden = masking.body(node.kind, &node.labels, &node.meta, &node.address, &mut body);
            if hidden.is_empty() {
                continue;
            }
            hidden.iter().for_each(|hidden| diagnostics.push(hidden.warning(node)));
            let masked = Declaration { body, ..node.clone() };
            let declared = std::mem::replace(&mut graph.nodes[position], masked);
            graph.kept.keep(position, declared, hidden.iter().map(|hidden| &hidden.value));
        }
    }
    diagnostics
}

/// Masks what belongs to one stack.
pub struct Masking<'a> {
    providers: Providers<'a>,
    key: Option<&'a SecretKey>,
    stack: String,
    /// Whether anything in a type is sensitive: the last answer. Declarations of one type stand together.
    last: Option<(Arc<Block>, bool)>,
}

/// A value that was masked.
pub struct Hidden {
    /// Where it stands in the body.
    pub path: String,
    /// What it was.
    pub value: Expression,
    is_write_only: bool,
}

impl<'a> Masking<'a> {
    /// Takes the stack whose providers count.
    pub fn of(graph: &ResourceGraph, schemas: &'a Schemas, key: Option<&'a SecretKey>) -> Masking<'a> {
        Masking { providers: Providers::of(&graph.nodes, schemas), key, stack: graph.stack.clone(), last: None }
    }

    /// Masks the body of a declaration, and returns what was masked.
    pub fn body(&mut self, kind: Kind, labels: &[Name], meta: &Body, address: &Address, body: &mut Body) -> Vec<Hidden> {
        let mut walk = self.walk(address);
        if kind == Kind::Check {
            for data in body.blocks.iter_mut().filter(|block| &*block.name == "data") {
                let Some(type_name) = data.labels.first() else { continue };
                let found = self.providers.find(implied_provider(type_name), Section::Data, type_name);
                if let Ok(Lookup::Known(schema)) = found {
                    let step = format!("data.{}", data.labels.join("."));
                    walk.at(step, |walk| walk.body(&mut data.body, &schema));
                }
            }
        } else if let Some(schema) = self.sensitive_schema(kind, labels, meta) {
            walk.body(body, &schema);
        }
        walk.found
    }

    /// Tells whether anything in declarations of a type is sensitive, so that there may be something to mask.
    pub fn may_hide(&mut self, kind: Kind, labels: &[Name], meta: &Body) -> bool {
        kind == Kind::Check || self.sensitive_schema(kind, labels, meta).is_some()
    }

    /// Masks all of a configuration that was read back.
    pub fn configuration(&mut self, configuration: &mut Configuration) {
        for (address, block) in &mut configuration.blocks {
            if block.kind == Kind::Check {
                self.data_in_check(address, &mut block.content);
                continue;
            }
            let label: Name = match (&block.type_name, block.kind) {
                (Some(type_name), _) => type_name.clone(),
                (None, Kind::Provider) => address.as_str().split('.').nth(1).unwrap_or_default().into(),
                _ => continue,
            };
            let mut walk = self.walk(address);
            if let Some(schema) = self.sensitive_schema(block.kind, &[label], &Body::default()) {
                walk.object(&mut block.content, &schema);
            }
        }
    }

    /// Masks the data source of a check that was read back: an object by type and name.
    fn data_in_check(&mut self, address: &Address, content: &mut Expression) {
        let mut walk = self.walk(address);
        let Some(Expression::Object(types)) = member(content, "data") else { return };
        for (type_name, names) in types {
            let (Some(type_name), Expression::Object(names)) = (type_name.as_text(), names) else { continue };
            let found = self.providers.find(implied_provider(type_name), Section::Data, type_name);
            let Ok(Lookup::Known(schema)) = found else { continue };
            for (name, content) in names {
                let step = format!("data.{type_name}.{}", name.as_text().unwrap_or_default());
                walk.at(step, |walk| walk.object(content, &schema));
            }
        }
    }

    /// Returns the schema of a type in which anything is sensitive.
    fn sensitive_schema(&mut self, kind: Kind, labels: &[Name], meta: &Body) -> Option<Arc<Block>> {
        // What cannot be read is told by the check.
        let Ok(Some(Lookup::Known(schema))) = self.providers.lookup_of(kind, labels, meta) else { return None };
        if !self.last.as_ref().is_some_and(|(known, _)| Arc::ptr_eq(known, &schema)) {
            self.last = Some((Arc::clone(&schema), is_any_sensitive(&schema)));
        }
        self.last.as_ref().is_some_and(|(_, is_any)| *is_any).then_some(schema)
    }

    fn walk(&self, address: &Address) -> Walk<'a> {
        // No name holds a NUL that Terraform takes.
        let place = format!("{}\0{address}\0", self.stack);
        Walk { key: self.key, place, path: Vec::new(), found: Vec::new() }
    }
}

impl Hidden {
    fn warning(&self, node: &Declaration) -> Diagnostic {
        let state = if self.is_write_only { "" } else { ", and in Terraform's state" };
        let detail = format!(
            "The provider calls `{}` sensitive, and its value, or a part of it, is written out in the program. It is masked in all that is shown \
             and in what is stored, but stands readable in main.tf.json, where Terraform reads it{state}.",
            self.path
        );
        Diagnostic::warning("literal-secret", "Secret in literal form")
            .detail(detail)
            .help("Declare an input as a secret and refer to it here: Terraform takes its value when it runs, as `TF_VAR_…`.")
            .at(&node.place)
            .about(&node.address)
            .in_path(self.path.as_str())
    }
}

/// Goes through one body, along its schema.
struct Walk<'a> {
    key: Option<&'a SecretKey>,
    place: String,
    path: Vec<String>,
    found: Vec<Hidden>,
}

impl Walk<'_> {
    fn at(&mut self, step: String, inner: impl FnOnce(&mut Self)) {
        self.path.push(step);
        inner(self);
        self.path.pop();
    }

    fn item(&mut self, name: &str, (position, of): (usize, usize), inner: impl FnOnce(&mut Self)) {
        self.at(if of > 1 { format!("{name}[{position}]") } else { name.to_owned() }, inner);
    }

    /// Masks a value in which anything is literal.
    fn hide(&mut self, value: &mut Expression, is_write_only: bool) {
        if matches!(value, Expression::Masked(_)) {
            return;
        }
        let path = self.path.join(".");
        if let Some(mask) = graph::masked(value, self.key, &format!("{}{path}", self.place)) {
            let value = std::mem::replace(value, Expression::Masked(Box::new(mask)));
            self.found.push(Hidden { path, value, is_write_only });
        }
    }

    fn body(&mut self, body: &mut Body, schema: &Block) {
        for (name, value) in &mut body.arguments {
            self.argument(name, value, schema);
        }
        for blocks in body.blocks.chunk_by_mut(|a, b| a.name == b.name) {
            let (name, n) = (blocks[0].name.clone(), blocks.len());
            for (position, block) in blocks.iter_mut().enumerate() {
                if let Some(nested) = schema.blocks.get(name.as_ref()) {
                    self.item(&name, (position, n), |walk| walk.body(&mut block.body, &nested.block));
                } else if &*name == DYNAMIC {
                    self.dynamic(block, schema);
                } else if schema.attributes.get(name.as_ref()).is_some_and(|attribute| attribute.is_sensitive) {
                    self.item(&name, (position, n), |walk| walk.all(&mut block.body));
                }
            }
        }
    }

    /// What a `dynamic` block goes through becomes its content's: it is masked, too, where something sensitive there reads it.
    fn dynamic(&mut self, block: &mut model::Block, schema: &Block) {
        let Some(kind) = block.labels.first().cloned() else { return };
        let iterator = match block.body.argument("iterator") {
            Some(Expression::Symbol(text) | Expression::Text(text)) => text.to_string(),
            _ => kind.to_string(),
        };
        let mut is_read = false;
        for content in block.body.blocks.iter_mut().filter(|content| &*content.name == "content") {
            if let Some(nested) = schema.blocks.get(kind.as_ref()) {
                is_read |= reads_in_secret(&content.body, &nested.block, &iterator);
                self.at(kind.to_string(), |walk| walk.body(&mut content.body, &nested.block));
            } else if schema.attributes.get(kind.as_ref()).is_some_and(|attribute| attribute.is_sensitive) {
                is_read = true;
                self.at(kind.to_string(), |walk| walk.all(&mut content.body));
            }
        }
        for (_, items) in block.body.arguments.iter_mut().filter(|(name, _)| is_read && &**name == "for_each") {
            self.at(format!("{kind}.for_each"), |walk| walk.hide(items, false));
        }
    }

    fn all(&mut self, body: &mut Body) {
        for (name, value) in &mut body.arguments {
            self.at(name.to_string(), |walk| walk.hide(value, false));
        }
        body.blocks.iter_mut().for_each(|block| self.at(block.name.to_string(), |walk| walk.all(&mut block.body)));
    }

    fn argument(&mut self, name: &str, value: &mut Expression, schema: &Block) {
        if let Some(attribute) = schema.attributes.get(name) {
            self.at(name.to_owned(), |walk| walk.attribute(value, attribute));
        } else if let Some(nested) = schema.blocks.get(name).filter(|nested| is_any_sensitive(&nested.block)) {
            self.blocks(name, value, nested);
        } else if name == DYNAMIC
            && let Expression::Object(pairs) = value
        {
            pairs.iter_mut().for_each(|(kind, value)| self.dynamic_object(kind.as_text().unwrap_or_default(), value, schema));
        }
    }

    fn attribute(&mut self, value: &mut Expression, attribute: &Attribute) {
        match &attribute.shape {
            _ if attribute.is_sensitive => self.hide(value, attribute.is_write_only),
            Shape::Nested(nesting, attributes) if are_any_sensitive(attributes) => self.objects(value, *nesting, attributes),
            _ => {}
        }
    }

    /// Goes through the objects of an attribute that nests them. What is no literal object is masked whole, where anything in it is literal.
    fn objects(&mut self, value: &mut Expression, nesting: Nesting, attributes: &BTreeMap<Key, Attribute>) {
        match (value, nesting) {
            (Expression::List(items), Nesting::List | Nesting::Set) => {
                for (position, item) in items.iter_mut().enumerate() {
                    self.at(position.to_string(), |walk| walk.objects(item, Nesting::Single, attributes));
                }
            }
            (Expression::Object(pairs), Nesting::Map) => {
                for (key, value) in pairs {
                    let key = key.as_text().unwrap_or_default().to_owned();
                    self.at(key, |walk| walk.objects(value, Nesting::Single, attributes));
                }
            }
            (Expression::Object(pairs), _) => {
                for (key, value) in pairs {
                    match key.as_text() {
                        Some(name) => {
                            if let Some(attribute) = attributes.get(name) {
                                self.at(name.to_owned(), |walk| walk.attribute(value, attribute));
                            }
                        }
                        None => self.hide(value, false),
                    }
                }
            }
            (Expression::Conditional(parts), nesting) => {
                let [_, then, otherwise] = &mut **parts;
                self.at("then".to_owned(), |walk| walk.objects(then, nesting, attributes));
                self.at("else".to_owned(), |walk| walk.objects(otherwise, nesting, attributes));
            }
            // Its items may be literal: then they become the secrets.
            (Expression::For(parts), _) if graph::masked(&parts.collection, None, "").is_none() => {
                let (ForResult::List(value) | ForResult::Object { value, .. }) = &mut parts.result;
                self.objects(value, Nesting::Single, attributes);
            }
            (value, _) => self.hide(value, false),
        }
    }

    /// Goes through a value that stands for nested blocks, as Terraform's JSON allows it.
    fn blocks(&mut self, name: &str, value: &mut Expression, nested: &NestedBlock) {
        match value {
            Expression::List(items) => {
                let n = items.len();
                for (position, item) in items.iter_mut().enumerate() {
                    self.item(name, (position, n), |walk| walk.object(item, &nested.block));
                }
            }
            Expression::Object(pairs) if nested.nesting == Nesting::Map => {
                for (key, value) in pairs {
                    let key = format!("{name}.{}", key.as_text().unwrap_or_default());
                    self.at(key, |walk| walk.object(value, &nested.block));
                }
            }
            value => self.at(name.to_owned(), |walk| walk.object(value, &nested.block)),
        }
    }

    fn object(&mut self, value: &mut Expression, schema: &Block) {
        let Expression::Object(pairs) = value else { return self.hide(value, false) };
        for (key, value) in pairs {
            match key.as_text() {
                Some(name) => self.argument(name, value, schema),
                None => self.hide(value, false),
            }
        }
    }

    fn dynamic_object(&mut self, kind: &str, value: &mut Expression, schema: &Block) {
        match (value, schema.blocks.get(kind)) {
            (Expression::List(items), _) => items.iter_mut().for_each(|item| self.dynamic_object(kind, item, schema)),
            (Expression::Object(pairs), Some(nested)) if is_any_sensitive(&nested.block) => {
                for (key, value) in pairs {
                    match key.as_text() {
                        Some("content") => self.blocks(kind, value, nested),
                        Some("for_each") => self.at(format!("{kind}.for_each"), |walk| walk.hide(value, false)),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

fn member<'v>(value: &'v mut Expression, name: &str) -> Option<&'v mut Expression> {
    let Expression::Object(pairs) = value else { return None };
    pairs.iter_mut().find(|(key, _)| key.as_text() == Some(name)).map(|(_, value)| value)
}

/// Tells whether something sensitive in a body reads the iterator of a `dynamic` block.
fn reads_in_secret(body: &Body, schema: &Block, iterator: &str) -> bool {
    let is_argument = |(name, value): &(Name, Expression)| {
        let is_secret = |attribute: &Attribute| attribute.is_sensitive || attribute.has_sensitive();
        schema.attributes.get(name.as_ref()).is_some_and(is_secret) && reads(value, iterator)
    };
    let is_in_block = |block: &model::Block| {
        schema.blocks.get(block.name.as_ref()).is_some_and(|nested| reads_in_secret(&block.body, &nested.block, iterator))
    };
    body.arguments.iter().any(is_argument) || body.blocks.iter().any(is_in_block)
}

fn reads(value: &Expression, iterator: &str) -> bool {
    match value {
        Expression::Symbol(text) => text.split('.').next() == Some(iterator),
        Expression::Raw(parts) => parts.0.contains(iterator),
        other => {
            let mut found = false;
            other.each_child(&mut |child| found = found || reads(child, iterator));
            found
        }
    }
}

fn is_any_sensitive(schema: &Block) -> bool {
    let mut found = false;
    schema.each_attribute(&mut |_, attribute| found |= attribute.is_sensitive && attribute.is_settable());
    found
}

fn are_any_sensitive(attributes: &BTreeMap<Key, Attribute>) -> bool {
    attributes.values().any(|attribute| attribute.is_sensitive || attribute.has_sensitive())
}

impl Attribute {
    /// Tells whether an attribute of its objects is sensitive.
    fn has_sensitive(&self) -> bool {
        matches!(&self.shape, Shape::Nested(_, attributes) if are_any_sensitive(attributes))
    }
}
