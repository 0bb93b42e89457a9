//! The block `terraform`: all of it is taken as it stands.

use super::body::{Members, Mode, labels, members, object, value};
use super::expression::plain;
use super::{Names, Result, wrong};
use crate::model::Expression;

/// Where providers come from unless something else is said.
const REGISTRY: &str = "registry.terraform.io/";
const NAMESPACE: &str = "hashicorp/";

/// Reads the settings of all blocks `terraform` of a file.
pub(super) fn settings(all: Members) -> Result<Expression> {
    let mut read: Members = Vec::new();
    let mut providers = Vec::new();
    for (name, json) in all {
        let value = match name.as_str() {
            "required_version" => constraint(json),
            "required_providers" => {
                for (name, json) in labels(json, "required_providers")? {
                    let requirement = requirement(&name, json)?;
                    providers.push((name, requirement));
                }
                continue;
            }
            "backend" | "provider_meta" => {
                let blocks = labels(json, &name)?.into_iter();
                let blocks = blocks.map(|(label, body)| Ok((label, literal(body, Mode::LITERAL_BLOCKS)?)));
                object(blocks.collect::<Result<Vec<_>>>()?)
            }
            _ => literal(json, Mode::LITERAL_BLOCKS)?,
        };
        if read.iter().any(|(known, _)| *known == name) {
            return wrong(format!("`{name}` stands twice in `terraform`"));
        }
        read.push((name, value));
    }
    if !providers.is_empty() {
        read.push(("required_providers".to_owned(), object(providers)));
    }
    Ok(object(read))
}

/// Reads what is taken as it stands.
pub(super) fn literal(json: Expression, mode: Mode) -> Result<Expression> {
    value(json, mode, &mut Names::default())
}

/// A provider that is required: an object, or the version alone.
fn requirement(name: &str, json: Expression) -> Result<Expression> {
    let mut source = None;
    let mut read = Vec::new();
    let said = match json {
        Expression::Text(_) => vec![("version".to_owned(), json)],
        json => members(json, name)?,
    };
    for (key, json) in said {
        match (key.as_str(), &json) {
            ("source", Expression::Text(text)) => source = Some(text.to_lowercase()),
            ("version", _) => read.push((key, constraint(json))),
            _ => read.push((key, literal(json, Mode::LITERAL)?)),
        }
    }
    let source = source.unwrap_or_else(|| name.to_lowercase());
    let source = source.strip_prefix(REGISTRY).unwrap_or(&source);
    let source = if source.contains('/') { source.to_owned() } else { format!("{NAMESPACE}{source}") };
    read.push(("source".to_owned(), Expression::text(source)));
    Ok(object(read))
}

/// A constraint upon versions, with its parts in one order and notation.
pub(super) fn constraint(json: Expression) -> Expression {
    let Expression::Text(text) = &json else { return json };
    let mut parts: Vec<String> = text.split(',').map(one_constraint).collect();
    parts.sort();
    plain(&parts.join(", "))
}

fn one_constraint(text: &str) -> String {
    let text = text.trim();
    let version = text.trim_start_matches(['=', '!', '<', '>', '~']);
    let operator = &text[..text.len() - version.len()];
    let version = version.trim();
    if operator.is_empty() || operator == "=" { version.to_owned() } else { format!("{operator} {version}") }
}
