//! What a team lets no run do, beside what a program protects: deletions of some types, renames that nobody confirmed.

use super::Failure;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Kind;
use crate::model::hcl::expression_text;
use crate::pipeline;
use crate::plan::{Action, Plan, Proposal, Reason};
use crate::project::NewMove;
use crate::ui::Ui;
use clap::Args;
use glob::Pattern;

/// Which deletions are refused.
#[derive(Debug, Args)]
pub(super) struct GuardArgs {
    /// Refuse to delete resources of these types; patterns too, as in `'aws_db_*'`.
    #[arg(long, value_name = "TYPE,…", value_delimiter = ',')]
    deny_delete: Vec<Pattern>,
}

impl GuardArgs {
    /// Returns the pattern that lets no resource of a type go.
    pub(super) fn denies(&self, type_name: &str) -> Option<&Pattern> {
        self.deny_delete.iter().find(|pattern| pattern.matches(type_name))
    }

    /// Says what of the plans must not be done.
    pub(super) fn refusals(&self, plans: &[Plan<'_>]) -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        for plan in plans {
            diagnostics.extend(plan.diagnostics());
            let deleted = plan.changes.iter().filter(|change| change.action == Action::Delete).filter_map(|change| change.before);
            for entry in deleted {
                let type_name = entry.labels.first().map_or("", AsRef::as_ref);
                if let Some(pattern) = self.denies(type_name) {
                    diagnostics.push(
                        Diagnostic::error("denied-deletion", "A deletion is denied")
                            .about(&entry.address)
                            .detail(format!(
                                "`{}` is no longer declared, and `--deny-delete {pattern}` lets none of its type go.",
                                entry.address
                            ))
                            .help("Declare it again. If it was renamed, write the move down with `tapwasm diff --write-moves`."),
                    );
                }
            }
        }
        diagnostics
    }
}

/// Returns the renames that nobody confirmed, each with its stack. `of_emitted` are the plans of those stacks of which something else was emitted
/// than applied: a rename goes on from what was emitted last, for that is what the moves that are written down lead to.
fn unconfirmed<'p, 'a>(plans: &'p [Plan<'a>], of_emitted: &'p [Plan<'a>]) -> Vec<(&'a str, &'p Proposal<'a>)> {
    let of_plan = |plan: &'p Plan<'a>| {
        let since = of_emitted.iter().find(|since| since.stack == plan.stack);
        let newer: &[Proposal<'a>] = since.map_or(&[], |since| &since.proposals);
        let older = plan.proposals.iter().filter(move |proposal| {
            let is_confirmed = moved_from(plan).any(|from| from == proposal.from.as_str());
            let is_newer = newer.iter().any(|newer| newer.to == proposal.to || newer.from == proposal.from);
            since.is_none() || !is_confirmed && !is_newer
        });
        newer.iter().chain(older).map(|proposal| (plan.stack, proposal))
    };
    plans.iter().flat_map(of_plan).collect()
}

/// Returns what the moves that are written down begin from.
fn moved_from<'p>(plan: &'p Plan<'_>) -> impl Iterator<Item = String> + use<'p> {
    let blocks = plan.changes.iter().filter_map(|change| change.after).filter(|node| node.kind == Kind::Moved);
    blocks.filter_map(|node| node.body.argument("from").map(expression_text))
}

/// Returns the moves that plans propose, as they are written down.
pub(super) fn proposed(plans: &[Plan<'_>], of_emitted: &[Plan<'_>]) -> Vec<NewMove> {
    let entry = |(stack, proposal): (&str, &Proposal<'_>)| NewMove {
        stack: stack.to_owned(),
        from: proposal.from.to_string(),
        to: proposal.to.to_string(),
    };
    unconfirmed(plans, of_emitted).into_iter().map(entry).collect()
}

/// Refuses to delete and create what looks renamed: somebody has to say which it is.
pub(super) fn refuse_unconfirmed(ui: &Ui, plans: &[Plan<'_>], of_emitted: &[Plan<'_>]) -> Result<(), Failure> {
    let mut diagnostics = Diagnostics::default();
    for (stack, proposal) in unconfirmed(plans, of_emitted) {
        let reason = match proposal.reason {
            Reason::Alias => "names it as its former address",
            Reason::SameContent => "has its type and content",
        };
        let (from, to) = (proposal.from, proposal.to);
        let entry = NewMove { stack: stack.to_owned(), from: from.to_string(), to: to.to_string() };
        diagnostics.push(
                Diagnostic::error("unconfirmed-move", "A rename that nobody confirmed")
                    .about(to)
                    .detail(format!(
                        "`{from}` would be deleted and `{to}` created, which {reason}: Terraform destroys the one and creates the other."
                    ))
                    .help(format!(
                        "If it was renamed, run `tapwasm diff --write-moves`, which adds to tapwasm.moves.toml:\n{entry}If both are meant, run \
                         again with `--not-moved`."
                    )),
            );
    }
    pipeline::refuse_errors(ui, &diagnostics)
}
