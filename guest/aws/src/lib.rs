//! The AWS provider in typed words: a function, a builder and a handle for each of its resources and data sources that stacks here use,
//! generated from its schema. `use tapwasm_aws::{KmsKey, kms_key};` imports the handle's type, and the function with the module of the rest.
//! What is missing here goes through [`Stack::resource`](tapwasm_guest::Stack::resource), beside it.
//!
//! ```
//! use tapwasm_aws::cloudwatch_log_metric_filter::{self, MetricTransformation, cloudwatch_log_metric_filter};
//! use tapwasm_aws::lambda_function::{self, Environment, FileSystemConfig, VpcConfig, lambda_function};
//! use tapwasm_aws::provider::{DefaultTags, provider};
//! use tapwasm_aws::{data, kms_key};
//! use tapwasm_guest::{Result, Stack, dynamic, json, tf};
//!
//! fn build() -> Result {
//!     let stack = Stack::new("payments");
//!     provider(stack).region("eu-central-1").default_tags(DefaultTags::new().tags([("Team", "payments")])).declare();
//!
//!     let account = data::caller_identity(stack, "current").declare().account_id();
//!     let policy = json!({
//!         "Version": "2012-10-17",
//!         "Statement": [
//!             { "Effect": "Allow", "Principal": { "AWS": tf!("arn:aws:iam::{account}:root") }, "Action": "kms:*", "Resource": "*" },
//!         ],
//!     });
//!     let key = kms_key(stack, "logs").deletion_window_in_days(7).policy(policy.to_json()).declare();
//!
//!     // What is required is a literal: what is forgotten of it, the compiler names.
//!     let required = lambda_function::Required { function_name: "pay", role: tf!("arn:aws:iam::{account}:role/pay") };
//!     let file_systems = stack.variable("file_systems").declare();
//!     let layers = None::<[&str; 1]>;
//!     let function = lambda_function(stack, "pay", required)
//!         .handler("pay.handler")
//!         .layers(layers)
//!         .kms_key_arn(key.arn())
//!         .environment(Environment::new().variables([("LOG_LEVEL", "INFO")]))
//!         .file_system_config(dynamic(file_systems, |path, arn| FileSystemConfig { arn, local_mount_path: path }))
//!         .vpc_config(VpcConfig { subnet_ids: ["subnet-1"], security_group_ids: ["sg-1"] })
//!         .declare();
//!
//!     let required = cloudwatch_log_metric_filter::Required {
//!         name: "latency",
//!         pattern: "[time, latency]",
//!         log_group_name: tf!("/aws/lambda/{}", function.function_name()),
//!         metric_transformation: MetricTransformation { name: "Latency", namespace: "Pay", value: "$latency" }
//!             .with()
//!             .unit("Milliseconds"),
//!     };
//!     cloudwatch_log_metric_filter(stack, "latency", required).declare();
//!     stack.output("subnets").value(function.vpc_config().at(0).subnet_ids()).declare();
//!     Ok(())
//! }
//!
//! let evaluated = tapwasm_guest::testing::evaluate(build, "{}");
//! let stack = evaluated.stack("payments");
//! let function = stack.resource("aws_lambda_function.pay");
//! assert_eq!(function.argument("kms_key_arn").to_string(), "aws_kms_key.logs.arn");
//! assert_eq!(function.block("environment").argument("variables").to_string(), r#"{ "LOG_LEVEL" = "INFO" }"#);
//! assert_eq!(stack.output("subnets").argument("value").to_string(), "aws_lambda_function.pay.vpc_config[0].subnet_ids");
//! ```

mod bindings;

pub use bindings::*;
