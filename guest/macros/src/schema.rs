//! The attribute `#[input(…)]` and the doc comment of a field, as keywords of the schema.

use crate::literal::{JsonLiteral, joined, quoted};
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Expr, ExprLit, Lit, LitStr, Meta, Result};

/// What is said about a field.
#[derive(Default)]
pub(crate) struct InputAttribute {
    pub(crate) default: Option<JsonLiteral>,
    pub(crate) rename: Option<String>,
    description: String,
    /// The keys that are given, and where.
    keys: Vec<(String, Span)>,
    /// The constraints, by the schema's keywords.
    keywords: Vec<(&'static str, JsonLiteral)>,
    values: Option<Vec<JsonLiteral>>,
    items: Option<Box<InputAttribute>>,
}

const KEYS: &str = "default, shown_default, one_of, pattern, min, max, min_length, max_length, min_items, max_items, min_properties, \
                    max_properties, items(…), rename";

impl InputAttribute {
    pub(crate) fn parse(attributes: &[Attribute]) -> Result<InputAttribute> {
        let mut parsed = InputAttribute { description: description(attributes), ..InputAttribute::default() };
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("input")) {
            attribute.parse_nested_meta(|meta| parsed.key(&meta))?;
        }
        if let Some(default) = &parsed.default {
            parsed.check(default).map_err(|message| Error::new(parsed.place("default"), format!("the default {message}")))?;
        }
        Ok(parsed)
    }

    /// Parses the attribute of an enum's variant, and returns its name if it gives one.
    pub(crate) fn parse_variant(attributes: &[Attribute]) -> Result<Option<String>> {
        let parsed = InputAttribute::parse(attributes)?;
        match parsed.keys.iter().find(|(key, _)| key != "rename") {
            Some((key, place)) => {
                Err(Error::new(*place, format!("`{key}` says something of a field: of a variant there is `rename` alone")))
            }
            None => Ok(parsed.rename),
        }
    }

    /// Returns where a key stands.
    pub(crate) fn place(&self, key: &str) -> Span {
        self.keys.iter().find(|(known, _)| known == key).map_or_else(Span::call_site, |(_, place)| *place)
    }

    fn key(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let key = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
        if self.keys.iter().any(|(known, _)| *known == key) {
            return Err(meta.error(format!("`{key}` is given twice: one of the two would be lost")));
        }
        self.keys.push((key.clone(), meta.path.span()));
        let keyword = match key.as_str() {
            "items" => {
                let mut items = InputAttribute::default();
                meta.parse_nested_meta(|meta| items.key(&meta))?;
                for key in ["default", "shown_default", "rename"] {
                    if items.keys.iter().any(|(known, _)| known == key) {
                        let message =
                            format!("`{key}` says something of a whole input: an item has neither a name nor a default");
                        return Err(Error::new(items.place(key), message));
                    }
                }
                self.items = Some(Box::new(items));
                return Ok(());
            }
            "default" => {
                self.default = Some(meta.value()?.parse()?);
                return Ok(());
            }
            "rename" => {
                self.rename = Some(meta.value()?.parse::<LitStr>()?.value());
                return Ok(());
            }
            "one_of" => {
                let JsonLiteral::List(values) = meta.value()?.parse()? else { return Err(meta.error("`one_of` is a list")) };
                self.values = Some(values);
                return Ok(());
            }
            "min" => "minimum",
            "max" => "maximum",
            "pattern" => "pattern",
            "shown_default" => "x-default",
            "min_length" => "minLength",
            "max_length" => "maxLength",
            "min_items" => "minItems",
            "max_items" => "maxItems",
            "min_properties" => "minProperties",
            "max_properties" => "maxProperties",
            _ => return Err(meta.error(format!("not known: there is {KEYS}"))),
        };
        let value: JsonLiteral = meta.value()?.parse()?;
        match (keyword, &value) {
            ("pattern" | "x-default", JsonLiteral::Text(_)) => {}
            ("pattern" | "x-default", _) => return Err(meta.error(format!("`{key}` is text"))),
            (_, JsonLiteral::Number(_)) => {}
            _ => return Err(meta.error(format!("`{key}` is a number"))),
        }
        self.keywords.push((keyword, value));
        Ok(())
    }

    /// Checks a default against all but patterns; what is wrong is said after "the default".
    fn check(&self, value: &JsonLiteral) -> std::result::Result<(), String> {
        let (least, most, measured) = match value {
            // Whether it may be missing, its type says.
            JsonLiteral::Null | JsonLiteral::Bool(_) => return Ok(()),
            JsonLiteral::Number(_) => ("minimum", "maximum", number(value)),
            JsonLiteral::Text(text) => ("minLength", "maxLength", Some(text.chars().count() as f64)),
            JsonLiteral::List(items) => ("minItems", "maxItems", Some(items.len() as f64)),
            JsonLiteral::Object(entries) => ("minProperties", "maxProperties", Some(entries.len() as f64)),
        };
        if let Some(values) = &self.values
            && !values.iter().any(|known| known == value || (number(known).is_some() && number(known) == number(value)))
        {
            return Err(format!("{value} is not one of those that `one_of` lists"));
        }
        for (keyword, limit) in &self.keywords {
            let (Some(measured), Some(bound)) = (measured, number(limit)) else { continue };
            if (*keyword == least && measured < bound) || (*keyword == most && measured > bound) {
                return Err(format!("{value} is outside of its own constraints: `{keyword}` is {limit}"));
            }
        }
        match (value, &self.items) {
            (JsonLiteral::List(inner), Some(items)) => inner.iter().try_for_each(|item| items.check(item)),
            (JsonLiteral::Object(inner), Some(items)) => inner.iter().try_for_each(|(_, item)| items.check(item)),
            _ => Ok(()),
        }
    }

    /// Returns the SDK's `Field` of it.
    pub(crate) fn field(&self) -> TokenStream {
        let has = |keyword: &str| self.keywords.iter().any(|(known, _)| *known == keyword);
        let (has_minimum, has_maximum) = (has("minimum"), has("maximum"));
        let default = self.default.iter().map(|default| ("default", default));
        let keywords = self.keywords.iter().map(|(keyword, value)| (*keyword, value)).chain(default);
        let keywords: String = keywords.map(|(keyword, value)| format!(",\"{keyword}\":{value}")).collect();
        let values = joined(self.values.iter().flatten().map(ToString::to_string));
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

fn number(value: &JsonLiteral) -> Option<f64> {
    match value {
        JsonLiteral::Number(digits) => digits.parse().ok(),
        _ => None,
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
