//! Out folders: what is not ours is never touched, and what cannot be used is named before anything is written.

use crate::support::{Outcome, Project, outcome, stack_of, stack_with_assets};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What Terraform and its users keep in a stack's folder, and beside it.
const FOREIGN: [&str; 12] = [
    "stacks/app/terraform.tfstate",
    "stacks/app/terraform.tfstate.backup",
    "stacks/app/.terraform/providers/aws/provider",
    "stacks/app/.terraform/terraform.tfstate",
    "stacks/app/.terraform.lock.hcl",
    "stacks/app/terraform.tfvars",
    "stacks/app/prod.auto.tfvars.json",
    "stacks/app/plan.out",
    "stacks/app/override.tf.json",
    "stacks/app/assets/of-somebody-else.txt",
    "stacks/other/main.tf.json",
    "README.md",
];

#[track_caller]
fn refused(project: &Project, flags: &[&str]) -> Outcome {
    let before = project.entries();
    let calls = stack_with_assets("next");
    let refused = outcome(&mut project.script_command("run", &calls, &[&["--color=never"], flags].concat())).expect(1);
    assert_eq!(project.entries(), before);
    refused
}

#[test]
fn what_terraform_keeps_in_a_stacks_folder_survives_every_command() {
    let project = Project::new();
    for path in FOREIGN {
        project.write(&format!("tapwasm.out/{path}"), format!("content of {path}"));
    }
    let script = |command: &str, calls: &str| outcome(&mut project.script_command(command, calls, &[]));
    let check = |command: &str| {
        for path in FOREIGN {
            assert_eq!(project.read(&format!("tapwasm.out/{path}")), format!("content of {path}"), "after {command}");
        }
    };
    for (command, calls) in [
        ("diff", stack_with_assets("first")),
        ("run", stack_with_assets("first")),
        ("run", stack_with_assets("second")),
        ("run", stack_with_assets("second")),
        ("diff", stack_of("third")),
        ("graph", stack_of("third")),
        ("run", stack_of("third")),
        ("run", r#"{"stack": "app"}"#.to_owned()),
    ] {
        script(command, &calls).expect(0);
        check(command);
    }
    // One that fails, and those that need no stack.
    script("run", r#"{"panic": "no"}"#).expect(1);
    for args in [&["state", "list"][..], &["state", "show", "app"], &["new", "another"]] {
        project.run(args).expect(0);
        check(args[0]);
    }
    let ours: Vec<PathBuf> = project.files().into_iter().map(|(path, _)| path).collect();
    let ours = ours.iter().filter(|path| path.starts_with(project.path().join("tapwasm.out"))).count();
    assert_eq!(ours, FOREIGN.len() + 3, "the configuration, the manifest and the lock are ours");
}

#[test]
fn an_out_folder_that_is_a_file_is_named() {
    let project = Project::new();
    project.write("tapwasm.out", "a file");
    refused(&project, &[]).says(&["tapwasm.out is a file, not a folder: choose another out folder"]);
    refused(&project, &["--out", "tapwasm.out/below"]).says(&["tapwasm.out/below", "Not a directory"]);
}

#[test]
fn a_configuration_that_somebody_else_wrote_is_not_written_over() {
    let project = Project::new();
    project.write("tapwasm.out/stacks/app/main.tf.json", "{\"theirs\": 1}");
    refused(&project, &[]).says(&[
        "tapwasm.out/stacks/app/main.tf.json exists and was not written by tapwasm: move it away, or choose another out folder",
    ]);
}

#[test]
fn folders_that_are_files_on_the_way_are_named() {
    let project = Project::new();
    project.write("tapwasm.out/stacks", "a file");
    refused(&project, &[]).says(&["tapwasm.out/stacks/app", "Not a directory"]);
    let project = Project::new();
    project.write("tapwasm.out/stacks/app/assets", "a file");
    refused(&project, &[]).says(&["tapwasm.out/stacks/app/assets"]);
    let project = Project::new();
    std::fs::create_dir_all(project.path().join("tapwasm.out/stacks/app/main.tf.json")).unwrap();
    refused(&project, &[]).says(&["tapwasm.out/stacks/app/main.tf.json", "Is a directory"]);
}

#[test]
fn a_manifest_that_cannot_be_read_is_named() {
    for (content, said) in [
        ("{", "cannot be read"),
        ("{\"version\": 3}", "is of version 3, written by a newer tapwasm: upgrade tapwasm"),
        ("[]", "cannot be read"),
        (r#"{"version": 1, "stacks": {"../../etc": {}}}"#, "cannot be read"),
    ] {
        let project = Project::new();
        project.script(&stack_of("first")).expect(0);
        project.write("tapwasm.out/manifest.json", content);
        refused(&project, &[]).says(&["tapwasm.out/manifest.json", said]);
    }
}

#[test]
fn what_was_deleted_or_edited_is_written_again() {
    let project = Project::new();
    project.script(&stack_with_assets("first")).expect(0);
    let written = project.emitted();
    for change in [
        |project: &Project| std::fs::remove_dir_all(project.path().join("tapwasm.out")).unwrap(),
        |project: &Project| std::fs::remove_file(project.path().join("tapwasm.out/stacks/app/main.tf.json")).unwrap(),
        |project: &Project| std::fs::remove_dir_all(project.path().join("tapwasm.out/stacks/app/assets")).unwrap(),
        |project: &Project| _ = project.write("tapwasm.out/stacks/app/main.tf.json", "{}"),
    ] {
        change(&project);
        project.script(&stack_with_assets("first")).expect(0);
        assert_eq!(project.emitted(), written);
    }
}

#[test]
fn assets_that_nothing_names_any_more_are_removed() {
    let project = Project::new();
    project.script(&stack_with_assets("first")).expect(0);
    project.script(&stack_with_assets("second")).expect(0);
    let names: Vec<String> = project.emitted().into_keys().collect();
    let fresh = Project::new();
    fresh.script(&stack_with_assets("second")).expect(0);
    assert_eq!(names, fresh.emitted().into_keys().collect::<Vec<_>>());
}

impl Project {
    /// Returns what was emitted: each file of the out folder by its path in it.
    pub(crate) fn emitted(&self) -> BTreeMap<String, Vec<u8>> {
        let out = self.path().join("tapwasm.out");
        let files = self.files().into_iter().filter_map(|(path, content)| {
            let name = path.strip_prefix(&out).ok()?.to_str()?.to_owned();
            (name != ".tapwasm.lock").then_some((name, content))
        });
        files.collect()
    }
}

#[test]
fn another_program_does_not_take_over_a_stack() {
    let project = Project::new();
    outcome(&mut project.script_command("run", &stack_of("first"), &[])).expect(0);
    let manifest = project.read("tapwasm.out/manifest.json");
    project.write("tapwasm.out/manifest.json", manifest.replace("\"script\"", "\"payments\""));
    // With a state folder of its own, nothing but the manifest knows of the other program.
    refused(&project, &["--state", "own"])
        .says(&["holds the stack `app` of the program `payments`", "Choose another out folder"]);
}

#[test]
fn state_that_is_gone_is_not_taken_for_a_first_run() {
    let project = Project::new();
    outcome(&mut project.script_command("run", &stack_of("first"), &[])).expect(0);
    std::fs::rename(project.path().join(".tapwasm"), project.path().join("moved")).unwrap();
    refused(&project, &[]).says(&["nothing is stored of it in .tapwasm", "Restore it"]);
    refused(&project, &["--state", "mistyped"]).says(&["nothing is stored of it in mistyped"]);
    outcome(&mut project.script_command("run", &stack_of("second"), &["--state", "moved"])).expect(0);
}

#[test]
fn a_stack_that_is_declared_no_more_is_told_of() {
    let project = Project::new();
    let calls = r#"{"stack": "before"}"#;
    outcome(&mut project.script_command("run", calls, &[])).expect(0);
    // The same inputs, as far as the manifest knows, and another stack.
    let manifest = project.read("tapwasm.out/manifest.json");
    let other = outcome(&mut project.script_command("run", r#"{"stack": "after"}"#, &["--out", "other"])).expect(0);
    assert!(!other.stderr.contains("declared any more"));
    let digest = |text: &str| text.split("\"inputs_sha256\": \"").nth(1).unwrap()[..64].to_owned();
    let inputs = digest(&project.read("other/manifest.json"));
    project.write("tapwasm.out/manifest.json", manifest.replace(&digest(&manifest), &inputs));
    outcome(&mut project.script_command("run", r#"{"stack": "after"}"#, &[]))
        .expect(0)
        .says(&["the stack `before` was written from the same inputs and is no longer declared"]);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_planted_links() {
    use std::os::unix::fs::symlink;
    let project = Project::new();
    let victim = project.write("victim", "precious");
    for planted in [".tapwasm/stacks/app/history/1.json.gz.tapwasm-tmp", "tapwasm.out/stacks/app/main.tf.json.tapwasm-tmp"] {
        let planted = project.path().join(planted);
        std::fs::create_dir_all(planted.parent().unwrap()).unwrap();
        symlink(&victim, &planted).unwrap();
    }
    outcome(&mut project.script_command("run", &stack_of("first"), &[])).expect(0);
    assert_eq!(project.read("victim"), "precious");

    let lock = project.path().join("tapwasm.out/.tapwasm.lock");
    std::fs::remove_file(&lock).unwrap();
    symlink(&victim, &lock).unwrap();
    outcome(&mut project.script_command("run", &stack_of("second"), &[])).expect(1).says(&[".tapwasm.lock", "no regular file"]);
    assert_eq!(project.read("victim"), "precious");
}
