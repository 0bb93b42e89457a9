//! Declarations written in Terraform's own language, so that tests read like what they are about.

use crate::model::{
    Address, Block, Body, Declaration, Evaluation, Expression, Kind, Name, Place, StackDeclarations, StackLinks, is_root,
    read_raw,
};
use crate::terraform::read;
use hcl_edit::structure;

const KINDS: [Kind; 8] =
    [Kind::Resource, Kind::Data, Kind::Ephemeral, Kind::Provider, Kind::Variable, Kind::Output, Kind::Check, Kind::Settings];
/// What is Terraform's own in the kinds that a provider knows.
const META: [&str; 7] = ["count", "for_each", "depends_on", "provider", "lifecycle", "provisioner", "connection"];

/// Returns the declarations of a text. `raw("…")` is an expression that the guest gives in Terraform's notation.
pub(super) fn evaluation(text: &str) -> Evaluation {
    let body: structure::Body = text.parse().unwrap_or_else(|error| panic!("{error}"));
    let mut declarations = Vec::new();
    for block in body.iter().filter_map(structure::Structure::as_block) {
        let labels: Vec<Name> = block.labels.iter().map(|label| Name::from(label.as_str())).collect();
        if block.ident.as_str() == "locals" {
            for (name, value) in body_of(&block.body).arguments {
                let value = Body { arguments: vec![("value".into(), value)], blocks: Vec::new() };
                declarations.push(declaration(Kind::Local, vec![name], value));
            }
        } else {
            let kind = KINDS.iter().find(|kind| kind.terraform_key() == block.ident.as_str()).expect("a known kind of block");
            declarations.push(declaration(*kind, labels, body_of(&block.body)));
        }
    }
    let stack = StackDeclarations {
        name: "app".into(),
        place: place(),
        declarations,
        reserved: Vec::new(),
        assets: Vec::new(),
        links: StackLinks::default(),
    };
    Evaluation { program: "test".into(), version: "1".into(), stacks: vec![stack] }
}

fn place() -> Place {
    Place { file: "main.tf".into(), line: 1, column: 1 }
}

fn declaration(kind: Kind, labels: Vec<Name>, mut body: Body) -> Declaration {
    let mut meta = Body::default();
    if matches!(kind, Kind::Resource | Kind::Data | Kind::Ephemeral) {
        let is_meta = |name: &Name| META.contains(&&**name);
        meta.arguments = body.arguments.extract_if(.., |(name, _)| is_meta(name)).collect();
        meta.blocks = body.blocks.extract_if(.., |block| is_meta(&block.name)).collect();
    }
    Declaration {
        address: Address::new(kind, &labels),
        kind,
        labels,
        body,
        meta,
        scope: Vec::new(),
        place: place(),
        protect: false,
        aliases: Vec::new(),
        overrides: Vec::new(),
    }
}

fn body_of(parsed: &structure::Body) -> Body {
    let mut body = Body::default();
    for part in parsed {
        match part {
            structure::Structure::Attribute(attribute) => {
                let name = attribute.key.as_str();
                let text = attribute.value.to_string();
                // The types of variables are texts in a declaration.
                let value = if name == "type" { Expression::text(text.trim()) } else { expression(text.trim()) };
                body.arguments.push((name.into(), value));
            }
            structure::Structure::Block(block) => body.blocks.push(Block {
                name: block.ident.as_str().into(),
                labels: block.labels.iter().map(|label| Name::from(label.as_str())).collect(),
                body: body_of(&block.body),
            }),
        }
    }
    body.sort();
    body
}

fn expression(text: &str) -> Expression {
    let configuration = serde_json::json!({ "locals": { "x": format!("${{{text}}}") } });
    let configuration = read::read(&configuration.to_string()).unwrap();
    let block = configuration.blocks.into_values().next().unwrap();
    let Expression::Object(mut pairs) = block.content else { panic!("{text} is in a body") };
    let (_, mut value) = pairs.swap_remove(0);
    refer(&mut value);
    value
}

/// Makes references of what is read of something declared, as guests say it.
fn refer(value: &mut Expression) {
    // Other roots than these and the types of providers are variables.
    let is_declared = |names: &Vec<String>| names[0].contains('_') || is_root(&names[0]);
    if let Some(names) = names(value).filter(is_declared)
        && let Some(address) = Address::read_by(&names.iter().map(AsRef::as_ref).collect::<Vec<_>>())
    {
        let n = address.as_str().split('.').count();
        *value = Expression::reference(address, &names[n..].join("."));
        return;
    }
    if let Expression::Call(call) = value
        && &*call.function == "raw"
        && let [Expression::Text(text)] = &call.arguments[..]
    {
        let reads = read_raw(text).unwrap().reads;
        let addresses = reads.iter().filter_map(|read| Address::read_by(&read.symbol.split('.').collect::<Vec<_>>()));
        *value = Expression::Raw(Box::new((text.to_string(), addresses.collect())));
        return;
    }
    if let Some(names) = names(value) {
        *value = Expression::Symbol(names.join(".").into());
        return;
    }
    value.each_child_mut(&mut refer);
}

fn names(value: &Expression) -> Option<Vec<String>> {
    match value {
        Expression::Symbol(root) if &**root != "*" => Some(vec![root.to_string()]),
        Expression::Attribute(parts) => {
            let mut names = names(&parts.0)?;
            names.push(parts.1.to_string());
            Some(names)
        }
        _ => None,
    }
}
