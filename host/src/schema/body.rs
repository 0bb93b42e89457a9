//! The body of a declaration against its schema: names, types, how many blocks, what must and what cannot be set.

use super::provider::{Attribute, Block, Key, NestedBlock, Nesting, Shape};
use super::types::{Field, Type};
use super::typing::{Scope, Typing};
use crate::diagnostic::{Diagnostic, Diagnostics, closest};
use crate::model::{self, Body, Declaration, Expression, Name};
use std::collections::{BTreeMap, BTreeSet};

/// A key that Terraform's JSON takes for a comment.
const COMMENT: &str = "//";
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

/// What stands in a block, whichever way it was said: as a body, or as an object in the place of a block.
pub(super) struct Content<'a> {
    arguments: Vec<(&'a str, &'a Expression)>,
    blocks: &'a [model::Block],
}

impl<'a> Content<'a> {
    pub(super) fn of_body(body: &'a Body) -> Content<'a> {
        Content { arguments: body.arguments.iter().map(|(name, value)| (name.as_ref(), value)).collect(), blocks: &body.blocks }
    }

    /// The same without some arguments.
    pub(super) fn without(mut self, names: &[&str]) -> Content<'a> {
        self.arguments.retain(|(name, _)| !names.contains(name));
        self
    }

    /// Nothing where the keys are not literal: then the object is no block.
    fn of_object(pairs: &'a [(Expression, Expression)]) -> Option<Content<'a>> {
        let arguments: Option<Vec<_>> = pairs.iter().map(|(key, value)| Some((key.as_text()?, value))).collect();
        Some(Content { arguments: arguments?.into_iter().filter(|(name, _)| *name != COMMENT).collect(), blocks: &[] })
    }

    fn is_set(&self, name: &str) -> bool {
        let argument = self.arguments.iter().find(|(known, _)| *known == name);
        argument.is_some_and(|(_, value)| **value != Expression::Null) || self.blocks.iter().any(|block| &*block.name == name)
    }
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

    fn attribute(&mut self, name: &'a str, attribute: &Attribute, value: &'a Expression) {
        if *value == Expression::Null {
            return;
        }
        if !attribute.is_settable() {
            let detail = format!(
                "Can't configure a value for \"{name}\": its value will be decided automatically based on the result of applying this \
                 configuration."
            );
            return self.error(
                "computed-argument",
                "Value for unconfigurable attribute",
                detail,
                "Leave it out; it can be read.",
                name,
            );
        }
        if attribute.is_deprecated {
            self.deprecated("Argument is deprecated", name, attribute.description.as_deref());
        }
        if let Some(why) = self.typing.unfit(value, &attribute.of(), &mut self.scope) {
            let detail = format!("Inappropriate value for attribute \"{name}\": {why}.");
            let help = match &attribute.shape {
                Shape::Plain(of) => of.object().and_then(|fields| misspelt(value, of, fields)),
                Shape::Nested(..) => None,
            };
            return self.error("wrong-type", "Incorrect attribute value type", detail, help.unwrap_or_default(), name);
        }
        match &attribute.shape {
            Shape::Plain(of) => {
                if let Some(fields) = of.object() {
                    let known: Vec<&str> = fields.iter().map(|field| field.name.as_ref()).collect();
                    each_object(value, of, &mut |pairs| self.dropped(name, pairs, &known));
                }
            }
            Shape::Nested(nesting, attributes) => {
                let mut objects = Vec::new();
                objects_of(*nesting, value, &mut objects);
                let n = objects.len();
                for (position, pairs) in objects.into_iter().enumerate() {
                    self.enter(name, (position, n), |check| check.nested_attribute(pairs, attributes));
                }
            }
        }
    }

    /// Looks at an object of an attribute that has attributes of its own (protocol 6).
    fn nested_attribute(&mut self, pairs: &'a [(Expression, Expression)], attributes: &BTreeMap<Key, Attribute>) {
        let known: Vec<&str> = attributes.keys().map(AsRef::as_ref).collect();
        self.dropped("", pairs, &known);
        for (key, value) in pairs {
            if let Some((name, attribute)) = key.as_text().and_then(|key| Some((key, attributes.get(key)?))) {
                self.attribute(name, attribute, value);
            }
        }
        for (name, _) in attributes.iter().filter(|(_, attribute)| attribute.is_required) {
            let given = pairs.iter().find(|(key, _)| key.as_text() == Some(name.as_ref()));
            // That it is missing altogether is a matter of the type.
            if given.is_some_and(|(_, value)| *value == Expression::Null) {
                self.missing(name);
            }
        }
    }

    /// Terraform drops what an object type does not have, without a word.
    fn dropped(&mut self, name: &str, pairs: &[(Expression, Expression)], known: &[&str]) {
        for key in pairs.iter().filter_map(|(key, _)| key.as_text()).filter(|key| !known.contains(key)) {
            let detail = format!("The object has no attribute \"{key}\": Terraform drops it without a word.");
            let diagnostic =
                Diagnostic::warning("dropped-attribute", "Attribute is dropped").detail(detail).help(did_you_mean(key, known));
            self.report(diagnostic, name);
        }
    }

    /// Looks at an argument that stands where blocks are expected, as Terraform's JSON allows it; returns how many blocks it is.
    fn argument_as_blocks(&mut self, name: &'a str, nested: &NestedBlock, value: &'a Expression) -> Option<usize> {
        let mut objects: Vec<&'a [(Expression, Expression)]> = Vec::new();
        let is_blocks = match value {
            Expression::Null => true,
            Expression::Object(pairs) if nested.nesting == Nesting::Map => {
                pairs.iter().all(|(_, value)| take_objects(value, &mut objects))
            }
            value => take_objects(value, &mut objects),
        };
        let contents: Option<Vec<Content<'a>>> = objects.into_iter().map(Content::of_object).collect();
        match contents.filter(|_| is_blocks) {
            Some(contents) => {
                let n = contents.len();
                for (position, content) in contents.iter().enumerate() {
                    self.nested(name, (position, n), content, nested);
                }
                Some(n)
            }
            None => {
                let detail = format!(
                    "An argument named \"{name}\" is not expected here. Did you mean to define a block of type \"{name}\"?"
                );
                let help =
                    "A block is an object or a list of objects; blocks for the items of an expression are a `dynamic` block.";
                self.error("unsupported-argument", "Unsupported argument", detail, help, name);
                None
            }
        }
    }

    /// An attribute that looks like a block was made one where that fits, before the graph was built: this one does not.
    fn blocks_as_attribute(&mut self, name: &str, attribute: &Attribute) {
        let detail = format!("Blocks of type \"{name}\" are not expected here.");
        let help = format!("`{name}` is an argument, of the type {}.", attribute.of().friendly());
        self.error("unsupported-block", "Unsupported block type", detail, help, name);
    }

    fn nested(&mut self, name: &str, position: (usize, usize), content: &Content<'a>, nested: &NestedBlock) {
        if nested.block.is_deprecated {
            self.deprecated("Block is deprecated", name, nested.block.description.as_deref());
        }
        self.enter(name, position, |check| check.content(content, &nested.block));
    }

    /// Blocks that are told apart by a key have it as their label.
    fn labels(&mut self, name: &str, blocks: &[model::Block], nested: &NestedBlock) {
        let n_labels = usize::from(nested.nesting == Nesting::Map);
        if blocks.iter().any(|block| block.labels.len() != n_labels) {
            let wanted = if n_labels == 0 { "no label" } else { "one label, its key" };
            let detail = format!("A block of type \"{name}\" has {wanted}.");
            return self.error("invalid-labels", "Wrong number of labels", detail, "", name);
        }
        let mut keys = BTreeSet::new();
        if let Some(again) = blocks.iter().flat_map(|block| &block.labels).find(|label| !keys.insert(*label)) {
            let detail = format!("A block for map \"{again}\" was already defined. The map labels must be unique.");
            self.error("block-count", "Duplicate map block", detail, "", name);
        }
    }

    fn dynamic<'b>(&mut self, block: &'a model::Block, schema: &Block, counts: &mut BTreeMap<&'b str, Count>)
    where
        'a: 'b,
    {
        let Some(kind) = block.labels.first() else { return };
        let Some(nested) = schema.blocks.get(kind.as_ref()) else {
            let detail = format!("Blocks of type \"{kind}\" are not expected here.");
            let names: Vec<&str> = schema.blocks.keys().map(AsRef::as_ref).collect();
            let help = match schema.attributes.get(kind.as_ref()) {
                Some(_) => format!("`{kind}` is an argument: give it a `for` expression."),
                None => did_you_mean(kind, &names),
            };
            return self.error("unsupported-block", "Unsupported block type", detail, help, kind);
        };
        let items = block.body.argument("for_each").map(|items| self.typing.of(items, &mut self.scope));
        let n = match items {
            Some(Type::Tuple(items)) => Some(items.len()),
            Some(Type::Object(fields)) => Some(fields.len()),
            _ => None,
        };
        let count = counts.entry(kind.as_ref()).or_default();
        count.n += n.unwrap_or_default();
        count.is_dynamic |= n.is_none();
        // Terraform looks at no content that makes no block.
        if n == Some(0) {
            return;
        }
        if nested.nesting == Nesting::Map && block.body.argument("labels").is_none() {
            let detail = "The argument \"labels\" is required, but no definition was found.".to_owned();
            self.error("missing-argument", "Missing required argument", detail, "It gives each block its key.", kind);
        }
        let iterator = match block.body.argument("iterator") {
            Some(Expression::Symbol(text) | Expression::Text(text)) => text.as_ref(),
            _ => kind.as_ref(),
        };
        let outer = self.scope.variables.len();
        self.scope.variables.push(iterator);
        for content in block.body.blocks_named("content") {
            self.nested(kind, (0, 1), &Content::of_body(&content.body), nested);
        }
        self.scope.variables.truncate(outer);
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

    fn count(&mut self, name: &str, nested: &NestedBlock, count: Count) {
        let n = count.n as u64;
        let is_one = matches!(nested.nesting, Nesting::Single | Nesting::Group);
        if !count.is_sure {
            return;
        }
        if is_one && n > 1 {
            let detail = format!("Only one block of type \"{name}\" is allowed.");
            self.error("block-count", "Duplicate block", detail, "", name);
        } else if nested.max > 0 && n > nested.max {
            let detail = format!("No more than {} \"{name}\" blocks are allowed.", nested.max);
            self.error("block-count", "Too many blocks", detail, "", name);
        } else if n < nested.min && !count.is_dynamic {
            let detail = match is_one {
                true => format!("A block of type \"{name}\" is required here."),
                false => format!("At least {} \"{name}\" blocks are required.", nested.min),
            };
            self.error("block-count", "Insufficient blocks", detail, "", name);
        }
    }

    fn unexpected(&mut self, name: &str, schema: &Block, code: &'static str, summary: &'static str, detail: String) {
        let names: Vec<&str> = schema.attributes.keys().chain(schema.blocks.keys()).map(AsRef::as_ref).collect();
        self.error(code, summary, detail, did_you_mean(name, &names), name);
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

/// How many blocks of a type there are.
#[derive(Clone, Copy)]
struct Count {
    n: usize,
    /// There may be more.
    is_dynamic: bool,
    /// Not where something stands there that is no block.
    is_sure: bool,
}

impl Default for Count {
    fn default() -> Count {
        Count { n: 0, is_dynamic: false, is_sure: true }
    }
}

impl Count {
    fn add(&mut self, n: Option<usize>) {
        self.n += n.unwrap_or_default();
        self.is_sure &= n.is_some();
    }
}

/// Collects the objects of a value that stands for blocks; tells whether it is nothing else.
fn take_objects<'a>(value: &'a Expression, out: &mut Vec<&'a [(Expression, Expression)]>) -> bool {
    match value {
        Expression::Object(pairs) => out.push(pairs),
        Expression::List(items) => {
            for item in items {
                match item {
                    Expression::Object(pairs) => out.push(pairs),
                    // An empty block, to Terraform.
                    Expression::Null => out.push(&[]),
                    _ => return false,
                }
            }
        }
        _ => return false,
    }
    true
}

/// Collects the objects of an attribute that nests them.
fn objects_of<'a>(nesting: Nesting, value: &'a Expression, out: &mut Vec<&'a [(Expression, Expression)]>) {
    match (nesting, value) {
        (Nesting::Map, Expression::Object(pairs)) => pairs.iter().for_each(|(_, value)| objects_of(Nesting::Single, value, out)),
        (Nesting::List | Nesting::Set, Expression::List(items)) => {
            items.iter().for_each(|item| objects_of(Nesting::Single, item, out));
        }
        (Nesting::Single | Nesting::Group, Expression::Object(pairs)) => out.push(pairs),
        _ => {}
    }
}

/// Calls `visit` with each literal object of a value whose type is an object, or a list, set or map of objects.
fn each_object<'a>(value: &'a Expression, of: &Type, visit: &mut dyn FnMut(&'a [(Expression, Expression)])) {
    match (value, of) {
        (Expression::Object(pairs), Type::Object(_)) => visit(pairs),
        (Expression::Object(pairs), Type::Map(of)) => pairs.iter().for_each(|(_, value)| each_object(value, of, visit)),
        (Expression::List(items), Type::List(of) | Type::Set(of)) => items.iter().for_each(|item| each_object(item, of, visit)),
        _ => {}
    }
}

/// Returns what was probably meant by a name that an object type does not have.
fn misspelt(value: &Expression, of: &Type, fields: &[Field]) -> Option<String> {
    let known: Vec<&str> = fields.iter().map(|field| field.name.as_ref()).collect();
    let mut help = None;
    each_object(value, of, &mut |pairs| {
        let unknown = pairs.iter().filter_map(|(key, _)| key.as_text()).find(|key| !known.contains(key));
        if let Some(unknown) = unknown
            && help.is_none()
        {
            let meant = closest(unknown, known.iter().copied()).map(|meant| format!(": did you mean \"{meant}\"?"));
            help = Some(format!("There is no attribute \"{unknown}\"{}", meant.unwrap_or_else(|| ".".to_owned())));
        }
    });
    help
}

fn did_you_mean(name: &str, known: &[&str]) -> String {
    closest(name, known.iter().copied()).map(|meant| format!("Did you mean `{meant}`?")).unwrap_or_default()
}
