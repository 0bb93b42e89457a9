//! A provider's schema by type: the text is looked through once for where each type stands, and a type is read when somebody asks for it.

use super::provider::{Block, Function, Key};
use super::{compact, dump};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use thiserror::Error;

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// The provider's own configuration; its name is empty.
    Config,
    /// Resources.
    Resource,
    /// Data sources.
    Data,
    /// Ephemeral resources.
    Ephemeral,
    /// Functions.
    Function,
}

/// Why a schema cannot be read.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum SchemaError {
    /// It is something else.
    #[error(
        "it is no provider schema: give the output of `terraform providers schema -json`, or what `tapwasm bindgen` wrote as `schema.txt`"
    )]
    NotASchema,
    /// It is about no provider.
    #[error(
        "it holds no schema of a provider: run `terraform providers schema -json` where a configuration requires providers, after `terraform \
         init`"
    )]
    Empty,
    /// Terraform or tapwasm wrote it in a version that is not known.
    #[error("it has format version {found}, and this tapwasm reads {known}")]
    Version {
        /// What it has.
        found: String,
        /// What is known.
        known: &'static str,
    },
    /// It ends too early.
    #[error("it was cut short: {0}")]
    CutShort(String),
    /// It is damaged in some other way.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// One of its types makes no sense.
    #[error("`{name}` in it makes no sense: {why}")]
    Type {
        /// The type, or the function.
        name: String,
        /// What is wrong.
        why: String,
    },
}

/// One provider's schema in a text, and where in it each type stands.
#[derive(Clone, Debug)]
pub struct ProviderIndex {
    /// The provider's source address: `registry.terraform.io/hashicorp/aws`.
    pub source: String,
    /// The provider's version, where that is known: dumps do not tell it.
    pub version: Option<String>,
    /// Whether every type of the provider is here, so that another one does not exist.
    pub is_complete: bool,
    pub(super) form: Form,
    pub(super) text: Arc<str>,
    pub(super) entries: BTreeMap<(Section, Key), Range<usize>>,
}

/// How a schema is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The JSON of `terraform providers schema -json`.
    Dump,
    /// tapwasm's own.
    Compact,
}

/// Returns the text of a schema's file: UTF-8, or UTF-16 as Windows' shells redirect it.
///
/// # Errors
/// What is neither.
pub fn text_of(bytes: Vec<u8>) -> Result<String, SchemaError> {
    let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| -> Vec<u16> {
        bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect()
    };
    let utf16 = match &bytes[..] {
        [0xff, 0xfe, rest @ ..] => Some(units(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Some(units(rest, u16::from_be_bytes)),
        _ => None,
    };
    match utf16 {
        Some(units) => String::from_utf16(&units).map_err(|_| SchemaError::NotASchema),
        None => String::from_utf8(bytes).map_err(|_| SchemaError::NotASchema),
    }
}

/// Reads the schemas of a text, one for each provider: Terraform's JSON or the compact form.
///
/// # Errors
/// A text that is neither, of another version, or damaged where the types begin; what is wrong within a type shows when it is asked for.
pub fn read(text: impl Into<Arc<str>>) -> Result<Vec<ProviderIndex>, SchemaError> {
    let mut text = text.into();
    // What Windows' shells write begins so.
    if let Some(rest) = text.strip_prefix('\u{feff}') {
        text = rest.into();
    }
    let begin = text.trim_start();
    if begin.starts_with('{') {
        dump::index(&text)
    } else if begin.starts_with(compact::HEADER) {
        compact::index(&text)
    } else {
        Err(SchemaError::NotASchema)
    }
}

impl ProviderIndex {
    /// Returns the provider's name in its source address: `aws`.
    pub fn name(&self) -> &str {
        self.source.rsplit('/').next().unwrap_or(&self.source)
    }

    /// Returns the source address as configurations write it, without the public registry's host: `hashicorp/aws`.
    pub fn short_source(&self) -> &str {
        self.source.strip_prefix("registry.terraform.io/").unwrap_or(&self.source)
    }

    /// Returns the names in a section, sorted.
    pub fn names(&self, section: Section) -> impl Iterator<Item = &str> {
        self.entries.keys().filter(move |(of, _)| *of == section).map(|(_, name)| name.as_ref())
    }

    /// Tells whether a section has a name.
    pub fn has(&self, section: Section, name: &str) -> bool {
        self.at(section, name).is_some()
    }

    /// Reads a type, or the configuration; nothing where there is none of the name.
    ///
    /// # Errors
    /// A type that makes no sense.
    pub fn block(&self, section: Section, name: &str) -> Result<Option<Block>, SchemaError> {
        let read = |text: &str| match self.form {
            Form::Dump => dump::block(text),
            Form::Compact => compact::block(text),
        };
        self.at(section, name).map(read).transpose().map_err(|why| self.wrong(section, name, why))
    }

    /// Reads a function; nothing where there is none of the name.
    ///
    /// # Errors
    /// A function that makes no sense.
    pub fn function(&self, name: &str) -> Result<Option<Function>, SchemaError> {
        let read = |text: &str| match self.form {
            Form::Dump => dump::function(text),
            Form::Compact => compact::function(text),
        };
        self.at(Section::Function, name).map(read).transpose().map_err(|why| self.wrong(Section::Function, name, why))
    }

    fn at(&self, section: Section, name: &str) -> Option<&str> {
        let range = self.entries.get(&(section, Key::from(name)))?;
        Some(&self.text[range.clone()])
    }

    fn wrong(&self, section: Section, name: &str, why: String) -> SchemaError {
        let name = if section == Section::Config { format!("provider {}", self.name()) } else { name.to_owned() };
        SchemaError::Type { name, why }
    }
}
