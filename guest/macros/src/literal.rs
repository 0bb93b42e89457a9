//! JSON values that must be known while the guest is compiled: defaults and `one_of` of inputs.

use syn::parse::{Parse, ParseStream};
use syn::{Error, Lit, LitStr, Result, Token, braced, bracketed};

/// A JSON value, as text.
pub(crate) struct JsonLiteral(pub(crate) String);

impl Parse for JsonLiteral {
    fn parse(input: ParseStream<'_>) -> Result<JsonLiteral> {
        let mut text = String::new();
        write(input, &mut text)?;
        Ok(JsonLiteral(text))
    }
}

fn write(input: ParseStream<'_>, out: &mut String) -> Result<()> {
    if input.peek(syn::token::Bracket) {
        let content;
        bracketed!(content in input);
        out.push('[');
        list(&content, out, write)?;
        out.push(']');
    } else if input.peek(syn::token::Brace) {
        let content;
        braced!(content in input);
        out.push('{');
        list(&content, out, |content, out| {
            out.push_str(&quoted(&content.parse::<LitStr>()?.value()));
            content.parse::<Token![:]>()?;
            out.push(':');
            write(content, out)
        })?;
        out.push('}');
    } else if input.peek(syn::Ident) {
        let ident: syn::Ident = input.parse()?;
        if ident != "null" {
            return Err(Error::new(ident.span(), "a JSON value is expected: it stands in the schema, so it must be literal"));
        }
        out.push_str("null");
    } else {
        let minus: Option<Token![-]> = input.parse()?;
        if minus.is_some() {
            out.push('-');
        }
        let literal: Lit = input.parse()?;
        out.push_str(&scalar(&literal)?);
    }
    Ok(())
}

fn list(content: ParseStream<'_>, out: &mut String, item: impl Fn(ParseStream<'_>, &mut String) -> Result<()>) -> Result<()> {
    let mut first = true;
    while !content.is_empty() {
        if !first {
            out.push(',');
        }
        first = false;
        item(content, out)?;
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    Ok(())
}

fn scalar(literal: &Lit) -> Result<String> {
    match literal {
        Lit::Str(text) => Ok(quoted(&text.value())),
        Lit::Bool(value) => Ok(value.value.to_string()),
        Lit::Int(number) => Ok(number.base10_digits().to_owned()),
        Lit::Float(number) => Ok(number.base10_digits().to_owned()),
        other => Err(Error::new_spanned(other, "a JSON value is expected")),
    }
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
