//! The resource `aws_kms_key`.

use ::tapwasm_guest::typed as sdk;
use sdk::Readable as _;

sdk::resource!("aws_kms_key", KmsKey, KmsKeyBuilder);

/// Starts a resource `aws_kms_key`.
#[track_caller]
pub fn kms_key(scope: sdk::Scope, name: impl AsRef<str>) -> KmsKeyBuilder {
    KmsKeyBuilder(scope.resource("aws_kms_key", name))
}

impl<I> KmsKeyBuilder<I> {
    /// Bool, optional.
    #[track_caller]
    pub fn bypass_policy_lockout_safety_check<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Bool, M>,
    ) -> Self {
        Self(
            self.0
                .set_typed("bypass_policy_lockout_safety_check", value),
        )
    }

    /// String, optional.
    #[track_caller]
    pub fn custom_key_store_id<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("custom_key_store_id", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn customer_master_key_spec<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("customer_master_key_spec", value))
    }

    /// Number, optional.
    #[track_caller]
    pub fn deletion_window_in_days<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("deletion_window_in_days", value))
    }

    /// String, optional, computed where not set.
    #[track_caller]
    pub fn description<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("description", value))
    }

    /// Bool, optional.
    #[track_caller]
    pub fn enable_key_rotation<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("enable_key_rotation", value))
    }

    /// String, optional, computed where not set.
    #[track_caller]
    pub fn id<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("id", value))
    }

    /// Bool, optional.
    #[track_caller]
    pub fn is_enabled<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("is_enabled", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn key_usage<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("key_usage", value))
    }

    /// Bool, optional, computed where not set.
    #[track_caller]
    pub fn multi_region<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("multi_region", value))
    }

    /// String, optional, computed where not set.
    #[track_caller]
    pub fn policy<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("policy", value))
    }

    /// String, optional, computed where not set.
    ///
    /// Region where this resource will be [managed](https://docs.aws.amazon.com/general/latest/gr/rande.html#regional-endpoints). Defaults to the Region set in the [provider configuration](https://registry.terraform.io/providers/hashicorp/aws/latest/docs#aws-configuration-reference).
    #[track_caller]
    pub fn region<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("region", value))
    }

    /// Number, optional, computed where not set.
    #[track_caller]
    pub fn rotation_period_in_days<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("rotation_period_in_days", value))
    }

    /// Map of string, optional.
    #[track_caller]
    pub fn tags<M>(self, value: impl sdk::IntoArgument<sdk::Map<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("tags", value))
    }

    /// Map of string, optional, computed where not set.
    #[track_caller]
    pub fn tags_all<M>(self, value: impl sdk::IntoArgument<sdk::Map<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("tags_all", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn xks_key_id<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("xks_key_id", value))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn timeouts(self, blocks: impl sdk::IntoBlocks<Timeouts, sdk::AtMostOne>) -> Self {
        Self(self.0.set_blocks("timeouts", blocks))
    }
}

impl<S: sdk::Readable> KmsKey<S> {
    /// String, computed.
    pub fn arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("arn")
    }

    /// Bool, optional.
    pub fn bypass_policy_lockout_safety_check(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("bypass_policy_lockout_safety_check")
    }

    /// String, optional.
    pub fn custom_key_store_id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("custom_key_store_id")
    }

    /// String, optional.
    pub fn customer_master_key_spec(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("customer_master_key_spec")
    }

    /// Number, optional.
    pub fn deletion_window_in_days(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("deletion_window_in_days")
    }

    /// String, optional, computed where not set.
    pub fn description(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("description")
    }

    /// Bool, optional.
    pub fn enable_key_rotation(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("enable_key_rotation")
    }

    /// String, optional, computed where not set.
    pub fn id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("id")
    }

    /// Bool, optional.
    pub fn is_enabled(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("is_enabled")
    }

    /// String, computed.
    pub fn key_id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("key_id")
    }

    /// String, optional.
    pub fn key_usage(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("key_usage")
    }

    /// Bool, optional, computed where not set.
    pub fn multi_region(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("multi_region")
    }

    /// String, optional, computed where not set.
    pub fn policy(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("policy")
    }

    /// String, optional, computed where not set.
    ///
    /// Region where this resource will be [managed](https://docs.aws.amazon.com/general/latest/gr/rande.html#regional-endpoints). Defaults to the Region set in the [provider configuration](https://registry.terraform.io/providers/hashicorp/aws/latest/docs#aws-configuration-reference).
    pub fn region(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("region")
    }

    /// Number, optional, computed where not set.
    pub fn rotation_period_in_days(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("rotation_period_in_days")
    }

    /// Map of string, optional.
    pub fn tags(&self) -> sdk::Expr<sdk::Map<sdk::Str>> {
        self.0.read("tags")
    }

    /// Map of string, optional, computed where not set.
    pub fn tags_all(&self) -> sdk::Expr<sdk::Map<sdk::Str>> {
        self.0.read("tags_all")
    }

    /// String, optional.
    pub fn xks_key_id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("xks_key_id")
    }

    /// Block, at most one.
    pub fn timeouts(&self) -> TimeoutsAttributes {
        self.0.read("timeouts")
    }
}

sdk::block!("timeouts", Timeouts);

impl Timeouts {
    /// String, optional.
    #[track_caller]
    pub fn create<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("create", value))
    }
}

sdk::attributes!("timeouts", TimeoutsAttributes);

impl TimeoutsAttributes {
    /// String, optional.
    pub fn create(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("create")
    }
}
