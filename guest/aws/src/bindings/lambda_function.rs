//! The resource `aws_lambda_function`.

use ::tapwasm_guest::typed as sdk;
use sdk::Readable as _;

sdk::resource!("aws_lambda_function", LambdaFunction, LambdaFunctionBuilder);

/// Starts a resource `aws_lambda_function`.
#[track_caller]
pub fn lambda_function<FunctionName: sdk::IntoExpr<sdk::Str>, Role: sdk::IntoExpr<sdk::Str>>(
    scope: sdk::Scope,
    name: impl AsRef<str>,
    required: Required<FunctionName, Role>,
) -> LambdaFunctionBuilder {
    LambdaFunctionBuilder(
        scope
            .resource("aws_lambda_function", name)
            .set_typed("function_name", required.function_name)
            .set_typed("role", required.role),
    )
}

/// What `aws_lambda_function` cannot be without.
pub struct Required<FunctionName, Role> {
    /// String, required.
    pub function_name: FunctionName,
    /// String, required.
    pub role: Role,
}

impl<I> LambdaFunctionBuilder<I> {
    /// List of string, optional, computed where not set.
    #[track_caller]
    pub fn architectures<M>(self, value: impl sdk::IntoArgument<sdk::List<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("architectures", value))
    }

    /// String, optional, computed where not set.
    #[track_caller]
    pub fn code_sha256<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("code_sha256", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn code_signing_config_arn<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("code_signing_config_arn", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn description<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("description", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn filename<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("filename", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn handler<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("handler", value))
    }

    /// String, optional, computed where not set.
    #[track_caller]
    pub fn id<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("id", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn image_uri<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("image_uri", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn kms_key_arn<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("kms_key_arn", value))
    }

    /// List of string, optional.
    #[track_caller]
    pub fn layers<M>(self, value: impl sdk::IntoArgument<sdk::List<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("layers", value))
    }

    /// Number, optional.
    #[track_caller]
    pub fn memory_size<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("memory_size", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn package_type<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("package_type", value))
    }

    /// Bool, optional.
    #[track_caller]
    pub fn publish<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("publish", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn publish_to<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("publish_to", value))
    }

    /// String, optional, computed where not set.
    ///
    /// Region where this resource will be [managed](https://docs.aws.amazon.com/general/latest/gr/rande.html#regional-endpoints). Defaults to the Region set in the [provider configuration](https://registry.terraform.io/providers/hashicorp/aws/latest/docs#aws-configuration-reference).
    #[track_caller]
    pub fn region<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("region", value))
    }

    /// Bool, optional.
    #[track_caller]
    pub fn replace_security_groups_on_destroy<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Bool, M>,
    ) -> Self {
        Self(
            self.0
                .set_typed("replace_security_groups_on_destroy", value),
        )
    }

    /// Set of string, optional.
    #[track_caller]
    pub fn replacement_security_group_ids<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Set<sdk::Str>, M>,
    ) -> Self {
        Self(self.0.set_typed("replacement_security_group_ids", value))
    }

    /// Number, optional.
    #[track_caller]
    pub fn reserved_concurrent_executions<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Num, M>,
    ) -> Self {
        Self(self.0.set_typed("reserved_concurrent_executions", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn runtime<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("runtime", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn s3_bucket<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("s3_bucket", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn s3_key<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("s3_key", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn s3_object_version<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("s3_object_version", value))
    }

    /// Bool, optional.
    #[track_caller]
    pub fn skip_destroy<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("skip_destroy", value))
    }

    /// String, optional, computed where not set.
    #[track_caller]
    pub fn source_code_hash<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("source_code_hash", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn source_kms_key_arn<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("source_kms_key_arn", value))
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

    /// Number, optional.
    #[track_caller]
    pub fn timeout<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("timeout", value))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn capacity_provider_config(
        self,
        blocks: impl sdk::IntoBlocks<CapacityProviderConfigBlock, sdk::AtMostOne>,
    ) -> Self {
        Self(self.0.set_blocks("capacity_provider_config", blocks))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn dead_letter_config(
        self,
        blocks: impl sdk::IntoBlocks<DeadLetterConfigBlock, sdk::AtMostOne>,
    ) -> Self {
        Self(self.0.set_blocks("dead_letter_config", blocks))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn durable_config(
        self,
        blocks: impl sdk::IntoBlocks<DurableConfigBlock, sdk::AtMostOne>,
    ) -> Self {
        Self(self.0.set_blocks("durable_config", blocks))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn environment(self, blocks: impl sdk::IntoBlocks<Environment, sdk::AtMostOne>) -> Self {
        Self(self.0.set_blocks("environment", blocks))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn ephemeral_storage(
        self,
        blocks: impl sdk::IntoBlocks<EphemeralStorage, sdk::AtMostOne>,
    ) -> Self {
        Self(self.0.set_blocks("ephemeral_storage", blocks))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn file_system_config(
        self,
        blocks: impl sdk::IntoBlocks<FileSystemConfigBlock, sdk::AtMostOne>,
    ) -> Self {
        Self(self.0.set_blocks("file_system_config", blocks))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn image_config(self, blocks: impl sdk::IntoBlocks<ImageConfig, sdk::AtMostOne>) -> Self {
        Self(self.0.set_blocks("image_config", blocks))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn logging_config(
        self,
        blocks: impl sdk::IntoBlocks<LoggingConfigBlock, sdk::AtMostOne>,
    ) -> Self {
        Self(self.0.set_blocks("logging_config", blocks))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn snap_start(self, blocks: impl sdk::IntoBlocks<SnapStartBlock, sdk::AtMostOne>) -> Self {
        Self(self.0.set_blocks("snap_start", blocks))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn tenancy_config(
        self,
        blocks: impl sdk::IntoBlocks<TenancyConfigBlock, sdk::AtMostOne>,
    ) -> Self {
        Self(self.0.set_blocks("tenancy_config", blocks))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn timeouts(self, blocks: impl sdk::IntoBlocks<Timeouts, sdk::AtMostOne>) -> Self {
        Self(self.0.set_blocks("timeouts", blocks))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn tracing_config(
        self,
        blocks: impl sdk::IntoBlocks<TracingConfigBlock, sdk::AtMostOne>,
    ) -> Self {
        Self(self.0.set_blocks("tracing_config", blocks))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn vpc_config(self, blocks: impl sdk::IntoBlocks<VpcConfigBlock, sdk::AtMostOne>) -> Self {
        Self(self.0.set_blocks("vpc_config", blocks))
    }
}

impl<S: sdk::Readable> LambdaFunction<S> {
    /// List of string, optional, computed where not set.
    pub fn architectures(&self) -> sdk::Expr<sdk::List<sdk::Str>> {
        self.0.read("architectures")
    }

    /// String, computed.
    pub fn arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("arn")
    }

    /// String, optional, computed where not set.
    pub fn code_sha256(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("code_sha256")
    }

    /// String, optional.
    pub fn code_signing_config_arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("code_signing_config_arn")
    }

    /// String, optional.
    pub fn description(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("description")
    }

    /// String, optional.
    pub fn filename(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("filename")
    }

    /// String, required.
    pub fn function_name(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("function_name")
    }

    /// String, optional.
    pub fn handler(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("handler")
    }

    /// String, optional, computed where not set.
    pub fn id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("id")
    }

    /// String, optional.
    pub fn image_uri(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("image_uri")
    }

    /// String, computed.
    pub fn invoke_arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("invoke_arn")
    }

    /// String, optional.
    pub fn kms_key_arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("kms_key_arn")
    }

    /// String, computed.
    pub fn last_modified(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("last_modified")
    }

    /// List of string, optional.
    pub fn layers(&self) -> sdk::Expr<sdk::List<sdk::Str>> {
        self.0.read("layers")
    }

    /// Number, optional.
    pub fn memory_size(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("memory_size")
    }

    /// String, optional.
    pub fn package_type(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("package_type")
    }

    /// Bool, optional.
    pub fn publish(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("publish")
    }

    /// String, optional.
    pub fn publish_to(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("publish_to")
    }

    /// String, computed.
    pub fn qualified_arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("qualified_arn")
    }

    /// String, computed.
    pub fn qualified_invoke_arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("qualified_invoke_arn")
    }

    /// String, optional, computed where not set.
    ///
    /// Region where this resource will be [managed](https://docs.aws.amazon.com/general/latest/gr/rande.html#regional-endpoints). Defaults to the Region set in the [provider configuration](https://registry.terraform.io/providers/hashicorp/aws/latest/docs#aws-configuration-reference).
    pub fn region(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("region")
    }

    /// Bool, optional.
    pub fn replace_security_groups_on_destroy(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("replace_security_groups_on_destroy")
    }

    /// Set of string, optional.
    pub fn replacement_security_group_ids(&self) -> sdk::Expr<sdk::Set<sdk::Str>> {
        self.0.read("replacement_security_group_ids")
    }

    /// Number, optional.
    pub fn reserved_concurrent_executions(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("reserved_concurrent_executions")
    }

    /// String, computed.
    pub fn response_streaming_invoke_arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("response_streaming_invoke_arn")
    }

    /// String, required.
    pub fn role(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("role")
    }

    /// String, optional.
    pub fn runtime(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("runtime")
    }

    /// String, optional.
    pub fn s3_bucket(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("s3_bucket")
    }

    /// String, optional.
    pub fn s3_key(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("s3_key")
    }

    /// String, optional.
    pub fn s3_object_version(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("s3_object_version")
    }

    /// String, computed.
    pub fn signing_job_arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("signing_job_arn")
    }

    /// String, computed.
    pub fn signing_profile_version_arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("signing_profile_version_arn")
    }

    /// Bool, optional.
    pub fn skip_destroy(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("skip_destroy")
    }

    /// String, optional, computed where not set.
    pub fn source_code_hash(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("source_code_hash")
    }

    /// Number, computed.
    pub fn source_code_size(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("source_code_size")
    }

    /// String, optional.
    pub fn source_kms_key_arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("source_kms_key_arn")
    }

    /// Map of string, optional.
    pub fn tags(&self) -> sdk::Expr<sdk::Map<sdk::Str>> {
        self.0.read("tags")
    }

    /// Map of string, optional, computed where not set.
    pub fn tags_all(&self) -> sdk::Expr<sdk::Map<sdk::Str>> {
        self.0.read("tags_all")
    }

    /// Number, optional.
    pub fn timeout(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("timeout")
    }

    /// String, computed.
    pub fn version(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("version")
    }

    /// Block, at most one.
    pub fn capacity_provider_config(
        &self,
    ) -> sdk::Expr<sdk::List<CapacityProviderConfigAttributes>> {
        self.0.read("capacity_provider_config")
    }

    /// Block, at most one.
    pub fn dead_letter_config(&self) -> sdk::Expr<sdk::List<DeadLetterConfigAttributes>> {
        self.0.read("dead_letter_config")
    }

    /// Block, at most one.
    pub fn durable_config(&self) -> sdk::Expr<sdk::List<DurableConfigAttributes>> {
        self.0.read("durable_config")
    }

    /// Block, at most one.
    pub fn environment(&self) -> sdk::Expr<sdk::List<EnvironmentAttributes>> {
        self.0.read("environment")
    }

    /// Block, at most one.
    pub fn ephemeral_storage(&self) -> sdk::Expr<sdk::List<EphemeralStorageAttributes>> {
        self.0.read("ephemeral_storage")
    }

    /// Block, at most one.
    pub fn file_system_config(&self) -> sdk::Expr<sdk::List<FileSystemConfigAttributes>> {
        self.0.read("file_system_config")
    }

    /// Block, at most one.
    pub fn image_config(&self) -> sdk::Expr<sdk::List<ImageConfigAttributes>> {
        self.0.read("image_config")
    }

    /// Block, at most one.
    pub fn logging_config(&self) -> sdk::Expr<sdk::List<LoggingConfigAttributes>> {
        self.0.read("logging_config")
    }

    /// Block, at most one.
    pub fn snap_start(&self) -> sdk::Expr<sdk::List<SnapStartAttributes>> {
        self.0.read("snap_start")
    }

    /// Block, at most one.
    pub fn tenancy_config(&self) -> sdk::Expr<sdk::List<TenancyConfigAttributes>> {
        self.0.read("tenancy_config")
    }

    /// Block, at most one.
    pub fn timeouts(&self) -> TimeoutsAttributes {
        self.0.read("timeouts")
    }

    /// Block, at most one.
    pub fn tracing_config(&self) -> sdk::Expr<sdk::List<TracingConfigAttributes>> {
        self.0.read("tracing_config")
    }

    /// Block, at most one.
    pub fn vpc_config(&self) -> sdk::Expr<sdk::List<VpcConfigAttributes>> {
        self.0.read("vpc_config")
    }
}

/// A block `capacity_provider_config`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct CapacityProviderConfig<LambdaManagedInstancesCapacityProviderConfig_> {
    /// Block, required.
    pub lambda_managed_instances_capacity_provider_config:
        LambdaManagedInstancesCapacityProviderConfig_,
}

sdk::literal!("capacity_provider_config", CapacityProviderConfig => CapacityProviderConfigBlock {
    lambda_managed_instances_capacity_provider_config: LambdaManagedInstancesCapacityProviderConfig_ [sdk::IntoBlocks<LambdaManagedInstancesCapacityProviderConfigBlock, sdk::ExactlyOne>] set_blocks("lambda_managed_instances_capacity_provider_config"),
});

sdk::attributes!("capacity_provider_config", CapacityProviderConfigAttributes);

impl CapacityProviderConfigAttributes {
    /// Block, required.
    pub fn lambda_managed_instances_capacity_provider_config(
        &self,
    ) -> sdk::Expr<sdk::List<LambdaManagedInstancesCapacityProviderConfigAttributes>> {
        self.0
            .read("lambda_managed_instances_capacity_provider_config")
    }
}

/// A block `lambda_managed_instances_capacity_provider_config`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct LambdaManagedInstancesCapacityProviderConfig<CapacityProviderArn> {
    /// String, required.
    pub capacity_provider_arn: CapacityProviderArn,
}

sdk::literal!("lambda_managed_instances_capacity_provider_config", LambdaManagedInstancesCapacityProviderConfig => LambdaManagedInstancesCapacityProviderConfigBlock {
    capacity_provider_arn: CapacityProviderArn [sdk::IntoExpr<sdk::Str>] set_typed("capacity_provider_arn"),
});

impl LambdaManagedInstancesCapacityProviderConfigBlock {
    /// Number, optional, computed where not set.
    #[track_caller]
    pub fn execution_environment_memory_gib_per_vcpu<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Num, M>,
    ) -> Self {
        Self(
            self.0
                .set_typed("execution_environment_memory_gib_per_vcpu", value),
        )
    }

    /// Number, optional, computed where not set.
    #[track_caller]
    pub fn per_execution_environment_max_concurrency<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Num, M>,
    ) -> Self {
        Self(
            self.0
                .set_typed("per_execution_environment_max_concurrency", value),
        )
    }
}

sdk::attributes!(
    "lambda_managed_instances_capacity_provider_config",
    LambdaManagedInstancesCapacityProviderConfigAttributes
);

impl LambdaManagedInstancesCapacityProviderConfigAttributes {
    /// String, required.
    pub fn capacity_provider_arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("capacity_provider_arn")
    }

    /// Number, optional, computed where not set.
    pub fn execution_environment_memory_gib_per_vcpu(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("execution_environment_memory_gib_per_vcpu")
    }

    /// Number, optional, computed where not set.
    pub fn per_execution_environment_max_concurrency(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("per_execution_environment_max_concurrency")
    }
}

/// A block `dead_letter_config`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct DeadLetterConfig<TargetArn> {
    /// String, required.
    pub target_arn: TargetArn,
}

sdk::literal!("dead_letter_config", DeadLetterConfig => DeadLetterConfigBlock {
    target_arn: TargetArn [sdk::IntoExpr<sdk::Str>] set_typed("target_arn"),
});

sdk::attributes!("dead_letter_config", DeadLetterConfigAttributes);

impl DeadLetterConfigAttributes {
    /// String, required.
    pub fn target_arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("target_arn")
    }
}

/// A block `durable_config`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct DurableConfig<ExecutionTimeout> {
    /// Number, required.
    pub execution_timeout: ExecutionTimeout,
}

sdk::literal!("durable_config", DurableConfig => DurableConfigBlock {
    execution_timeout: ExecutionTimeout [sdk::IntoExpr<sdk::Num>] set_typed("execution_timeout"),
});

impl DurableConfigBlock {
    /// Number, optional.
    #[track_caller]
    pub fn retention_period<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("retention_period", value))
    }
}

sdk::attributes!("durable_config", DurableConfigAttributes);

impl DurableConfigAttributes {
    /// Number, required.
    pub fn execution_timeout(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("execution_timeout")
    }

    /// Number, optional.
    pub fn retention_period(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("retention_period")
    }
}

sdk::block!("environment", Environment);

impl Environment {
    /// Map of string, optional.
    #[track_caller]
    pub fn variables<M>(self, value: impl sdk::IntoArgument<sdk::Map<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("variables", value))
    }
}

sdk::attributes!("environment", EnvironmentAttributes);

impl EnvironmentAttributes {
    /// Map of string, optional.
    pub fn variables(&self) -> sdk::Expr<sdk::Map<sdk::Str>> {
        self.0.read("variables")
    }
}

sdk::block!("ephemeral_storage", EphemeralStorage);

impl EphemeralStorage {
    /// Number, optional, computed where not set.
    #[track_caller]
    pub fn size<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("size", value))
    }
}

sdk::attributes!("ephemeral_storage", EphemeralStorageAttributes);

impl EphemeralStorageAttributes {
    /// Number, optional, computed where not set.
    pub fn size(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("size")
    }
}

/// A block `file_system_config`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct FileSystemConfig<Arn, LocalMountPath> {
    /// String, required.
    pub arn: Arn,
    /// String, required.
    pub local_mount_path: LocalMountPath,
}

sdk::literal!("file_system_config", FileSystemConfig => FileSystemConfigBlock {
    arn: Arn [sdk::IntoExpr<sdk::Str>] set_typed("arn"),
    local_mount_path: LocalMountPath [sdk::IntoExpr<sdk::Str>] set_typed("local_mount_path"),
});

sdk::attributes!("file_system_config", FileSystemConfigAttributes);

impl FileSystemConfigAttributes {
    /// String, required.
    pub fn arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("arn")
    }

    /// String, required.
    pub fn local_mount_path(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("local_mount_path")
    }
}

sdk::block!("image_config", ImageConfig);

impl ImageConfig {
    /// List of string, optional.
    #[track_caller]
    pub fn command<M>(self, value: impl sdk::IntoArgument<sdk::List<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("command", value))
    }

    /// List of string, optional.
    #[track_caller]
    pub fn entry_point<M>(self, value: impl sdk::IntoArgument<sdk::List<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("entry_point", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn working_directory<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("working_directory", value))
    }
}

sdk::attributes!("image_config", ImageConfigAttributes);

impl ImageConfigAttributes {
    /// List of string, optional.
    pub fn command(&self) -> sdk::Expr<sdk::List<sdk::Str>> {
        self.0.read("command")
    }

    /// List of string, optional.
    pub fn entry_point(&self) -> sdk::Expr<sdk::List<sdk::Str>> {
        self.0.read("entry_point")
    }

    /// String, optional.
    pub fn working_directory(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("working_directory")
    }
}

/// A block `logging_config`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct LoggingConfig<LogFormat> {
    /// String, required.
    pub log_format: LogFormat,
}

sdk::literal!("logging_config", LoggingConfig => LoggingConfigBlock {
    log_format: LogFormat [sdk::IntoExpr<sdk::Str>] set_typed("log_format"),
});

impl LoggingConfigBlock {
    /// String, optional.
    #[track_caller]
    pub fn application_log_level<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("application_log_level", value))
    }

    /// String, optional, computed where not set.
    #[track_caller]
    pub fn log_group<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("log_group", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn system_log_level<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("system_log_level", value))
    }
}

sdk::attributes!("logging_config", LoggingConfigAttributes);

impl LoggingConfigAttributes {
    /// String, optional.
    pub fn application_log_level(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("application_log_level")
    }

    /// String, required.
    pub fn log_format(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("log_format")
    }

    /// String, optional, computed where not set.
    pub fn log_group(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("log_group")
    }

    /// String, optional.
    pub fn system_log_level(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("system_log_level")
    }
}

/// A block `snap_start`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct SnapStart<ApplyOn> {
    /// String, required.
    pub apply_on: ApplyOn,
}

sdk::literal!("snap_start", SnapStart => SnapStartBlock {
    apply_on: ApplyOn [sdk::IntoExpr<sdk::Str>] set_typed("apply_on"),
});

sdk::attributes!("snap_start", SnapStartAttributes);

impl SnapStartAttributes {
    /// String, required.
    pub fn apply_on(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("apply_on")
    }

    /// String, computed.
    pub fn optimization_status(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("optimization_status")
    }
}

/// A block `tenancy_config`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct TenancyConfig<TenantIsolationMode> {
    /// String, required.
    pub tenant_isolation_mode: TenantIsolationMode,
}

sdk::literal!("tenancy_config", TenancyConfig => TenancyConfigBlock {
    tenant_isolation_mode: TenantIsolationMode [sdk::IntoExpr<sdk::Str>] set_typed("tenant_isolation_mode"),
});

sdk::attributes!("tenancy_config", TenancyConfigAttributes);

impl TenancyConfigAttributes {
    /// String, required.
    pub fn tenant_isolation_mode(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("tenant_isolation_mode")
    }
}

sdk::block!("timeouts", Timeouts);

impl Timeouts {
    /// String, optional.
    #[track_caller]
    pub fn create<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("create", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn delete<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("delete", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn update<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("update", value))
    }
}

sdk::attributes!("timeouts", TimeoutsAttributes);

impl TimeoutsAttributes {
    /// String, optional.
    pub fn create(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("create")
    }

    /// String, optional.
    pub fn delete(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("delete")
    }

    /// String, optional.
    pub fn update(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("update")
    }
}

/// A block `tracing_config`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct TracingConfig<Mode> {
    /// String, required.
    pub mode: Mode,
}

sdk::literal!("tracing_config", TracingConfig => TracingConfigBlock {
    mode: Mode [sdk::IntoExpr<sdk::Str>] set_typed("mode"),
});

sdk::attributes!("tracing_config", TracingConfigAttributes);

impl TracingConfigAttributes {
    /// String, required.
    pub fn mode(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("mode")
    }
}

/// A block `vpc_config`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct VpcConfig<SecurityGroupIds, SubnetIds> {
    /// Set of string, required.
    pub security_group_ids: SecurityGroupIds,
    /// Set of string, required.
    pub subnet_ids: SubnetIds,
}

sdk::literal!("vpc_config", VpcConfig => VpcConfigBlock {
    security_group_ids: SecurityGroupIds [sdk::IntoExpr<sdk::Set<sdk::Str>>] set_typed("security_group_ids"),
    subnet_ids: SubnetIds [sdk::IntoExpr<sdk::Set<sdk::Str>>] set_typed("subnet_ids"),
});

impl VpcConfigBlock {
    /// Bool, optional.
    #[track_caller]
    pub fn ipv6_allowed_for_dual_stack<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Bool, M>,
    ) -> Self {
        Self(self.0.set_typed("ipv6_allowed_for_dual_stack", value))
    }
}

sdk::attributes!("vpc_config", VpcConfigAttributes);

impl VpcConfigAttributes {
    /// Bool, optional.
    pub fn ipv6_allowed_for_dual_stack(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("ipv6_allowed_for_dual_stack")
    }

    /// Set of string, required.
    pub fn security_group_ids(&self) -> sdk::Expr<sdk::Set<sdk::Str>> {
        self.0.read("security_group_ids")
    }

    /// Set of string, required.
    pub fn subnet_ids(&self) -> sdk::Expr<sdk::Set<sdk::Str>> {
        self.0.read("subnet_ids")
    }

    /// String, computed.
    pub fn vpc_id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("vpc_id")
    }
}
