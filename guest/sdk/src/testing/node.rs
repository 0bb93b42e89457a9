//! Values as trees, with addresses instead of ids.

use super::notation;
use crate::backend::native::Identity;
use crate::token::Token;
use std::fmt;

/// A value. It prints as Terraform's own notation would have it, and equals text, numbers and bools: `assert_eq!(node, "x")`.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `null`
    Null,
    /// A bool.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number, as decimal text.
    Number(String),
    /// Literal text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// An object: keys and values, in the order in which they were said.
    Object(Vec<(Node, Node)>),
    /// Something declared and the path that is read from it: `aws_kms_key.logs.arn`.
    Reference(String),
    /// A root by name.
    Symbol(String),
    /// Any other expression: its name in the contract, and its children.
    Form(String, Vec<Node>),
}

impl Node {
    /// Returns the literal text.
    ///
    /// # Panics
    ///
    /// If it is anything else.
    #[track_caller]
    pub fn text(&self) -> &str {
        match self {
            Node::Text(text) => text,
            other => panic!("literal text was expected; this is {other}"),
        }
    }

    /// Returns the items of a list.
    ///
    /// # Panics
    ///
    /// If it is anything else.
    #[track_caller]
    pub fn items(&self) -> &[Node] {
        match self {
            Node::List(items) => items,
            other => panic!("a list was expected; this is {other}"),
        }
    }

    /// Returns the value of an object's key.
    ///
    /// # Panics
    ///
    /// If it is no object, or has no such key.
    #[track_caller]
    pub fn key(&self, key: &str) -> &Node {
        let Node::Object(entries) = self else { panic!("an object was expected; this is {self}") };
        match entries.iter().find(|(known, _)| known == key) {
            Some((_, value)) => value,
            None => panic!("there is no key `{key}` in {self}"),
        }
    }

    /// Returns the value as JSON: text that holds a JSON document and calls of `jsonencode` are opened; what is not known stands there as
    /// text, `${aws_kms_key.logs.arn}`.
    ///
    /// # Panics
    ///
    /// If it is text that is no JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        match self {
            Node::Form(name, children) if name == "call:jsonencode" && children.len() == 1 => children[0].to_value(),
            Node::Text(text) => match serde_json::from_str(text) {
                Ok(json) => json,
                Err(error) => panic!("this text is no JSON ({error}): {text}"),
            },
            other => other.to_value(),
        }
    }

    /// Returns every reference in the value.
    pub fn references(&self) -> Vec<&str> {
        match self {
            Node::Reference(path) => vec![path],
            Node::List(items) | Node::Form(_, items) => items.iter().flat_map(Node::references).collect(),
            Node::Object(entries) => entries.iter().flat_map(|(key, value)| [key, value]).flat_map(Node::references).collect(),
            _ => Vec::new(),
        }
    }

    fn to_value(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match self {
            Node::Null => Json::Null,
            Node::Bool(value) => Json::from(*value),
            Node::Integer(value) => Json::from(*value),
            Node::Number(decimal) => serde_json::from_str(decimal).unwrap_or_else(|_| Json::from(decimal.as_str())),
            Node::Text(text) => Json::from(text.as_str()),
            Node::List(items) => items.iter().map(Node::to_value).collect(),
            Node::Object(entries) => {
                let key = |key: &Node| if let Node::Text(text) = key { text.clone() } else { notation::text(key) };
                entries.iter().map(|(name, value)| (key(name), value.to_value())).collect::<serde_json::Map<_, _>>().into()
            }
            other => Json::from(notation::text(other)),
        }
    }

    /// Reads the value at the start of the tokens.
    pub(super) fn read(tokens: &mut std::slice::Iter<'_, Token>, identities: &[Identity]) -> Node {
        let Some(token) = tokens.next() else { return Node::Null };
        let mut several = |count: u32| (0..count).map(|_| Node::read(tokens, identities)).collect();
        match token {
            Token::Bool(value) => Node::Bool(*value),
            Token::Integer(value) => Node::Integer(*value),
            Token::Number(decimal) => Node::Number(decimal.clone()),
            Token::Text(text) => Node::Text(text.clone()),
            Token::List(count) => Node::List(several(*count)),
            Token::Form((name, count)) => Node::Form(name.clone(), several(*count)),
            Token::Object(count) => {
                Node::Object((0..*count).map(|_| (Node::read(tokens, identities), Node::read(tokens, identities))).collect())
            }
            Token::Reference((id, path)) => Node::Reference(reference(*id, path, identities)),
            Token::Symbol(path) => Node::Symbol(path.clone()),
            Token::Null | Token::Body(_) | Token::Argument(_) | Token::Block(_) => Node::Null,
        }
    }
}

fn reference(id: u32, path: &str, identities: &[Identity]) -> String {
    let address = identities.get(id as usize).map_or("(unknown)", |identity| &identity.address);
    // A provider configuration is referred to without its kind.
    let address = address.strip_prefix("provider.").unwrap_or(address);
    if path.is_empty() { address.to_owned() } else { format!("{address}.{path}") }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&notation::expression(self))
    }
}

impl PartialEq<str> for Node {
    fn eq(&self, other: &str) -> bool {
        matches!(self, Node::Text(text) if text == other)
    }
}

impl PartialEq<&str> for Node {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl PartialEq<String> for Node {
    fn eq(&self, other: &String) -> bool {
        *self == **other
    }
}

impl PartialEq<bool> for Node {
    fn eq(&self, other: &bool) -> bool {
        *self == Node::Bool(*other)
    }
}

macro_rules! equals_number {
    ($($rust:ty)*) => {$(
        impl PartialEq<$rust> for Node {
            fn eq(&self, other: &$rust) -> bool {
                *self == Node::Integer(i64::from(*other))
            }
        }

        impl PartialEq<$rust> for &Node {
            fn eq(&self, other: &$rust) -> bool {
                **self == *other
            }
        }
    )*};
}

equals_number!(i32 i64 u8 u16 u32);

impl PartialEq<f64> for Node {
    fn eq(&self, other: &f64) -> bool {
        matches!(self, Node::Number(decimal) if decimal.parse() == Ok(*other))
    }
}

impl PartialEq<f64> for &Node {
    fn eq(&self, other: &f64) -> bool {
        **self == *other
    }
}

impl PartialEq<bool> for &Node {
    fn eq(&self, other: &bool) -> bool {
        **self == *other
    }
}
