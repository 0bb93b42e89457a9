//! What is to be said to the user about the guest's declarations, the inputs and the run: collected as data, rendered at the end.
//!
//! `(T, Diagnostics)` is returned where going on makes sense, so that a user sees every problem at once.

mod json;

mod render;

mod visible;

pub(crate) use json::DiagnosticV1;
pub use render::{Format, RenderOptions, render};
pub use visible::{escaped_in_json, visible, visible_lines};

use crate::model::{Address, Place};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The run fails.
    Error,
    /// The user should know.
    Warning,
    /// The user may like to know.
    Info,
    /// Shown with `-v` only.
    Debug,
}

/// One thing to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name for programs: `undeclared-reference`.
    pub code: &'static str,
    /// Fixed words, no names: "Reference to something undeclared".
    pub summary: String,
    /// Sentences: what, why, how to fix. May be empty.
    pub detail: String,
    /// Where in the guest's source.
    pub place: Option<Place>,
    /// What it is about.
    pub address: Option<Address>,
    /// Further places with what is there: "first declared here".
    pub related: Vec<(String, Place)>,
    /// What to do: "did you mean `aws_kms_key.logs`?". May be empty.
    pub help: String,
}

impl Diagnostic {
    /// Makes an error with a code and a summary; the rest is added by the other functions.
    pub fn error(code: &'static str, summary: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code,
            summary: summary.into(),
            detail: String::new(),
            place: None,
            address: None,
            related: Vec::new(),
            help: String::new(),
        }
    }

    /// Makes a warning.
    pub fn warning(code: &'static str, summary: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, summary) }
    }

    /// Adds the detail.
    pub fn detail(mut self, detail: impl Into<String>) -> Diagnostic {
        self.detail = detail.into();
        self
    }

    /// Adds the place.
    pub fn at(mut self, place: &Place) -> Diagnostic {
        self.place = Some(place.clone());
        self
    }

    /// Adds the address.
    pub fn about(mut self, address: &Address) -> Diagnostic {
        self.address = Some(address.clone());
        self
    }

    /// Adds a further place.
    pub fn related(mut self, label: impl Into<String>, place: &Place) -> Diagnostic {
        self.related.push((label.into(), place.clone()));
        self
    }

    /// Adds what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = help.into();
        self
    }
}

/// All that is to be said, in the order of its finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of another collection.
    pub fn extend(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    /// Tells whether the run fails by them.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Goes through them.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }
}

const LONGEST_COMPARED: usize = 300;

/// Returns the candidate that a user most likely meant by `wanted`, if one is close: at most a third of its length away (Levenshtein).
pub fn closest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Looking takes the product of two lengths, and guests choose both.
    if wanted.len() > LONGEST_COMPARED {
        return None;
    }
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST_COMPARED)
        .map(|candidate| (distance(wanted, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().max(3) / 3)
        .min()
        .map(|(_, candidate)| candidate)
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
