//! Every configuration that the cases say must come out is given to the real Terraform, with the real providers' schemas.
//!
//! A case says in `judge.txt` what is asked: a step of the judge (`validate` where there is no such file; `plan-twice`; `all`: applied, planned
//! again without changes, and destroyed), or `refused: TEXT` where this Terraform must refuse it, with a text that it then says. What must stand
//! beside the configuration is in the folder `beside`.

use crate::support::{at_once, judge, workspace};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn terraform_takes_every_configuration_of_the_cases() {
    let folders: Vec<PathBuf> = fs::read_dir(workspace().join("tests").join("cases"))
        .expect("cases can be read")
        .map(|entry| entry.expect("entries can be read").path())
        .filter(|folder| folder.join("main.tf.json").is_file())
        .collect();
    assert!(!folders.is_empty(), "there are no cases");
    let faults = at_once(folders, |folder| check(&folder).into_iter().collect());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn check(case: &Path) -> Option<String> {
    let asked = fs::read_to_string(case.join("judge.txt")).unwrap_or_else(|_| "validate".into());
    let (step, refusal) = match asked.trim().strip_prefix("refused: ") {
        Some(text) => ("validate", Some(text)),
        None => (asked.trim(), None),
    };
    let stack = tempfile::tempdir().expect("a temporary folder");
    fs::copy(case.join("main.tf.json"), stack.path().join("main.tf.json")).expect("cases can be copied");
    copy(&case.join("beside"), stack.path());
    let output = judge(stack.path(), step, &[])?;
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    // Its lines are broken where they are long.
    let words = said.split(|c: char| c.is_whitespace() || c == '│').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let is_right = match refusal {
        Some(text) => !output.status.success() && words.contains(text),
        None => output.status.success(),
    };
    (!is_right).then(|| format!("{}: {}:\n{said}", case.display(), asked.trim()))
}

/// Copies what is in a folder; nothing where there is none.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).into_iter().flatten() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).expect("entries can be read");
        if path.is_dir() {
            fs::create_dir_all(to.join(&name)).expect("folders can be made");
            copy(&path, &to.join(&name));
        } else {
            fs::copy(&path, to.join(&name)).expect("files can be copied");
        }
    }
}
