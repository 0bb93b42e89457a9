//! Provider configurations.

use super::builder::Builder;
use super::handle::ProviderHandle;
use crate::expr::Str;
use std::panic::Location;

impl Builder<ProviderHandle> {
    /// Names one more configuration of the provider (Terraform's argument `alias`). A former address of a resource is
    /// [`formerly`](Builder::formerly).
    #[track_caller]
    pub fn alias(self, name: &str) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.meta.add::<Str, _>("alias", name, place))
    }
}
