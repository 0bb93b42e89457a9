//! `#[derive(Inputs)]`: for structs an object, for enums of unit variants an `enum` of text.

use crate::literal::quoted;
use crate::schema::{InputAttribute, description};
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
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
    for field in &fields.named {
        let attribute = InputAttribute::parse(&field.attrs)?;
        let Some(field_ident) = &field.ident else { continue };
        let rust_type = &field.ty;
        let name = attribute.rename.clone().unwrap_or_else(|| field_ident.unraw().to_string());
        let schema = quote! { &<#rust_type as ::tapwasm_guest::Input>::SCHEMA };
        let key = format!("{}:", quoted(&name));
        let text = attribute.field();
        properties.push(quote! { Keywords::All(&[Keywords::Text(#key), Keywords::Field(#schema, &#text)]) });
        let default = match &attribute.default {
            Some(default) => quote! { ::core::option::Option::Some(#default) },
            None => {
                let quoted_name = quoted(&name);
                required.push(quote! { Keywords::IfRequired(#schema, #quoted_name) });
                quote! { ::core::option::Option::None }
            }
        };
        reads.push(quote! { #field_ident: ::tapwasm_guest::__private::read_field(object, #name, path, #default)? });
        names.push(name);
    }
    Ok(quote! {
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
                ])).described(#title)
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
        let attribute = InputAttribute::parse(&variant.attrs)?;
        names.push(attribute.rename.unwrap_or_else(|| kebab_case(&variant.ident.unraw().to_string())));
        variants.push(&variant.ident);
    }
    let values = names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(",");
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

fn kebab_case(name: &str) -> String {
    let mut out = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(character.to_lowercase());
    }
    out
}
