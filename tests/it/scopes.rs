//! Components, aspects, notes, checks and overrides, through the real binary.

use crate::support::{Project, guest, judge};
use serde_json::Value;

fn run(project: &Project, flags: &[&str]) -> crate::support::Outcome {
    let guest = guest("scopes");
    project.run(&[&["run", guest.to_str().expect("paths are UTF-8"), "--color=never"], flags].concat())
}

#[test]
fn a_team_s_rules_reach_every_component() {
    let project = Project::new();
    let outcome = run(&project, &[]).expect(0).says(&[
        "warning[guest-note]: the queue does not say how it is encrypted",
        "Said by the aspect that was added at ",
        "info[guest-note]: for the office alone",
        "aws_launch_template.kept",
    ]);
    let emitted: Value = serde_json::from_str(&project.read("tapwasm.out/stacks/shop/main.tf.json")).expect("JSON");
    let queues = emitted["resource"]["aws_sqs_queue"].as_object().expect("queues");
    assert_eq!(queues.len(), 4);
    let of = |name: &str| queues.iter().find(|(known, _)| known.starts_with(name)).map(|(_, queue)| queue).expect("a queue");
    assert_eq!(of("north_jobs_")["tags"]["Team"], "shop");
    assert_eq!(of("south_jobs_failed_")["tags"]["Team"], "shop");
    let south = queues.iter().find(|(_, queue)| queue["tags"]["Team"] == "south");
    assert_eq!(south.expect("one was changed").0, "south_jobs_B25C6D17");
    let machines = &emitted["resource"]["aws_launch_template"]["kept"];
    assert_eq!(machines["block_device_mappings"].as_array().expect("blocks").len(), 1);
    assert_eq!(machines["block_device_mappings"][0]["ebs"][0]["volume_size"], 20);
    assert_eq!(machines["monitoring"][0]["enabled"], true);
    for line in [
        "  overrides:\n",
        "    aws_launch_template.kept: block_device_mappings[0].ebs[0].volume_size (replaced) at ",
        "    aws_launch_template.kept: block_device_mappings[1] (removed) at ",
        "    aws_launch_template.kept: monitoring[0] (added) at ",
        ": delay_seconds (added) at ",
        "    aws_sqs_queue.south_jobs_B25C6D17: tags.Team (replaced) at ",
    ] {
        assert!(outcome.stdout.contains(line), "no {line:?} in\n{}", outcome.stdout);
    }

    // What is overridden stays visible where nothing changes any more.
    let again = run(&project, &["--format", "json"]).expect(0);
    let plan: Value = serde_json::from_str(&again.stdout).expect("JSON");
    let overrides = plan["stacks"][0]["overrides"].as_array().expect("overrides");
    assert_eq!(overrides.len(), 5);
    assert_eq!(overrides[0]["path"], "block_device_mappings[0].ebs[0].volume_size");
    assert_eq!(overrides[0]["action"], "replaced");
    let notes = plan["diagnostics"].as_array().expect("notes");
    assert!(notes.iter().any(|note| note["severity"] == "info" && note["address"] == "aws_launch_template.kept"), "{notes:?}");
}

#[test]
fn everything_that_is_wrong_is_told_in_one_run_and_nothing_is_written() {
    let project = Project::new();
    run(&project, &["--input", "broken=true"]).expect(1).says(&[
        "error[guest-note]: a volume must be encrypted",
        "error[guest-note]: the shop needs a database",
        "error[override-misses]: Override that hits nothing",
        "did you mean `block_device_mappings`?",
        "error[override-exists]: Override that adds what is there already",
        "scopes.rs:",
        "4 errors; nothing was written",
    ]);
    assert!(project.is_empty());
}

#[test]
fn a_component_that_is_used_twice_under_one_name_is_told_with_both_places() {
    let project = Project::new();
    run(&project, &["--input", "twice=true"]).expect(1).says(&[
        "error[duplicate-address]: Address declared twice",
        "aws_sqs_queue.south_jobs_B25C6D17",
        "note: first declared here",
    ]);
    assert!(project.is_empty());
}

#[test]
fn terraform_takes_what_components_and_overrides_make() {
    let project = Project::new();
    run(&project, &[]).expect(0);
    let Some(output) = judge(&project.path().join("tapwasm.out/stacks/shop"), "validate", &[]) else { return };
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}
