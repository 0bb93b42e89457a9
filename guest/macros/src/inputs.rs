//! `#[derive(Inputs)]`: for structs an object, for enums of unit variants an `enum` of text.

use crate::literal::{joined, quoted};
use crate::schema::{InputAttribute, description};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DataEnum, DeriveInput, Error, Fields, FieldsNamed, Result};

pub(crate) fn derive(item: &DeriveInput) -> Result<TokenStream> {
    if !item.generics.params.is_empty() {
        return Err(Error::new_spanned(&item.generics, "inputs have no generics: their schema is one constant text"));
    }
    match &item.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => of_struct(item, fields),
            _ => Err(Error::new_spanned(&item.ident, "inputs have names: a struct with named fields is expected")),
        },
        Data::Enum(data) => of_enum(item, data),
        Data::Union(_) => Err(Error::new_spanned(&item.ident, "a struct or an enum is expected")),
    }
}

fn of_struct(item: &DeriveInput, fields: &FieldsNamed) -> Result<TokenStream> {
    let ident = &item.ident;
    let title = description(&item.attrs);
    let title = if title.is_empty() { String::new() } else { format!(",\"description\":{}", quoted(&title)) };
    let mut names = Vec::new();
    let mut properties = Vec::new();
    let mut required = Vec::new();
    let mut reads = Vec::new();
    let mut schemas = Vec::new();
    let mut checks = Vec::new();
    for field in &fields.named {
        let attribute = InputAttribute::parse(&field.attrs)?;
        let Some(field_ident) = &field.ident else { continue };
        let rust_type = &field.ty;
        let name = attribute.rename.clone().unwrap_or_else(|| field_ident.unraw().to_string());
        if names.contains(&name) {
            return Err(Error::new_spanned(field_ident, format!("two inputs are named `{name}`")));
        }
        let schema = quote! { &<#rust_type as ::tapwasm_guest::Input>::SCHEMA };
        let key = format!("{}:", quoted(&name));
        let text = attribute.field();
        let has_default = attribute.default.is_some();
        checks.push(quote_spanned! {rust_type.span()=>
            const _: () = ::tapwasm_guest::__private::check_secrets(#schema, #has_default);
        });
        properties.push(quote! { Keywords::All(&[Keywords::Text(#key), Keywords::Field(#schema, &#text)]) });
        let default = match &attribute.default {
            Some(default) => {
                let default = default.to_string();
                quote! { ::core::option::Option::Some(#default) }
            }
            None => {
                let quoted_name = quoted(&name);
                required.push(quote! { Keywords::IfRequired(#schema, #quoted_name) });
                quote! { ::core::option::Option::None }
            }
        };
        reads.push(quote! { #field_ident: ::tapwasm_guest::__private::read_field(object, #name, path, #default)? });
        names.push(name);
        schemas.push(schema);
    }
    Ok(quote! {
        #(#checks)*

        #[automatically_derived]
        impl ::tapwasm_guest::Input for #ident {
            const SCHEMA: ::tapwasm_guest::__private::Schema = {
                use ::tapwasm_guest::__private::{Keywords, Schema};
                Schema::of("object", Keywords::All(&[
                    Keywords::Text(",\"properties\":{"),
                    Keywords::Separated(&[#(#properties),*]),
                    Keywords::Text("},\"required\":["),
                    Keywords::Separated(&[#(#required),*]),
                    Keywords::Text("],\"additionalProperties\":false"),
                ])).described(#title).holding(&[#(#schemas),*])
            };

            fn read(
                json: ::core::option::Option<&::tapwasm_guest::Json>,
                path: &str,
            ) -> ::core::result::Result<Self, ::tapwasm_guest::InputError> {
                let object = ::tapwasm_guest::__private::read_object(json, path, &[#(#names),*])?;
                ::core::result::Result::Ok(#ident { #(#reads),* })
            }
        }

        #[automatically_derived]
        impl ::tapwasm_guest::Inputs for #ident {}
    })
}

fn of_enum(item: &DeriveInput, data: &DataEnum) -> Result<TokenStream> {
    let ident = &item.ident;
    let title = description(&item.attrs);
    let title = if title.is_empty() { String::new() } else { format!(",\"description\":{}", quoted(&title)) };
    let mut names = Vec::new();
    let mut variants = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            return Err(Error::new_spanned(variant, "an input's enum has plain variants: each is one text"));
        }
        let name = InputAttribute::parse_variant(&variant.attrs)?;
        let name = name.unwrap_or_else(|| kebab_case(&variant.ident.unraw().to_string()));
        if names.contains(&name) {
            return Err(Error::new_spanned(
                &variant.ident,
                format!("two variants are `{name}`: `#[input(rename = \"…\")]` tells them apart"),
            ));
        }
        names.push(name);
        variants.push(&variant.ident);
    }
    let values = joined(names.iter().map(|name| quoted(name)));
    Ok(quote! {
        #[automatically_derived]
        impl ::tapwasm_guest::Input for #ident {
            const SCHEMA: ::tapwasm_guest::__private::Schema = {
                use ::tapwasm_guest::__private::{Keywords, Schema};
                Schema { values: #values, ..Schema::of("string", Keywords::NONE) }.described(#title)
            };

            fn read(
                json: ::core::option::Option<&::tapwasm_guest::Json>,
                path: &str,
            ) -> ::core::result::Result<Self, ::tapwasm_guest::InputError> {
                const VARIANTS: &[fn() -> #ident] = &[#(|| #ident::#variants),*];
                let position = ::tapwasm_guest::__private::read_variant(json, path, &[#(#names),*])?;
                ::core::result::Result::Ok(VARIANTS[position]())
            }
        }
    })
}

/// Returns `very-large` for `VeryLarge`, and `http-only` for `HTTPOnly`: what stands in capitals is one word.
fn kebab_case(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (position, character) in characters.iter().enumerate() {
        let before = position.checked_sub(1).map(|before| characters[before]);
        let ends_capitals = characters.get(position + 1).is_some_and(|after| after.is_lowercase());
        if character.is_uppercase() && before.is_some_and(|before| before != '_' && (!before.is_uppercase() || ends_capitals)) {
            out.push('-');
        }
        out.extend(character.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{derive, kebab_case};
    use syn::{DeriveInput, parse_quote};

    #[track_caller]
    fn check(item: DeriveInput, expected: &str) {
        let message = derive(&item).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(message.starts_with(expected) && message.is_empty() == expected.is_empty(), "{message}");
    }

    #[test]
    fn keys_are_given_once_and_where_they_mean_something() {
        check(parse_quote! { struct A { #[input(min = 1, min = 2)] a: u8 } }, "`min` is given twice");
        check(parse_quote! { struct A { #[input(min = 1)] #[input(min = 2)] a: u8 } }, "`min` is given twice");
        check(
            parse_quote! { struct A { #[input(items(pattern = "a", pattern = "b"))] a: Vec<String> } },
            "`pattern` is given twice",
        );
        check(parse_quote! { struct A { #[input(items(default = 1))] a: Vec<u8> } }, "`default` says something of a whole input");
        check(parse_quote! { struct A { #[input(items(rename = "b"))] a: Vec<u8> } }, "`rename` says something of a whole input");
        check(parse_quote! { struct A { #[input(minimum = 1)] a: u8 } }, "not known: there is default");
        check(parse_quote! { struct A { #[input(min = "1")] a: u8 } }, "`min` is a number");
        check(parse_quote! { struct A { #[input(pattern = 1)] a: String } }, "`pattern` is text");
        check(parse_quote! { enum A { #[input(default = 1)] B } }, "`default` says something of a field");
        check(parse_quote! { struct A { a: u8, #[input(rename = "a")] b: u8 } }, "two inputs are named `a`");
        check(parse_quote! { enum A { HTTPOnly, HttpOnly } }, "two variants are `http-only`");
    }

    #[test]
    fn defaults_keep_to_their_own_constraints() {
        check(
            parse_quote! { struct A { #[input(default = 0, min = 1)] a: u8 } },
            "the default 0 is outside of its own constraints",
        );
        check(parse_quote! { struct A { #[input(max = 1.5, default = 2)] a: f64 } }, "the default 2 is outside");
        check(
            parse_quote! { struct A { #[input(max_length = 2, default = "éàù")] a: String } },
            "the default \"éàù\" is outside",
        );
        check(parse_quote! { struct A { #[input(min_items = 1, default = [])] a: Vec<u8> } }, "the default [] is outside");
        check(parse_quote! { struct A { #[input(items(max = 1), default = [1, 2])] a: Vec<u8> } }, "the default 2 is outside");
        check(parse_quote! { struct A { #[input(items(max = 1), default = { "a": 2 })] a: Map } }, "the default 2 is outside");
        check(parse_quote! { struct A { #[input(one_of = [30, 90], default = 31)] a: u8 } }, "the default 31 is not one of");
        check(parse_quote! { struct A { #[input(one_of = [30, 90.0], default = 90, min = 1, max_items = 0)] a: u8 } }, "");
        check(parse_quote! { struct A { #[input(one_of = ["a"], default = null)] a: Option<String> } }, "");
    }

    #[test]
    fn variants_are_words_with_dashes() {
        for (variant, expected) in [
            ("Small", "small"),
            ("VeryLarge", "very-large"),
            ("HTTPOnly", "http-only"),
            ("OnlyHTTP", "only-http"),
            ("T3Micro", "t3-micro"),
            ("XLarge", "x-large"),
            ("AZ", "az"),
        ] {
            assert_eq!(kebab_case(variant), expected);
        }
    }
}
