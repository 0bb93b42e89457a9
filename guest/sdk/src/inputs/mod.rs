//! A program's inputs: a struct of the author's, its schema as constant text, and reading it from JSON.
//! The derive writes the schema of each field; checking inputs against it is the host's matter.

mod error;
mod read;
pub(crate) mod schema;
mod secret;

pub use error::InputError;
use schema::{Keywords, Schema};
pub use secret::Secret;

/// JSON as it arrives.
pub use serde_json::Value as Json;

/// The inputs of a program; derived.
///
/// Doc comments are the descriptions that `tapwasm inspect` shows. An `Option` may be left out, and so may what has a default.
///
/// ```
/// use std::collections::BTreeMap;
/// use tapwasm_guest::{Inputs, Secret};
///
/// /// What differs between environments.
/// #[derive(Inputs)]
/// struct Network {
///     /// Suffix of every name.
///     #[input(pattern = "^[a-z0-9-]{1,20}$", default = "dev")]
///     suffix: String,
///     /// How many availability zones.
///     #[input(min = 1, max = 6, default = 2)]
///     zones: u8,
///     /// Tags of everything.
///     #[input(default = { "CostCenter": "payments" })]
///     tags: BTreeMap<String, String>,
///     /// Name of the bucket of the logs.
///     #[input(shown_default = "logs-<suffix>")]
///     bucket: Option<String>,
///     /// CIDR blocks of the offices.
///     #[input(default = [], max_items = 10, items(pattern = "/[0-9]+$"))]
///     offices: Vec<String>,
///     /// Who may be called.
///     size: Size,
///     /// Password of the database: given when Terraform applies, never seen by the program.
///     password: Secret,
/// }
///
/// /// How large.
/// #[derive(Inputs)]
/// enum Size {
///     Small,
///     VeryLarge, // the input's value is `very-large`
/// }
///
/// let network = Network::from_json(r#"{ "size": "small" }"#).unwrap();
/// assert_eq!((network.suffix.as_str(), network.zones), ("dev", 2));
/// ```
///
/// | key | value | for |
/// | --- | --- | --- |
/// | `default` | a JSON value | anything |
/// | `shown_default` | text: how a missing value is derived | `Option` |
/// | `one_of` | list of JSON values | text, numbers |
/// | `pattern` | a pattern | text |
/// | `min`, `max` | a number | numbers |
/// | `min_length`, `max_length` | a number | text |
/// | `min_items`, `max_items` | a number | lists |
/// | `min_properties`, `max_properties` | a number | maps |
/// | `items(…)` | the constraints above | the items of a list, the values of a map |
/// | `rename` | text | anything: the input's name; the value of an enum's variant |
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not describe a program's inputs",
    label = "a struct with `#[derive(Inputs)]` is expected"
)]
pub trait Inputs: Input {
    /// Reads the inputs from the text of a JSON object; what is missing gets its default.
    fn from_json(text: &str) -> Result<Self, InputError> {
        let json: Json = serde_json::from_str(text).map_err(|error| InputError::new("", error.to_string()))?;
        Self::read(Some(&json), "")
    }

    /// Returns the inputs if nothing is given: for tests, `Network { zones: 3, ..Network::defaults() }`.
    ///
    /// # Panics
    ///
    /// If an input has no default.
    #[track_caller]
    fn defaults() -> Self {
        match Self::from_json("{}") {
            Ok(inputs) => inputs,
            Err(error) => panic!("{error}"),
        }
    }
}

/// A type that an input can have: text, numbers, bools, `Option`, `Vec`, `BTreeMap<String, _>`, [`Secret`], and what derives [`Inputs`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the type of an input",
    label = "text, numbers, bools, `Option`, `Vec`, `BTreeMap<String, _>`, `Secret`, or a type with `#[derive(Inputs)]`"
)]
pub trait Input: Sized {
    /// What the derive and the containers need to know for the schema.
    const SCHEMA: Schema;

    /// Reads the value; `None` if it is missing. `path` tells in errors which one it is.
    fn read(json: Option<&Json>, path: &str) -> Result<Self, InputError>;
}

/// Reads a field with a default.
#[doc(hidden)]
pub fn read_field<T: Input>(
    object: &serde_json::Map<String, Json>,
    name: &str,
    path: &str,
    default: Option<&str>,
) -> Result<T, InputError> {
    let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match (object.get(name), default) {
        (None, Some(default)) => {
            let default: Json = serde_json::from_str(default).map_err(|error| InputError::new(&path, error.to_string()))?;
            T::read(Some(&default), &path)
        }
        (given, _) => T::read(given, &path),
    }
}

/// Returns the object that a struct is read from.
#[doc(hidden)]
pub fn read_object<'a>(
    json: Option<&'a Json>,
    path: &str,
    known: &[&str],
) -> Result<&'a serde_json::Map<String, Json>, InputError> {
    let object = match json {
        None => return Err(InputError::missing(path)),
        Some(Json::Object(object)) => object,
        Some(_) => return Err(InputError::new(path, "must be an object")),
    };
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        Some(unknown) => Err(InputError::new(path, format!("there is no `{unknown}`; there is {}", known.join(", ")))),
        None => Ok(object),
    }
}

/// Returns the variant of an enum that is given.
#[doc(hidden)]
pub fn read_variant(json: Option<&Json>, path: &str, known: &[&str]) -> Result<usize, InputError> {
    let text = json.ok_or_else(|| InputError::missing(path))?.as_str();
    known
        .iter()
        .position(|name| Some(*name) == text)
        .ok_or_else(|| InputError::new(path, format!("must be one of {}", known.join(", "))))
}

impl Input for () {
    const SCHEMA: Schema = Schema::of("object", Keywords::Text(r#","properties":{},"additionalProperties":false"#));

    fn read(json: Option<&Json>, path: &str) -> Result<(), InputError> {
        read_object(json, path, &[]).map(|_| ())
    }
}

impl Inputs for () {}
