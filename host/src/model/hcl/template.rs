//! Text that HCL reads as a template: literal text, interpolations and directives, escaped.
//!
//! **Invariant:** this is the only place that escapes text for Terraform. The traps are spelled out here because none of them is an
//! error in Terraform: each silently yields another text.

use super::{write_expression, write_quoted};
use crate::model::Expression;
use std::borrow::Cow;

/// Where a template stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// A template of its own, as in a string of Terraform's JSON: nothing is escaped but `${` and `%{`.
    Bare,
    /// Between the quotes of an HCL string, which knows `\n \r \t \" \\ \uNNNN \UNNNNNNNN` besides.
    Quoted,
}

/// Tells whether an expression is known to be text in Terraform's eyes: no conversion can change it.
pub fn is_text(expression: &Expression) -> bool {
    matches!(expression, Expression::Text(_) | Expression::Template(_) | Expression::DirectiveIf(_) | Expression::DirectiveFor(_))
}

/// Writes literal text so that it comes back as it is.
///
/// Safe beside text only, and in a bare template only without a carriage return before a `{`. Whatever stands beside an interpolation or a directive goes through `write_template`.
pub fn write_literal(out: &mut String, text: &str, layer: Layer) {
    if layer == Layer::Bare && !text.contains('{') {
        return out.push_str(text);
    }
    let mut previous = '\0';
    for character in text.chars() {
        match character {
            // The `$` is out already: `$${`. Right for a run of any length: `$$` + `{` is `$$${`.
            '{' if previous == '$' || previous == '%' => {
                out.push(previous);
                out.push('{');
            }
            _ if layer == Layer::Bare => out.push(character),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // What nobody sees is written as its number. All of these fit four digits.
            _ if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}' | BYTE_ORDER_MARK) => {
                out.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            _ => out.push(character),
        }
        previous = character;
    }
}

/// Writes an expression as a bare template, the content of a string of Terraform's JSON.
///
/// A template that is one interpolation is unwrapped by Terraform and keeps its type; so a `Template` of one part gets a `tostring`.
pub fn write_template(out: &mut String, expression: &Expression) {
    if !is_text(expression) {
        out.push_str("${");
        write_expression(out, expression);
        out.push('}');
        return;
    }
    let parts = parts_of(expression);
    match &parts[..] {
        [Part::Value(only)] => {
            out.push_str("${");
            write_tostring(out, only);
            out.push('}');
        }
        // Terraform's scanner drops a byte order mark at the start of a template without a word.
        [Part::Text(text), ..] if text.starts_with(BYTE_ORDER_MARK) => {
            out.push_str("${\"\\ufeff\"}");
            let mut rest = parts;
            if let Part::Text(text) = &mut rest[0] {
                text.to_mut().remove(0);
            }
            write_parts(out, &rest, Layer::Bare, false);
        }
        // Without a `{` it holds nothing that a carriage return could hide.
        [Part::Text(text)] if !text.contains('{') => out.push_str(text),
        _ => write_parts(out, &parts, Layer::Bare, false),
    }
}

/// Writes a template as an expression: in quotes, or as a call of `tostring`.
pub(super) fn write_text_expression(out: &mut String, expression: &Expression) {
    match &parts_of(expression)[..] {
        [Part::Value(only)] => write_tostring(out, only),
        parts => {
            out.push('"');
            write_parts(out, parts, Layer::Quoted, false);
            out.push('"');
        }
    }
}

const BYTE_ORDER_MARK: char = '\u{feff}';

fn write_tostring(out: &mut String, value: &Expression) {
    out.push_str("tostring(");
    write_expression(out, value);
    out.push(')');
}

/// A part of a template, with neighbouring literals merged: between `$` and `{` of two literals no escape could be seen.
enum Part<'a> {
    Text(Cow<'a, str>),
    Value(&'a Expression),
    If(&'a (Expression, Expression, Option<Expression>)),
    For(&'a (Option<crate::model::Name>, crate::model::Name, Expression, Expression)),
}

fn parts_of(expression: &Expression) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    collect_parts(expression, &mut parts);
    parts
}

/// A template in a template is text in text.
fn collect_parts<'a>(expression: &'a Expression, parts: &mut Vec<Part<'a>>) {
    match expression {
        Expression::Template(items) => items.iter().for_each(|item| collect_parts(item, parts)),
        Expression::Text(text) if text.is_empty() => {}
        Expression::Text(text) => match parts.last_mut() {
            Some(Part::Text(before)) => before.to_mut().push_str(text),
            _ => parts.push(Part::Text(Cow::Borrowed(text))),
        },
        Expression::DirectiveIf(directive) => parts.push(Part::If(directive)),
        Expression::DirectiveFor(directive) => parts.push(Part::For(directive)),
        value => parts.push(Part::Value(value)),
    }
}

fn write_parts(out: &mut String, parts: &[Part<'_>], layer: Layer, before_directive: bool) {
    for (position, part) in parts.iter().enumerate() {
        match part {
            Part::Text(text) => {
                let unsafe_end = match parts.get(position + 1) {
                    Some(Part::Value(_)) => text.ends_with('$'),
                    Some(Part::If(_) | Part::For(_)) => text.ends_with('%'),
                    Some(Part::Text(_)) => false,
                    None => before_directive && text.ends_with('%'),
                };
                write_text_part(out, text, layer, unsafe_end);
            }
            Part::Value(value) => {
                out.push_str("${");
                write_expression(out, value);
                out.push('}');
            }
            Part::If(directive) => {
                out.push_str("%{ if ");
                write_expression(out, &directive.0);
                out.push_str(" }");
                write_parts(out, &parts_of(&directive.1), layer, true);
                if let Some(otherwise) = &directive.2 {
                    out.push_str("%{ else }");
                    write_parts(out, &parts_of(otherwise), layer, true);
                }
                out.push_str("%{ endif }");
            }
            Part::For(directive) => {
                out.push_str("%{ for ");
                if let Some(key) = &directive.0 {
                    out.push_str(key);
                    out.push_str(", ");
                }
                out.push_str(&directive.1);
                out.push_str(" in ");
                write_expression(out, &directive.2);
                out.push_str(" }");
                write_parts(out, &parts_of(&directive.3), layer, true);
                out.push_str("%{ endfor }");
            }
        }
    }
}

/// Writes literal text beside interpolations and directives.
///
/// `$` directly before `${` (or `%` before `%{`) would be an escape that turns the interpolation into plain text; and behind a carriage
/// return without a line feed, Terraform's scanner takes every interpolation and every escape for plain text. So these become quoted
/// strings of their own: with the whole run of `$` and `%` before, because such a string's own `${` must not follow a `$` either.
fn write_text_part(out: &mut String, mut text: &str, layer: Layer, unsafe_end: bool) {
    while layer == Layer::Bare
        && let Some(position) = lone_carriage_return(text)
    {
        let (head, rest) = text.split_at(position + 1);
        write_with_quoted_end(out, head, layer);
        text = rest;
    }
    if unsafe_end {
        write_with_quoted_end(out, text, layer);
    } else {
        write_literal(out, text, layer);
    }
}

fn write_with_quoted_end(out: &mut String, text: &str, layer: Layer) {
    let head = text.trim_end_matches('\r').trim_end_matches(['$', '%']);
    write_literal(out, head, layer);
    out.push_str("${");
    write_quoted(out, &text[head.len()..]);
    out.push('}');
}

fn lone_carriage_return(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find(|&position| bytes[position] == b'\r' && bytes.get(position + 1) != Some(&b'\n'))
}
