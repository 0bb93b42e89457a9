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
    /// The argument or block in it: `environment.variables`, `rule[1].status`. May be empty.
    pub path: String,
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
            path: String::new(),
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

    /// Adds the path in what it is about.
    pub fn in_path(mut self, path: impl Into<String>) -> Diagnostic {
        self.path = path.into();
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

    /// Guests choose how long their names are, and how many of them take part in one fault.
    fn cut(mut self) -> Diagnostic {
        [&mut self.summary, &mut self.detail, &mut self.path, &mut self.help]
            .into_iter()
            .for_each(|text| cut(text, LONGEST_TEXT));
        if let Some(address) = self.address.take_if(|address| address.as_str().len() > LONGEST_ADDRESS) {
            let mut text = address.to_string();
            cut(&mut text, LONGEST_ADDRESS);
            self.address = Some(Address::from_text(&text));
        }
        self.related.truncate(MOST_RELATED);
        self.related.iter_mut().for_each(|(label, _)| cut(label, LONGEST_ADDRESS));
        self
    }
}

/// Of errors, and of warnings, so many are kept; the others are counted. A guest may have one fault in each of very many declarations.
const MOST_KEPT: usize = 1000;
/// A text that is longer is cut, in bytes.
const LONGEST_TEXT: usize = 64 << 10;
/// An address that is longer is cut, in bytes.
const LONGEST_ADDRESS: usize = 4 << 10;
/// So many further places are kept of one diagnostic.
const MOST_RELATED: usize = 50;

/// All that is to be said, in the order of its finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    kept: Vec<Diagnostic>,
    /// How many were found, those that are not kept among them.
    n_errors: usize,
    n_warnings: usize,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let found = match diagnostic.severity {
            Severity::Error => &mut self.n_errors,
            Severity::Warning => &mut self.n_warnings,
            // Messages of guests alone, which have a limit of their own.
            Severity::Info | Severity::Debug => return self.kept.push(diagnostic.cut()),
        };
        *found += 1;
        if *found <= MOST_KEPT {
            self.kept.push(diagnostic.cut());
        }
    }

    /// Adds all of another collection.
    pub fn extend(&mut self, other: Diagnostics) {
        let n_errors = self.n_errors + other.n_errors;
        let n_warnings = self.n_warnings + other.n_warnings;
        other.kept.into_iter().for_each(|diagnostic| self.push(diagnostic));
        (self.n_errors, self.n_warnings) = (n_errors, n_warnings);
    }

    /// Tells whether the run fails by them.
    pub fn has_errors(&self) -> bool {
        self.n_errors > 0
    }

    /// Returns how many errors were found, those that are not kept among them.
    pub fn n_errors(&self) -> usize {
        self.n_errors
    }

    /// Goes through those that are kept.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.kept.iter()
    }

    /// Calls `change` with each text of those that are kept.
    pub fn each_text_mut(&mut self, change: &mut dyn FnMut(&mut String)) {
        for diagnostic in &mut self.kept {
            let Diagnostic { summary, detail, path, help, related, .. } = diagnostic;
            [summary, detail, path, help].into_iter().for_each(&mut *change);
            related.iter_mut().for_each(|(label, _)| change(label));
        }
    }

    /// Says how many there are beyond those that are kept: at most one diagnostic for each severity.
    pub fn beyond(&self) -> Vec<Diagnostic> {
        let beyond = |n_found: usize, diagnostic: Diagnostic| {
            let n_more = n_found.saturating_sub(MOST_KEPT);
            (n_more > 0).then(|| diagnostic.detail(format!("And {n_more} more, which are not shown.")))
        };
        let warnings = beyond(self.n_warnings, Diagnostic::warning("more", "More warnings"));
        warnings.into_iter().chain(beyond(self.n_errors, Diagnostic::error("more", "More errors"))).collect()
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(all: I) -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        all.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
        diagnostics
    }
}

/// Cuts a text that is longer than `longest` bytes, and marks it with `…`.
pub fn cut(text: &mut String, longest: usize) {
    if text.len() > longest {
        text.truncate(text.floor_char_boundary(longest));
        text.push('…');
    }
}

const LONGEST_COMPARED: usize = 128;

/// Returns the candidate that a user most likely meant by `wanted`, if one is close: at most a third of its length away.
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

/// Letters that are left out, put in, replaced, or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        for (j, to) in b.iter().enumerate() {
            let mut least = (row[j] + usize::from(from != to)).min(next[j] + 1).min(row[j + 1] + 1);
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_very_many_faults_some_are_kept_and_all_are_counted() {
        let faults = |n| (0..n).map(|n| Diagnostic::error("fault", format!("{n}")));
        let mut diagnostics: Diagnostics = (0..3000).map(|n| Diagnostic::warning("fault", format!("{n}"))).collect();
        diagnostics.extend(faults(1500).collect());
        diagnostics.extend(faults(600).collect());
        assert!(diagnostics.has_errors());
        assert_eq!((diagnostics.iter().count(), diagnostics.n_errors()), (2000, 2100));
        let beyond: Vec<String> = diagnostics.beyond().into_iter().map(|more| more.detail).collect();
        assert_eq!(beyond, ["And 2000 more, which are not shown.", "And 1100 more, which are not shown."]);
        let shown = render(&diagnostics, RenderOptions { format: Format::Concise, ..RenderOptions::default() });
        assert_eq!(shown.lines().last(), Some("error[more]: More errors: And 1100 more, which are not shown."));
    }

    #[test]
    fn what_was_meant_is_found_by_few_letters() {
        let known = ["name", "arn", "aws_kms_key", "retention_in_days"];
        for (given, meant) in [("nmae", Some("name")), ("arnn", Some("arn")), ("aws_kms_kye", Some("aws_kms_key")), ("zzz", None)]
        {
            assert_eq!(closest(given, known), meant, "{given}");
        }
        assert_eq!(closest("retention_days", known), Some("retention_in_days"));
    }

    #[test]
    fn what_a_guest_makes_very_long_is_cut() {
        let place = Place { file: "src/lib.rs".into(), line: 1, column: 1 };
        let long = "ü".repeat(1 << 20);
        let fault = Diagnostic::error("fault", "Fault").detail(&long).about(&Address::from_text(&long));
        let fault = (0..1000).fold(fault, |fault, _| fault.related("here", &place));
        let diagnostics = Diagnostics::from_iter([fault]);
        assert!(render(&diagnostics, RenderOptions::default()).len() < 100 << 10);
    }
}
