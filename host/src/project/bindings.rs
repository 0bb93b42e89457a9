//! The bindings that `tapwasm.toml` describes: which types of which provider, and where they are written.

use super::config::{ConfigError, Project};
use crate::diagnostic::closest;
use serde::Deserialize;
use std::path::PathBuf;

/// What is said of one set of bindings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bindings {
    /// Its name in the file.
    pub name: String,
    /// A file with the provider's schema.
    pub schema: Option<PathBuf>,
    /// The provider's source, and a constraint for its version behind `@`.
    pub provider: Option<String>,
    /// The version of the provider, where its schema is a file that does not tell it.
    pub provider_version: Option<String>,
    /// Names of types, and patterns for them.
    pub only: Vec<String>,
    /// The folder that they are written to.
    pub out: Option<PathBuf>,
    /// Whether the provider's own words are written.
    pub descriptions: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BindingsTable {
    schema: Option<PathBuf>,
    provider: Option<String>,
    provider_version: Option<String>,
    #[serde(default)]
    only: Vec<String>,
    out: Option<PathBuf>,
    descriptions: Option<bool>,
}

impl Project {
    /// Returns the bindings that a file describes: those of the names, or all.
    ///
    /// # Errors
    /// A name that the file does not have.
    pub fn bindings(&self, names: &[String]) -> Result<Vec<Bindings>, ConfigError> {
        let tables = &self.file.bindings;
        let unknown = names.iter().find(|name| !tables.contains_key(*name));
        if let Some(name) = unknown {
            let known: Vec<&str> = tables.keys().map(String::as_str).collect();
            let known = match closest(name, known.iter().copied()) {
                Some(close) => format!("did you mean `{close}`?"),
                None if known.is_empty() => "tapwasm.toml has no `[bindings.NAME]`".to_owned(),
                None => format!("tapwasm.toml has {}", known.join(", ")),
            };
            return Err(ConfigError::UnknownBindings { name: name.clone(), known });
        }
        let chosen = tables.iter().filter(|(name, _)| names.is_empty() || names.contains(name));
        Ok(chosen.map(|(name, table)| self.bindings_of(name, table)).collect())
    }

    fn bindings_of(&self, name: &str, table: &BindingsTable) -> Bindings {
        Bindings {
            name: name.to_owned(),
            schema: table.schema.as_ref().map(|path| self.folder.join(path)),
            provider: table.provider.clone(),
            provider_version: table.provider_version.clone(),
            only: table.only.clone(),
            out: table.out.as_ref().map(|path| self.folder.join(path)),
            descriptions: table.descriptions.unwrap_or(true),
        }
    }
}
