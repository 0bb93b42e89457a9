//! The `terraform` block: versions, required providers, where the state is.

use super::json::{Json, Members, Subject};
use super::{body, literal, references};
use crate::model::{Block, Body, Expression};

/// Returns the `terraform` block.
pub(super) fn settings<'a>(subject: &mut Subject<'_>, own: &'a Body) -> Json<'a> {
    const OF: &str = "The `terraform` block";
    let mut members = Members::default();
    for (name, expression) in &own.arguments {
        match &**name {
            "required_version" => members.insert_some(name, literal::portable_text(subject, name, expression)),
            other => subject.unknown_argument(other, OF),
        }
    }
    for blocks in own.blocks.chunk_by(|a, b| a.name == b.name) {
        let json = match &*blocks[0].name {
            "required_providers" => required_providers(subject, blocks),
            "backend" => one_place(subject, blocks).map(|block| {
                let inner = literal::body(subject, &block.body);
                literal::labelled(&block.labels, inner)
            }),
            "cloud" => one_place(subject, blocks).map(|block| literal::body(subject, &block.body)),
            "provider_meta" => Some(body::block_array(subject, blocks)),
            other => {
                subject.unknown_block(other, OF);
                None
            }
        };
        members.insert_some(&blocks[0].name, json);
    }
    members.into_json(subject)
}

/// Several blocks are one to Terraform, so each provider stands once; the same said twice is fine.
fn required_providers<'a>(subject: &mut Subject<'_>, blocks: &'a [Block]) -> Option<Json<'a>> {
    let mut known: Vec<(&str, &Expression)> = Vec::new();
    for (name, requirement) in blocks.iter().flat_map(|block| &block.body.arguments) {
        match known.iter().find(|(other, _)| *other == &**name) {
            None => known.push((name, requirement)),
            Some((_, other)) if *other == requirement => {}
            Some(_) => subject.error(
                "contradicting-providers",
                "Provider required in two ways",
                format!("The requirements of provider `{name}` differ. Give them once."),
            ),
        }
    }
    let mut members = Members::default();
    for (name, requirement) in known {
        members.insert_some(name, required_provider(subject, name, requirement));
    }
    (!members.is_empty()).then(|| members.into_json(subject))
}

fn required_provider<'a>(subject: &mut Subject<'_>, provider: &str, requirement: &'a Expression) -> Option<Json<'a>> {
    let Expression::Object(pairs) = requirement else {
        return literal::portable_text(subject, provider, requirement);
    };
    let mut members = Members::default();
    for (key, value) in pairs {
        match key.as_text() {
            Some(name @ "configuration_aliases") => {
                members.insert_some(name, references::configuration_aliases(subject, value));
            }
            Some(name @ ("source" | "version")) => members.insert_some(name, literal::portable_text(subject, name, value)),
            Some(other) => subject.unknown_argument(other, "The requirement of a provider"),
            None => subject.unknown_argument("(computed)", "The requirement of a provider"),
        }
    }
    Some(members.into_json(subject))
}

/// A state is in one place: `backend` or `cloud`, once.
fn one_place<'a>(subject: &mut Subject<'_>, blocks: &'a [Block]) -> Option<&'a Block> {
    let block = super::resource::only(subject, blocks)?;
    let n_labels = usize::from(&*block.name == "backend");
    if block.labels.len() == n_labels {
        return Some(block);
    }
    subject.error(
        "invalid-block",
        "Invalid block",
        format!("A block `{}` has {n_labels} labels, not {}.", block.name, block.labels.len()),
    );
    None
}
