//! The inputs of a program: gathered from flags, files and `tapwasm.toml`, checked against its schema, completed with defaults.

use super::schema::Schema;
use crate::diagnostic::closest;
use serde_json::{Map, Number, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// One input that somebody gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: GivenValue,
    /// Where it was given.
    pub origin: Origin,
}

/// A value, or text from the command line that becomes one by the declared type.
#[derive(Clone, Debug, PartialEq)]
pub enum GivenValue {
    /// From a file.
    Json(Value),
    /// From `--input name=text`.
    Text(String),
}

impl From<Value> for GivenValue {
    fn from(value: Value) -> GivenValue {
        GivenValue::Json(value)
    }
}

/// Where an input was given; shown in messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `--input`
    Flag,
    /// A file: `tapwasm.toml`, or one named by `--inputs`.
    File {
        /// Which.
        path: PathBuf,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag => f.write_str("--input"),
            Origin::File { path } => write!(f, "{}", path.display()),
        }
    }
}

/// Why an input cannot be read.
#[derive(Debug, Error)]
pub enum InputError {
    /// Not `name=value`.
    #[error("--input takes NAME=VALUE, not `{0}`")]
    Form(String),
    /// The file cannot be read.
    #[error("cannot read {path}", path = .path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is neither TOML nor JSON, or no table.
    #[error("{path}: {message}", path = .path.display())]
    Invalid {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
}

/// Reads `name=value` of a flag.
pub fn read_assignment(text: &str) -> Result<Given, InputError> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => {
            Ok(Given { name: name.to_owned(), value: GivenValue::Text(value.to_owned()), origin: Origin::Flag })
        }
        _ => Err(InputError::Form(text.to_owned())),
    }
}

/// Reads a file of inputs: one table of TOML (`.toml`) or one object of JSON (anything else).
pub fn read_file(path: &Path) -> Result<Vec<Given>, InputError> {
    let text = fs::read_to_string(path).map_err(|source| InputError::Read { path: path.to_owned(), source })?;
    let invalid = |message: String| InputError::Invalid { path: path.to_owned(), message };
    let object: Map<String, Value> = if path.extension().is_some_and(|extension| extension == "toml") {
        let table: toml::Table = toml::from_str(&text).map_err(|error| invalid(error.to_string()))?;
        let members = table.into_iter().map(|(name, value)| json_of(value).map(|value| (name, value)));
        members.collect::<Result<_, _>>().map_err(invalid)?
    } else {
        serde_json::from_str(&text).map_err(|error| invalid(format!("it is no JSON object: {error}")))?
    };
    let origin = Origin::File { path: path.to_owned() };
    Ok(object.into_iter().map(|(name, value)| Given { name, value: value.into(), origin: origin.clone() }).collect())
}

/// Returns what a value of TOML is in JSON; what JSON cannot say is an error: a missing value would be read out of it. Dates are text.
pub(super) fn json_of(value: toml::Value) -> Result<Value, String> {
    Ok(match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => {
            let number = Number::from_f64(number).ok_or_else(|| format!("an input cannot be {number}: it is a finite number"))?;
            Value::Number(number)
        }
        toml::Value::Boolean(value) => Value::Bool(value),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => Value::Array(items.into_iter().map(json_of).collect::<Result<_, _>>()?),
        toml::Value::Table(members) => {
            let members = members.into_iter().map(|(name, value)| Ok((name, json_of(value)?)));
            Value::Object(members.collect::<Result<_, String>>()?)
        }
    })
}

/// Everything that is wrong with the inputs.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{}", .0.join("\n"))]
pub struct InputErrors(pub Vec<String>);

/// Returns the JSON text of the inputs object that the program gets: what was given last counts, defaults are filled in, keys are sorted.
///
/// # Errors
/// Every fault: unknown inputs (with a suggestion), wrong types, missing ones, secrets that were given a value.
pub fn resolve(schema: &Schema, given: &[Given]) -> Result<String, InputErrors> {
    let mut faults = Vec::new();
    let mut values: BTreeMap<&str, Value> = BTreeMap::new();
    for input in given {
        match schema.properties.get(&input.name) {
            None => faults.push(unknown(schema, input)),
            Some(property) if property.is_secret => faults.push(format!(
                "{}: the input `{name}` is a secret: it never reaches the program. Give it to terraform: TF_VAR_{name}=…",
                input.origin,
                name = input.name
            )),
            Some(property) => match value_of(property, input) {
                Ok(mut value) => {
                    property.fill(&mut value);
                    let mut found = Vec::new();
                    property.check(&value, &input.name, &mut found);
                    faults.extend(found.into_iter().map(|fault| format!("{}: {fault}", input.origin)));
                    values.insert(&input.name, value);
                }
                Err(fault) => faults.push(fault),
            },
        }
    }
    for (name, property) in schema.properties.iter().filter(|(_, property)| !property.is_secret) {
        if !values.contains_key(name.as_str()) {
            match &property.default {
                Some(default) => {
                    let mut default = default.clone();
                    property.fill(&mut default);
                    property.check(&default, &format!("{name} (its default: a fault of the program)"), &mut faults);
                    values.insert(name, default);
                }
                None if schema.required.contains(name) => faults.push(missing(name, property)),
                None => {}
            }
        }
    }
    if faults.is_empty() {
        Ok(serde_json::to_string(&values).expect("values of JSON are JSON"))
    } else {
        Err(InputErrors(faults))
    }
}

fn value_of(property: &Schema, input: &Given) -> Result<Value, String> {
    match &input.value {
        GivenValue::Json(value) => Ok(value.clone()),
        GivenValue::Text(text) if property.takes_text() => Ok(Value::String(text.clone())),
        GivenValue::Text(text) => serde_json::from_str(text).map_err(|_| {
            let name = &input.name;
            format!("{}: `{name}` is of type {} and given as JSON, which `{text}` is not", input.origin, property.type_text())
        }),
    }
}

fn unknown(schema: &Schema, input: &Given) -> String {
    let names: Vec<&str> = schema.properties.keys().map(String::as_str).collect();
    let hint = match closest(&input.name, names.iter().copied()) {
        Some(close) => format!("did you mean `{close}`?"),
        None if names.is_empty() => "the program takes none".to_owned(),
        None => format!("the program takes {}", names.join(", ")),
    };
    format!("{}: there is no input `{}`; {hint}", input.origin, input.name)
}

fn missing(name: &str, property: &Schema) -> String {
    let description = match property.description.is_empty() {
        true => String::new(),
        false => format!(" ({})", property.description),
    };
    format!("the input `{name}`{description} is missing; give it with `--input {name}=…`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema() -> Schema {
        Schema::parse(
            r#"{"type": "object", "properties": {
                "suffix": {"type": "string", "default": "dev", "pattern": "^[a-z]+$"},
                "days": {"type": "integer", "description": "Days to keep."},
                "layers": {"type": "array", "items": {"type": "string"}, "default": []},
                "password": {"type": "string", "writeOnly": true}
            }, "required": ["days"]}"#,
        )
        .unwrap()
    }

    #[track_caller]
    fn check(given: &[&str], expected: Result<&str, &[&str]>) {
        let given: Vec<Given> = given.iter().map(|text| read_assignment(text).unwrap()).collect();
        let resolved = resolve(&schema(), &given);
        let expected =
            expected.map(str::to_owned).map_err(|faults| InputErrors(faults.iter().map(|f| (*f).to_owned()).collect()));
        assert_eq!(resolved, expected);
    }

    #[test]
    fn defaults_are_filled_in_and_the_last_value_counts() {
        check(&["days=3", "days=30", "suffix=prod"], Ok(r#"{"days":30,"layers":[],"suffix":"prod"}"#));
    }

    #[test]
    fn text_is_read_by_the_declared_type() {
        check(&["days=1", "suffix=true"], Ok(r#"{"days":1,"layers":[],"suffix":"true"}"#));
        check(&["days=1", r#"layers=["a"]"#], Ok(r#"{"days":1,"layers":["a"],"suffix":"dev"}"#));
        check(
            &["days=x"],
            Err(&[
                "--input: `days` is of type integer and given as JSON, which `x` is not",
                "the input `days` (Days to keep.) is missing; give it with `--input days=…`",
            ]),
        );
    }

    #[test]
    fn every_fault_is_told() {
        check(
            &["sufix=a", "suffix=A", "password=x"],
            Err(&[
                "--input: there is no input `sufix`; did you mean `suffix`?",
                "--input: `suffix` is \"A\", which does not match the pattern ^[a-z]+$",
                "--input: the input `password` is a secret: it never reaches the program. Give it to terraform: TF_VAR_password=…",
                "the input `days` (Days to keep.) is missing; give it with `--input days=…`",
            ]),
        );
    }

    #[test]
    fn defaults_are_filled_in_and_checked_inside_objects_too() {
        let schema = Schema::parse(
            r#"{"properties": {"db": {"type": "object", "properties": {"size": {"type": "integer", "default": 3}, "name": {"type": "string"}},
                "required": ["name", "size"], "additionalProperties": false}}}"#,
        )
        .unwrap();
        let given = [read_assignment(r#"db={"name": "a"}"#).unwrap()];
        assert_eq!(resolve(&schema, &given).unwrap(), r#"{"db":{"name":"a","size":3}}"#);
    }

    #[test]
    fn files_are_toml_or_json() {
        let folder = tempfile::tempdir().unwrap();
        let (toml, json) = (folder.path().join("a.toml"), folder.path().join("a.json"));
        fs::write(&toml, "days = 3").unwrap();
        fs::write(&json, r#"{"days": 3}"#).unwrap();
        assert_eq!(read_file(&toml).unwrap()[0].value, read_file(&json).unwrap()[0].value);
        for text in ["days = nan", "days = [{ a = -inf }]"] {
            fs::write(&toml, text).unwrap();
            assert!(matches!(read_file(&toml), Err(InputError::Invalid { .. })), "{text}");
        }
        fs::write(&toml, "days = [1979-05-27]").unwrap();
        assert_eq!(read_file(&toml).unwrap()[0].value, serde_json::json!(["1979-05-27"]).into());
        fs::write(&json, "[]").unwrap();
        assert!(matches!(read_file(&json), Err(InputError::Invalid { .. })));
        assert!(matches!(read_file(&folder.path().join("none.json")), Err(InputError::Read { .. })));
    }
}
