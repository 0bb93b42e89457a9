//! The literal objects in values: those that stand for blocks, and those of attributes.

use crate::diagnostic::closest;
use crate::model::Expression;
use crate::schema::provider::Nesting;
use crate::schema::types::{Field, Type};

/// Collects the objects of a value that stands for blocks; tells whether it is nothing else.
pub(super) fn take_objects<'a>(value: &'a Expression, out: &mut Vec<&'a [(Expression, Expression)]>) -> bool {
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
pub(super) fn objects_of<'a>(nesting: Nesting, value: &'a Expression, out: &mut Vec<&'a [(Expression, Expression)]>) {
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
pub(super) fn each_object<'a>(value: &'a Expression, of: &Type, visit: &mut dyn FnMut(&'a [(Expression, Expression)])) {
    match (value, of) {
        (Expression::Object(pairs), Type::Object(_)) => visit(pairs),
        (Expression::Object(pairs), Type::Map(of)) => pairs.iter().for_each(|(_, value)| each_object(value, of, visit)),
        (Expression::List(items), Type::List(of) | Type::Set(of)) => items.iter().for_each(|item| each_object(item, of, visit)),
        _ => {}
    }
}

/// Returns what was probably meant by a name that an object type does not have.
pub(super) fn misspelt(value: &Expression, of: &Type, fields: &[Field]) -> Option<String> {
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
