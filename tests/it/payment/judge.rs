//! The real Terraform, offline, upon what is emitted: a plan settles, and a deployed stack switches without losing anything.

use super::compliance::WITHOUT_TAGS;
use super::guest;
use crate::support::{self, judge};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::process::Output;

#[track_caller]
fn succeeded(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

#[track_caller]
fn check_settles(suffix: &str) {
    let folder = support::payment(&[&format!("environment_suffix={suffix}")]);
    if let Some(output) = judge(&folder, "plan-twice", &[]) {
        assert!(succeeded(&output).contains("No changes."));
    }
}

#[test]
fn the_plan_of_dev_settles() {
    check_settles("dev");
}

#[test]
fn the_plan_of_prod_settles() {
    check_settles("prod");
}

/// Returns what Terraform plans for a stack that the older program deployed: address and actions.
fn planned_changes(inputs: &[&str]) -> Option<Vec<(String, Value)>> {
    let work = tempfile::tempdir().expect("a temporary folder");
    let state = work.path().join("terraform.tfstate");
    let applied = judge(&guest().join("tests/deployed"), "apply", &[("MOCKTF_STATE_OUT", &state)])?;
    assert!(succeeded(&applied).contains("26 added"));
    let planned = judge(&support::payment(inputs), "show-plan", &[("MOCKTF_STATE", &state)])?;
    let plan: Value = serde_json::from_str(&succeeded(&planned)).expect("a plan is JSON");
    let changes = plan["resource_changes"].as_array().expect("the plan has changes").iter();
    Some(
        changes
            .map(|change| (change["address"].as_str().unwrap_or_default().to_owned(), change["change"]["actions"].clone()))
            .collect(),
    )
}

fn with_actions(changes: &[(String, Value)], actions: &[&str]) -> BTreeSet<String> {
    changes.iter().filter(|(_, found)| *found == json!(actions)).map(|(address, _)| address.clone()).collect()
}

#[test]
fn a_deployed_stack_switches_without_destroying_or_replacing_anything() {
    let Some(changes) = planned_changes(&["environment_suffix=dev", "canary_bucket=canary-artifacts-dev"]) else { return };
    for (address, actions) in &changes {
        assert!(!actions.as_array().is_some_and(|actions| actions.contains(&json!("delete"))), "{address}: {actions}");
    }
    let created = [
        "aws_s3_bucket_lifecycle_configuration.canary_artifacts_expiration",
        "aws_s3_bucket_public_access_block.canary_artifacts_public_access",
        "aws_s3_bucket_server_side_encryption_configuration.canary_artifacts_encryption",
    ];
    assert_eq!(with_actions(&changes, &["create"]), created.map(str::to_owned).into());
    assert_eq!(with_actions(&changes, &["no-op"]).len() + with_actions(&changes, &["update"]).len(), 26);
}

#[test]
fn without_its_old_name_the_bucket_would_be_replaced() {
    let Some(changes) = planned_changes(&["environment_suffix=dev"]) else { return };
    assert_eq!(with_actions(&changes, &["delete", "create"]), ["aws_s3_bucket.canary_artifacts".to_owned()].into());
}

#[test]
fn what_the_provider_lets_carry_tags_carries_them() {
    let Some(output) = judge(&support::payment(&["environment_suffix=dev"]), "show-plan", &[]) else { return };
    let plan: Value = serde_json::from_str(&succeeded(&output)).expect("a plan is JSON");
    let resources = plan["planned_values"]["root_module"]["resources"].as_array().expect("the plan has resources");
    let mut without_tags = BTreeSet::new();
    for resource in resources {
        let Some(tags) = resource["values"].get("tags_all") else {
            without_tags.insert(resource["type"].as_str().unwrap_or_default());
            continue;
        };
        for key in ["Environment", "CostCenter", "Name"] {
            assert!(tags[key].is_string(), "{} is not tagged: {tags}", resource["address"]);
        }
    }
    assert_eq!(without_tags, WITHOUT_TAGS.into());
}
