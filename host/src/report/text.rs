//! Plans as text for people.
//!
//! `+` is created, `~` updated, `>` moved, `-` deleted: in what is emitted. Nothing here says what happens in the cloud.

use super::why;
use crate::diagnostic::{visible, visible_lines};
use crate::graph::Doubt;
use crate::model::hcl::expression_text;
use crate::model::{Block, Body, Expression, Kind};
use crate::plan::{Action, Cause, Change, Difference, Part, Plan, Proposal, Reason, Side, Step};
use crate::state::Entry;
use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};
use std::fmt::{Display, Write as _};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const ADDED: Style = AnsiColor::Green.on_default();
const CHANGED: Style = AnsiColor::Yellow.on_default();
const MOVED: Style = AnsiColor::Cyan.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();

/// Longer values are cut, unless everything is to be shown.
const LONGEST_VALUE: usize = 100;
/// So many declarations that read what changes are named, unless everything is to be shown.
const MOST_READERS: usize = 3;
const CONTEXT_LINES: usize = 2;
/// Where the lines below a change begin.
const INDENT: usize = 6;

/// What is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextOptions {
    /// Also the arguments of what is created and deleted, and values in full length.
    pub verbose: bool,
}

/// Returns a summary of all plans of one run, and the plans stack by stack.
pub fn plans(plans: &[Plan<'_>], options: TextOptions) -> String {
    // Said once below the summary, where it is the same for all.
    let common = Plan::common_cause(plans);
    let mut writer = Writer { out: String::new(), options, with_causes: common.is_none() };
    writer.summary(plans, common);
    for plan in plans {
        writer.plan(plan);
    }
    if !plans.iter().all(Plan::is_empty) {
        writer.line(0, "Nothing in the cloud changes by this; `terraform plan` shows what will.");
    }
    writer.out
}

/// Returns the lines below a change: its differences, or all of what is created or deleted.
pub(super) fn details(change: &Change<'_>) -> String {
    let mut writer = Writer { out: String::new(), options: TextOptions { verbose: true }, with_causes: false };
    let whole = match change.action {
        Action::Create => change.after.map(|after| (&after.body, &after.meta)),
        Action::Delete => change.before.map(|before| (&before.body, &before.meta)),
        _ => None,
    };
    writer.contents(whole);
    change.differences.iter().for_each(|difference| writer.difference(difference));
    writer.readers(change, MOST_READERS);
    writer.out
}

/// Returns the lines of one difference.
pub(super) fn difference(difference: &Difference<'_>, options: TextOptions) -> String {
    let mut writer = Writer { out: String::new(), options, with_causes: false };
    writer.difference(difference);
    writer.out
}

/// Returns what is stored of one declaration.
pub fn entry(entry: &Entry, options: TextOptions) -> String {
    let mut writer = Writer { out: String::new(), options, with_causes: false };
    writer.line(2, paint(BOLD, visible(entry.address.as_str())));
    writer.body(INDENT, &entry.body);
    writer.body(INDENT, &entry.meta);
    writer.out
}

struct Writer {
    out: String,
    options: TextOptions,
    /// Whether each change says why it happens.
    with_causes: bool,
}

impl Writer {
    fn line(&mut self, indent: usize, text: impl Display) {
        // Writing to a string does not fail, here and below.
        let _ = writeln!(self.out, "{:indent$}{text}", "");
    }

    fn plan(&mut self, plan: &Plan<'_>) {
        let name = paint(BOLD, format_args!("Stack {}", visible(plan.stack)));
        if plan.is_empty() {
            self.line(0, format_args!("{name}: no changes"));
            self.uncertain(plan);
            self.overrides(plan);
            self.line(0, "");
            return;
        }
        self.line(0, format_args!("{name}{}", if plan.is_first { ": nothing of it was emitted before" } else { "" }));
        self.line(0, "");
        for change in plan.changes.iter().filter(|change| change.action != Action::NoOp) {
            self.change(change);
        }
        for proposal in &plan.proposals {
            self.line(0, "");
            self.proposal(proposal);
        }
        self.uncertain(plan);
        self.overrides(plan);
        self.line(0, "");
    }

    fn change(&mut self, change: &Change<'_>) {
        let address = visible(change.address.as_str());
        let cause = paint(DIM, self.cause(change));
        match change.action {
            Action::Create => {
                self.line(2, format_args!("{}{cause}", paint(ADDED, format_args!("+ {address}"))));
                let parts = change.after.map(|after| (&after.body, &after.meta));
                self.contents(parts);
            }
            Action::Update => {
                let may_replace = change.kind == Kind::Resource && change.differences.iter().any(may_replace);
                let remark = if may_replace { "  changes; Terraform may replace" } else { "" };
                self.line(2, format_args!("{}{}{cause}", paint(CHANGED, format_args!("~ {address}")), paint(DIM, remark)));
            }
            Action::Move => {
                let from = change.from.map(|from| visible(from.as_str())).unwrap_or_default();
                self.line(2, format_args!("{}{cause}", paint(MOVED, format_args!("> {from} -> {address}"))));
            }
            Action::Delete => {
                let remark = if change.before.is_some_and(|before| before.protect) { "  protected" } else { "" };
                self.line(2, format_args!("{}{}{cause}", paint(REMOVED, format_args!("- {address}")), paint(BOLD, remark)));
                let parts = change.before.map(|before| (&before.body, &before.meta));
                self.contents(parts);
            }
            Action::NoOp => {}
        }
        for difference in &change.differences {
            self.difference(difference);
        }
        self.readers(change, if self.options.verbose { usize::MAX } else { MOST_READERS });
    }

    /// Returns why something changes, as it follows the address.
    fn cause(&self, change: &Change<'_>) -> String {
        let cause = change.cause.as_ref().filter(|_| self.with_causes);
        cause.map(|cause| format!("  {}", why::cause(cause, &|name| format!("`{name}`")))).unwrap_or_default()
    }

    /// What is declared as before, and reads what changes.
    fn readers(&mut self, change: &Change<'_>, most: usize) {
        if !change.readers.is_empty() {
            self.line(INDENT, paint(DIM, why::readers(&change.readers, most)));
        }
    }

    fn contents(&mut self, parts: Option<(&Body, &Body)>) {
        if let (true, Some((body, meta))) = (self.options.verbose, parts) {
            self.body(INDENT, body);
            self.body(INDENT, meta);
        }
    }

    fn body(&mut self, indent: usize, body: &Body) {
        for (name, value) in &body.arguments {
            let value = self.value(value);
            self.line(indent, format_args!("{} = {value}", visible(name)));
        }
        for block in &body.blocks {
            self.block(indent, "", &visible(&block.name), block);
        }
    }

    fn block(&mut self, indent: usize, mark: &str, name: &str, block: &Block) {
        let labels: String = block.labels.iter().map(|label| format!(" \"{}\"", visible(label))).collect();
        if block.body.is_empty() {
            return self.line(indent, format_args!("{mark}{name}{labels} {{}}"));
        }
        self.line(indent, format_args!("{mark}{name}{labels} {{"));
        self.body(indent + mark.len() + 2, &block.body);
        self.line(indent + mark.len(), "}");
    }

    fn difference(&mut self, difference: &Difference<'_>) {
        let path = difference.to_string();
        let path = visible(&path);
        let remark = if difference.part == Part::Host { " (of tapwasm, not emitted)" } else { "" };
        if difference.order.is_some() {
            let what = "same items in another order (order unknown: no schema says whether it is a list or a set)";
            return self.line(INDENT, format_args!("{path}: {what}"));
        }
        match (&difference.before, &difference.after) {
            (Some(Side::Value(before)), Some(Side::Value(after))) => {
                if let (Expression::Masked(before), Expression::Masked(after)) = (&**before, &**after)
                    && before.reads == after.reads
                {
                    return self.line(INDENT, format_args!("{path}: changed {}", visible(&after.text())));
                }
                if let (Some(before), Some(after)) = (before.as_text(), after.as_text())
                    && (before.contains('\n') || after.contains('\n'))
                {
                    return self.lines(&path, before, after);
                }
                let (before, after) = (self.value(before), self.value(after));
                self.line(INDENT, format_args!("{path}: {before} -> {after}{remark}"));
            }
            (before, after) => {
                for (mark, side) in [("- ", before), ("+ ", after)] {
                    match side {
                        Some(Side::Value(value)) => {
                            let value = self.value(value);
                            self.line(INDENT, format_args!("{mark}{path}: {value}"));
                        }
                        Some(Side::Block(block)) => self.block(INDENT, mark, &path, block),
                        None => {}
                    }
                }
            }
        }
    }

    /// Shows texts of several lines by the lines that differ.
    fn lines(&mut self, path: &str, before: &str, after: &str) {
        self.line(INDENT, format_args!("{path}:"));
        let diff = TextDiff::from_lines(before, after);
        for (position, group) in diff.grouped_ops(CONTEXT_LINES).iter().enumerate() {
            if position > 0 {
                self.line(INDENT + 4, paint(DIM, "..."));
            }
            for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
                let (mark, style) = match change.tag() {
                    ChangeTag::Delete => ("- ", REMOVED),
                    ChangeTag::Insert => ("+ ", ADDED),
                    ChangeTag::Equal => ("  ", Style::new()),
                };
                let text = visible_lines(change.value().trim_end_matches('\n'));
                self.line(INDENT + 4, paint(style, format_args!("{mark}{}", self.shortened(&text))));
                if change.missing_newline() {
                    self.line(INDENT + 4, paint(DIM, "  (no line end)"));
                }
            }
        }
    }

    fn value(&self, value: &Expression) -> String {
        let text = expression_text(value);
        self.shortened(&visible(&text))
    }

    fn shortened(&self, text: &str) -> String {
        let length = text.chars().count();
        if self.options.verbose || length <= LONGEST_VALUE {
            return text.to_owned();
        }
        let start: String = text.chars().take(LONGEST_VALUE - 20).collect();
        format!("{start}... ({length} characters)")
    }

    /// What is no change that anybody could tell, and must not be overlooked.
    fn uncertain(&mut self, plan: &Plan<'_>) {
        let mut uncertain = plan.uncertain().peekable();
        if uncertain.peek().is_none() {
            return;
        }
        self.line(0, "");
        self.line(2, paint(BOLD, "may have changed (sensitive):"));
        for (address, found) in uncertain {
            let (address, path) = (visible(address.as_str()), found.to_string());
            self.line(4, format_args!("{address}: {} ({})", visible(&path), doubt_text(found.doubt)));
        }
    }

    /// What does not stand where a declaration stands in the source: a reviewer should not have to look for it.
    fn overrides(&mut self, plan: &Plan<'_>) {
        if plan.overrides.is_empty() {
            return;
        }
        self.line(0, "");
        self.line(2, paint(BOLD, "overrides:"));
        for (address, made) in &plan.overrides {
            let (address, path) = (visible(address.as_str()), visible(&made.path));
            let place = paint(DIM, format_args!("at {}", visible(&made.place.to_string())));
            self.line(4, format_args!("{address}: {path} ({}) {place}", made.action.as_str()));
        }
    }

    fn proposal(&mut self, proposal: &Proposal<'_>) {
        let (from, to) = (visible(proposal.from.as_str()), visible(proposal.to.as_str()));
        let reason = match proposal.reason {
            Reason::Alias => "names it as its former address",
            Reason::SameContent => "has its type and content",
        };
        let hint = paint(BOLD, "hint:");
        self.line(2, format_args!("{hint} {from} is deleted, and {to} {reason}."));
        self.line(8, "If it was renamed, `tapwasm diff --write-moves` writes that down, or Terraform destroys the one and creates the other:");
        self.line(8, format_args!("moved from {from} to {to}"));
    }

    fn summary(&mut self, plans: &[Plan<'_>], common: Option<&Cause>) {
        if plans.iter().all(|plan| plan.is_first && plan.changes.is_empty()) {
            return self.line(0, "Nothing is declared.\n");
        }
        if plans.iter().all(Plan::is_empty) {
            return self.line(0, "No changes. What is declared is what was emitted last.\n");
        }
        let count = |action| plans.iter().map(|plan| plan.count(action)).sum::<usize>();
        let (create, update) = (count(Action::Create), count(Action::Update));
        let (moves, delete) = (count(Action::Move), count(Action::Delete));
        let plan = paint(BOLD, "Plan:");
        self.line(0, format_args!("{plan} {create} to create, {update} to update, {moves} to move, {delete} to delete."));
        if let Some(cause) = common {
            self.line(0, why::sentence(cause, &|name| format!("`{name}`")));
        }
        self.line(0, "");
    }
}

/// Returns why nobody can tell whether a secret is the same.
pub(super) fn doubt_text(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::NoKey => "no key: set TAPWASM_SECRET_KEY",
        Doubt::StoredWithoutKey => "it was stored without a key",
        Doubt::OtherKey => "another key",
        Doubt::OtherPlace => "it was stored elsewhere",
    }
}

/// What only tells Terraform how to go about it replaces nothing.
fn may_replace(difference: &Difference<'_>) -> bool {
    let first = difference.path.first();
    let is_about_the_way = matches!(first, Some(Step::Name(name)) if matches!(&**name, "lifecycle" | "depends_on"));
    difference.part == Part::Body || difference.part == Part::Meta && !is_about_the_way
}

pub(super) fn paint(style: Style, text: impl Display) -> String {
    let text = text.to_string();
    if text.is_empty() { text } else { format!("{style}{text}{style:#}") }
}

#[cfg(test)]
pub(in crate::report) mod tests;
