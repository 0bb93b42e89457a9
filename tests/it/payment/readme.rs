//! The guest's README promises only what is there.

use super::document::resource;
use super::{emitted, guest};
use std::fs;

fn readme() -> String {
    fs::read_to_string(guest().join("README.md")).expect("the guest has a README")
}

/// Returns the part under a heading.
#[track_caller]
fn section<'a>(readme: &'a str, heading: &str) -> &'a str {
    let (_, rest) = readme.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("there is no part `{heading}`"));
    rest.split("\n## ").next().unwrap_or(rest)
}

#[test]
fn every_line_of_the_compliance_list_names_its_test() {
    let readme = readme();
    let source = include_str!("compliance.rs");
    let lines: Vec<&str> = section(&readme, "Compliance").lines().filter(|line| line.starts_with("- ")).collect();
    for line in &lines {
        let (_, name) = line.split_once("`payment::compliance::").unwrap_or_else(|| panic!("no test is named: {line}"));
        let name = name.split('`').next().unwrap_or_default();
        assert!(source.contains(&format!("#[test]\nfn {name}()")), "there is no test {name}");
    }
    assert_eq!(lines.len(), source.matches("#[test]\n").count(), "each test has its line");
}

#[test]
fn the_access_log_format_has_the_fields_that_the_filters_expect() {
    let readme = readme();
    let format = readme.lines().find(|line| line.starts_with("$context.")).expect("the format is there");
    let pattern =
        resource(&emitted(&["environment_suffix=dev"]), "aws_cloudwatch_log_metric_filter.api_latency_p50_filter")["pattern"]
            .clone();
    let names = pattern.as_str().expect("a pattern").trim_matches(['[', ']']).split(", ").collect::<Vec<_>>();
    let fields = [
        ("timestamp", "$context.requestTimeEpoch"),
        ("request_id", "$context.requestId"),
        ("method", "$context.httpMethod"),
        ("path", "$context.path"),
        ("status", "$context.status"),
        ("latency", "$context.responseLatency"),
    ];
    assert_eq!(names, fields.map(|(name, _)| name));
    assert_eq!(format.split(' ').collect::<Vec<_>>(), fields.map(|(_, field)| field));
}

#[test]
fn what_no_stack_can_do_is_said() {
    let readme = readme();
    for words in [
        "<key>.tflock",
        "canary_bucket",
        "api_log_group_arn",
        "/aws/rds/instance/<id>/<log>",
        "/aws/lambda/cwsyn-health-check-<suffix>",
        "HTTP API",
        "auto-refresh",
        "s3:DeleteObject",
    ] {
        assert!(readme.to_lowercase().contains(&words.to_lowercase()), "the README does not say: {words}");
    }
}
