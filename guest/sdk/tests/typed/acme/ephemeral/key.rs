//! The ephemeral resource `acme_key`.

use ::tapwasm_guest::typed as sdk;
use sdk::Readable as _;

sdk::ephemeral!("acme_key", Key, KeyBuilder);

/// Starts an ephemeral resource `acme_key`.
#[track_caller]
pub fn key(scope: sdk::Scope, name: impl AsRef<str>) -> KeyBuilder {
    KeyBuilder(scope.ephemeral("acme_key", name))
}

impl<S: sdk::Readable> Key<S> {
    /// String, computed, sensitive.
    pub fn key(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("key")
    }
}
