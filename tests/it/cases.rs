//! Cases: folders of `tests/cases`, each with the inputs of the guest `script`, and what is expected: `main.tf.json` and `plan.txt`, or `error.txt`.
//!
//! Adding a case needs no code. With `BLESS=1` what came out is written as what is expected: read it before you keep it.

use crate::support::{Project, guest, workspace};
use std::fs;
use std::path::Path;

#[test]
fn every_case_gives_what_its_folder_says() {
    let script = guest("script");
    let mut faults = Vec::new();
    let mut n_cases = 0;
    let mut folders: Vec<_> = fs::read_dir(workspace().join("tests").join("cases"))
        .expect("cases can be read")
        .map(|entry| entry.expect("entries can be read").path())
        .collect();
    folders.sort();
    for folder in folders {
        n_cases += 1;
        faults.extend(check(&script, &folder));
    }
    assert!(n_cases > 0, "there are no cases");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_rule_of_emission_names_cases_that_there_are() {
    let text = fs::read_to_string(workspace().join("docs").join("emission.md")).expect("docs/emission.md can be read");
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" |"));
    let is_number = |number: &str| number.parse::<usize>().is_ok();
    let rules: Vec<(&str, &str)> = rows.filter(|(number, _)| number.split(", ").all(is_number)).collect();
    let numbers: Vec<usize> =
        rules.iter().flat_map(|(numbers, _)| numbers.split(", ")).map(|it| it.parse().expect("a number")).collect();
    assert_eq!(numbers, (1..=40).collect::<Vec<_>>());
    for (number, row) in rules {
        let held_by = row.rsplit('|').nth(1).unwrap_or_default();
        let names: Vec<&str> = held_by.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty() || held_by.contains("(text)"), "rule {number} names no test");
        for name in names.into_iter().filter(|name| !name.ends_with(".rs") && *name != "hcl") {
            assert!(workspace().join("tests").join("cases").join(name).is_dir(), "rule {number}: there is no case {name}");
        }
    }
}

fn check(script: &Path, folder: &Path) -> Vec<String> {
    let project = Project::new();
    let script = script.to_str().expect("paths are UTF-8");
    let inputs = folder.join("case.json");
    let mut args = vec!["run", script, "--inputs", inputs.to_str().expect("paths are UTF-8")];
    // The schema that the case is about, where it is; the file names it.
    let schema = fs::read_to_string(folder.join("schema.txt")).ok().map(|path| workspace().join("tests").join(path.trim()));
    let schema = schema.as_ref().map(|path| path.to_str().expect("paths are UTF-8"));
    args.extend(schema.into_iter().flat_map(|path| ["--schema", path]));
    // What was emitted before, where the case is about a change.
    let before = folder.join("before.json");
    if before.is_file() {
        let mut args = args.clone();
        args[3] = before.to_str().expect("paths are UTF-8");
        project.run(&args).expect(0);
    }
    args.push("--color=never");
    let files = project.files();
    let outcome = project.run(&args);
    let mut faults = Vec::new();
    if outcome.code == 0 {
        faults.extend(compare(folder, "main.tf.json", &project.read("tapwasm.out/stacks/app/main.tf.json")));
        faults.extend(compare(folder, "plan.txt", &outcome.stdout));
    } else {
        if project.files() != files {
            faults.push(format!("{}: the run failed, but files changed", folder.display()));
        }
        let text = outcome.stderr.replace(script, "script.wasm");
        faults.extend(compare(folder, "error.txt", &format!("exit code {}\n{text}", outcome.code)));
    }
    faults
}

fn compare(folder: &Path, name: &str, found: &str) -> Option<String> {
    let path = folder.join(name);
    if std::env::var_os("BLESS").is_some() {
        for other in ["main.tf.json", "plan.txt", "error.txt"] {
            if (other == "error.txt") != (name == "error.txt") {
                let _ = fs::remove_file(folder.join(other));
            }
        }
        fs::write(&path, found).expect("cases can be written");
        return None;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    (expected != found).then(|| format!("{}: expected:\n{expected}\nfound:\n{found}", path.display()))
}
