//! The data source `aws_caller_identity`.

use ::tapwasm_guest::typed as sdk;
use sdk::Readable as _;

sdk::data!("aws_caller_identity", CallerIdentity, CallerIdentityBuilder);

/// Starts a data source `aws_caller_identity`.
#[track_caller]
pub fn caller_identity(scope: sdk::Scope, name: impl AsRef<str>) -> CallerIdentityBuilder {
    CallerIdentityBuilder(scope.data("aws_caller_identity", name))
}

impl<I> CallerIdentityBuilder<I> {
    /// String, optional, computed where not set.
    #[track_caller]
    pub fn id<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("id", value))
    }
}

impl<S: sdk::Readable> CallerIdentity<S> {
    /// String, computed.
    pub fn account_id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("account_id")
    }

    /// String, computed.
    pub fn arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("arn")
    }

    /// String, optional, computed where not set.
    pub fn id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("id")
    }

    /// String, computed.
    pub fn user_id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("user_id")
    }
}
