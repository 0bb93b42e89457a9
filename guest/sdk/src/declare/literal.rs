//! Constants in Terraform's notation, for type constraints: these are text to the contract, so no host can write what stands in them.

use crate::token::{Token, subtree};

/// Returns a constant in Terraform's notation; `None` where something in it is not known.
pub(super) fn text(tokens: &[Token]) -> Option<String> {
    let children = &tokens[1.min(tokens.len())..];
    Some(match tokens.first()? {
        Token::Null => "null".to_owned(),
        Token::Bool(value) => value.to_string(),
        Token::Integer(value) => value.to_string(),
        Token::Number(decimal) => decimal.clone(),
        Token::Text(text) => quoted(text),
        Token::List(_) => format!("[{}]", each(children)?.join(",")),
        Token::Object(_) => {
            let parts = each(children)?;
            let entries: Vec<String> = parts.chunks(2).map(|entry| entry.join("=")).collect();
            format!("{{{}}}", entries.join(","))
        }
        _ => return None,
    })
}

fn each(mut tokens: &[Token]) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    while !tokens.is_empty() {
        let (first, rest) = tokens.split_at(subtree(tokens, 0));
        texts.push(text(first)?);
        tokens = rest;
    }
    Some(texts)
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            character if character.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(character))),
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    // No run of `$` or `%` before it changes what the doubled one means.
    quoted.replace("${", "$${").replace("%{", "%%{")
}

#[cfg(test)]
mod tests {
    use crate::json;

    #[test]
    fn constants_are_written_as_terraform_reads_them() {
        for (value, expected) in [
            (json!(null), "null"),
            (json!([1, -2.5, true, 12345678901234567890]), "[1,-2.5,true,12345678901234567890]"),
            (json!({ "a": { "b": [] }, "c d": "x" }), r#"{"a"={"b"=[]},"c d"="x"}"#),
            (json!("\"\\\n\r\t\u{1} ${x} %{y} $$ 5%"), r#""\"\\\n\r\t\u0001 $${x} %%{y} $$ 5%""#),
        ] {
            assert_eq!(super::text(value.tokens()).as_deref(), Some(expected));
        }
        assert_eq!(super::text(json!([crate::each_key()]).tokens()), None);
    }
}
