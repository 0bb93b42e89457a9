//! `count` and `for_each`, as far as their values are known: Terraform counts whole numbers, and goes through maps and sets of text.

use super::Subject;
use crate::model::{Address, Expression, Kind};

/// Looks at both of a resource, a data source, an ephemeral resource or a module.
pub(super) fn check(subject: &mut Subject<'_, '_>) {
    let meta = &subject.node.meta;
    if let Some(count) = meta.argument("count")
        && let Some(found) = wrong_count(count)
    {
        subject.error(
            "invalid-count",
            "Invalid count argument",
            format!("`count` is {found}. It takes a whole number that is not negative."),
            "",
        );
    }
    if let Some(for_each) = meta.argument("for_each")
        && let Some(found) = wrong_collection(subject, for_each)
    {
        subject.error(
            "invalid-for-each",
            "Invalid for_each argument",
            format!("`for_each` is {found}. It takes a map, or a set of texts."),
            "Of a list of texts, `toset(...)` makes a set.",
        );
    }
}

fn wrong_count(value: &Expression) -> Option<String> {
    match value {
        Expression::Bool(value) => Some(format!("`{value}`")),
        Expression::Integer(number) if *number < 0 => Some(format!("{number}")),
        Expression::List(_) => Some("a list".to_owned()),
        Expression::Object(_) => Some("an object".to_owned()),
        Expression::Text(text) if !text.starts_with(|first: char| first.is_ascii_digit() || "+-. ".contains(first)) => {
            Some("text that is no number".to_owned())
        }
        _ => None,
    }
}

/// A list that stands there itself is made a set when it is written.
fn wrong_collection(subject: &Subject<'_, '_>, value: &Expression) -> Option<String> {
    match value {
        Expression::Text(_) | Expression::Template(_) => Some("text".to_owned()),
        Expression::Bool(_) => Some("a truth value".to_owned()),
        Expression::Integer(_) | Expression::Number(_) => Some("a number".to_owned()),
        _ => list_behind(subject, &whole(value)?).then(|| "a list, which has no keys".to_owned()),
    }
}

/// Returns what a value reads as a whole.
fn whole(value: &Expression) -> Option<Address> {
    match value {
        Expression::Reference(reference) if reference.path.is_empty() => Some(reference.to.clone()),
        Expression::Symbol(text) => Some(Address::from_text(text)),
        _ => None,
    }
}

fn list_behind(subject: &Subject<'_, '_>, address: &Address) -> bool {
    let Some(node) = subject.declared(address.as_str()) else { return false };
    match node.kind {
        Kind::Local => matches!(node.body.argument("value"), Some(Expression::List(_))),
        Kind::Variable => match node.body.argument("type") {
            Some(Expression::Text(constraint) | Expression::Symbol(constraint)) => {
                constraint.starts_with("list(") || constraint.starts_with("tuple(") || &**constraint == "list"
            }
            _ => false,
        },
        _ => false,
    }
}
