//! JSON as Terraform reads it, over the graph's own expressions: nothing is copied that stands in the graph as it is needed.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::hcl;
use crate::model::{Body, Declaration, Expression};
use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A piece of JSON.
pub(super) enum Json<'a> {
    /// An expression where Terraform evaluates: text is a template, so literal text is escaped.
    Value(&'a Expression),
    /// A constant where Terraform takes text as it is.
    Literal(&'a Expression),
    /// Text that is already what Terraform is to read.
    Text(Cow<'a, str>),
    /// A truth value.
    Bool(bool),
    /// In order.
    Array(Vec<Json<'a>>),
    /// Sorted, each key once.
    Object(Vec<(&'a str, Json<'a>)>),
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Value(expression) => Value { expression, literal: false }.serialize(serializer),
            Json::Literal(expression) => Value { expression, literal: true }.serialize(serializer),
            Json::Text(text) => serializer.serialize_str(text),
            Json::Bool(value) => serializer.serialize_bool(*value),
            Json::Array(items) => serializer.collect_seq(items),
            Json::Object(members) => serializer.collect_map(members.iter().map(|(key, value)| (key, value))),
        }
    }
}

struct Value<'a> {
    expression: &'a Expression,
    literal: bool,
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let literal = self.literal;
        match self.expression {
            Expression::Null => serializer.serialize_unit(),
            Expression::Bool(value) => serializer.serialize_bool(*value),
            Expression::Integer(value) => serializer.serialize_i64(*value),
            Expression::Number(text) => number(text).ok_or_else(|| S::Error::custom("not a number"))?.serialize(serializer),
            Expression::Text(text) if literal => serializer.serialize_str(text),
            Expression::List(items) => {
                let mut seq = serializer.serialize_seq(Some(items.len()))?;
                for expression in items {
                    seq.serialize_element(&Value { expression, literal })?;
                }
                seq.end()
            }
            Expression::Object(pairs) => {
                let mut members: Vec<_> = pairs.iter().map(|(key, value)| (json_key(key, literal), value)).collect();
                members.sort_by(|a, b| a.0.cmp(&b.0));
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, expression) in members {
                    map.serialize_entry(&*key, &Value { expression, literal })?;
                }
                map.end()
            }
            // Nothing masked is emitted: the graph keeps what was declared.
            Expression::Masked(_) => Err(S::Error::custom("a secret is masked")),
            other => serializer.serialize_str(&template(other)),
        }
    }
}

/// Returns a number's text as it goes into JSON: never through a floating-point number.
pub(super) fn number(text: &str) -> Option<&RawValue> {
    let is_number = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    serde_json::from_str(text).ok().filter(|_| is_number)
}

/// Returns the key of an object's member: an object's keys are templates as well.
pub(super) fn json_key(key: &Expression, literal: bool) -> Cow<'_, str> {
    match key {
        Expression::Text(text) if literal => Cow::Borrowed(text),
        other => template(other),
    }
}

/// Of an expression: enough for most to be written without growing.
const TYPICAL_LENGTH: usize = 64;

/// Returns an expression as the template that a JSON string holds.
fn template(expression: &Expression) -> Cow<'_, str> {
    match expression {
        // What needs no escaping is most of what there is.
        Expression::Text(text) if !text.contains('{') && !text.starts_with('\u{feff}') => Cow::Borrowed(text),
        other => {
            let mut out = String::with_capacity(TYPICAL_LENGTH);
            hcl::write_template(&mut out, other);
            Cow::Owned(out)
        }
    }
}

/// The members of an object to be, in any order.
#[derive(Default)]
pub(super) struct Members<'a>(Vec<(&'a str, Json<'a>)>);

impl<'a> Members<'a> {
    /// Makes room for what a body holds.
    pub(super) fn for_body(body: &Body) -> Members<'a> {
        Members(Vec::with_capacity(body.arguments.len() + body.blocks.len()))
    }

    /// Adds a member.
    pub(super) fn insert(&mut self, key: &'a str, value: Json<'a>) {
        self.0.push((key, value));
    }

    /// Adds a member where there is a value.
    pub(super) fn insert_some(&mut self, key: &'a str, value: Option<Json<'a>>) {
        if let Some(value) = value {
            self.insert(key, value);
        }
    }

    /// Tells whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the object; a key that stands twice (an argument and a block of one name) is an error.
    pub(super) fn into_json(mut self, subject: &mut Subject<'_>) -> Json<'a> {
        self.0.sort_by_key(|(key, _)| *key);
        for pair in self.0.windows(2) {
            if pair[0].0 == pair[1].0 {
                subject.error(
                    "duplicate-argument",
                    "Argument or block given twice",
                    format!("`{}` stands twice in one body, as an argument and as a block or in two notations.", pair[0].0),
                );
            }
        }
        if self.0.iter().any(|(key, _)| *key == "//") {
            subject.error(
                "invalid-argument-name",
                "Invalid name of an argument or block",
                "`//` is a comment in Terraform's JSON: what stands under it would be ignored.".to_owned(),
            );
        }
        Json::Object(self.0)
    }
}

/// The declaration that is being rendered, and where its problems go.
pub(super) struct Subject<'a> {
    pub(super) node: &'a Declaration,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Subject<'_> {
    /// Says what is wrong with the declaration.
    pub(super) fn error(&mut self, code: &'static str, summary: &str, detail: String) {
        self.diagnostics.push(Diagnostic::error(code, summary).detail(detail).about(&self.node.address).at(&self.node.place));
    }

    /// Says that there is no such argument.
    pub(super) fn unknown_argument(&mut self, name: &str, of: &str) {
        self.error("unknown-argument", "Unknown argument", format!("{of} has no argument `{name}`."));
    }

    /// Says that there is no such block.
    pub(super) fn unknown_block(&mut self, name: &str, of: &str) {
        self.error("unknown-block", "Unknown block", format!("{of} has no block `{name}`."));
    }

    /// Says that an argument is missing.
    pub(super) fn missing_argument(&mut self, name: &str, of: &str) {
        self.error("missing-argument", "Missing argument", format!("{of} needs the argument `{name}`."));
    }
}

/// Tells whether Terraform would see a template in a text, and OpenTofu an expression where Terraform takes it literally.
pub(super) fn looks_like_template(text: &str) -> bool {
    text.contains("${") || text.contains("%{")
}

/// Returns an expression in HCL, wrapped so that a JSON string yields its value.
pub(super) fn wrapped(function: &str, expression: &Expression) -> Json<'static> {
    let mut out = format!("${{{function}(");
    hcl::write_expression(&mut out, expression);
    out.push_str(")}");
    Json::Text(Cow::Owned(out))
}
