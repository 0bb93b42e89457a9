//! Expressions that Terraform's JSON cannot say, or that would silently mean something else.

use super::json::{Json, Subject, json_key, number};
use crate::model::{Expression, Reference};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Returns an argument's value for a place where Terraform evaluates, with its problems said.
pub(super) fn value<'a>(subject: &mut Subject<'_>, name: &str, expression: &'a Expression) -> Json<'a> {
    check(subject, name, expression, false);
    Json::Value(expression)
}

fn check(subject: &mut Subject<'_>, name: &str, expression: &Expression, in_template: bool) {
    match expression {
        Expression::Null | Expression::Bool(_) | Expression::Integer(_) | Expression::Text(_) => {}
        Expression::Raw(parts) => check_raw(subject, name, &parts.0),
        Expression::Number(text) if number(text).is_some() => {}
        Expression::Number(text) => {
            subject.error("invalid-number", "Invalid number", format!("`{text}`, in `{name}`, is no number of JSON."));
        }
        Expression::Reference(reference) => check_reference(subject, name, reference),
        Expression::Symbol(text) if is_item(text) => subject.error(
            "misplaced-item",
            "Item of a splat outside of one",
            format!("`{text}`, in `{name}`, stands for the item of a splat, but no splat is around it."),
        ),
        Expression::Symbol(_) => {}
        Expression::Object(pairs) => {
            check_keys(subject, name, pairs);
            for (key, value) in pairs {
                check(subject, name, key, false);
                check(subject, name, value, false);
            }
        }
        Expression::Template(parts) => parts.iter().for_each(|part| check(subject, name, part, true)),
        Expression::DirectiveIf(_) | Expression::DirectiveFor(_) if !in_template => subject.error(
            "misplaced-directive",
            "Directive outside of a template",
            format!("`{name}` holds a directive, `%{{if}}` or `%{{for}}`, that is not part of a template."),
        ),
        Expression::DirectiveIf(parts) => {
            check(subject, name, &parts.0, false);
            check(subject, name, &parts.1, true);
            parts.2.iter().for_each(|otherwise| check(subject, name, otherwise, true));
        }
        Expression::DirectiveFor(parts) => {
            check(subject, name, &parts.2, false);
            check(subject, name, &parts.3, true);
        }
        Expression::Splat(parts) => {
            check(subject, name, &parts.0, false);
            check_projection(subject, name, &parts.1);
        }
        other => other.each_child(&mut |child| check(subject, name, child, false)),
    }
}

/// Behind a carriage return without a line feed, Terraform's scanner takes no interpolation for one.
fn check_raw(subject: &mut Subject<'_>, name: &str, text: &str) {
    if text.replace("\r\n", "\n").contains('\r') {
        subject.error(
            "invalid-raw",
            "Invalid raw expression",
            format!("The raw expression in `{name}` holds a carriage return without a line feed, which Terraform cannot read."),
        );
    }
}

fn is_item(symbol: &str) -> bool {
    symbol == "*" || symbol.starts_with("*.")
}

fn check_projection(subject: &mut Subject<'_>, name: &str, projection: &Expression) {
    match projection {
        Expression::Symbol(text) if is_item(text) => {}
        Expression::Attribute(parts) => check_projection(subject, name, &parts.0),
        Expression::Index(parts) => {
            check_projection(subject, name, &parts.0);
            check(subject, name, &parts.1, false);
        }
        _ => subject.error(
            "invalid-splat",
            "Invalid splat",
            format!("What a splat reads of each item, in `{name}`, is built of attributes and indices upon `*`. A `for` expression can say more."),
        ),
    }
}

/// Some declarations have addresses here that mean nothing to Terraform as values.
fn check_reference(subject: &mut Subject<'_>, name: &str, reference: &Reference) {
    let address = reference.to.as_str();
    let no_value = ["provider.", "output.", "check.", "moved ", "import ", "removed "];
    if address == "terraform" || no_value.iter().any(|prefix| address.starts_with(prefix)) {
        subject.error(
            "reference-without-value",
            "Reference to something without a value",
            format!("`{name}` refers to `{address}`, which has no value that an expression could read."),
        );
    }
}

/// Terraform refuses equal keys in JSON and takes the last one inside `${…}`; keys are equal when they are as text, after normalisation.
fn check_keys(subject: &mut Subject<'_>, name: &str, pairs: &[(Expression, Expression)]) {
    if are_plainly_distinct(pairs) {
        return;
    }
    for (key, _) in pairs {
        if let Some(noun) = noun_of_no_key(key) {
            subject.error(
                "invalid-key",
                "Invalid key",
                format!("{noun} is a key of an object in `{name}`. Terraform takes text, and what it can make text of."),
            );
        }
    }
    let mut keys: Vec<Key<'_>> = pairs.iter().map(|(key, _)| Key::of(key)).collect();
    keys.sort_unstable();
    for pair in keys.windows(2) {
        if pair[0] == pair[1] {
            let (Key::Known(key) | Key::Computed(key)) = &pair[0];
            subject.error("duplicate-key", "Key given twice", format!("The key `{key}` stands twice in an object of `{name}`."));
        }
    }
}

/// Tells whether plain keys in ascending order make the long way needless, as it mostly is.
fn are_plainly_distinct(pairs: &[(Expression, Expression)]) -> bool {
    pairs.iter().all(|(key, _)| key.as_text().is_some_and(str::is_ascii))
        && pairs.is_sorted_by(|(a, _), (b, _)| a.as_text() < b.as_text())
}

fn noun_of_no_key(key: &Expression) -> Option<&'static str> {
    match key {
        Expression::Null => Some("`null`"),
        Expression::List(_) => Some("A list"),
        Expression::Object(_) => Some("An object"),
        _ => None,
    }
}

/// A key as far as it is known.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    /// The text that Terraform makes of it.
    Known(Cow<'a, str>),
    /// What computes it, as a template.
    Computed(Cow<'a, str>),
}

impl<'a> Key<'a> {
    fn of(key: &'a Expression) -> Key<'a> {
        match known_text(key) {
            Some(text) if text.is_ascii() || unicode_normalization::is_nfc(&text) => Key::Known(text),
            Some(text) => Key::Known(text.nfc().collect()),
            None => Key::Computed(json_key(key, false)),
        }
    }
}

/// Returns the text that Terraform makes of a constant.
fn known_text(expression: &Expression) -> Option<Cow<'_, str>> {
    match expression {
        Expression::Text(text) => Some(Cow::Borrowed(text)),
        Expression::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
        Expression::Integer(value) => Some(Cow::Owned(value.to_string())),
        Expression::Number(text) => decimal(text).map(Cow::Owned),
        Expression::Template(parts) => {
            let texts: Option<Vec<Cow<'_, str>>> = parts.iter().map(known_text).collect();
            texts.map(|texts| Cow::Owned(texts.concat()))
        }
        _ => None,
    }
}

/// Returns a number in JSON's grammar as Terraform makes text of it: all digits, no exponent. None for one that is absurdly long.
fn decimal(text: &str) -> Option<String> {
    const LONGEST: usize = 1000;

    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    let Some(leading) = digits.find(|digit| digit != '0') else { return Some("0".to_owned()) };
    // Where the point stands in the digits; before or behind them where there are too few.
    let point = i64::try_from(whole.len()).ok()?.checked_add(exponent.parse().ok()?)?;
    let digits = digits[leading..].trim_end_matches('0');
    let point = point - i64::try_from(leading).ok()?;
    if digits.len() > LONGEST || point.unsigned_abs() > LONGEST as u64 {
        return None;
    }
    let n_digits = digits.len() as i64;
    let zeros = |n: i64| "0".repeat(usize::try_from(n).unwrap_or(0));
    Some(if point <= 0 {
        format!("{sign}0.{}{digits}", zeros(-point))
    } else if point >= n_digits {
        format!("{sign}{digits}{}", zeros(point - n_digits))
    } else {
        let (whole, fraction) = digits.split_at(point as usize);
        format!("{sign}{whole}.{fraction}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_text_as_terraform_writes_them() {
        let cases = [
            ("0", "0"),
            ("-0.0", "0"),
            ("1.0", "1"),
            ("1e2", "100"),
            ("-1.50", "-1.5"),
            ("120e-1", "12"),
            ("12.5E+1", "125"),
            ("1.5e-7", "0.00000015"),
            ("0.05e1", "0.5"),
            ("12345678901234567890.5", "12345678901234567890.5"),
        ];
        for (number, text) in cases {
            assert_eq!(decimal(number).as_deref(), Some(text), "{number}");
        }
        assert_eq!(decimal("1e10000"), None);
    }
}
