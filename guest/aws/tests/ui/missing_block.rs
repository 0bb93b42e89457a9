use tapwasm_aws::cloudwatch_log_metric_filter;
use tapwasm_guest::Stack;

fn main() {
    let required = cloudwatch_log_metric_filter::Required { name: "n", pattern: "p", log_group_name: "g" };
    cloudwatch_log_metric_filter(Stack::new("x"), "f", required).declare();
}
