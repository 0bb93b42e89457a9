use super::*;
use crate::model::Place;
use std::process::Command;

/// A stack with a configuration that names its assets.
struct Stack {
    name: &'static str,
    configuration: String,
    assets: Vec<Asset>,
}

fn stack(name: &'static str, content: &[&str]) -> Stack {
    let assets: Vec<Asset> = content
        .iter()
        .map(|text| Asset {
            path: format!("assets/{text}.txt"),
            content: text.as_bytes().into(),
            sha256: [0; 32],
            executable: false,
            place: Place { file: "lib.rs".into(), line: 1, column: 1 },
        })
        .collect();
    let paths: Vec<&str> = assets.iter().map(|asset| asset.path.as_str()).collect();
    Stack { name, configuration: paths.join("\n"), assets }
}

fn output(stack: &Stack) -> StackFiles<'_> {
    StackFiles {
        name: stack.name,
        program: "p",
        program_version: "1",
        component: [1; 32],
        inputs: [2; 32],
        dependencies: &[],
        configuration_name: FileName::Main,
        configuration: stack.configuration.as_bytes(),
        assets: &stack.assets,
    }
}

#[track_caller]
fn write(root: &Path, stacks: &[Stack]) -> bool {
    let outputs: Vec<_> = stacks.iter().map(output).collect();
    Folder::open(root).expect("opened").begin(&outputs).expect("begun").finish().expect("finished")
}

#[track_caller]
fn refusal(root: &Path, stacks: &[Stack]) -> String {
    let before = contents(root);
    let outputs: Vec<_> = stacks.iter().map(output).collect();
    let error = Folder::open(root).and_then(|folder| folder.begin(&outputs)).map(|_| ()).expect_err("refused");
    assert_eq!(contents(root), before, "nothing is written");
    error.to_string().replace(&root.display().to_string(), "OUT")
}

/// Each file below a folder with its content.
fn contents(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
                found.insert(name, fs::read_to_string(&path).expect("text"));
            }
        }
    }
    found
}

fn names(root: &Path) -> String {
    contents(root).into_keys().collect::<Vec<_>>().join(" ")
}

#[test]
fn stale_assets_go_and_foreign_files_stay() {
    let out = tempfile::tempdir().expect("a folder");
    let root = &out.path().join("new");
    assert!(write(root, &[stack("s", &["a", "b"]), stack("t", &[])]));
    fs::write(root.join("stacks/s/terraform.tfstate"), "{}").expect("written");
    fs::write(root.join("stacks/s/assets/mine.txt"), "mine").expect("written");
    assert!(write(root, &[stack("s", &["b", "c"])]));
    assert_eq!(
        names(root),
        "manifest.json stacks/s/assets/b.txt stacks/s/assets/c.txt stacks/s/assets/mine.txt stacks/s/main.tf.json \
         stacks/s/terraform.tfstate stacks/t/main.tf.json"
    );
    assert!(Folder::open(root).expect("opened").manifest().pending.is_empty());
}

#[test]
fn what_is_the_same_is_not_written() {
    let out = tempfile::tempdir().expect("a folder");
    assert!(write(out.path(), &[stack("s", &["a"])]));
    let asset = out.path().join("stacks/s/assets/a.txt");
    let modified = || fs::metadata(&asset).and_then(|it| it.modified()).expect("a time");
    let before = modified();
    assert!(!write(out.path(), &[stack("s", &["a"])]));
    assert!(write(out.path(), &[stack("s", &["a", "b"])]));
    assert_eq!(modified(), before);
    fs::write(&asset, "damaged").expect("written");
    assert!(write(out.path(), &[stack("s", &["a", "b"])]));
    assert_eq!(fs::read_to_string(&asset).expect("read"), "a");
}

#[test]
fn the_manifest_says_what_the_files_were_made_from() {
    let out = tempfile::tempdir().expect("a folder");
    write(out.path(), &[stack("s", &["a"])]);
    let manifest = contents(out.path())["manifest.json"].replace(env!("CARGO_PKG_VERSION"), "VERSION");
    insta::assert_snapshot!(manifest, @r#"
    {
      "version": 2,
      "order": [
        "s"
      ],
      "stacks": {
        "s": {
          "program": {
            "name": "p",
            "version": "1"
          },
          "component_sha256": "0101010101010101010101010101010101010101010101010101010101010101",
          "inputs_sha256": "0202020202020202020202020202020202020202020202020202020202020202",
          "dependencies": [],
          "configuration": "main.tf.json",
          "configuration_sha256": "8210bbfe71fc3221758276bfcb498a0a0f874e601a585f73a1a52555e015a990",
          "tapwasm": "VERSION",
          "files": {
            "assets/a.txt": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
            "main.tf.json": "8210bbfe71fc3221758276bfcb498a0a0f874e601a585f73a1a52555e015a990"
          }
        }
      }
    }
    "#);
}

#[test]
fn files_of_others_are_never_written_over() {
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path().join("stacks/s");
    fs::create_dir_all(folder.join("assets")).expect("made");
    fs::write(folder.join("main.tf.json"), "{}").expect("written");
    let foreign = refusal(out.path(), &[stack("s", &["a"])]);
    insta::assert_snapshot!(foreign, @"OUT/stacks/s/main.tf.json exists and was not written by tapwasm: move it away, or choose another out folder");
    fs::write(folder.join("main.tf.json"), "assets/a.txt").expect("written");
    assert!(write(out.path(), &[stack("s", &["a"])]), "the same bytes are no loss");
}

#[test]
fn a_folder_that_cannot_be_used_says_what_to_do() {
    let out = tempfile::tempdir().expect("a folder");
    let with_manifest = |text: &str| {
        fs::write(out.path().join("manifest.json"), text).expect("written");
        refusal(out.path(), &[stack("s", &[])])
    };
    let entry = |name: &str, path: &str| {
        let digest = "0".repeat(64);
        with_manifest(&format!(
            r#"{{"version":1,"stacks":{{"{name}":{{"program":{{"name":"p","version":"1"}},"component_sha256":"{digest}","inputs_sha256":"{digest}",
            "configuration_sha256":"{digest}","tapwasm":"0","files":{{"{path}":"{digest}"}}}}}}}}"#
        ))
    };
    let mut said = vec![with_manifest("{"), with_manifest(r#"{"version": 3, "x": 1}"#)];
    said.extend([entry("..", "main.tf.json"), entry("s", "assets/../../x"), entry("s", "terraform.tfstate")]);
    fs::remove_file(out.path().join("manifest.json")).expect("removed");
    said.extend([
        refusal(&out.path().join(""), &[stack("..", &[])]),
        refusal(out.path(), &[stack("s", &["../a"])]),
        refusal(out.path(), &[stack("s", &[]), stack("S", &[])]),
    ]);
    let file = out.path().join("file");
    fs::write(&file, "").expect("written");
    said.push(refusal(&file, &[]));
    insta::assert_snapshot!(said.join("\n"), @r#"
    OUT/manifest.json cannot be read: EOF while parsing an object at line 1 column 1. It names the files that tapwasm owns. Restore it from version control or a backup; or, if all that tapwasm wrote here may go, remove it together with the folder's `stacks/*/*.tf.json` and `stacks/*/assets`
    OUT/manifest.json is of version 3, written by a newer tapwasm: upgrade tapwasm, or choose another out folder
    OUT/manifest.json cannot be read: `..` is no name of a stack. It names the files that tapwasm owns. Restore it from version control or a backup; or, if all that tapwasm wrote here may go, remove it together with the folder's `stacks/*/*.tf.json` and `stacks/*/assets`
    OUT/manifest.json cannot be read: `assets/../../x` is no file of a stack. It names the files that tapwasm owns. Restore it from version control or a backup; or, if all that tapwasm wrote here may go, remove it together with the folder's `stacks/*/*.tf.json` and `stacks/*/assets`
    OUT/manifest.json cannot be read: `terraform.tfstate` is no file of a stack. It names the files that tapwasm owns. Restore it from version control or a backup; or, if all that tapwasm wrote here may go, remove it together with the folder's `stacks/*/*.tf.json` and `stacks/*/assets`
    `..` cannot be the name of a stack's folder
    `assets/../a.txt` cannot be the path of an asset of stack `s`
    stack `S` is given twice, or in upper and lower case: some file systems take the two for one
    OUT is a file, not a folder: choose another out folder
    "#);
}

const CHILD_FOLDER: &str = "TAPWASM_TEST_OUT_FOLDER";

/// What the processes that are killed run; nothing by itself.
#[test]
fn replaces_files_when_run_as_a_child() {
    if let Some(root) = std::env::var_os(CHILD_FOLDER) {
        write(Path::new(&root), &[stack("s", &["b", "c"]), stack("t", &["x"])]);
    }
}

#[test]
fn a_kill_at_any_step_leaves_a_configuration_with_its_assets() {
    let old = || [stack("s", &["a", "b"])];
    let new = || [stack("s", &["b", "c"]), stack("t", &["x"])];
    let fresh = tempfile::tempdir().expect("a folder");
    write(fresh.path(), &new());
    for last_step in 1..200 {
        let out = tempfile::tempdir().expect("a folder");
        let root = out.path();
        write(root, &old());
        let status = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "terraform::folder::tests::replaces_files_when_run_as_a_child"])
            .env(CHILD_FOLDER, root)
            .env("TAPWASM_TEST_DIE_AT_STEP", last_step.to_string())
            .output()
            .expect("run");
        let left = contents(root);
        let configuration = &left["stacks/s/main.tf.json"];
        assert!([&old()[0], &new()[0]].iter().any(|stack| stack.configuration == *configuration), "step {last_step}");
        for asset in configuration.lines() {
            assert!(left.contains_key(&format!("stacks/s/{asset}")), "step {last_step}: {asset} is missing");
        }
        if last_step % 2 == 0 {
            write(root, &old());
            assert_eq!(contents(root)["stacks/s/main.tf.json"], old()[0].configuration);
            assert!(!contents(root).contains_key("stacks/s/assets/c.txt"), "step {last_step}");
        }
        write(root, &new());
        assert_eq!(contents(root), contents(fresh.path()), "step {last_step}");
        if status.status.success() {
            assert!(last_step > 20, "the kills were none");
            return;
        }
    }
    panic!("the child never came to its end");
}

#[test]
fn another_name_of_the_configuration_never_leaves_a_folder_without_one() {
    let out = tempfile::tempdir().expect("a folder");
    let stack = stack("s", &["a"]);
    write(out.path(), &[Stack { name: "s", configuration: stack.configuration.clone(), assets: stack.assets.clone() }]);
    let named = StackFiles { configuration_name: FileName::Cdk, ..output(&stack) };
    let names = || contents(out.path()).into_keys().filter(|name| name.ends_with(".tf.json")).collect::<Vec<_>>();
    // A run that dies here leaves both.
    let pending = Folder::open(out.path()).expect("opened").begin(std::slice::from_ref(&named)).expect("begun");
    assert_eq!(names(), ["stacks/s/cdk.tf.json", "stacks/s/main.tf.json"]);
    drop(pending);
    let pending = Folder::open(out.path()).expect("opened").begin(&[named]).expect("begun");
    assert!(pending.finish().expect("finished"));
    assert_eq!(names(), ["stacks/s/cdk.tf.json"]);
    assert_eq!(Folder::open(out.path()).expect("opened").manifest().stacks["s"].configuration_name, FileName::Cdk);
}

#[test]
fn a_manifest_of_version_1_is_read_and_written_anew() {
    let out = tempfile::tempdir().expect("a folder");
    write(out.path(), &[stack("s", &[])]);
    let second = contents(out.path())["manifest.json"].clone();
    let first = second.replace("\"version\": 2,\n  \"order\": [\n    \"s\"\n  ],", "\"version\": 1,");
    let first = first.replace("      \"dependencies\": [],\n      \"configuration\": \"main.tf.json\",\n", "");
    assert!(first.len() < second.len() - 90, "{first}");
    fs::write(out.path().join("manifest.json"), first).expect("written");
    write(out.path(), &[stack("s", &[])]);
    assert_eq!(contents(out.path())["manifest.json"], second);
}

#[test]
fn the_manifest_orders_stacks_by_their_dependencies() {
    let out = tempfile::tempdir().expect("a folder");
    let stacks = ["app", "base", "network", "zoo"].map(|name| stack(name, &[]));
    let on = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let dependencies = [on(&["network", "zoo"]), on(&[]), on(&["elsewhere"]), on(&["network"])];
    let files = |dependencies: &'static [Vec<String>]| {
        let with = stacks.iter().zip(dependencies).map(|(stack, dependencies)| StackFiles { dependencies, ..output(stack) });
        let files: Vec<_> = with.collect();
        Folder::open(out.path()).expect("opened").begin(&files).expect("begun").finish().expect("finished");
        let folder = Folder::open(out.path()).expect("opened");
        folder.manifest().order().into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(files(Vec::leak(dependencies.to_vec())), ["base", "network", "zoo", "app"]);
    let cycle = [on(&["zoo"]), on(&[]), on(&[]), on(&["app"])];
    assert_eq!(files(Vec::leak(cycle.to_vec())), ["base", "network", "app", "zoo"]);
}
