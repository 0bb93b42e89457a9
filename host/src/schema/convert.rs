//! Terraform's conversions: which type goes where another is expected, and which literal text is a number or a bool.

use super::types::Type;

/// Tells whether a value of a type can be given where another is expected. What depends on the value (text that may be a number) can.
pub(super) fn is_convertible(from: &Type, to: &Type) -> bool {
    use Type::*;
    match (from, to) {
        (Dynamic, _) | (_, Dynamic) => true,
        (String, String | Number | Bool) | (Number, Number | String) | (Bool, Bool | String) => true,
        (List(from) | Set(from), List(to) | Set(to)) => is_convertible(from, to),
        (Tuple(items), List(to) | Set(to)) => items.iter().all(|item| is_convertible(item, to)),
        (Tuple(from), Tuple(to)) => from.len() == to.len() && from.iter().zip(to).all(|(from, to)| is_convertible(from, to)),
        (List(from) | Set(from), Tuple(to)) => to.iter().all(|to| is_convertible(from, to)),
        (Map(from), Map(to)) => is_convertible(from, to),
        (Object(fields), Map(to)) => fields.iter().all(|field| is_convertible(&field.of, to)),
        (Map(from), Object(fields)) => fields.iter().all(|field| is_convertible(from, &field.of)),
        (Object(from), Object(to)) => to.iter().all(|to| match from.iter().find(|from| from.name == to.name) {
            Some(from) => is_convertible(&from.of, &to.of),
            None => to.is_optional,
        }),
        _ => false,
    }
}

/// Returns what Terraform says of a value that cannot become of a type.
pub(super) fn required(to: &Type) -> String {
    format!("{} required", to.friendly())
}

/// Tells whether literal text is a number to Terraform.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(digits, "Inf" | "inf") {
        return true;
    }
    let (mantissa, exponent) = match digits.split_once(['e', 'E', 'p', 'P']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (digits, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    is_digits(whole)
        && is_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| !exponent.is_empty() && is_digits(exponent))
}

/// Says why literal text is no bool to Terraform; nothing where it is one.
pub(super) fn not_a_bool(text: &str) -> Option<String> {
    match text {
        "true" | "false" | "1" | "0" => None,
        _ => Some(match text.to_lowercase().as_str() {
            word @ ("true" | "false") => format!("a bool is required; to convert from string, use lowercase \"{word}\""),
            _ => "a bool is required".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_are_terraforms() {
        let of = |notation: &str| Type::parse(notation).unwrap();
        for (from, to) in [
            ("s", "n"),
            ("b", "s"),
            ("[s]", "<n>"),
            ("|s,n|", "[s]"),
            ("(a:n,b:b)", "{s}"),
            ("{s}", "(a:n)"),
            ("(a:s,z:s)", "(a:s,b?:s)"),
            ("*", "[n]"),
        ] {
            assert!(is_convertible(&of(from), &of(to)), "{from} to {to}");
        }
        for (from, to) in [
            ("n", "b"),
            ("b", "n"),
            ("[s]", "s"),
            ("s", "[s]"),
            ("[s]", "{s}"),
            ("|[s]|", "[s]"),
            ("(a:s)", "(b:s)"),
            ("{s}", "[s]"),
        ] {
            assert!(!is_convertible(&of(from), &of(to)), "{from} to {to}");
        }
    }

    #[test]
    fn text_is_a_number_or_a_bool_where_terraform_takes_it() {
        for text in ["30", "-1.5", "1e1", ".5", "5.", "+3", "1E-2", "1p2", "-Inf"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["", " 30", "0x10", "thirty", "1e", ".", "-", "1_000", "Infinity"] {
            assert!(!is_number(text), "{text}");
        }
        assert_eq!((not_a_bool("true"), not_a_bool("0")), (None, None));
        assert_eq!(not_a_bool("yes").as_deref(), Some("a bool is required"));
        assert_eq!(not_a_bool("True").as_deref(), Some("a bool is required; to convert from string, use lowercase \"true\""));
    }
}
