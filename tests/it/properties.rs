//! Properties: the same component and inputs give the same bytes, wherever and whenever; one's own output needs no change.

use crate::new::folder_for_crates;
use crate::support::{Project, guest, outcome, payment_component, workspace};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every kind of thing that is emitted: settings, resources with references and documents, assets, an archive, outputs, two stacks.
const SCRIPT: &str = r#"{"calls": [
    {"stack": "app"},
    {"settings": {"body": [["body", 1], ["argument", "required_version"], ">= 1.4"]}},
    {"asset": ["page.html", "<p>Grüße</p>"]},
    {"archive": ["code", {"b.py": "b", "a/c.py": "c", "a.py": "a"}]},
    {"resource": {"type": "terraform_data", "name": "zebra", "body": [["body", 1], ["argument", "input"], ["object", 2], "z", 1, "a", ["list", 2], true, ["number", "1e400"]]}},
    {"resource": {"type": "terraform_data", "name": "ant", "body": [["body", 1], ["argument", "input"], ["form", "template", 2], "id: ", ["symbol", "terraform_data.zebra.id"]]}},
    {"output": {"labels": ["ant"], "body": [["body", 1], ["argument", "value"], ["symbol", "terraform_data.ant.output"]]}},
    {"stack": "other"},
    {"local": {"labels": ["x"], "body": [["body", 1], ["argument", "value"], "${not} a %{template}"]}}
]}"#;

/// What is emitted and what is stored, by path; the lineage, which is random, and the checksum over it are left out.
fn outputs(project: &Project) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = project.files().into_iter().map(|(path, content)| {
        let path = path.strip_prefix(project.path()).expect("a file of the project").to_owned();
        let is_snapshot = path.starts_with(".tapwasm") && path.extension().is_some_and(|extension| extension == "gz");
        (path, if is_snapshot { without_lineage(&content) } else { content })
    });
    files.filter(|(path, _)| path.starts_with("tapwasm.out") || path.starts_with(".tapwasm")).collect()
}

fn without_lineage(snapshot: &[u8]) -> Vec<u8> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(snapshot).read_to_string(&mut text).expect("snapshots are packed text");
    let kept = text.lines().filter(|line| !line.starts_with("\"lineage\":") && !line.starts_with("\"checksum\":"));
    let kept: Vec<&str> = kept.collect();
    assert_eq!(kept.len() + 2, text.lines().count(), "one lineage, one checksum");
    kept.join("\n").into_bytes()
}

/// Runs a component in a new project whose command was changed in some way, and returns what came of it.
fn run_with(component: &Path, inputs: &[&str], change: impl FnOnce(&Project, &mut Command)) -> BTreeMap<PathBuf, Vec<u8>> {
    let project = Project::new();
    // Outside of what is compared.
    project.write("given/inputs.txt", SCRIPT);
    let mut args = vec!["run", component.to_str().expect("paths are UTF-8")];
    args.extend(inputs);
    let mut command = project.command(&args);
    change(&project, &mut command);
    outcome(&mut command).expect(0);
    outputs(&project)
}

fn script_with(change: impl FnOnce(&Project, &mut Command)) -> BTreeMap<PathBuf, Vec<u8>> {
    run_with(&guest("script"), &["--inputs", "given/inputs.txt"], change)
}

#[track_caller]
fn assert_same(expected: &BTreeMap<PathBuf, Vec<u8>>, found: &BTreeMap<PathBuf, Vec<u8>>, what: &str) {
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(expected), names(found), "{what}: other files");
    for (path, content) in expected {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let found_content = &found[path];
        assert_eq!(text(content), text(found_content), "{what}: other bytes in {}", path.display());
        assert!(content == found_content, "{what}: other bytes in {}", path.display());
    }
}

#[test]
fn everything_is_emitted_that_this_compares() {
    let files = script_with(|_, _| {});
    let names: Vec<String> = files.keys().map(|path| path.display().to_string()).collect();
    let of = |start: &str| names.iter().filter(|name| name.starts_with(start)).count();
    assert_eq!(of("tapwasm.out/manifest.json"), 1, "{names:?}");
    assert_eq!(of("tapwasm.out/stacks/app/main.tf.json") + of("tapwasm.out/stacks/other/main.tf.json"), 2, "{names:?}");
    assert_eq!(of("tapwasm.out/stacks/app/assets/page-") + of("tapwasm.out/stacks/app/assets/code-"), 2, "{names:?}");
    assert_eq!(of(".tapwasm/stacks/app/history/1.json.gz") + of(".tapwasm/stacks/other/history/1.json.gz"), 2, "{names:?}");
}

#[test]
fn neither_place_nor_user_nor_clock_nor_locale_changes_a_byte() {
    let expected = script_with(|_, _| {});
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let home = elsewhere.path().join("home of ünïcode");
    std::fs::create_dir(&home).unwrap();
    assert_same(
        &expected,
        &script_with(|_, command| {
            command.env("HOME", &home).env("USER", "somebody");
        }),
        "HOME",
    );
    for (name, value) in [
        ("TZ", "Pacific/Kiritimati"),
        ("TZ", "not/a zone"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "C"),
        ("LC_ALL", "de_DE.ISO-8859-1"),
        ("SOURCE_DATE_EPOCH", "1"),
        ("TMPDIR", "/nowhere"),
        ("CI", "true"),
        ("COLUMNS", "20"),
        ("RUST_LOG", "trace"),
        ("RUST_BACKTRACE", "full"),
    ] {
        assert_same(
            &expected,
            &script_with(|_, command| {
                command.env(name, value);
            }),
            &format!("{name}={value}"),
        );
    }
    // Nothing in the environment, so no cache either.
    assert_same(
        &expected,
        &script_with(|_, command| {
            command.env_clear();
        }),
        "an empty environment",
    );
}

#[test]
fn the_folder_changes_no_byte() {
    let expected = script_with(|_, _| {});
    let project = Project::new();
    let inputs = project.write("inputs.json", SCRIPT);
    let component = project.path().join("a copy.wasm");
    std::fs::copy(guest("script"), &component).unwrap();
    let deep = project.path().join("deep/er/ünï code");
    std::fs::create_dir_all(&deep).unwrap();
    let args = ["run", component.to_str().unwrap(), "--inputs", inputs.to_str().unwrap(), "--out", "tapwasm.out"];
    let mut command = project.command(&args);
    outcome(command.current_dir(&deep)).expect(0);
    let found: BTreeMap<_, _> = outputs_below(&project, &deep);
    assert_same(&expected, &found, "another folder and file name");
}

fn outputs_below(project: &Project, folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let moved = Project::new();
    for (path, content) in project.files() {
        if let Ok(path) = path.strip_prefix(folder) {
            moved.write(path.to_str().expect("paths are UTF-8"), content);
        }
    }
    outputs(&moved)
}

#[cfg(unix)]
#[test]
fn the_umask_changes_no_byte() {
    let expected = script_with(|_, _| {});
    let project = Project::new();
    project.write("given/inputs.txt", SCRIPT);
    for mask in ["0000", "0022", "0077"] {
        let script = format!("umask {mask}; exec \"$@\"");
        let component = guest("script");
        let args = [
            "-c",
            &script,
            "sh",
            env!("CARGO_BIN_EXE_tapwasm"),
            "run",
            component.to_str().unwrap(),
            "--inputs",
            "given/inputs.txt",
            "--out",
        ];
        let out = format!("{mask}/tapwasm.out");
        let state = format!("{mask}/.tapwasm");
        let args: Vec<&str> = args.into_iter().chain([out.as_str(), "--state", state.as_str()]).collect();
        outcome(&mut project.tool("sh", &args)).expect(0);
        assert_same(&expected, &outputs_below(&project, &project.path().join(mask)), mask);
    }
}

#[test]
fn cold_and_warm_caches_give_the_same_bytes() {
    let expected = script_with(|_, _| {});
    let cache = tempfile::tempdir().expect("a temporary folder");
    for what in ["a cold cache", "a warm cache"] {
        assert_same(
            &expected,
            &script_with(|_, command| {
                command.env("XDG_CACHE_HOME", cache.path());
            }),
            what,
        );
    }
    assert!(cache.path().join("tapwasm/components").read_dir().unwrap().next().is_some(), "nothing was cached");
    let no_folder = cache.path().join("file");
    std::fs::write(&no_folder, "").unwrap();
    assert_same(
        &expected,
        &script_with(|_, command| {
            command.env("XDG_CACHE_HOME", &no_folder);
        }),
        "a cache that is a file",
    );
}

#[test]
fn eight_runs_at_once_give_the_same_bytes() {
    let expected = script_with(|_, _| {});
    // All of them meet a cold cache.
    let cache = tempfile::tempdir().expect("a temporary folder");
    let cache = cache.path();
    let found: Vec<_> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    script_with(|_, command| {
                        command.env("XDG_CACHE_HOME", cache);
                    })
                })
            })
            .collect();
        runs.into_iter().map(|run| run.join().expect("a run ends")).collect()
    });
    found.iter().for_each(|found| assert_same(&expected, found, "8 runs at once"));
}

#[test]
fn the_payment_stack_is_the_same_everywhere() {
    let inputs = ["--input", "environment_suffix=dev"];
    let expected = run_with(payment_component(), &inputs, |_, _| {});
    let home = tempfile::tempdir().expect("a temporary folder");
    let found = run_with(payment_component(), &inputs, |_, command| {
        command
            .env("HOME", home.path())
            .env("XDG_CACHE_HOME", home.path())
            .env("TZ", "Asia/Kathmandu")
            .env("LC_ALL", "tr_TR.UTF-8");
    });
    assert_same(&expected, &found, "the payment stack");
    assert_no_machine(&expected, &[home.path()]);
}

#[test]
fn outputs_tell_nothing_of_the_machine() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut folder = PathBuf::new();
    let files = script_with(|project, command| {
        folder = project.path().to_owned();
        command.env("HOME", home.path()).env("USER", "mrs-somebody").env("LOGNAME", "mrs-somebody");
    });
    assert_no_machine(&files, &[home.path(), &folder]);
}

fn assert_no_machine(files: &BTreeMap<PathBuf, Vec<u8>>, folders: &[&Path]) {
    let own = [workspace(), std::env::temp_dir()];
    let own = own.iter().map(PathBuf::as_path).chain(folders.iter().copied()).filter_map(Path::to_str);
    let words: Vec<&str> = own.chain(["mrs-somebody", "/.cargo/", "/home/", "/root/"]).collect();
    for (path, content) in files {
        let content = String::from_utf8_lossy(content);
        for word in &words {
            assert!(!content.contains(word), "{} tells {word:?}", path.display());
        }
    }
}

#[test]
fn the_plan_of_ones_own_output_is_empty() {
    let project = Project::new();
    project.write("inputs.json", SCRIPT);
    let script = guest("script");
    let script = [script.to_str().unwrap(), "--inputs", "inputs.json"];
    let payment = [payment_component().to_str().unwrap(), "--input", "environment_suffix=dev"];
    for stack in [script, payment] {
        let args = |command: &'static str| [&[command][..], &stack[..]].concat();
        project.run(&args("run")).expect(0);
        let files = project.files();
        let diff = project.run(&[&args("diff")[..], &["--detailed-exitcode"]].concat()).expect(0);
        assert!(diff.stdout.contains("No changes."), "{}", diff.stdout);
        let again = project.run(&args("run")).expect(0);
        assert!(again.stdout.contains("No changes.") && !again.stderr.contains("Wrote"), "{}{}", again.stdout, again.stderr);
        let is_same = project.files() == files;
        assert!(is_same, "a run without changes changed a file");
    }
}

#[test]
fn the_order_of_declarations_changes_no_byte() {
    let script: serde_json::Value = serde_json::from_str(SCRIPT).expect("the script is JSON");
    let calls = script["calls"].as_array().expect("a list of calls");
    let (app, other) = calls.split_at(calls.len() - 2);
    let (open, independent) = app.split_first().expect("a stack is opened");
    let project = Project::new();
    let component = guest("script");
    let args = |command| [command, component.to_str().unwrap(), "--inputs", "inputs.json"];
    let mut expected = None;
    for rotation in 0..independent.len() {
        let mut app: Vec<_> = independent[rotation..].iter().chain(&independent[..rotation]).cloned().collect();
        if rotation % 2 == 1 {
            app.reverse();
        }
        app.insert(0, open.clone());
        let order = if rotation % 3 == 1 { [other, &app[..]] } else { [&app[..], other] };
        project.write("inputs.json", serde_json::json!({ "calls": order.concat() }).to_string());
        if expected.is_some() {
            let diff = project.run(&[&args("diff")[..], &["--detailed-exitcode"]].concat()).expect(0);
            assert!(diff.stdout.contains("No changes."), "{}", diff.stdout);
        }
        project.run(&args("run")).expect(0);
        let mut found = outputs(&project);
        // The inputs differ, and the manifest names their digest.
        found.remove(Path::new("tapwasm.out/manifest.json"));
        assert_same(expected.get_or_insert_with(|| found.clone()), &found, "another order");
    }
}

#[test]
fn the_same_crate_gives_the_same_component_at_any_path() {
    let project = folder_for_crates();
    let components: Vec<Vec<u8>> = ["twice", "much/deeper/ünder/twice"]
        .iter()
        .map(|folder| {
            project.run(&["new", folder]).expect(0);
            // One target folder serves both, one after the other.
            let built = project.run(&["build", folder]).expect(0);
            std::fs::read(built.stdout.trim()).expect("a component was built")
        })
        .collect();
    assert!(components[0] == components[1], "the place of a crate changes its component");
    let text = String::from_utf8_lossy(&components[0]);
    for word in [project.path().to_str().unwrap(), workspace().to_str().unwrap(), "/home/", "/root/"] {
        assert!(!text.contains(word), "the component tells {word:?}");
    }
}
