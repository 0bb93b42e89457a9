//! Expressions as text in the notation of the HashiCorp configuration language (HCL): what people read, and what Terraform's JSON holds
//! inside `${…}`.
//!
//! Owns operator precedence, keys, paths and the escaping of literal text (`template`). Writes only; it judges nothing: a tree that
//! means nothing to Terraform (a directive outside of a template) is written as it stands.

mod template;
#[cfg(test)]
mod tests;

pub use template::{Layer, is_text, write_literal, write_template};

use super::{Address, Call, Expression, For, ForResult, Reference, is_identifier as is_name};

/// Returns an expression in HCL.
pub fn expression_text(expression: &Expression) -> String {
    let mut out = String::new();
    write_expression(&mut out, expression);
    out
}

/// Writes an expression in HCL.
pub fn write_expression(out: &mut String, expression: &Expression) {
    match expression {
        Expression::Null => out.push_str("null"),
        Expression::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Expression::Integer(value) => out.push_str(&value.to_string()),
        Expression::Number(text) => out.push_str(text),
        Expression::Text(text) => write_quoted(out, text),
        Expression::List(items) => {
            out.push('[');
            write_separated(out, items);
            out.push(']');
        }
        Expression::Object(pairs) => write_object(out, pairs),
        Expression::Reference(reference) => write_reference(out, reference),
        Expression::Symbol(text) => write_symbol(out, text),
        Expression::Template(_) | Expression::DirectiveIf(_) | Expression::DirectiveFor(_) => {
            template::write_text_expression(out, expression);
        }
        Expression::Call(call) => write_call(out, call),
        Expression::Attribute(parts) => {
            write_operand(out, &parts.0, POSTFIX);
            write_path_element(out, &parts.1);
        }
        Expression::Index(parts) => {
            write_operand(out, &parts.0, POSTFIX);
            write_index(out, &parts.1);
        }
        Expression::Splat(parts) => write_projection(out, &parts.1, &parts.0),
        Expression::Conditional(parts) => {
            write_operand(out, &parts[0], 1);
            out.push_str(" ? ");
            write_operand(out, &parts[1], 0);
            out.push_str(" : ");
            write_operand(out, &parts[2], 0);
        }
        Expression::Unary(parts) => {
            out.push_str(&parts.0);
            // `!!x` reads well, `--x` and `-!x` do not.
            let chained = &*parts.0 == "!" && matches!(&parts.1, Expression::Unary(inner) if &*inner.0 == "!");
            write_operand(out, &parts.1, if chained { UNARY } else { ATOM });
        }
        Expression::Binary(parts) => {
            let level = operator_level(&parts.0);
            write_operand(out, &parts.1, level);
            out.push(' ');
            out.push_str(&parts.0);
            out.push(' ');
            // Operators of one level group to the left.
            write_operand(out, &parts.2, level + 1);
        }
        Expression::For(parts) => write_for(out, parts),
        Expression::Raw(parts) => write_raw(out, &parts.0),
        Expression::Masked(masked) => out.push_str(&masked.text()),
    }
}

/// Tells whether a name can stand as it is, as the name of an attribute or of an argument. Terraform allows letters of all
/// scripts; those are quoted where that is possible, so that what counts as a letter is never a question.
pub fn is_plain_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// Binds tighter than every binary operator; those have 1 (`||`) to 6 (`*`), a conditional and raw text 0.
const UNARY: u8 = 7;
/// Literals: operands of everything but `.name`, `[key]` and `[*]`.
const ATOM: u8 = 8;
/// What `.name`, `[key]` and `[*]` may follow.
const POSTFIX: u8 = 9;

fn level(expression: &Expression) -> u8 {
    match expression {
        Expression::Conditional(_) | Expression::Raw(_) => 0,
        Expression::Binary(parts) => operator_level(&parts.0),
        Expression::Unary(_) => UNARY,
        Expression::Integer(value) if *value < 0 => UNARY,
        Expression::Number(text) if text.starts_with('-') => UNARY,
        // Behind `[*]`, `.name` would become part of the projection.
        Expression::Splat(_) => ATOM,
        Expression::Null
        | Expression::Bool(_)
        | Expression::Integer(_)
        | Expression::Number(_)
        | Expression::Text(_)
        | Expression::Template(_)
        | Expression::DirectiveIf(_)
        | Expression::DirectiveFor(_)
        | Expression::Masked(_) => ATOM,
        Expression::List(_)
        | Expression::Object(_)
        | Expression::Reference(_)
        | Expression::Symbol(_)
        | Expression::Call(_)
        | Expression::Attribute(_)
        | Expression::Index(_)
        | Expression::For(_) => POSTFIX,
    }
}

fn operator_level(operator: &str) -> u8 {
    match operator {
        "||" => 1,
        "&&" => 2,
        "==" | "!=" => 3,
        "<" | "<=" | ">" | ">=" => 4,
        "+" | "-" => 5,
        _ => 6,
    }
}

fn write_operand(out: &mut String, operand: &Expression, at_least: u8) {
    if level(operand) >= at_least {
        return write_expression(out, operand);
    }
    out.push('(');
    write_expression(out, operand);
    out.push(')');
}

fn write_quoted(out: &mut String, text: &str) {
    out.push('"');
    write_literal(out, text, Layer::Quoted);
    out.push('"');
}

fn write_separated(out: &mut String, items: &[Expression]) {
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            out.push_str(", ");
        }
        write_expression(out, item);
    }
}

fn write_object(out: &mut String, pairs: &[(Expression, Expression)]) {
    if pairs.is_empty() {
        return out.push_str("{}");
    }
    for (position, (key, value)) in pairs.iter().enumerate() {
        out.push_str(if position == 0 { "{ " } else { ", " });
        match key {
            Expression::Text(text) if is_plain_name(text) && !is_keyword(text) => out.push_str(text),
            Expression::Text(text) => write_quoted(out, text),
            computed => {
                out.push('(');
                write_expression(out, computed);
                out.push(')');
            }
        }
        out.push_str(" = ");
        write_expression(out, value);
    }
    out.push_str(" }");
}

/// Words that mean something at the place of a key: `{ for = 1 }` would begin a `for` expression.
fn is_keyword(name: &str) -> bool {
    matches!(name, "for" | "in" | "if" | "null" | "true" | "false")
}

fn write_reference(out: &mut String, reference: &Reference) {
    // For messages only: Terraform has no such notation, and no graph has such a reference.
    if let Some(stack) = &reference.stack {
        out.push_str(stack);
        out.push(':');
    }
    out.push_str(reference.to.as_str());
    if !reference.path.is_empty() {
        reference.path.split('.').for_each(|element| write_path_element(out, element));
    }
}

fn write_symbol(out: &mut String, text: &str) {
    // With brackets it is in HCL's notation already: a `.` may stand inside of a quoted key.
    if text.contains('[') {
        return out.push_str(text);
    }
    let names: Vec<&str> = text.split('.').collect();
    let n_address = Address::read_by(&names).map_or(1, |address| address.as_str().split('.').count());
    out.push_str(names[0]);
    for (position, name) in names.iter().enumerate().skip(1) {
        // What forms an address is no key, so it cannot be quoted.
        if position < n_address && is_name(name) {
            out.push('.');
            out.push_str(name);
        } else {
            write_path_element(out, name);
        }
    }
}

/// An element of a path: a position in a list, a name, or a key that cannot stand as a name.
fn write_path_element(out: &mut String, element: &str) {
    let is_position = element.bytes().all(|byte| byte.is_ascii_digit()) && (element == "0" || !element.starts_with('0'));
    if !element.is_empty() && is_position {
        out.push('[');
        out.push_str(element);
        out.push(']');
    } else if is_plain_name(element) {
        out.push('.');
        out.push_str(element);
    } else {
        out.push('[');
        write_quoted(out, element);
        out.push(']');
    }
}

fn write_index(out: &mut String, key: &Expression) {
    out.push('[');
    write_expression(out, key);
    out.push(']');
}

fn write_call(out: &mut String, call: &Call) {
    out.push_str(&call.function);
    out.push('(');
    write_separated(out, &call.arguments);
    out.push_str(if call.expand { "...)" } else { ")" });
}

/// A splat's projection is a chain upon the symbol `*`, whose place the collection and `[*]` take.
fn write_projection(out: &mut String, projection: &Expression, collection: &Expression) {
    match projection {
        Expression::Attribute(parts) => {
            write_projection(out, &parts.0, collection);
            write_path_element(out, &parts.1);
        }
        Expression::Index(parts) => {
            write_projection(out, &parts.0, collection);
            write_index(out, &parts.1);
        }
        Expression::Symbol(text) if text.split('.').next() == Some("*") => {
            write_operand(out, collection, POSTFIX);
            out.push_str("[*]");
            text.split('.').skip(1).for_each(|element| write_path_element(out, element));
        }
        other => write_expression(out, other),
    }
}

fn write_for(out: &mut String, parts: &For) {
    out.push_str(if matches!(parts.result, ForResult::List(_)) { "[for " } else { "{ for " });
    if let Some(key) = &parts.key {
        out.push_str(key);
        out.push_str(", ");
    }
    out.push_str(&parts.value);
    out.push_str(" in ");
    write_expression(out, &parts.collection);
    out.push_str(" : ");
    match &parts.result {
        ForResult::List(value) => write_expression(out, value),
        ForResult::Object { key, value, grouping } => {
            write_expression(out, key);
            out.push_str(" => ");
            write_expression(out, value);
            if *grouping {
                out.push_str("...");
            }
        }
    }
    if let Some(condition) = &parts.condition {
        out.push_str(" if ");
        write_expression(out, condition);
    }
    out.push_str(if matches!(parts.result, ForResult::List(_)) { "]" } else { " }" });
}

/// Raw text is a whole expression, but a comment or a heredoc at its end would swallow what follows, and a line break in it would end
/// an object's item.
fn write_raw(out: &mut String, text: &str) {
    let open_ended = text.contains('#') || text.contains("//") || text.contains("<<");
    if open_ended || text.contains('\n') {
        out.push('(');
        out.push_str(text);
        out.push_str(if open_ended { "\n)" } else { ")" });
    } else {
        out.push_str(text);
    }
}
