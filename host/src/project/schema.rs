//! The schema of a program's inputs: a small part of JSON Schema, bounded, since it comes from a guest that nobody trusts.
//!
//! `docs/inputs.md` lists what is understood. There are no references and no combinators; patterns run in linear time.

mod read;

pub use read::SchemaError;

use regex_lite::Regex;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Whole numbers from here on were rounded when they were read, if they are not of 64 bits.
const FIRST_INEXACT: f64 = 9_007_199_254_740_992.0;

/// What a value must be.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// Accepted types; empty: any.
    pub types: Vec<String>,
    /// For people.
    pub description: String,
    /// The value where none is given.
    pub default: Option<Value>,
    /// What people are told that the default is, where the program works it out.
    pub shown_default: Option<String>,
    /// Whether the value is a secret that the program must not see.
    pub is_secret: bool,
    /// The properties of an object.
    pub properties: BTreeMap<String, Schema>,
    /// Those that must be given.
    pub required: Vec<String>,
    allowed: Option<Vec<Value>>,
    pattern: Option<Regex>,
    minimum: Option<f64>,
    maximum: Option<f64>,
    /// Least and most characters, items or properties, by the type of the value.
    lengths: Lengths,
    items: Option<Box<Schema>>,
    additional: Additional,
}

#[derive(Clone, Debug, Default)]
struct Lengths {
    characters: (Option<u64>, Option<u64>),
    items: (Option<u64>, Option<u64>),
    properties: (Option<u64>, Option<u64>),
}

#[derive(Clone, Debug, Default)]
enum Additional {
    #[default]
    Any,
    None,
    Of(Box<Schema>),
}

impl Schema {
    /// Says what else a value must be: `1 to 10`, `matches ^a+$`; empty for nothing.
    pub fn constraint_text(&self) -> String {
        let range = |least: Option<String>, most: Option<String>, what: &str| match (least, most) {
            (None, None) => None,
            (Some(least), None) => Some(format!("at least {least}{what}")),
            (None, Some(most)) => Some(format!("at most {most}{what}")),
            (Some(least), Some(most)) => Some(format!("{least} to {most}{what}")),
        };
        let counted = |(least, most): (Option<u64>, Option<u64>), what: &str| {
            range(least.map(|n| n.to_string()), most.map(|n| n.to_string()), what)
        };
        let parts = [
            range(self.minimum.map(|n| n.to_string()), self.maximum.map(|n| n.to_string()), ""),
            self.pattern.as_ref().map(|pattern| format!("matches {}", pattern.as_str())),
            counted(self.lengths.characters, " characters"),
            counted(self.lengths.items, " items"),
            counted(self.lengths.properties, " entries"),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Says what a value of this schema is: `string`, `list of string`, `integer or null`, `one of "a", "b"`.
    pub fn type_text(&self) -> String {
        let one = |name: &String| match (name.as_str(), &self.items, &self.additional) {
            ("array", Some(items), _) => format!("list of {}", items.type_text()),
            ("array", None, _) => "list".to_owned(),
            ("object", _, Additional::Of(values)) => format!("map of {}", values.type_text()),
            ("boolean", ..) => "bool".to_owned(),
            (name, ..) => name.to_owned(),
        };
        match (&self.allowed, self.types.is_empty()) {
            (Some(allowed), _) => format!("one of {}", allowed.iter().map(Value::to_string).collect::<Vec<_>>().join(", ")),
            (None, true) => "any".to_owned(),
            (None, false) => self.types.iter().map(one).collect::<Vec<_>>().join(" or "),
        }
    }

    /// Tells whether plain text is meant as it stands, and not as JSON.
    pub fn takes_text(&self) -> bool {
        self.types.iter().any(|name| name == "string")
    }

    /// Fills in the defaults of what is not given, in nested objects too.
    pub fn fill(&self, value: &mut Value) {
        match value {
            Value::Object(properties) => {
                for (name, property) in self.properties.iter().filter(|(_, property)| !property.is_secret) {
                    if let (None, Some(default)) = (properties.get(name), &property.default) {
                        properties.insert(name.clone(), default.clone());
                    }
                }
                for (name, value) in properties.iter_mut() {
                    match (self.properties.get(name), &self.additional) {
                        (Some(schema), _) => schema.fill(value),
                        (None, Additional::Of(schema)) => schema.fill(value),
                        _ => {}
                    }
                }
            }
            Value::Array(items) => {
                if let Some(schema) = &self.items {
                    items.iter_mut().for_each(|item| schema.fill(item));
                }
            }
            _ => {}
        }
    }

    /// Adds to `faults` what is wrong with a value; `path` says where the value stands.
    pub fn check(&self, value: &Value, path: &str, faults: &mut Vec<String>) {
        if is_inexact(value) {
            faults.push(format!(
                "`{path}` is about {value}, which is too large to pass on exactly: give it as text, if the program takes that"
            ));
            return;
        }
        if !self.types.is_empty() && !self.types.iter().any(|name| is_of_type(value, name)) {
            faults.push(format!("`{path}` is {}, but its type is {}", describe(value), self.type_text()));
            return;
        }
        if let Some(allowed) = &self.allowed
            && !allowed.contains(value)
        {
            let list = allowed.iter().map(Value::to_string).collect::<Vec<_>>().join(", ");
            faults.push(format!("`{path}` is {value}, but it takes one of {list}"));
        }
        match value {
            Value::String(text) => {
                self.check_length(text.chars().count(), self.lengths.characters, "characters", path, faults);
                if let Some(pattern) = &self.pattern
                    && !pattern.is_match(text)
                {
                    faults.push(format!("`{path}` is {value}, which does not match the pattern {}", pattern.as_str()));
                }
            }
            Value::Number(number) => {
                let number = number.as_f64().unwrap_or(f64::NAN);
                if let Some(minimum) = self.minimum.filter(|minimum| number < *minimum) {
                    faults.push(format!("`{path}` is {value}, but it is at least {minimum}"));
                }
                if let Some(maximum) = self.maximum.filter(|maximum| number > *maximum) {
                    faults.push(format!("`{path}` is {value}, but it is at most {maximum}"));
                }
            }
            Value::Array(items) => {
                self.check_length(items.len(), self.lengths.items, "items", path, faults);
                for (position, item) in items.iter().enumerate() {
                    self.items.iter().for_each(|schema| schema.check(item, &format!("{path}[{position}]"), faults));
                }
            }
            Value::Object(properties) => self.check_object(properties, path, faults),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn check_object(&self, properties: &Map<String, Value>, path: &str, faults: &mut Vec<String>) {
        self.check_length(properties.len(), self.lengths.properties, "entries", path, faults);
        for (name, value) in properties {
            let path = format!("{path}.{name}");
            match (self.properties.get(name), &self.additional) {
                (Some(schema), _) => schema.check(value, &path, faults),
                (None, Additional::Of(schema)) => schema.check(value, &path, faults),
                (None, Additional::None) => faults.push(format!("`{path}` is unknown")),
                (None, Additional::Any) => {}
            }
        }
        for name in self.required.iter().filter(|name| !properties.contains_key(*name)) {
            faults.push(format!("`{path}.{name}` is missing"));
        }
    }

    fn check_length(&self, n: usize, range: (Option<u64>, Option<u64>), what: &str, path: &str, faults: &mut Vec<String>) {
        let n = n as u64;
        if let Some(least) = range.0.filter(|least| n < *least) {
            faults.push(format!("`{path}` has {n} {what}, but it takes at least {least}"));
        }
        if let Some(most) = range.1.filter(|most| n > *most) {
            faults.push(format!("`{path}` has {n} {what}, but it takes at most {most}"));
        }
    }
}

fn is_inexact(value: &Value) -> bool {
    value.is_f64() && value.as_f64().is_some_and(|number| number.abs() >= FIRST_INEXACT)
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        _ => false,
    }
}

fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) => format!("the bool {value}"),
        Value::Number(_) => format!("the number {value}"),
        Value::String(text) if text.chars().count() <= 60 => format!("the text {value}"),
        Value::String(_) => "a text".into(),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::read::read;
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(schema: Value, value: Value, expected: &[&str]) {
        let schema = read(&schema, "inputs", 0, &mut 0).unwrap();
        let mut faults = Vec::new();
        schema.check(&value, "x", &mut faults);
        assert_eq!(faults, expected);
    }

    #[test]
    fn values_that_fit_are_accepted() {
        check(json!({"type": "string", "pattern": "^a+$", "minLength": 1}), json!("aaa"), &[]);
        check(json!({"type": ["string", "null"]}), json!(null), &[]);
        check(json!({"type": "array", "items": {"enum": [1, 3]}, "maxItems": 2}), json!([1, 3]), &[]);
        check(json!({"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1}), json!({"a": "b"}), &[]);
        check(json!({"type": "integer"}), json!(3.0), &[]);
    }

    #[test]
    fn a_number_that_was_rounded_when_it_was_read_is_refused() {
        for name in ["integer", "number"] {
            check(json!({"type": name}), json!(u64::MAX), &[]);
            check(json!({"type": name}), json!(9_007_199_254_740_991.0), &[]);
            check(
                json!({"type": name}),
                serde_json::from_str("12345678901234567890123").unwrap(),
                &[
                    "`x` is about 1.2345678901234568e+22, which is too large to pass on exactly: give it as text, if the program takes that",
                ],
            );
        }
    }

    #[test]
    fn faults_name_place_and_expectation() {
        check(json!({"type": "integer"}), json!("3"), &["`x` is the text \"3\", but its type is integer"]);
        check(
            json!({"type": "array", "items": {"type": "string"}}),
            json!(["a", 1]),
            &["`x[1]` is the number 1, but its type is string"],
        );
        check(json!({"enum": [30, 90]}), json!(31), &["`x` is 31, but it takes one of 30, 90"]);
        check(
            json!({"pattern": "^https://"}),
            json!("http://a"),
            &["`x` is \"http://a\", which does not match the pattern ^https://"],
        );
        check(
            json!({"type": "object", "properties": {"a": {"type": "boolean"}}, "required": ["b"], "additionalProperties": false}),
            json!({"a": 1, "c": 2}),
            &["`x.a` is the number 1, but its type is bool", "`x.c` is unknown", "`x.b` is missing"],
        );
    }

    #[test]
    fn schemas_that_cannot_be_used_are_refused() {
        for text in [
            "[]",
            r#"{"$ref": "https://example.com"}"#,
            r#"{"properties": {"a": {"allOf": []}}}"#,
            r#"{"pattern": "("}"#,
            r#"{"pattern": "((a{99}){99}){99}"}"#,
            r#"{"minimum": "1"}"#,
            r#"{"properties": {"a": {"type": "integr"}}}"#,
            r#"{"properties": {"a": {"type": []}}}"#,
            r#"{"properties": {"a": {}}, "required": ["b"]}"#,
            r#"{"additionalProperties": true}"#,
            r#"{"properties": {"a": {"type": ["string", "null"], "writeOnly": true}}}"#,
            r#"{"properties": {"a": {"type": "string", "writeOnly": true, "default": "x"}}}"#,
            r#"{"properties": {"a": {"type": "array", "items": {"type": "string", "writeOnly": true}}}}"#,
            r#"{"properties": {"a": {"properties": {"b": {"type": "string", "writeOnly": true}}}}}"#,
            r#"{"additionalProperties": {"type": "string", "writeOnly": true}}"#,
        ] {
            assert!(Schema::parse(text).is_err(), "{text}");
        }
        let deep = format!("{}{{}}{}", r#"{"items":"#.repeat(40), "}".repeat(40));
        assert!(Schema::parse(&deep).is_err());
        let patterns = |n: usize| {
            let properties: Vec<String> = (0..n).map(|n| format!(r#""p{n}": {{"pattern": "a"}}"#)).collect();
            Schema::parse(&format!(r#"{{"properties": {{{}}}}}"#, properties.join(",")))
        };
        assert!(patterns(200).is_ok());
        assert_eq!(
            patterns(201).unwrap_err().to_string(),
            "inputs/properties/p99/pattern: the schema has more than 200 patterns"
        );
    }
}
