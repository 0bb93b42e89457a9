//! Nested blocks against their schema: as blocks, as values in the place of blocks, `dynamic`; and how many there are.

use super::objects::take_objects;
use super::{BodyCheck, Content, did_you_mean};
use crate::model::{self, Expression};
use crate::schema::provider::{Attribute, Block, NestedBlock, Nesting, Shape};
use crate::schema::types::{Field, Type};
use std::collections::{BTreeMap, BTreeSet};

/// How many blocks of a type there are.
#[derive(Clone, Copy)]
pub(super) struct Count {
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
    pub(super) fn add(&mut self, n: Option<usize>) {
        self.n += n.unwrap_or_default();
        self.is_sure &= n.is_some();
    }
}

/// Returns the attributes of the objects, where an attribute is a list or a set of objects that a configuration may write like blocks.
fn looks_like_blocks(attribute: &Attribute) -> Option<Vec<Field>> {
    match &attribute.shape {
        Shape::Plain(Type::List(of) | Type::Set(of)) if attribute.is_settable() => match &**of {
            Type::Object(fields) => Some(fields.clone()),
            _ => None,
        },
        _ => None,
    }
}

impl<'a> BodyCheck<'a, '_> {
    /// Looks at an argument that stands where blocks are expected, as Terraform's JSON allows it; returns how many blocks it is.
    pub(super) fn argument_as_blocks(&mut self, name: &'a str, nested: &NestedBlock, value: &'a Expression) -> Option<usize> {
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
    pub(super) fn blocks_as_attribute(&mut self, name: &str, attribute: &Attribute) {
        let detail = format!("Blocks of type \"{name}\" are not expected here.");
        let help = format!("`{name}` is an argument, of the type {}.", attribute.of().friendly());
        self.error("unsupported-block", "Unsupported block type", detail, help, name);
    }

    pub(super) fn nested(&mut self, name: &str, position: (usize, usize), content: &Content<'a>, nested: &NestedBlock) {
        if nested.block.is_deprecated {
            self.deprecated("Block is deprecated", name, nested.block.description.as_deref());
        }
        self.enter(name, position, |check| check.content(content, &nested.block));
    }

    /// Blocks that are told apart by a key have it as their label.
    pub(super) fn labels(&mut self, name: &str, blocks: &[model::Block], nested: &NestedBlock) {
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

    pub(super) fn dynamic<'b>(&mut self, block: &'a model::Block, schema: &Block, counts: &mut BTreeMap<&'b str, Count>)
    where
        'a: 'b,
    {
        let Some(kind) = block.labels.first() else { return };
        if let Some(fields) = schema.attributes.get(kind.as_ref()).and_then(looks_like_blocks) {
            return self.dynamic_attribute(block, kind, &fields);
        }
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
        self.contents(block, kind, |check, content| check.nested(kind, (0, 1), content, nested));
    }

    /// Terraform makes values of the blocks of a `dynamic` block, where the schema has an attribute that looks like blocks: what each leaves out
    /// is `null`.
    fn dynamic_attribute(&mut self, block: &'a model::Block, kind: &'a str, fields: &[Field]) {
        let attributes = fields.iter().map(|field| (field.name.clone(), Attribute::optional(field.of.clone()))).collect();
        let schema = Block { attributes, ..Block::default() };
        self.contents(block, kind, |check, content| check.enter(kind, (0, 1), |check| check.content(content, &schema)));
    }

    /// Looks at the content of a `dynamic` block, where its iterator has a meaning.
    fn contents(&mut self, block: &'a model::Block, kind: &'a str, mut look: impl FnMut(&mut Self, &Content<'a>)) {
        let iterator = match block.body.argument("iterator") {
            Some(Expression::Symbol(text) | Expression::Text(text)) => text.as_ref(),
            _ => kind,
        };
        let outer = self.scope.variables.len();
        self.scope.variables.push(iterator);
        for content in block.body.blocks_named("content") {
            look(self, &Content::of_body(&content.body));
        }
        self.scope.variables.truncate(outer);
    }

    pub(super) fn count(&mut self, name: &str, nested: &NestedBlock, count: Count) {
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
}
