//! What is declared beside what exists: as text for people, as Markdown, and as JSON for programs.

use super::json::{DifferenceV1, StepV1, VERSION};
use super::markdown::{MOST_CHARACTERS, fenced};
use super::text::{self, TextOptions, paint};
use crate::diagnostic::visible;
use crate::plan::existing::{Compared, Comparison, Finding, NotComparable, Why};
use crate::plan::path_text;
use anstream::adapter::strip_str;
use anstyle::{AnsiColor, Style};
use std::fmt::{Display, Write as _};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const ADDED: Style = AnsiColor::Green.on_default();
const CHANGED: Style = AnsiColor::Yellow.on_default();
const MOVED: Style = AnsiColor::Cyan.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();

/// What was compared.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The program's stack.
    pub stack: &'a str,
    /// The file with the state, as it was named.
    pub file: &'a str,
}

/// Returns a comparison for people: what comes of it first.
pub fn text(of: Subject<'_>, comparison: &Comparison<'_>, options: TextOptions) -> String {
    let mut writer = Writer { out: String::new(), options };
    writer.head(of, comparison);
    for missing in &comparison.missing {
        let fate = if missing.is_imported { "not in the state: its `import` brings it in" } else { "not created yet" };
        writer.one(ADDED, "+", missing.address.as_str(), fate);
    }
    for address in &comparison.undeclared {
        writer.one(REMOVED, "-", address.as_str(), "in the state, and nobody declares it: Terraform would destroy it");
    }
    for removed in &comparison.removed {
        let fate = if removed.is_destroyed { "Terraform destroys it" } else { "Terraform forgets it, and it stays" };
        writer.one(REMOVED, "-", removed.address.as_str(), &format!("let go by its `removed`: {fate}"));
    }
    for moved in &comparison.moved {
        let pair = format!("{} -> {}", moved.from, moved.to);
        writer.one(MOVED, ">", &pair, "in the state under its former address: Terraform will move it");
    }
    for address in &comparison.tainted {
        writer.one(CHANGED, "!", address.as_str(), "tainted: its creation failed half-way, and Terraform replaces it");
    }
    for deposed in &comparison.deposed {
        let fate = format!("its former object {} still waits for its destruction", visible(&deposed.key));
        writer.one(CHANGED, "!", deposed.address.as_str(), &fate);
    }
    comparison.compared.iter().for_each(|compared| writer.compared(compared));
    for group in comparison.not_comparable.chunk_by(|a, b| a.address == b.address) {
        writer.not_comparable(group);
    }
    writer.explain(comparison);
    writer.out
}

/// Returns a comparison for a comment on a pull request, bounded in length.
pub fn markdown(of: Subject<'_>, comparison: &Comparison<'_>) -> String {
    const RESERVE: usize = 500;
    let text = strip_str(&text(of, comparison, TextOptions::default())).to_string();
    let (head, lines) = text.split_once('\n').unwrap_or((&text, ""));
    let mut kept = String::new();
    let mut n_left = MOST_CHARACTERS.saturating_sub(RESERVE + head.chars().count());
    let mut n_cut = 0;
    for line in lines.trim_matches('\n').lines() {
        let length = line.chars().count() + 1;
        // What follows one that does not fit is left out, too: its lines would stand alone.
        if n_cut > 0 || length > n_left {
            n_cut += 1;
            continue;
        }
        n_left -= length;
        let _ = writeln!(kept, "{line}");
    }
    if n_cut > 0 {
        let _ = writeln!(kept, "... and {n_cut} more lines: this comment is full");
    }
    let head = fenced("text", &format!("{head}\n"));
    if kept.is_empty() {
        head
    } else {
        format!("{head}\n<details><summary>Details</summary>\n\n{}\n</details>\n", fenced("text", &kept))
    }
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
        let not_comparable = match comparison.not_comparable.len() {
            0 => String::new(),
            1 => "; 1 thing is not comparable".to_owned(),
            n => format!("; {n} things are not comparable"),
        };
        let n_same = comparison.n_same;
        if comparison.is_same() {
            let all = match n_same {
                0 => "nothing is declared and nothing exists".to_owned(),
                1 => "the only resource is as it is declared".to_owned(),
                n => format!("all {n} resources are as they are declared"),
            };
            // With nothing in place, there may be what could not be compared.
            let all = if n_same == 0 && !not_comparable.is_empty() { String::new() } else { format!(": {all}") };
            self.line(0, format_args!("{name}: nothing differs{all}{not_comparable}"));
        } else {
            let counts = [
                (comparison.missing.len(), "not in the state"),
                (comparison.undeclared.len(), "not declared"),
                (comparison.removed.len(), "let go"),
                (comparison.moved.len(), "to move"),
                (comparison.tainted.len(), "tainted"),
                (comparison.deposed.len(), "deposed"),
                (comparison.compared.len(), "different"),
            ];
            let counts: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
            self.line(0, format_args!("{name}: {}, {n_same} the same{not_comparable}", counts.join(", ")));
        }
        if !comparison.is_same() || !comparison.not_comparable.is_empty() {
            self.line(0, "");
        }
    }

    fn one(&mut self, style: Style, mark: &str, address: &str, fate: &str) {
        let text = paint(style, format_args!("{mark} {}", visible(address)));
        self.line(2, format_args!("{text}  {}", paint(DIM, fate)));
    }

    fn compared(&mut self, compared: &Compared<'_>) {
        self.line(2, paint(CHANGED, format_args!("~ {}", visible(compared.address.as_str()))));
        for finding in &compared.findings {
            if finding.is_sensitive {
                let path = path_text(&finding.difference.path);
                self.line(6, format_args!("{}: differs (sensitive in the state, so not shown)", visible(&path)));
            } else {
                self.out.push_str(&text::difference(&finding.difference, self.options));
            }
        }
    }

    /// Shows what is not comparable at one address.
    fn not_comparable(&mut self, group: &[NotComparable]) {
        let item = |of: &NotComparable| {
            let path = path_text(&of.path);
            let remark = match of.reason {
                Why::Expression => "",
                Why::Instances => " (which instances there are)",
                Why::Order => " (another order)",
                Why::WriteOnly => " (write-only)",
                Why::EmptyModule => "nothing of it is in the state",
                Why::OtherType => "it moves from another type",
                Why::OldForm => "its attributes are in the form of Terraform 0.11",
            };
            format!("{}{remark}", visible(&path))
        };
        let items: Vec<String> = group.iter().map(item).collect();
        let address = group.first().map(|of| of.address.as_str()).unwrap_or_default();
        self.line(2, format_args!("? {}  {}", visible(address), paint(DIM, items.join(", "))));
        if self.options.verbose {
            for of in group.iter().filter(|of| !of.expression.is_empty()) {
                let path = path_text(&of.path);
                self.line(6, paint(DIM, format_args!("{} = {}", visible(&path), visible(&of.expression))));
            }
        }
    }

    /// What the marks mean to whoever has to decide.
    fn explain(&mut self, comparison: &Comparison<'_>) {
        let has = |why| comparison.not_comparable.iter().any(|of| of.reason == why);
        let mut lines = Vec::new();
        if !comparison.compared.is_empty() {
            lines.push("Before the arrow stands what the state has, behind it what is declared.");
        }
        if has(Why::Expression) {
            lines.push("Not comparable (?): an expression, which Terraform computes. `terraform plan` compares its value, with credentials.");
        }
        if has(Why::Instances) {
            lines.push("Which instances there are: `count` or `for_each` is an expression. Those that exist are compared, none is missed.");
        }
        if has(Why::Order) {
            lines.push(
                "Another order: the same items. That is no change where the provider has a set, and one where it has a list; a schema \
                 (`--schema`) tells.",
            );
        }
        if has(Why::WriteOnly) {
            lines.push("Write-only: no state has such arguments.");
        }
        if has(Why::EmptyModule) {
            lines.push("Nothing of a module in the state: it was not applied yet, or holds no resources.");
        }
        if has(Why::OtherType) {
            lines.push("Another type: its provider makes the new attributes out of the old ones when it moves.");
        }
        if has(Why::OldForm) {
            lines.push("The form of Terraform 0.11: the next apply writes such attributes anew.");
        }
        if !lines.is_empty() {
            self.line(0, "");
        }
        lines.into_iter().for_each(|line| self.line(0, line));
    }
}

/// Returns a comparison for programs.
pub fn json(of: Subject<'_>, comparison: &Comparison<'_>) -> String {
    let report = ReportV1 {
        version: VERSION,
        stack: of.stack,
        tfstate: of.file,
        same: comparison.is_same(),
        summary: SummaryV1 {
            missing: comparison.missing.len(),
            undeclared: comparison.undeclared.len(),
            removed: comparison.removed.len(),
            moved: comparison.moved.len(),
            tainted: comparison.tainted.len(),
            deposed: comparison.deposed.len(),
            changed: comparison.compared.len(),
            unchanged: comparison.n_same,
            not_comparable: comparison.not_comparable.len(),
        },
        missing: comparison.missing.iter().map(|of| MissingV1 { address: of.address.as_str(), import: of.is_imported }).collect(),
        undeclared: comparison.undeclared.iter().map(|address| address.as_str()).collect(),
        removed: comparison
            .removed
            .iter()
            .map(|of| RemovedV1 { address: of.address.as_str(), destroy: of.is_destroyed })
            .collect(),
        moved: comparison.moved.iter().map(|of| MovedV1 { from: of.from.as_str(), to: of.to.as_str() }).collect(),
        tainted: comparison.tainted.iter().map(|address| address.as_str()).collect(),
        deposed: comparison.deposed.iter().map(|of| DeposedV1 { address: of.address.as_str(), key: &of.key }).collect(),
        changed: comparison.compared.iter().map(ComparedV1::from).collect(),
        not_comparable: comparison.not_comparable.iter().map(NotComparableV1::from).collect(),
    };
    serde_json::to_string_pretty(&report).expect("keys are text, and values are what JSON has") + "\n"
}

#[derive(serde::Serialize)]
struct ReportV1<'a> {
    version: u64,
    stack: &'a str,
    tfstate: &'a str,
    same: bool,
    summary: SummaryV1,
    missing: Vec<MissingV1<'a>>,
    undeclared: Vec<&'a str>,
    removed: Vec<RemovedV1<'a>>,
    moved: Vec<MovedV1<'a>>,
    tainted: Vec<&'a str>,
    deposed: Vec<DeposedV1<'a>>,
    changed: Vec<ComparedV1<'a>>,
    not_comparable: Vec<NotComparableV1<'a>>,
}

#[derive(serde::Serialize)]
struct SummaryV1 {
    missing: usize,
    undeclared: usize,
    removed: usize,
    moved: usize,
    tainted: usize,
    deposed: usize,
    changed: usize,
    unchanged: usize,
    not_comparable: usize,
}

#[derive(serde::Serialize)]
struct MissingV1<'a> {
    address: &'a str,
    import: bool,
}

#[derive(serde::Serialize)]
struct RemovedV1<'a> {
    address: &'a str,
    destroy: bool,
}

#[derive(serde::Serialize)]
struct MovedV1<'a> {
    from: &'a str,
    to: &'a str,
}

#[derive(serde::Serialize)]
struct DeposedV1<'a> {
    address: &'a str,
    key: &'a str,
}

#[derive(serde::Serialize)]
struct ComparedV1<'a> {
    address: &'a str,
    findings: Vec<FindingV1<'a>>,
}

/// `before` is the state's side, `after` what is declared; of what is sensitive there is neither.
#[derive(serde::Serialize)]
struct FindingV1<'a> {
    sensitive: bool,
    #[serde(flatten)]
    difference: DifferenceV1<'a>,
}

#[derive(serde::Serialize)]
struct NotComparableV1<'a> {
    address: &'a str,
    path: Vec<StepV1<'a>>,
    text: String,
    reason: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    expression: &'a str,
}

impl<'a> From<&'a Compared<'_>> for ComparedV1<'a> {
    fn from(compared: &'a Compared<'_>) -> ComparedV1<'a> {
        let finding = |finding: &'a Finding<'_>| {
            let difference = DifferenceV1::from(&finding.difference);
            let is_sensitive = finding.is_sensitive;
            FindingV1 { sensitive: is_sensitive, difference: if is_sensitive { difference.without_sides() } else { difference } }
        };
        ComparedV1 { address: compared.address.as_str(), findings: compared.findings.iter().map(finding).collect() }
    }
}

impl<'a> From<&'a NotComparable> for NotComparableV1<'a> {
    fn from(of: &'a NotComparable) -> NotComparableV1<'a> {
        NotComparableV1 {
            address: of.address.as_str(),
            path: of.path.iter().map(StepV1::from).collect(),
            text: path_text(&of.path),
            reason: match of.reason {
                Why::Expression => "expression",
                Why::Instances => "instances",
                Why::Order => "order",
                Why::WriteOnly => "write-only",
                Why::EmptyModule => "empty-module",
                Why::OtherType => "other-type",
                Why::OldForm => "old-form",
            },
            expression: &of.expression,
        }
    }
}
