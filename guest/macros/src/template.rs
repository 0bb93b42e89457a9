//! `tf!`: its pattern and holes, checked while the guest is compiled.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use std::cell::Cell;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Error, Expr, Ident, LitStr, Result, Token};

/// The arguments of `tf!`.
pub(crate) struct TemplateInput {
    pattern: LitStr,
    arguments: Vec<Argument>,
}

struct Argument {
    name: Option<Ident>,
    value: Expr,
    used: Cell<bool>,
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> Result<Argument> {
        let named = input.peek(Ident::peek_any) && input.peek2(Token![=]) && !input.peek2(Token![==]);
        let name = if named {
            let name = input.parse()?;
            input.parse::<Token![=]>()?;
            Some(name)
        } else {
            None
        };
        Ok(Argument { name, value: input.parse()?, used: Cell::new(false) })
    }
}

impl Parse for TemplateInput {
    fn parse(input: ParseStream<'_>) -> Result<TemplateInput> {
        let pattern = input.parse().map_err(|error| Error::new(error.span(), "`tf!` starts with its text in quotes"))?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        let arguments = Punctuated::<Argument, Token![,]>::parse_terminated(input)?;
        Ok(TemplateInput { pattern, arguments: arguments.into_iter().collect() })
    }
}

enum Part {
    Literal(String),
    /// What stands between the braces.
    Hole(String),
}

impl TemplateInput {
    pub(crate) fn expand(&self) -> Result<TokenStream> {
        let mut next = 0;
        let mut calls = Vec::new();
        for part in parts(&self.pattern)? {
            calls.push(match part {
                Part::Literal(text) => quote_spanned! {Span::mixed_site()=> parts.literal(#text); },
                Part::Hole(hole) => {
                    let value = self.hole(&hole, &mut next)?;
                    // Where the value stands, for the message if it cannot be text.
                    quote_spanned! {value.span().resolved_at(Span::mixed_site())=> parts.hole(&(#value)); }
                }
            });
        }
        if let Some(unused) = self.arguments.iter().find(|argument| !argument.used.get()) {
            return Err(Error::new_spanned(&unused.value, "no hole of the text takes this argument"));
        }
        Ok(quote_spanned! {Span::mixed_site()=>{
            let mut parts = ::tapwasm_guest::TextParts::new();
            #(#calls)*
            parts.finish()
        }})
    }

    fn hole(&self, hole: &str, next: &mut usize) -> Result<TokenStream> {
        let span = self.pattern.span();
        if hole.contains(':') {
            return Err(Error::new(span, format!("`{{{hole}}}`: holes take no format; `format` of Terraform does")));
        }
        let position = if hole.is_empty() {
            *next += 1;
            Some(*next - 1)
        } else {
            hole.parse().ok()
        };
        let argument = match position {
            Some(position) => Some(self.arguments.get(position).ok_or_else(|| {
                let given = self.arguments.len();
                Error::new(span, format!("the text has a hole for argument {}, but {given} are given", position + 1))
            })?),
            None => self.arguments.iter().find(|argument| argument.name.as_ref().is_some_and(|name| name == hole)),
        };
        if let Some(argument) = argument {
            argument.used.set(true);
            let value = &argument.value;
            return Ok(quote_spanned! {Span::mixed_site()=> #value });
        }
        captured(hole, span)
    }
}

fn captured(name: &str, span: Span) -> Result<TokenStream> {
    let mut ident: Ident = syn::parse_str(name)
        .map_err(|_| Error::new(span, format!("`{{{name}}}` is no hole: `{{}}`, `{{0}}` or `{{name}}`; `{{{{` is a brace")))?;
    ident.set_span(span);
    Ok(quote_spanned! {Span::mixed_site()=> #ident })
}

fn parts(pattern: &LitStr) -> Result<Vec<Part>> {
    let text = pattern.value();
    let mut characters = text.chars().peekable();
    let mut parts = Vec::new();
    let mut literal = String::new();
    while let Some(character) = characters.next() {
        match character {
            '{' | '}' if characters.next_if_eq(&character).is_some() => literal.push(character),
            '{' => {
                let hole: String = characters.by_ref().take_while(|character| *character != '}').collect();
                if !literal.is_empty() {
                    parts.push(Part::Literal(std::mem::take(&mut literal)));
                }
                parts.push(Part::Hole(hole.trim().to_owned()));
            }
            '}' => return Err(Error::new(pattern.span(), "a `}` without its `{`: `}}` is a brace")),
            _ => literal.push(character),
        }
    }
    if !literal.is_empty() {
        parts.push(Part::Literal(literal));
    }
    Ok(parts)
}
