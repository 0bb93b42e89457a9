//! The resource `aws_s3_bucket_lifecycle_configuration`.

use ::tapwasm_guest::typed as sdk;
use sdk::Readable as _;

sdk::resource!(
    "aws_s3_bucket_lifecycle_configuration",
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationBuilder
);

/// Starts a resource `aws_s3_bucket_lifecycle_configuration`.
#[track_caller]
pub fn s3_bucket_lifecycle_configuration<Bucket: sdk::IntoExpr<sdk::Str>>(
    scope: sdk::Scope,
    name: impl AsRef<str>,
    required: Required<Bucket>,
) -> S3BucketLifecycleConfigurationBuilder {
    S3BucketLifecycleConfigurationBuilder(
        scope
            .resource("aws_s3_bucket_lifecycle_configuration", name)
            .set_typed("bucket", required.bucket),
    )
}

/// What `aws_s3_bucket_lifecycle_configuration` cannot be without.
pub struct Required<Bucket> {
    /// String, required.
    pub bucket: Bucket,
}

impl<I> S3BucketLifecycleConfigurationBuilder<I> {
    /// String, optional, computed where not set.
    #[deprecated]
    #[track_caller]
    pub fn expected_bucket_owner<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("expected_bucket_owner", value))
    }

    /// String, optional, computed where not set.
    ///
    /// Region where this resource will be [managed](https://docs.aws.amazon.com/general/latest/gr/rande.html#regional-endpoints). Defaults to the Region set in the [provider configuration](https://registry.terraform.io/providers/hashicorp/aws/latest/docs#aws-configuration-reference).
    #[track_caller]
    pub fn region<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("region", value))
    }

    /// String, optional, computed where not set.
    #[track_caller]
    pub fn transition_default_minimum_object_size<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Str, M>,
    ) -> Self {
        Self(
            self.0
                .set_typed("transition_default_minimum_object_size", value),
        )
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn rule(self, blocks: impl sdk::IntoBlocks<RuleBlock, sdk::AnyNumber>) -> Self {
        Self(self.0.set_blocks("rule", blocks))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn timeouts(self, blocks: impl sdk::IntoBlocks<Timeouts, sdk::AtMostOne>) -> Self {
        Self(self.0.set_blocks("timeouts", blocks))
    }
}

impl<S: sdk::Readable> S3BucketLifecycleConfiguration<S> {
    /// String, required.
    pub fn bucket(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("bucket")
    }

    /// String, optional, computed where not set.
    #[deprecated]
    pub fn expected_bucket_owner(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("expected_bucket_owner")
    }

    /// String, computed.
    #[deprecated]
    pub fn id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("id")
    }

    /// String, optional, computed where not set.
    ///
    /// Region where this resource will be [managed](https://docs.aws.amazon.com/general/latest/gr/rande.html#regional-endpoints). Defaults to the Region set in the [provider configuration](https://registry.terraform.io/providers/hashicorp/aws/latest/docs#aws-configuration-reference).
    pub fn region(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("region")
    }

    /// String, optional, computed where not set.
    pub fn transition_default_minimum_object_size(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("transition_default_minimum_object_size")
    }

    /// Blocks, any number.
    pub fn rule(&self) -> sdk::Expr<sdk::List<RuleAttributes>> {
        self.0.read("rule")
    }

    /// Block, at most one.
    pub fn timeouts(&self) -> TimeoutsAttributes {
        self.0.read("timeouts")
    }
}

/// A block `rule`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct Rule<Id, Status> {
    /// String, required.
    pub id: Id,
    /// String, required.
    pub status: Status,
}

sdk::literal!("rule", Rule => RuleBlock {
    id: Id [sdk::IntoExpr<sdk::Str>] set_typed("id"),
    status: Status [sdk::IntoExpr<sdk::Str>] set_typed("status"),
});

impl RuleBlock {
    /// String, optional, computed where not set.
    #[deprecated]
    #[track_caller]
    pub fn prefix<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("prefix", value))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn abort_incomplete_multipart_upload(
        self,
        blocks: impl sdk::IntoBlocks<AbortIncompleteMultipartUpload, sdk::AnyNumber>,
    ) -> Self {
        Self(
            self.0
                .set_blocks("abort_incomplete_multipart_upload", blocks),
        )
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn expiration(self, blocks: impl sdk::IntoBlocks<Expiration, sdk::AnyNumber>) -> Self {
        Self(self.0.set_blocks("expiration", blocks))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn filter(self, blocks: impl sdk::IntoBlocks<Filter, sdk::AnyNumber>) -> Self {
        Self(self.0.set_blocks("filter", blocks))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn noncurrent_version_expiration(
        self,
        blocks: impl sdk::IntoBlocks<NoncurrentVersionExpirationBlock, sdk::AnyNumber>,
    ) -> Self {
        Self(self.0.set_blocks("noncurrent_version_expiration", blocks))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn noncurrent_version_transition(
        self,
        blocks: impl sdk::IntoBlocks<NoncurrentVersionTransitionBlock, sdk::AnyNumber>,
    ) -> Self {
        Self(self.0.set_blocks("noncurrent_version_transition", blocks))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn transition(self, blocks: impl sdk::IntoBlocks<TransitionBlock, sdk::AnyNumber>) -> Self {
        Self(self.0.set_blocks("transition", blocks))
    }
}

sdk::attributes!("rule", RuleAttributes);

impl RuleAttributes {
    /// String, required.
    pub fn id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("id")
    }

    /// String, optional, computed where not set.
    #[deprecated]
    pub fn prefix(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("prefix")
    }

    /// String, required.
    pub fn status(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("status")
    }

    /// Blocks, any number.
    pub fn abort_incomplete_multipart_upload(
        &self,
    ) -> sdk::Expr<sdk::List<AbortIncompleteMultipartUploadAttributes>> {
        self.0.read("abort_incomplete_multipart_upload")
    }

    /// Blocks, any number.
    pub fn expiration(&self) -> sdk::Expr<sdk::List<ExpirationAttributes>> {
        self.0.read("expiration")
    }

    /// Blocks, any number.
    pub fn filter(&self) -> sdk::Expr<sdk::List<FilterAttributes>> {
        self.0.read("filter")
    }

    /// Blocks, any number.
    pub fn noncurrent_version_expiration(
        &self,
    ) -> sdk::Expr<sdk::List<NoncurrentVersionExpirationAttributes>> {
        self.0.read("noncurrent_version_expiration")
    }

    /// Blocks, any number.
    pub fn noncurrent_version_transition(
        &self,
    ) -> sdk::Expr<sdk::Set<NoncurrentVersionTransitionAttributes>> {
        self.0.read("noncurrent_version_transition")
    }

    /// Blocks, any number.
    pub fn transition(&self) -> sdk::Expr<sdk::Set<TransitionAttributes>> {
        self.0.read("transition")
    }
}

sdk::block!(
    "abort_incomplete_multipart_upload",
    AbortIncompleteMultipartUpload
);

impl AbortIncompleteMultipartUpload {
    /// Number, optional.
    #[track_caller]
    pub fn days_after_initiation<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("days_after_initiation", value))
    }
}

sdk::attributes!(
    "abort_incomplete_multipart_upload",
    AbortIncompleteMultipartUploadAttributes
);

impl AbortIncompleteMultipartUploadAttributes {
    /// Number, optional.
    pub fn days_after_initiation(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("days_after_initiation")
    }
}

sdk::block!("expiration", Expiration);

impl Expiration {
    /// String, optional.
    #[track_caller]
    pub fn date<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("date", value))
    }

    /// Number, optional, computed where not set.
    #[track_caller]
    pub fn days<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("days", value))
    }

    /// Bool, optional, computed where not set.
    #[track_caller]
    pub fn expired_object_delete_marker<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Bool, M>,
    ) -> Self {
        Self(self.0.set_typed("expired_object_delete_marker", value))
    }
}

sdk::attributes!("expiration", ExpirationAttributes);

impl ExpirationAttributes {
    /// String, optional.
    pub fn date(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("date")
    }

    /// Number, optional, computed where not set.
    pub fn days(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("days")
    }

    /// Bool, optional, computed where not set.
    pub fn expired_object_delete_marker(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("expired_object_delete_marker")
    }
}

sdk::block!("filter", Filter);

impl Filter {
    /// Number, optional, computed where not set.
    #[track_caller]
    pub fn object_size_greater_than<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("object_size_greater_than", value))
    }

    /// Number, optional, computed where not set.
    #[track_caller]
    pub fn object_size_less_than<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("object_size_less_than", value))
    }

    /// String, optional, computed where not set.
    #[track_caller]
    pub fn prefix<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("prefix", value))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn and(self, blocks: impl sdk::IntoBlocks<And, sdk::AnyNumber>) -> Self {
        Self(self.0.set_blocks("and", blocks))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn tag(self, blocks: impl sdk::IntoBlocks<TagBlock, sdk::AnyNumber>) -> Self {
        Self(self.0.set_blocks("tag", blocks))
    }
}

sdk::attributes!("filter", FilterAttributes);

impl FilterAttributes {
    /// Number, optional, computed where not set.
    pub fn object_size_greater_than(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("object_size_greater_than")
    }

    /// Number, optional, computed where not set.
    pub fn object_size_less_than(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("object_size_less_than")
    }

    /// String, optional, computed where not set.
    pub fn prefix(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("prefix")
    }

    /// Blocks, any number.
    pub fn and(&self) -> sdk::Expr<sdk::List<AndAttributes>> {
        self.0.read("and")
    }

    /// Blocks, any number.
    pub fn tag(&self) -> sdk::Expr<sdk::List<TagAttributes>> {
        self.0.read("tag")
    }
}

sdk::block!("and", And);

impl And {
    /// Number, optional, computed where not set.
    #[track_caller]
    pub fn object_size_greater_than<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("object_size_greater_than", value))
    }

    /// Number, optional, computed where not set.
    #[track_caller]
    pub fn object_size_less_than<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("object_size_less_than", value))
    }

    /// String, optional, computed where not set.
    #[track_caller]
    pub fn prefix<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("prefix", value))
    }

    /// Map of string, optional.
    #[track_caller]
    pub fn tags<M>(self, value: impl sdk::IntoArgument<sdk::Map<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("tags", value))
    }
}

sdk::attributes!("and", AndAttributes);

impl AndAttributes {
    /// Number, optional, computed where not set.
    pub fn object_size_greater_than(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("object_size_greater_than")
    }

    /// Number, optional, computed where not set.
    pub fn object_size_less_than(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("object_size_less_than")
    }

    /// String, optional, computed where not set.
    pub fn prefix(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("prefix")
    }

    /// Map of string, optional.
    pub fn tags(&self) -> sdk::Expr<sdk::Map<sdk::Str>> {
        self.0.read("tags")
    }
}

/// A block `tag`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct Tag<Key, Value> {
    /// String, required.
    pub key: Key,
    /// String, required.
    pub value: Value,
}

sdk::literal!("tag", Tag => TagBlock {
    key: Key [sdk::IntoExpr<sdk::Str>] set_typed("key"),
    value: Value [sdk::IntoExpr<sdk::Str>] set_typed("value"),
});

sdk::attributes!("tag", TagAttributes);

impl TagAttributes {
    /// String, required.
    pub fn key(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("key")
    }

    /// String, required.
    pub fn value(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("value")
    }
}

/// A block `noncurrent_version_expiration`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct NoncurrentVersionExpiration<NoncurrentDays> {
    /// Number, required.
    pub noncurrent_days: NoncurrentDays,
}

sdk::literal!("noncurrent_version_expiration", NoncurrentVersionExpiration => NoncurrentVersionExpirationBlock {
    noncurrent_days: NoncurrentDays [sdk::IntoExpr<sdk::Num>] set_typed("noncurrent_days"),
});

impl NoncurrentVersionExpirationBlock {
    /// Number, optional.
    #[track_caller]
    pub fn newer_noncurrent_versions<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("newer_noncurrent_versions", value))
    }
}

sdk::attributes!(
    "noncurrent_version_expiration",
    NoncurrentVersionExpirationAttributes
);

impl NoncurrentVersionExpirationAttributes {
    /// Number, optional.
    pub fn newer_noncurrent_versions(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("newer_noncurrent_versions")
    }

    /// Number, required.
    pub fn noncurrent_days(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("noncurrent_days")
    }
}

/// A block `noncurrent_version_transition`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct NoncurrentVersionTransition<NoncurrentDays, StorageClass> {
    /// Number, required.
    pub noncurrent_days: NoncurrentDays,
    /// String, required.
    pub storage_class: StorageClass,
}

sdk::literal!("noncurrent_version_transition", NoncurrentVersionTransition => NoncurrentVersionTransitionBlock {
    noncurrent_days: NoncurrentDays [sdk::IntoExpr<sdk::Num>] set_typed("noncurrent_days"),
    storage_class: StorageClass [sdk::IntoExpr<sdk::Str>] set_typed("storage_class"),
});

impl NoncurrentVersionTransitionBlock {
    /// Number, optional.
    #[track_caller]
    pub fn newer_noncurrent_versions<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("newer_noncurrent_versions", value))
    }
}

sdk::attributes!(
    "noncurrent_version_transition",
    NoncurrentVersionTransitionAttributes
);

impl NoncurrentVersionTransitionAttributes {
    /// Number, optional.
    pub fn newer_noncurrent_versions(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("newer_noncurrent_versions")
    }

    /// Number, required.
    pub fn noncurrent_days(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("noncurrent_days")
    }

    /// String, required.
    pub fn storage_class(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("storage_class")
    }
}

/// A block `transition`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct Transition<StorageClass> {
    /// String, required.
    pub storage_class: StorageClass,
}

sdk::literal!("transition", Transition => TransitionBlock {
    storage_class: StorageClass [sdk::IntoExpr<sdk::Str>] set_typed("storage_class"),
});

impl TransitionBlock {
    /// String, optional.
    #[track_caller]
    pub fn date<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("date", value))
    }

    /// Number, optional, computed where not set.
    #[track_caller]
    pub fn days<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("days", value))
    }
}

sdk::attributes!("transition", TransitionAttributes);

impl TransitionAttributes {
    /// String, optional.
    pub fn date(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("date")
    }

    /// Number, optional, computed where not set.
    pub fn days(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("days")
    }

    /// String, required.
    pub fn storage_class(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("storage_class")
    }
}

sdk::block!("timeouts", Timeouts);

impl Timeouts {
    /// String, optional.
    ///
    /// A string that can be [parsed as a duration](https://pkg.go.dev/time#ParseDuration) consisting of numbers and unit suffixes, such as "30s" or "2h45m". Valid time units are "s" (seconds), "m" (minutes), "h" (hours).
    #[track_caller]
    pub fn create<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("create", value))
    }

    /// String, optional.
    ///
    /// A string that can be [parsed as a duration](https://pkg.go.dev/time#ParseDuration) consisting of numbers and unit suffixes, such as "30s" or "2h45m". Valid time units are "s" (seconds), "m" (minutes), "h" (hours).
    #[track_caller]
    pub fn update<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("update", value))
    }
}

sdk::attributes!("timeouts", TimeoutsAttributes);

impl TimeoutsAttributes {
    /// String, optional.
    ///
    /// A string that can be [parsed as a duration](https://pkg.go.dev/time#ParseDuration) consisting of numbers and unit suffixes, such as "30s" or "2h45m". Valid time units are "s" (seconds), "m" (minutes), "h" (hours).
    pub fn create(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("create")
    }

    /// String, optional.
    ///
    /// A string that can be [parsed as a duration](https://pkg.go.dev/time#ParseDuration) consisting of numbers and unit suffixes, such as "30s" or "2h45m". Valid time units are "s" (seconds), "m" (minutes), "h" (hours).
    pub fn update(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("update")
    }
}
