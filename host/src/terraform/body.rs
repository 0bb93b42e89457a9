//! Bodies whose arguments and blocks a provider defines: no schema is at hand, so the forms are those that suit every schema.

use super::check;
use super::json::{Json, Members, Subject};
use super::literal::labelled;
use crate::model::{Block, Body, Expression, Name, hcl, is_root};
use std::borrow::Cow;
use std::collections::HashMap;

/// Adds a body's arguments and blocks. Those whose names Terraform claims for itself at this place go into the block `_`, where Terraform
/// leaves them to the provider.
pub(super) fn add<'a>(
    subject: &mut Subject<'_>,
    arguments: impl IntoIterator<Item = &'a (Name, Expression)>,
    blocks: &'a [Block],
    claimed: &[&str],
    members: &mut Members<'a>,
) {
    let mut escaped = Members::default();
    for (name, expression) in arguments {
        if &**name == "dynamic" {
            subject.error(
                "unspeakable-argument",
                "Argument that Terraform's JSON cannot say",
                "An argument `dynamic` would be read as `dynamic` blocks.".to_owned(),
            );
        }
        let target = if claimed.contains(&&**name) { &mut escaped } else { &mut *members };
        target.insert(name, check::value(subject, name, expression));
    }
    for blocks in blocks.chunk_by(|a, b| a.name == b.name) {
        let name = &*blocks[0].name;
        if name == "dynamic" {
            members.insert(name, dynamics(subject, blocks));
            continue;
        }
        let target = if claimed.contains(&name) { &mut escaped } else { &mut *members };
        target.insert(name, block_array(subject, blocks));
    }
    if !escaped.is_empty() {
        let escaped = escaped.into_json(subject);
        members.insert("_", escaped);
    }
}

/// Returns blocks of one type as an array: that suits a block that may stand once as well as one that may stand often.
pub(super) fn block_array<'a>(subject: &mut Subject<'_>, blocks: &'a [Block]) -> Json<'a> {
    Json::Array(blocks.iter().map(|block| labelled(&block.labels, nested(subject, &block.body))).collect())
}

/// Returns a nested block's body: Terraform claims no names in it.
pub(super) fn nested<'a>(subject: &mut Subject<'_>, body: &'a Body) -> Json<'a> {
    let mut members = Members::for_body(body);
    add(subject, &body.arguments, &body.blocks, &[], &mut members);
    members.into_json(subject)
}

fn dynamics<'a>(subject: &mut Subject<'_>, blocks: &'a [Block]) -> Json<'a> {
    let mut by_label: Vec<(&str, Vec<Json<'a>>)> = Vec::new();
    let mut positions: HashMap<&str, usize> = HashMap::new();
    for block in blocks {
        let [label] = &block.labels[..] else {
            subject.error(
                "invalid-dynamic",
                "Invalid `dynamic` block",
                format!("A `dynamic` block has one label, the type of the blocks that it makes, not {}.", block.labels.len()),
            );
            continue;
        };
        let json = dynamic(subject, label, &block.body);
        let position = *positions.entry(label).or_insert(by_label.len());
        match by_label.get_mut(position) {
            Some((_, same)) => same.push(json),
            None => by_label.push((label, vec![json])),
        }
    }
    let mut members = Members::default();
    for (label, mut same) in by_label {
        let json = if same.len() == 1 { same.remove(0) } else { Json::Array(same) };
        members.insert(label, json);
    }
    members.into_json(subject)
}

fn dynamic<'a>(subject: &mut Subject<'_>, label: &str, body: &'a Body) -> Json<'a> {
    let of = format!("`dynamic \"{label}\"`");
    let mut members = Members::default();
    for (name, expression) in &body.arguments {
        match &**name {
            "for_each" => members.insert(name, check::value(subject, name, expression)),
            "iterator" => members.insert_some(name, iterator(subject, expression)),
            "labels" => members.insert(name, check::value(subject, name, expression)),
            other => subject.unknown_argument(other, &of),
        }
    }
    if body.argument("for_each").is_none() {
        subject.missing_argument("for_each", &of);
    }
    let is_default = body.argument("iterator").is_none_or(|iterator| *iterator == Expression::Null);
    if is_default && is_root(label) {
        subject.error(
            "invalid-dynamic",
            "Invalid `dynamic` block",
            format!(
                "{of} needs the argument `iterator`: its variable would be `{label}`, which means something else to Terraform."
            ),
        );
    }
    match &body.blocks[..] {
        [content] if &*content.name == "content" && content.labels.is_empty() => {
            let json = nested(subject, &content.body);
            members.insert("content", json);
        }
        _ => subject.error("invalid-dynamic", "Invalid `dynamic` block", format!("{of} has exactly one block, `content`.")),
    }
    members.into_json(subject)
}

fn iterator<'a>(subject: &mut Subject<'_>, expression: &'a Expression) -> Option<Json<'a>> {
    match expression {
        Expression::Null => None,
        Expression::Text(name) | Expression::Symbol(name) if hcl::is_plain_name(name) && !is_root(name) => {
            Some(Json::Text(Cow::Borrowed(name)))
        }
        _ => {
            subject.error(
                "invalid-dynamic",
                "Invalid `dynamic` block",
                "`iterator` is the name of a variable: text that is an identifier, and no word that means something else to Terraform."
                    .to_owned(),
            );
            None
        }
    }
}
