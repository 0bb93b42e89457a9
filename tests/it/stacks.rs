//! Several stacks in one program: applied by the real Terraform in the order that the manifest says; chosen, named and kept apart by
//! environments.

use crate::support::{Outcome, Project, guest, has_terraform, outcome};
use serde_json::{Value, json};

/// Runs the guest `stacks` in a project.
fn run(project: &Project, greeting: &str, flags: &[&str]) -> Outcome {
    project.run(&[&args("run", &format!("greeting={greeting}"))[..], flags].concat())
}

fn args<'a>(command: &'a str, input: &'a str) -> [&'a str; 5] {
    // Tests live as long as the process.
    let component = guest("stacks").to_str().expect("paths are UTF-8").to_owned().leak();
    [command, component, "--input", input, "--color=never"]
}

fn manifest(project: &Project, out: &str) -> Value {
    serde_json::from_str(&project.read(&format!("{out}/manifest.json"))).expect("JSON")
}

fn configuration(project: &Project, stack: &str) -> Value {
    serde_json::from_str(&project.read(&format!("tapwasm.out/stacks/{stack}/main.tf.json"))).expect("JSON")
}

fn exists(project: &Project, path: &str) -> bool {
    project.path().join(path).exists()
}

fn terraform(project: &Project, stack: &str, args: &[&str]) -> Outcome {
    let mut command = project.tool("terraform", args);
    command.current_dir(project.path().join("tapwasm.out/stacks").join(stack));
    command.env("TF_IN_AUTOMATION", "1").env("CHECKPOINT_DISABLE", "1").env("TF_INPUT", "0");
    outcome(command.env("TF_CLI_CONFIG_FILE", if cfg!(windows) { "NUL" } else { "/dev/null" }))
}

/// Applies every stack in the manifest's order, and returns the outputs of `app`.
fn apply(project: &Project) -> Value {
    for stack in manifest(project, "tapwasm.out")["order"].as_array().expect("an order") {
        terraform(project, stack.as_str().expect("names"), &["apply", "-no-color", "-auto-approve"]).expect(0);
    }
    let printed = terraform(project, "app", &["output", "-no-color", "-json"]).expect(0).stdout;
    serde_json::from_str(&printed).expect("terraform prints JSON")
}

#[test]
fn stacks_read_from_each_other_in_every_workspace() {
    let project = Project::new();
    if !has_terraform() {
        return;
    }
    run(&project, "hello", &[]).expect(0);
    assert_eq!(manifest(&project, "tapwasm.out")["order"], json!(["network", "app", "alarms"]));
    for stack in ["network", "app", "alarms"] {
        terraform(&project, stack, &["init", "-no-color"]).expect(0);
        terraform(&project, stack, &["validate", "-no-color"]).expect(0);
    }
    let outputs = apply(&project);
    assert_eq!(outputs["read"]["value"], json!({ "greeting": "hello", "again": "hello" }));
    assert_eq!(
        (&outputs["second"]["value"], &outputs["all"]["value"], &outputs["name"]["value"]),
        (&json!(1), &json!([0, 1]), &json!("net"))
    );

    // Terraform itself forgets that what it reads of another state is sensitive; it stays so here.
    let state: Value = serde_json::from_str(&terraform(&project, "app", &["show", "-json"]).expect(0).stdout).expect("JSON");
    let resources = state["values"]["root_module"]["resources"].as_array().expect("resources");
    let keeper = resources.iter().find(|resource| resource["address"] == "terraform_data.keeper").expect("it was applied");
    assert_eq!((&keeper["values"]["input"], &keeper["sensitive_values"]["input"]), (&json!("hunter2"), &json!(true)));

    for stack in ["network", "app", "alarms"] {
        terraform(&project, stack, &["workspace", "new", "-no-color", "other"]).expect(0);
    }
    run(&project, "good day", &[]).expect(0);
    assert_eq!(apply(&project)["read"]["value"]["greeting"], "good day");
    terraform(&project, "app", &["workspace", "select", "-no-color", "default"]).expect(0);
    let printed = terraform(&project, "app", &["plan", "-no-color"]).expect(0).stdout;
    assert!(!printed.contains("good day"), "the other workspace of `network` is not read: {printed}");

    terraform(&project, "app", &["workspace", "select", "-no-color", "other"]).expect(0);
    for stack in ["alarms", "app", "network"] {
        terraform(&project, stack, &["destroy", "-no-color", "-auto-approve"]).expect(0);
    }
}

#[test]
fn names_are_cdktfs_on_request() {
    let project = Project::new();
    run(&project, "hello", &["--input", "cdktf_names=true"]).expect(0);
    // As npm's `cdktf` 0.21.0 writes them: see the names in the host's `graph::stacks`.
    let network = configuration(&project, "network");
    assert_eq!(network["output"]["cross-stack-output-terraform_datasubnetoutput"]["value"], "${terraform_data.subnet.output}");
    assert_eq!(network["output"]["cross-stack-output-varpassword"]["sensitive"], true);
    let app = configuration(&project, "app");
    assert!(app["data"]["terraform_remote_state"]["cross-stack-reference-input-network"].is_object(), "{app}");
    assert_eq!(
        app["resource"]["terraform_data"]["keeper"]["input"],
        "${sensitive(data.terraform_remote_state.cross-stack-reference-input-network.outputs.cross-stack-output-varpassword)}"
    );
}

#[test]
fn stacks_that_are_not_chosen_stay_as_they_are() {
    let project = Project::new();
    let said = run(&project, "one", &["--stack", "network"]).expect(0);
    assert!(!said.stdout.contains("Stack app"), "{}", said.stdout);
    assert!(!exists(&project, "tapwasm.out/stacks/app") && !exists(&project, ".tapwasm/stacks/app"));
    run(&project, "one", &["--stack", "a*"]).expect(0).says(&["`app` depends on `network`, which is left out"]);
    let before = project.read("tapwasm.out/stacks/network/main.tf.json");
    let snapshot = project.serial("network", 1);
    let said = run(&project, "two", &["--stack", "app", "--stack", "alarms"]).expect(0);
    assert!(!said.stderr.contains("no longer declared"), "{}", said.stderr);
    assert_eq!(project.read("tapwasm.out/stacks/network/main.tf.json"), before);
    assert_eq!(project.serial("network", 1), snapshot);
    assert!(!exists(&project, ".tapwasm/stacks/network/history/2.json.gz"));

    let files = project.files();
    run(&project, "three", &["--stack", "netwrk"]).expect(1).says(&["declares no stack `netwrk`; did you mean `network`?"]);
    run(&project, "three", &["--stack", "["]).expect(64);
    assert_eq!(project.files(), files);
    let diff = project.run(&[&args("diff", "greeting=x")[..], &["--stack", "network", "--detailed-exitcode"]].concat()).expect(2);
    assert!(diff.stdout.contains("Stack network") && !diff.stdout.contains("Stack app"), "{}", diff.stdout);
    let graph = project.run(&[&args("graph", "greeting=x")[..], &["--stack", "app", "--format", "json"]].concat()).expect(0);
    let graph: Value = serde_json::from_str(&graph.stdout).expect("JSON");
    assert_eq!(graph["stacks"].as_array().map(Vec::len), Some(1));
    assert_eq!(graph["stacks"][0]["dependencies"], json!(["network"]));
}

#[test]
fn environments_have_folders_and_inputs_of_their_own() {
    let project = Project::new();
    let component = guest("stacks");
    project.write(
        "tapwasm.toml",
        format!(
            r#"
            [stacks.shop]
            component = "{component}"
            inputs = {{ greeting = "plain" }}
            [stacks.other]
            component = "missing.wasm"
            [environments.prod.stacks.shop]
            inputs = {{ greeting = "prod" }}
            [environments.dev]
            inputs = {{ greeting = "dev" }}
            file_name = "cdk.tf.json"
            [environments.typo]
            inputs = {{ greting = "x" }}
            "#,
            component = component.display()
        ),
    );
    let greeting = |path: &str| -> Value {
        let configuration: Value = serde_json::from_str(&project.read(path)).expect("JSON");
        configuration["resource"]["terraform_data"]["subnet"]["input"].clone()
    };
    project.run(&["run", "shop"]).expect(0);
    project.run(&["run", "shop", "--env", "prod"]).expect(0);
    project.run(&["run", "shop", "--env", "dev", "--input", "cdktf_names=true"]).expect(0);
    assert_eq!(greeting("tapwasm.out/stacks/network/main.tf.json"), "plain");
    assert_eq!(greeting("tapwasm.out/prod/stacks/network/main.tf.json"), "prod");
    assert_eq!(greeting("tapwasm.out/dev/stacks/network/cdk.tf.json"), "dev");
    assert_eq!(manifest(&project, "tapwasm.out/dev")["stacks"]["app"]["configuration"], "cdk.tf.json");
    for folder in [".tapwasm", ".tapwasm/prod", ".tapwasm/dev"] {
        assert!(exists(&project, &format!("{folder}/stacks/app/history/1.json.gz")), "{folder}");
    }
    let shown = project.run(&["state", "show", "network", "terraform_data.subnet", "--env", "prod"]).expect(0).stdout;
    assert!(shown.contains("prod"), "{shown}");
    project.run(&["diff", "shop", "--env", "prod", "--detailed-exitcode"]).expect(0);
    // Two of them side by side, whatever is stored.
    let compared = project.run(&["diff", "shop", "--env", "prod", "--base-env", "dev", "--detailed-exitcode"]).expect(2);
    assert!(compared.stdout.contains("\"dev\" -> \"prod\""), "{}", compared.stdout);
    project.run(&["diff", "shop", "--env", "prod", "--base-env", "prod", "--detailed-exitcode"]).expect(0);
    project.run(&["diff", "shop", "--base-env", "prd"]).expect(1).says(&["there is no environment `prd`: did you mean `prod`?"]);
    project.run(&["run", "shop", "--env", "prd"]).expect(1).says(&["there is no environment `prd`: did you mean `prod`?"]);
    project.run(&["run", "shop", "--env", "typo"]).expect(1).says(&["greting"]);
    project.run(&["inspect", "shop", "--env", "prod"]).expect(0);

    // Several of the file's stacks: one that fails does not keep the others from being done.
    project.run(&["run", "*", "--input", "greeting=all"]).expect(1).says(&["missing.wasm", "1 of 2 failed: other"]);
    assert_eq!(greeting("tapwasm.out/stacks/network/main.tf.json"), "all");
    project.run(&["run", "x*"]).expect(1).says(&["there is no stack `x*`"]);
}

#[test]
fn the_configuration_has_the_name_that_is_asked_for() {
    let project = Project::new();
    run(&project, "one", &[]).expect(0);
    run(&project, "one", &["--file-name", "cdk.tf.json"]).expect(0).says(&["network/cdk.tf.json"]);
    assert!(exists(&project, "tapwasm.out/stacks/app/cdk.tf.json") && !exists(&project, "tapwasm.out/stacks/app/main.tf.json"));
    run(&project, "one", &["--file-name", "x.tf.json"]).expect(64).says(&["`main.tf.json` or `cdk.tf.json`"]);
    project.write("tapwasm.toml", "file_name = \"x.tf.json\"");
    run(&project, "one", &[]).expect(1).says(&["file_name in tapwasm.toml", "`main.tf.json` or `cdk.tf.json`"]);
}

#[test]
fn two_stacks_of_the_project_never_write_one_folder() {
    let project = Project::new();
    let component = guest("stacks");
    let component = component.to_str().expect("paths are UTF-8");
    let stack =
        |name: &str| format!("[stacks.{name}]\ncomponent = {component:?}\n[stacks.{name}.inputs]\ngreeting = \"{name}\"\n");
    project.write("tapwasm.toml", stack("eu") + &stack("us"));
    project.run(&["run", "*"]).expect(1).says(&["`us` and `eu`", "both write", "`out`"]);
    project.run(&["run", "*", "--format", "json"]).expect(64).says(&["one document"]);
}
