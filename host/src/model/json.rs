//! JSON text as a tree of values, and back: numbers are never rounded, a key that stands twice is found, errors have a place.
//!
//! Text in the tree is what the JSON says; whether it is a template is not JSON's to know.

use super::Expression;
use std::collections::HashSet;
use std::fmt::{self, Write as _};
use unicode_normalization::UnicodeNormalization;

/// Levels of nesting that are read: more than Terraform's own readers meet, and less than a stack holds.
const DEEPEST: usize = 250;

/// Why text is no JSON that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// What is wrong.
    pub message: String,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for JsonError {}

/// Reads one JSON value.
///
/// # Errors
/// What is no JSON, nests too deep, or holds a key twice; at the top, where Terraform merges them, keys may stand twice.
pub fn parse(text: &str) -> Result<Expression, JsonError> {
    parse_from(text, 1)
}

/// Reads one JSON value in which no key stands twice, at the top neither.
///
/// # Errors
/// What is no JSON, nests too deep, or holds a key twice.
pub fn parse_strictly(text: &str) -> Result<Expression, JsonError> {
    parse_from(text, 0)
}

fn parse_from(text: &str, merged: usize) -> Result<Expression, JsonError> {
    let mut parser = Parser { text, position: 0, depth: 0, merged };
    let value = parser.whole();
    value.map_err(|message| {
        let before = &text[..parser.position.min(text.len())];
        let line = before.rsplit('\n').next().unwrap_or_default();
        JsonError { message, line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
    })
}

/// Returns a number in its one form: an integer where it is one of 64 bits, else decimal text that equal numbers share.
pub fn number(text: &str) -> Option<Expression> {
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text), |unsigned| ("-", unsigned));
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let mut digits = format!("{whole}{fraction}");
    let mut exponent = exponent.parse::<i64>().ok()?.checked_sub(fraction.len() as i64)?;
    let kept = digits.trim_end_matches('0').len();
    exponent = exponent.checked_add((digits.len() - kept) as i64)?;
    digits.truncate(kept);
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Some(Expression::Integer(0));
    }
    let plain = match usize::try_from(exponent) {
        Ok(zeros) if zeros <= 20 => format!("{sign}{digits}{}", "0".repeat(zeros)),
        Ok(_) => format!("{sign}{digits}e{exponent}"),
        Err(_) => match usize::try_from(-exponent) {
            Ok(places) if places < digits.len() => {
                let (whole, fraction) = digits.split_at(digits.len() - places);
                format!("{sign}{whole}.{fraction}")
            }
            Ok(places) if places <= 40 => format!("{sign}0.{}{digits}", "0".repeat(places - digits.len())),
            _ => format!("{sign}{digits}e{exponent}"),
        },
    };
    Some(plain.parse().map_or_else(|_| Expression::Number(plain.into()), Expression::Integer))
}

/// Returns a constant as Terraform's `jsonencode` writes it: no spaces, keys sorted, `<`, `>` and `&` escaped. Nothing where Terraform
/// has something to compute, or where a number may come out rounded.
pub fn encoded(value: &Expression) -> Option<String> {
    let mut out = String::new();
    write(value, &mut out)?;
    Some(out)
}

fn write(value: &Expression, out: &mut String) -> Option<()> {
    match value {
        Expression::Null => out.push_str("null"),
        Expression::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Expression::Integer(value) => out.push_str(&value.to_string()),
        Expression::Number(text) if !text.contains('e') && text.len() < 150 => out.push_str(text),
        Expression::Text(text) => write_text(text, out),
        Expression::List(items) => {
            out.push('[');
            for (position, item) in items.iter().enumerate() {
                out.push_str(if position > 0 { "," } else { "" });
                write(item, out)?;
            }
            out.push(']');
        }
        Expression::Object(pairs) => {
            let mut pairs: Vec<(&str, &Expression)> =
                pairs.iter().map(|(key, value)| Some((key.as_text()?, value))).collect::<Option<_>>()?;
            pairs.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (position, (key, value)) in pairs.into_iter().enumerate() {
                out.push_str(if position > 0 { "," } else { "" });
                write_text(key, out);
                out.push(':');
                write(value, out)?;
            }
            out.push('}');
        }
        _ => return None,
    }
    Some(())
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
                // Writing to a string does not fail.
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

struct Parser<'a> {
    text: &'a str,
    position: usize,
    depth: usize,
    /// How many levels may hold a key twice.
    merged: usize,
}

impl Parser<'_> {
    fn whole(&mut self) -> Result<Expression, String> {
        if self.text.starts_with('\u{feff}') {
            return Err("the text begins with a byte order mark, which Terraform refuses".to_owned());
        }
        let value = self.value()?;
        self.skip_space();
        match self.peek() {
            None => Ok(value),
            Some(_) => Err("expected the end, found more".to_owned()),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.position += 1;
        }
    }

    fn take(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.position += usize::from(found);
        found
    }

    fn value(&mut self) -> Result<Expression, String> {
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::list),
            Some(b'"') => Ok(Expression::Text(self.string()?.into())),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => {
                let words = [("null", Expression::Null), ("true", Expression::Bool(true)), ("false", Expression::Bool(false))];
                let rest = &self.text[self.position..];
                let found = words.into_iter().find(|(word, _)| rest.starts_with(word));
                let (word, value) = found.ok_or("expected a JSON value")?;
                self.position += word.len();
                Ok(value)
            }
            None => Err("expected a JSON value, found the end".to_owned()),
        }
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Result<Expression, String>) -> Result<Expression, String> {
        if self.depth == DEEPEST {
            return Err(format!("more than {DEEPEST} levels of nesting"));
        }
        self.depth += 1;
        self.position += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn list(&mut self) -> Result<Expression, String> {
        let mut items = Vec::new();
        self.skip_space();
        if self.take(b']') {
            return Ok(Expression::List(items));
        }
        loop {
            items.push(self.value()?);
            self.skip_space();
            if self.take(b']') {
                return Ok(Expression::List(items));
            }
            if !self.take(b',') {
                return Err("expected `,` or `]`".to_owned());
            }
        }
    }

    fn object(&mut self) -> Result<Expression, String> {
        let mut pairs = Vec::new();
        let mut known = HashSet::new();
        self.skip_space();
        if self.take(b'}') {
            return Ok(Expression::Object(pairs));
        }
        loop {
            self.skip_space();
            let start = self.position;
            if self.peek() != Some(b'"') {
                return Err("expected a key in quotes".to_owned());
            }
            let key = self.string()?;
            if self.depth > self.merged && !known.insert(key.clone()) {
                self.position = start;
                return Err(format!("the key {key:?} stands twice"));
            }
            self.skip_space();
            if !self.take(b':') {
                return Err("expected `:`".to_owned());
            }
            pairs.push((Expression::Text(key.into()), self.value()?));
            self.skip_space();
            if self.take(b'}') {
                return Ok(Expression::Object(pairs));
            }
            if !self.take(b',') {
                return Err("expected `,` or `}`".to_owned());
            }
        }
    }

    fn number(&mut self) -> Result<Expression, String> {
        let rest = &self.text[self.position..];
        let length = rest.bytes().take_while(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')).count();
        let text = &rest[..length];
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let whole: &str = unsigned.split(['.', 'e', 'E']).next().unwrap_or_default();
        let is_odd =
            (whole.len() > 1 && whole.starts_with('0')) || text.ends_with('.') || text.contains(".e") || text.contains(".E");
        let value = number(text).filter(|_| !is_odd).ok_or_else(|| format!("`{text}` is no number in JSON"))?;
        self.position += length;
        Ok(value)
    }

    /// Returns a string as Terraform reads it: normalised, with U+FFFD for half a pair of surrogates.
    fn string(&mut self) -> Result<String, String> {
        self.position += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.position..];
            let plain = rest.bytes().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)).count();
            out.push_str(&rest[..plain]);
            self.position += plain;
            match self.peek() {
                Some(b'"') => {
                    self.position += 1;
                    return Ok(if out.is_ascii() { out } else { out.nfc().collect() });
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(_) => return Err("a control character in a string: it has to be escaped".to_owned()),
                None => return Err("a string that does not end".to_owned()),
            }
        }
    }

    fn escape(&mut self) -> Result<char, String> {
        let letter = self.text.as_bytes().get(self.position + 1).copied();
        if letter == Some(b'u') {
            let unit = self.unit().ok_or("`\\u` without four hexadecimal digits")?;
            self.position += 6;
            if let 0xD800..0xDC00 = unit
                && let Some(low @ 0xDC00..0xE000) = self.unit()
            {
                self.position += 6;
                let code = 0x10000 + ((u32::from(unit) - 0xD800) << 10) + (u32::from(low) - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            return Ok(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let character = match letter {
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            _ => return Err("an escape that JSON does not know".to_owned()),
        };
        self.position += 2;
        Ok(character)
    }

    /// The number behind `\u`, if that stands here.
    fn unit(&self) -> Option<u16> {
        let digits = self.text[self.position..].strip_prefix("\\u")?.get(..4)?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_they_are() {
        let value = parse(r#" {"b": [1, -0.50, 1e3, null, true, "\u00e9\ud83d\ude00\n"], "a": {}} "#).unwrap();
        let text = crate::model::hcl::expression_text(&value);
        assert_eq!(text, "{ b = [1, -0.5, 1000, null, true, \"é😀\\n\"], a = {} }");
        assert_eq!(parse(r#""\ud83d!""#).unwrap(), Expression::text("\u{fffd}!"));
        assert_eq!(parse(r#""e\u0301""#).unwrap(), Expression::text("é"));
    }

    #[test]
    fn numbers_keep_all_their_digits() {
        for (given, expected) in [
            ("9007199254740993", "9007199254740993"),
            ("12345678901234567890", "12345678901234567890"),
            ("1.0", "1"),
            ("-0.0", "0"),
            ("0.0000001", "0.0000001"),
            ("1E400", "1e400"),
            ("12.50e-1", "1.25"),
            ("100e-2", "1"),
            ("5e-60", "5e-60"),
        ] {
            assert_eq!(crate::model::hcl::expression_text(&number(given).unwrap()), expected, "{given}");
        }
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        for (given, expected) in [
            ("{\n  \"a\": {\"b\": 1, \"b\": 2}}", "line 2, column 17: the key \"b\" stands twice"),
            ("{\"a\": }", "line 1, column 7: expected a JSON value"),
            ("[1,]", "line 1, column 4: expected a JSON value"),
            ("[01]", "line 1, column 2: `01` is no number in JSON"),
            ("[1.]", "line 1, column 2: `1.` is no number in JSON"),
            ("[\"a", "line 1, column 4: a string that does not end"),
            ("{} {}", "line 1, column 4: expected the end, found more"),
            ("\u{feff}{}", "line 1, column 1: the text begins with a byte order mark, which Terraform refuses"),
            ("[\"\\x\"]", "line 1, column 3: an escape that JSON does not know"),
            ("", "line 1, column 1: expected a JSON value, found the end"),
        ] {
            assert_eq!(parse(given).unwrap_err().to_string(), expected, "{given:?}");
        }
        let deep = "[".repeat(100_000);
        assert!(parse(&deep).unwrap_err().message.contains("levels of nesting"));
    }

    #[test]
    fn constants_are_written_as_terraform_writes_them() {
        let value = parse(r#"{"b": "<&>\n", "a": [1.50, null]}"#).unwrap();
        assert_eq!(encoded(&value).as_deref(), Some("{\"a\":[1.5,null],\"b\":\"\\u003c\\u0026\\u003e\\n\"}"));
        assert_eq!(encoded(&Expression::Symbol("var.x".into())), None);
    }
}
