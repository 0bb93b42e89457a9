//! The guest `script`, which makes the calls that it is given.

use super::{Project, guest};
use sha2::{Digest, Sha256};
use std::process::Command;

impl Project {
    /// Prepares a run of calls: `{"calls": …}` without its wrapping. Their file stands outside of the project's folder.
    pub(crate) fn script_command(&self, command: &str, calls: &str, flags: &[&str]) -> Command {
        let input = format!("calls=[{calls}]");
        let guest = guest("script");
        let args = [&[command, guest.to_str().expect("paths are UTF-8"), "--input", &input], flags].concat();
        self.command(&args)
    }

    /// Runs calls.
    pub(crate) fn script(&self, calls: &str) -> super::Outcome {
        super::outcome(&mut self.script_command("run", calls, &["--color=never"]))
    }
}

/// Returns the calls of a stack with one resource, which has this input.
pub(crate) fn stack_of(input: &str) -> String {
    let body = format!(r#"[["body", 1], ["argument", "input"], "{input}"]"#);
    format!(r#"{{"stack": "app"}}, {{"resource": {{"type": "terraform_data", "name": "x", "body": {body}}}}}"#)
}

/// The same with two assets: the configuration names the path of the one that differs.
pub(crate) fn stack_with_assets(input: &str) -> String {
    let content = format!("content of {input}");
    let digest: String = Sha256::digest(&content)[..6].iter().map(|byte| format!("{byte:02x}")).collect();
    let stack = stack_of(&format!("assets/{input}-{digest}.txt"));
    format!(r#"{stack}, {{"asset": ["{input}.txt", "{content}"]}}, {{"asset": ["both.txt", "always"]}}"#)
}
