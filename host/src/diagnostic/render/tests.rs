use super::*;
use crate::model::Address;

fn place(line: u32, column: u32) -> Place {
    Place { file: "src/lib.rs".into(), line, column }
}

/// What the renderers are shown with.
fn diagnostics() -> Diagnostics {
    let undeclared = Diagnostic::error("undeclared-reference", "Reference to something undeclared")
        .at(&place(3, 11))
        .about(&Address::from_text("aws_cloudwatch_log_group.app"))
        .detail("`kms_key_id` reads `arn` of `aws_kms_key.log`, which is not declared in this stack.")
        .help("did you mean `aws_kms_key.logs`?");
    let duplicate = Diagnostic::error("duplicate", "Declared twice")
        .at(&place(4, 1))
        .about(&Address::from_text("aws_kms_key.logs"))
        .related("first declared here", &place(2, 9));
    let warning = Diagnostic::warning("guest", "Said by the guest").detail("two\nlines \u{1b}[2J and an escape sequence");
    let debug = Diagnostic { severity: Severity::Debug, ..Diagnostic::error("trace", "For debugging") };
    Diagnostics::from_iter([undeclared, duplicate, warning, debug])
}

fn plain(options: RenderOptions<'_>) -> String {
    anstream::adapter::strip_str(&render(&diagnostics(), options)).to_string()
}

#[test]
fn full_ends_with_errors() {
    insta::assert_snapshot!(plain(RenderOptions::default()), @r"
    warning[guest]: Said by the guest
     |
     = note: two
             lines \u{1b}[2J and an escape sequence

    error[undeclared-reference]: Reference to something undeclared
    --> src/lib.rs:3:11
     = address: aws_cloudwatch_log_group.app
     = note: `kms_key_id` reads `arn` of `aws_kms_key.log`, which is not declared in this stack.
     = help: did you mean `aws_kms_key.logs`?

    error[duplicate]: Declared twice
    --> src/lib.rs:4:1
     = address: aws_kms_key.logs
    note: first declared here
    --> src/lib.rs:2:9
    ");
}

#[test]
fn full_shows_the_source_where_it_is_at_hand() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    fs::create_dir(folder.path().join("src"))?;
    let source = "fn build(stack: &Stack) {\n    let key = stack.resource(\"aws_kms_key\", \"logs\");\n    stack.resource(\"größe\").declare();\n\u{1b}[2J}\n";
    fs::write(folder.path().join("src/lib.rs"), source)?;
    let options = RenderOptions { sources: Some(folder.path()), ..RenderOptions::default() };
    insta::assert_snapshot!(plain(options), @r#"
    warning[guest]: Said by the guest
     |
     = note: two
             lines \u{1b}[2J and an escape sequence

    error[undeclared-reference]: Reference to something undeclared
     --> src/lib.rs:3:11
      |
    3 |     stack.resource("größe").declare();
      |           ^^^^^^^^
      |
      = address: aws_cloudwatch_log_group.app
      = note: `kms_key_id` reads `arn` of `aws_kms_key.log`, which is not declared in this stack.
      = help: did you mean `aws_kms_key.logs`?

    error[duplicate]: Declared twice
     --> src/lib.rs:4:1
      |
    4 | ␛[2J}
      | ^
      |
      = address: aws_kms_key.logs
    note: first declared here
     --> src/lib.rs:2:9
      |
    2 |     let key = stack.resource("aws_kms_key", "logs");
      |         ^^^
    "#);
    Ok(())
}

#[test]
fn files_outside_of_the_sources_are_not_read() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    let sources = folder.path().join("guest");
    fs::create_dir(&sources)?;
    fs::write(folder.path().join("secret"), "token")?;
    fs::write(sources.join("lib.rs"), "fine")?;
    assert_eq!(read_source(&sources, "./lib.rs").as_deref(), Some("fine"));
    assert_eq!(read_source(&sources, "../secret"), None);
    assert_eq!(read_source(&sources, &folder.path().join("secret").display().to_string()), None);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path().join("secret"), sources.join("link"))?;
        assert_eq!(read_source(&sources, "link"), None);
    }
    Ok(())
}

#[test]
fn spans_are_words_within_the_source() {
    let source = "größe(x)\n  y\n\n";
    let span = |line, column| span_of(source, &place(line, column)).map(|span| &source[span]);
    assert_eq!(span(1, 1), Some("größe"));
    assert_eq!(span(1, 6), Some("("));
    assert_eq!(span(2, 0), Some("y"));
    assert_eq!(span(3, 0), Some(""));
    assert_eq!((span(1, 99), span(9, 1), span(0, 0), span(3, 1)), (None, None, None, None));
}

#[test]
fn concise_is_a_line_each() {
    insta::assert_snapshot!(plain(RenderOptions { format: Format::Concise, least: Severity::Debug, ..RenderOptions::default() }), @r"
    debug[trace]: For debugging
    warning[guest]: Said by the guest: two lines \u{1b}[2J and an escape sequence
    src/lib.rs:3:11: error[undeclared-reference]: Reference to something undeclared: `kms_key_id` reads `arn` of `aws_kms_key.log`, which is not declared in this stack. (did you mean `aws_kms_key.logs`?)
    src/lib.rs:4:1: error[duplicate]: Declared twice: aws_kms_key.logs
    ");
}

#[test]
fn json_is_for_programs() {
    insta::assert_snapshot!(plain(RenderOptions { format: Format::Json, ..RenderOptions::default() }), @r#"
    [
      {
        "severity": "warning",
        "code": "guest",
        "summary": "Said by the guest",
        "detail": "two\nlines \u001b[2J and an escape sequence"
      },
      {
        "severity": "error",
        "code": "undeclared-reference",
        "summary": "Reference to something undeclared",
        "detail": "`kms_key_id` reads `arn` of `aws_kms_key.log`, which is not declared in this stack.",
        "address": "aws_cloudwatch_log_group.app",
        "place": {
          "file": "src/lib.rs",
          "line": 3,
          "column": 11
        },
        "help": "did you mean `aws_kms_key.logs`?"
      },
      {
        "severity": "error",
        "code": "duplicate",
        "summary": "Declared twice",
        "address": "aws_kms_key.logs",
        "place": {
          "file": "src/lib.rs",
          "line": 4,
          "column": 1
        },
        "related": [
          {
            "label": "first declared here",
            "place": {
              "file": "src/lib.rs",
              "line": 2,
              "column": 9
            }
          }
        ]
      }
    ]
    "#);
}

#[test]
fn no_escape_sequence_of_a_guest_gets_through() {
    let hostile = "\u{1b}]0;title\u{7}\u{202e}\r\u{9b}31m";
    let diagnostic = Diagnostic {
        help: hostile.to_owned(),
        ..Diagnostic::error("code", hostile)
            .detail(hostile)
            .at(&Place { file: hostile.into(), line: 1, column: 1 })
            .about(&Address::from_text(hostile))
            .related(hostile, &place(1, 1))
    };
    for format in [Format::Full, Format::Concise] {
        let text = render(&Diagnostics::from_iter([diagnostic.clone()]), RenderOptions { format, ..RenderOptions::default() });
        let plain = anstream::adapter::strip_str(&text).to_string();
        assert!(!plain.contains(['\u{1b}', '\u{7}', '\u{202e}', '\r', '\u{9b}']), "{plain:?}");
        assert!(plain.contains("title"), "what was said is there, not eaten with a sequence: {plain}");
    }
}
