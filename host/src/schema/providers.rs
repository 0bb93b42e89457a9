//! Which provider a declaration belongs to.

use super::catalog::{Lookup, Schemas, without_host};
use super::index::{ProviderIndex, SchemaError, Section};
use super::provider::Function;
use crate::model::{Body, Declaration, Expression, Kind, Name, implied_provider};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The providers that a stack requires, by the names that it calls them.
pub(super) struct Providers<'a> {
    /// `namespace/name` by local name.
    required: BTreeMap<String, String>,
    schemas: &'a Schemas,
    /// The last answer: declarations of one type stand together.
    last: RefCell<Option<(Section, String, String, Lookup)>>,
}

impl<'a> Providers<'a> {
    pub(super) fn of(nodes: &[Declaration], schemas: &'a Schemas) -> Providers<'a> {
        let settings = nodes.iter().filter(|node| node.kind == Kind::Settings);
        let required =
            settings.flat_map(|node| node.body.blocks_named("required_providers")).flat_map(|block| &block.body.arguments);
        let required = required.map(|(name, value)| (name.to_string(), source(name, value)));
        Providers { required: required.collect(), schemas, last: RefCell::default() }
    }

    /// Returns the name that the stack calls a declaration's provider: the one that it chose, or the first word of its type.
    pub(super) fn local_name(node: &Declaration) -> &str {
        Providers::local_name_of(node.kind, &node.labels, &node.meta)
    }

    fn local_name_of<'n>(kind: Kind, labels: &'n [Name], meta: &'n Body) -> &'n str {
        let chosen = match meta.argument("provider") {
            Some(Expression::Reference(reference)) => reference.to.as_str().strip_prefix("provider."),
            Some(Expression::Symbol(text) | Expression::Text(text)) => Some(text.as_ref()),
            _ => None,
        };
        match kind {
            Kind::Provider => labels[0].as_ref(),
            _ => chosen.map_or_else(|| implied_provider(&labels[0]), |chosen| chosen.split('.').next().unwrap_or_default()),
        }
    }

    /// Tells whether the stack requires a provider by this name.
    pub(super) fn requires(&self, local_name: &str) -> bool {
        self.required.contains_key(local_name)
    }

    /// Returns the provider's source as `namespace/name`.
    pub(super) fn source(&self, local_name: &str) -> String {
        match self.required.get(local_name) {
            Some(source) => source.clone(),
            None if local_name == "terraform" => "builtin/terraform".to_owned(),
            None => format!("hashicorp/{local_name}"),
        }
    }

    /// Looks up what a declaration may hold; nothing for kinds that no provider knows.
    pub(super) fn lookup(&self, node: &Declaration) -> Result<Option<Lookup>, SchemaError> {
        self.lookup_of(node.kind, &node.labels, &node.meta)
    }

    /// Looks up what a block may hold whose kind, labels and meta-arguments are known.
    pub(super) fn lookup_of(&self, kind: Kind, labels: &[Name], meta: &Body) -> Result<Option<Lookup>, SchemaError> {
        let Some(section) = section_of(kind) else { return Ok(None) };
        let name = if section == Section::Config { "" } else { labels[0].as_ref() };
        self.find(Providers::local_name_of(kind, labels, meta), section, name).map(Some)
    }

    /// Looks up a function of the provider that the stack calls by a name: as [`Schemas::function`] does.
    pub(super) fn function(&self, local_name: &str, name: &str) -> Result<Option<Function>, Option<String>> {
        self.schemas.function(&self.source(local_name), name)
    }

    /// Returns the provider that has a type, where the stack does not require it and Terraform would look for another one of that name.
    pub(super) fn misnamed(&self, kind: Kind, type_name: &str) -> Option<&ProviderIndex> {
        let local_name = implied_provider(type_name);
        if self.requires(local_name) {
            return None;
        }
        let (source, section) = (self.source(local_name), section_of(kind)?);
        let has_it = |provider: &&ProviderIndex| provider.has(section, type_name) && without_host(&provider.source) != source;
        self.schemas.named(local_name).find(has_it)
    }

    /// Looks up a type of the provider that the stack calls by a name.
    pub(super) fn find(&self, local_name: &str, section: Section, name: &str) -> Result<Lookup, SchemaError> {
        if let Some((of, local, kind, known)) = &*self.last.borrow()
            && *of == section
            && local == local_name
            && kind == name
        {
            return Ok(known.clone());
        }
        let found = self.schemas.find(&self.source(local_name), section, name)?;
        *self.last.borrow_mut() = Some((section, local_name.to_owned(), name.to_owned(), found.clone()));
        Ok(found)
    }
}

fn section_of(kind: Kind) -> Option<Section> {
    match kind {
        Kind::Resource => Some(Section::Resource),
        Kind::Data => Some(Section::Data),
        Kind::Ephemeral => Some(Section::Ephemeral),
        Kind::Provider => Some(Section::Config),
        _ => None,
    }
}

fn source(name: &str, value: &Expression) -> String {
    let entry = match value {
        Expression::Object(pairs) => pairs.iter().find(|(key, _)| key.as_text() == Some("source")),
        _ => None,
    };
    match entry.and_then(|(_, source)| source.as_text()) {
        Some(source) if source.contains('/') => without_host(source).to_owned(),
        Some(source) => format!("hashicorp/{source}"),
        None => format!("hashicorp/{name}"),
    }
}
