//! What a schema changes in declarations before the graph is built, so that Terraform reads what was meant: blocks in the place of attributes
//! become values, and objects of attributes get `null` for what they leave out (rules 10 and 11 of Terraform's JSON).

use super::catalog::{Lookup, Schemas};
use super::index::Section;
use super::provider::{Attribute, Block, Key, Nesting, Shape};
use super::providers::Providers;
use super::types::Type;
use crate::graph::VersionNeed;
use crate::model::{self, Body, Evaluation, Expression, Kind, Name, implied_provider};
use std::collections::BTreeMap;

/// The minor version of Terraform 1 that write-only arguments came with.
const WRITE_ONLY_SINCE: u64 = 11;

/// Brings declarations into the form that their schemas ask for, and returns which version of Terraform they need by it.
pub fn prepare(evaluation: &mut Evaluation, schemas: &Schemas) -> Vec<VersionNeed> {
    let mut needs = Vec::new();
    for stack in &mut evaluation.stacks {
        let providers = Providers::of(&stack.declarations, schemas);
        for node in &mut stack.declarations {
            if node.kind == Kind::Check {
                node.body.blocks.iter_mut().for_each(|block| prepare_own_data(block, &providers));
            }
            // What cannot be read is told when the graph is looked at.
            let Ok(Some(Lookup::Known(block))) = providers.lookup(node) else { continue };
            let mut prepared = Prepared { write_only: None };
            prepared.body(&mut node.body, &block);
            needs.extend(prepared.write_only.map(|name| VersionNeed {
                stack: stack.name.clone(),
                address: node.address.clone(),
                construct: format!("the write-only argument `{name}`"),
                minor: WRITE_ONLY_SINCE,
            }));
        }
    }
    needs
}

/// The data source in a check has its type's implied provider.
fn prepare_own_data(block: &mut model::Block, providers: &Providers<'_>) {
    let Some(kind) = block.labels.first().filter(|_| &*block.name == "data") else { return };
    if let Ok(Lookup::Known(schema)) = providers.find(implied_provider(kind), Section::Data, kind) {
        Prepared { write_only: None }.body(&mut block.body, &schema);
    }
}

struct Prepared {
    /// The first write-only argument that is set.
    write_only: Option<Name>,
}

impl Prepared {
    fn body(&mut self, body: &mut Body, schema: &Block) {
        blocks_to_values(body, &schema.attributes);
        for (name, value) in &mut body.arguments {
            self.argument(name, value, schema);
        }
        for block in &mut body.blocks {
            if let Some(nested) = schema.blocks.get(block.name.as_ref()) {
                self.body(&mut block.body, &nested.block);
            } else if &*block.name == "dynamic"
                && let Some(nested) = block.labels.first().and_then(|kind| schema.blocks.get(kind.as_ref()))
            {
                let contents = block.body.blocks.iter_mut().filter(|content| &*content.name == "content");
                contents.for_each(|content| self.body(&mut content.body, &nested.block));
            }
        }
    }

    fn argument(&mut self, name: &Name, value: &mut Expression, schema: &Block) {
        if let Some(attribute) = schema.attributes.get(name.as_ref()) {
            self.attribute(name, value, attribute);
        } else if let Some(nested) = schema.blocks.get(name.as_ref()) {
            self.objects_as_blocks(value, &nested.block, nested.nesting == Nesting::Map);
        }
    }

    fn objects_as_blocks(&mut self, value: &mut Expression, schema: &Block, is_map: bool) {
        match value {
            Expression::Object(pairs) if is_map => {
                pairs.iter_mut().for_each(|(_, value)| self.objects_as_blocks(value, schema, false));
            }
            Expression::Object(pairs) => {
                for (key, value) in pairs {
                    if let Some(name) = key.as_text().map(Name::from) {
                        self.argument(&name, value, schema);
                    }
                }
            }
            Expression::List(items) => items.iter_mut().for_each(|item| self.objects_as_blocks(item, schema, false)),
            _ => {}
        }
    }

    fn attribute(&mut self, name: &Name, value: &mut Expression, attribute: &Attribute) {
        if attribute.is_write_only && *value != Expression::Null {
            self.write_only.get_or_insert_with(|| name.clone());
        }
        match &attribute.shape {
            Shape::Plain(of) => complete(value, of),
            Shape::Nested(nesting, attributes) => self.nested(value, *nesting, attributes),
        }
    }

    fn nested(&mut self, value: &mut Expression, nesting: Nesting, attributes: &BTreeMap<Key, Attribute>) {
        match (nesting, value) {
            (Nesting::Single | Nesting::Group, Expression::Object(pairs)) => {
                for (key, value) in pairs {
                    let known = key.as_text().and_then(|key| Some((Name::from(key), attributes.get(key)?)));
                    if let Some((name, attribute)) = known {
                        self.attribute(&name, value, attribute);
                    }
                }
            }
            (Nesting::Map, Expression::Object(pairs)) => {
                pairs.iter_mut().for_each(|(_, value)| self.nested(value, Nesting::Single, attributes));
            }
            (Nesting::List | Nesting::Set, Expression::List(items)) => {
                items.iter_mut().for_each(|item| self.nested(item, Nesting::Single, attributes));
            }
            _ => {}
        }
    }
}

/// Adds `null` for what literal objects leave out. An object with a name that its type does not have is left as it is: a misspelt name must not
/// become a `null`.
fn complete(value: &mut Expression, of: &Type) {
    match (value, of) {
        (Expression::List(items), Type::List(of) | Type::Set(of)) => items.iter_mut().for_each(|item| complete(item, of)),
        (Expression::Object(pairs), Type::Map(of)) => pairs.iter_mut().for_each(|(_, value)| complete(value, of)),
        (Expression::Object(pairs), Type::Object(fields)) => {
            let is_known = |key: &Expression| key.as_text().is_some_and(|key| fields.iter().any(|field| &*field.name == key));
            if !pairs.iter().all(|(key, _)| is_known(key)) {
                return;
            }
            for field in fields {
                match pairs.iter_mut().find(|(key, _)| key.as_text() == Some(&*field.name)) {
                    Some((_, value)) => complete(value, &field.of),
                    None => pairs.push((Expression::text(field.name.clone()), Expression::Null)),
                }
            }
        }
        _ => {}
    }
}

/// Makes values of blocks that stand where the schema has attributes of objects, where each can be one.
fn blocks_to_values(body: &mut Body, attributes: &BTreeMap<Key, Attribute>) {
    let is_attribute = |block: &model::Block| attributes.get(block.name.as_ref());
    if !body.blocks.iter().any(|block| is_attribute(block).is_some()) {
        return;
    }
    let blocks = std::mem::take(&mut body.blocks);
    for group in blocks.chunk_by(|a, b| a.name == b.name) {
        let name = &group[0].name;
        let value = match is_attribute(&group[0]) {
            Some(attribute) if body.argument(name).is_none() => value_of(group, &attribute.of()),
            _ => None,
        };
        match value {
            Some(value) => body.arguments.push((name.clone(), value)),
            None => body.blocks.extend_from_slice(group),
        }
        body.arguments.sort_by(|a, b| a.0.cmp(&b.0));
    }
}

/// Returns blocks of one name as a value of a type; nothing where they cannot be one.
fn value_of(blocks: &[model::Block], of: &Type) -> Option<Expression> {
    let plain = blocks.iter().all(|block| block.labels.is_empty());
    match (of, blocks) {
        (Type::List(of) | Type::Set(of), _) if plain => {
            Some(Expression::List(blocks.iter().map(|block| object(&block.body, of)).collect::<Option<_>>()?))
        }
        (Type::Object(_) | Type::Dynamic, [block]) if plain => object(&block.body, of),
        (Type::Dynamic, _) if plain => {
            Some(Expression::List(blocks.iter().map(|block| object(&block.body, of)).collect::<Option<_>>()?))
        }
        (Type::Map(of), _) => {
            let pair = |block: &model::Block| match &block.labels[..] {
                [label] => Some((Expression::text(label.as_ref()), object(&block.body, of)?)),
                _ => None,
            };
            Some(Expression::Object(blocks.iter().map(pair).collect::<Option<_>>()?))
        }
        _ => None,
    }
}

fn object(body: &Body, of: &Type) -> Option<Expression> {
    let inner = |name: &Name| match of {
        Type::Object(fields) => fields.iter().find(|field| *field.name == **name).map(|field| &field.of),
        Type::Map(of) => Some(&**of),
        _ => Some(of),
    };
    if !matches!(of, Type::Object(_) | Type::Map(_) | Type::Dynamic) {
        return None;
    }
    let mut pairs: Vec<(Expression, Expression)> =
        body.arguments.iter().map(|(name, value)| (Expression::text(name.as_ref()), value.clone())).collect();
    for group in body.blocks.chunk_by(|a, b| a.name == b.name) {
        let name = &group[0].name;
        pairs.push((Expression::text(name.as_ref()), value_of(group, inner(name)?)?));
    }
    Some(Expression::Object(pairs))
}
