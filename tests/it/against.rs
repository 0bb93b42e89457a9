//! `tapwasm diff --against`: a program beside the configuration that it takes the place of.

use crate::support::{Outcome, Project, guest, workspace};
use std::path::PathBuf;

fn fixture(stack: &str) -> PathBuf {
    workspace().join("tests/fixtures/against").join(stack).join("cdk.tf.json")
}

fn read(stack: &str) -> String {
    std::fs::read_to_string(fixture(stack)).unwrap()
}

fn diff(project: &Project, args: &[&str]) -> Outcome {
    let program = guest("ported");
    let mut all = vec!["diff", program.to_str().unwrap()];
    all.extend(args);
    project.run(&all)
}

#[test]
fn a_port_of_a_deployed_stack_changes_nothing() {
    let project = Project::new();
    let orders = fixture("orders");
    let outcome = diff(&project, &["--against", orders.to_str().unwrap(), "--detailed-exitcode"]).expect(0);
    println!("{}", outcome.stdout);
    let jobs = fixture("jobs");
    let outcome = diff(&project, &["--against", jobs.to_str().unwrap(), "--detailed-exitcode"]).expect(0);
    println!("{}", outcome.stdout);
    let _ = read("jobs");
}
