//! `tapwasm check-plan`

use super::guard::GuardArgs;
use super::{Done, Failure, StatePlaceArgs};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Address;
use crate::pipeline;
use crate::project::Project;
use crate::state::Store;
use crate::ui::Ui;
use anyhow::{Context, anyhow};
use clap::Args;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Hold Terraform's own plan against what is protected and what must not be deleted.
///
/// FILE is what `terraform show -json PLAN` writes. Schemas do not say what forces a replacement, Terraform's plan does: what it would delete or
/// replace fails the command where a program protects it, or where `--deny-delete` names its type.
#[derive(Debug, Args)]
pub struct CheckPlanArgs {
    /// The plan as JSON.
    #[arg(value_name = "FILE")]
    plan: PathBuf,
    /// The stack that the plan is of, as `tapwasm state list` shows it; needed where several are stored.
    #[arg(long, value_name = "NAME")]
    stack: Option<String>,
    #[command(flatten)]
    guard: GuardArgs,
    #[command(flatten)]
    state: StatePlaceArgs,
}

#[derive(Deserialize)]
struct PlanDump {
    format_version: String,
    #[serde(default)]
    resource_changes: Vec<ChangeDump>,
}

#[derive(Deserialize)]
struct ChangeDump {
    address: String,
    #[serde(rename = "type")]
    type_name: String,
    /// Where it was, if it moves.
    previous_address: Option<String>,
    change: ActionsDump,
}

#[derive(Deserialize)]
struct ActionsDump {
    actions: Vec<String>,
}

/// Checks a plan of Terraform's.
pub fn check_plan(ui: &Ui, args: CheckPlanArgs) -> Result<Done, Failure> {
    let path = args.plan.display();
    let text = std::fs::read_to_string(&args.plan).with_context(|| format!("cannot read {path}"))?;
    let plan: PlanDump = serde_json::from_str(&text)
        .with_context(|| format!("{path} is no plan: give what `terraform show -json PLAN` writes, whole"))?;
    if plan.format_version.split('.').next() != Some("1") {
        return Err(Failure::Error(anyhow!("{path} has format version {}, and this tapwasm reads 1.x", plan.format_version)));
    }
    let protected = args.protected()?;
    let mut diagnostics = Diagnostics::default();
    let lost = plan.resource_changes.iter().filter(|of| of.change.actions.iter().any(|action| action == "delete"));
    for ChangeDump { address, type_name, previous_address, change } in lost {
        let what = if change.actions.len() > 1 { "replace" } else { "delete" };
        let declared = |address: &str| declaration_of(address).to_owned();
        let stack =
            [Some(address), previous_address.as_ref()].into_iter().flatten().find_map(|name| protected.get(&declared(name)));
        let report = |code, summary, detail: String| {
            Diagnostic::error(code, summary).about(&Address::from_text(address)).detail(detail).help(
                "Change what forces it, or take the protection away where it is meant, and plan again. What forces a replacement is marked in \
                 Terraform's own plan.",
            )
        };
        if let Some(stack) = stack {
            let detail = format!("Terraform would {what} `{address}`, which the stack `{stack}` protects.");
            diagnostics.push(report("protected", "A protected resource would be lost", detail));
        } else if let Some(pattern) = args.guard.denies(type_name) {
            let detail = format!("Terraform would {what} `{address}`, and `--deny-delete {pattern}` lets none of its type go.");
            diagnostics.push(report("denied-deletion", "A deletion is denied", detail));
        }
    }
    pipeline::refuse_errors(ui, &diagnostics)?;
    let n = plan.resource_changes.len();
    ui.status(&format!("{path}: none of {n} resources is lost that must not be"));
    Ok(Done::Fine)
}

impl CheckPlanArgs {
    /// Returns the protected addresses, with the stacks that protect them.
    fn protected(&self) -> Result<BTreeMap<String, String>, Failure> {
        let project = Project::of(&std::env::current_dir()?)?;
        let store = Store::open(&self.state.place().cloned().unwrap_or_else(|| project.state()))?;
        let mut names = store.stacks()?;
        if let Some(wanted) = &self.stack {
            if !names.contains(wanted) {
                return Err(Failure::Error(anyhow!("no stack `{wanted}` is stored; stored are {}", names.join(", "))));
            }
            names = vec![wanted.clone()];
        }
        if names.len() > 1 {
            return Err(Failure::Error(anyhow!(
                "several stacks are stored: say which the plan is of with `--stack`, one of {}",
                names.join(", ")
            )));
        }
        let mut protected = BTreeMap::new();
        for name in names {
            let entries = store.read(&name)?.into_iter().flat_map(|snapshot| snapshot.entries);
            protected.extend(entries.filter(|entry| entry.protect).map(|entry| (entry.address.to_string(), name.clone())));
        }
        Ok(protected)
    }
}

/// Returns the address of the declaration in the root module that an instance is of: `module.m` of `module.m.aws_x.y[0]`.
pub(super) fn declaration_of(address: &str) -> &str {
    let n_names = match address {
        _ if address.starts_with("data.") => 3,
        _ => 2,
    };
    let mut seen = 0;
    for (position, c) in address.char_indices() {
        match c {
            '[' => return &address[..position],
            '.' => {
                seen += 1;
                if seen == n_names {
                    return &address[..position];
                }
            }
            _ => {}
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::declaration_of;

    #[test]
    fn an_instance_is_of_a_declaration() {
        for (address, declaration) in [
            ("aws_x.y", "aws_x.y"),
            ("aws_x.y[\"a.b\"]", "aws_x.y"),
            ("module.m[0].aws_x.y", "module.m"),
            ("module.m.aws_x.y", "module.m"),
            ("data.aws_x.y[0]", "data.aws_x.y"),
        ] {
            assert_eq!(declaration_of(address), declaration);
        }
    }
}
