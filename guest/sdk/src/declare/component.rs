//! The name for a stack where it stands for a scope.

use super::Stack;

/// Where a component declares: a [`Stack`] with the path that [`Stack::scope`] gave it.
///
/// A component is what Rust has for reuse: a function or a struct's function with typed arguments, which declares under the scope that it is
/// given and returns handles and expressions. Nothing has to be derived or registered, and components nest as scopes do. One that is used
/// twice under one scope declares addresses twice: that is an error which names both places.
///
/// ```
/// use tapwasm_guest::{Expr, Handle, IntoExpr, Result, Scope, Stack, Str, json};
///
/// /// A queue with the queue for what failed, and an alarm on that.
/// pub struct Jobs {
///     pub queue: Handle,
///     pub url: Expr<Str>,
/// }
///
/// impl Jobs {
///     #[track_caller]
///     pub fn declare(scope: Scope, attempts: u32, alarm_topic: impl IntoExpr<Str>) -> Jobs {
///         let failed = scope.resource("aws_sqs_queue", "failed").set("message_retention_seconds", 1_209_600).declare();
///         let redrive = json!({ "deadLetterTargetArn": failed.get("arn"), "maxReceiveCount": attempts });
///         let queue = scope.resource("aws_sqs_queue", "jobs").set("redrive_policy", redrive.to_json()).declare();
///         scope
///             .resource("aws_cloudwatch_metric_alarm", "failed")
///             .set("alarm_name", "jobs failed")
///             .set("comparison_operator", "GreaterThanThreshold")
///             .set("evaluation_periods", 1)
///             .set("namespace", "AWS/SQS")
///             .set("metric_name", "ApproximateNumberOfMessagesVisible")
///             .set("dimensions", json!({ "QueueName": failed.get("name") }))
///             .set("alarm_actions", [Expr::<Str>::of(alarm_topic)])
///             .declare();
///         Jobs { queue, url: queue.attr("url") }
///     }
/// }
///
/// fn build() -> Result {
///     let stack = Stack::new("shop");
///     let alarms = stack.resource("aws_sns_topic", "alarms").declare();
///     for region in ["north", "south"] {
///         let jobs = Jobs::declare(stack.scope(region).scope("jobs"), 5, alarms.attr::<Str>("arn"));
///         stack.output(&format!("{region}_jobs")).set("value", jobs.url).declare();
///     }
///     Ok(())
/// }
/// # let evaluated = tapwasm_guest::testing::evaluate(build, "{}");
/// # assert!(evaluated.stack("shop").addresses().iter().any(|address| address.starts_with("aws_sqs_queue.north_jobs_")));
/// ```
pub type Scope = Stack;
