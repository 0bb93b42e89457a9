//! What is said on standard error as one JSON object a line, for programs that follow a run: with a version, as all output for programs.

use crate::diagnostic::{Diagnostic, DiagnosticV1, Severity};
use serde::Serialize;

/// The version of the events.
const VERSION: u64 = 1;

/// How what is going on is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For people at a terminal.
    #[default]
    Text,
    /// For programs: one JSON object a line, each with a version.
    Json,
}

/// What takes time in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Making a component out of a crate.
    Build,
    /// Checking and compiling a component, or taking it from the cache.
    Compile,
    /// Running the program and checking what it declared.
    Evaluate,
    /// Comparing a stack with something else.
    Plan,
    /// Writing a stack's files and storing what was written.
    Write,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Step::Build => "build",
            Step::Compile => "compile",
            Step::Evaluate => "evaluate",
            Step::Plan => "plan",
            Step::Write => "write",
        }
    }
}

/// One event. What is not known is left out.
#[derive(Debug, Serialize)]
pub(super) struct EventV1<'a> {
    version: u64,
    r#type: &'static str,
    level: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stack: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ok: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    milliseconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    diagnostic: Option<DiagnosticV1<'a>>,
}

impl<'a> EventV1<'a> {
    /// A line of text that people would read.
    pub(super) fn message(of_type: &'static str, level: &'static str, message: &str) -> EventV1<'a> {
        EventV1 {
            version: VERSION,
            r#type: of_type,
            level,
            message: message.to_owned(),
            source: None,
            step: None,
            stack: None,
            ok: None,
            milliseconds: None,
            diagnostic: None,
        }
    }

    /// A diagnostic, whole; its summary is the message.
    pub(super) fn diagnostic(of: &'a Diagnostic) -> EventV1<'a> {
        let level = match of.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
            Severity::Debug => "debug",
        };
        EventV1 { diagnostic: Some(DiagnosticV1::from(of)), ..EventV1::message("diagnostic", level, &of.summary) }
    }

    /// A step that begins.
    pub(super) fn start(step: Step, stack: Option<&'a str>) -> EventV1<'a> {
        EventV1 { step: Some(step.name()), stack, ..EventV1::message("start", "info", &format!("{} begins", step.name())) }
    }

    /// A step that has ended.
    pub(super) fn finish(step: Step, stack: Option<&'a str>, ok: bool, milliseconds: u64) -> EventV1<'a> {
        let (level, how) = if ok { ("info", "is done") } else { ("error", "failed") };
        let message = format!("{} {how}", step.name());
        let milliseconds = Some(milliseconds);
        EventV1 { step: Some(step.name()), stack, ok: Some(ok), milliseconds, ..EventV1::message("finish", level, &message) }
    }

    /// The same, about the STACK that is worked on.
    pub(super) fn about(self, source: Option<&'a str>) -> EventV1<'a> {
        EventV1 { source, ..self }
    }

    /// Returns the event as one line.
    pub(super) fn line(&self) -> String {
        serde_json::to_string(self).expect("keys are text, and values are what JSON has") + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Address;

    #[test]
    fn each_event_is_one_line_that_says_what_it_is() {
        let diagnostic = Diagnostic::error("fault", "A fault").detail("two\nlines").about(&Address::from_text("aws_x.y"));
        let events = [
            EventV1::message("status", "info", "Wrote a\nfile"),
            EventV1::start(Step::Plan, Some("app")).about(Some("dev")),
            EventV1::finish(Step::Plan, None, false, 7),
            EventV1::diagnostic(&diagnostic),
        ];
        let lines: Vec<String> = events.iter().map(EventV1::line).collect();
        insta::assert_snapshot!(lines.concat(), @r#"
        {"version":1,"type":"status","level":"info","message":"Wrote a\nfile"}
        {"version":1,"type":"start","level":"info","message":"plan begins","source":"dev","step":"plan","stack":"app"}
        {"version":1,"type":"finish","level":"error","message":"plan failed","step":"plan","ok":false,"milliseconds":7}
        {"version":1,"type":"diagnostic","level":"error","message":"A fault","diagnostic":{"severity":"error","code":"fault","summary":"A fault","detail":"two\nlines","address":"aws_x.y"}}
        "#);
    }
}
