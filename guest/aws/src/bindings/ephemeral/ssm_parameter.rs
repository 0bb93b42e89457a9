//! The ephemeral resource `aws_ssm_parameter`.

use ::tapwasm_guest::typed as sdk;
use sdk::Readable as _;

sdk::ephemeral!("aws_ssm_parameter", SsmParameter, SsmParameterBuilder);

/// Starts an ephemeral resource `aws_ssm_parameter`.
#[track_caller]
pub fn ssm_parameter<Arn: sdk::IntoExpr<sdk::Str>>(
    scope: sdk::Scope,
    name: impl AsRef<str>,
    required: Required<Arn>,
) -> SsmParameterBuilder {
    SsmParameterBuilder(
        scope
            .ephemeral("aws_ssm_parameter", name)
            .set_typed("arn", required.arn),
    )
}

/// What `aws_ssm_parameter` cannot be without.
pub struct Required<Arn> {
    /// String, required.
    pub arn: Arn,
}

impl<I> SsmParameterBuilder<I> {
    /// String, optional, computed where not set.
    ///
    /// Region where this resource will be [managed](https://docs.aws.amazon.com/general/latest/gr/rande.html#regional-endpoints). Defaults to the Region set in the [provider configuration](https://registry.terraform.io/providers/hashicorp/aws/latest/docs#aws-configuration-reference).
    #[track_caller]
    pub fn region<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("region", value))
    }

    /// Bool, optional, computed where not set.
    #[track_caller]
    pub fn with_decryption<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("with_decryption", value))
    }
}

impl<S: sdk::Readable> SsmParameter<S> {
    /// String, required.
    pub fn arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("arn")
    }

    /// String, computed.
    pub fn name(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("name")
    }

    /// String, optional, computed where not set.
    ///
    /// Region where this resource will be [managed](https://docs.aws.amazon.com/general/latest/gr/rande.html#regional-endpoints). Defaults to the Region set in the [provider configuration](https://registry.terraform.io/providers/hashicorp/aws/latest/docs#aws-configuration-reference).
    pub fn region(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("region")
    }

    /// String, computed.
    pub fn type_(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("type")
    }

    /// String, computed, sensitive.
    pub fn value(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("value")
    }

    /// Number, computed.
    pub fn version(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("version")
    }

    /// Bool, optional, computed where not set.
    pub fn with_decryption(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("with_decryption")
    }
}
