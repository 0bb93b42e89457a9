//! The code of the function and of the canary: in zips whose paths carry their digests, and the function's does what it should.

use super::corrections::{check, equal};
use super::document::{remove, resource, resource_mut};
use super::{configuration, guest};
use crate::support;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::Path;
use std::process::Command;

const FUNCTION: &str = "aws_lambda_function.payment_processor";
const CANARY: &str = "aws_synthetics_canary.health_check_canary";

/// The correction that is tested here, on the code itself.
pub(super) const TESTED_CORRECTION: u8 = 4;

pub(super) fn function_has_a_zip(stack: &Value) -> Result<(), String> {
    let function = resource(stack, FUNCTION);
    equal("code", &function["code"], Value::Null)?;
    equal("handler", &function["handler"], "payment_metrics.lambda_handler")?;
    carries_a_digest(&function["filename"])?;
    check(function["source_code_hash"].as_str().is_some_and(|hash| hash.len() == 44), "the code has no hash")?;
    ["s3_bucket", "s3_key", "s3_object_version"].iter().try_for_each(|name| equal(name, &function[name], Value::Null))
}

pub(super) fn function_with_inline_code(stack: &mut Value) {
    let function = resource_mut(stack, FUNCTION);
    ["filename", "source_code_hash"].iter().for_each(|name| remove(function, name));
    function["code"] = json!({ "zip_file": "def lambda_handler(event, context): …" });
    function["handler"] = json!("index.lambda_handler");
}

pub(super) fn function_in_s3_as_well(stack: &mut Value) {
    resource_mut(stack, FUNCTION)["s3_bucket"] = json!("code");
}

pub(super) fn canary_has_a_zip(stack: &Value) -> Result<(), String> {
    let canary = resource(stack, CANARY);
    equal("code", &canary["code"], Value::Null)?;
    equal("handler", &canary["handler"], "index.handler")?;
    carries_a_digest(&canary["zip_file"])
}

pub(super) fn canary_with_inline_code(stack: &mut Value) {
    let canary = resource_mut(stack, CANARY);
    remove(canary, "zip_file");
    canary["code"] = json!({ "handler": "index.handler", "script": "exports.handler = …" });
}

pub(super) fn canary_zip_without_digest(stack: &mut Value) {
    resource_mut(stack, CANARY)["zip_file"] = json!("assets/health-check.zip");
}

fn carries_a_digest(path: &Value) -> Result<(), String> {
    let stem = path.as_str().and_then(|path| path.strip_prefix("assets/")?.strip_suffix(".zip"));
    let digest = stem.and_then(|stem| stem.rsplit('-').next()).unwrap_or_default();
    let valid = digest.len() >= 12 && digest.chars().all(|character| character.is_ascii_hexdigit());
    check(valid, format!("the path {path} carries no digest"))
}

/// Returns an entry of a zip, and the digest of the zip.
fn unpacked(zip: &Path, entry: &str) -> (String, Vec<u8>) {
    let digest = Sha256::digest(fs::read(zip).expect("the zip is there"));
    let mut archive = zip::ZipArchive::new(File::open(zip).expect("the zip is there")).expect("it is a zip");
    assert_eq!(archive.len(), 1, "{} holds one file", zip.display());
    let mut text = String::new();
    archive.by_name(entry).expect("the zip holds the entry").read_to_string(&mut text).expect("it is text");
    (text, digest.to_vec())
}

#[test]
fn the_zips_hold_the_guests_scripts_under_the_names_that_aws_looks_for() {
    let folder = support::payment(&["environment_suffix=dev"]);
    let stack = configuration(&folder);
    for (path, entry, script) in [
        (&resource(&stack, FUNCTION)["filename"], "payment_metrics.py", "lambda/payment_metrics.py"),
        (&resource(&stack, CANARY)["zip_file"], "nodejs/node_modules/index.js", "canary/index.js"),
    ] {
        let path = path.as_str().expect("a path");
        let (text, digest) = unpacked(&folder.join(path), entry);
        assert_eq!(text, fs::read_to_string(guest().join(script)).expect("the script is there"));
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let carried = path.trim_end_matches(".zip").rsplit('-').next().expect("a digest");
        assert!(hex.starts_with(carried), "{path} is not named by its content, {hex}");
        if entry.ends_with(".py") {
            assert_eq!(resource(&stack, FUNCTION)["source_code_hash"], BASE64_STANDARD.encode(&digest));
        }
    }
}

/// The faults of the older program's function: what stands in the code, and what stands there with the fault.
#[rustfmt::skip] // A table.
const FAULTS: &[(&str, &[(&str, &str)])] = &[
    ("no PaymentSuccess", &[(r#"        metric("PaymentSuccess", 1, "Count", by_type),"#, "")]),
    ("no segment database_write", &[(r#"in_subsegment("database_write")"#, r#"in_subsegment("payment_validation")"#)]),
    ("the whole event in X-Ray's metadata", &[(r#"put_annotation("environment", environment)"#, r#"put_metadata("event", event)"#)]),
    ("sent before the write", &[
        ("            write_payment(payment)\n", "            pass\n"),
        ("    logger.info(\"payment %r processed", "    write_payment(payment)\n    logger.info(\"payment %r processed"),
    ]),
    ("a time that was never measured", &[(r#"metric("PaymentProcessingTime", milliseconds,"#, r#"metric("PaymentProcessingTime", 150,"#)]),
    ("an amount out of nowhere", &[(r#"event.get("amount")"#, r#"event.get("amount", 100)"#)]),
    ("any amount", &[("if not (is_number and 0 < value <= LARGEST_AMOUNT):", "if False:")]),
    ("one region", &[(r#"os.environ["AWS_REGION"]"#, r#""us-east-1""#)]),
    ("not without the X-Ray SDK", &[("except ImportError as error:", "except ZeroDivisionError as error:")]),
    ("errors are kept silent", &[("        raise\n    recorder.put_annotation(\"metrics_sent\"", "    recorder.put_annotation(\"metrics_sent\"")]),
];

/// Runs the function's tests upon its code; `None` where Python is not installed.
fn function_works(code: &str) -> Option<Result<(), String>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("payment_metrics.py"), code).expect("the code is written");
    let tests = guest().join("lambda/test_payment_metrics.py");
    fs::copy(tests, folder.path().join("test_payment_metrics.py")).expect("the tests are there");
    match Command::new("python3").args(["-B", "-m", "unittest"]).current_dir(folder.path()).output() {
        Ok(output) => Some(check(output.status.success(), String::from_utf8_lossy(&output.stderr))),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            support::skipped("python3 is not installed");
            None
        }
        Err(error) => panic!("python3: {error}"),
    }
}

#[test]
fn the_deployed_function_passes_its_tests_and_they_see_every_fault_of_the_older_one() {
    let folder = support::payment(&["environment_suffix=dev"]);
    let path = resource(&configuration(&folder), FUNCTION)["filename"].as_str().expect("a path").to_owned();
    let (code, _) = unpacked(&folder.join(path), "payment_metrics.py");
    let Some(works) = function_works(&code) else { return };
    works.expect("the deployed function works");
    for (fault, edits) in FAULTS {
        let faulty = edits.iter().fold(code.clone(), |code, (right, wrong)| {
            assert!(code.contains(right), "{fault}: the code has no {right}");
            code.replacen(right, wrong, 1)
        });
        assert!(function_works(&faulty).is_some_and(|works| works.is_err()), "the tests do not see: {fault}");
    }
}
