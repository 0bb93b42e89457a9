//! One declaration as JSON, by its kind. `resource` and `settings` have more to say and stand apart.

use super::json::{Json, Members, Subject, looks_like_template};
use super::{body, check, literal, references, resource, settings};
use crate::model::{Body, Expression, Kind, is_identifier};

/// Returns what stands under a declaration's labels.
pub(super) fn declaration<'a>(subject: &mut Subject<'_>, kind: Kind, own: &'a Body, meta: &'a Body) -> Json<'a> {
    match kind {
        Kind::Settings => settings::settings(subject, own),
        Kind::Provider => provider(subject, own, meta),
        Kind::Variable => variable(subject, own),
        Kind::Local => local(subject, own),
        Kind::Data | Kind::Ephemeral | Kind::Resource => resource::resource(subject, own, meta),
        Kind::Module => module(subject, own, meta),
        Kind::Output => output(subject, own),
        Kind::Moved => moved(subject, own),
        Kind::Import => import(subject, own),
        Kind::Removed => removed(subject, own),
        Kind::Check => checks(subject, own),
    }
}

fn provider<'a>(subject: &mut Subject<'_>, own: &'a Body, meta: &'a Body) -> Json<'a> {
    const CLAIMED: [&str; 9] = ["_", "alias", "count", "depends_on", "for_each", "lifecycle", "locals", "source", "version"];
    let mut members = Members::default();
    body::add(subject, &own.arguments, &own.blocks, &CLAIMED, &mut members);
    for (name, expression) in &meta.arguments {
        match &**name {
            "alias" => {
                if expression.as_text().is_some_and(|alias| !is_identifier(alias)) {
                    subject.error(
                        "invalid-name",
                        "Invalid name",
                        "The `alias` of a provider configuration is a name.".to_owned(),
                    );
                }
                members.insert_some(name, literal::text(subject, name, expression));
            }
            other => subject.unknown_argument(other, "What Terraform understands of a provider configuration"),
        }
    }
    meta.blocks
        .iter()
        .for_each(|block| subject.unknown_block(&block.name, "What Terraform understands of a provider configuration"));
    members.into_json(subject)
}

fn variable<'a>(subject: &mut Subject<'_>, own: &'a Body) -> Json<'a> {
    const OF: &str = "A variable";
    let mut members = Members::default();
    for (name, expression) in &own.arguments {
        let json = match (&**name, expression) {
            ("type", Expression::Symbol(constraint)) => Some(Json::Text((&**constraint).into())),
            ("type" | "description", _) => literal::text(subject, name, expression),
            // A default of `null` is not the same as none.
            ("default", _) => literal::constant(subject, name, expression),
            ("sensitive" | "nullable" | "ephemeral", _) => literal::bool(subject, name, expression),
            (other, _) => {
                subject.unknown_argument(other, OF);
                None
            }
        };
        members.insert_some(name, json);
    }
    if own.argument("default") == Some(&Expression::Null) && own.argument("nullable") == Some(&Expression::Bool(false)) {
        subject.error("invalid-default", "Invalid default", "`default` is `null`, and `nullable` is `false`.".to_owned());
    }
    condition_blocks(subject, own, &["validation"], OF, &mut members);
    members.into_json(subject)
}

fn local<'a>(subject: &mut Subject<'_>, own: &'a Body) -> Json<'a> {
    const OF: &str = "A local value";
    own.arguments.iter().filter(|(name, _)| &**name != "value").for_each(|(name, _)| subject.unknown_argument(name, OF));
    own.blocks.iter().for_each(|block| subject.unknown_block(&block.name, OF));
    match own.argument("value") {
        Some(value) => check::value(subject, "value", value),
        None => {
            subject.missing_argument("value", OF);
            Json::Value(&Expression::Null)
        }
    }
}

fn module<'a>(subject: &mut Subject<'_>, own: &'a Body, meta: &'a Body) -> Json<'a> {
    const CLAIMED: [&str; 9] = ["_", "count", "depends_on", "for_each", "lifecycle", "locals", "providers", "source", "version"];
    const OF: &str = "A module call";
    let mut members = Members::default();
    body::add(subject, &own.arguments, &[], &CLAIMED, &mut members);
    own.blocks.iter().chain(&meta.blocks).for_each(|block| subject.unknown_block(&block.name, OF));
    for (name, expression) in &meta.arguments {
        let json = match &**name {
            "source" | "version" => literal::portable_text(subject, name, expression),
            "providers" => references::providers(subject, expression),
            "count" => resource::not_null(subject, name, expression),
            "for_each" => resource::for_each(subject, expression),
            "depends_on" => references::depends_on(subject, expression),
            other => {
                subject.unknown_argument(other, OF);
                None
            }
        };
        members.insert_some(name, json);
    }
    resource::refuse_count_with_for_each(subject, meta);
    if meta.argument("source").is_none() {
        subject.missing_argument("source", OF);
    }
    members.into_json(subject)
}

fn output<'a>(subject: &mut Subject<'_>, own: &'a Body) -> Json<'a> {
    const OF: &str = "An output";
    let mut members = Members::default();
    for (name, expression) in &own.arguments {
        let json = match &**name {
            "value" => Some(check::value(subject, name, expression)),
            "description" => literal::text(subject, name, expression),
            "sensitive" | "ephemeral" => literal::bool(subject, name, expression),
            "depends_on" => references::depends_on(subject, expression),
            other => {
                subject.unknown_argument(other, OF);
                None
            }
        };
        members.insert_some(name, json);
    }
    if own.argument("value").is_none() {
        subject.missing_argument("value", OF);
    }
    condition_blocks(subject, own, &["precondition"], OF, &mut members);
    members.into_json(subject)
}

fn moved<'a>(subject: &mut Subject<'_>, own: &'a Body) -> Json<'a> {
    const OF: &str = "A `moved` block";
    let mut members = Members::default();
    addresses(subject, own, &["from", "to"], OF, &mut members);
    for (name, _) in own.arguments.iter().filter(|(name, _)| !matches!(&**name, "from" | "to")) {
        subject.unknown_argument(name, OF);
    }
    own.blocks.iter().for_each(|block| subject.unknown_block(&block.name, OF));
    members.into_json(subject)
}

fn import<'a>(subject: &mut Subject<'_>, own: &'a Body) -> Json<'a> {
    const OF: &str = "An `import` block";
    let mut members = Members::default();
    addresses(subject, own, &["to"], OF, &mut members);
    for (name, expression) in &own.arguments {
        let json = match &**name {
            "to" => None,
            "id" | "identity" => resource::not_null(subject, name, expression),
            "for_each" => resource::for_each(subject, expression),
            "provider" => references::provider(subject, expression),
            other => {
                subject.unknown_argument(other, OF);
                None
            }
        };
        members.insert_some(name, json);
    }
    own.blocks.iter().for_each(|block| subject.unknown_block(&block.name, OF));
    members.into_json(subject)
}

/// Terraform destroys what it lets go of unless told otherwise, OpenTofu keeps it: so the program has to say.
fn removed<'a>(subject: &mut Subject<'_>, own: &'a Body) -> Json<'a> {
    const OF: &str = "A `removed` block";
    let mut members = Members::default();
    addresses(subject, own, &["from"], OF, &mut members);
    for (name, _) in own.arguments.iter().filter(|(name, _)| &**name != "from") {
        subject.unknown_argument(name, OF);
    }
    let mut destroy = None;
    for blocks in own.blocks.chunk_by(|a, b| a.name == b.name) {
        match &*blocks[0].name {
            "lifecycle" => {
                let block = resource::only(subject, blocks);
                for (name, expression) in block.iter().flat_map(|block| &block.body.arguments) {
                    match &**name {
                        "destroy" => destroy = literal::bool(subject, name, expression),
                        other => subject.unknown_argument(other, "`lifecycle` of a `removed` block"),
                    }
                }
            }
            "provisioner" => members.insert("provisioner", resource::provisioners(subject, blocks)),
            other => subject.unknown_block(other, OF),
        }
    }
    match destroy {
        Some(destroy) => members.insert("lifecycle", Json::Object(vec![("destroy", destroy)])),
        None => subject.error(
            "destroy-not-said",
            "Removal that does not say whether to destroy",
            "Left out, Terraform destroys the real object and OpenTofu keeps it. \
             Set `destroy` in the block `lifecycle`: `false` lets go of the object, `true` destroys it."
                .to_owned(),
        ),
    }
    members.into_json(subject)
}

fn checks<'a>(subject: &mut Subject<'_>, own: &'a Body) -> Json<'a> {
    const OF: &str = "A check";
    let mut members = Members::default();
    own.arguments.iter().for_each(|(name, _)| subject.unknown_argument(name, OF));
    for blocks in own.blocks.chunk_by(|a, b| a.name == b.name) {
        match &*blocks[0].name {
            "assert" => members.insert("assert", body::block_array(subject, blocks)),
            "data" => {
                let Some(block) = resource::only(subject, blocks) else { continue };
                if block.labels.len() != 2 {
                    subject.error("invalid-block", "Invalid block", "A `data` block has two labels, type and name.".to_owned());
                }
                let inner = resource::scoped_data(subject, &block.body);
                members.insert("data", literal::labelled(&block.labels, inner));
            }
            other => subject.unknown_block(other, OF),
        }
    }
    if own.blocks_named("assert").next().is_none() {
        subject.error("invalid-block", "Invalid block", "A check has at least one block `assert`.".to_owned());
    }
    members.into_json(subject)
}

fn condition_blocks<'a>(subject: &mut Subject<'_>, own: &'a Body, known: &[&str], of: &str, members: &mut Members<'a>) {
    for blocks in own.blocks.chunk_by(|a, b| a.name == b.name) {
        let name = &*blocks[0].name;
        if known.contains(&name) {
            members.insert(name, body::block_array(subject, blocks));
        } else {
            subject.unknown_block(name, of);
        }
    }
}

fn addresses<'a>(subject: &mut Subject<'_>, own: &'a Body, names: &[&'static str], of: &str, members: &mut Members<'a>) {
    for name in names {
        let Some(expression) = own.argument(name) else {
            subject.missing_argument(name, of);
            continue;
        };
        let json = references::address(subject, name, expression);
        if let Some(Json::Text(text)) = &json
            && looks_like_template(text)
        {
            subject.error("invalid-address", "Invalid address", format!("`{name}` is an address, not a template: `{text}`."));
        }
        members.insert_some(name, json);
    }
}
