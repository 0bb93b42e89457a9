//! Types of values, as Terraform has them; their short notation, which the compact form is written in; their names for people.

use crate::model::is_identifier;
use std::fmt::{self, Write};

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text.
    String,
    /// A number.
    Number,
    /// A truth value.
    Bool,
    /// Any type, known when Terraform applies.
    Dynamic,
    /// A list of one type.
    List(Box<Type>),
    /// A set of one type.
    Set(Box<Type>),
    /// A map from text to one type.
    Map(Box<Type>),
    /// Values of their own types, by position.
    Tuple(Vec<Type>),
    /// Values of their own types, by name; sorted by it.
    Object(Vec<Field>),
}

/// An attribute of an object type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: Box<str>,
    /// Its type.
    pub of: Type,
    /// Whether a value may lack it: then it is `null`.
    pub is_optional: bool,
}

/// A type that is nested deeper is refused where it is read: what reads it recurses.
const DEEPEST: usize = 60;

impl Type {
    /// Reads the form of Terraform's own JSON: `"string"`, `["list", "string"]`, `["object", {"name": "string"}]`.
    ///
    /// # Errors
    /// Text: what is wrong with it.
    pub fn of_json(json: &serde_json::Value) -> Result<Type, String> {
        use serde_json::Value;
        let parts = match json {
            Value::String(name) => {
                return match name.as_str() {
                    "string" => Ok(Type::String),
                    "number" => Ok(Type::Number),
                    "bool" => Ok(Type::Bool),
                    "dynamic" => Ok(Type::Dynamic),
                    other => Err(format!("there is no type `{other}`")),
                };
            }
            Value::Array(parts) => parts,
            other => return Err(format!("`{other}` is no type")),
        };
        let kind = parts.first().and_then(Value::as_str).unwrap_or_default();
        match (kind, &parts[1.min(parts.len())..]) {
            ("list", [of]) => Ok(Type::List(Box::new(Type::of_json(of)?))),
            ("set", [of]) => Ok(Type::Set(Box::new(Type::of_json(of)?))),
            ("map", [of]) => Ok(Type::Map(Box::new(Type::of_json(of)?))),
            ("tuple", [Value::Array(items)]) => Ok(Type::Tuple(items.iter().map(Type::of_json).collect::<Result<_, _>>()?)),
            ("object", [Value::Object(fields), rest @ ..]) => {
                let optional: Vec<&str> =
                    rest.first().and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
                let field = |(name, of): (&String, &Value)| {
                    Ok::<_, String>(Field {
                        name: name.as_str().into(),
                        of: Type::of_json(of)?,
                        is_optional: optional.contains(&name.as_str()),
                    })
                };
                let mut fields: Vec<Field> = fields.iter().map(field).collect::<Result<_, _>>()?;
                fields.sort_by(|a, b| a.name.cmp(&b.name));
                Ok(Type::Object(fields))
            }
            _ => Err(format!("`{json}` is no type")),
        }
    }

    /// Reads the short notation that [`Type`] is written in by `Display`.
    ///
    /// # Errors
    /// Text: what is wrong with it.
    pub fn parse(text: &str) -> Result<Type, String> {
        let mut reader = Notation { rest: text, depth: 0 };
        let of = reader.of()?;
        if reader.rest.is_empty() { Ok(of) } else { Err(format!("`{}` stands behind a type", reader.rest)) }
    }

    /// Returns the type as Terraform's messages call it: `set of string`, `object`.
    pub fn friendly(&self) -> String {
        match self {
            Type::String => "string".into(),
            Type::Number => "number".into(),
            Type::Bool => "bool".into(),
            Type::Dynamic => "any type".into(),
            Type::List(of) => format!("list of {}", of.friendly()),
            Type::Set(of) => format!("set of {}", of.friendly()),
            Type::Map(of) => format!("map of {}", of.friendly()),
            Type::Tuple(_) => "tuple".into(),
            Type::Object(_) => "object".into(),
        }
    }

    /// Returns the objects of a list, set or map of objects, or of an object: those of what Terraform's configuration writes like blocks.
    pub fn object(&self) -> Option<&[Field]> {
        match self {
            Type::Object(fields) => Some(fields),
            Type::List(of) | Type::Set(of) | Type::Map(of) => match &**of {
                Type::Object(fields) => Some(fields),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The short notation: `s` string, `n` number, `b` bool, `*` dynamic, `[T]` list, `<T>` set, `{T}` map, `(name:T,other?:T)` object, `|T,T|`
/// tuple. A name that is no identifier is a JSON string.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::String => f.write_char('s'),
            Type::Number => f.write_char('n'),
            Type::Bool => f.write_char('b'),
            Type::Dynamic => f.write_char('*'),
            Type::List(of) => write!(f, "[{of}]"),
            Type::Set(of) => write!(f, "<{of}>"),
            Type::Map(of) => write!(f, "{{{of}}}"),
            Type::Tuple(items) => {
                f.write_char('|')?;
                for (position, item) in items.iter().enumerate() {
                    let comma = if position > 0 { "," } else { "" };
                    write!(f, "{comma}{item}")?;
                }
                f.write_char('|')
            }
            Type::Object(fields) => {
                f.write_char('(')?;
                for (position, field) in fields.iter().enumerate() {
                    let comma = if position > 0 { "," } else { "" };
                    let mark = if field.is_optional { "?" } else { "" };
                    write!(f, "{comma}{}{mark}:{}", WrittenName(&field.name), field.of)?;
                }
                f.write_char(')')
            }
        }
    }
}

/// A name as the notation writes it.
pub(super) struct WrittenName<'a>(pub(super) &'a str);

impl fmt::Display for WrittenName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_identifier(self.0) {
            return f.write_str(self.0);
        }
        // A space would end a word of the compact form.
        f.write_str(&serde_json::Value::from(self.0).to_string().replace(' ', "\\u0020"))
    }
}

pub(super) struct Notation<'a> {
    pub(super) rest: &'a str,
    depth: usize,
}

impl<'a> Notation<'a> {
    pub(super) fn new(text: &'a str) -> Notation<'a> {
        Notation { rest: text, depth: 0 }
    }

    pub(super) fn take(&mut self, wanted: &str) -> bool {
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    pub(super) fn expect(&mut self, wanted: &str) -> Result<(), String> {
        if self.take(wanted) { Ok(()) } else { Err(format!("`{wanted}` is missing before `{}`", self.rest)) }
    }

    pub(super) fn of(&mut self) -> Result<Type, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("types are nested more than {DEEPEST} deep"));
        }
        let of = self.one()?;
        self.depth -= 1;
        Ok(of)
    }

    fn one(&mut self) -> Result<Type, String> {
        let first = self.rest.chars().next().ok_or("a type is missing")?;
        self.rest = &self.rest[first.len_utf8()..];
        Ok(match first {
            's' => Type::String,
            'n' => Type::Number,
            'b' => Type::Bool,
            '*' => Type::Dynamic,
            '[' => Type::List(self.closed("]")?),
            '<' => Type::Set(self.closed(">")?),
            '{' => Type::Map(self.closed("}")?),
            '|' => {
                let mut items = Vec::new();
                while !self.take("|") {
                    if !items.is_empty() {
                        self.expect(",")?;
                    }
                    items.push(self.of()?);
                }
                Type::Tuple(items)
            }
            '(' => {
                let mut fields: Vec<Field> = Vec::new();
                while !self.take(")") {
                    if !fields.is_empty() {
                        self.expect(",")?;
                    }
                    let name = self.name()?;
                    let is_optional = self.take("?");
                    self.expect(":")?;
                    fields.push(Field { name, of: self.of()?, is_optional });
                }
                fields.sort_by(|a, b| a.name.cmp(&b.name));
                Type::Object(fields)
            }
            other => return Err(format!("`{other}` begins no type")),
        })
    }

    fn closed(&mut self, end: &str) -> Result<Box<Type>, String> {
        let of = self.of()?;
        self.expect(end)?;
        Ok(Box::new(of))
    }

    pub(super) fn name(&mut self) -> Result<Box<str>, String> {
        if self.rest.starts_with('"') {
            let mut stream = serde_json::Deserializer::from_str(self.rest).into_iter::<String>();
            let name = stream.next().transpose().ok().flatten().ok_or("a quoted name does not end")?;
            self.rest = &self.rest[stream.byte_offset()..];
            return Ok(name.into());
        }
        let is_end = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'));
        let (name, rest) = self.rest.split_at(self.rest.find(is_end).unwrap_or(self.rest.len()));
        if name.is_empty() {
            return Err(format!("a name is missing before `{rest}`"));
        }
        self.rest = rest;
        Ok(name.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(json: serde_json::Value, notation: &str, friendly: &str) {
        let of = Type::of_json(&json).unwrap();
        assert_eq!((of.to_string().as_str(), of.friendly().as_str()), (notation, friendly));
        assert_eq!(Type::parse(notation).unwrap(), of);
    }

    #[test]
    fn each_type_has_a_notation_that_is_read_back() {
        check(json!("string"), "s", "string");
        check(json!("dynamic"), "*", "any type");
        check(json!(["list", "number"]), "[n]", "list of number");
        check(json!(["set", ["map", "bool"]]), "<{b}>", "set of map of bool");
        check(json!(["tuple", ["string", ["list", "string"]]]), "|s,[s]|", "tuple");
        check(json!(["tuple", []]), "||", "tuple");
        check(json!(["object", { "b": "string", "a": ["set", "string"] }, ["b"]]), "(a:<s>,b?:s)", "object");
        check(json!(["object", { "a b.c": "string" }]), "(\"a\\u0020b.c\":s)", "object");
        check(json!(["object", {}]), "()", "object");
    }

    #[test]
    fn what_is_no_type_is_refused() {
        for text in ["", "x", "[s", "(a)", "(a:s,)", "s s", "|s", "(\"a:s)", &"[".repeat(1 << 20)] {
            assert!(Type::parse(text).is_err(), "{text:.10}");
        }
        for json in [json!("text"), json!(["list"]), json!(["bag", "string"]), json!(1), json!([])] {
            assert!(Type::of_json(&json).is_err(), "{json}");
        }
    }
}
