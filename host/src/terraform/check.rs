//! Expressions that Terraform's JSON cannot say, or that would silently mean something else.

use super::json::{Json, Subject, json_key, number};
use crate::model::{Expression, Reference};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Returns an argument's value for a place where Terraform evaluates, with its problems said.
pub(super) fn value<'a>(subject: &mut Subject<'_>, name: &str, expression: &'a Expression) -> Json<'a> {
    check(subject, name, expression, false);
    Json::Value(expression)
}

fn check(subject: &mut Subject<'_>, name: &str, expression: &Expression, in_template: bool) {
    match expression {
        Expression::Null | Expression::Bool(_) | Expression::Integer(_) | Expression::Text(_) => {}
        Expression::Raw(parts) => check_raw(subject, name, &parts.0),
        Expression::Number(text) if number(text).is_some() => {}
        Expression::Number(text) => {
            subject.error("invalid-number", "Invalid number", format!("`{text}`, in `{name}`, is no number of JSON."));
        }
        Expression::Reference(reference) => check_reference(subject, name, reference),
        Expression::Symbol(text) if is_item(text) => subject.error(
            "misplaced-item",
            "Item of a splat outside of one",
            format!("`{text}`, in `{name}`, stands for the item of a splat, but no splat is around it."),
        ),
        Expression::Symbol(_) => {}
        Expression::Object(pairs) => {
            check_keys(subject, name, pairs);
            for (key, value) in pairs {
                check(subject, name, key, false);
                check(subject, name, value, false);
            }
        }
        Expression::Template(parts) => parts.iter().for_each(|part| check(subject, name, part, true)),
        Expression::DirectiveIf(_) | Expression::DirectiveFor(_) if !in_template => subject.error(
            "misplaced-directive",
            "Directive outside of a template",
            format!("`{name}` holds a directive, `%{{if}}` or `%{{for}}`, that is not part of a template."),
        ),
        Expression::DirectiveIf(parts) => {
            check(subject, name, &parts.0, false);
            check(subject, name, &parts.1, true);
            parts.2.iter().for_each(|otherwise| check(subject, name, otherwise, true));
        }
        Expression::DirectiveFor(parts) => {
            check(subject, name, &parts.2, false);
            check(subject, name, &parts.3, true);
        }
        Expression::Splat(parts) => {
            check(subject, name, &parts.0, false);
            check_projection(subject, name, &parts.1);
        }
        other => other.each_child(&mut |child| check(subject, name, child, false)),
    }
}

/// Behind a carriage return without a line feed, Terraform's scanner takes no interpolation for one.
fn check_raw(subject: &mut Subject<'_>, name: &str, text: &str) {
    if text.replace("\r\n", "\n").contains('\r') {
        subject.error(
            "invalid-raw",
            "Invalid raw expression",
            format!("The raw expression in `{name}` holds a carriage return without a line feed, which Terraform cannot read."),
        );
    }
}

fn is_item(symbol: &str) -> bool {
    symbol == "*" || symbol.starts_with("*.")
}

fn check_projection(subject: &mut Subject<'_>, name: &str, projection: &Expression) {
    match projection {
        Expression::Symbol(text) if is_item(text) => {}
        Expression::Attribute(parts) => check_projection(subject, name, &parts.0),
        Expression::Index(parts) => {
            check_projection(subject, name, &parts.0);
            check(subject, name, &parts.1, false);
        }
        _ => subject.error(
            "invalid-splat",
            "Invalid splat",
            format!("What a splat reads of each item, in `{name}`, is built of attributes and indices upon `*`. A `for` expression can say more."),
        ),
    }
}

/// Some declarations have addresses here that mean nothing to Terraform as values.
fn check_reference(subject: &mut Subject<'_>, name: &str, reference: &Reference) {
    let address = reference.to.as_str();
    let no_value = ["provider.", "output.", "check.", "moved ", "import ", "removed "];
    if address == "terraform" || no_value.iter().any(|prefix| address.starts_with(prefix)) {
        subject.error(
            "reference-without-value",
            "Reference to something without a value",
            format!("`{name}` refers to `{address}`, which has no value that an expression could read."),
        );
    }
}

/// Terraform refuses equal keys in JSON and takes the last one inside `${…}`; keys are equal when they are after normalisation.
fn check_keys(subject: &mut Subject<'_>, name: &str, pairs: &[(Expression, Expression)]) {
    if are_plainly_distinct(pairs) {
        return;
    }
    let mut keys: Vec<Cow<'_, str>> = pairs.iter().map(|(key, _)| normalised(json_key(key, false))).collect();
    keys.sort_unstable();
    for pair in keys.windows(2) {
        if pair[0] == pair[1] {
            subject.error(
                "duplicate-key",
                "Key given twice",
                format!("The key `{}` stands twice in an object of `{name}`.", pair[0]),
            );
        }
    }
}

/// Tells whether plain keys in ascending order make the long way needless, as it mostly is.
fn are_plainly_distinct(pairs: &[(Expression, Expression)]) -> bool {
    pairs.iter().all(|(key, _)| key.as_text().is_some_and(str::is_ascii))
        && pairs.is_sorted_by(|(a, _), (b, _)| a.as_text() < b.as_text())
}

fn normalised(key: Cow<'_, str>) -> Cow<'_, str> {
    if key.is_ascii() || unicode_normalization::is_nfc(&key) { key } else { Cow::Owned(key.nfc().collect()) }
}
