//! What a deployed stack is known by: logical ids with their types, and the names of real objects.

use super::document::{resource, resources};
use super::{emitted, guest};
use std::collections::BTreeSet;
use std::fs;

/// What the stack has beyond the older program's resources.
const COMPANIONS: [&str; 3] = [
    "aws_s3_bucket_lifecycle_configuration.canary_artifacts_expiration",
    "aws_s3_bucket_public_access_block.canary_artifacts_public_access",
    "aws_s3_bucket_server_side_encryption_configuration.canary_artifacts_encryption",
];

/// The arguments that name real objects.
const NAMES: [&str; 5] = ["name", "function_name", "alarm_name", "dashboard_name", "bucket"];

/// Returns the addresses of the older program's resources, each with the name of its real object if it has one, for a suffix.
fn deployed_ids(suffix: &str) -> Vec<(String, Option<String>)> {
    let text = fs::read_to_string(guest().join("tests/logical_ids.txt")).expect("the ids are listed");
    let ids = text.lines().filter_map(|line| line.split_once(' ')).map(|(address, name)| {
        let name = name.strip_suffix("dev").map(|base| format!("{base}{suffix}"));
        (address.to_owned(), name)
    });
    ids.collect()
}

#[track_caller]
fn check(suffix: &str) {
    let stack = emitted(&[&format!("environment_suffix={suffix}"), &format!("canary_bucket=canary-artifacts-{suffix}")]);
    let ids = deployed_ids(suffix);
    assert_eq!(ids.len(), 26);
    for (address, name) in &ids {
        let body = resource(&stack, address);
        assert!(body.is_object(), "{address} is missing");
        let found = NAMES.iter().find_map(|argument| body[argument].as_str());
        assert_eq!(found, name.as_deref(), "{address}");
    }
    let addresses: BTreeSet<String> = resources(&stack).into_iter().map(|(address, _)| address).collect();
    let expected = ids.into_iter().map(|(address, _)| address).chain(COMPANIONS.map(str::to_owned));
    assert_eq!(addresses, expected.collect());
}

#[test]
fn logical_ids_types_and_names_are_the_deployed_ones() {
    check("dev");
}

#[test]
fn names_follow_the_suffix() {
    check("prod");
}
