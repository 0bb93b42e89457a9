//! JSON text of a value: at once where all of it is known, by Terraform's `jsonencode` where not, with the same bytes either way.

use super::{Expr, Str, Type, Value};
use crate::token::{Token, subtree};
use std::fmt::Write;
use std::panic::Location;

impl Value {
    /// Returns the value as JSON text: literal text where everything in it is known, else a call of `jsonencode`.
    ///
    /// Literal text has the bytes that `jsonencode` would give: no spaces, keys sorted, `<`, `>` and `&` escaped. Where these depend on
    /// Unicode's normalisation or on how Terraform rounds, it is a call too.
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
        let mut text = String::new();
        if tokens.iter().all(is_known) && write_json(tokens, 0, &mut text).is_some() {
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

/// Writes the value that starts at `start`, and returns where the next one does; `None` where only Terraform can say how it is written.
fn write_json(tokens: &[Token], start: usize, out: &mut String) -> Option<usize> {
    let mut next = start + 1;
    match &tokens[start] {
        Token::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Token::Integer(value) => out.push_str(&value.to_string()),
        Token::Number(decimal) => out.push_str(&plain_decimal(decimal)?),
        Token::Text(text) => write_text(text, out)?,
        Token::List(length) => {
            out.push('[');
            for position in 0..*length {
                if position > 0 {
                    out.push(',');
                }
                next = write_json(tokens, next, out)?;
            }
            out.push(']');
        }
        Token::Object(length) => {
            let mut entries: Vec<(&str, usize)> = Vec::with_capacity(*length as usize);
            for _ in 0..*length {
                let Token::Text(key) = &tokens[next] else { return None };
                entries.push((key, next + 1));
                next += 1;
                next += subtree(tokens, next);
            }
            entries.sort_unstable_by_key(|(key, _)| *key);
            // What stands below U+0300 is normal by itself; a key that stands twice is the host's to refuse.
            let may_move = |key: &str| key.chars().any(|character| character >= '\u{300}');
            if entries.windows(2).any(|pair| pair[0].0 == pair[1].0 || may_move(pair[0].0) || may_move(pair[1].0)) {
                return None;
            }
            out.push('{');
            for (position, (key, value)) in entries.into_iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                write_text(key, out)?;
                out.push(':');
                write_json(tokens, value, out)?;
            }
            out.push('}');
        }
        _ => out.push_str("null"),
    }
    Some(next)
}

/// Returns a number as Terraform writes it: without an exponent, without zeros that say nothing. `None` for what it may write otherwise: a
/// zero with a sign, more digits than its numbers hold (512 bits), exponents that would fill pages.
fn plain_decimal(decimal: &str) -> Option<String> {
    let (sign, unsigned) = decimal.strip_prefix('-').map_or(("", decimal), |unsigned| ("-", unsigned));
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.parse::<i32>().ok().filter(|exponent| exponent.abs() < 1000)?;
    let mut digits = format!("{whole}{fraction}");
    let significant = digits.trim_matches('0').len();
    if significant > 150 || (significant == 0 && !sign.is_empty()) {
        return None;
    }
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
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

/// Writes text; `None` if Terraform normalises characters away that would be escaped: `<` and `>` with U+0338 after them.
fn write_text(text: &str, out: &mut String) -> Option<()> {
    if text.contains('\u{338}') && text.contains(['<', '>']) {
        return None;
    }
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
    Some(())
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
    fn what_only_terraform_can_say_is_a_call() {
        let long = "1".repeat(151);
        for document in [
            json!([-0.0]),
            json!([1e1000]),
            crate::Value::written(std::panic::Location::caller(), |out| out.number(&long)),
            json!({ "e\u{301}": 1, "f": 2 }),
            json!("<\u{338}"),
            json!({ ("a"): 1, ("a"): 2 }),
        ] {
            assert_eq!(document.to_json().known_text(), None);
        }
        check(json!({ "e\u{301}": "\u{338}" }), "{\"e\u{301}\":\"\u{338}\"}");
    }

    #[test]
    fn numbers_are_plain_decimals() {
        for (given, expected) in [
            ("1.50", "1.5"),
            ("0.00", "0"),
            ("1e3", "1000"),
            ("-1.25e1", "-12.5"),
            ("0.10", "0.1"),
            ("12e-3", "0.012"),
            ("1E+2", "100"),
        ] {
            assert_eq!(super::plain_decimal(given).as_deref(), Some(expected));
        }
    }
}
