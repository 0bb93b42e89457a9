//! The macros of `tapwasm-guest`, which re-exports them: `#[derive(Inputs)]`, `tf!` and `json!`.

mod inputs;
mod json;
mod literal;
mod schema;
mod template;

use proc_macro::TokenStream;
use syn::parse_macro_input;

/// Derives `Inputs` for a struct, or for an enum of unit variants: the schema as constant text and the reading from JSON.
#[proc_macro_derive(Inputs, attributes(input))]
pub fn derive_inputs(item: TokenStream) -> TokenStream {
    let item = parse_macro_input!(item as syn::DeriveInput);
    inputs::derive(&item).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Puts text together of known and unknown parts: `tf!("alias/logs-{}", suffix)`, `tf!("arn:aws:iam::{account}:root")`.
///
/// Like `format!`, but for expressions: the result is an `Expr<Str>`, known at once if all parts are. Holes take text, numbers, bools and
/// expressions of them: `{}` the next argument, `{0}` an argument by number, `{name}` a variable or a named argument; `{{` and `}}` are
/// braces. There is no `{:…}`: how a value looks is Terraform's matter (`format`).
#[proc_macro]
pub fn tf(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as template::TemplateInput);
    input.expand().unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Writes a document as JSON looks, with Rust's expressions, references and nested documents in it; the result is a `Value`.
///
/// `json!({ "Effect": "Allow", "Resource": [bucket.get("arn"), tf!("{}/*", bucket.get("arn"))] })`. Keys are text or, in parentheses,
/// expressions of text. `None` becomes `null`. Decimals stay as they are written. `.to_json()` makes text of it.
#[proc_macro]
pub fn json(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as json::Document);
    json::expand(&input).into()
}
