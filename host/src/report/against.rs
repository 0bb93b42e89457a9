//! A program's configuration beside one in a file: as text for people, and as JSON for programs.

use super::json::{DifferenceV1, VERSION, kind_name};
use super::text::{TextOptions, paint};
use crate::diagnostic::visible;
use crate::model::hcl::expression_text;
use crate::model::{Address, Kind};
use crate::plan::Side;
use crate::plan::against::{Compared, Comparison, Finding, Likeness, Renamed};
use anstyle::{AnsiColor, Style};
use std::fmt::{Display, Write as _};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const ADDED: Style = AnsiColor::Green.on_default();
const CHANGED: Style = AnsiColor::Yellow.on_default();
const MOVED: Style = AnsiColor::Cyan.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();

/// Longer values are cut, unless everything is to be shown.
const LONGEST_VALUE: usize = 100;

/// What was compared.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The program's stack.
    pub stack: &'a str,
    /// The file, as it was named.
    pub file: &'a str,
}

/// Returns a comparison for people: what comes of it first.
pub fn text(of: Subject<'_>, comparison: &Comparison<'_>, options: TextOptions) -> String {
    let mut writer = Writer { out: String::new(), options };
    writer.head(of, comparison);
    for (address, kind) in &comparison.only_file {
        writer.only(REMOVED, "-", address, "only in the file", *kind, "Terraform would destroy it");
    }
    for (address, kind) in &comparison.only_program {
        writer.only(ADDED, "+", address, "only in the program", *kind, "Terraform would create it");
    }
    for Renamed { file, program } in &comparison.moved {
        let pair = format!("> {} -> {}", visible(file.as_str()), visible(program.as_str()));
        writer.line(2, format_args!("{}  the program moves it", paint(MOVED, pair)));
    }
    comparison.compared.iter().filter(|compared| compared.is_real()).for_each(|compared| writer.compared(compared));
    comparison.compared.iter().filter(|compared| !compared.is_real()).for_each(|compared| writer.compared(compared));
    comparison.renamed.iter().for_each(|renamed| writer.renamed(*renamed));
    writer.explain(comparison);
    writer.out
}

struct Writer {
    out: String,
    options: TextOptions,
}

impl Writer {
    fn line(&mut self, indent: usize, text: impl Display) {
        // Writing to a string does not fail.
        let _ = writeln!(self.out, "{:indent$}{text}", "");
    }

    fn head(&mut self, of: Subject<'_>, comparison: &Comparison<'_>) {
        let name = paint(BOLD, format_args!("Stack {} against {}", visible(of.stack), visible(of.file)));
        let findings = comparison.compared.iter().flat_map(|compared| &compared.findings);
        let n_else = findings.filter(|finding| !finding.likeness.is_real()).count();
        let written_otherwise = match n_else {
            0 => String::new(),
            1 => "; 1 value is written otherwise".to_owned(),
            n => format!("; {n} values are written otherwise"),
        };
        if comparison.is_same() {
            self.line(0, format_args!("{name}: no difference: the port changes nothing{written_otherwise}"));
        } else {
            let counts = [
                (comparison.only_file.len(), "only in the file"),
                (comparison.only_program.len(), "only in the program"),
                (comparison.moved.len(), "moved"),
                (comparison.n_changed(), "changed"),
            ];
            let counts: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
            let counts = counts.join(", ");
            self.line(0, format_args!("{name}: {counts}, {} the same{written_otherwise}", comparison.n_same));
        }
        if !comparison.only_file.is_empty() || !comparison.only_program.is_empty() || !comparison.compared.is_empty() {
            self.line(0, "");
        }
    }

    fn only(&mut self, style: Style, mark: &str, address: &Address, which: &str, kind: Kind, fate: &str) {
        let text = paint(style, format_args!("{mark} {}", visible(address.as_str())));
        // Nothing in the cloud belongs to what is no resource by itself.
        let fate = if matches!(kind, Kind::Resource | Kind::Module) { format!(": {fate}") } else { String::new() };
        self.line(2, format_args!("{text}  {}", paint(DIM, format_args!("{which}{fate}"))));
    }

    fn compared(&mut self, compared: &Compared<'_>) {
        let (mark, style) = if compared.is_real() { ("~", CHANGED) } else { ("=", DIM) };
        self.line(2, paint(style, format_args!("{mark} {}", visible(compared.address.as_str()))));
        compared.findings.iter().for_each(|finding| self.finding(finding));
    }

    fn finding(&mut self, finding: &Finding<'_>) {
        let path = finding.difference.to_string();
        let path = visible(&path);
        let value = |side: &Option<Side<'_>>| match side {
            Some(Side::Value(value)) => Some(self.shortened(&visible(&expression_text(value)))),
            _ => None,
        };
        let sides = (value(&finding.difference.before), value(&finding.difference.after));
        let remark = match finding.likeness {
            Likeness::Requirement => ": only the program says it; nothing that exists is touched",
            Likeness::SameDocument => ": same document, other bytes",
            Likeness::SameValue => ": same value, other type",
            Likeness::OtherOrder => ": the same items in another order",
            Likeness::Different => "",
        };
        match sides {
            (Some(file), Some(program)) if remark.is_empty() && file == program && file.starts_with("(sensitive") => {
                self.line(6, format_args!("{path}: changed {file}"));
            }
            (Some(file), Some(program)) if remark.is_empty() => self.line(6, format_args!("{path}: {file} -> {program}")),
            (file, program) => {
                if !remark.is_empty() {
                    self.line(6, format_args!("{path}{remark}"));
                }
                let hide = finding.likeness == Likeness::SameDocument && !self.options.verbose;
                let path = if remark.is_empty() { format!("{path}: ") } else { "  ".to_owned() };
                for (mark, text) in [("-", file), ("+", program)] {
                    if let Some(text) = text.filter(|_| !hide) {
                        self.line(6, format_args!("{mark} {path}{text}"));
                    }
                }
            }
        }
        if let Some(note) = finding.note {
            self.line(8, paint(DIM, note));
        }
    }

    fn renamed(&mut self, renamed: Renamed<'_>) {
        let (file, program) = (visible(renamed.file.as_str()), visible(renamed.program.as_str()));
        let hint = paint(BOLD, "hint:");
        self.line(0, "");
        self.line(2, format_args!("{hint} {program} has the type and the content of {file}."));
        let name = renamed.file.as_str().rsplit('.').next().unwrap_or_default();
        self.line(8, format_args!("To keep its address, declare it with `.address(\"{}\")`;", visible(name)));
        self.line(8, format_args!("to rename it, declare the move, or Terraform destroys the one and creates the other:"));
        self.line(8, format_args!("moved from {file} to {program}"));
    }

    /// What the marks of likeness mean to whoever has to decide.
    fn explain(&mut self, comparison: &Comparison<'_>) {
        let has = |likeness| comparison.count(likeness) > 0;
        if has(Likeness::SameDocument) || has(Likeness::SameValue) || has(Likeness::OtherOrder) {
            self.line(0, "");
        }
        if has(Likeness::SameDocument) {
            self.line(0, "Same document, other bytes: Terraform shows a change only where the provider compares text.");
        }
        if has(Likeness::SameValue) {
            self.line(0, "Same value, other type: Terraform converts it wherever the argument's type is known; that is for the provider's schema.");
        }
        if has(Likeness::OtherOrder) {
            self.line(0, "Another order: no change where the provider has a set, one where it has a list; that is for the provider's schema.");
        }
    }

    fn shortened(&self, text: &str) -> String {
        let length = text.chars().count();
        if self.options.verbose || length <= LONGEST_VALUE {
            return text.to_owned();
        }
        let start: String = text.chars().take(LONGEST_VALUE - 20).collect();
        format!("{start}... ({length} characters)")
    }
}

/// Returns a comparison for programs.
pub fn json(of: Subject<'_>, comparison: &Comparison<'_>) -> String {
    let block = |(address, kind): &(&Address, Kind)| BlockV1 { address: address.to_string(), kind: kind_name(*kind) };
    let pair = |pair: &Renamed<'_>| PairV1 { file: pair.file.to_string(), program: pair.program.to_string() };
    let report = ReportV1 {
        version: VERSION,
        stack: of.stack,
        against: of.file,
        same: comparison.is_same(),
        summary: SummaryV1 {
            only_in_file: comparison.only_file.len(),
            only_in_program: comparison.only_program.len(),
            moved: comparison.moved.len(),
            changed: comparison.n_changed(),
            unchanged: comparison.n_same,
            same_document: comparison.count(Likeness::SameDocument),
            same_value: comparison.count(Likeness::SameValue),
        },
        only_in_file: comparison.only_file.iter().map(block).collect(),
        only_in_program: comparison.only_program.iter().map(block).collect(),
        moved: comparison.moved.iter().map(pair).collect(),
        compared: comparison.compared.iter().map(ComparedV1::from).collect(),
        renamed: comparison.renamed.iter().map(pair).collect(),
    };
    serde_json::to_string_pretty(&report).expect("keys are text, and values are what JSON has") + "\n"
}

#[derive(serde::Serialize)]
struct ReportV1<'a> {
    version: u64,
    stack: &'a str,
    against: &'a str,
    same: bool,
    summary: SummaryV1,
    only_in_file: Vec<BlockV1>,
    only_in_program: Vec<BlockV1>,
    moved: Vec<PairV1>,
    compared: Vec<ComparedV1<'a>>,
    renamed: Vec<PairV1>,
}

#[derive(serde::Serialize)]
struct SummaryV1 {
    only_in_file: usize,
    only_in_program: usize,
    moved: usize,
    changed: usize,
    unchanged: usize,
    same_document: usize,
    same_value: usize,
}

#[derive(serde::Serialize)]
struct BlockV1 {
    address: String,
    kind: &'static str,
}

#[derive(serde::Serialize)]
struct PairV1 {
    file: String,
    program: String,
}

#[derive(serde::Serialize)]
struct ComparedV1<'a> {
    address: &'a str,
    kind: &'static str,
    changed: bool,
    findings: Vec<FindingV1<'a>>,
}

/// `before` is the file's side, `after` the program's.
#[derive(serde::Serialize)]
struct FindingV1<'a> {
    likeness: &'static str,
    #[serde(flatten)]
    difference: DifferenceV1<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

impl<'a> From<&'a Compared<'_>> for ComparedV1<'a> {
    fn from(compared: &'a Compared<'_>) -> ComparedV1<'a> {
        ComparedV1 {
            address: compared.address.as_str(),
            kind: kind_name(compared.kind),
            changed: compared.is_real(),
            findings: compared.findings.iter().map(FindingV1::from).collect(),
        }
    }
}

impl<'a> From<&'a Finding<'_>> for FindingV1<'a> {
    fn from(finding: &'a Finding<'_>) -> FindingV1<'a> {
        let likeness = match finding.likeness {
            Likeness::Requirement => "requirement",
            Likeness::SameDocument => "same-document",
            Likeness::SameValue => "same-value",
            Likeness::OtherOrder => "other-order",
            Likeness::Different => "different",
        };
        FindingV1 { likeness, difference: DifferenceV1::from(&finding.difference), note: finding.note }
    }
}
