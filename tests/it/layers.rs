//! The order of the modules: which may use which. The table is that of ARCHITECTURE.md.

use crate::support::workspace;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Each module and the modules that it may use; all may use `model` and `diagnostic`.
const MAY_USE: [(&str, &[&str]); 16] = [
    ("model", &[]),
    ("diagnostic", &[]),
    ("durable", &[]),
    ("lock", &["durable"]),
    ("eval", &[]),
    ("graph", &[]),
    ("schema", &["graph"]),
    ("state", &["graph", "durable", "lock"]),
    ("plan", &["graph", "state"]),
    ("terraform", &["graph", "durable", "lock"]),
    ("report", &["graph", "plan", "state"]),
    ("project", &["eval", "state"]),
    ("build", &["eval", "durable"]),
    ("bindgen", &["schema", "durable"]),
    ("ui", &[]),
    ("cli", &["commands", "ui"]),
];

#[test]
fn modules_use_only_what_stands_before_them() {
    let allowed: BTreeMap<&str, BTreeSet<&str>> =
        MAY_USE.iter().map(|(name, used)| (*name, used.iter().copied().collect())).collect();
    let sources = workspace().join("host").join("src");
    let mut faults = Vec::new();
    for entry in std::fs::read_dir(&sources).expect("sources can be read") {
        let path = entry.expect("entries can be read").path();
        let module = path.file_stem().and_then(|name| name.to_str()).expect("modules have plain names").to_owned();
        if matches!(module.as_str(), "lib" | "main" | "commands" | "pipeline") {
            continue;
        }
        let known = allowed.get(module.as_str()).unwrap_or_else(|| panic!("the table has no module `{module}`"));
        for used in used_modules(&path) {
            if used != module && !["model", "diagnostic"].contains(&used.as_str()) && !known.contains(used.as_str()) {
                faults.push(format!("`{module}` uses `{used}`"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// What changes the disk, and the sources that may do so themselves: what they write did not exist before, can be made anew, or is for them alone.
const WRITES: [&str; 9] = [
    "fs::write(",
    "File::create",
    "fs::rename(",
    "fs::copy(",
    "hard_link(",
    "fs::remove_",
    "fs::create_dir",
    "fs::set_permissions(",
    ".write(true)",
];
const MAY_WRITE: [&str; 4] = ["durable.rs", "eval/cache.rs", "commands/new.rs", "bindgen/obtain.rs"];

#[test]
fn every_change_to_the_disk_goes_through_the_layer_that_tests_can_stop() {
    let sources = workspace().join("host").join("src");
    let mut faults = Vec::new();
    for (path, code) in codes(&sources) {
        let name = path.strip_prefix(&sources).expect("it is below").to_str().expect("plain names").replace('\\', "/");
        if !MAY_WRITE.contains(&name.as_str()) {
            faults.extend(WRITES.iter().filter(|write| code.contains(*write)).map(|write| format!("{name}: {write}")));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

fn used_modules(path: &Path) -> BTreeSet<String> {
    let codes = codes(path);
    let lines = codes.iter().flat_map(|(_, code)| code.lines());
    let used = lines.flat_map(|line| line.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>());
    used.filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().map(str::to_owned))
        .filter(|name| !name.is_empty())
        .collect()
}

/// Returns the code of a source, or of all below a folder, without comments and tests: those may do whatever they like.
fn codes(path: &Path) -> Vec<(PathBuf, String)> {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).expect("sources can be read");
        return entries.flat_map(|entry| codes(&entry.expect("entries can be read").path())).collect();
    }
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let is_test = name == "tests.rs" || path.components().any(|part| part.as_os_str() == "tests");
    if is_test || !name.ends_with(".rs") {
        return Vec::new();
    }
    let text = std::fs::read_to_string(path).expect("sources can be read");
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    vec![(path.to_owned(), lines.join("\n"))]
}
