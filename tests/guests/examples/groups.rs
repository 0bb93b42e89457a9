//! As many resources as it is told, with templates, calls, `for_each` and nested blocks: beside `topics`, what expressions cost.

#![allow(missing_docs, reason = "the macro's exports are the only items")]

use tapwasm_guest::functions::lower;
use tapwasm_guest::types::{set, string};
use tapwasm_guest::{Body, Inputs, Result, Stack, each_key, program, tf};

program!(build);

/// How much is declared.
#[derive(Inputs)]
pub struct Groups {
    /// Number of resources, half of them metric filters.
    #[input(default = 10_000, min = 2)]
    count: u32,
}

/// Declares log groups, one for each zone, and a filter for each of them.
pub fn build(groups: Groups) -> Result {
    let stack = Stack::new("groups");
    stack.settings().required_provider("aws", "hashicorp/aws", "~> 6.0").declare();
    stack.provider("aws").set("region", "us-east-1").declare();
    let suffix = stack.variable("suffix").of_type(string()).default("dev").declare();
    let zones = stack.variable("zones").of_type(set(string())).default(["a", "b"]).declare();
    for n in 0..groups.count / 2 {
        let group = stack
            .resource("aws_cloudwatch_log_group", format!("group_{n}"))
            .set("name", lower(tf!("/apps/{n}-{suffix}-{}", each_key())))
            .for_each(zones)
            .declare();
        stack
            .resource("aws_cloudwatch_log_metric_filter", format!("errors_{n}"))
            .set("name", tf!("errors-{n}-{suffix}"))
            .set("pattern", "ERROR")
            .set("log_group_name", group.at(each_key()).get("name"))
            .block(
                "metric_transformation",
                Body::new().set("name", tf!("errors-{suffix}")).set("namespace", "apps").set("value", "1"),
            )
            .for_each(group.instances())
            .declare();
    }
    Ok(())
}
