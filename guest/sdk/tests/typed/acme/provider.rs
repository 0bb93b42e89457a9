//! The provider `acme`.

use ::tapwasm_guest::typed as sdk;

sdk::provider!("acme", ProviderBuilder);

/// Starts a configuration of the provider `acme`.
#[track_caller]
pub fn provider<Token: sdk::IntoExpr<sdk::Str>>(
    scope: sdk::Scope,
    required: Required<Token>,
) -> ProviderBuilder {
    ProviderBuilder(scope.provider("acme").set_typed("token", required.token))
}

/// What `acme` cannot be without.
pub struct Required<Token> {
    /// String, required, sensitive.
    pub token: Token,
}

impl ProviderBuilder {
    /// String, optional.
    #[track_caller]
    pub fn alias_<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("alias", value))
    }
}
