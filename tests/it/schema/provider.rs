//! Providers: the real ones, whose schemas stand beside the checkout, and one of our own.

use super::finding::{Finding, terraform};
use crate::support::{judge_of, shared, workspace};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tapwasm::schema::{Block, ProviderIndex, Schemas, Section, read};
use tempfile::TempDir;

/// A provider whose types are read once, for all threads.
pub(super) struct Provider {
    pub(super) index: ProviderIndex,
    read: Mutex<HashMap<(Section, String), Arc<Block>>>,
    /// The judge that knows it, where that is another one than the usual.
    judge: Option<TempDir>,
}

impl Provider {
    /// Reads Terraform's dump of a real provider; nothing where it is not here.
    pub(super) fn real(name: &str) -> Option<Provider> {
        Some(Provider::of(&shared()?.join("schemas").join(format!("{name}.json")), None))
    }

    /// Reads the dump of a provider that has everything of which the real ones have nothing; nothing where there is no judge.
    pub(super) fn acme() -> Option<Provider> {
        let path = workspace().join("tests/fixtures/schemas/acme.json");
        Some(Provider::of(&path, Some(judge_of(&path)?)))
    }

    fn of(path: &Path, judge: Option<TempDir>) -> Provider {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let index = read(text).expect("it is a schema").swap_remove(0);
        Provider { index, read: Mutex::default(), judge }
    }

    /// Returns what Terraform says of a configuration that uses the provider.
    pub(super) fn terraform(&self, configuration: &str, step: &str) -> Vec<Finding> {
        let judge = self.judge.as_ref().map(|folder| folder.path().to_owned());
        let judge = judge.or_else(|| Some(shared()?.join("judge"))).expect("where the schema is, the judge is");
        terraform(&judge, configuration, step)
    }

    /// Returns a type that there is.
    pub(super) fn block(&self, section: Section, name: &str) -> Arc<Block> {
        let key = (section, name.to_owned());
        if let Some(known) = self.read.lock().expect("no thread panics").get(&key) {
            return Arc::clone(known);
        }
        let block = self.index.block(section, name).expect("the type can be read").expect("there is the type");
        let block = Arc::new(block);
        self.read.lock().expect("no thread panics").insert(key, Arc::clone(&block));
        block
    }

    /// Returns the schemas of a run that has this one.
    pub(super) fn schemas(&self) -> Schemas {
        Schemas::new([self.index.clone()])
    }
}
