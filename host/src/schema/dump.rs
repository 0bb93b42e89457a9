//! What `terraform providers schema -json` writes, of any provider, protocol 5 or 6.

use super::index::{Form, ProviderIndex, SchemaError, Section};
use super::provider::{Attribute, Block, Function, Key, NestedBlock, Nesting, Parameter, Shape};
use super::types::Type;
use super::unit;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Deserialize)]
struct Dump<'a> {
    format_version: Option<Cow<'a, str>>,
    #[serde(borrow)]
    provider_schemas: Option<BTreeMap<Cow<'a, str>, ProviderDump<'a>>>,
}

type Raw<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

#[derive(Deserialize)]
struct ProviderDump<'a> {
    #[serde(borrow)]
    provider: Option<&'a RawValue>,
    #[serde(borrow, default)]
    resource_schemas: Raw<'a>,
    #[serde(borrow, default)]
    data_source_schemas: Raw<'a>,
    #[serde(borrow, default)]
    ephemeral_resource_schemas: Raw<'a>,
    #[serde(borrow, default)]
    functions: Raw<'a>,
}

/// Looks through a dump for where each type stands.
pub(super) fn index(text: &Arc<str>) -> Result<Vec<ProviderIndex>, SchemaError> {
    let dump: Dump<'_> = serde_json::from_str(text).map_err(|error| match error.classify() {
        serde_json::error::Category::Eof => SchemaError::CutShort(error.to_string()),
        serde_json::error::Category::Data => SchemaError::NotASchema,
        _ => SchemaError::Damaged(error.to_string()),
    })?;
    let version = dump.format_version.ok_or(SchemaError::NotASchema)?;
    if version.split('.').next() != Some("1") {
        return Err(SchemaError::Version { found: version.into_owned(), known: "1.x of Terraform's schemas" });
    }
    let schemas = dump.provider_schemas.filter(|schemas| !schemas.is_empty()).ok_or(SchemaError::Empty)?;
    let providers = schemas.into_iter().map(|(source, provider)| {
        let config = provider.provider.map(|raw| (Cow::Borrowed(""), raw));
        let sections = [
            (Section::Config, config.into_iter().collect()),
            (Section::Resource, provider.resource_schemas),
            (Section::Data, provider.data_source_schemas),
            (Section::Ephemeral, provider.ephemeral_resource_schemas),
            (Section::Function, provider.functions),
        ];
        let mut entries = BTreeMap::new();
        for (section, raw) in sections {
            for (name, raw) in raw {
                let start = raw.get().as_ptr() as usize - text.as_ptr() as usize;
                entries.insert((section, Key::from(name)), start..start + raw.get().len());
            }
        }
        ProviderIndex {
            source: source.into_owned(),
            version: None,
            is_complete: true,
            form: Form::Dump,
            text: Arc::clone(text),
            entries,
        }
    });
    Ok(providers.collect())
}

#[derive(Deserialize)]
struct TypeDump {
    #[serde(default)]
    block: BlockDump,
}

#[derive(Default, Deserialize)]
struct BlockDump {
    #[serde(default)]
    attributes: BTreeMap<Key, AttributeDump>,
    #[serde(default)]
    block_types: BTreeMap<Key, NestedDump>,
    #[serde(default)]
    deprecated: bool,
    description: Option<Box<str>>,
}

#[derive(Deserialize)]
struct NestedDump {
    nesting_mode: Box<str>,
    #[serde(default)]
    block: BlockDump,
    #[serde(default)]
    min_items: u64,
    #[serde(default)]
    max_items: u64,
}

#[derive(Deserialize)]
struct AttributeDump {
    #[serde(rename = "type")]
    of: Option<serde_json::Value>,
    nested_type: Option<NestedTypeDump>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    computed: bool,
    #[serde(default)]
    sensitive: bool,
    #[serde(default)]
    write_only: bool,
    #[serde(default)]
    deprecated: bool,
    description: Option<Box<str>>,
}

#[derive(Deserialize)]
struct NestedTypeDump {
    nesting_mode: Box<str>,
    #[serde(default)]
    attributes: BTreeMap<Key, AttributeDump>,
}

#[derive(Deserialize)]
struct FunctionDump {
    description: Option<Box<str>>,
    return_type: serde_json::Value,
    #[serde(default)]
    parameters: Vec<ParameterDump>,
    variadic_parameter: Option<ParameterDump>,
}

#[derive(Deserialize)]
struct ParameterDump {
    name: Key,
    #[serde(rename = "type")]
    of: serde_json::Value,
    #[serde(default)]
    is_nullable: bool,
}

/// Reads a type.
pub(super) fn block(json: &str) -> Result<Block, String> {
    let dump: TypeDump = serde_json::from_str(json).map_err(|error| error.to_string())?;
    block_of(dump.block)
}

fn block_of(dump: BlockDump) -> Result<Block, String> {
    let nested = dump.block_types.into_iter().map(|(name, nested)| {
        let of = NestedBlock {
            nesting: nesting(&nested.nesting_mode)?,
            min: nested.min_items,
            max: nested.max_items,
            block: block_of(nested.block)?,
        };
        Ok::<_, String>((name, of))
    });
    Ok(Block {
        blocks: nested.collect::<Result<_, _>>()?,
        attributes: attributes(dump.attributes)?,
        is_deprecated: dump.deprecated,
        description: dump.description,
    })
}

fn attributes(dumps: BTreeMap<Key, AttributeDump>) -> Result<BTreeMap<Key, Attribute>, String> {
    dumps
        .into_iter()
        .map(|(name, dump)| {
            let shape = match (dump.nested_type, dump.of) {
                (Some(nested), _) => Shape::Nested(nesting(&nested.nesting_mode)?, attributes(nested.attributes)?),
                (None, Some(of)) => Shape::Plain(Type::of_json(&of)?),
                (None, None) => return Err(format!("`{name}` has no type")),
            };
            let counts = matches!(shape, Shape::Plain(Type::Number));
            let attribute = Attribute {
                is_required: dump.required,
                is_optional: dump.optional,
                is_computed: dump.computed,
                is_sensitive: dump.sensitive,
                is_write_only: dump.write_only,
                is_deprecated: dump.deprecated,
                unit: counts.then(|| unit::of(&name, dump.description.as_deref())).flatten(),
                description: dump.description.filter(|text| !text.trim().is_empty()),
                shape,
            };
            Ok((name, attribute))
        })
        .collect()
}

fn nesting(name: &str) -> Result<Nesting, String> {
    Nesting::named(name).ok_or_else(|| format!("there is no nesting `{name}`"))
}

/// Reads a function.
pub(super) fn function(json: &str) -> Result<Function, String> {
    let dump: FunctionDump = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let parameter = |dump: ParameterDump| {
        Ok::<_, String>(Parameter { name: dump.name, of: Type::of_json(&dump.of)?, is_nullable: dump.is_nullable })
    };
    Ok(Function {
        parameters: dump.parameters.into_iter().map(parameter).collect::<Result<_, _>>()?,
        variadic: dump.variadic_parameter.map(parameter).transpose()?,
        result: Type::of_json(&dump.return_type)?,
        description: dump.description,
    })
}
