//! The judge's own faulty configurations: for each there is a case that the host refuses, and both name the same subject.

use super::finding::{Finding, terraform};
use crate::support::{at_once, shared, workspace};
use std::fs;
use std::path::{Path, PathBuf};

/// Only the real provider knows which values it takes.
const ONLY_REAL_PROVIDER: &str = "bad_semantic_enum_only_real_provider";

#[test]
fn every_faulty_configuration_of_the_judge_is_a_case_that_names_the_same_subject() {
    let Some(judge) = shared().map(|shared| shared.join("judge")) else { return };
    let folders: Vec<PathBuf> = fs::read_dir(judge.join("cases"))
        .expect("cases can be read")
        .map(|entry| entry.expect("entries can be read").path())
        .filter(|folder| name(folder).starts_with("bad_") && name(folder) != ONLY_REAL_PROVIDER)
        .collect();
    assert!(!folders.is_empty(), "there are no cases");
    let faults = at_once(folders, |folder| check(&judge, &folder).into_iter().collect());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn name(folder: &Path) -> &str {
    folder.file_name().and_then(|name| name.to_str()).expect("cases have plain names")
}

fn check(judge: &Path, folder: &Path) -> Option<String> {
    let name = name(folder);
    let case = workspace().join("tests").join("cases").join(format!("judge-{}", name.replace('_', "-")));
    let Ok(said) = fs::read_to_string(case.join("error.txt")) else {
        return Some(format!("there is no case {}", case.display()));
    };
    let configuration = fs::read_to_string(folder.join("main.tf.json")).expect("it is one file");
    // Before it plans, Terraform follows no reference of a resource to itself.
    let step = if name == "bad_self_ref" { "plan" } else { "validate" };
    let found = terraform(judge, &configuration, step);
    let own = subjects(&said);
    let is_same = own.iter().any(|own| found.iter().any(|found| agree(own, found)));
    (!is_same).then(|| format!("{name}: {own:?} and {found:?}"))
}

/// What a report is about, error by error.
fn subjects(report: &str) -> Vec<Finding> {
    let errors = report.split("error[").skip(1);
    let of = |error: &str, name: &str| {
        let line = error.lines().find_map(|line| line.strip_prefix(&format!(" = {name}: ")));
        line.unwrap_or_default().to_owned()
    };
    let subjects = errors.map(|error| Finding {
        address: of(error, "address"),
        path: of(error, "path").split('.').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        text: error.lines().next().unwrap_or_default().to_owned(),
    });
    subjects.filter(|subject| !subject.address.is_empty()).collect()
}

/// A cycle is at no one place, and of a type that does not exist Terraform points at all there is of it; what is wrong with the stack as a whole, beside its schemas, the host tells without the argument.
fn agree(own: &Finding, found: &Finding) -> bool {
    match &*found.address {
        "" => {
            found.text.contains(&own.address)
                || found.path.last().is_some_and(|name| own.address.starts_with(&format!("{name}.")))
        }
        address => address == own.address && (own.path.is_empty() || own.has_subject_of(found)),
    }
}
