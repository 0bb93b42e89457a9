//! JSON values that must be known while the guest is compiled: defaults and `one_of` of inputs.

use std::fmt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Lit, LitStr, Result, Token, braced, bracketed};

/// A JSON value.
#[derive(PartialEq)]
pub(crate) enum JsonLiteral {
    Null,
    Bool(bool),
    /// Its digits.
    Number(String),
    Text(String),
    List(Vec<JsonLiteral>),
    Object(Vec<(String, JsonLiteral)>),
}

impl Parse for JsonLiteral {
    fn parse(input: ParseStream<'_>) -> Result<JsonLiteral> {
        if input.peek(syn::token::Bracket) {
            let content;
            bracketed!(content in input);
            let items = Punctuated::<JsonLiteral, Token![,]>::parse_terminated(&content)?;
            return Ok(JsonLiteral::List(items.into_iter().collect()));
        }
        if input.peek(syn::token::Brace) {
            let content;
            braced!(content in input);
            let entries = content.parse_terminated(entry, Token![,])?;
            return Ok(JsonLiteral::Object(entries.into_iter().collect()));
        }
        if input.peek(syn::Ident) {
            let ident: syn::Ident = input.parse()?;
            if ident != "null" {
                return Err(Error::new(ident.span(), "a JSON value is expected: it stands in the schema, so it must be literal"));
            }
            return Ok(JsonLiteral::Null);
        }
        let sign = if input.parse::<Option<Token![-]>>()?.is_some() { "-" } else { "" };
        let literal: Lit = input.parse()?;
        match &literal {
            Lit::Int(number) => Ok(JsonLiteral::Number(format!("{sign}{}", number.base10_digits()))),
            Lit::Float(number) => Ok(JsonLiteral::Number(format!("{sign}{}", number.base10_digits()))),
            Lit::Str(text) if sign.is_empty() => Ok(JsonLiteral::Text(text.value())),
            Lit::Bool(value) if sign.is_empty() => Ok(JsonLiteral::Bool(value.value)),
            other => Err(Error::new_spanned(other, "a JSON value is expected")),
        }
    }
}

fn entry(input: ParseStream<'_>) -> Result<(String, JsonLiteral)> {
    let key: LitStr = input.parse()?;
    input.parse::<Token![:]>()?;
    Ok((key.value(), input.parse()?))
}

impl fmt::Display for JsonLiteral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JsonLiteral::Null => f.write_str("null"),
            JsonLiteral::Bool(value) => write!(f, "{value}"),
            JsonLiteral::Number(digits) => f.write_str(digits),
            JsonLiteral::Text(text) => f.write_str(&quoted(text)),
            JsonLiteral::List(items) => write!(f, "[{}]", joined(items.iter().map(ToString::to_string))),
            JsonLiteral::Object(entries) => {
                write!(f, "{{{}}}", joined(entries.iter().map(|(key, value)| format!("{}:{value}", quoted(key)))))
            }
        }
    }
}

/// Joins texts by commas.
pub(crate) fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(",")
}

/// Returns text as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\0'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}
