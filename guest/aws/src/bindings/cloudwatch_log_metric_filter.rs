//! The resource `aws_cloudwatch_log_metric_filter`.

use ::tapwasm_guest::typed as sdk;
use sdk::Readable as _;

sdk::resource!(
    "aws_cloudwatch_log_metric_filter",
    CloudwatchLogMetricFilter,
    CloudwatchLogMetricFilterBuilder
);

/// Starts a resource `aws_cloudwatch_log_metric_filter`.
#[track_caller]
pub fn cloudwatch_log_metric_filter<
    LogGroupName: sdk::IntoExpr<sdk::Str>,
    Name: sdk::IntoExpr<sdk::Str>,
    Pattern: sdk::IntoExpr<sdk::Str>,
    MetricTransformation_: sdk::IntoBlocks<MetricTransformationBlock, sdk::ExactlyOne>,
>(
    scope: sdk::Scope,
    name: impl AsRef<str>,
    required: Required<LogGroupName, Name, Pattern, MetricTransformation_>,
) -> CloudwatchLogMetricFilterBuilder {
    CloudwatchLogMetricFilterBuilder(
        scope
            .resource("aws_cloudwatch_log_metric_filter", name)
            .set_typed("log_group_name", required.log_group_name)
            .set_typed("name", required.name)
            .set_typed("pattern", required.pattern)
            .set_blocks("metric_transformation", required.metric_transformation),
    )
}

/// What `aws_cloudwatch_log_metric_filter` cannot be without.
pub struct Required<LogGroupName, Name, Pattern, MetricTransformation_> {
    /// String, required.
    pub log_group_name: LogGroupName,
    /// String, required.
    pub name: Name,
    /// String, required.
    pub pattern: Pattern,
    /// Block, required.
    pub metric_transformation: MetricTransformation_,
}

impl<I> CloudwatchLogMetricFilterBuilder<I> {
    /// Bool, optional, computed where not set.
    #[track_caller]
    pub fn apply_on_transformed_logs<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("apply_on_transformed_logs", value))
    }

    /// String, optional, computed where not set.
    #[track_caller]
    pub fn id<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("id", value))
    }

    /// String, optional, computed where not set.
    ///
    /// Region where this resource will be [managed](https://docs.aws.amazon.com/general/latest/gr/rande.html#regional-endpoints). Defaults to the Region set in the [provider configuration](https://registry.terraform.io/providers/hashicorp/aws/latest/docs#aws-configuration-reference).
    #[track_caller]
    pub fn region<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("region", value))
    }
}

impl<S: sdk::Readable> CloudwatchLogMetricFilter<S> {
    /// Bool, optional, computed where not set.
    pub fn apply_on_transformed_logs(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("apply_on_transformed_logs")
    }

    /// String, optional, computed where not set.
    pub fn id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("id")
    }

    /// String, required.
    pub fn log_group_name(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("log_group_name")
    }

    /// String, required.
    pub fn name(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("name")
    }

    /// String, required.
    pub fn pattern(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("pattern")
    }

    /// String, optional, computed where not set.
    ///
    /// Region where this resource will be [managed](https://docs.aws.amazon.com/general/latest/gr/rande.html#regional-endpoints). Defaults to the Region set in the [provider configuration](https://registry.terraform.io/providers/hashicorp/aws/latest/docs#aws-configuration-reference).
    pub fn region(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("region")
    }

    /// Block, required.
    pub fn metric_transformation(&self) -> sdk::Expr<sdk::List<MetricTransformationAttributes>> {
        self.0.read("metric_transformation")
    }
}

/// A block `metric_transformation`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct MetricTransformation<Name, Namespace, Value> {
    /// String, required.
    pub name: Name,
    /// String, required.
    pub namespace: Namespace,
    /// String, required.
    pub value: Value,
}

sdk::literal!("metric_transformation", MetricTransformation => MetricTransformationBlock {
    name: Name [sdk::IntoExpr<sdk::Str>] set_typed("name"),
    namespace: Namespace [sdk::IntoExpr<sdk::Str>] set_typed("namespace"),
    value: Value [sdk::IntoExpr<sdk::Str>] set_typed("value"),
});

impl MetricTransformationBlock {
    /// String, optional.
    #[track_caller]
    pub fn default_value<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("default_value", value))
    }

    /// Map of string, optional.
    #[track_caller]
    pub fn dimensions<M>(self, value: impl sdk::IntoArgument<sdk::Map<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("dimensions", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn unit<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("unit", value))
    }
}

sdk::attributes!("metric_transformation", MetricTransformationAttributes);

impl MetricTransformationAttributes {
    /// String, optional.
    pub fn default_value(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("default_value")
    }

    /// Map of string, optional.
    pub fn dimensions(&self) -> sdk::Expr<sdk::Map<sdk::Str>> {
        self.0.read("dimensions")
    }

    /// String, required.
    pub fn name(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("name")
    }

    /// String, required.
    pub fn namespace(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("namespace")
    }

    /// String, optional.
    pub fn unit(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("unit")
    }

    /// String, required.
    pub fn value(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("value")
    }
}
