//! What the program itself refuses. Types, patterns and choices are the schema's matter: the host checks them.

use payments_network::{Nat, NetworkInputs, build};
use serde_json::json;
use tapwasm_guest::Inputs;
use tapwasm_guest::testing::evaluate;

/// Checks the message for an input; empty if it is taken.
#[track_caller]
fn check(name: &str, value: serde_json::Value, expected: &str) {
    let evaluated = evaluate(build, json!({ name: value }).to_string().as_str());
    assert_eq!(evaluated.failure.map(|failure| failure.message).unwrap_or_default(), expected);
}

#[test]
fn nothing_need_be_given() {
    let inputs = NetworkInputs::defaults();
    assert_eq!((inputs.environment_suffix.as_str(), inputs.vpc_cidr.as_str()), ("dev", "10.20.0.0/16"));
    assert_eq!((inputs.nat, inputs.log_retention_days), (Nat::Single, 90));
    assert!(inputs.allowed_ingress.is_empty());
}

#[test]
fn the_vpc_has_room_for_sixteen_subnets() {
    for taken in ["10.0.0.0/16", "10.1.2.0/23", "172.16.0.0/20", "192.168.0.0/16", "100.64.0.0/18"] {
        check("vpc_cidr", json!(taken), "");
    }
    for refused in ["10.0.0.0/15", "10.0.0.0/24"] {
        let message = format!("input `vpc_cidr`: {refused} must be a /16 to a /23: its subnets are a /20 to a /27");
        check("vpc_cidr", json!(refused), &message);
    }
}

#[test]
fn the_vpc_block_is_written_as_aws_takes_it() {
    check(
        "vpc_cidr",
        json!("10.20.1.0/16"),
        "input `vpc_cidr`: 10.20.1.0/16 is not how the block is written; did you mean 10.20.0.0/16?",
    );
    check(
        "vpc_cidr",
        json!("10.300.0.0/16"),
        "input `vpc_cidr`: 10.300.0.0/16 is no block of IPv4 addresses, such as 10.20.0.0/16",
    );
}

#[test]
fn the_vpc_takes_no_addresses_of_others() {
    check(
        "vpc_cidr",
        json!("8.8.0.0/16"),
        "input `vpc_cidr`: 8.8.0.0/16 is not private: hosts with these addresses elsewhere could not be reached; \
         take a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10",
    );
}

#[test]
fn the_block_of_docker_is_taken_with_a_warning() {
    let logs = |block: &str| evaluate(build, json!({ "vpc_cidr": block }).to_string().as_str()).logs;
    let warnings = logs("172.17.64.0/18");
    assert_eq!((warnings.len(), warnings[0].level.as_str()), (1, "warning"));
    assert!(warnings[0].message.contains("172.17.0.0/16"), "{}", warnings[0].message);
    assert!(logs("172.18.0.0/16").is_empty());
}

#[test]
fn tags_are_what_iam_takes() {
    check("default_tags", json!({ "Cost Center": "payments @ hq", "Größe": "1" }), "");
    for (tags, expected) in [
        (json!({ "aws:owner": "x" }), "aws:owner`: a tag's key has 1 to 128 characters, and does not start with `aws:`"),
        (json!({ "a": "b&c" }), "a`: tags are made of letters, digits, spaces and `_.:/=+-@`"),
        (
            json!({ "Team": "x", "team": "y" }),
            "team`: IAM takes it for the same tag as one that differs only in upper and lower case",
        ),
    ] {
        check("default_tags", tags, &format!("input `default_tags.{expected}"));
    }
}

#[test]
fn ingress_is_named_and_said_once() {
    check("allowed_ingress", json!({ "office": "203.0.113.0/24", "everybody": "0.0.0.0/0" }), "");
    check(
        "allowed_ingress",
        json!({ "Head Office": "203.0.113.0/24" }),
        "input `allowed_ingress.Head Office`: its name must be 1 to 40 of a-z, 0-9 and `_`",
    );
    check(
        "allowed_ingress",
        json!({ "office": "203.0.113.1/24" }),
        "input `allowed_ingress.office`: 203.0.113.1/24 is not how the block is written; did you mean 203.0.113.0/24?",
    );
    check(
        "allowed_ingress",
        json!({ "hq": "203.0.113.0/24", "office": "203.0.113.0/24" }),
        "input `allowed_ingress.office`: 203.0.113.0/24 is already allowed as `hq`: AWS refuses the same rule twice",
    );
}
