//! Which instances a declaration has, and which declaration an instance is of.

use crate::model::{Declaration, Expression, instance_key};
use std::collections::BTreeSet;

/// More instances are not counted one by one: a guest chooses how many there are.
const MOST_COUNTED: i64 = 10_000;

/// The instances of a declaration, by their keys as they stand in addresses.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Instances {
    /// The only one, which has no key.
    One,
    /// One for each key.
    Keys(BTreeSet<String>),
    /// Terraform computes them, from this argument.
    Unknown(&'static str),
}

impl Instances {
    /// Returns those of a resource or a module.
    pub(super) fn of(node: &Declaration) -> Instances {
        if let Some(count) = set(node, "count") {
            return counted(count).unwrap_or(Instances::Unknown("count"));
        }
        match set(node, "for_each") {
            Some(for_each) => keyed(for_each).unwrap_or(Instances::Unknown("for_each")),
            None => Instances::One,
        }
    }

    /// Tells whether an instance with this key may be one of them.
    pub(super) fn may_have(&self, key: &str) -> bool {
        match self {
            Instances::One => key.is_empty(),
            Instances::Keys(keys) => keys.contains(key),
            Instances::Unknown("count") => key.starts_with('[') && !key.starts_with("[\""),
            Instances::Unknown(_) => key.starts_with("[\""),
        }
    }
}

/// Returns what `count` or `for_each` is set to.
pub(super) fn set<'n>(node: &'n Declaration, name: &str) -> Option<&'n Expression> {
    node.meta.argument(name).filter(|value| **value != Expression::Null)
}

fn counted(count: &Expression) -> Option<Instances> {
    let count = match count {
        Expression::Integer(count) => *count,
        Expression::Text(text) => text.parse().ok()?,
        _ => return None,
    };
    (0..=MOST_COUNTED).contains(&count).then(|| Instances::Keys((0..count).map(|index| format!("[{index}]")).collect()))
}

fn keyed(for_each: &Expression) -> Option<Instances> {
    let keys: Option<Vec<&Expression>> = match for_each {
        Expression::Object(pairs) => pairs.iter().map(|(key, _)| key.as_text().map(|_| key)).collect(),
        // What is a list here is made a set when it is written.
        Expression::List(items) => texts(items),
        Expression::Call(call) if call.function.as_ref() == "toset" && !call.expand => match &call.arguments[..] {
            [Expression::List(items)] => texts(items),
            _ => None,
        },
        _ => None,
    };
    Some(Instances::Keys(keys?.into_iter().map(instance_key).collect()))
}

fn texts(items: &[Expression]) -> Option<Vec<&Expression>> {
    items.iter().map(|item| item.as_text().map(|_| item)).collect()
}

/// An address of an instance, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Located<'t> {
    /// The address of the declaration in the root module: `aws_x.y`, `module.m`.
    pub(super) declaration: &'t str,
    /// The key of the instance of that, with its brackets; empty where there is none.
    pub(super) key: &'t str,
    /// What stands behind it: where in the module.
    pub(super) inner: &'t str,
}

impl<'t> Located<'t> {
    /// Takes an address apart; nothing where it is none.
    pub(super) fn read(address: &'t str) -> Option<Located<'t>> {
        let dot = address.find('.')?;
        let end = address[dot + 1..].find(['.', '[']).map_or(address.len(), |end| dot + 1 + end);
        let (declaration, rest) = address.split_at(end);
        let length = rest.strip_prefix('[').map_or(0, |behind| 1 + key_length(behind));
        let (key, inner) = rest.split_at(length);
        Some(Located { declaration, key, inner })
    }
}

/// Returns how long the rest of a key is, up to its closing bracket and with it.
pub(super) fn key_length(behind_bracket: &str) -> usize {
    let (mut in_text, mut is_escaped) = (false, false);
    for (position, c) in behind_bracket.char_indices() {
        match c {
            ']' if !in_text => return position + 1,
            '"' if !is_escaped => in_text = !in_text,
            _ => {}
        }
        is_escaped = in_text && c == '\\' && !is_escaped;
    }
    behind_bracket.len()
}
