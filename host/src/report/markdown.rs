//! Plans as Markdown, for a comment on a pull request: a summary, then what is deleted first, with the details folded.
//!
//! The text is bounded: hosts of code refuse longer comments. What does not fit is counted, never silently missing.

use super::{text, why};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, visible};
use crate::plan::{Action, Base, Change, Plan};
use anstream::adapter::strip_str;
use std::fmt::Write as _;

/// The most characters of a text: what GitHub takes for a comment.
pub const MOST_CHARACTERS: usize = 65_536;

/// What is kept free for the lines that count what did not fit.
const RESERVE: usize = 2_000;

/// In this order: what is lost comes first.
const ORDER: [(Action, &str); 4] =
    [(Action::Delete, "delete"), (Action::Move, "move"), (Action::Update, "update"), (Action::Create, "create")];

/// Of so many stacks is said what they are compared with: a comment has its bounds.
const MOST_BASES: usize = 10;

/// Returns the plans of one run and what was said in it. `approval` is the hash of what would be emitted; empty where there is
/// none.
pub fn plans(plans: &[Plan<'_>], diagnostics: &Diagnostics, approval: &str) -> String {
    let mut writer = Writer { out: String::new(), n_characters: 0 };
    writer.add(&summary(plans));
    // Said once, where it is the same for all.
    let common = Plan::common_cause(plans);
    if let Some(cause) = common {
        writer.add(&format!("\n{}\n", why::sentence(cause, &code)));
    }
    let mut tail = "\nNothing in the cloud changes by this; `terraform plan` shows what will.".to_owned();
    for plan in plans.iter().take(MOST_BASES) {
        let stack = code(plan.stack);
        match plan.base {
            None => {}
            Some(Base { serial, emitted: None }) => tail.push_str(&format!(" {stack} is compared with serial {serial}.")),
            Some(Base { serial, emitted: Some(emitted) }) => tail.push_str(&format!(
                " {stack} is compared with serial {serial}, which was applied; **serial {emitted} was emitted since and is not marked as applied**."
            )),
        }
    }
    if !approval.is_empty() {
        tail.push_str(&format!(" To emit exactly this: `tapwasm run … --approve {approval}`"));
    }
    tail.push('\n');
    writer.n_characters += tail.chars().count();
    writer.diagnostics(diagnostics);
    writer.uncertain(plans);
    let plans: Vec<&Plan<'_>> = plans.iter().filter(|plan| !plan.is_empty()).collect();
    let changes = |action: Action| {
        plans.iter().flat_map(move |plan| {
            plan.changes.iter().filter(move |change| change.action == action).map(|change| (plan.stack, change))
        })
    };
    for (action, verb) in ORDER {
        let n = changes(action).count();
        if n == 0 {
            continue;
        }
        writer.add(&format!("\n#### {n} to {verb}\n\n"));
        let mut n_left = n;
        for (stack, change) in changes(action) {
            if !writer.change(stack, plans.len() > 1, common.is_none(), change) {
                break;
            }
            n_left -= 1;
        }
        if n_left > 0 {
            writer.force(&format!("- … and {n_left} more to {verb}: this comment is full\n"));
        }
    }
    for plan in &plans {
        for proposal in &plan.proposals {
            let (from, to) = (code(proposal.from.as_str()), code(proposal.to.as_str()));
            writer.add(&format!(
                "\n**Renamed?** {from} is deleted and {to} created alike: `tapwasm diff --write-moves` makes it a move.\n"
            ));
        }
    }
    writer.out + &tail
}

fn summary(plans: &[Plan<'_>]) -> String {
    let mut text = String::new();
    for plan in plans {
        let counts: Vec<String> = ORDER
            .iter()
            .map(|(action, verb)| (plan.count(*action), verb))
            .filter(|(n, _)| *n > 0)
            .map(|(n, verb)| format!("{n} to {verb}"))
            .collect();
        let counts = if counts.is_empty() { "no changes".to_owned() } else { counts.join(", ") };
        let first = if plan.is_first { " (nothing of it was emitted before)" } else { "" };
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "**Stack {}**: {counts}{first}  ", code(plan.stack));
    }
    if plans.is_empty() {
        text.push_str("Nothing is declared.\n");
    }
    text
}

struct Writer {
    out: String,
    /// Of the text, and of its tail.
    n_characters: usize,
}

impl Writer {
    /// Adds a text if there is room; tells whether there was.
    fn add(&mut self, text: &str) -> bool {
        let n = text.chars().count();
        let fits = self.n_characters + n + RESERVE <= MOST_CHARACTERS;
        if fits {
            self.out.push_str(text);
            self.n_characters += n;
        }
        fits
    }

    /// Adds a short line for which room was kept.
    fn force(&mut self, text: &str) {
        self.out.push_str(text);
        self.n_characters += text.chars().count();
    }

    /// Adds a change: with its details where they fit, else its line alone; tells whether at least that fitted.
    fn change(&mut self, stack: &str, with_stack: bool, with_cause: bool, change: &Change<'_>) -> bool {
        let address = match change.from {
            Some(from) => format!("{} → {}", code(from.as_str()), code(change.address.as_str())),
            None => code(change.address.as_str()),
        };
        let of = if with_stack { format!(" in {}", code(stack)) } else { String::new() };
        let remark = match change.action {
            Action::Delete if change.before.is_some_and(|before| before.protect) => " (protected)",
            _ => "",
        };
        let cause = change.cause.as_ref().filter(|_| with_cause);
        let cause = cause.map(|cause| format!(", {}", why::cause(cause, &code))).unwrap_or_default();
        let line = format!("{address}{of}{remark}{cause}");
        let details = details(change);
        let whole = format!("<details><summary>{}</summary>\n\n{details}\n</details>\n\n", summary_html(&line));
        (!details.is_empty() && self.add(&whole)) || self.add(&format!("- {line}\n"))
    }

    fn uncertain(&mut self, plans: &[Plan<'_>]) {
        let found: Vec<_> = plans.iter().flat_map(Plan::uncertain).collect();
        for (position, (address, uncertain)) in found.iter().enumerate() {
            let (address, path) = (code(address.as_str()), code(&uncertain.to_string()));
            let why = text::doubt_text(uncertain.doubt).replace('_', "\\_");
            if !self.add(&format!("\n> **May have changed** ({address}): {path} is sensitive ({why})\n")) {
                return self.force(&format!("\n> … and {} more that may have changed\n", found.len() - position));
            }
        }
    }

    fn diagnostics(&mut self, diagnostics: &Diagnostics) {
        let shown: Vec<&Diagnostic> = diagnostics.iter().filter(|found| found.severity <= Severity::Warning).collect();
        for (position, found) in shown.iter().enumerate() {
            let word = if found.severity == Severity::Error { "Error" } else { "Warning" };
            let of = found.address.as_ref().map(|address| format!(" ({})", code(address.as_str()))).unwrap_or_default();
            let line = format!("\n> **{word}**{of}: {}: {}\n", plain(&found.summary), plain(&found.detail));
            if !self.add(&line) {
                return self.force(&format!("\n> … and {} more to know\n", shown.len() - position));
            }
        }
    }
}

/// The lines that the text for people has, with their marks in front, as `diff` has them.
fn details(change: &Change<'_>) -> String {
    let text = strip_str(&text::details(change)).to_string();
    if text.is_empty() {
        return text;
    }
    let lines = text.lines().map(|line| {
        let rest = line.trim_start();
        let indent = &line[..line.len() - rest.len()];
        match rest.split_at_checked(2) {
            Some((mark @ ("+ " | "- "), rest)) => format!("{}{indent}{rest}\n", &mark[..1]),
            _ => format!(" {line}\n"),
        }
    });
    fenced("diff", &lines.collect::<String>())
}

/// Returns lines as a block of code.
pub(super) fn fenced(language: &str, lines: &str) -> String {
    // Longer than any run of backquotes in it.
    let longest = lines.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{lines}{fence}\n")
}

/// Text as code; names come from guests.
fn code(text: &str) -> String {
    let text = visible(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A line of code spans as HTML: Markdown is not read in a `summary`.
fn summary_html(line: &str) -> String {
    let escaped = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut html = String::with_capacity(escaped.len());
    let mut is_code = false;
    for c in escaped.chars() {
        if c == '`' {
            html.push_str(if is_code { "</code>" } else { "<code>" });
            is_code = !is_code;
        } else {
            html.push(c);
        }
    }
    if is_code {
        html.push_str("</code>");
    }
    html
}

/// Running text in which nothing is Markdown but code, which the messages mark themselves.
fn plain(text: &str) -> String {
    let text = visible(&text.replace('\n', " ")).into_owned();
    text.chars().fold(String::with_capacity(text.len()), |mut plain, c| {
        if matches!(c, '<' | '*' | '_' | '[' | ']' | '|' | '\\') {
            plain.push('\\');
        }
        plain.push(c);
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::super::text::tests::{after, before};
    use super::*;
    use crate::model::Expression;
    use crate::plan::plan;
    use crate::state::Snapshot;
    use crate::state::arbitrary::{any_graph, graph, resource};
    use proptest::prelude::*;

    #[track_caller]
    fn check_form(text: &str) {
        assert!(text.chars().count() <= MOST_CHARACTERS, "{} characters", text.chars().count());
        let count = |wanted: &str| text.lines().filter(|line| line.starts_with(wanted)).count();
        assert_eq!(count("<details>"), count("</details>"), "{text}");
        let fences: Vec<&str> = text.lines().filter(|line| line.starts_with("```")).collect();
        assert!(fences.chunks(2).all(|pair| pair.len() == 2 && pair[0] == format!("{}diff", pair[1])), "{fences:?}");
    }

    #[test]
    fn what_is_deleted_comes_first_and_details_are_folded() {
        let (before, after) = (before(), after());
        let text = plans(&[plan(&after, Some(&before))], &Diagnostics::default(), "abc");
        check_form(&text);
        assert!(text.starts_with("**Stack `dev`**: 2 to delete, 1 to move, 3 to update, 1 to create  \n"), "{text}");
        let order = [
            "2 to delete",
            "`aws_table.ledger` (protected)",
            "<code>aws_topic.before</code> → <code>aws_topic.after</code>",
            "3 to update",
            "<code>aws_kms_key.new</code>",
        ];
        let positions: Vec<usize> =
            order.iter().map(|wanted| text.rfind(wanted).unwrap_or_else(|| panic!("{wanted} in {text}"))).collect();
        assert!(positions[1..].is_sorted(), "{positions:?}\n{text}");
        assert!(text.contains("<details><summary><code>aws_instance.web</code></summary>\n\n```diff\n"), "{text}");
        assert!(text.contains("\n-      old: true\n"), "{text}");
        assert!(text.contains("**Renamed?** `aws_kms_key.old`"), "{text}");
        assert!(text.ends_with("--approve abc`\n"), "{text}");
    }

    #[test]
    fn a_text_that_would_be_too_long_counts_what_is_left_out() {
        let many = |value: &str| {
            graph((0..5000).map(|n| resource("aws_x", &format!("n{n}"), &[("a", Expression::text(value))])).collect())
        };
        let before = Snapshot::of(&many("```\n# old"), None).expect("randomness");
        let after = many("</details> ```` new");
        let text = plans(&[plan(&after, Some(&before))], &Diagnostics::default(), "abc");
        check_form(&text);
        assert!(text.contains("more to update: this comment is full"), "{}", &text[text.len() - 500..]);
    }

    proptest! {
        #[test]
        fn any_plan_is_bounded_and_well_formed(before in any_graph(), after in any_graph()) {
            let before = Snapshot::of(&before, None).expect("randomness");
            check_form(&plans(&[plan(&after, Some(&before))], &Diagnostics::default(), "abc"));
        }
    }
}
