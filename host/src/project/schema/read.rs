//! Reads a schema from JSON text, and refuses what is not understood: a keyword that nobody checks would promise what does not hold.

use super::{Additional, Schema, describe};
use regex_lite::{Regex, RegexBuilder};
use serde_json::Value;
use thiserror::Error;

const TYPES: [&str; 7] = ["string", "boolean", "integer", "number", "array", "object", "null"];
const DEEPEST: usize = 32;
const MOST_PROPERTIES: usize = 1000;
/// Each may take `LARGEST_PATTERN`.
const MOST_PATTERNS: usize = 200;
const LONGEST_PATTERN: usize = 1 << 10;
/// What a short pattern may still grow to when it is compiled.
const LARGEST_PATTERN: usize = 256 << 10;

/// Why a schema cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{path}: {message}")]
pub struct SchemaError {
    path: String,
    message: String,
}

impl Schema {
    /// Reads a schema from JSON text. An empty object accepts no inputs.
    pub fn parse(text: &str) -> Result<Schema, SchemaError> {
        let value: Value = serde_json::from_str(text).map_err(|error| fault("inputs", format!("no JSON: {error}")))?;
        let mut schema = read(&value, "inputs", 0, &mut 0)?;
        if let Some(name) = schema.required.iter().find(|name| !schema.properties.contains_key(*name)) {
            return Err(fault("inputs/required", format!("there is no property `{name}`, so nobody could give it")));
        }
        for (name, property) in &schema.properties {
            if property.is_secret && property.types != ["string"] {
                return Err(fault(
                    &format!("inputs/properties/{name}"),
                    "a secret (`writeOnly`) has the type `string`, without `null`",
                ));
            }
            if property.is_secret && (property.default.is_some() || schema.required.contains(name)) {
                return Err(fault(
                    &format!("inputs/properties/{name}"),
                    "a secret (`writeOnly`) has no default and is not in `required`",
                ));
            }
            property.refuse_inner_secrets(&format!("inputs/properties/{name}"))?;
        }
        if schema.is_secret {
            return Err(fault("inputs", "a secret (`writeOnly`) is one of the inputs, not all of them"));
        }
        schema.inner().try_for_each(|(_, inner)| inner.refuse_secrets("inputs"))?;
        if !matches!(schema.additional, Additional::Of(_)) {
            schema.additional = Additional::None;
        }
        Ok(schema)
    }

    /// The schemas of what is in a value, but for named properties.
    fn inner(&self) -> impl Iterator<Item = (&str, &Schema)> {
        let additional = match &self.additional {
            Additional::Of(schema) => Some(("additionalProperties", schema.as_ref())),
            _ => None,
        };
        self.items.iter().map(|schema| ("items", schema.as_ref())).chain(additional)
    }

    /// A secret is taken out of the inputs by its name: below the top, it would reach the program.
    fn refuse_inner_secrets(&self, path: &str) -> Result<(), SchemaError> {
        let named = self.properties.iter().map(|(name, schema)| (name.as_str(), schema));
        self.inner().chain(named).try_for_each(|(name, schema)| schema.refuse_secrets(&format!("{path}/{name}")))
    }

    fn refuse_secrets(&self, path: &str) -> Result<(), SchemaError> {
        if self.is_secret {
            return Err(fault(path, "a secret (`writeOnly`) stands at the top of the inputs only"));
        }
        self.refuse_inner_secrets(path)
    }
}

pub(super) fn read(value: &Value, path: &str, depth: usize, n_patterns: &mut usize) -> Result<Schema, SchemaError> {
    let Value::Object(keywords) = value else { return Err(fault(path, "a schema is an object")) };
    if depth > DEEPEST {
        return Err(fault(path, "the schema is nested too deep"));
    }
    let mut schema = Schema::default();
    for (keyword, value) in keywords {
        let here = || format!("{path}/{keyword}");
        let wrong = || fault(&here(), format!("{} is not what this keyword takes", describe(value)));
        match keyword.as_str() {
            "type" => schema.types = types(value, &here())?,
            "description" => schema.description = value.as_str().ok_or_else(wrong)?.to_owned(),
            "default" => schema.default = Some(value.clone()),
            "x-default" => schema.shown_default = Some(value.as_str().ok_or_else(wrong)?.to_owned()),
            "writeOnly" => schema.is_secret = value.as_bool().ok_or_else(wrong)?,
            "enum" => schema.allowed = Some(value.as_array().ok_or_else(wrong)?.clone()),
            "const" => schema.allowed = Some(vec![value.clone()]),
            "pattern" => {
                *n_patterns += 1;
                if *n_patterns > MOST_PATTERNS {
                    return Err(fault(&here(), format!("the schema has more than {MOST_PATTERNS} patterns")));
                }
                schema.pattern = Some(pattern(value.as_str().ok_or_else(wrong)?, &here())?);
            }
            "minimum" => schema.minimum = Some(value.as_f64().ok_or_else(wrong)?),
            "maximum" => schema.maximum = Some(value.as_f64().ok_or_else(wrong)?),
            "minLength" => schema.lengths.characters.0 = Some(value.as_u64().ok_or_else(wrong)?),
            "maxLength" => schema.lengths.characters.1 = Some(value.as_u64().ok_or_else(wrong)?),
            "minItems" => schema.lengths.items.0 = Some(value.as_u64().ok_or_else(wrong)?),
            "maxItems" => schema.lengths.items.1 = Some(value.as_u64().ok_or_else(wrong)?),
            "minProperties" => schema.lengths.properties.0 = Some(value.as_u64().ok_or_else(wrong)?),
            "maxProperties" => schema.lengths.properties.1 = Some(value.as_u64().ok_or_else(wrong)?),
            "items" => schema.items = Some(Box::new(read(value, &here(), depth + 1, n_patterns)?)),
            "required" => schema.required = texts(value).ok_or_else(wrong)?,
            "additionalProperties" => {
                schema.additional = match value {
                    Value::Bool(false) => Additional::None,
                    _ => Additional::Of(Box::new(read(value, &here(), depth + 1, n_patterns)?)),
                }
            }
            "properties" => {
                let properties = value.as_object().ok_or_else(wrong)?;
                if properties.len() > MOST_PROPERTIES {
                    return Err(fault(&here(), format!("more than {MOST_PROPERTIES} properties")));
                }
                for (name, value) in properties {
                    schema.properties.insert(name.clone(), read(value, &format!("{}/{name}", here()), depth + 1, n_patterns)?);
                }
            }
            _ => return Err(fault(&here(), "this host knows no such keyword")),
        }
    }
    Ok(schema)
}

fn types(value: &Value, path: &str) -> Result<Vec<String>, SchemaError> {
    let types = texts(value).filter(|types| !types.is_empty());
    let types = types.ok_or_else(|| fault(path, format!("{} is no type", describe(value))))?;
    match types.iter().find(|name| !TYPES.contains(&name.as_str())) {
        Some(name) => Err(fault(path, format!("there is no type `{name}`; the types are {}", TYPES.join(", ")))),
        None => Ok(types),
    }
}

fn pattern(text: &str, path: &str) -> Result<Regex, SchemaError> {
    if text.len() > LONGEST_PATTERN {
        return Err(fault(path, format!("the pattern is longer than {LONGEST_PATTERN} bytes")));
    }
    RegexBuilder::new(text)
        .size_limit(LARGEST_PATTERN)
        .build()
        .map_err(|error| fault(path, format!("the pattern cannot be used: {error}")))
}

fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Array(items) => items.iter().map(|item| item.as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}

fn fault(path: &str, message: impl Into<String>) -> SchemaError {
    SchemaError { path: path.to_owned(), message: message.into() }
}
