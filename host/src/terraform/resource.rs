//! Resources, data sources and ephemeral resources: the provider's body, and what Terraform itself understands beside it.

use super::json::{Json, Members, Subject, wrapped};
use super::{body, check, literal, references};
use crate::model::{Block, Body, Expression};

/// Names in the body of a resource that are Terraform's own.
const CLAIMED: [&str; 9] =
    ["_", "connection", "count", "depends_on", "for_each", "lifecycle", "locals", "provider", "provisioner"];

/// Returns a resource, a data source or an ephemeral resource.
pub(super) fn resource<'a>(subject: &mut Subject<'_>, own: &'a Body, meta: &'a Body) -> Json<'a> {
    const OF: &str = "what Terraform understands of a resource";
    let mut members = Members::for_body(own);
    body::add(subject, &own.arguments, &own.blocks, &CLAIMED, &mut members);
    for (name, expression) in &meta.arguments {
        let json = match &**name {
            "count" => not_null(subject, name, expression),
            "for_each" => for_each(subject, expression),
            "depends_on" => references::depends_on(subject, expression),
            "provider" => references::provider(subject, expression),
            other => {
                subject.unknown_argument(other, OF);
                None
            }
        };
        members.insert_some(name, json);
    }
    refuse_count_with_for_each(subject, meta);
    for blocks in meta.blocks.chunk_by(|a, b| a.name == b.name) {
        match &*blocks[0].name {
            "lifecycle" => members.insert_some("lifecycle", only(subject, blocks).map(|block| lifecycle(subject, &block.body))),
            "connection" => {
                members.insert_some("connection", only(subject, blocks).map(|block| connection(subject, &block.body)))
            }
            "provisioner" => members.insert("provisioner", provisioners(subject, blocks)),
            other => subject.unknown_block(other, OF),
        }
    }
    members.into_json(subject)
}

/// Returns the data source in a check. It has one body for what is the provider's and what is Terraform's: `depends_on` and `provider`
/// are Terraform's where they name something; a provider may be named by text.
pub(super) fn scoped_data<'a>(subject: &mut Subject<'_>, own: &'a Body) -> Json<'a> {
    let mut members = Members::default();
    let (meta, rest): (Vec<_>, Vec<_>) = own.arguments.iter().partition(|(name, expression)| match &**name {
        "depends_on" => matches!(expression, Expression::List(items) if items.iter().all(names_something)),
        "provider" => names_something(expression) || matches!(expression, Expression::Text(_)),
        _ => false,
    });
    for (name, expression) in meta {
        let json = if &**name == "provider" {
            references::provider(subject, expression)
        } else {
            references::depends_on(subject, expression)
        };
        members.insert_some(name, json);
    }
    body::add(subject, rest, &own.blocks, &CLAIMED, &mut members);
    members.into_json(subject)
}

fn names_something(expression: &Expression) -> bool {
    match expression {
        Expression::Reference(reference) => reference.path.is_empty(),
        Expression::Symbol(_) => true,
        _ => false,
    }
}

/// Terraform takes one of the two.
pub(super) fn refuse_count_with_for_each(subject: &mut Subject<'_>, meta: &Body) {
    let is_set = |name| meta.argument(name).is_some_and(|value| *value != Expression::Null);
    if is_set("count") && is_set("for_each") {
        subject.error("count-with-for-each", "Both `count` and `for_each`", "Set `count` or `for_each`, not both.".to_owned());
    }
}

/// Returns `for_each`. A list is a tuple to Terraform, which it refuses here; a set of the same texts is what was meant.
pub(super) fn for_each<'a>(subject: &mut Subject<'_>, expression: &'a Expression) -> Option<Json<'a>> {
    let json = not_null(subject, "for_each", expression);
    if matches!(expression, Expression::List(_)) { Some(wrapped("toset", expression)) } else { json }
}

/// Returns a meta-argument's value; one that is `null` is an error to Terraform, and left out means the same.
pub(super) fn not_null<'a>(subject: &mut Subject<'_>, name: &str, expression: &'a Expression) -> Option<Json<'a>> {
    (*expression != Expression::Null).then(|| check::value(subject, name, expression))
}

/// Returns the provisioners: their order counts.
pub(super) fn provisioners<'a>(subject: &mut Subject<'_>, blocks: &'a [Block]) -> Json<'a> {
    let items = blocks.iter().map(|block| {
        if block.labels.len() != 1 {
            subject.error("invalid-block", "Invalid block", "A `provisioner` has one label, its type.".to_owned());
        }
        let inner = provisioner(subject, &block.body);
        literal::labelled(&block.labels, inner)
    });
    Json::Array(items.collect())
}

fn lifecycle<'a>(subject: &mut Subject<'_>, own: &'a Body) -> Json<'a> {
    let mut members = Members::default();
    for (name, expression) in &own.arguments {
        let json = match &**name {
            "create_before_destroy" | "prevent_destroy" => literal::bool(subject, name, expression),
            "ignore_changes" => references::ignore_changes(subject, expression),
            "replace_triggered_by" => references::replace_triggered_by(subject, expression),
            other => {
                subject.unknown_argument(other, "`lifecycle`");
                None
            }
        };
        members.insert_some(name, json);
    }
    for blocks in own.blocks.chunk_by(|a, b| a.name == b.name) {
        match &*blocks[0].name {
            name @ ("precondition" | "postcondition") => members.insert(name, body::block_array(subject, blocks)),
            other => subject.unknown_block(other, "`lifecycle`"),
        }
    }
    members.into_json(subject)
}

fn provisioner<'a>(subject: &mut Subject<'_>, own: &'a Body) -> Json<'a> {
    let mut members = Members::default();
    for (name, expression) in &own.arguments {
        let json = match &**name {
            "when" => literal::keyword(subject, name, expression, &["create", "destroy"]),
            "on_failure" => literal::keyword(subject, name, expression, &["continue", "fail"]),
            _ => Some(check::value(subject, name, expression)),
        };
        members.insert_some(name, json);
    }
    for blocks in own.blocks.chunk_by(|a, b| a.name == b.name) {
        match &*blocks[0].name {
            "connection" => {
                members.insert_some("connection", only(subject, blocks).map(|block| connection(subject, &block.body)))
            }
            other => subject.unknown_block(other, "A `provisioner`"),
        }
    }
    members.into_json(subject)
}

fn connection<'a>(subject: &mut Subject<'_>, own: &'a Body) -> Json<'a> {
    let mut members = Members::default();
    for (name, expression) in &own.arguments {
        let json = match &**name {
            "type" => literal::keyword(subject, name, expression, &["ssh", "winrm"]),
            _ => Some(check::value(subject, name, expression)),
        };
        members.insert_some(name, json);
    }
    own.blocks.iter().for_each(|block| subject.unknown_block(&block.name, "`connection`"));
    members.into_json(subject)
}

/// Returns the one block of a type that may stand once.
pub(super) fn only<'a>(subject: &mut Subject<'_>, blocks: &'a [Block]) -> Option<&'a Block> {
    if blocks.len() > 1 {
        subject.error(
            "duplicate-block",
            "Block given twice",
            format!("A block `{}` may stand once, not {} times.", blocks[0].name, blocks.len()),
        );
    }
    blocks.first()
}
