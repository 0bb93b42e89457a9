//! The schemas that a run has, in the order in which they count: the project's own, what the guest carries, what Terraform has built in.

use super::builtin;
use super::index::{ProviderIndex, SchemaError, Section, read};
use super::provider::{Block, Function, Key};
use crate::diagnostic::closest;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// All schemas of a run. A type is read once, when it is first asked for.
#[derive(Debug)]
pub struct Schemas {
    providers: Vec<ProviderIndex>,
    read: Mutex<HashMap<(usize, Section, Key), Arc<Block>>>,
}

/// What the schemas say of a type.
#[derive(Clone, Debug)]
pub(super) enum Lookup {
    /// It is this.
    Known(Arc<Block>),
    /// The provider has no such type; perhaps this one was meant.
    Missing { provider: String, meant: Option<String> },
    /// No schema tells.
    Untold,
}

impl Schemas {
    /// Puts schemas together: the first that has a type counts.
    pub fn new(schemas: impl IntoIterator<Item = ProviderIndex>) -> Schemas {
        let builtin = read(builtin::SCHEMA).expect("the tests read it");
        Schemas { providers: schemas.into_iter().chain(builtin).collect(), read: Mutex::default() }
    }

    /// Looks up a type of a provider, whose source is given as `namespace/name`.
    pub(super) fn find(&self, source: &str, section: Section, name: &str) -> Result<Lookup, SchemaError> {
        for (position, provider) in self.of(source) {
            if provider.has(section, name) {
                let key = (position, section, Key::from(name));
                // Whatever a thread that panicked had put there is whole.
                let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(known) = read.get(&key) {
                    return Ok(Lookup::Known(Arc::clone(known)));
                }
                let block = Arc::new(provider.block(section, name)?.unwrap_or_default());
                read.insert(key, Arc::clone(&block));
                return Ok(Lookup::Known(block));
            }
            if provider.is_complete && section != Section::Config {
                let meant = closest(name, provider.names(section)).map(str::to_owned);
                return Ok(Lookup::Missing { provider: provider.short_source().to_owned(), meant });
            }
        }
        Ok(Lookup::Untold)
    }

    /// Looks up a function of a provider; `Err` holds a name that may have been meant, where the provider has functions but not this one.
    pub(super) fn function(&self, source: &str, name: &str) -> Result<Option<Function>, Option<String>> {
        for (_, provider) in self.of(source) {
            if let Ok(Some(function)) = provider.function(name) {
                return Ok(Some(function));
            }
            // A dump of Terraform before 1.8 has no functions, whether the provider has some or not.
            if provider.is_complete && provider.names(Section::Function).next().is_some() {
                return Err(closest(name, provider.names(Section::Function)).map(str::to_owned));
            }
        }
        Ok(None)
    }

    /// Returns the schemas of providers whose own name is this.
    pub(super) fn named(&self, local_name: &str) -> impl Iterator<Item = &ProviderIndex> {
        self.providers.iter().filter(move |provider| provider.name() == local_name)
    }

    fn of<'a>(&'a self, source: &'a str) -> impl Iterator<Item = (usize, &'a ProviderIndex)> {
        self.providers.iter().enumerate().filter(move |(_, provider)| without_host(&provider.source) == source)
    }
}

/// Returns `namespace/name` of a source address: one provider has several hosts, Terraform's registry and OpenTofu's.
pub(super) fn without_host(source: &str) -> &str {
    match source.match_indices('/').rev().nth(1) {
        Some((position, _)) => &source[position + 1..],
        None => source,
    }
}
