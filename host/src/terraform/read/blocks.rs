//! What Terraform itself understands of each kind of block; the rest is the provider's.

use super::body::{Members, Mode, bodies, dynamics, labels, members, object, single, value as any_value};
use super::expression::{bare, plain};
use super::settings::{constraint, literal};
use super::{Names, Result, wrong};
use crate::model::{Expression, Kind, hcl};

/// Reads a value that is an expression.
pub(super) fn value(json: Expression) -> Expression {
    // Without blocks in it there is nothing to go wrong.
    any_value(json, Mode::VALUE, &mut Names::default()).unwrap_or(Expression::Null)
}

/// Reads a resource, a data source or an ephemeral resource.
pub(super) fn resource(type_name: &str, members: Members) -> Result<Expression> {
    let read = members.into_iter().map(|(name, json)| {
        let value = match name.as_str() {
            "count" | "for_each" => value(json),
            "depends_on" => set(json),
            // That of its type's name is the one that it has anyway.
            "provider" => match reference(json) {
                Expression::Symbol(provider) if Some(&*provider) == type_name.split('_').next() => Expression::Null,
                other => other,
            },
            "lifecycle" => lifecycle(json)?,
            "connection" => connection(json)?,
            "provisioner" => provisioners(json)?,
            _ => providers(&name, json)?,
        };
        Ok((name, value))
    });
    Ok(object(read.collect::<Result<Vec<_>>>()?))
}

/// Reads a block of any other kind.
pub(super) fn block(kind: Kind, members: Members) -> Result<Expression> {
    let mut read = Vec::with_capacity(members.len());
    for (name, json) in members {
        let value = match (kind, name.as_str()) {
            (Kind::Provider, "alias") => plain_text(json),
            (Kind::Provider, "version") | (Kind::Module, "version") => constraint(json),
            (Kind::Provider, _) => providers(&name, json)?,
            (Kind::Variable, "type") => reference(json),
            (Kind::Variable, "default") => {
                let default = literal(json, Mode::LITERAL)?;
                // None is not the same as `null`.
                if default == Expression::Null { Expression::Symbol("null".into()) } else { default }
            }
            (Kind::Variable | Kind::Output, "description") => plain_text(json),
            (Kind::Variable | Kind::Output, "sensitive" | "ephemeral") => unless(json, false),
            (Kind::Variable, "nullable") => unless(json, true),
            (Kind::Variable, "validation") | (Kind::Output, "precondition") | (Kind::Check, "assert") => conditions(json)?,
            (Kind::Module, "source") => plain_text(json),
            (Kind::Module, "providers") => references(json)?,
            (Kind::Module | Kind::Output, "depends_on") => set(json),
            // A module may tell `null` from nothing.
            (Kind::Module, _) if json == Expression::Null => Expression::Symbol("null".into()),
            (Kind::Moved | Kind::Removed, "from") | (Kind::Moved | Kind::Import, "to") | (Kind::Import, "provider") => {
                reference(json)
            }
            (Kind::Removed, "lifecycle") => lifecycle(json)?,
            (Kind::Removed, "provisioner") => provisioners(json)?,
            (Kind::Check, "data") => scoped_data(json)?,
            _ => value(json),
        };
        read.push((name, value));
    }
    Ok(object(read))
}

/// What a provider defines, `dynamic` blocks among it.
fn providers(name: &str, json: Expression) -> Result<Expression> {
    match name {
        "dynamic" => dynamics(json, &mut Names::default()),
        _ => any_value(json, Mode::PROVIDERS, &mut Names::default()),
    }
}

fn plain_text(json: Expression) -> Expression {
    json.as_text().map_or(json.clone(), plain)
}

/// A truth value that is not worth a word where it is the default.
fn unless(json: Expression, default: bool) -> Expression {
    let said = match &json {
        Expression::Text(text) if &**text == "true" => Expression::Bool(true),
        Expression::Text(text) if &**text == "false" => Expression::Bool(false),
        other => other.clone(),
    };
    if said == Expression::Bool(default) { Expression::Null } else { said }
}

/// An address or a type: never a template.
fn reference(json: Expression) -> Expression {
    json.as_text().map_or(json.clone(), |text| bare(text, &mut Names::default()))
}

fn references(json: Expression) -> Result<Expression> {
    let read = members(json, "providers")?.into_iter().map(|(name, json)| (name, reference(json)));
    Ok(object(read))
}

/// References whose order means nothing; none of them is as good as no argument.
fn set(json: Expression) -> Expression {
    let Expression::List(items) = json else { return reference(json) };
    let mut items: Vec<Expression> = items.into_iter().map(reference).collect();
    items.sort_by_cached_key(hcl::expression_text);
    items.dedup();
    if items.is_empty() { Expression::Null } else { Expression::List(items) }
}

fn lifecycle(json: Expression) -> Result<Expression> {
    let mut read = Vec::new();
    for (name, json) in bodies(json, "lifecycle")?.into_iter().flatten() {
        let value = match name.as_str() {
            "ignore_changes" | "replace_triggered_by" => set(json),
            "precondition" | "postcondition" => conditions(json)?,
            "create_before_destroy" | "prevent_destroy" => unless(json, false),
            _ => unless(json, true),
        };
        read.push((name, value));
    }
    let read = object(read);
    Ok(if read == Expression::Object(Vec::new()) { Expression::Null } else { read })
}

fn conditions(json: Expression) -> Result<Expression> {
    let blocks = bodies(json, "a condition")?;
    Ok(single(blocks.into_iter().map(|block| object(block.into_iter().map(|(name, json)| (name, value(json))))).collect()))
}

/// Provisioners in order, each an object of its type.
fn provisioners(json: Expression) -> Result<Expression> {
    let mut read = Vec::new();
    for (type_name, blocks) in labels(json, "provisioner")? {
        for block in bodies(blocks, &type_name)? {
            let inner = block.into_iter().map(|(name, json)| {
                let value = match name.as_str() {
                    "when" | "on_failure" => plain_text(json),
                    "connection" => connection(json)?,
                    _ => providers(&name, json)?,
                };
                Ok((name, value))
            });
            let inner = object(inner.collect::<Result<Vec<_>>>()?);
            read.push(object([(type_name.clone(), inner)]));
        }
    }
    Ok(single(read))
}

fn connection(json: Expression) -> Result<Expression> {
    let read = bodies(json, "connection")?.into_iter().flatten();
    let read = read.map(|(name, json)| if name == "type" { (name, plain_text(json)) } else { (name, value(json)) });
    Ok(object(read.collect::<Vec<_>>()))
}

/// The data source in a check.
fn scoped_data(json: Expression) -> Result<Expression> {
    let mut read = Vec::new();
    for (type_name, named) in labels(json, "data")? {
        for (name, body) in labels(named, &type_name)? {
            read.push((type_name.clone(), object([(name.clone(), resource(&type_name, members(body, &name)?)?)])));
        }
    }
    match &read[..] {
        [_, _, ..] => wrong("a check holds at most one `data`"),
        _ => Ok(object(read)),
    }
}
