//! Whatever text or number a guest says comes back out of the real Terraform: through the SDK, the contract, the graph, the emitter, and an apply.

use crate::support::{Project, guest, has_terraform, outcome};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

/// How many random texts go into one apply; `TAPWASM_SLOW` asks for forty applies.
const TEXTS: usize = 120;

/// Runs the guest `values` and the real Terraform upon what it emits; returns the outputs, or nothing where Terraform is absent.
fn outputs(inputs: &Value) -> Option<Value> {
    let project = Project::new();
    if !has_terraform() {
        return None;
    }
    project.write("inputs.json", inputs.to_string());
    let component = guest("values");
    project.run(&["run", component.to_str().expect("paths are UTF-8"), "--inputs", "inputs.json", "-q"]).expect(0);
    let terraform = |args: &[&str]| {
        let mut command = project.tool("terraform", args);
        command.current_dir(project.path().join("tapwasm.out/stacks/app"));
        command.envs([("TF_IN_AUTOMATION", "1"), ("TF_INPUT", "0"), ("CHECKPOINT_DISABLE", "1")]);
        outcome(command.env("TF_CLI_CONFIG_FILE", if cfg!(windows) { "NUL" } else { "/dev/null" })).expect(0)
    };
    terraform(&["init", "-no-color"]);
    terraform(&["apply", "-no-color", "-auto-approve"]);
    Some(serde_json::from_str(&terraform(&["output", "-no-color", "-json"]).stdout).expect("terraform prints JSON"))
}

fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// What Terraform makes of each of the guest's placements of a text.
fn expected_placements(t: &str) -> Value {
    json!([
        nfc(t),
        nfc(&format!("{t}A")),
        nfc(&format!("A{t}")),
        nfc(&format!("{t}{t}A{t}")),
        nfc(&format!("{t}{t}A{t}")),
        nfc(t),
        nfc(&format!("{t}A{t}")),
        "x",
        nfc(&format!("{t}{t}A{t}")),
        nfc(&format!("{t}A")),
        { nfc(t): "A" },
        { nfc(t): "A" },
    ])
}

fn check_texts(texts: &[String]) {
    let Some(outputs) = outputs(&json!({ "texts": texts, "integers": [], "floats": [], "decimals": [] })) else { return };
    for (n, text) in texts.iter().enumerate() {
        let mut found = outputs[format!("text_{n}")]["value"].clone();
        let document = found.as_array_mut().and_then(Vec::pop).expect("the last placement is a document");
        assert_eq!(found, expected_placements(text), "{text:?}");
        assert_eq!(outputs[format!("held_{n}")]["value"], json!({ nfc(text): nfc(text) }), "{text:?}");
        assert_eq!(outputs[format!("default_{n}")]["value"], nfc(text), "{text:?}");
        let document = document.as_str().expect("a document is text");
        // Terraform normalises the text that `jsonencode` gives: an accent behind `\r` makes another letter of it, and no JSON of the whole.
        if is_spoiled_by_normalization(text) {
            continue;
        }
        let document: Value =
            serde_json::from_str(document).unwrap_or_else(|error| panic!("{text:?} became {document:?}: {error}"));
        assert_eq!(document, json!({ "a": "A", "text": nfc(text) }), "{text:?}");
    }
}

fn is_spoiled_by_normalization(text: &str) -> bool {
    let json = json!(nfc(text)).to_string();
    nfc(&json) != json
}

/// Any text, and more of what means something to Terraform's or JSON's notation.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[$%{}~\"\\\\]{1,6}",
        2 => "[a-z0-9 ./#]{1,4}",
        1 => "[\\x00-\\x1f\\x7f-\\x9f]{1,2}",
        2 => any::<Vec<char>>().prop_map(|characters| characters.into_iter().take(4).collect()),
        1 => "[e\\u{301}\\u{feff}\\u{2028}\\r\\n]{1,3}",
        1 => prop_oneof![Just("${local.a}"), Just("%{if true}"), Just("%{ endif ~}"), Just("$${"), Just("\\u0041")].prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

#[test]
fn any_text_of_a_guest_comes_back_from_an_apply() {
    let applies = if std::env::var_os("TAPWASM_SLOW").is_some() { 40 } else { 1 };
    for seed in 0..applies {
        let mut bytes = [7; 32];
        bytes[..8].copy_from_slice(&(seed as u64).to_le_bytes());
        let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
        let texts: Vec<String> =
            (0..TEXTS).map(|_| any_text().new_tree(&mut runner).expect("texts have no conditions").current()).collect();
        check_texts(&texts);
    }
}

#[test]
fn any_number_of_a_guest_comes_back_from_an_apply() {
    let integers = [0, 1, -1, i64::MAX, i64::MIN, i64::MAX - 1, 9_007_199_254_740_993, -9_007_199_254_740_993];
    let floats = [0.1, -0.5, 1.5e-7, 123_456.789, f64::MIN_POSITIVE, 5e-324, 1.0 / 3.0];
    let decimals = [
        "12345678901234567890",
        "0.1",
        "-0.0",
        "1.0",
        "1E+5",
        "1e-7",
        "1e21",
        "1.7976931348623157e308",
        "1e400",
        "-1.50e-300",
        "0.30000000000000000000000000001",
    ];
    let inputs = json!({ "texts": [], "integers": integers, "floats": floats, "decimals": decimals });
    let Some(outputs) = outputs(&inputs) else { return };
    let check = |name: String, number: &str| {
        let found = &outputs[&name]["value"];
        for (place, same) in ["in JSON", "in an expression", "out of a resource"].iter().zip(found.as_array().expect("a list")) {
            assert_eq!(same, true, "{number} {place}");
        }
        found[3].as_str().expect("text").to_owned()
    };
    for (n, number) in integers.iter().enumerate() {
        assert_eq!(check(format!("integer_{n}"), &number.to_string()), number.to_string());
    }
    for (n, number) in floats.iter().enumerate() {
        check(format!("float_{n}"), &number.to_string());
    }
    for (n, number) in decimals.iter().enumerate() {
        check(format!("decimal_{n}"), number);
    }
}
