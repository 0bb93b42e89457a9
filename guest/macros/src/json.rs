//! `json!`: writes its tokens in order, without a tree in between.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, ExprUnary, Lit, LitStr, Result, Token, UnOp, braced, bracketed, parenthesized};

/// A document as it is written.
pub(crate) enum Document {
    Null,
    List(Vec<Document>),
    Object(Vec<(Key, Document)>),
    Value(Box<Expr>),
}

pub(crate) enum Key {
    Literal(LitStr),
    Computed(Box<Expr>),
}

struct Entry(Key, Document);

impl Parse for Document {
    fn parse(input: ParseStream<'_>) -> Result<Document> {
        if input.peek(syn::token::Bracket) && stands_alone(input) {
            let content;
            bracketed!(content in input);
            let items = Punctuated::<Document, Token![,]>::parse_terminated(&content)?;
            return Ok(Document::List(items.into_iter().collect()));
        }
        if input.peek(syn::token::Brace) {
            let content;
            braced!(content in input);
            let entries = Punctuated::<Entry, Token![,]>::parse_terminated(&content)?;
            let entries: Vec<(Key, Document)> = entries.into_iter().map(|Entry(key, value)| (key, value)).collect();
            refuse_duplicates(&entries)?;
            return Ok(Document::Object(entries));
        }
        let value: Expr = input.parse()?;
        Ok(match &value {
            Expr::Path(path) if path.path.is_ident("null") => Document::Null,
            _ => Document::Value(Box::new(value)),
        })
    }
}

fn refuse_duplicates(entries: &[(Key, Document)]) -> Result<()> {
    let mut known = std::collections::HashSet::new();
    for (key, _) in entries {
        if let Key::Literal(text) = key
            && !known.insert(text.value())
        {
            return Err(syn::Error::new(text.span(), "this key stands in the object twice"));
        }
    }
    Ok(())
}

/// Whether what is in brackets is the whole value, not the start of an expression: `[a, b].concat()`.
fn stands_alone(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let _: Result<proc_macro2::TokenTree> = ahead.parse();
    ahead.is_empty() || ahead.peek(Token![,])
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> Result<Entry> {
        let key = if input.peek(syn::token::Paren) {
            let content;
            parenthesized!(content in input);
            Key::Computed(Box::new(content.parse()?))
        } else {
            let message = "a key is text in quotes, or an expression in parentheses";
            Key::Literal(input.parse().map_err(|error| syn::Error::new(error.span(), message))?)
        };
        input.parse::<Token![:]>()?;
        Ok(Entry(key, input.parse()?))
    }
}

pub(crate) fn expand(document: &Document) -> TokenStream {
    let mut writes = Vec::new();
    write(document, &mut writes);
    quote_spanned! {Span::mixed_site()=>{
        let mut tokens = ::tapwasm_guest::Tokens::new();
        #(#writes)*
        ::tapwasm_guest::Value::from_tokens(tokens)
    }}
}

fn write(document: &Document, out: &mut Vec<TokenStream>) {
    match document {
        Document::Null => out.push(quote_spanned! {Span::mixed_site()=> tokens.null(); }),
        Document::List(items) => {
            let length = items.len();
            out.push(quote_spanned! {Span::mixed_site()=> tokens.list(#length); });
            items.iter().for_each(|item| write(item, out));
        }
        Document::Object(entries) => {
            let length = entries.len();
            out.push(quote_spanned! {Span::mixed_site()=> tokens.object(#length); });
            for (key, value) in entries {
                out.push(match key {
                    Key::Literal(text) => quote_spanned! {Span::mixed_site()=> tokens.text(#text); },
                    Key::Computed(key) => {
                        quote_spanned! {Span::mixed_site()=> tokens.value::<::tapwasm_guest::Str, _>(&(#key)); }
                    }
                });
                write(value, out);
            }
        }
        Document::Value(value) => out.push(number(value).unwrap_or_else(|| {
            quote_spanned! {value.span().resolved_at(Span::mixed_site())=> tokens.value::<::tapwasm_guest::Any, _>(&(#value)); }
        })),
    }
}

/// Literal numbers keep the digits that are written: no type of Rust's comes in between.
fn number(value: &Expr) -> Option<TokenStream> {
    let (sign, value) = match value {
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => ("-", &**expr),
        other => ("", other),
    };
    let Expr::Lit(ExprLit { lit, .. }) = value else { return None };
    let digits = match lit {
        Lit::Int(number) if number.suffix().is_empty() => number.base10_digits(),
        Lit::Float(number) if number.suffix().is_empty() => number.base10_digits(),
        _ => return None,
    };
    let digits = format!("{sign}{digits}");
    if let Ok(integer) = digits.parse::<i64>() {
        return Some(quote_spanned! {Span::mixed_site()=> tokens.integer(#integer as i128); });
    }
    // JSON's grammar has no `1.`.
    let digits = digits.strip_suffix('.').unwrap_or(&digits).replace(".e", "e").replace(".E", "E");
    Some(quote_spanned! {Span::mixed_site()=> tokens.number(#digits); })
}
