//! The real providers' schemas, which stand beside the checkout.

use crate::support::shared;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tapwasm::schema::{Block, ProviderIndex, Schemas, Section, read};

/// A provider whose types are read once, for all threads.
pub(super) struct Provider {
    pub(super) index: ProviderIndex,
    read: Mutex<HashMap<(Section, String), Arc<Block>>>,
}

impl Provider {
    /// Takes the one provider of a schema.
    pub(super) fn of(schema: String) -> Provider {
        let index = read(schema).expect("it is a schema").swap_remove(0);
        Provider { index, read: Mutex::default() }
    }

    /// Reads Terraform's dump of a real provider; nothing where it is not here.
    pub(super) fn real(name: &str) -> Option<Provider> {
        let path = shared()?.join("schemas").join(format!("{name}.json"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Some(Provider::of(text))
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
