//! The second team's guest, `guest/payments-network`: what the real Terraform says of it, and that it runs as the first one does.
//!
//! What is declared, argument by argument, is tested in the guest's own crate.

use crate::support::{Project, judge, network, network_component, payment_component};
use serde_json::Value;
use std::path::Path;
use std::process::Output;

/// Checks that Terraform takes a network, and has nothing to do on the second plan.
#[track_caller]
fn check_settles(inputs: &[&str]) {
    let Some(output) = judge(&network(inputs), "plan-twice", &[]) else { return };
    assert!(output.status.success(), "{inputs:?}\n{}", shown(&output));
}

fn shown(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned()
}

#[test]
fn terraform_settles_without_nat() {
    check_settles(&["environment_suffix=dev", "nat=none"]);
    check_settles(&["environment_suffix=prod", "nat=none"]);
}

#[test]
fn terraform_settles_with_a_single_gateway() {
    check_settles(&["environment_suffix=dev"]);
    check_settles(&["environment_suffix=prod", "nat=single"]);
}

#[test]
fn terraform_settles_with_a_gateway_per_zone() {
    check_settles(&["environment_suffix=dev", "nat=per_zone"]);
    let ingress = r#"allowed_ingress={ "office": "203.0.113.0/24", "everybody": "0.0.0.0/0" }"#;
    check_settles(&["environment_suffix=prod", "nat=per_zone", ingress, "vpc_cidr=172.20.0.0/23", "log_retention_days=365"]);
}

#[test]
fn more_nat_destroys_and_replaces_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let state = folder.path().join("terraform.tfstate");
    let Some(applied) = judge(&network(&["nat=single"]), "apply", &[("MOCKTF_STATE_OUT", &state)]) else { return };
    assert!(applied.status.success(), "{}", shown(&applied));
    let actions = planned(&["nat=per_zone"], &state);
    assert_eq!(
        actions,
        [
            "create aws_eip.nat_b",
            "create aws_eip.nat_c",
            "create aws_nat_gateway.nat_b",
            "create aws_nat_gateway.nat_c",
            "update aws_route.private_internet_b",
            "update aws_route.private_internet_c",
        ]
    );
}

#[test]
fn who_is_taken_out_leaves_the_others_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let state = folder.path().join("terraform.tfstate");
    let before = network(&[r#"allowed_ingress={ "hq": "198.51.100.0/24", "office": "203.0.113.0/24" }"#]);
    let Some(applied) = judge(&before, "apply", &[("MOCKTF_STATE_OUT", &state)]) else { return };
    assert!(applied.status.success(), "{}", shown(&applied));
    let actions = planned(&[r#"allowed_ingress={ "office": "203.0.113.0/24" }"#], &state);
    assert_eq!(actions, ["delete aws_vpc_security_group_ingress_rule.edge_https_hq"]);
}

/// Returns what Terraform would do to get from a state to the network with these inputs.
#[track_caller]
fn planned(inputs: &[&str], state: &Path) -> Vec<String> {
    let output = judge(&network(inputs), "show-plan", &[("MOCKTF_STATE", state)]).expect("the judge is there");
    let plan: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}\n{}", shown(&output)));
    let changes = plan["resource_changes"].as_array().expect("a plan has changes");
    let actions = |change: &Value| -> String {
        let actions = change["change"]["actions"].as_array().expect("a change has actions");
        actions.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("-")
    };
    let changes = changes.iter().map(|change| format!("{} {}", actions(change), change["address"].as_str().unwrap_or_default()));
    changes.filter(|change| !change.starts_with("no-op ") && !change.starts_with("read ")).collect()
}

#[test]
fn the_same_host_config_and_commands_run_either_team() {
    let project = Project::new();
    let component = |path: &Path| format!("{:?}", path.to_str().expect("paths are UTF-8"));
    let inputs = r#"inputs = { environment_suffix = "prod", aws_region = "eu-central-1", state_bucket = "states" }"#;
    project.write(
        "tapwasm.toml",
        format!(
            "[stacks.observability]\ncomponent = {}\n{inputs}\n\n[stacks.network]\ncomponent = {}\n{inputs}\n",
            component(payment_component()),
            component(network_component()),
        ),
    );
    for (name, stack) in [("observability", "TapStackprod"), ("network", "PaymentsNetworkprod")] {
        project.run(&["run", name]).expect(0);
        project.run(&["diff", name, "--detailed-exitcode"]).expect(0);
        let emitted: Value =
            serde_json::from_str(&project.read(&format!("tapwasm.out/stacks/{stack}/main.tf.json"))).expect("JSON");
        assert_eq!(emitted["provider"]["aws"]["region"], "eu-central-1");
        assert_eq!(emitted["terraform"]["backend"]["s3"]["key"], format!("prod/{stack}.tfstate"));
        assert_eq!(emitted["terraform"]["backend"]["s3"]["bucket"], "states");
    }
}

/// Checks what is said of inputs that the network cannot have: by the host for the schema, by the guest for the rest.
#[track_caller]
fn check_refused(input: &str, texts: &[&str]) {
    let component = network_component().to_str().expect("paths are UTF-8");
    let project = Project::new();
    project.run(&["run", component, "--input", input]).expect(1).says(texts);
    assert_eq!(project.files(), []);
}

#[test]
fn wrong_inputs_are_refused_before_anything_is_written() {
    check_refused("environment_suffix=Prod", &["environment_suffix", "Prod"]);
    check_refused("nat=two", &["nat", "\"none\", \"single\", \"per_zone\""]);
    check_refused("log_retention_days=91", &["log_retention_days", "91"]);
    check_refused("vpc_cidr=10.20.1.0/16", &["did you mean 10.20.0.0/16?"]);
    check_refused(
        r#"allowed_ingress={ "office": "203.0.113.0/33" }"#,
        &["allowed_ingress.office", "is no block of IPv4 addresses"],
    );
}
