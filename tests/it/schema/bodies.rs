//! Bodies that a schema asks for: what must be set, and as much of the rest as is wanted.

use std::collections::BTreeMap;
use tapwasm::model::{self, Body, Expression, Name};
use tapwasm::schema::{Attribute, Block, Key, NestedBlock, Nesting, Shape, Type};

/// The label of each block that has one.
pub(super) const LABEL: &str = "label_of_block";

/// Returns a body that fits a schema. `wants` is asked for each argument and block that may be left out.
pub(super) fn body(schema: &Block, wants: &mut dyn FnMut() -> bool) -> Body {
    let mut body = Body::default();
    for (name, attribute) in &schema.attributes {
        if is_wanted(attribute, wants) {
            body.arguments.push((Name::from(&**name), argument(attribute, wants)));
        }
    }
    for (name, nested) in &schema.blocks {
        let n = if nested.min == 0 { u64::from(wants()) } else { nested.min };
        body.blocks.extend((0..n).map(|_| block(name, nested, wants)));
    }
    body.sort();
    body
}

/// Returns a block of a type of nested blocks.
pub(super) fn block(name: &str, nested: &NestedBlock, wants: &mut dyn FnMut() -> bool) -> model::Block {
    let labels = if nested.nesting == Nesting::Map { vec![Name::from(LABEL)] } else { Vec::new() };
    model::Block { name: name.into(), labels, body: body(&nested.block, wants) }
}

fn is_wanted(attribute: &Attribute, wants: &mut dyn FnMut() -> bool) -> bool {
    attribute.is_required || attribute.is_optional && wants()
}

/// Returns a value for an argument.
pub(super) fn argument(attribute: &Attribute, wants: &mut dyn FnMut() -> bool) -> Expression {
    match &attribute.shape {
        Shape::Plain(of) => value(of),
        Shape::Nested(nesting, attributes) => {
            let object = nested_object(attributes, wants);
            match nesting {
                Nesting::Single | Nesting::Group => object,
                Nesting::List | Nesting::Set => Expression::List(vec![object]),
                Nesting::Map => Expression::Object(vec![(Expression::text("key"), object)]),
            }
        }
    }
}

fn nested_object(attributes: &BTreeMap<Key, Attribute>, wants: &mut dyn FnMut() -> bool) -> Expression {
    let mut pairs = Vec::new();
    for (name, attribute) in attributes {
        if is_wanted(attribute, wants) {
            pairs.push((Expression::text(name.clone()), argument(attribute, wants)));
        }
    }
    Expression::Object(pairs)
}

/// Returns a value of a type: no `null`, nothing empty. The text is one that can be a number or a truth value, too, where it is read.
pub(super) fn value(of: &Type) -> Expression {
    match of {
        Type::String | Type::Dynamic => Expression::text("1"),
        Type::Number => Expression::Integer(7),
        Type::Bool => Expression::Bool(true),
        Type::List(of) | Type::Set(of) => Expression::List(vec![value(of)]),
        Type::Map(of) => Expression::Object(vec![(Expression::text("key"), value(of))]),
        Type::Tuple(items) => Expression::List(items.iter().map(value).collect()),
        Type::Object(fields) => {
            Expression::Object(fields.iter().map(|field| (Expression::text(field.name.clone()), value(&field.of))).collect())
        }
    }
}
