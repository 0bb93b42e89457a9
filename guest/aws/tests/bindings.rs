//! What the bindings declare: AWS's own shapes, as Terraform takes them.

use tapwasm_aws::cloudwatch_log_metric_filter::{self, MetricTransformation, cloudwatch_log_metric_filter};
use tapwasm_aws::lambda_function::{self, Environment, TracingConfig, VpcConfig, lambda_function};
use tapwasm_aws::provider::{AssumeRole, DefaultTags, provider};
use tapwasm_aws::s3_bucket_lifecycle_configuration::{self as lifecycle, And, Expiration, Filter, Rule, Transition};
use tapwasm_aws::security_group::{Ingress, security_group};
use tapwasm_aws::{LambdaFunction, data, ephemeral, kms_key, s3_bucket_lifecycle_configuration};
use tapwasm_guest::testing::{EvaluatedStack, evaluate};
use tapwasm_guest::{Expr, List, Result, Set, Stack, Str, Value, dynamic, json, tf};

fn demo(declare: impl Fn(Stack) + Copy) -> EvaluatedStack {
    let evaluated = evaluate(
        move || -> Result {
            declare(Stack::new("demo"));
            Ok(())
        },
        "{}",
    );
    assert_eq!(evaluated.failure, None);
    evaluated.stack("demo").clone()
}

#[test]
fn a_function_reads_what_others_are() {
    let stack = demo(|stack| {
        let account: Expr<Str> = data::caller_identity(stack, "current").declare().account_id();
        let key = kms_key(stack, "key").deletion_window_in_days(7).description(None::<&str>).declare();
        let required = lambda_function::Required { function_name: "pay", role: tf!("arn:aws:iam::{account}:role/pay") };
        let function: LambdaFunction = lambda_function(stack, "pay", required)
            .kms_key_arn(key.arn())
            .environment(Environment::new().variables([("KEY", key.key_id())]))
            .tracing_config(Some(TracingConfig { mode: "Active" }))
            .vpc_config(VpcConfig { subnet_ids: ["subnet-1"], security_group_ids: Vec::<String>::new() }.with())
            .depends_on([key])
            .declare();
        let subnets: Expr<Set<Str>> = function.vpc_config().at(0).subnet_ids();
        let modes: Expr<List<Str>> = function.tracing_config().all(|tracing| tracing.mode());
        stack.output("read").value(json!([subnets, modes, function.timeouts().create()])).declare();
    });
    let function = stack.resource("aws_lambda_function.pay");
    assert_eq!(
        function.argument("role").to_string(),
        r#""arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/pay""#
    );
    assert_eq!(function.block("environment").argument("variables").to_string(), r#"{ "KEY" = aws_kms_key.key.key_id }"#);
    assert_eq!(function.block("tracing_config").argument("mode"), "Active");
    assert_eq!(function.block("vpc_config").argument("security_group_ids").to_string(), "[]");
    assert_eq!(stack.resource("aws_kms_key.key").arguments(), ["deletion_window_in_days"]);
    assert_eq!(
        stack.output("read").argument("value").to_string(),
        "[aws_lambda_function.pay.vpc_config[0].subnet_ids, aws_lambda_function.pay.tracing_config[*].mode, \
         aws_lambda_function.pay.timeouts.create]"
    );
}

#[test]
fn a_required_block_is_a_literal_or_what_comes_of_it() {
    let stack = demo(|stack| {
        let metric = || MetricTransformation { name: "m", namespace: "n", value: "1" };
        for (name, unit) in [("with", Some("Count")), ("without", None)] {
            let metric_transformation = metric().with().unit(unit);
            let required =
                cloudwatch_log_metric_filter::Required { name, pattern: "p", log_group_name: "g", metric_transformation };
            cloudwatch_log_metric_filter(stack, name, required).declare();
        }
        let metric_transformation = metric();
        let required =
            cloudwatch_log_metric_filter::Required { name: "plain", pattern: "p", log_group_name: "g", metric_transformation };
        cloudwatch_log_metric_filter(stack, "plain", required).declare();
    });
    let metric = |name: &str| {
        stack.resource(&format!("aws_cloudwatch_log_metric_filter.{name}")).block("metric_transformation").arguments().join(" ")
    };
    assert_eq!(metric("with"), "name namespace value unit");
    assert_eq!(metric("without"), "name namespace value");
    assert_eq!(metric("plain"), "name namespace value");
}

#[test]
fn attributes_that_look_like_blocks_are_objects_with_every_attribute() {
    let stack = demo(|stack| {
        let rules: Value = stack.variable("rules").declare().value();
        let open = security_group(stack, "open")
            .ingress([Ingress::new().from_port(443).to_port(443).protocol("tcp").cidr_blocks(["0.0.0.0/0"])])
            .egress(Vec::<tapwasm_aws::security_group::Egress>::new())
            .declare();
        security_group(stack, "same").ingress(open.ingress()).egress(rules).declare();
    });
    let open = stack.resource("aws_security_group.open");
    let rule = &open.argument("ingress").items()[0];
    let set = r#"{ "from_port" = 443, "to_port" = 443, "protocol" = "tcp", "cidr_blocks" = ["0.0.0.0/0"], "#;
    let unset = ["description", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups", "self"];
    let unset = unset.map(|name| format!("\"{name}\" = null")).join(", ");
    assert_eq!(rule.to_string(), format!("{set}{unset} }}"));
    assert_eq!(open.argument("egress").to_string(), "[]");
    let same = stack.resource("aws_security_group.same");
    assert_eq!(same.argument("ingress").to_string(), "aws_security_group.open.ingress");
    assert_eq!(same.argument("egress").to_string(), "var.rules");
}

#[test]
fn blocks_nest() {
    let stack = demo(|stack| {
        let classes = stack.variable("classes").declare();
        let transitions = dynamic(classes, |days, class| Transition { storage_class: class }.with().days(days));
        let expire = Rule { id: "expire", status: "Enabled" }
            .with()
            .filter(Filter::new().and(And::new().prefix("logs/").tags([("keep", "no")])))
            .expiration(Expiration::new().days(31))
            .transition(transitions);
        let required = lifecycle::Required { bucket: "b" };
        let configuration = s3_bucket_lifecycle_configuration(stack, "b", required)
            .rule([expire, Rule { id: "x", status: "Disabled" }.with()])
            .declare();
        let tags = configuration.rule().at(0).filter().at(0).and().at(0).tags().at("keep");
        stack.output("tags").value(tags).declare();
    });
    let configuration = stack.resource("aws_s3_bucket_lifecycle_configuration.b");
    let [expire, off] = configuration.blocks("rule")[..] else { panic!("two rules") };
    assert_eq!(expire.block("filter").block("and").argument("tags").to_string(), r#"{ "keep" = "no" }"#);
    let transition = expire.labelled("dynamic", "transition").block("content");
    assert_eq!(transition.argument("days").to_string(), "transition.key");
    assert_eq!(transition.argument("storage_class").to_string(), "transition.value");
    assert_eq!(off.argument("status"), "Disabled");
    assert_eq!(
        stack.output("tags").argument("value").to_string(),
        r#"aws_s3_bucket_lifecycle_configuration.b.rule[0].filter[0].and[0].tags["keep"]"#
    );
}

#[test]
fn providers_and_ephemeral_values() {
    let stack = demo(|stack| {
        let tags = DefaultTags::new().tags([("Team", "payments")]);
        provider(stack).region("eu-central-1").default_tags(tags.clone()).declare();
        let role = AssumeRole::new().role_arn("arn:aws:iam::1:role/deploy").session_name("deploy");
        let west = provider(stack).alias("west").region("us-west-2").default_tags(tags).assume_role([role]).declare();
        let secret = ephemeral::ssm_parameter(stack, "secret", ephemeral::ssm_parameter::Required { arn: "arn:aws:ssm:::p" });
        let secret = secret.provider(west).declare();
        provider(stack).alias("other").token(secret.value()).declare();
    });
    assert_eq!(stack.provider("aws").block("default_tags").argument("tags").to_string(), r#"{ "Team" = "payments" }"#);
    assert_eq!(stack.provider("aws.west").block("assume_role").argument("session_name"), "deploy");
    assert_eq!(stack.provider("aws.other").argument("token").to_string(), "ephemeral.aws_ssm_parameter.secret.value");
}
