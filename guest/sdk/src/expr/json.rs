//! JSON text of a value: at once where all of it is known, by Terraform's `jsonencode` where not, with the same bytes either way.

use super::{Expr, Str, Type, Value};
use crate::token::{Token, subtree};
use std::fmt::Write;
use std::panic::Location;

impl Value {
    /// Returns the value as JSON text: literal text where everything in it is known, else a call of `jsonencode`.
    ///
    /// Literal text has the bytes that `jsonencode` would give: no spaces, keys sorted, `<`, `>` and `&` escaped.
    #[track_caller]
    pub fn to_json(&self) -> Expr<Str> {
        to_json(&self.tokens, Location::caller())
    }
}

impl<T: Type> Expr<T> {
    /// Returns the value as JSON text, as [`Value::to_json`] does.
    #[track_caller]
    pub fn to_json(&self) -> Expr<Str> {
        to_json(&self.tokens, Location::caller())
    }
}

fn to_json(tokens: &[Token], place: &'static Location<'static>) -> Expr<Str> {
    Value::written(place, |out| {
        if tokens.iter().all(is_known) {
            let mut text = String::new();
            write_json(tokens, 0, &mut text);
            out.text(text);
        } else {
            out.form("call:jsonencode", 1);
            out.list.extend_from_slice(tokens);
        }
    })
    .typed()
}

fn is_known(token: &Token) -> bool {
    !matches!(token, Token::Reference(_) | Token::Symbol(_) | Token::Form(_))
}

/// Writes the value that starts at `start`, and returns where the next one does.
fn write_json(tokens: &[Token], start: usize, out: &mut String) -> usize {
    let mut next = start + 1;
    match &tokens[start] {
        Token::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Token::Integer(value) => out.push_str(&value.to_string()),
        Token::Number(decimal) => out.push_str(&plain_decimal(decimal)),
        Token::Text(text) => write_text(text, out),
        Token::List(length) => {
            out.push('[');
            for position in 0..*length {
                if position > 0 {
                    out.push(',');
                }
                next = write_json(tokens, next, out);
            }
            out.push(']');
        }
        Token::Object(length) => {
            let mut entries: Vec<(&str, usize)> = Vec::with_capacity(*length as usize);
            for _ in 0..*length {
                if let Token::Text(key) = &tokens[next] {
                    entries.push((key, next + 1));
                }
                next += 1;
                next += subtree(tokens, next);
            }
            // The smaller sort: keys differ.
            entries.sort_unstable_by_key(|(key, _)| *key);
            out.push('{');
            for (position, (key, value)) in entries.into_iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                write_text(key, out);
                out.push(':');
                write_json(tokens, value, out);
            }
            out.push('}');
        }
        _ => out.push_str("null"),
    }
    next
}

/// Returns a number as Terraform writes it: without an exponent, without zeros that say nothing.
fn plain_decimal(decimal: &str) -> String {
    let (sign, unsigned) = decimal.strip_prefix('-').map_or(("", decimal), |unsigned| ("-", unsigned));
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    // An exponent that would fill pages stays as it is: it is the same number.
    let Some(exponent) = exponent.parse::<i32>().ok().filter(|exponent| exponent.abs() < 1000) else { return decimal.to_owned() };
    let mut digits = format!("{whole}{fraction}");
    let mut point = whole.len() as i32 + exponent;
    if point <= 0 {
        digits.insert_str(0, &"0".repeat((1 - point) as usize));
        point = 1;
    } else if point as usize > digits.len() {
        digits.push_str(&"0".repeat(point as usize - digits.len()));
    }
    let (whole, fraction) = digits.split_at(point as usize);
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match fraction {
        "" if whole == "0" => "0".to_owned(),
        "" => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{fraction}"),
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use crate::json;

    #[track_caller]
    fn check(value: crate::Value, expected: &str) {
        assert_eq!(value.to_json().known_text(), Some(expected));
    }

    #[test]
    fn known_documents_are_text_as_terraform_writes_it() {
        check(json!({ "b": [1, 0.5, -2], "a": { "z": null, "y": true } }), r#"{"a":{"y":true,"z":null},"b":[1,0.5,-2]}"#);
        check(
            json!({ "a<b": "x > y & \"z\" \\ \n \u{1} \u{2028}" }),
            r#"{"a\u003cb":"x \u003e y \u0026 \"z\" \\ \n \u0001 \u2028"}"#,
        );
        check(json!([12345678901234567890, 1e-7, 3_000_000_000]), "[12345678901234567890,0.0000001,3000000000]");
        check(json!({}), "{}");
    }

    #[test]
    fn numbers_are_plain_decimals() {
        for (given, expected) in [
            ("1.50", "1.5"),
            ("-0", "0"),
            ("1e3", "1000"),
            ("-1.25e1", "-12.5"),
            ("0.10", "0.1"),
            ("12e-3", "0.012"),
            ("1E+2", "100"),
        ] {
            assert_eq!(super::plain_decimal(given), expected);
        }
    }
}
