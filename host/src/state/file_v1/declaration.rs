//! Declarations, bodies and blocks in the file.

use super::expression::{ExpressionSeed, ExpressionV1};
use super::{EntryRef, Names};
use crate::model::{Address, Block, Body, Expression, Kind, Name};
use crate::state::snapshot::Entry;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt;

/// A declaration as it is written. What is empty or false is left out.
pub(super) struct EntryV1<'a>(pub(super) EntryRef<'a>);

impl Serialize for EntryV1<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entry = &self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("address", entry.address.as_str())?;
        map.serialize_entry("kind", kind_name(entry.kind))?;
        if !entry.labels.is_empty() {
            map.serialize_entry("labels", &NamesV1(entry.labels))?;
        }
        if entry.protect {
            map.serialize_entry("protect", &true)?;
        }
        body_entries(&mut map, entry.body, 0)?;
        if !entry.meta.is_empty() {
            map.serialize_entry("meta", &BodyV1(entry.meta, 0))?;
        }
        map.end()
    }
}

struct BodyV1<'a>(&'a Body, u32);

impl Serialize for BodyV1<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        body_entries(&mut map, self.0, self.1)?;
        map.end()
    }
}

fn body_entries<M: SerializeMap>(map: &mut M, body: &Body, depth: u32) -> Result<(), M::Error> {
    if !body.arguments.is_empty() {
        map.serialize_entry("arguments", &ArgumentsV1(&body.arguments, depth))?;
    }
    if !body.blocks.is_empty() {
        map.serialize_entry("blocks", &BlocksV1(&body.blocks, depth))?;
    }
    Ok(())
}

struct ArgumentsV1<'a>(&'a [(Name, Expression)], u32);

impl Serialize for ArgumentsV1<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.0 {
            map.serialize_entry(name.as_ref(), &ExpressionV1(value, self.1 + 1))?;
        }
        map.end()
    }
}

struct BlocksV1<'a>(&'a [Block], u32);

impl Serialize for BlocksV1<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        super::expression::check_depth(self.1).map_err(serde::ser::Error::custom)?;
        let mut seq = serializer.serialize_seq(None)?;
        for block in self.0 {
            seq.serialize_element(&BlockV1(block, self.1 + 1))?;
        }
        seq.end()
    }
}

struct BlockV1<'a>(&'a Block, u32);

impl Serialize for BlockV1<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.0.name.as_ref())?;
        if !self.0.labels.is_empty() {
            map.serialize_entry("labels", &NamesV1(&self.0.labels))?;
        }
        body_entries(&mut map, &self.0.body, self.1)?;
        map.end()
    }
}

struct NamesV1<'a>(&'a [Name]);

impl Serialize for NamesV1<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(AsRef::as_ref))
    }
}

/// Reads one declaration.
pub(super) struct EntrySeed<'n>(pub(super) &'n Names);

impl<'de> DeserializeSeed<'de> for EntrySeed<'_> {
    type Value = Entry;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Entry, D::Error> {
        let fields = FieldsSeed { names: self.0, depth: 0, of_declaration: true }.deserialize(deserializer)?;
        let missing = |field| D::Error::custom(format!("`{field}` is missing"));
        Ok(Entry {
            address: fields.address.ok_or_else(|| missing("address"))?,
            kind: fields.kind.ok_or_else(|| missing("kind"))?,
            labels: fields.labels,
            body: fields.body,
            meta: fields.meta,
            protect: fields.protect,
        })
    }
}

/// The fields of declarations, bodies and blocks, which have most of them in common.
#[derive(Default)]
struct Fields {
    address: Option<Address>,
    kind: Option<Kind>,
    block_type: Option<Name>,
    labels: Vec<Name>,
    protect: bool,
    body: Body,
    meta: Body,
}

#[derive(Clone, Copy)]
struct FieldsSeed<'n> {
    names: &'n Names,
    depth: u32,
    of_declaration: bool,
}

impl<'de> DeserializeSeed<'de> for FieldsSeed<'_> {
    type Value = Fields;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fields, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FieldsSeed<'_> {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let FieldsSeed { names, depth, of_declaration } = self;
        let name = StrSeed(|text: &str| names.name(text));
        let address = StrSeed(|text: &str| names.address(text));
        let mut fields = Fields::default();
        while let Some(key) = map.next_key::<&str>()? {
            match key {
                "address" if of_declaration => fields.address = Some(map.next_value_seed(address)?),
                "kind" if of_declaration => fields.kind = Some(kind_of(map.next_value()?).map_err(A::Error::custom)?),
                "protect" if of_declaration => fields.protect = map.next_value()?,
                "meta" if of_declaration => {
                    fields.meta = map.next_value_seed(FieldsSeed { of_declaration: false, ..self })?.body;
                }
                "type" if !of_declaration => fields.block_type = Some(map.next_value_seed(name)?),
                "labels" => fields.labels = map.next_value_seed(EachSeed(|| name))?,
                "arguments" => fields.body.arguments = map.next_value_seed(ArgumentsSeed(names, depth))?,
                "blocks" => {
                    super::expression::check_depth(depth).map_err(A::Error::custom)?;
                    fields.body.blocks = map.next_value_seed(EachSeed(|| BlockSeed(names, depth + 1)))?;
                }
                other => return Err(A::Error::custom(format!("unknown field `{other}`"))),
            }
        }
        Ok(fields)
    }
}

struct BlockSeed<'n>(&'n Names, u32);

impl<'de> DeserializeSeed<'de> for BlockSeed<'_> {
    type Value = Block;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Block, D::Error> {
        let fields = FieldsSeed { names: self.0, depth: self.1, of_declaration: false }.deserialize(deserializer)?;
        let name = fields.block_type.ok_or_else(|| D::Error::custom("a block's `type` is missing"))?;
        Ok(Block { name, labels: fields.labels, body: fields.body })
    }
}

struct ArgumentsSeed<'n>(&'n Names, u32);

impl<'de> DeserializeSeed<'de> for ArgumentsSeed<'_> {
    type Value = Vec<(Name, Expression)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ArgumentsSeed<'_> {
    type Value = Vec<(Name, Expression)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("arguments")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let name = StrSeed(|text: &str| self.0.name(text));
        let arguments = self.0.arguments.collect(|| {
            let Some(name) = map.next_key_seed(name)? else { return Ok(None) };
            Ok(Some((name, map.next_value_seed(ExpressionSeed { names: self.0, depth: self.1 + 1 })?)))
        })?;
        match arguments.windows(2).find(|pair| pair[0].0 >= pair[1].0) {
            Some(pair) => Err(A::Error::custom(format!("argument `{}` is out of order", pair[1].0))),
            None => Ok(arguments),
        }
    }
}

/// Reads a text and makes something of it.
#[derive(Clone, Copy)]
pub(super) struct StrSeed<F>(pub(super) F);

impl<'de, T, F: Fn(&str) -> T> DeserializeSeed<'de> for StrSeed<F> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T, F: Fn(&str) -> T> Visitor<'_> for StrSeed<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        Ok((self.0)(text))
    }
}

/// Reads a list, each item with a seed of its own.
struct EachSeed<F>(F);

impl<'de, T: DeserializeSeed<'de>, F: Fn() -> T> DeserializeSeed<'de> for EachSeed<F> {
    type Value = Vec<T::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: DeserializeSeed<'de>, F: Fn() -> T> Visitor<'de> for EachSeed<F> {
    type Value = Vec<T::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed((self.0)())? {
            items.push(item);
        }
        items.shrink_to_fit();
        Ok(items)
    }
}

/// The file's own names of kinds: they never change, whatever the model calls them.
fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Settings => "settings",
        Kind::Provider => "provider",
        Kind::Variable => "variable",
        Kind::Local => "local",
        Kind::Data => "data",
        Kind::Ephemeral => "ephemeral",
        Kind::Resource => "resource",
        Kind::Module => "module",
        Kind::Output => "output",
        Kind::Moved => "moved",
        Kind::Import => "import",
        Kind::Removed => "removed",
        Kind::Check => "check",
    }
}

fn kind_of(name: &str) -> Result<Kind, String> {
    Kind::ALL.into_iter().find(|kind| kind_name(*kind) == name).ok_or_else(|| format!("unknown kind `{name}`"))
}
