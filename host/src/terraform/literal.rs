//! Arguments that Terraform takes as they stand, before it evaluates anything: truth values, text, keywords, constants.

use super::json::{Json, Members, Subject, looks_like_template};
use crate::model::{Block, Body, Expression, Name};
use std::borrow::Cow;

/// Returns a truth value; `null` is left out.
pub(super) fn bool<'a>(subject: &mut Subject<'_>, name: &str, expression: &Expression) -> Option<Json<'a>> {
    match expression {
        Expression::Bool(value) => Some(Json::Bool(*value)),
        // Terraform takes the words for the values.
        Expression::Text(word) if matches!(&**word, "true" | "false") => Some(Json::Bool(&**word == "true")),
        Expression::Null => None,
        _ => not_literal(subject, name, "`true` or `false`"),
    }
}

/// Returns text that is never a template; `null` is left out.
pub(super) fn text<'a>(subject: &mut Subject<'_>, name: &str, expression: &'a Expression) -> Option<Json<'a>> {
    match expression {
        Expression::Text(text) => Some(Json::Text(Cow::Borrowed(text))),
        Expression::Null => None,
        _ => not_literal(subject, name, "text"),
    }
}

/// Returns text that Terraform takes literally and OpenTofu evaluates: what looks like an expression is refused.
pub(super) fn portable_text<'a>(subject: &mut Subject<'_>, name: &str, expression: &'a Expression) -> Option<Json<'a>> {
    check_portable(subject, name, expression);
    text(subject, name, expression)
}

/// Returns one of some words.
pub(super) fn keyword<'a>(subject: &mut Subject<'_>, name: &str, expression: &'a Expression, words: &[&str]) -> Option<Json<'a>> {
    match expression {
        Expression::Text(word) | Expression::Symbol(word) if words.contains(&&**word) => Some(Json::Text(Cow::Borrowed(word))),
        Expression::Null => None,
        _ => not_literal(subject, name, &format!("`{}`", words.join("` or `"))),
    }
}

/// Returns a constant that is read literally, `null` included.
pub(super) fn constant<'a>(subject: &mut Subject<'_>, name: &str, expression: &'a Expression) -> Option<Json<'a>> {
    if expression.is_constant() {
        // For what is wrong in it.
        super::check::value(subject, name, expression);
        return Some(Json::Literal(expression));
    }
    not_literal(subject, name, "a constant value")
}

/// Returns the body of a backend or of `cloud`: constants all the way down.
pub(super) fn body<'a>(subject: &mut Subject<'_>, body: &'a Body) -> Json<'a> {
    let mut members = Members::default();
    for (name, expression) in &body.arguments {
        check_portable(subject, name, expression);
        members.insert_some(name, constant(subject, name, expression));
    }
    for blocks in body.blocks.chunk_by(|a, b| a.name == b.name) {
        let items = blocks.iter().map(|block| literal_block(subject, block)).collect();
        members.insert(&blocks[0].name, Json::Array(items));
    }
    members.into_json(subject)
}

fn literal_block<'a>(subject: &mut Subject<'_>, block: &'a Block) -> Json<'a> {
    let inner = body(subject, &block.body);
    labelled(&block.labels, inner)
}

/// Puts JSON under its labels: one object a label.
pub(super) fn labelled<'a>(labels: &'a [Name], inner: Json<'a>) -> Json<'a> {
    labels.iter().rev().fold(inner, |inner, label| Json::Object(vec![(label, inner)]))
}

fn check_portable(subject: &mut Subject<'_>, name: &str, expression: &Expression) {
    match expression {
        Expression::Text(text) if looks_like_template(text) => subject.error(
            "unportable-text",
            "Literal text that looks like an expression",
            format!(
                "`{name}` holds `${{` or `%{{`. Terraform takes it as it stands, OpenTofu evaluates it. \
                 Give the value itself: an input of the program can carry it."
            ),
        ),
        other => other.each_child(&mut |child| check_portable(subject, name, child)),
    }
}

fn not_literal<'a>(subject: &mut Subject<'_>, name: &str, expected: &str) -> Option<Json<'a>> {
    subject.error(
        "not-literal",
        "Argument that must be known",
        format!("Terraform reads `{name}` before it evaluates anything: it must be {expected}, not an expression."),
    );
    None
}
