//! Changes of a body that fits its schema: most are faults, some are none, and both sides must tell which.

use super::bodies;
use super::dice::Dice;
use super::expressions::{expression, hcl, literal};
use tapwasm::model::{Body, Expression, Name};
use tapwasm::schema::{Attribute, Block, Shape, Type};

/// Changes a body, and says what was changed; nothing where it has no place for such a change.
pub(super) type Change = fn(&Block, &mut Body, &mut Dice) -> Option<String>;

/// Every kind of change, by name.
pub(super) const CHANGES: [(&str, Change); 18] = [
    ("argument renamed", renamed),
    ("argument dropped", dropped),
    ("argument retyped", retyped),
    ("argument of another literal", of_another_literal),
    ("argument nulled", nulled),
    ("computed attribute set", computed_set),
    ("argument as a block", argument_as_block),
    ("block removed", block_removed),
    ("block repeated", block_repeated),
    ("block misspelt", block_misspelt),
    ("block as an argument", block_as_argument),
    ("block as objects", block_as_objects),
    ("block as a dynamic one", block_as_dynamic),
    ("argument misspelt in a block", misspelt_in_block),
    ("argument misspelt in a dynamic block", misspelt_in_dynamic),
    ("item retyped", item_retyped),
    ("attribute of an object dropped", object_attribute_dropped),
    ("attribute of an object retyped", object_attribute_retyped),
];

/// Returns a block at a random depth, with its schema.
fn pick<'s, 'b>(schema: &'s Block, body: &'b mut Body, dice: &mut Dice) -> (&'s Block, &'b mut Body) {
    if body.blocks.is_empty() || dice.one_in(2) {
        return (schema, body);
    }
    pick_block(schema, body, dice)
}

/// Returns one of the blocks in a body, or a block deeper in it; the body has blocks, and its schema has them.
fn pick_block<'s, 'b>(schema: &'s Block, body: &'b mut Body, dice: &mut Dice) -> (&'s Block, &'b mut Body) {
    let position = dice.below(body.blocks.len());
    let block = &mut body.blocks[position];
    pick(&schema.blocks[&*block.name].block, &mut block.body, dice)
}

/// Returns an argument at a random depth, with its schema.
pub(super) fn pick_argument<'s, 'b>(
    schema: &'s Block,
    body: &'b mut Body,
    dice: &mut Dice,
    is_fit: impl Fn(&Attribute) -> bool,
) -> Option<(&'s Attribute, &'b mut (Name, Expression))> {
    let (schema, body) = pick(schema, body, dice);
    let positions: Vec<usize> =
        (0..body.arguments.len()).filter(|position| is_fit(&schema.attributes[&*body.arguments[*position].0])).collect();
    let argument = &mut body.arguments[*dice.of(&positions)?];
    Some((&schema.attributes[&*argument.0], argument))
}

fn renamed(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let (_, body) = pick(schema, body, dice);
    rename_one(body, dice)
}

fn rename_one(body: &mut Body, dice: &mut Dice) -> Option<String> {
    let n = body.arguments.len();
    let (name, _) = &mut body.arguments.get_mut(dice.below(n.max(1)))?;
    *name = Name::from(format!("{name}x"));
    let said = name.to_string();
    body.sort();
    Some(said)
}

fn dropped(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let is_required = !dice.one_in(4);
    let (schema, body) = pick(schema, body, dice);
    let fit: Vec<Name> = body.arguments.iter().map(|(name, _)| name.clone()).collect();
    let fit: Vec<Name> = fit.into_iter().filter(|name| !is_required || schema.attributes[&**name].is_required).collect();
    let name = dice.of(&fit)?;
    body.arguments.retain(|(known, _)| known != name);
    Some(name.to_string())
}

fn retyped(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let (attribute, (name, value)) = pick_argument(schema, body, dice, |_| true)?;
    *value = match attribute.of() {
        Type::String => Expression::List(vec![Expression::text("text")]),
        Type::Number | Type::Bool => Expression::text("text"),
        Type::List(_) | Type::Set(_) => Expression::Object(vec![(Expression::text("key"), Expression::text("text"))]),
        Type::Map(_) | Type::Object(_) => Expression::List(vec![Expression::text("text")]),
        _ => return None,
    };
    Some(format!("{name} = {value:?}"))
}

fn of_another_literal(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let (_, (name, value)) = pick_argument(schema, body, dice, |_| true)?;
    *value = literal(dice);
    Some(format!("{name} = {value:?}"))
}

/// For when Terraform plans: before, it knows few types.
pub(super) fn argument_of_expression(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let (_, (name, value)) = pick_argument(schema, body, dice, |_| true)?;
    *value = expression(dice);
    Some(format!("{name} = {value:?}"))
}

/// A value that is kept nowhere: write-only arguments take it.
pub(super) fn argument_of_ephemeral(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let is_write_only = dice.one_in(4);
    let (_, (name, value)) = pick_argument(schema, body, dice, |attribute| {
        attribute.of() == Type::String && (attribute.is_write_only || !is_write_only)
    })?;
    *value = hcl(dice.of(&["var.once", "\"a ${var.once}\"", "local.once", "upper(var.once)"])?);
    Some(format!("{name} = {value:?}"))
}

fn nulled(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let is_required = !dice.one_in(4);
    let (_, (name, value)) = pick_argument(schema, body, dice, |attribute| attribute.is_required || !is_required)?;
    *value = Expression::Null;
    Some(name.to_string())
}

fn computed_set(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let (schema, body) = pick(schema, body, dice);
    let computed: Vec<_> = schema.attributes.iter().filter(|(_, attribute)| !attribute.is_settable()).collect();
    let (name, attribute) = dice.of(&computed)?;
    let value = if dice.one_in(8) { Expression::Null } else { bodies::value(&attribute.of()) };
    body.arguments.push((Name::from(&***name), value));
    body.sort();
    Some(name.to_string())
}

fn argument_as_block(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let (_, body) = pick(schema, body, dice);
    let n = body.arguments.len();
    let (name, value) = (n > 0).then(|| body.arguments.remove(dice.below(n)))?;
    let inner = match value {
        Expression::Object(pairs) if !dice.one_in(4) => pairs,
        value => vec![(Expression::text("value"), value)],
    };
    let arguments = inner.into_iter().filter_map(|(key, value)| Some((Name::from(key.as_text()?), value))).collect();
    let mut inner = Body { arguments, blocks: Vec::new() };
    inner.sort();
    body.blocks.push(tapwasm::model::Block { name: name.clone(), labels: Vec::new(), body: inner });
    body.sort();
    Some(name.to_string())
}

fn block_removed(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let (_, body) = pick(schema, body, dice);
    let name = dice.of(&body.blocks)?.name.clone();
    body.blocks.retain(|block| block.name != name);
    Some(name.to_string())
}

fn block_repeated(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let (schema, body) = pick(schema, body, dice);
    let block = dice.of(&body.blocks)?.clone();
    let max = schema.blocks[&*block.name].max.max(1);
    let n = body.blocks_named(&block.name).count() as u64;
    body.blocks.extend((n..=max).map(|_| block.clone()));
    body.sort();
    Some(format!("{} {} times", block.name, max + 1))
}

fn block_misspelt(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let (_, body) = pick(schema, body, dice);
    let n = body.blocks.len();
    let block = body.blocks.get_mut(dice.below(n.max(1)))?;
    block.name = Name::from(format!("{}x", block.name));
    let said = block.name.to_string();
    body.sort();
    Some(said)
}

fn block_as_argument(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let (_, body) = pick(schema, body, dice);
    let name = dice.of(&body.blocks)?.name.clone();
    body.blocks.retain(|block| block.name != name);
    let value = literal(dice);
    let said = format!("{name} = {value:?}");
    body.arguments.push((name, value));
    body.sort();
    Some(said)
}

/// Blocks may be said as objects: that alone is no fault.
fn block_as_objects(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let (_, body) = pick(schema, body, dice);
    let name = dice.of(&body.blocks)?.name.clone();
    let is_faulty = dice.one_in(2);
    let mut objects = Vec::new();
    for block in body.blocks_named(&name) {
        let mut block = block.clone();
        if is_faulty {
            rename_one(&mut block.body, dice);
        }
        objects.push(object_of(&block.body));
    }
    body.blocks.retain(|block| block.name != name);
    let value = if objects.len() == 1 && dice.one_in(2) { objects.remove(0) } else { Expression::List(objects) };
    body.arguments.push((name.clone(), value));
    body.sort();
    Some(format!("{name}{}", if is_faulty { ", an argument renamed" } else { "" }))
}

fn object_of(body: &Body) -> Expression {
    let mut pairs: Vec<(Expression, Expression)> =
        body.arguments.iter().map(|(name, value)| (Expression::text(&**name), value.clone())).collect();
    for blocks in body.blocks.chunk_by(|a, b| a.name == b.name) {
        let objects = blocks.iter().map(|block| object_of(&block.body)).collect();
        pairs.push((Expression::text(&*blocks[0].name), Expression::List(objects)));
    }
    Expression::Object(pairs)
}

/// Blocks may be made of the items of something: that alone is no fault.
fn block_as_dynamic(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let (_, body) = pick(schema, body, dice);
    make_dynamic(body, dice).map(|(name, _)| name)
}

fn misspelt_in_dynamic(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let (_, body) = pick(schema, body, dice);
    let (name, content) = make_dynamic(body, dice)?;
    rename_one(content, dice).map(|renamed| format!("{name}: {renamed}"))
}

fn make_dynamic<'b>(body: &'b mut Body, dice: &mut Dice) -> Option<(String, &'b mut Body)> {
    let name = dice.of(&body.blocks)?.name.clone();
    let block = body.blocks_named(&name).next()?.clone();
    let mut content = block.body;
    body.blocks.retain(|block| block.name != name);
    let items = ["[\"1\"]", "[\"1\", \"1\"]", "{ a = \"1\" }", "toset(var.texts)", "local.list", "var.things"];
    let items = *dice.of(&items)?;
    if let Some((_, value @ Expression::Text(_))) = content.arguments.first_mut()
        && dice.one_in(2)
    {
        *value = Expression::Symbol("it.value".into());
    }
    let content = tapwasm::model::Block { name: "content".into(), labels: Vec::new(), body: content };
    let mut arguments = vec![("for_each".into(), hcl(items)), ("iterator".into(), Expression::text("it"))];
    if !block.labels.is_empty() && !dice.one_in(4) {
        arguments.push(("labels".into(), hcl("[\"label_of_block\"]")));
    }
    let inner = Body { arguments, blocks: vec![content] };
    body.blocks.push(tapwasm::model::Block { name: "dynamic".into(), labels: vec![name.clone()], body: inner });
    body.sort();
    let block = body.blocks.iter_mut().find(|block| &*block.name == "dynamic" && block.labels[0] == name)?;
    Some((format!("{name} of {items}"), &mut block.body.blocks[0].body))
}

fn misspelt_in_block(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    if body.blocks.is_empty() {
        return None;
    }
    let (_, body) = pick_block(schema, body, dice);
    rename_one(body, dice)
}

fn item_retyped(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    item(schema, body, dice, literal)
}

/// For when Terraform plans.
pub(super) fn item_of_expression(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    item(schema, body, dice, expression)
}

fn item(schema: &Block, body: &mut Body, dice: &mut Dice, new: fn(&mut Dice) -> Expression) -> Option<String> {
    let is_collection = |attribute: &Attribute| matches!(attribute.of(), Type::List(_) | Type::Set(_) | Type::Map(_));
    let (_, (name, value)) = pick_argument(schema, body, dice, is_collection)?;
    match value {
        Expression::List(items) => items.push(new(dice)),
        Expression::Object(pairs) => pairs.push((Expression::text("other"), new(dice))),
        _ => return None,
    }
    Some(format!("{name} = {value:?}"))
}

/// What is left out of an object is added by the host: that is no fault.
fn object_attribute_dropped(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    let (_, (name, value)) = pick_argument(schema, body, dice, is_of_objects)?;
    let pairs = pairs_of(value)?;
    let (key, _) = (!pairs.is_empty()).then(|| pairs.remove(dice.below(pairs.len())))?;
    // A misspelt one beside it must not be taken for it.
    if dice.one_in(2) {
        pairs.push((Expression::text("misspelt"), Expression::text("text")));
    }
    Some(format!("{name}: {key:?}"))
}

fn object_attribute_retyped(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    object_attribute(schema, body, dice, literal)
}

/// For when Terraform plans.
pub(super) fn object_attribute_of_expression(schema: &Block, body: &mut Body, dice: &mut Dice) -> Option<String> {
    object_attribute(schema, body, dice, expression)
}

fn object_attribute(schema: &Block, body: &mut Body, dice: &mut Dice, new: fn(&mut Dice) -> Expression) -> Option<String> {
    let (_, (name, value)) = pick_argument(schema, body, dice, is_of_objects)?;
    let pairs = pairs_of(value)?;
    let n = pairs.len();
    let (key, value) = pairs.get_mut(dice.below(n.max(1)))?;
    *value = new(dice);
    Some(format!("{name}: {key:?} = {value:?}"))
}

fn is_of_objects(attribute: &Attribute) -> bool {
    attribute.of().object().is_some() || matches!(attribute.shape, Shape::Nested(..))
}

/// Returns the first object in a value.
fn pairs_of(value: &mut Expression) -> Option<&mut Vec<(Expression, Expression)>> {
    match value {
        Expression::List(items) => pairs_of(items.first_mut()?),
        Expression::Object(pairs) => {
            // The object of a map.
            if matches!(&pairs[..], [(key, _)] if key.as_text() == Some("key")) {
                return pairs_of(&mut pairs[0].1);
            }
            Some(pairs)
        }
        _ => None,
    }
}
