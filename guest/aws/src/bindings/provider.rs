//! The provider `aws`.

use ::tapwasm_guest::typed as sdk;

sdk::provider!("aws", ProviderBuilder);

/// Starts a configuration of the provider `aws`.
#[track_caller]
pub fn provider(scope: sdk::Scope) -> ProviderBuilder {
    ProviderBuilder(scope.provider("aws"))
}

impl ProviderBuilder {
    /// String, optional.
    #[track_caller]
    pub fn access_key<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("access_key", value))
    }

    /// Set of string, optional.
    #[track_caller]
    pub fn allowed_account_ids<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Set<sdk::Str>, M>,
    ) -> Self {
        Self(self.0.set_typed("allowed_account_ids", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn custom_ca_bundle<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("custom_ca_bundle", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ec2_metadata_service_endpoint<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Str, M>,
    ) -> Self {
        Self(self.0.set_typed("ec2_metadata_service_endpoint", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ec2_metadata_service_endpoint_mode<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Str, M>,
    ) -> Self {
        Self(
            self.0
                .set_typed("ec2_metadata_service_endpoint_mode", value),
        )
    }

    /// Set of string, optional.
    #[track_caller]
    pub fn forbidden_account_ids<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Set<sdk::Str>, M>,
    ) -> Self {
        Self(self.0.set_typed("forbidden_account_ids", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn http_proxy<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("http_proxy", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn https_proxy<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("https_proxy", value))
    }

    /// Bool, optional.
    #[track_caller]
    pub fn insecure<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("insecure", value))
    }

    /// Number, optional.
    #[track_caller]
    pub fn max_retries<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("max_retries", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn no_proxy<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("no_proxy", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn profile<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("profile", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn region<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("region", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn retry_mode<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("retry_mode", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn s3_us_east_1_regional_endpoint<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Str, M>,
    ) -> Self {
        Self(self.0.set_typed("s3_us_east_1_regional_endpoint", value))
    }

    /// Bool, optional.
    #[track_caller]
    pub fn s3_use_path_style<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("s3_use_path_style", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn secret_key<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("secret_key", value))
    }

    /// List of string, optional.
    #[track_caller]
    pub fn shared_config_files<M>(
        self,
        value: impl sdk::IntoArgument<sdk::List<sdk::Str>, M>,
    ) -> Self {
        Self(self.0.set_typed("shared_config_files", value))
    }

    /// List of string, optional.
    #[track_caller]
    pub fn shared_credentials_files<M>(
        self,
        value: impl sdk::IntoArgument<sdk::List<sdk::Str>, M>,
    ) -> Self {
        Self(self.0.set_typed("shared_credentials_files", value))
    }

    /// Bool, optional.
    #[track_caller]
    pub fn skip_credentials_validation<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Bool, M>,
    ) -> Self {
        Self(self.0.set_typed("skip_credentials_validation", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn skip_metadata_api_check<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("skip_metadata_api_check", value))
    }

    /// Bool, optional.
    #[track_caller]
    pub fn skip_region_validation<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("skip_region_validation", value))
    }

    /// Bool, optional.
    #[track_caller]
    pub fn skip_requesting_account_id<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Bool, M>,
    ) -> Self {
        Self(self.0.set_typed("skip_requesting_account_id", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn sts_region<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("sts_region", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn tag_policy_compliance<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("tag_policy_compliance", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn token<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("token", value))
    }

    /// Number, optional.
    #[track_caller]
    pub fn token_bucket_rate_limiter_capacity<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Num, M>,
    ) -> Self {
        Self(
            self.0
                .set_typed("token_bucket_rate_limiter_capacity", value),
        )
    }

    /// Bool, optional.
    #[track_caller]
    pub fn use_dualstack_endpoint<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("use_dualstack_endpoint", value))
    }

    /// Bool, optional.
    #[track_caller]
    pub fn use_fips_endpoint<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("use_fips_endpoint", value))
    }

    /// List of string, optional.
    #[track_caller]
    pub fn user_agent<M>(self, value: impl sdk::IntoArgument<sdk::List<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("user_agent", value))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn assume_role(self, blocks: impl sdk::IntoBlocks<AssumeRole, sdk::AnyNumber>) -> Self {
        Self(self.0.set_blocks("assume_role", blocks))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn assume_role_with_web_identity(
        self,
        blocks: impl sdk::IntoBlocks<AssumeRoleWithWebIdentity, sdk::AnyNumber>,
    ) -> Self {
        Self(self.0.set_blocks("assume_role_with_web_identity", blocks))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn default_tags(self, blocks: impl sdk::IntoBlocks<DefaultTags, sdk::AnyNumber>) -> Self {
        Self(self.0.set_blocks("default_tags", blocks))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn endpoints(self, blocks: impl sdk::IntoBlocks<Endpoints, sdk::AnyNumber>) -> Self {
        Self(self.0.set_blocks("endpoints", blocks))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn ignore_tags(self, blocks: impl sdk::IntoBlocks<IgnoreTags, sdk::AnyNumber>) -> Self {
        Self(self.0.set_blocks("ignore_tags", blocks))
    }
}

sdk::block!("assume_role", AssumeRole);

impl AssumeRole {
    /// String, optional.
    #[track_caller]
    pub fn duration<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("duration", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn external_id<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("external_id", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn policy<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("policy", value))
    }

    /// Set of string, optional.
    #[track_caller]
    pub fn policy_arns<M>(self, value: impl sdk::IntoArgument<sdk::Set<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("policy_arns", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn role_arn<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("role_arn", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn session_name<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("session_name", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn source_identity<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("source_identity", value))
    }

    /// Map of string, optional.
    #[track_caller]
    pub fn tags<M>(self, value: impl sdk::IntoArgument<sdk::Map<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("tags", value))
    }

    /// Set of string, optional.
    #[track_caller]
    pub fn transitive_tag_keys<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Set<sdk::Str>, M>,
    ) -> Self {
        Self(self.0.set_typed("transitive_tag_keys", value))
    }
}

sdk::block!("assume_role_with_web_identity", AssumeRoleWithWebIdentity);

impl AssumeRoleWithWebIdentity {
    /// String, optional.
    #[track_caller]
    pub fn duration<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("duration", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn policy<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("policy", value))
    }

    /// Set of string, optional.
    #[track_caller]
    pub fn policy_arns<M>(self, value: impl sdk::IntoArgument<sdk::Set<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("policy_arns", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn role_arn<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("role_arn", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn session_name<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("session_name", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn web_identity_token<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("web_identity_token", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn web_identity_token_file<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("web_identity_token_file", value))
    }
}

sdk::block!("default_tags", DefaultTags);

impl DefaultTags {
    /// Map of string, optional.
    #[track_caller]
    pub fn tags<M>(self, value: impl sdk::IntoArgument<sdk::Map<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("tags", value))
    }
}

sdk::block!("endpoints", Endpoints);

impl Endpoints {
    /// String, optional.
    #[track_caller]
    pub fn accessanalyzer<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("accessanalyzer", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn account<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("account", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn acm<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("acm", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn acmpca<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("acmpca", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn amg<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("amg", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn amp<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("amp", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn amplify<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("amplify", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn apigateway<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("apigateway", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn apigatewayv2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("apigatewayv2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn appautoscaling<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("appautoscaling", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn appconfig<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("appconfig", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn appfabric<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("appfabric", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn appflow<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("appflow", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn appintegrations<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("appintegrations", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn appintegrationsservice<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("appintegrationsservice", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn applicationautoscaling<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("applicationautoscaling", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn applicationinsights<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("applicationinsights", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn applicationsignals<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("applicationsignals", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn appmesh<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("appmesh", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn appregistry<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("appregistry", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn apprunner<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("apprunner", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn appstream<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("appstream", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn appsync<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("appsync", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn arcregionswitch<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("arcregionswitch", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn arczonalshift<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("arczonalshift", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn athena<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("athena", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn auditmanager<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("auditmanager", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn autoscaling<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("autoscaling", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn autoscalingplans<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("autoscalingplans", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn backup<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("backup", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn batch<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("batch", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn bcmdataexports<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("bcmdataexports", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn beanstalk<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("beanstalk", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn bedrock<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("bedrock", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn bedrockagent<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("bedrockagent", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn bedrockagentcore<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("bedrockagentcore", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn billing<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("billing", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn budgets<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("budgets", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ce<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ce", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn chatbot<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("chatbot", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn chime<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("chime", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn chimesdkmediapipelines<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("chimesdkmediapipelines", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn chimesdkvoice<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("chimesdkvoice", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cleanrooms<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cleanrooms", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloud9<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloud9", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudcontrol<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloudcontrol", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudcontrolapi<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloudcontrolapi", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudformation<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloudformation", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudfront<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloudfront", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudfrontkeyvaluestore<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloudfrontkeyvaluestore", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudhsm<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloudhsm", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudhsmv2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloudhsmv2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudsearch<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloudsearch", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudtrail<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloudtrail", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudwatch<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloudwatch", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudwatchevents<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloudwatchevents", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudwatchevidently<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloudwatchevidently", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudwatchlog<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloudwatchlog", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudwatchlogs<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloudwatchlogs", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudwatchobservabilityaccessmanager<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Str, M>,
    ) -> Self {
        Self(
            self.0
                .set_typed("cloudwatchobservabilityaccessmanager", value),
        )
    }

    /// String, optional.
    #[track_caller]
    pub fn cloudwatchrum<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cloudwatchrum", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn codeartifact<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("codeartifact", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn codebuild<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("codebuild", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn codecatalyst<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("codecatalyst", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn codecommit<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("codecommit", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn codeconnections<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("codeconnections", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn codedeploy<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("codedeploy", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn codeguruprofiler<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("codeguruprofiler", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn codegurureviewer<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("codegurureviewer", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn codepipeline<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("codepipeline", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn codestarconnections<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("codestarconnections", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn codestarnotifications<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("codestarnotifications", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cognitoidentity<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cognitoidentity", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cognitoidentityprovider<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cognitoidentityprovider", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cognitoidp<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cognitoidp", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn comprehend<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("comprehend", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn computeoptimizer<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("computeoptimizer", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn config<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("config", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn configservice<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("configservice", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn connect<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("connect", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn connectcases<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("connectcases", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn controltower<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("controltower", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn costandusagereportservice<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("costandusagereportservice", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn costexplorer<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("costexplorer", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn costoptimizationhub<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("costoptimizationhub", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn cur<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("cur", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn customerprofiles<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("customerprofiles", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn databasemigration<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("databasemigration", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn databasemigrationservice<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("databasemigrationservice", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn databrew<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("databrew", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn dataexchange<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("dataexchange", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn datapipeline<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("datapipeline", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn datasync<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("datasync", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn datazone<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("datazone", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn dax<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("dax", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn deploy<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("deploy", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn detective<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("detective", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn devicefarm<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("devicefarm", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn devopsguru<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("devopsguru", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn directconnect<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("directconnect", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn directoryservice<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("directoryservice", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn dlm<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("dlm", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn dms<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("dms", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn docdb<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("docdb", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn docdbelastic<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("docdbelastic", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn drs<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("drs", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ds<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ds", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn dsql<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("dsql", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn dynamodb<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("dynamodb", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ec2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ec2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ecr<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ecr", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ecrpublic<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ecrpublic", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ecs<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ecs", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn efs<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("efs", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn eks<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("eks", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn elasticache<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("elasticache", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn elasticbeanstalk<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("elasticbeanstalk", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn elasticloadbalancing<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("elasticloadbalancing", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn elasticloadbalancingv2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("elasticloadbalancingv2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn elasticsearch<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("elasticsearch", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn elasticsearchservice<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("elasticsearchservice", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn elastictranscoder<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("elastictranscoder", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn elb<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("elb", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn elbv2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("elbv2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn emr<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("emr", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn emrcontainers<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("emrcontainers", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn emrserverless<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("emrserverless", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn es<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("es", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn eventbridge<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("eventbridge", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn events<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("events", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn evidently<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("evidently", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn evs<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("evs", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn finspace<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("finspace", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn firehose<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("firehose", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn fis<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("fis", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn fms<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("fms", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn fsx<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("fsx", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn gamelift<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("gamelift", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn glacier<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("glacier", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn globalaccelerator<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("globalaccelerator", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn glue<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("glue", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn gluedatabrew<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("gluedatabrew", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn grafana<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("grafana", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn greengrass<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("greengrass", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn groundstation<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("groundstation", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn guardduty<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("guardduty", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn healthlake<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("healthlake", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn iam<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("iam", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn identitystore<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("identitystore", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn imagebuilder<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("imagebuilder", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn inspector<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("inspector", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn inspector2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("inspector2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn inspectorv2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("inspectorv2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn internetmonitor<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("internetmonitor", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn invoicing<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("invoicing", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn iot<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("iot", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ivs<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ivs", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ivschat<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ivschat", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn kafka<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("kafka", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn kafkaconnect<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("kafkaconnect", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn kendra<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("kendra", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn keyspaces<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("keyspaces", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn kinesis<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("kinesis", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn kinesisanalytics<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("kinesisanalytics", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn kinesisanalyticsv2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("kinesisanalyticsv2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn kinesisvideo<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("kinesisvideo", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn kms<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("kms", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn lakeformation<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("lakeformation", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn lambda<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("lambda", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn launchwizard<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("launchwizard", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn lex<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("lex", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn lexmodelbuilding<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("lexmodelbuilding", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn lexmodelbuildingservice<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("lexmodelbuildingservice", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn lexmodels<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("lexmodels", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn lexmodelsv2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("lexmodelsv2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn lexv2models<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("lexv2models", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn licensemanager<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("licensemanager", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn lightsail<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("lightsail", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn location<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("location", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn locationservice<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("locationservice", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn logs<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("logs", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn m2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("m2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn macie2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("macie2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn managedgrafana<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("managedgrafana", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn mediaconnect<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("mediaconnect", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn mediaconvert<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("mediaconvert", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn medialive<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("medialive", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn mediapackage<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("mediapackage", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn mediapackagev2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("mediapackagev2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn mediapackagevod<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("mediapackagevod", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn mediastore<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("mediastore", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn memorydb<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("memorydb", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn mgn<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("mgn", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn mq<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("mq", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn msk<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("msk", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn mwaa<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("mwaa", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn mwaaserverless<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("mwaaserverless", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn neptune<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("neptune", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn neptunegraph<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("neptunegraph", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn networkfirewall<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("networkfirewall", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn networkflowmonitor<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("networkflowmonitor", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn networkmanager<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("networkmanager", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn networkmonitor<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("networkmonitor", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn notifications<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("notifications", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn notificationscontacts<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("notificationscontacts", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn oam<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("oam", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn observabilityadmin<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("observabilityadmin", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn odb<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("odb", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn opensearch<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("opensearch", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn opensearchingestion<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("opensearchingestion", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn opensearchserverless<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("opensearchserverless", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn opensearchservice<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("opensearchservice", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn organizations<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("organizations", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn osis<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("osis", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn outposts<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("outposts", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn paymentcryptography<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("paymentcryptography", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn pcaconnectorad<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("pcaconnectorad", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn pcs<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("pcs", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn pinpoint<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("pinpoint", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn pinpointsmsvoicev2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("pinpointsmsvoicev2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn pipes<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("pipes", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn polly<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("polly", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn pricing<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("pricing", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn prometheus<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("prometheus", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn prometheusservice<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("prometheusservice", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn qbusiness<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("qbusiness", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn qldb<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("qldb", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn quicksight<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("quicksight", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ram<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ram", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn rbin<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("rbin", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn rds<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("rds", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn rdsdata<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("rdsdata", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn rdsdataservice<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("rdsdataservice", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn recyclebin<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("recyclebin", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn redshift<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("redshift", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn redshiftdata<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("redshiftdata", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn redshiftdataapiservice<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("redshiftdataapiservice", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn redshiftserverless<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("redshiftserverless", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn rekognition<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("rekognition", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn resiliencehub<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("resiliencehub", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn resourceexplorer2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("resourceexplorer2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn resourcegroups<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("resourcegroups", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn resourcegroupstagging<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("resourcegroupstagging", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn resourcegroupstaggingapi<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("resourcegroupstaggingapi", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn rolesanywhere<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("rolesanywhere", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn route53<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("route53", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn route53domains<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("route53domains", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn route53profiles<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("route53profiles", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn route53recoverycontrolconfig<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Str, M>,
    ) -> Self {
        Self(self.0.set_typed("route53recoverycontrolconfig", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn route53recoveryreadiness<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("route53recoveryreadiness", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn route53resolver<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("route53resolver", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn rum<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("rum", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn s3<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("s3", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn s3api<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("s3api", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn s3control<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("s3control", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn s3outposts<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("s3outposts", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn s3tables<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("s3tables", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn s3vectors<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("s3vectors", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn sagemaker<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("sagemaker", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn scheduler<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("scheduler", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn schemas<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("schemas", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn secretsmanager<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("secretsmanager", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn securityhub<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("securityhub", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn securitylake<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("securitylake", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn serverlessapplicationrepository<M>(
        self,
        value: impl sdk::IntoArgument<sdk::Str, M>,
    ) -> Self {
        Self(self.0.set_typed("serverlessapplicationrepository", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn serverlessapprepo<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("serverlessapprepo", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn serverlessrepo<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("serverlessrepo", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn servicecatalog<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("servicecatalog", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn servicecatalogappregistry<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("servicecatalogappregistry", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn servicediscovery<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("servicediscovery", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn servicequotas<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("servicequotas", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ses<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ses", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn sesv2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("sesv2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn sfn<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("sfn", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn shield<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("shield", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn signer<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("signer", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn sns<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("sns", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn sqs<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("sqs", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ssm<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ssm", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ssmcontacts<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ssmcontacts", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ssmincidents<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ssmincidents", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ssmquicksetup<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ssmquicksetup", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ssmsap<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ssmsap", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn sso<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("sso", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn ssoadmin<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("ssoadmin", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn stepfunctions<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("stepfunctions", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn storagegateway<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("storagegateway", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn sts<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("sts", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn swf<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("swf", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn synthetics<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("synthetics", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn taxsettings<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("taxsettings", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn timestreaminfluxdb<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("timestreaminfluxdb", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn timestreamquery<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("timestreamquery", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn timestreamwrite<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("timestreamwrite", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn transcribe<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("transcribe", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn transcribeservice<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("transcribeservice", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn transfer<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("transfer", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn verifiedpermissions<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("verifiedpermissions", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn vpclattice<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("vpclattice", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn waf<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("waf", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn wafregional<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("wafregional", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn wafv2<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("wafv2", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn wellarchitected<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("wellarchitected", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn workmail<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("workmail", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn workspaces<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("workspaces", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn workspacesweb<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("workspacesweb", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn xray<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("xray", value))
    }
}

sdk::block!("ignore_tags", IgnoreTags);

impl IgnoreTags {
    /// Set of string, optional.
    #[track_caller]
    pub fn key_prefixes<M>(self, value: impl sdk::IntoArgument<sdk::Set<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("key_prefixes", value))
    }

    /// Set of string, optional.
    #[track_caller]
    pub fn keys<M>(self, value: impl sdk::IntoArgument<sdk::Set<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("keys", value))
    }
}
