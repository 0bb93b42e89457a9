//! JSON documents in values: as text, as text with interpolations in it, or as a call of `jsonencode`.

use crate::model::{Expression, json};
use std::borrow::Cow;

/// What stands for an interpolation while text is parsed: characters for private use, in which no document is written.
const OPEN: char = '\u{f0000}';
const CLOSE: char = '\u{f0001}';

/// A document, and how it was given.
pub(in crate::plan) struct Document<'a> {
    pub(in crate::plan) tree: Cow<'a, Expression>,
    /// Whether its bytes are the text's, not those that `jsonencode` would write.
    pub(super) is_text: bool,
}

/// Returns the document that a value holds: an object or a list.
pub(in crate::plan) fn of(value: &Expression) -> Option<Document<'_>> {
    match value {
        Expression::Text(text) if text.trim_start().starts_with(['{', '[']) => {
            let tree = json::parse_strictly(text).ok()?;
            Some(Document { tree: Cow::Owned(filled(tree, &[])), is_text: true })
        }
        Expression::Template(parts) => match parts.first()? {
            Expression::Text(start) if start.trim_start().starts_with(['{', '[']) => {
                let tree = json::parse_strictly(&with_markers(parts)?).ok()?;
                Some(Document { tree: Cow::Owned(filled(tree, parts)), is_text: true })
            }
            _ => None,
        },
        Expression::Call(call) if call.function.as_ref() == "jsonencode" && !call.expand => match &call.arguments[..] {
            [tree @ (Expression::Object(_) | Expression::List(_))] => {
                Some(Document { tree: Cow::Borrowed(tree), is_text: false })
            }
            _ => None,
        },
        _ => None,
    }
}

/// Returns the text of a template with a marker for each interpolation; where a whole value would stand, in quotes.
fn with_markers(parts: &[Expression]) -> Option<String> {
    let mut out = String::new();
    let (mut in_string, mut is_escaped) = (false, false);
    for (position, part) in parts.iter().enumerate() {
        match part {
            Expression::Text(text) if text.contains([OPEN, CLOSE]) => return None,
            Expression::Text(text) => {
                for character in text.chars() {
                    in_string ^= character == '"' && !is_escaped;
                    is_escaped = in_string && character == '\\' && !is_escaped;
                }
                out.push_str(text);
            }
            _ if in_string => out.push_str(&format!("{OPEN}{position}{CLOSE}")),
            _ => out.push_str(&format!("\"{OPEN}!{position}{CLOSE}\"")),
        }
    }
    Some(out)
}

/// Puts interpolations where their markers stand, and keys into their one order.
fn filled(tree: Expression, parts: &[Expression]) -> Expression {
    match tree {
        Expression::Text(text) => filled_text(&text, parts).unwrap_or(Expression::Text(text)),
        Expression::List(items) => Expression::List(items.into_iter().map(|item| filled(item, parts)).collect()),
        Expression::Object(pairs) => {
            let mut pairs: Vec<_> = pairs.into_iter().map(|(key, value)| (filled(key, parts), filled(value, parts))).collect();
            pairs.sort_by_cached_key(|(key, _)| key.as_text().map(str::to_owned));
            Expression::Object(pairs)
        }
        other => other,
    }
}

fn filled_text(text: &str, parts: &[Expression]) -> Option<Expression> {
    let mut pieces = Vec::new();
    for (position, piece) in text.split(OPEN).enumerate() {
        let rest = if position == 0 {
            piece
        } else {
            let (marker, rest) = piece.split_once(CLOSE)?;
            let part = parts.get(marker.trim_start_matches('!').parse::<usize>().ok()?)?;
            match part {
                // A document in a document.
                Expression::Call(call)
                    if marker.starts_with('!') && call.function.as_ref() == "jsonencode" && call.arguments.len() == 1 =>
                {
                    pieces.push(call.arguments[0].clone());
                }
                part => pieces.push(part.clone()),
            }
            rest
        };
        if !rest.is_empty() {
            pieces.push(Expression::text(rest));
        }
    }
    match pieces.len() {
        0 => None,
        1 => pieces.pop(),
        _ => Some(Expression::Template(pieces)),
    }
}
