//! Bodies: their forms, and values in them.

use super::expression::{plain, sorted, template};
use super::{Names, Result, wrong};
use crate::model::Expression;

/// How values at a place are read.
#[derive(Clone, Copy)]
pub(super) struct Mode {
    /// Text is a template.
    pub(super) templates: bool,
    /// Objects may be nested blocks: which are is the provider's to say. A list of one is then that one, and `null` is nothing.
    pub(super) blocks: bool,
}

impl Mode {
    /// Arguments and blocks that a provider defines.
    pub(super) const PROVIDERS: Mode = Mode { templates: true, blocks: true };
    /// A value of an expression.
    pub(super) const VALUE: Mode = Mode { templates: true, blocks: false };
    /// A constant that is taken as it stands.
    pub(super) const LITERAL: Mode = Mode { templates: false, blocks: false };
    /// Settings that are taken as they stand, with blocks in them.
    pub(super) const LITERAL_BLOCKS: Mode = Mode { templates: false, blocks: true };
}

/// What is in a body, by name.
pub(super) type Members = Vec<(String, Expression)>;

/// Returns what is under labels: of one object, or of a list of them. Comments are left out. Names may stand twice.
pub(super) fn labels(value: Expression, what: &str) -> Result<Members> {
    let objects = match value {
        Expression::Null => return Ok(Vec::new()),
        Expression::List(items) => items,
        object => vec![object],
    };
    let mut found = Vec::new();
    for object in objects {
        let Expression::Object(pairs) = object else { return wrong(format!("`{what}` has to be an object")) };
        let named = pairs.into_iter().filter_map(|(key, value)| Some((key.as_text()?.to_owned(), value)));
        found.extend(named.filter(|(name, _)| name != "//"));
    }
    Ok(found)
}

/// Returns what is in a body. An argument that stands twice is an error, as to Terraform.
pub(super) fn members(value: Expression, what: &str) -> Result<Members> {
    if matches!(&value, Expression::List(items) if items.len() > 1) && what != "terraform" && what != "locals" {
        return wrong(format!("`{what}` is declared twice"));
    }
    let mut found = labels(value, what)?;
    found.sort_by(|a, b| a.0.cmp(&b.0));
    match found.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        // Settings of several blocks are merged.
        Some(_) if what == "terraform" => Ok(found),
        Some(pair) => wrong(format!("`{}` stands twice in `{what}`", pair[0].0)),
        None => Ok(found),
    }
}

/// Returns the bodies of a nested block: none for `null`.
pub(super) fn bodies(value: Expression, what: &str) -> Result<Vec<Members>> {
    match value {
        Expression::Null => Ok(Vec::new()),
        Expression::List(items) => items.into_iter().map(|item| members(item, what)).collect(),
        object => Ok(vec![members(object, what)?]),
    }
}

/// Makes an object of what is in a body, without what is not set.
pub(super) fn object(members: impl IntoIterator<Item = (String, Expression)>) -> Expression {
    let set = members.into_iter().filter(|(_, value)| *value != Expression::Null);
    sorted(set.map(|(name, value)| (plain(&name), value)).collect())
}

/// Makes one body of a list of one.
pub(super) fn single(mut items: Vec<Expression>) -> Expression {
    match &items[..] {
        [] => Expression::Null,
        [_] => items.swap_remove(0),
        _ => Expression::List(items),
    }
}

/// Reads a value.
pub(super) fn value(json: Expression, mode: Mode, names: &mut Names) -> Result<Expression> {
    Ok(match json {
        Expression::Text(text) if mode.templates => template(&text, names),
        Expression::Text(text) => plain(&text),
        Expression::List(mut items) => {
            if let (true, [Expression::Object(_)]) = (mode.blocks, &items[..]) {
                return nested(items.swap_remove(0), true, mode, names);
            }
            let in_list = mode.blocks && items.iter().all(|item| matches!(item, Expression::Object(_)));
            let read = items.into_iter().map(|item| match item {
                object @ Expression::Object(_) if in_list => nested(object, true, mode, names),
                other => value(other, mode, names),
            });
            Expression::List(read.collect::<Result<_>>()?)
        }
        object @ Expression::Object(_) => nested(object, false, mode, names)?,
        other => other,
    })
}

/// Reads an object. `"//"` in it is a comment where it is a block, and a key where it is a map: a block if it stands in a list, or if the
/// comment is no text.
fn nested(json: Expression, in_list: bool, mode: Mode, names: &mut Names) -> Result<Expression> {
    let Expression::Object(pairs) = json else { return value(json, mode, names) };
    let mut read = Vec::new();
    for (key, item) in pairs {
        let Expression::Text(name) = &key else { continue };
        match &**name {
            "//" if mode.blocks && (in_list || !matches!(item, Expression::Text(_))) => continue,
            "dynamic" if mode.blocks && matches!(item, Expression::Object(_) | Expression::List(_)) => {
                let item = dynamics(item, names)?;
                read.push((plain("dynamic"), item));
                continue;
            }
            _ => {}
        }
        let item = value(item, mode, names)?;
        if mode.blocks && item == Expression::Null {
            continue;
        }
        read.push((if mode.templates { template(name, names) } else { plain(name) }, item));
    }
    Ok(sorted(read))
}

/// Reads `dynamic` blocks: of each type a list, in order.
pub(super) fn dynamics(json: Expression, names: &mut Names) -> Result<Expression> {
    let mut by_type: Vec<(String, Vec<Expression>)> = Vec::new();
    for (label, blocks) in labels(json, "dynamic")? {
        let what = format!("dynamic.{label}");
        let mut read = Vec::new();
        for mut members in bodies(blocks, &what)? {
            let mut take = |name: &str| members.iter().position(|(key, _)| key == name).map(|at| members.remove(at).1);
            let iterator = take("iterator").and_then(|name| name.as_text().map(str::to_owned)).unwrap_or_else(|| label.clone());
            let (content, labels) = (take("content"), take("labels"));
            let mut parts = Vec::new();
            for (name, item) in members {
                parts.push((name, value(item, Mode::VALUE, names)?));
            }
            names.enter_dynamic(&iterator);
            let inner = content.map(|content| value(content, Mode::PROVIDERS, names));
            let labels = labels.map(|labels| value(labels, Mode::VALUE, names));
            names.leave();
            if let Some(content) = inner {
                parts.push(("content".to_owned(), content?));
            }
            if let Some(labels) = labels {
                parts.push(("labels".to_owned(), labels?));
            }
            read.push(object(parts));
        }
        match by_type.iter_mut().find(|(known, _)| *known == label) {
            Some((_, same)) => same.append(&mut read),
            None => by_type.push((label, read)),
        }
    }
    Ok(object(by_type.into_iter().map(|(label, blocks)| (label, single(blocks)))))
}
