//! The code that people deploy: its own tests, and that a changed script is deployed.

use crate::stack;
use serde_json::json;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::process::Command;
use tapwasm_guest::testing::evaluate;
use tapwasm_guest::{Result, Stack};

/// Runs a command in a folder of this crate; where the program is not installed, nothing can be said.
#[track_caller]
fn check(program: &str, args: &[&str], folder: &str) {
    let mut command = Command::new(program);
    command.args(args).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).env("PYTHONDONTWRITEBYTECODE", "1");
    match command.output() {
        Ok(output) => {
            let text = [output.stdout, output.stderr].concat();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&text));
        }
        // Not `eprintln!`: the line would be captured with the rest of a test that passes.
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let _ = writeln!(std::io::stderr(), "skipped: {program} is not installed");
        }
        Err(error) => panic!("{program}: {error}"),
    }
}

#[test]
fn the_function_passes_its_python_tests() {
    check("python3", &["-m", "unittest", "discover"], "lambda");
}

#[test]
fn the_canary_passes_its_node_tests() {
    check("node", &["--test", "index.test.js"], "canary");
}

/// Returns the path of the canary's archive for a script.
fn canary_zip(script: &'static [u8]) -> String {
    let build = move || -> Result {
        let stack = Stack::new("x");
        let zip = stack.zip("health-check", &[("nodejs/node_modules/index.js", script)]);
        stack.output("path").set("value", zip.path).declare();
        Ok(())
    };
    evaluate(build, "{}").stack("x").output("path").argument("value").text().to_owned()
}

#[test]
fn a_changed_canary_script_changes_the_path_of_its_zip() {
    let stack = stack(json!({}));
    let deployed = stack.resource("aws_synthetics_canary.health_check_canary").argument("zip_file").text();
    assert_eq!(deployed, canary_zip(include_bytes!("../../canary/index.js")));
    assert_ne!(deployed, canary_zip(b"exports.handler = async () => {};\n"));
}
