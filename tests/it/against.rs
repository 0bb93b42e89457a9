//! `tapwasm diff --against`: a program beside the configuration that it takes the place of, and the migration of docs/from-cdktf.md.

use crate::support::{Outcome, Project, guest, has_terraform, outcome, workspace};
use serde_json::{Value, json};
use std::path::Path;

/// What CDKTF wrote for a stack.
fn written_by_cdktf(stack: &str) -> String {
    std::fs::read_to_string(workspace().join("tests/fixtures/against").join(stack).join("cdk.tf.json")).unwrap()
}

/// A project with the ported program and the output of CDKTF's, as docs/from-cdktf.md has them.
fn migration() -> Project {
    let project = Project::new();
    std::fs::copy(guest("ported"), project.path().join("ported.wasm")).unwrap();
    for stack in ["orders", "jobs"] {
        project.write(&format!("cdktf.out/stacks/{stack}/cdk.tf.json"), written_by_cdktf(stack));
    }
    project
}

fn diff(project: &Project, args: &[&str]) -> Outcome {
    project.run(&[&["diff", "ported.wasm", "--against"], args].concat())
}

/// Changes a value in the project's copy of what CDKTF wrote for `orders`.
fn change(project: &Project, pointer: &str, value: Value) {
    const PATH: &str = "cdktf.out/stacks/orders/cdk.tf.json";
    let mut file: Value = serde_json::from_str(&project.read(PATH)).unwrap();
    *file.pointer_mut(pointer).unwrap() = value;
    project.write(PATH, file.to_string());
}

#[test]
fn a_port_of_what_is_deployed_changes_nothing() {
    let project = migration();
    let jobs = diff(&project, &["cdktf.out/stacks/jobs", "--detailed-exitcode"]).expect(0);
    assert_eq!(jobs.stdout, "Stack jobs against cdktf.out/stacks/jobs/cdk.tf.json: no difference: the port changes nothing\n");
    let orders = diff(&project, &["cdktf.out/stacks/orders/cdk.tf.json", "--detailed-exitcode"]).expect(0);
    assert_eq!(
        orders.stdout,
        "Stack orders against cdktf.out/stacks/orders/cdk.tf.json: no difference: the port changes nothing; 1 value is written otherwise\n\
         \n\
         \x20 = aws_kms_key.key\n\
         \x20     policy: same document, other bytes\n\
         \n\
         Same document, other bytes: Terraform shows a change only where the provider compares text.\n"
    );
    assert!(
        !project.path().join("tapwasm.out").exists() && !project.path().join(".tapwasm").exists(),
        "a comparison writes nothing"
    );
}

#[test]
fn what_differs_is_shown_with_both_sides_and_told_by_the_exit_code() {
    let project = migration();
    change(&project, "/resource/aws_s3_bucket/exports/force_destroy", json!("false"));
    change(&project, "/resource/aws_iam_role", json!({ "readers": { "name": "x" } }));
    let changed = diff(&project, &["cdktf.out/stacks/orders", "--detailed-exitcode"]).expect(2);
    for line in [
        "Stack orders against cdktf.out/stacks/orders/cdk.tf.json: 1 only in the file, 1 only in the program, 13 the same; 2 values are written otherwise",
        "  - aws_iam_role.readers  only in the file: Terraform would destroy it",
        "  + aws_iam_role.reader  only in the program: Terraform would create it",
    ] {
        assert!(changed.stdout.contains(line), "no {line:?} in:\n{}", changed.stdout);
    }
    // Nobody asked for the exit code.
    diff(&project, &["cdktf.out/stacks/orders"]).expect(0);

    let project = migration();
    change(&project, "/resource/aws_kms_key/key/description", json!("Orders, at rest"));
    let text = diff(&project, &["cdktf.out/stacks/orders"]).expect(0).stdout;
    assert!(text.contains("  ~ aws_kms_key.key\n      description: \"Orders, at rest\" -> \"Orders at rest\"\n"), "{text}");
    let document = diff(&project, &["cdktf.out/stacks/orders", "--format", "json"]).expect(0).stdout;
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!((&document["version"], &document["stack"], &document["same"]), (&json!(1), &json!("orders"), &json!(false)));
    assert_eq!(document["summary"]["changed"], 1);
    assert_eq!(document["summary"]["same_document"], 1);
    let description = &document["compared"][0]["findings"][0];
    assert_eq!(
        (&description["likeness"], &description["text"], &description["before"], &description["after"]),
        (
            &json!("different"),
            &json!("description"),
            &json!({ "value": "Orders, at rest" }),
            &json!({ "value": "Orders at rest" })
        )
    );
}

#[test]
fn a_rename_is_shown_with_what_keeps_the_address() {
    let project = migration();
    let mut file: Value = serde_json::from_str(&written_by_cdktf("jobs")).unwrap();
    let resources = file["resource"]["terraform_data"].as_object_mut().unwrap();
    let report = resources.remove("schedule_report_2F169E37").unwrap();
    resources.insert("report".to_owned(), report);
    project.write("cdktf.out/stacks/jobs/cdk.tf.json", file.to_string());
    let text = diff(&project, &["cdktf.out/stacks/jobs"]).expect(0).stdout;
    assert!(
        text.contains("terraform_data.schedule_report_2F169E37 has the type and the content of terraform_data.report"),
        "{text}"
    );
    assert!(text.contains("`.address(\"report\")`"), "{text}");
}

#[test]
fn the_stack_is_that_of_the_folder_of_the_comment_or_of_the_flag() {
    let project = migration();
    project.write("deployed/cdk.tf.json", written_by_cdktf("jobs"));
    let by_comment = diff(&project, &["deployed", "--detailed-exitcode"]).expect(0);
    assert!(by_comment.stdout.starts_with("Stack jobs against"), "{}", by_comment.stdout);
    project.write("other/some.tf.json", "{}");
    diff(&project, &["other"]).expect(64).says(&["other/some.tf.json", "the program declares `jobs`, `orders`", "--stack"]);
    let by_flag = diff(&project, &["other", "--stack", "jobs", "--detailed-exitcode"]).expect(2);
    assert!(by_flag.stdout.starts_with("Stack jobs against"), "{}", by_flag.stdout);
    diff(&project, &["other", "--stack", "none"]).expect(1).says(&["no stack `none`", "it declares jobs, orders"]);
}

#[test]
fn a_file_that_cannot_be_compared_is_named_with_the_place() {
    let project = migration();
    project.write("a/broken.tf.json", "{\n  \"locals\": {\"a\": 1,}\n}");
    project.write("b/twice.tf.json", "{\"resource\": {\"a_b\": {\"c\": {\"d\": 1, \"d\": 2}}}}");
    project.write("c/main.tf", "locals {}");
    project.write("d/one.tf.json", "{}");
    project.write("d/two.tf.json", "{}");
    project.write("e/odd.tf.json", "{\"resources\": {}}");
    project.write("f/bytes.tf.json", b"{}\n\xff");
    for (file, expected) in [
        ("a", "a/broken.tf.json: line 2, column 21: expected a key in quotes"),
        ("b", "b/twice.tf.json: line 1, column 37: the key \"d\" stands twice"),
        ("c", "c holds no `.tf.json`"),
        ("c/main.tf", "c/main.tf is not JSON"),
        ("d", "d holds several configurations, name one: d/one.tf.json, d/two.tf.json"),
        ("e", "e/odd.tf.json: `resources` is nothing that Terraform knows at the top of a configuration"),
        ("f", "f/bytes.tf.json is not UTF-8, on line 2"),
        ("none.tf.json", "cannot read none.tf.json"),
    ] {
        let refused = diff(&project, &[file, "--stack", "jobs"]).expect(1);
        assert!(refused.stderr.contains(expected), "{file}: {}", refused.stderr);
        assert!(refused.stdout.is_empty(), "{}", refused.stdout);
    }
}

/// The whole migration of docs/from-cdktf.md with the real Terraform: what CDKTF's output created stays as it is when the program takes over.
#[test]
fn terraform_changes_nothing_when_the_program_takes_over() {
    let project = migration();
    if !has_terraform() {
        return;
    }
    let terraform = |folder: &Path, args: &[&str]| {
        let mut command = project.tool("terraform", args);
        command.current_dir(folder).env("TF_IN_AUTOMATION", "1").env("CHECKPOINT_DISABLE", "1").env("TF_INPUT", "0");
        outcome(command.env("TF_CLI_CONFIG_FILE", if cfg!(windows) { "NUL" } else { "/dev/null" }))
    };
    let deployed = project.path().join("cdktf.out/stacks/jobs");
    terraform(&deployed, &["init", "-no-color"]).expect(0);
    terraform(&deployed, &["apply", "-no-color", "-auto-approve"]).expect(0);
    let state = std::fs::read_to_string(deployed.join("jobs.tfstate")).unwrap();

    project.run(&["run", "ported.wasm"]).expect(0);
    let folder = project.path().join("tapwasm.out/stacks/jobs");
    // The state of a `local` backend is a file beside the configuration: it goes along.
    std::fs::copy(deployed.join("jobs.tfstate"), folder.join("jobs.tfstate")).unwrap();
    terraform(&folder, &["init", "-no-color"]).expect(0);
    terraform(&folder, &["plan", "-no-color", "-detailed-exitcode"]).expect(0);
    assert_eq!(std::fs::read_to_string(folder.join("jobs.tfstate")).unwrap(), state);
}

#[test]
fn every_command_line_of_the_migration_does_what_the_page_says() {
    let project = migration();
    let page = std::fs::read_to_string(workspace().join("docs/from-cdktf.md")).unwrap();
    let blocks: Vec<&str> = page.split("```").skip(1).step_by(2).filter_map(|block| block.strip_prefix("console\n")).collect();
    let mut n_run = 0;
    for block in blocks {
        let mut lines = block.lines().peekable();
        while let Some(line) = lines.next() {
            let mut expected = String::new();
            while let Some(output) = lines.next_if(|line| !line.starts_with("$ ")) {
                expected.push_str(output);
                expected.push('\n');
            }
            let Some(call) = line.strip_prefix("$ tapwasm ") else { continue };
            let done = project.run(&call.split_whitespace().collect::<Vec<_>>()).expect(0);
            assert!(done.stdout.starts_with(expected.trim_end()), "{call}\n{}", done.stdout);
            n_run += 1;
        }
    }
    assert!(n_run >= 3, "the page runs {n_run} command lines");
}

#[test]
fn the_page_names_tests_that_exist() {
    let page = std::fs::read_to_string(workspace().join("docs/from-cdktf.md")).unwrap();
    let mut faults = Vec::new();
    for name in page.split('`').skip(1).step_by(2).filter(|code| code.contains(".rs::")) {
        let (file, test) = name.split_once("::").unwrap();
        let text = std::fs::read_to_string(workspace().join(file)).unwrap_or_default();
        if !text.contains(&format!("fn {test}(")) {
            faults.push(name);
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
