//! Cases whose fault Terraform finds when it plans: before, all that is read of a resource is of any type to it.

use super::faults::{self, Change};
use super::ground::{Ground, argument};
use tapwasm::model::{Address, Expression, Kind, Name};
use tapwasm::schema::Attribute;

/// Declares a case; returns its address and what was done.
pub(super) type Planned = fn(&mut Ground<'_>) -> Option<(Address, String)>;

/// Every kind, by name.
pub(super) const PLANNED: [(&str, Planned); 10] = [
    ("argument of an expression", |ground| changed(ground, faults::argument_of_expression)),
    ("item of an expression", |ground| changed(ground, faults::item_of_expression)),
    ("attribute of an object of an expression", |ground| changed(ground, faults::object_attribute_of_expression)),
    ("argument of an ephemeral value", |ground| changed(ground, faults::argument_of_ephemeral)),
    ("argument of a reference", argument_of_reference),
    ("read: by a splat", |ground| splat(ground, "")),
    ("read: by a splat, misspelt", |ground| splat(ground, "x")),
    ("output of an attribute", output_of_attribute),
    ("output of an expression", output_of_expression),
    ("output of all of a resource", output_of_all),
];

fn changed(ground: &mut Ground<'_>, change: Change) -> Option<(Address, String)> {
    let of = ground.resource();
    let mut body = ground.body(&of.schema);
    let what = change(&of.schema, &mut body, &mut ground.dice)?;
    Some((ground.declare(&of, "m", body), what))
}

/// An argument gets what another resource's attribute is.
fn argument_of_reference(ground: &mut Ground<'_>) -> Option<(Address, String)> {
    let target = ground.resource();
    let body = ground.body(&target.schema);
    let names: Vec<&str> = target.schema.attributes.keys().map(AsRef::as_ref).collect();
    let name = *ground.dice.of(&names)?;
    let of = ground.resource();
    let mut own = ground.body(&of.schema);
    let (_, (argument, value)) = faults::pick_argument(&of.schema, &mut own, &mut ground.dice, |_| true)?;
    let address = ground.declare(&target, "t", body);
    *value = Expression::reference(address, name);
    let what = format!("{argument} = {value:?}");
    Some((ground.declare(&of, "m", own), what))
}

fn splat(ground: &mut Ground<'_>, misspelling: &str) -> Option<(Address, String)> {
    let target = ground.resource();
    let body = ground.body(&target.schema);
    let names: Vec<&str> = target.schema.attributes.keys().map(AsRef::as_ref).collect();
    let name = format!("{}{misspelling}", ground.dice.of(&names)?);
    let address = ground.declare_instances(&target, "t", body, argument("count", Expression::Integer(2)));
    let value = splat_of(Expression::reference(address, ""), &name);
    let what = format!("{value:?}");
    Some((ground.declare_reader(value), what))
}

fn splat_of(of: Expression, name: &str) -> Expression {
    let projection = Expression::Attribute(Box::new((Expression::Symbol("*".into()), Name::from(name))));
    Expression::Splat(Box::new((of, projection)))
}

/// A plain output of what is a secret, or is none.
fn output_of_attribute(ground: &mut Ground<'_>) -> Option<(Address, String)> {
    let (value, _) = secret(ground)?;
    output(ground, value)
}

/// Secrets in nested blocks are there where the blocks are.
fn output_of_all(ground: &mut Ground<'_>) -> Option<(Address, String)> {
    let of = ground.resource();
    let mut n_nested = 0;
    of.schema.each_attribute(&mut |path, attribute| n_nested += usize::from(attribute.is_sensitive && path.len() > 1));
    if n_nested == 0 || of.schema.attributes.values().any(|attribute| attribute.is_sensitive) {
        return None;
    }
    let body = ground.body(&of.schema);
    let address = ground.declare(&of, "t", body);
    output(ground, Expression::reference(address, ""))
}

fn output_of_expression(ground: &mut Ground<'_>) -> Option<(Address, String)> {
    let (value, whole) = secret(ground)?;
    let text = |text: &str| Expression::text(text);
    let value = match ground.dice.below(14) {
        0 => Expression::List(vec![value, text("b")]),
        1 => Expression::Object(vec![(text("a"), value)]),
        2 => Expression::call("nonsensitive", vec![value]),
        3 => Expression::call("jsonencode", vec![value]),
        4 => Expression::call("length", vec![Expression::List(vec![value])]),
        5 => Expression::call("tolist", vec![Expression::List(vec![value])]),
        6 => Expression::call("coalesce", vec![value, Expression::call("jsonencode", vec![whole])]),
        7 => whole,
        12 => Expression::call("concat", vec![Expression::List(vec![value]), Expression::List(vec![text("b")])]),
        13 => Expression::call("toset", vec![Expression::List(vec![value])]),
        8 => Expression::call("keys", vec![Expression::Object(vec![(text("a"), value)])]),
        9 => Expression::Attribute(Box::new((Expression::Object(vec![(text("a"), value), (text("b"), text("b"))]), "b".into()))),
        10 => Expression::Binary(Box::new(("==".into(), value, text("a")))),
        _ => {
            let name = ground.name("l");
            ground.stack.declare(Kind::Local, &[&name], argument("value", value));
            Expression::reference(Address::new(Kind::Local, &[name]), "")
        }
    };
    output(ground, value)
}

/// Declares a resource that has secrets, and returns a read of one of its attributes, and one of it all.
fn secret(ground: &mut Ground<'_>) -> Option<(Expression, Expression)> {
    let of = ground.resource();
    let mut has_secrets = false;
    of.schema.each_attribute(&mut |_, attribute| has_secrets |= attribute.is_sensitive);
    if !has_secrets {
        return None;
    }
    let body = ground.body(&of.schema);
    let is_secret = ground.dice.one_in(2);
    let attributes: Vec<(&str, &Attribute)> = of.schema.attributes.iter().map(|(name, attribute)| (&**name, attribute)).collect();
    let secrets: Vec<_> = attributes.iter().filter(|(_, attribute)| attribute.is_sensitive).copied().collect();
    let names = if is_secret && !secrets.is_empty() { secrets } else { attributes };
    let (name, _) = *ground.dice.of(&names)?;
    let address = ground.declare(&of, "t", body);
    Some((Expression::reference(address.clone(), name), Expression::reference(address, "")))
}

fn output(ground: &mut Ground<'_>, value: Expression) -> Option<(Address, String)> {
    let what = format!("{value:?}");
    let name = ground.name("m");
    Some((ground.stack.declare(Kind::Output, &[&name], argument("value", value)).address.clone(), what))
}
