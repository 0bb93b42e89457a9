//! JSON documents in values: as text, or as a call of `jsonencode`.

use crate::model::Expression;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// Returns the document that a value holds: an object or a list, with expressions in it where `jsonencode` is called.
pub(super) fn of(expression: &Expression) -> Option<Cow<'_, Expression>> {
    match expression {
        Expression::Text(text) if text.trim_start().starts_with(['{', '[']) => {
            let Json(document) = serde_json::from_str(text).ok()?;
            Some(Cow::Owned(document))
        }
        Expression::Call(call) if call.function.as_ref() == "jsonencode" && !call.expand => match &call.arguments[..] {
            [document @ (Expression::Object(_) | Expression::List(_))] => Some(Cow::Borrowed(document)),
            _ => None,
        },
        _ => None,
    }
}

struct Json(Expression);

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json(Expression::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json(Expression::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json(Expression::Integer(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json(i64::try_from(value).map_or_else(|_| Expression::Number(value.to_string().into()), Expression::Integer)))
    }

    // It was rounded: two texts could be taken for equal that are not. Such a document is compared as text.
    fn visit_f64<E: Error>(self, _: f64) -> Result<Json, E> {
        Err(E::custom("a number that may have been rounded"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json(Expression::Text(text.into())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(Json(item)) = seq.next_element()? {
            items.push(item);
        }
        Ok(Json(Expression::List(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut pairs = Vec::new();
        while let Some((key, Json(value))) = map.next_entry::<Box<str>, Json>()? {
            pairs.push((Expression::Text(key), value));
        }
        Ok(Json(Expression::Object(pairs)))
    }
}
