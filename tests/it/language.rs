//! Every block and meta-argument, said by the SDK's own words in the guest `language`: emitted by the real binary, and taken by the real
//! Terraform. What only Terraform's own resources need is applied and destroyed; the rest is validated, and planned where it can be.

use crate::support::{Outcome, Project, guest, has_terraform, judge, outcome, skipped};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A project in which the guest has declared a part.
struct Part {
    project: Project,
}

impl Part {
    fn declared(part: &str, inputs: &[&str]) -> Part {
        let language = Part { project: Project::new() };
        language.declare(part, inputs);
        language
    }

    fn declare(&self, part: &str, inputs: &[&str]) {
        let component = guest("language");
        let part = format!("part={part}");
        let mut args = vec!["run", component.to_str().expect("paths are UTF-8"), "--input", &part];
        inputs.iter().for_each(|input| args.extend(["--input", input]));
        self.project.run(&args).expect(0);
    }

    fn folder(&self, stack: &str) -> PathBuf {
        self.project.path().join("tapwasm.out/stacks").join(stack)
    }

    fn file(&self, path: &str) -> String {
        self.project.read(&format!("tapwasm.out/stacks/app/{path}"))
    }

    fn configuration(&self, stack: &str) -> Value {
        let text = self.project.read(&format!("tapwasm.out/stacks/{stack}/main.tf.json"));
        serde_json::from_str(&text).expect("a configuration is JSON")
    }

    fn terraform(&self, stack: &str, args: &[&str]) -> Outcome {
        let mut command = self.project.tool("terraform", args);
        command.current_dir(self.folder(stack)).env("TF_IN_AUTOMATION", "1").env("CHECKPOINT_DISABLE", "1");
        outcome(command.env("TF_INPUT", "0").env("TF_CLI_CONFIG_FILE", if cfg!(windows) { "NUL" } else { "/dev/null" }))
    }

    fn apply(&self) -> Outcome {
        self.apply_stack("app")
    }

    fn apply_stack(&self, stack: &str) -> Outcome {
        self.terraform(stack, &["init", "-no-color"]).expect(0);
        self.terraform(stack, &["apply", "-no-color", "-auto-approve"]).expect(0)
    }

    /// Expects a further plan to have nothing to do, and destroys everything.
    fn settles_and_goes(&self) {
        self.terraform("app", &["plan", "-no-color", "-detailed-exitcode"]).expect(0);
        self.terraform("app", &["destroy", "-no-color", "-auto-approve"]).expect(0);
    }

    fn outputs(&self) -> Value {
        let printed = self.terraform("app", &["output", "-no-color", "-json"]).expect(0).stdout;
        let outputs: Value = serde_json::from_str(&printed).expect("terraform prints JSON");
        let values = outputs.as_object().expect("outputs have names").iter();
        values.map(|(name, output)| (name.clone(), output["value"].clone())).collect::<serde_json::Map<_, _>>().into()
    }

    /// Returns what the judge says, and whether it is content; nothing where the judge is absent.
    fn judged(&self, step: &str) -> Option<(bool, String)> {
        let output = judge(&self.folder("app"), step, &[])?;
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        Some((output.status.success(), said))
    }
}

/// Tells whether Terraform is installed, and a shell for its provisioners; says so where they are not.
fn has_terraform_and_shell() -> bool {
    if cfg!(windows) {
        skipped("the provisioners' commands are for a Unix shell");
    }
    !cfg!(windows) && has_terraform()
}

#[test]
fn terraform_knows_every_argument_of_the_backends() {
    if !has_terraform() {
        return;
    }
    let part = Part::declared("backends", &[]);
    let init = |stack: &str| {
        let ended = part.terraform(stack, &["init", "-no-color"]);
        format!("{}{}", ended.stdout, ended.stderr)
    };
    let is_unknown = |said: &str| said.contains("argument or block type is named");
    for stack in ["s3", "gcs", "azurerm", "generic", "partial", "local", "cloud", "cloud_tags", "cloud_values"] {
        let said = init(stack);
        assert!(!is_unknown(&said), "{stack}: {said}");
    }
    // Terraform says it before it reaches for anything.
    let said = init("unknown");
    assert!(is_unknown(&said), "{said}");
    part.terraform("local", &["init", "-no-color"]).expect(0);
    part.terraform("partial", &["init", "-no-color", "-reconfigure", "-backend-config=path=given.tfstate"]).expect(0);
    assert!(part.project.read("tapwasm.out/stacks/partial/.terraform/terraform.tfstate").contains("given.tfstate"));
    let cloud = &part.configuration("cloud_values")["terraform"]["cloud"];
    let workspaces = json!([{ "project": "payments", "tags": { "tier": "prod" } }]);
    assert_eq!(*cloud, json!({ "hostname": "localhost:1", "organization": "acme", "workspaces": workspaces }));
}

#[test]
fn a_state_is_read_where_a_backend_keeps_it() {
    if !has_terraform() {
        return;
    }
    let part = Part::declared("states", &[]);
    part.apply_stack("network");
    part.apply();
    assert_eq!(part.outputs(), json!({ "second": "b", "zone": "none" }));
    assert_eq!(part.configuration("app").get("terraform"), None, "Terraform's own data source needs no provider");
    part.settles_and_goes();
}

#[test]
fn values_come_back_as_they_were_typed() {
    if !has_terraform() {
        return;
    }
    let part = Part::declared("values", &[]);
    part.apply();
    let outputs = part.outputs();
    let bob = json!({
        "name": "Bob", "admin": null, "quota": 7, "shell": "\"${HOME}\"\\bin\n%{x}", "groups": ["all"], "labels": { "a b": "c" },
    });
    let expected = json!({
        "names": ["Ada", "Bob"], "bob": bob, "size": "true", "zones": ["a", "b"], "password": "secret",
    });
    assert_eq!(outputs, expected);
    assert!(part.file("states/app.tfstate").contains("Ada"), "the backend says where the state is");
    assert!(!part.file("states/app.tfstate").contains("short-lived"));
    let refused = part.terraform("app", &["plan", "-no-color", "-var", "users={}"]).expect(1);
    refused.says(&["0 users are too few."]);
    part.settles_and_goes();
}

#[test]
fn instances_follow_what_they_are_made_for() {
    if !has_terraform() {
        return;
    }
    let part = Part::declared("instances", &[]);
    part.apply();
    let expected = json!({
        "counted": [0, 1], "second": 1, "asked": ["x", "y"], "two": 2, "chained": { "a": "a: a!", "b": "b: b!" },
    });
    assert_eq!(part.outputs(), expected);
    part.settles_and_goes();
}

#[test]
fn lifecycles_conditions_provisioners_and_checks_do_what_they_say() {
    if !has_terraform_and_shell() {
        return;
    }
    let part = Part::declared("lifecycles", &[]);
    let applied = part.apply();
    // A check warns, and stops nothing.
    assert!(applied.stdout.contains("Unable to find remote state") && applied.stdout.contains("Apply complete"), "{applied:?}");
    assert_eq!(part.file("log.txt"), "created 1 in assets\n");
    // What triggers it replaces it, new before old; what is ignored stays.
    let applied = part.terraform("app", &["apply", "-no-color", "-auto-approve", "-var", "release=2"]).expect(0);
    assert!(applied.stdout.contains("Release 2 is new."), "{}", applied.stdout);
    assert!(applied.stdout.contains("1 added, 1 changed, 1 destroyed"), "{}", applied.stdout);
    assert_eq!(part.file("log.txt"), "created 1 in assets\ncreated 2 in assets\n");
    part.terraform("app", &["apply", "-no-color", "-auto-approve", "-var", "release="]).expect(1).says(&["There is no release."]);
    part.terraform("app", &["apply", "-no-color", "-auto-approve", "-var", "release=bad"])
        .expect(1)
        .says(&["Release bad is bad."]);
    part.terraform("app", &["destroy", "-no-color", "-auto-approve"]).expect(0);
    assert!(part.file("log.txt").ends_with("\ndestroyed 1\n"), "what ignores all changes kept its first release");
}

#[test]
fn modules_come_from_a_repository() {
    if !has_terraform_and_shell() {
        return;
    }
    let repository = Project::new();
    let echo = json!({
        "variable": { "text": { "type": "string" } },
        "resource": { "terraform_data": { "echo": { "input": "${var.text}" } } },
        "output": { "echo": { "value": "${terraform_data.echo.output}!" } },
    });
    repository.write("modules/echo/main.tf.json", echo.to_string());
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"];
        outcome(repository.tool("git", &[]).args(identity).args(args)).expect(0);
    };
    if repository.tool("git", &["--version"]).output().is_err() {
        return skipped("git is not installed");
    }
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message=first"]);
    git(&["tag", "v1.0+first"]);
    repository.write("modules/echo/main.tf.json", "{}");
    git(&["commit", "--quiet", "--all", "--message=the tag is what counts"]);

    let url = format!("repository=file://{}", repository.path().display());
    let part = Part::declared("modules", &[&url]);
    part.apply();
    assert_eq!(part.outputs(), json!({ "one": "one!", "counted": ["0!", "1!"], "a": "a!!" }));
    part.settles_and_goes();
}

#[test]
fn what_exists_is_adopted_and_let_go_of() {
    if !has_terraform_and_shell() {
        return;
    }
    let part = Part::declared("adopted", &[]);
    part.apply();
    part.declare("adopted", &["before=false"]);
    let applied = part.apply();
    assert!(applied.stdout.contains("3 imported, 0 added, 0 changed, 1 destroyed"), "{}", applied.stdout);
    assert!(applied.stdout.contains("1 forgotten") || applied.stdout.contains("will no longer be managed"), "{}", applied.stdout);
    assert_eq!(part.outputs(), json!({ "ids": ["id-of-x", "id-of-y"] }));
    assert_eq!(part.file("log.txt"), "gone: destroyed\n");
    part.settles_and_goes();
}

#[test]
fn an_import_by_identity_says_what_terraform_1_12_reads() {
    let import = &Part::declared("identity", &[]).configuration("app")["import"];
    let identity = json!({ "bucket": "logs", "region": "us-west-2" });
    assert_eq!(*import, json!([{ "identity": identity, "to": "aws_s3_bucket.logs" }]));
}

#[test]
fn modules_of_a_registry_say_where_and_which() {
    let module = &Part::declared("registry", &[]).configuration("app")["module"]["user"];
    let source = "terraform-aws-modules/iam/aws//modules/iam-user";
    let expected = json!({ "name": "ada", "providers": { "aws": "aws.west" }, "source": source, "version": "~> 5.0" });
    assert_eq!(*module, expected);
}

/// Puts a module beside a stack's configuration, which needs a provider of whoever calls it.
fn write_network(folder: &Path) {
    let network = json!({
        "terraform": { "required_providers": { "aws": { "source": "hashicorp/aws" } } },
        "resource": { "aws_vpc": { "main": { "cidr_block": "10.0.0.0/16" } } },
    });
    std::fs::create_dir_all(folder.join("network")).expect("folders can be made");
    std::fs::write(folder.join("network/main.tf.json"), network.to_string()).expect("files can be written");
}

#[test]
fn provider_configurations_reach_what_they_are_for() {
    let part = Part::declared("providers", &[]);
    write_network(&part.folder("app"));
    let Some((_, said)) = part.judged("plan-twice") else { return };
    // The data source of a check is read in every run, which is all that is left to do.
    let second = said.split("---- second plan").nth(1).unwrap_or_default();
    assert!(
        second.contains("Plan: 0 to add, 0 to change, 0 to destroy.") && second.contains("to verify a check block"),
        "{said}"
    );
}

#[test]
fn provisioners_that_reach_a_resource_are_valid() {
    let Some((is_valid, said)) = Part::declared("remote", &[]).judged("validate") else { return };
    assert!(is_valid, "{said}");
}

#[test]
fn dynamic_blocks_are_made_for_what_is_not_known() {
    let part = Part::declared("dynamic", &[]);
    let Some((is_planned, said)) = part.judged("show-plan") else { return };
    assert!(is_planned, "{said}");
    let plan: Value = serde_json::from_str(&said).expect("a plan is JSON");
    let resources = plan["planned_values"]["root_module"]["resources"].as_array().expect("there are resources");
    let values = |address: &str| &resources.iter().find(|one| one["address"] == address).expect("it is planned")["values"];
    let volumes = values("aws_instance.web")["ebs_block_device"].as_array().expect("there are volumes");
    assert_eq!(volumes.iter().map(|volume| volume["volume_size"].as_i64().unwrap()).sum::<i64>(), 30);
    let matched = &values("aws_appmesh_route.route")["spec"][0]["http_route"][0]["match"][0];
    assert_eq!(matched["path"][0]["exact"], "/a");
    assert_eq!(matched["header"][0]["match"][0]["exact"], "/a0x");
}

#[test]
fn ephemeral_resources_have_what_terraform_takes() {
    let configuration = Part::declared("ephemeral", &[]).configuration("app");
    let database = &configuration["ephemeral"]["aws_secretsmanager_secret_version"]["database"];
    let expected = json!({
        "depends_on": ["aws_secretsmanager_secret.database"],
        "for_each": "${toset([\"AWSCURRENT\", \"AWSPREVIOUS\"])}",
        "lifecycle": {
            "precondition": [{ "condition": "${aws_secretsmanager_secret.database.name != \"\"}", "error_message": "There is no secret." }],
            "postcondition": [{ "condition": "${self.secret_string != \"\"}", "error_message": "The secret is empty." }],
        },
        "provider": "aws.west",
        "secret_id": "${aws_secretsmanager_secret.database.id}",
        "version_stage": "${each.key}",
    });
    assert_eq!(*database, expected);
    let copy = &configuration["resource"]["aws_ssm_parameter"]["copy"]["value_wo"];
    assert_eq!(*copy, "${ephemeral.aws_secretsmanager_secret_version.database[\"AWSCURRENT\"].secret_string}");
}
