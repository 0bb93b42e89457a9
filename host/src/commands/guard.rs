//! What a team lets no run do, beside what a program protects: deletions of some types, renames that nobody confirmed.

use super::Failure;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pipeline;
use crate::plan::{Action, Plan, Reason};
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

/// Returns the moves that plans propose, as they are written down.
pub(super) fn proposed(plans: &[Plan<'_>]) -> Vec<NewMove> {
    let of_plan = |plan: &Plan<'_>| {
        let stack = plan.stack.to_owned();
        let entry = move |from: &str, to: &str| NewMove { stack: stack.clone(), from: from.to_owned(), to: to.to_owned() };
        plan.proposals.iter().map(|proposal| entry(proposal.from.as_str(), proposal.to.as_str())).collect::<Vec<_>>()
    };
    plans.iter().flat_map(of_plan).collect()
}

/// Refuses to delete and create what looks renamed: somebody has to say which it is.
pub(super) fn refuse_unconfirmed(ui: &Ui, plans: &[Plan<'_>]) -> Result<(), Failure> {
    let mut diagnostics = Diagnostics::default();
    for plan in plans {
        for proposal in &plan.proposals {
            let reason = match proposal.reason {
                Reason::Alias => "names it as its former address",
                Reason::SameContent => "has its type and content",
            };
            let (from, to) = (proposal.from, proposal.to);
            let entry = NewMove { stack: plan.stack.to_owned(), from: from.to_string(), to: to.to_string() };
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
    }
    pipeline::refuse_errors(ui, &diagnostics)
}
