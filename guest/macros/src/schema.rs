//! The attribute `#[input(…)]` and the doc comment of a field, as keywords of the schema.

use crate::literal::{JsonLiteral, quoted};
use proc_macro2::TokenStream;
use quote::quote;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta, Result};

/// What is said about a field.
#[derive(Default)]
pub(crate) struct InputAttribute {
    pub(crate) default: Option<String>,
    pub(crate) rename: Option<String>,
    description: String,
    keywords: String,
    has_minimum: bool,
    has_maximum: bool,
    values: String,
    items: Option<Box<InputAttribute>>,
}

impl InputAttribute {
    pub(crate) fn parse(attributes: &[Attribute]) -> Result<InputAttribute> {
        let mut parsed = InputAttribute { description: description(attributes), ..InputAttribute::default() };
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("input")) {
            attribute.parse_nested_meta(|meta| parsed.key(&meta))?;
        }
        if let Some(default) = &parsed.default {
            parsed.keywords.push_str(&format!(",\"default\":{default}"));
        }
        Ok(parsed)
    }

    fn key(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let key = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
        if key == "items" {
            let mut items = InputAttribute::default();
            meta.parse_nested_meta(|meta| items.key(&meta))?;
            self.items = Some(Box::new(items));
            return Ok(());
        }
        let keyword = match key.as_str() {
            "default" => {
                self.default = Some(meta.value()?.parse::<JsonLiteral>()?.0);
                return Ok(());
            }
            "rename" => {
                self.rename = Some(meta.value()?.parse::<LitStr>()?.value());
                return Ok(());
            }
            "one_of" => {
                let values = meta.value()?.parse::<JsonLiteral>()?.0;
                let inner = values.strip_prefix('[').and_then(|values| values.strip_suffix(']'));
                inner.ok_or_else(|| meta.error("`one_of` is a list"))?.clone_into(&mut self.values);
                return Ok(());
            }
            "min" => {
                self.has_minimum = true;
                "minimum"
            }
            "max" => {
                self.has_maximum = true;
                "maximum"
            }
            "pattern" => "pattern",
            "shown_default" => "x-default",
            "min_length" => "minLength",
            "max_length" => "maxLength",
            "min_items" => "minItems",
            "max_items" => "maxItems",
            "min_properties" => "minProperties",
            "max_properties" => "maxProperties",
            _ => {
                return Err(meta.error(
                    "not known: there is default, shown_default, one_of, pattern, min, max, min_length, max_length, min_items, max_items, \
                     min_properties, max_properties, items(…), rename",
                ));
            }
        };
        let value = meta.value()?.parse::<JsonLiteral>()?.0;
        self.keywords.push_str(&format!(",\"{keyword}\":{value}"));
        Ok(())
    }

    /// Returns the SDK's `Field` of it.
    pub(crate) fn field(&self) -> TokenStream {
        let InputAttribute { keywords, has_minimum, has_maximum, values, .. } = self;
        let description =
            if self.description.is_empty() { String::new() } else { format!(",\"description\":{}", quoted(&self.description)) };
        let items = match &self.items {
            Some(items) => {
                let items = items.field();
                quote! { ::core::option::Option::Some(&#items) }
            }
            None => quote! { ::core::option::Option::None },
        };
        quote! {
            ::tapwasm_guest::__private::Field {
                description: #description,
                keywords: #keywords,
                has_minimum: #has_minimum,
                has_maximum: #has_maximum,
                values: #values,
                items: #items,
            }
        }
    }
}

/// Returns the doc comment: its lines are one text, its paragraphs stay apart.
pub(crate) fn description(attributes: &[Attribute]) -> String {
    let mut text = String::new();
    for attribute in attributes {
        let Meta::NameValue(doc) = &attribute.meta else { continue };
        let Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) = &doc.value else { continue };
        if !doc.path.is_ident("doc") {
            continue;
        }
        let line = line.value();
        let line = line.trim();
        if line.is_empty() {
            text.push_str("\n\n");
        } else {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push(' ');
            }
            text.push_str(line);
        }
    }
    text.trim().to_owned()
}
