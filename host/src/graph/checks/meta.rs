//! Meta-arguments and blocks where Terraform takes none of them.

use super::Subject;
use crate::diagnostic::Diagnostic;
use crate::graph::notation;
use crate::model::{Address, Expression, Kind};
use hcl_edit::expr::{Expression as Parsed, TraversalOperator};

/// A resource of such a type would have the address of something else.
const WORDS: [&str; 10] = ["var", "local", "data", "module", "ephemeral", "path", "terraform", "each", "count", "self"];

/// Looks at a resource, a data source or an ephemeral resource.
pub(super) fn check(subject: &mut Subject<'_, '_>) {
    let node = subject.node;
    if node.kind == Kind::Resource
        && let Some(word) = node.labels.first().filter(|label| WORDS.contains(&&***label))
    {
        subject.error(
            "invalid-name",
            "Invalid name",
            format!("A resource of the type `{word}` cannot be referred to: `{word}` means something else in expressions."),
            "",
        );
    }
    if node.kind == Kind::Resource {
        check_ignored(subject);
        return;
    }
    let noun = if node.kind == Kind::Data { "data resources" } else { "ephemeral resources" };
    for block in &node.meta.blocks {
        match &*block.name {
            "lifecycle" => {
                for (name, _) in block.body.arguments.iter().filter(|(_, value)| *value != Expression::Null) {
                    subject.error(
                        "unknown-argument",
                        "Invalid lifecycle argument",
                        format!(
                            "The lifecycle argument \"{name}\" is defined only for managed resources (\"resource\" blocks), and is not \
                             valid for {noun}."
                        ),
                        "Of `lifecycle`, they take `precondition` and `postcondition`.",
                    );
                }
            }
            other => subject.error(
                "unknown-block",
                "Unknown block",
                format!("A block `{other}` is defined only for managed resources, and is not valid for {noun}."),
                "",
            ),
        }
    }
}

/// What is ignored is named by the paths of arguments.
fn check_ignored(subject: &mut Subject<'_, '_>) {
    let ignored = subject.node.meta.blocks_named("lifecycle").filter_map(|block| block.body.argument("ignore_changes"));
    for path in ignored.flat_map(items) {
        let (Expression::Text(path) | Expression::Symbol(path)) = path else { continue };
        if &**path == "*" {
            subject.error(
                "invalid-path",
                "Invalid ignore_changes wildcard",
                "`*` is no path of an argument.",
                "To ignore changes of all arguments, set `ignore_changes` to the symbol `all`.",
            );
        } else if !is_path(path) {
            subject.error(
                "invalid-path",
                "Invalid path of an argument",
                format!("`{path}`, in `ignore_changes`, is not the path of an argument."),
                "A path is names joined by `.`, and constant keys in square brackets.",
            );
        }
    }
}

fn items(value: &Expression) -> &[Expression] {
    match value {
        Expression::List(items) => items,
        _ => &[],
    }
}

fn is_path(text: &str) -> bool {
    match notation::parse(text.trim()) {
        Some(Parsed::Variable(_) | Parsed::Null(_) | Parsed::Bool(_)) => true,
        Some(Parsed::Traversal(traversal)) => {
            matches!(traversal.expr, Parsed::Variable(_))
                && traversal.operators.iter().all(|operator| match operator.value() {
                    TraversalOperator::GetAttr(_) => true,
                    TraversalOperator::Index(key) => matches!(key, Parsed::Number(_) | Parsed::String(_)),
                    _ => false,
                })
        }
        _ => false,
    }
}

/// Looks at an output: there is nobody to whom a root module could give what is gone afterwards.
pub(super) fn check_output(subject: &mut Subject<'_, '_>) {
    if subject.node.body.argument("ephemeral") == Some(&Expression::Bool(true)) {
        subject.error(
            "ephemeral-output",
            "Ephemeral output not allowed",
            "Ephemeral outputs are not allowed in context of a root module, which a stack is.",
            "Leave `ephemeral` out; a value that must not be stored cannot be an output of a stack.",
        );
    }
}

/// The data source of a check has its name among all others.
pub(super) fn check_own_data(subject: &mut Subject<'_, '_>) {
    let node = subject.node;
    for block in node.body.blocks_named("data").filter(|block| block.labels.len() == 2) {
        let address = Address::new(Kind::Data, &block.labels);
        if let Some(other) = subject.declared(address.as_str()) {
            subject.diagnostics.push(
                Diagnostic::error("duplicate-address", "Address declared twice")
                    .detail(format!("`{address}` is declared in the check and beside it; names are unique, checks included."))
                    .help("Give one of them another name.")
                    .at(&node.place)
                    .about(&node.address)
                    .related("declared here", &other.place),
            );
        }
    }
}

/// A stack's state is in one place. Blocks of several declarations were merged before.
pub(super) fn check_settings(subject: &mut Subject<'_, '_>) {
    let blocks = &subject.node.body;
    if blocks.blocks_named("backend").next().is_some() && blocks.blocks_named("cloud").next().is_some() {
        subject.error(
            "conflicting-settings",
            "Both a backend and cloud configuration are present",
            "A stack keeps its state by `backend` or by `cloud`, not by both.",
            "Take one of the two out.",
        );
    }
}
