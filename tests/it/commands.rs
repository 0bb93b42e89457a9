//! The commands as a user types them: what they print for people and for programs, exit codes, `tapwasm.toml`, and what a build may see.

use crate::new::folder_for_crates;
use crate::support::{Outcome, Project, guest, outcome};
use serde_json::{Value, json};

/// Two resources, the second refers to the first; an output that refers to the second; and a stack beside them.
fn calls(input: &str) -> Value {
    let resource = |name: &str, value: Value| {
        let body = [vec![json!(["body", 1]), json!(["argument", "input"])], vec![value]].concat();
        json!({ "resource": { "type": "terraform_data", "name": name, "body": body } })
    };
    json!({ "calls": [
        { "stack": "app" },
        resource("first", json!(input)),
        resource("second", json!(["symbol", "terraform_data.first.id"])),
        { "output": { "labels": ["second"], "body": [["body", 1], ["argument", "value"], ["symbol", "terraform_data.second.id"]] } },
        { "log": ["debug", "a detail"] },
        { "log": ["info", "an information"] },
        { "log": ["warning", "a warning"] },
        { "stack": "beside" },
        resource("third", json!(true)),
    ] })
}

/// A project with the component and two files of inputs that differ in one value.
fn project() -> Project {
    let project = Project::new();
    std::fs::copy(guest("script"), project.path().join("script.wasm")).unwrap();
    project.write("one.json", calls("one").to_string());
    project.write("two.json", calls("two").to_string());
    project
}

const STACK: [&str; 3] = ["script.wasm", "--inputs", "one.json"];

fn run(project: &Project, command: &str, flags: &[&str]) -> Outcome {
    project.run(&[&[command], &STACK[..], flags].concat())
}

/// The JSON document that is all of standard output, with its version.
#[track_caller]
fn document(outcome: Outcome) -> Value {
    let document: Value = serde_json::from_str(&outcome.stdout).unwrap_or_else(|error| panic!("{error}:\n{}", outcome.stdout));
    assert_eq!(document["version"], 1, "{document}");
    assert!(outcome.stdout.ends_with("}\n") && !outcome.stdout.contains('\u{1b}'));
    document
}

#[test]
fn run_shows_each_stack_and_what_to_do_next() {
    let project = project();
    let outcome = run(&project, "run", &[]).expect(0);
    let next = "Next: cd tapwasm.out/stacks/app && terraform init && terraform plan";
    assert!(outcome.stdout.contains("Stack app") && outcome.stdout.contains("Stack beside"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("Plan: 6 to create, 0 to update, 0 to move, 0 to delete."), "{}", outcome.stdout);
    outcome.says(&["Wrote tapwasm.out/stacks/app/main.tf.json", next, "Wrote tapwasm.out/stacks/beside/main.tf.json"]);
    for file in ["tapwasm.out/manifest.json", ".tapwasm/stacks/app/history/1.json.gz", ".tapwasm/stacks/beside/history/1.json.gz"]
    {
        assert!(project.path().join(file).is_file(), "{file}");
    }
}

#[test]
fn diff_tells_by_its_exit_code_and_writes_nothing() {
    let project = project();
    let files = project.files();
    run(&project, "diff", &[]).expect(0);
    run(&project, "diff", &["--detailed-exitcode"]).expect(2);
    assert!(project.files() == files, "diff wrote something");
    run(&project, "run", &[]).expect(0);
    let files = project.files();
    run(&project, "diff", &["--detailed-exitcode"]).expect(0);
    let changed = project.run(&["diff", "script.wasm", "--inputs", "two.json", "--detailed-exitcode"]).expect(2);
    assert!(changed.stdout.contains("~ terraform_data.first"), "{}", changed.stdout);
    assert!(!changed.stdout.contains("terraform_data.second"), "{}", changed.stdout);
    assert!(project.files() == files, "diff wrote something");
    // An error is an error, whatever is asked for.
    project.run(&["diff", "script.wasm", "--detailed-exitcode"]).expect(1);
}

#[test]
fn plans_are_documents_for_programs() {
    let project = project();
    let first = document(run(&project, "run", &["--format", "json"]).expect(0));
    assert_eq!(first["stacks"][0]["stack"], "app");
    assert_eq!(first["stacks"][0]["first"], true);
    assert_eq!(first["stacks"][0]["summary"]["create"], 4);
    assert_eq!(first["stacks"][1]["summary"]["create"], 2);
    let messages: Vec<&str> =
        first["diagnostics"].as_array().unwrap().iter().filter_map(|diagnostic| diagnostic["severity"].as_str()).collect();
    assert!(messages.contains(&"warning") && messages.contains(&"info"), "{first}");
    let second = document(project.run(&["diff", "script.wasm", "--inputs", "two.json", "--format=json"]).expect(0));
    let change = &second["stacks"][0]["changes"][0];
    assert_eq!((&change["action"], &change["address"]), (&json!("update"), &json!("terraform_data.first")));
    let difference = &change["differences"][0];
    assert_eq!((&difference["before"]["value"], &difference["after"]["value"]), (&json!("one"), &json!("two")));
}

#[test]
fn inspect_shows_what_a_component_is_without_running_it() {
    let project = project();
    // No inputs are needed, and `build`, which would fail without them, is not called.
    let text = project.run(&["inspect", "script.wasm"]).expect(0).stdout;
    for part in [
        "program   script 1.0.0",
        "contract  0.1.0",
        "sha256    ",
        "calls: ",
        "required",
        "tapwasm:stack/declare@0.1.0",
        "Exports",
    ] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    let inspected = document(project.run(&["inspect", "script.wasm", "--format", "json"]).expect(0));
    assert_eq!((&inspected["program"], &inspected["program_version"]), (&json!("script"), &json!("1.0.0")));
    assert_eq!(inspected["inputs"][0]["name"], "calls");
    assert_eq!(inspected["inputs"][0]["required"], true);
    assert_eq!(inspected["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(project.files().len(), 3, "inspect wrote something");
}

#[test]
fn graph_shows_what_refers_to_what() {
    let project = project();
    let dot = run(&project, "graph", &[]).expect(0).stdout;
    assert!(dot.starts_with("digraph {"), "{dot}");
    assert!(dot.contains(r#""app/terraform_data.second" -> "app/terraform_data.first""#), "{dot}");
    assert!(dot.contains(r#"label = "beside""#), "{dot}");
    let graph = document(run(&project, "graph", &["--format", "json"]).expect(0));
    let app = &graph["stacks"][0];
    assert_eq!(app["nodes"].as_array().map(Vec::len), Some(4));
    let edge = json!({ "from": "terraform_data.second", "to": "terraform_data.first" });
    assert!(app["edges"].as_array().unwrap().contains(&edge), "{graph}");
    assert!(!project.path().join("tapwasm.out").exists() && !project.path().join(".tapwasm").exists());
}

#[test]
fn state_shows_what_was_emitted() {
    let project = project();
    assert_eq!(project.run(&["state", "list"]).expect(0).stdout, "");
    assert_eq!(document(project.run(&["state", "list", "--format", "json"]).expect(0))["stacks"], json!([]));
    assert!(!project.path().join(".tapwasm").exists(), "looking made a folder");
    project.run(&["state", "show", "app"]).expect(1).says(&["no stack `app` is stored; nothing is stored yet"]);

    run(&project, "run", &[]).expect(0);
    let list = project.run(&["state", "list"]).expect(0).stdout;
    assert_eq!(list.lines().count(), 2);
    assert!(list.starts_with("app  serial 1, 4 declared, program script"), "{list}");
    let addresses = project.run(&["state", "list", "app"]).expect(0).stdout;
    assert_eq!(addresses, "output.second\nterraform\nterraform_data.first\nterraform_data.second\n");
    let listed = document(project.run(&["state", "list", "app", "--format", "json"]).expect(0));
    assert_eq!(listed["addresses"], json!(["output.second", "terraform", "terraform_data.first", "terraform_data.second"]));
    assert_eq!(listed["serial"], 1);

    let shown = project.run(&["state", "show", "app", "terraform_data.first"]).expect(0).stdout;
    assert!(shown.contains("terraform_data.first") && shown.contains("\"one\"") && !shown.contains("second"), "{shown}");
    let shown = document(project.run(&["state", "show", "app", "terraform_data.first", "--format", "json"]).expect(0));
    assert_eq!(shown["entries"].as_array().map(Vec::len), Some(1));
    project.run(&["state", "show", "ap"]).expect(1).says(&["no stack `ap` is stored; did you mean `app`?"]);
    project.run(&["state", "show", "app", "terraform_data.frist"]).expect(1).says(&["did you mean `terraform_data.first`?"]);

    // Kept elsewhere, it is found there.
    run(&project, "run", &["--state", "elsewhere", "--out", "out"]).expect(0);
    assert!(project.run(&["state", "list", "--state", "elsewhere"]).expect(0).stdout.contains("beside"));
}

#[test]
fn quiet_says_results_and_warnings_only_and_verbose_says_more() {
    let project = project();
    let normal = run(&project, "diff", &[]).expect(0);
    assert!(normal.stderr.contains("an information") && !normal.stderr.contains("a detail"), "{}", normal.stderr);
    let verbose = run(&project, "diff", &["-v"]).expect(0).says(&["a detail"]);
    assert!(verbose.stdout.contains("input") && verbose.stdout.len() > normal.stdout.len(), "{}", verbose.stdout);
    let quiet = run(&project, "run", &["-q"]).expect(0).says(&["a warning"]);
    for said in ["Wrote", "Next", "an information"] {
        assert!(!quiet.stderr.contains(said), "{}", quiet.stderr);
    }
    assert_eq!(quiet.stdout, normal.stdout);
    run(&project, "diff", &["-q", "-v"]).expect(64);
}

#[test]
fn colour_is_for_terminals_unless_it_is_asked_for() {
    let project = project();
    let has_colour = |flags: &[&str], environment: &[(&str, &str)]| {
        let mut command = project.command(&[&["diff"], &STACK[..], flags].concat());
        let outcome = outcome(command.envs(environment.iter().copied())).expect(0);
        let (out, err) = (outcome.stdout.contains('\u{1b}'), outcome.stderr.contains('\u{1b}'));
        assert_eq!(out, err, "colour on one of two");
        out
    };
    assert!(!has_colour(&[], &[]), "no terminal");
    assert!(has_colour(&["--color", "always"], &[]));
    assert!(has_colour(&["--color=always"], &[("NO_COLOR", "1")]), "a flag counts more than the environment");
    assert!(!has_colour(&["--color=never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!has_colour(&[], &[("NO_COLOR", "1"), ("TERM", "xterm-256color")]));
    run(&project, "diff", &["--color=sometimes"]).expect(64);
    // Documents have none, whatever is asked for.
    document(run(&project, "diff", &["--color=always", "--format=json"]).expect(0));
}

#[test]
fn the_project_file_names_stacks_with_all_that_belongs_to_them() {
    let project = Project::new();
    project.write("components/script.wasm", std::fs::read(guest("script")).unwrap());
    let calls = |input: &str| serde_json::to_string(&calls(input)["calls"]).unwrap();
    let file = format!(
        "out = 'all.out'\n\n[limits]\nlog-bytes = 1000000\n\n[stacks.one]\ncomponent = 'components/script.wasm'\nstate = 'one.state'\n\
         \n[stacks.one.inputs]\ncalls = {}\n\n[stacks.small]\ncomponent = 'components/script.wasm'\nout = 'small.out'\n\
         \n[stacks.small.limits]\ndeclarations = 1\n",
        toml_of(&calls("one"))
    );
    project.write("tapwasm.toml", file);
    project.run(&["run", "one"]).expect(0).says(&["Wrote all.out/stacks/app/main.tf.json"]);
    assert!(project.path().join("one.state/stacks/app/history/1.json.gz").is_file());

    // From a folder below, the same stack, the same folders.
    let below = project.path().join("deep/er");
    std::fs::create_dir_all(&below).unwrap();
    let from_below = |args: &[&str]| outcome(project.command(args).current_dir(&below));
    let again = from_below(&["run", "one"]).expect(0);
    assert!(again.stdout.contains("No changes."), "{}", again.stdout);
    assert!(below.read_dir().unwrap().next().is_none(), "something was written where the command was run");
    assert!(from_below(&["state", "list", "--state", "../../one.state"]).expect(0).stdout.contains("app"));

    // What the command line says counts more.
    let given = format!("calls={}", calls("two"));
    let changed = project.run(&["diff", "one", "--input", &given, "--detailed-exitcode"]).expect(2);
    assert!(changed.stdout.contains("~ terraform_data.first"), "{}", changed.stdout);
    project.run(&["run", "small", "--input", &given]).expect(3).says(&["declarations"]);
    project.run(&["run", "small", "--input", &given, "--limit", "declarations=100"]).expect(0);
    assert!(project.path().join("small.out/stacks/app/main.tf.json").is_file());
    assert!(project.path().join(".tapwasm/stacks/app/history/1.json.gz").is_file());

    project.run(&["run", "smal"]).expect(1).says(&["did you mean `small`?"]);
}

/// JSON as TOML has it, on one line.
fn toml_of(json: &str) -> String {
    let value: Value = serde_json::from_str(json).unwrap();
    toml::Value::try_from(value).unwrap().to_string()
}

#[test]
fn building_is_refused_where_that_is_asked_for() {
    let project = folder_for_crates();
    project.run(&["new", "refused"]).expect(0);
    let files = project.files();
    for command in ["run", "diff", "inspect", "graph"] {
        project.run(&[command, "refused", "--no-build"]).expect(1).says(&["building is refused", "`.wasm` file"]);
    }
    assert!(project.files() == files, "something was built");
    project.write("tapwasm.toml", "build = false\n[stacks.dev]\ncrate = 'refused'\n");
    project.run(&["run", "dev"]).expect(1).says(&["building is refused", "`build = false`"]);
    project.run(&["run", "refused"]).expect(1).says(&["building is refused"]);
    // A component is no crate.
    std::fs::copy(guest("script"), project.path().join("script.wasm")).unwrap();
    project.run(&["run", "script.wasm", "--no-build", "--input", "calls=[]"]).expect(0);
}

#[test]
fn a_build_sees_no_credentials_and_says_so_in_ci() {
    let project = folder_for_crates();
    project.run(&["new", "nosy"]).expect(0);
    // A build script that writes what it sees where the test finds it.
    project.write(
        "nosy/build.rs",
        r#"fn main() {
            let seen: Vec<String> = std::env::vars().map(|(name, value)| format!("{name}={value}")).collect();
            std::fs::write("seen.txt", seen.join("\n")).unwrap();
            println!("cargo::rerun-if-changed=never");
        }"#,
    );
    let mut command = project.command(&["build", "nosy"]);
    let secrets = [
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "GITHUB_TOKEN",
        "TF_VAR_password",
        "CARGO_REGISTRY_TOKEN",
        "SSH_AUTH_SOCK",
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "RUSTC_WRAPPER",
        "CARGO_BUILD_TARGET",
        "CARGO_TARGET_DIR",
    ];
    command.envs(secrets.map(|name| (name, "hunter2"))).env("CI", "true");
    let built = outcome(&mut command).expect(0).says(&["warning: building nosy runs its build scripts", "`--no-build`"]);
    let seen = project.read("nosy/seen.txt");
    assert!(seen.contains("CARGO_PKG_NAME=nosy") && seen.contains("PATH="), "the build script saw nothing at all");
    assert!(!seen.contains("hunter2"), "{seen}");

    // The component's path, alone, is what standard output has.
    assert_eq!(built.stdout.lines().count(), 1);
    assert!(built.stdout.trim_end().ends_with("nosy.component.wasm"), "{}", built.stdout);
    project.run(&["run", built.stdout.trim_end()]).expect(0);

    // Nobody is warned elsewhere.
    let quiet = project.run(&["build", "nosy"]).expect(0);
    assert!(!quiet.stderr.contains("warning"), "{}", quiet.stderr);
}

#[test]
fn wrong_usage_is_told_apart_from_errors() {
    let project = project();
    for args in [
        &["fly"][..],
        &["run"],
        &["run", "script.wasm", "--wings"],
        &["run", "script.wasm", "--input", "novalue"],
        &["run", "script.wasm", "--limit", "wings=2"],
        &["run", "script.wasm", "--limit", "fuel=many"],
        &["diff", "script.wasm", "--format", "xml"],
        &[],
    ] {
        project.run(args).expect(64);
    }
    for args in [&["--help"][..], &["--version"], &["run", "--help"], &["help", "diff"]] {
        project.run(args).expect(0);
    }
    project.run(&["run", "nowhere.wasm"]).expect(1).says(&["there is no stack `nowhere.wasm`"]);
    project.run(&["run", "."]).expect(1).says(&["no Cargo.toml"]);
    assert_eq!(project.files().len(), 3);
}
