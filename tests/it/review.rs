//! What a reviewer gets, and that nothing but what was reviewed is emitted.

use crate::support::{Project, guest, outcome, stack_of, stack_with_assets, workspace};
use std::fs;

fn diff(project: &Project, calls: &str, flags: &[&str]) -> String {
    outcome(&mut project.script_command("diff", calls, flags)).expect(0).stdout
}

fn approval(project: &Project, calls: &str) -> String {
    let json: serde_json::Value = serde_json::from_str(&diff(project, calls, &["--format", "json"])).expect("it is JSON");
    json["approval"].as_str().expect("it has a hash").to_owned()
}

#[test]
fn only_what_was_approved_is_emitted() {
    let project = Project::new();
    let approved = approval(&project, &stack_with_assets("a"));
    assert_eq!(approved.len(), 64);
    let shown = outcome(&mut project.script_command("diff", &stack_with_assets("a"), &[])).expect(0);
    shown.says(&[&format!("--approve {approved}")]);

    // Something else, if only the content of a file is: nothing is written.
    let files = project.files();
    let other = outcome(&mut project.script_command("run", &stack_with_assets("b"), &["--approve", &approved])).expect(1);
    other.says(&["is not what was approved", &approved, "nothing was written"]);
    assert_eq!(project.files(), files);
    outcome(&mut project.script_command("run", &stack_with_assets("a"), &["--approve", &approved])).expect(0);

    // What it is compared with counts, too: somebody else was faster.
    let next = approval(&project, &stack_of("c"));
    project.script(&stack_of("d")).expect(0);
    outcome(&mut project.script_command("run", &stack_of("c"), &["--approve", &next]))
        .expect(1)
        .says(&["the stored state changed"]);
    assert_eq!(approval(&project, &stack_of("c")), approval(&project, &stack_of("c")));
}

#[test]
fn a_pull_request_gets_markdown() {
    let project = Project::new();
    project.script(&stack_of("before")).expect(0);
    let text = diff(&project, &stack_of("after"), &["--format", "markdown"]);
    let expected = [
        "**Stack `app`**: 1 to update",
        "<details><summary><code>terraform_data.x</code></summary>",
        "```diff\n       input: \"before\" -> \"after\"\n```",
        "--approve ",
    ];
    for wanted in expected {
        assert!(text.contains(wanted), "{wanted:?} in\n{text}");
    }
    let unchanged = diff(&project, &stack_of("before"), &["--format", "markdown"]);
    assert!(unchanged.starts_with("**Stack `app`**: no changes"), "{unchanged}");
}

#[test]
fn a_pull_request_needs_no_state() {
    // The same program from two builds: the base has other stacks by its own default, and inputs are the same.
    let project = Project::new();
    let component = guest("topics");
    let component = component.to_str().expect("paths are UTF-8");
    let diff = |flags: &[&str]| project.run(&[&["diff", component, "--input", "count=4", "--color=never"], flags].concat());
    let same = diff(&["--base", component, "--detailed-exitcode"]).expect(0);
    assert!(same.stdout.contains("no changes") && same.stderr.contains("Comparing with"), "{}{}", same.stdout, same.stderr);
    assert!(project.is_empty());

    // What was emitted elsewhere, from other inputs.
    project.run(&["run", component, "--input", "count=2", "--out", "old", "--state", "old-state"]).expect(0);
    let changed = diff(&["--base", "old", "--detailed-exitcode"]).expect(2);
    assert!(changed.stdout.contains("aws_sns_topic.topic_1"), "{}", changed.stdout);

    // A component in git.
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
        outcome(&mut project.tool("git", &[&identity[..], args].concat())).expect(0)
    };
    git(&["init", "-q"]);
    fs::copy(component, project.path().join("stack.wasm")).expect("it can be copied");
    git(&["add", "stack.wasm"]);
    git(&["commit", "-q", "-m", "base"]);
    fs::remove_file(project.path().join("stack.wasm")).expect("it is there");
    diff(&["--base", "HEAD:stack.wasm", "--detailed-exitcode"]).expect(0);
    diff(&["--base", "HEAD:other.wasm"]).expect(1).says(&["git has no HEAD:other.wasm"]);
    diff(&["--base", "nothing"]).expect(1).says(&["there is no nothing", "REVISION:PATH"]);
    diff(&["--base", "."]).expect(1).says(&[". holds neither a guest crate nor what `tapwasm run` wrote"]);
}

#[test]
fn what_was_said_is_a_document_with_places() {
    let project = Project::new();
    let wrong = r#"{"stack": "app"}, {"resource": {"type": "terraform_data", "name": "x", "body": [["body", 1], ["argument", "inputt"], 1]}}"#;
    let told = outcome(&mut project.script_command("diff", wrong, &["--format", "sarif"])).expect(1);
    let json: serde_json::Value = serde_json::from_str(&told.stdout).expect("it is JSON, and nothing else");
    let found = &json["runs"][0]["results"][0];
    assert_eq!((&found["ruleId"], &found["level"]), (&"unsupported-argument".into(), &"error".into()));
    let location = &found["locations"][0];
    assert_eq!(location["physicalLocation"]["artifactLocation"]["uri"], "case.json");
    assert_eq!(location["physicalLocation"]["region"]["startLine"], 2);
    assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "terraform_data.x.inputt");
    assert!(!told.stderr.contains("inputt"), "{}", told.stderr);
    let fine = outcome(&mut project.script_command("run", &stack_of("a"), &["--format", "sarif"])).expect(0);
    let json: serde_json::Value = serde_json::from_str(&fine.stdout).expect("it is JSON, and nothing else");
    assert_eq!(json["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn in_ci_a_store_that_does_not_exist_is_pointed_out() {
    let project = Project::new();
    let in_ci = |command: &str| outcome(project.script_command(command, &stack_of("a"), &[]).env("CI", "true")).expect(0);
    in_ci("diff").says(&["nothing is stored in .tapwasm", "`tapwasm diff --base`"]);
    assert!(!outcome(&mut project.script_command("diff", &stack_of("a"), &[])).expect(0).stderr.contains("nothing is stored"));
    in_ci("run").says(&["nothing is stored in .tapwasm"]);
    assert!(!in_ci("diff").stderr.contains("nothing is stored"));
}

#[test]
fn the_order_in_a_set_is_no_change_where_a_schema_tells_that_it_is_one() {
    let project = Project::new();
    let schema = workspace().join("tests/fixtures/schemas/aws.txt");
    let schema = ["--schema", schema.to_str().expect("paths are UTF-8")];
    let groups = |ports: [u16; 2]| {
        let rule = |port: u16| format!(r#"["object", 3], "from_port", {port}, "to_port", {port}, "protocol", "tcp""#);
        let [first, second] = ports.map(rule);
        format!(
            r#"{{"stack": "app"}},
{{"settings": {{"body": [["body", 1], ["block", "required_providers", 0], ["body", 1], ["argument", "aws"], ["object", 1], "source", "hashicorp/aws"]}}}},
{{"resource": {{"type": "aws_security_group", "name": "web", "body": [["body", 1], ["argument", "ingress"], ["list", 2], {first}, {second}]}}}}"#
        )
    };
    outcome(&mut project.script_command("run", &groups([80, 443]), &schema)).expect(0);
    let shown = diff(&project, &groups([443, 80]), &schema);
    assert!(shown.contains("No changes"), "{shown}");
    let shown = diff(&project, &groups([443, 8080]), &schema);
    assert!(shown.contains("ingress[1].from_port: 80 -> 8080") && !shown.contains("443"), "{shown}");
    // What is emitted keeps the order that the guest gives, and is stored as it is.
    let run = outcome(&mut project.script_command("run", &groups([443, 80]), &schema)).expect(0);
    assert!(run.stdout.contains("No changes"), "{}", run.stdout);
    let emitted: serde_json::Value =
        serde_json::from_str(&project.read("tapwasm.out/stacks/app/main.tf.json")).expect("it is JSON");
    assert_eq!(emitted["resource"]["aws_security_group"]["web"]["ingress"][0]["from_port"], 443);
    // Without a schema it may be a list.
    let shown = diff(&project, &groups([80, 443]), &[]);
    assert!(shown.contains("ingress[0].from_port: 443 -> 80"), "{shown}");
}
