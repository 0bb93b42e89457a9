//! Errors as the host and Terraform tell them, in one form: the address, and the path of the argument or block in it.

use super::bodies::LABEL;
use crate::support::judge_at;
use serde_json::Value;
use std::path::Path;
use tapwasm::diagnostic::Diagnostic;

/// An error.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    /// What is declared; empty where none is named.
    pub(super) address: String,
    /// Names of blocks and arguments, without positions.
    pub(super) path: Vec<String>,
    /// What is said.
    pub(super) text: String,
}

impl Finding {
    pub(super) fn of_host(diagnostic: &Diagnostic) -> Finding {
        let names = diagnostic.path.split('.').filter(|name| !name.is_empty());
        Finding {
            address: diagnostic.address.as_ref().map(ToString::to_string).unwrap_or_default(),
            path: names.map(|name| name.split('[').next().unwrap_or(name).to_owned()).collect(),
            text: format!("{}: {}", diagnostic.summary, diagnostic.detail),
        }
    }

    /// Takes an error that is printed for people: `on main.tf.json line 18, in resource.aws_kms_key.k:` and a line of it, then words.
    fn of_text(error: &str, lines: &[Vec<String>]) -> Finding {
        let error = error.split('╵').next().unwrap_or(error);
        let words =
            error.split(|c: char| c.is_whitespace() || c == '│').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let line = words.split("main.tf.json line ").nth(1).and_then(|rest| rest.split([',', ':']).next()?.parse().ok());
        Finding::at(line, words, lines)
    }

    fn of_json(diagnostic: &Value, lines: &[Vec<String>]) -> Finding {
        let text = |name: &str| diagnostic[name].as_str().unwrap_or_default().to_owned();
        Finding::at(diagnostic["range"]["start"]["line"].as_u64(), format!("{}: {}", text("summary"), text("detail")), lines)
    }

    fn at(line: Option<u64>, text: String, lines: &[Vec<String>]) -> Finding {
        let names = line.and_then(|line| lines.get(line as usize - 1)).cloned().unwrap_or_default();
        let (address, path) = split_address(names);
        Finding { address, path, text }
    }

    /// Tells whether both name the same argument or block. Terraform points at the block in which something is missing, or of which there are
    /// too many or too few, and names it in its text; of ephemeral values it names the outermost block.
    pub(super) fn has_subject_of(&self, terraform: &Finding) -> bool {
        let Some((last, around)) = self.path.split_last() else { return terraform.path.is_empty() };
        let is_named = || *around == *terraform.path && terraform.text.contains(&format!("\"{last}\""));
        let is_within = || self.path.starts_with(&terraform.path) && terraform.text.contains("is not an assignable attribute");
        self.path == terraform.path || is_named() || is_within()
    }
}

/// Returns what the real Terraform says of a configuration at a step of a judge.
pub(super) fn terraform(judge: &Path, configuration: &str, step: &str) -> Vec<Finding> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("main.tf.json"), configuration).expect("files can be written");
    let output = judge_at(judge, folder.path(), step, &[("JSON", Path::new("1"))]);
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let lines = paths_by_line(configuration);
    let json = serde_json::from_str::<Value>(&said);
    let findings: Vec<Finding> = match json.as_ref().map(|json| json["diagnostics"].as_array()) {
        Ok(Some(diagnostics)) => {
            let errors = diagnostics.iter().filter(|diagnostic| diagnostic["severity"] == "error");
            errors.map(|diagnostic| Finding::of_json(diagnostic, &lines)).collect()
        }
        _ => said.split("Error: ").skip(1).map(|error| Finding::of_text(error, &lines)).collect(),
    };
    assert_eq!(output.status.success(), findings.is_empty(), "{said}");
    findings
}

/// Returns for each line of a configuration with one value a line the names that lead to it.
pub(super) fn paths_by_line(configuration: &str) -> Vec<Vec<String>> {
    // The names of what is open; an item of a list has none.
    let mut open: Vec<Option<String>> = Vec::new();
    let paths = configuration.lines().map(|line| {
        let line = line.trim().trim_end_matches(',');
        if matches!(line, "}" | "]") {
            let path = open.iter().flatten().cloned().collect();
            open.pop();
            return path;
        }
        let mut stream = serde_json::Deserializer::from_str(line).into_iter::<String>();
        let first = stream.next().and_then(Result::ok);
        let rest = &line[stream.byte_offset()..];
        let name = first.filter(|_| rest.starts_with(':'));
        let path = open.iter().chain([&name]).flatten().cloned().collect();
        if line.ends_with(['{', '[']) && (line.len() == 1 || rest.len() <= 3) {
            open.push(name);
        }
        path
    });
    paths.collect()
}

/// Takes the address off the names that lead to something in a configuration.
fn split_address(names: Vec<String>) -> (String, Vec<String>) {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (address, rest) = match names[..] {
        ["resource", kind, name, ref rest @ ..] => (format!("{kind}.{name}"), rest),
        [section @ ("data" | "ephemeral"), kind, name, ref rest @ ..] => (format!("{section}.{kind}.{name}"), rest),
        [section @ ("output" | "provider" | "module"), name, ref rest @ ..] => (format!("{section}.{name}"), rest),
        ["variable", name, ref rest @ ..] => (format!("var.{name}"), rest),
        ["locals", name, ref rest @ ..] => (format!("local.{name}"), rest),
        _ => (String::new(), &names[..]),
    };
    // `_` holds what has a name of Terraform's own, a label is part of the block's own name; a dynamic block's content is what its blocks have.
    let mut path: Vec<String> = Vec::new();
    let mut rest = rest.iter().filter(|name| !["_", LABEL].contains(*name));
    while let Some(name) = rest.next() {
        if *name == "dynamic" {
            path.extend(rest.next().map(|name| (*name).to_owned()));
            let _ = rest.next();
        } else {
            path.push((*name).to_owned());
        }
    }
    // Terraform points at the output for its value.
    if path.is_empty() && address.starts_with("output.") {
        path.push("value".to_owned());
    }
    (address, path)
}
