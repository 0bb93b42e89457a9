//! Granted files: read, put beside the stack, packed, called as modules; and every way out of a grant refused.

use crate::support::{Outcome, Project, guest, has_terraform, outcome};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// A project with a granted folder `config`.
fn project() -> Project {
    let project = Project::new();
    project.write("given/a.txt", "hello");
    project.write("given/sub/b.json", r#"{ "greeting": "hi", "numbers": [1, 2] }"#);
    project.write("given/sub/.hidden", "h");
    project.write("given/c.yaml", "greeting: hey\nnumbers:\n  - 1\n");
    project
}

fn run(project: &Project, wants: &[&str], flags: &[&str]) -> Outcome {
    let component = guest("assets");
    let input = format!("wants={}", json!(wants));
    let args = [&["run", component.to_str().unwrap(), "--color=never", "--input", &input], flags].concat();
    project.run(&args)
}

fn granted(project: &Project, wants: &[&str]) -> Outcome {
    run(project, wants, &["--grant-assets", "config=given"])
}

fn output(project: &Project, name: &str) -> Value {
    let configuration: Value = serde_json::from_str(&project.read("tapwasm.out/stacks/app/main.tf.json")).unwrap();
    configuration["output"][name]["value"].clone()
}

#[test]
fn granted_documents_are_read() {
    let project = project();
    granted(&project, &["text config/a.txt", "json config/sub/b.json", "yaml config/c.yaml", "list config"]).expect(0);
    assert_eq!(output(&project, "text_0"), "hello");
    assert_eq!(output(&project, "json_1"), "hi 2");
    assert_eq!(output(&project, "yaml_2"), "hey 1");
    assert_eq!(output(&project, "list_3"), json!(["a.txt", "c.yaml", "sub/.hidden", "sub/b.json"]));
}

#[test]
fn the_project_file_grants_too_and_the_command_line_counts_more() {
    let project = project();
    project.write("other/a.txt", "other");
    project.write("tapwasm.toml", "[assets]\nconfig = \"given\"\n");
    run(&project, &["text config/a.txt"], &[]).expect(0);
    assert_eq!(output(&project, "text_0"), "hello");
    run(&project, &["text config/a.txt"], &["--grant-assets", "config=other"]).expect(0);
    assert_eq!(output(&project, "text_0"), "other");
    run(&project, &["text other/a.txt"], &["--grant-assets", "other"]).expect(0);
    let twice = ["--grant-assets", "config=other", "--grant-assets", "config=given"];
    run(&project, &["text config/a.txt"], &twice).expect(64).says(&["config"]);
    run(&project, &[], &["--grant-assets", "nowhere"]).expect(1).says(&["nowhere"]);
}

#[test]
fn files_folders_and_archives_stand_beside_the_configuration() {
    let project = project();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(project.path().join("given/a.txt"), fs::Permissions::from_mode(0o700)).unwrap();
    }
    let wants = ["file config/a.txt", "folder config", "zip config/sub"];
    granted(&project, &wants).expect(0);
    let folder = project.path().join("tapwasm.out/stacks/app");
    let path = |name: &str| output(&project, name).as_str().unwrap().to_owned();
    let (file, copied, archive) = (path("file_0_path"), path("folder_1_path"), path("zip_2_path"));
    assert_eq!(fs::read_to_string(folder.join(&file)).unwrap(), "hello");
    assert_eq!(fs::read_to_string(folder.join(&copied).join("sub/.hidden")).unwrap(), "h");
    assert!(fs::read(folder.join(&archive)).unwrap().starts_with(b"PK"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder.join(&copied).join("a.txt")), 0o755);
        assert_eq!(mode(&folder.join(&copied).join("c.yaml")), 0o644);
    }

    // Other content, other folder; the old one goes with everything in it.
    project.write("given/sub/.hidden", "changed");
    granted(&project, &wants).expect(0);
    assert_ne!(path("folder_1_path"), copied);
    assert!(!folder.join(&copied).exists(), "the old folder is still there");
    granted(&project, &wants).expect(0).says(&["up to date"]);

    granted(&project, &[]).expect(0);
    let left: Vec<_> = fs::read_dir(folder.join("assets")).map(|entries| entries.collect()).unwrap_or_default();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn archives_have_the_same_bytes_whatever_the_times_and_the_place() {
    let first = project();
    granted(&first, &["zip config/sub", "packed config/sub"]).expect(0);
    let second = Project::new();
    for file in ["sub/b.json", "sub/.hidden"] {
        let path = second.write(&format!("elsewhere/{file}"), first.read(&format!("given/{file}")));
        let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        fs::File::options().write(true).open(path).unwrap().set_modified(long_ago).unwrap();
    }
    run(&second, &["zip config/sub", "packed config/sub"], &["--grant-assets", "config=elsewhere"]).expect(0);
    assert_eq!(output(&first, "zip_0_digest"), output(&second, "zip_0_digest"));
    assert_eq!(output(&first, "zip_0_digest"), output(&first, "packed_1_digest"), "packed by the host and by the program");
    let text = first.read("tapwasm.out/stacks/app/main.tf.json") + &first.read("tapwasm.out/manifest.json");
    assert!(!text.contains(first.path().to_str().unwrap()), "an absolute path was emitted");
}

#[cfg(unix)]
#[test]
fn nothing_leads_out_of_a_grant() {
    use std::os::unix::ffi::OsStringExt;
    use std::os::unix::fs::symlink;
    let project = project();
    project.write("secret.txt", "secret");
    let given = project.path().join("given");
    symlink("../secret.txt", given.join("out")).unwrap();
    symlink("a.txt", given.join("in")).unwrap();
    symlink("/dev/zero", given.join("zero")).unwrap();
    assert!(project.tool("mkfifo", &["given/pipe"]).status().unwrap().success());
    for (path, why) in [
        ("config/out", "link"),
        ("config/in", "link"),
        ("config/zero", "link"),
        ("config/pipe", "`config/pipe`"),
        ("config/../secret.txt", ".."),
        ("/etc/passwd", "absolute"),
        ("config//a.txt", "no path"),
        ("config/./a.txt", "no path"),
        ("config/nothing", "`config/nothing`"),
        ("config/sub", "`config/sub`"),
        ("secrets/a.txt", "--grant-assets secrets=DIR"),
    ] {
        granted(&project, &[&format!("text {path}")]).expect(1).says(&[path, why, "assets.rs:"]);
        granted(&project, &[&format!("file {path}")]).expect(1).says(&[path, why, "assets.rs:"]);
    }
    // Both are told in one run.
    granted(&project, &["file config/out", "folder nobody"]).expect(1).says(&["config/out", "nobody", "2 errors"]);
    granted(&project, &["folder config"]).expect(1).says(&["config/in"]);
    assert!(!project.path().join("tapwasm.out").exists(), "something was written");

    let odd = given.join("odd");
    fs::create_dir(&odd).unwrap();
    fs::write(odd.join(std::ffi::OsString::from_vec(vec![b'x', 0xff])), "").unwrap();
    granted(&project, &["zip config/odd"]).expect(1).says(&["config/odd", "UTF-8"]);
}

#[test]
fn what_is_read_counts_against_the_limit() {
    let project = project();
    project.write("given/large.bin", vec![0; 3 << 20]);
    let flags = ["--grant-assets", "config=given", "--limit", "asset-bytes=1MiB"];
    for want in ["file config/large.bin", "folder config", "zip config", "text config/large.bin"] {
        run(&project, &[want], &flags).expect(3).says(&["--limit asset-bytes"]);
    }
    assert!(!project.path().join("tapwasm.out").exists());
    project.write("given/larger.bin", vec![0; 9 << 20]);
    granted(&project, &["text config/larger.bin"]).expect(1).says(&["config/larger.bin", "8 MiB"]);
    granted(&project, &["file config/larger.bin"]).expect(0);
}

#[test]
fn local_modules_are_copied_where_terraform_finds_them() {
    let project = Project::new();
    let echo = "variable \"text\" { type = string }\nmodule \"inner\" {\n  source = \"../common\"\n  text = var.text\n}\noutput \"echo\" { value = module.inner.echo }\n";
    project.write("infra/modules/echo/main.tf", echo);
    project.write(
        "infra/modules/common/main.tf",
        "variable \"text\" { type = string }\noutput \"echo\" { value = \"${var.text}!\" }\n",
    );
    project.write("infra/modules/echo/terraform.tfstate", "{}");
    project.write("infra/modules/echo/.terraform/x", "x");
    let flags = ["--grant-assets", "infra/modules"];
    run(&project, &["module ./modules/echo"], &flags).expect(0);
    let configuration: Value = serde_json::from_str(&project.read("tapwasm.out/stacks/app/main.tf.json")).unwrap();
    let source = configuration["module"]["module_0"]["source"].as_str().unwrap().to_owned();
    assert!(source.starts_with("./assets/modules-") && source.ends_with("/echo"), "{source}");
    let copied = project.path().join("tapwasm.out/stacks/app").join(&source);
    assert!(
        copied.join("main.tf").is_file() && !copied.join("terraform.tfstate").exists() && !copied.join(".terraform").exists()
    );

    if !has_terraform() {
        return;
    }
    let terraform = |args: &[&str]| {
        let mut command = project.tool("terraform", args);
        command.current_dir(project.path().join("tapwasm.out/stacks/app")).envs([("TF_INPUT", "0"), ("CHECKPOINT_DISABLE", "1")]);
        outcome(command.env("TF_CLI_CONFIG_FILE", if cfg!(windows) { "NUL" } else { "/dev/null" })).expect(0)
    };
    terraform(&["init", "-no-color"]);
    terraform(&["apply", "-no-color", "-auto-approve"]);
    let outputs: Value = serde_json::from_str(&terraform(&["output", "-json"]).stdout).unwrap();
    assert_eq!(outputs["module_0"]["value"], "hello!");
}

#[test]
fn modules_that_terraform_would_not_find_are_told() {
    let project = Project::new();
    project.write("modules/leaves/main.tf", "module \"x\" {\n  source = \"../../elsewhere\"\n}\n");
    project.write("empty/none/readme.md", "");
    let flags = ["--grant-assets", "modules", "--grant-assets", "empty"];
    run(&project, &["module ./modules/leaves"], &flags).expect(1).says(&["modules/leaves/main.tf", "../../elsewhere"]);
    run(&project, &["module ./empty/none"], &flags).expect(1).says(&["`empty/none`", "no module"]);
    run(&project, &["module ../up"], &flags).expect(1).says(&["`../up`", "leads out"]);
    assert!(!project.path().join("tapwasm.out").exists());
    // Somebody may have put it there by hand.
    run(&project, &["module ./by-hand"], &flags).expect(0).says(&["./by-hand", "--grant-assets by-hand=DIR"]);
}

#[test]
fn a_grant_may_be_called_assets() {
    let project = project();
    project.write("modules/main.tf", "variable \"text\" { type = string }\noutput \"echo\" { value = var.text }\n");
    // What stands in the folder `assets` of the stack already is not taken for the module.
    let wants = ["file config/a.txt", "module ./assets", "module ./assets"];
    run(&project, &wants, &["--grant-assets", "config=given", "--grant-assets", "assets=modules"]).expect(0);
    let configuration: Value = serde_json::from_str(&project.read("tapwasm.out/stacks/app/main.tf.json")).unwrap();
    for module in ["module_1", "module_2"] {
        let source = configuration["module"][module]["source"].as_str().unwrap();
        assert!(source.starts_with("./assets/assets-"), "{source}");
    }
}
