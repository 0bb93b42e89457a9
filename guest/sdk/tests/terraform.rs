//! What the SDK claims of Terraform, against the real one. Where it is not installed, nothing is checked, and that is said.

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use tapwasm_guest::{Value, json};

/// Returns the texts that `terraform console` makes of expressions; `None` if there is no Terraform.
fn console(expressions: &[String]) -> Option<Vec<String>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("console");
    std::fs::create_dir_all(&folder).expect("a folder for Terraform");
    let spawned = Command::new("terraform")
        .arg("console")
        .current_dir(folder)
        .env("CHECKPOINT_DISABLE", "1")
        .env("TF_CLI_CONFIG_FILE", "/dev/null")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = match spawned {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            // Not `eprintln!`: a test's is captured.
            let _ = writeln!(std::io::stderr(), "skipped: terraform is not installed");
            return None;
        }
        spawned => spawned.expect("Terraform starts"),
    };
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(format!("[{}]\n", expressions.join(", ")).as_bytes()).expect("Terraform reads");
    drop(stdin);
    let output = child.wait_with_output().expect("Terraform ends");
    assert!(output.status.success());
    // A list: its brackets and, between them, a line for each item.
    let output = String::from_utf8(output.stdout).expect("Terraform writes UTF-8");
    Some(output.lines().filter_map(|line| line.trim().strip_suffix(',').map(str::to_owned)).collect())
}

/// Text in HCL, each character by its number: nothing here knows what must be escaped.
fn hcl(text: &str) -> String {
    let escapes: String = text.chars().map(|character| format!("\\U{:08x}", u32::from(character))).collect();
    format!("\"{escapes}\"")
}

/// A document, and the same tokens as HCL.
macro_rules! document {
    ($($tokens:tt)*) => { (json!($($tokens)*), stringify!($($tokens)*).replace('\n', " ")) };
}

#[test]
fn known_documents_are_text_as_jsonencode_writes_it() {
    let mut documents: Vec<(Value, String)> = vec![
        document!({ "b": [1, 0.5, -2], "a": { "z": null, "y": true }, "B": [], "aa": {}, "é": "", "_": [[{}]] }),
        document!([1.0, 1e21, 0.1, 1.50, 0.0, 1e-7, 100e-2, 12345678901234567890.125, 5e-324, 1.7976931348623157e308]),
        (json!([u64::MAX, i64::MIN, f64::MAX, 0.1_f32]), format!("[{}, {}, {:e}, 0.1]", u64::MAX, i64::MIN, f64::MAX)),
        document!([null, true, ""]),
    ];
    let controls: String = ('\0'..='\u{9f}').collect();
    for text in [
        &controls,
        "\"quoted\" \\ / ' `",
        "<script>&amp;</script>",
        "\u{2028} \u{2029} \u{feff} \u{fffd} \u{ffff}",
        "😀 👩‍👩‍👧 \u{10ffff}",
        "${a} %{if} $${b}",
        "é ≮ \u{ac00}",
    ] {
        documents.push((json!({ (text): [text] }), format!("{{ ({}) = [{}] }}", hcl(text), hcl(text))));
    }
    let expressions: Vec<String> = documents
        .iter()
        .map(|(document, expression)| {
            let text = document.to_json();
            let text = text.known_text().expect("all of it is known");
            format!("jsonencode({expression}) == {} ? \"same\" : jsonencode({expression})", hcl(text))
        })
        .collect();
    let Some(answers) = console(&expressions) else { return };
    assert_eq!(answers.len(), documents.len(), "{answers:#?}");
    for ((document, _), answer) in documents.iter().zip(answers) {
        assert_eq!(answer, "\"same\"", "{:?}", document.to_json().known_text());
    }
}
