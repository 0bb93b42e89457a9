//! Expressions in the file: literals as natural JSON, everything else as `{"$": [<what>, …]}`.
//!
//! | what | followed by |
//! | --- | --- |
//! | `number` | decimal text |
//! | `object` | key, value, key, value …: for objects that hold a computed key or one that starts with `$` |
//! | `reference` | address, and the path unless it is empty |
//! | `symbol` | text |
//! | `template` | the parts |
//! | `call`, `call-expand` | function, arguments |
//! | `attribute` | object, name |
//! | `index`, `splat` | collection, key or projection |
//! | `conditional` | condition, then, otherwise |
//! | `unary`, `binary` | operator, operands |
//! | `for-list` | key variable or null, value variable, collection, value, and the condition if there is one |
//! | `for-object` | key variable or null, value variable, collection, key, value, grouping, and the condition if there is one |
//! | `if` | condition, then, and otherwise if there is one |
//! | `for` | key variable or null, value variable, collection, body |
//! | `raw` | text, addresses |
//! | `sensitive` | the seal or null, what is read: from version 2 on |

use super::declaration::StrSeed;
use super::{DEEPEST_NESTING, Names, VERSION, seal};
use crate::model::{Call, Expression, For, ForResult, Masked, Name, Reference, Seal};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt;

/// Refuses what is nested too deep, in both directions alike: what is written can be read.
pub(super) fn check_depth(depth: u32) -> Result<(), String> {
    if depth > DEEPEST_NESTING { Err(format!("nested deeper than {DEEPEST_NESTING} levels")) } else { Ok(()) }
}

/// An expression as it is written, and how deep it stands.
pub(super) struct ExpressionV1<'a>(pub(super) &'a Expression, pub(super) u32);

impl Serialize for ExpressionV1<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let deeper = self.1 + 1;
        match self.0 {
            Expression::Null => serializer.serialize_unit(),
            Expression::Bool(value) => serializer.serialize_bool(*value),
            Expression::Integer(value) => serializer.serialize_i64(*value),
            Expression::Text(text) => serializer.serialize_str(text),
            Expression::List(items) => {
                check_depth(self.1).map_err(serde::ser::Error::custom)?;
                serializer.collect_seq(items.iter().map(|item| ExpressionV1(item, deeper)))
            }
            Expression::Object(pairs) if pairs.iter().all(|(key, _)| is_plain_key(key)) => {
                check_depth(self.1).map_err(serde::ser::Error::custom)?;
                let mut map = serializer.serialize_map(None)?;
                for (key, value) in pairs {
                    map.serialize_entry(key.as_text().unwrap_or_default(), &ExpressionV1(value, deeper))?;
                }
                map.end()
            }
            other => {
                check_depth(self.1).map_err(serde::ser::Error::custom)?;
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("$", &PartsV1(parts(other), deeper))?;
                map.end()
            }
        }
    }
}

fn is_plain_key(key: &Expression) -> bool {
    key.as_text().is_some_and(|text| !text.starts_with('$'))
}

/// What can follow in a tagged list.
enum Part<'a> {
    Word(&'a str),
    Flag(bool),
    Nothing,
    Value(&'a Expression),
    Seal(&'a Seal),
}

struct PartsV1<'a>(Vec<Part<'a>>, u32);

impl Serialize for PartsV1<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(None)?;
        for part in &self.0 {
            match part {
                Part::Word(text) => seq.serialize_element(text)?,
                Part::Flag(value) => seq.serialize_element(value)?,
                Part::Nothing => seq.serialize_element(&())?,
                Part::Value(value) => seq.serialize_element(&ExpressionV1(value, self.1))?,
                Part::Seal(seal) => seq.serialize_element(&seal::text(seal))?,
            }
        }
        seq.end()
    }
}

fn parts(expression: &Expression) -> Vec<Part<'_>> {
    use Part::{Value, Word};
    match expression {
        // Written as natural JSON.
        Expression::Null | Expression::Bool(_) | Expression::Integer(_) | Expression::Text(_) | Expression::List(_) => vec![],
        Expression::Number(text) => vec![Word("number"), Word(text)],
        Expression::Object(pairs) => {
            let pairs = pairs.iter().flat_map(|(key, value)| [Value(key), Value(value)]);
            std::iter::once(Word("object")).chain(pairs).collect()
        }
        Expression::Reference(to) if to.path.is_empty() => vec![Word("reference"), Word(to.to.as_str())],
        Expression::Reference(to) => vec![Word("reference"), Word(to.to.as_str()), Word(&to.path)],
        Expression::Symbol(text) => vec![Word("symbol"), Word(text)],
        Expression::Template(items) => std::iter::once(Word("template")).chain(items.iter().map(Value)).collect(),
        Expression::Call(call) => {
            let tag = if call.expand { "call-expand" } else { "call" };
            [Word(tag), Word(&call.function)].into_iter().chain(call.arguments.iter().map(Value)).collect()
        }
        Expression::Attribute(of) => vec![Word("attribute"), Value(&of.0), Word(&of.1)],
        Expression::Index(of) => vec![Word("index"), Value(&of.0), Value(&of.1)],
        Expression::Splat(of) => vec![Word("splat"), Value(&of.0), Value(&of.1)],
        Expression::Conditional(of) => std::iter::once(Word("conditional")).chain(of.iter().map(Value)).collect(),
        Expression::Unary(of) => vec![Word("unary"), Word(&of.0), Value(&of.1)],
        Expression::Binary(of) => vec![Word("binary"), Word(&of.0), Value(&of.1), Value(&of.2)],
        Expression::For(of) => for_parts(of),
        Expression::DirectiveIf(of) => {
            [Word("if"), Value(&of.0), Value(&of.1)].into_iter().chain(of.2.iter().map(Value)).collect()
        }
        Expression::DirectiveFor(of) => vec![Word("for"), name_or_null(&of.0), Word(&of.1), Value(&of.2), Value(&of.3)],
        Expression::Masked(masked) => {
            let seal = masked.seal.as_ref().map_or(Part::Nothing, Part::Seal);
            [Word("sensitive"), seal].into_iter().chain(masked.reads.iter().map(Value)).collect()
        }
        Expression::Raw(of) => {
            [Word("raw"), Word(&of.0)].into_iter().chain(of.1.iter().map(|address| Word(address.as_str()))).collect()
        }
    }
}

fn for_parts(of: &For) -> Vec<Part<'_>> {
    use Part::{Flag, Value, Word};
    let head = [name_or_null(&of.key), Word(&of.value), Value(&of.collection)];
    let (tag, result) = match &of.result {
        ForResult::List(value) => ("for-list", vec![Value(value)]),
        ForResult::Object { key, value, grouping } => ("for-object", vec![Value(key), Value(value), Flag(*grouping)]),
    };
    std::iter::once(Word(tag)).chain(head).chain(result).chain(of.condition.iter().map(Value)).collect()
}

fn name_or_null(name: &Option<Name>) -> Part<'_> {
    name.as_deref().map_or(Part::Nothing, Part::Word)
}

/// Reads an expression.
#[derive(Clone, Copy)]
pub(super) struct ExpressionSeed<'n> {
    pub(super) names: &'n Names,
    pub(super) depth: u32,
}

impl ExpressionSeed<'_> {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        check_depth(self.depth).map_err(E::custom)?;
        Ok(ExpressionSeed { depth: self.depth + 1, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for ExpressionSeed<'_> {
    type Value = Expression;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Expression, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ExpressionSeed<'_> {
    type Value = Expression;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an expression")
    }

    fn visit_unit<E>(self) -> Result<Expression, E> {
        Ok(Expression::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Expression, E> {
        Ok(Expression::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Expression, E> {
        Ok(Expression::Integer(value))
    }

    // Larger ones and those with a fraction are written as text, never as numbers: those stay errors.
    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Expression, E> {
        i64::try_from(value).map(Expression::Integer).map_err(|_| E::custom("a number beyond 64 bits must be tagged"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Expression, E> {
        Ok(Expression::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Expression, A::Error> {
        Ok(Expression::List(values(&mut seq, self.deeper()?)?))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Expression, A::Error> {
        let deeper = self.deeper()?;
        let Some(first) = map.next_key::<Box<str>>()? else { return Ok(Expression::Object(Vec::new())) };
        if first.as_ref() == "$" {
            return map.next_value_seed(TaggedSeed(deeper));
        }
        let mut key = Some(first);
        let pairs = self.names.pairs.collect(|| {
            let Some(key) = key.take().map_or_else(|| map.next_key::<Box<str>>(), |key| Ok(Some(key)))? else { return Ok(None) };
            if key.starts_with('$') {
                return Err(A::Error::custom(format!("a literal key `{key}` must be in a tagged object")));
            }
            Ok(Some((Expression::Text(key), map.next_value_seed(deeper)?)))
        })?;
        Ok(Expression::Object(pairs))
    }
}

/// Reads the list behind `$`.
struct TaggedSeed<'n>(ExpressionSeed<'n>);

impl<'de> DeserializeSeed<'de> for TaggedSeed<'_> {
    type Value = Expression;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Expression, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for TaggedSeed<'_> {
    type Value = Expression;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a tagged expression")
    }

    // What is left over in the list is an error of serde_json's.
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Expression, A::Error> {
        let value = self.0;
        let name = StrSeed(|text: &str| value.names.name(text));
        let address = StrSeed(|text: &str| value.names.address(text));
        let seq = &mut seq;
        Ok(match word::<A>(seq)? {
            "number" => Expression::Number(text(seq)?),
            "object" => Expression::Object(pairs(seq, value)?),
            "reference" => {
                let to = one(seq, address)?;
                let path = seq.next_element::<Box<str>>()?.unwrap_or_default();
                Expression::Reference(Box::new(Reference { stack: None, to, path }))
            }
            "symbol" => Expression::Symbol(text(seq)?),
            "template" => Expression::Template(values(seq, value)?),
            tag @ ("call" | "call-expand") => {
                let function = one(seq, name)?;
                let arguments = values(seq, value)?;
                Expression::Call(Box::new(Call { function, arguments, expand: tag == "call-expand" }))
            }
            "attribute" => Expression::Attribute(Box::new((one(seq, value)?, one(seq, name)?))),
            "index" => Expression::Index(Box::new((one(seq, value)?, one(seq, value)?))),
            "splat" => Expression::Splat(Box::new((one(seq, value)?, one(seq, value)?))),
            "conditional" => Expression::Conditional(Box::new([one(seq, value)?, one(seq, value)?, one(seq, value)?])),
            "unary" => Expression::Unary(Box::new((one(seq, name)?, one(seq, value)?))),
            "binary" => Expression::Binary(Box::new((one(seq, name)?, one(seq, value)?, one(seq, value)?))),
            tag @ ("for-list" | "for-object") => {
                let key = optional_name(seq, value.names)?;
                let variable = one(seq, name)?;
                let collection = one(seq, value)?;
                let result = if tag == "for-list" {
                    ForResult::List(one(seq, value)?)
                } else {
                    let key = one(seq, value)?;
                    let value = one(seq, value)?;
                    ForResult::Object { key, value, grouping: seq.next_element()?.ok_or_else(too_short::<A>)? }
                };
                let condition = seq.next_element_seed(value)?;
                Expression::For(Box::new(For { key, value: variable, collection, result, condition }))
            }
            "if" => Expression::DirectiveIf(Box::new((one(seq, value)?, one(seq, value)?, seq.next_element_seed(value)?))),
            "for" => {
                let key = optional_name(seq, value.names)?;
                Expression::DirectiveFor(Box::new((key, one(seq, name)?, one(seq, value)?, one(seq, value)?)))
            }
            "sensitive" if value.names.version >= VERSION => {
                let seal: Option<String> = seq.next_element()?.ok_or_else(too_short::<A>)?;
                let seal = seal.map(|text| seal::of_text(&text).ok_or_else(|| A::Error::custom("a seal has another form")));
                Expression::Masked(Box::new(Masked { seal: seal.transpose()?, reads: values(seq, value)? }))
            }
            "raw" => {
                let notation = text::<A>(seq)?.into();
                Expression::Raw(Box::new((notation, rest(seq, address)?)))
            }
            other => return Err(A::Error::custom(format!("unknown expression `{other}`"))),
        })
    }
}

fn too_short<'de, A: SeqAccess<'de>>() -> A::Error {
    A::Error::custom("a tagged expression is too short")
}

fn word<'de, A: SeqAccess<'de>>(seq: &mut A) -> Result<&'de str, A::Error> {
    seq.next_element()?.ok_or_else(too_short::<A>)
}

fn text<'de, A: SeqAccess<'de>>(seq: &mut A) -> Result<Box<str>, A::Error> {
    seq.next_element()?.ok_or_else(too_short::<A>)
}

fn one<'de, A: SeqAccess<'de>, T: DeserializeSeed<'de>>(seq: &mut A, seed: T) -> Result<T::Value, A::Error> {
    seq.next_element_seed(seed)?.ok_or_else(too_short::<A>)
}

fn values<'de, A: SeqAccess<'de>>(seq: &mut A, seed: ExpressionSeed<'_>) -> Result<Vec<Expression>, A::Error> {
    seed.names.items.collect(|| seq.next_element_seed(seed))
}

fn rest<'de, A: SeqAccess<'de>, T: DeserializeSeed<'de> + Copy>(seq: &mut A, seed: T) -> Result<Vec<T::Value>, A::Error> {
    let mut items = Vec::new();
    while let Some(item) = seq.next_element_seed(seed)? {
        items.push(item);
    }
    Ok(items)
}

fn pairs<'de, A: SeqAccess<'de>>(seq: &mut A, seed: ExpressionSeed<'_>) -> Result<Vec<(Expression, Expression)>, A::Error> {
    seed.names.pairs.collect(|| match seq.next_element_seed(seed)? {
        Some(key) => Ok(Some((key, one(seq, seed)?))),
        None => Ok(None),
    })
}

fn optional_name<'de, A: SeqAccess<'de>>(seq: &mut A, names: &Names) -> Result<Option<Name>, A::Error> {
    let name: Option<String> = seq.next_element()?.ok_or_else(too_short::<A>)?;
    Ok(name.map(|name| names.name(&name)))
}
