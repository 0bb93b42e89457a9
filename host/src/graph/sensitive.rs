//! Sensitive values in plain outputs: Terraform refuses them, and a secret would be shown.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Address, Declaration, Expression, Kind};
use std::collections::HashSet;

/// Reports each output that shows a sensitive variable without being sensitive itself. What comes through a local value counts; what a
/// provider calls sensitive is not known here.
pub(super) fn refuse(nodes: &[Declaration], diagnostics: &mut Diagnostics) {
    let is_marked = |node: &&Declaration| node.body.argument("sensitive") == Some(&Expression::Bool(true));
    let variables = nodes.iter().filter(|node| node.kind == Kind::Variable).filter(is_marked);
    let mut sensitive: HashSet<&str> = variables.map(|node| node.address.as_str()).collect();
    if sensitive.is_empty() {
        return;
    }
    let locals: Vec<&Declaration> = nodes.iter().filter(|node| node.kind == Kind::Local).collect();
    loop {
        let before = sensitive.len();
        let carried = locals.iter().filter(|node| value_of(node).is_some_and(|value| shows(value, &sensitive)));
        let carried: Vec<&str> = carried.map(|node| node.address.as_str()).collect();
        sensitive.extend(carried);
        if sensitive.len() == before {
            break;
        }
    }
    for node in nodes.iter().filter(|node| node.kind == Kind::Output && !is_marked(node)) {
        if value_of(node).is_some_and(|value| shows(value, &sensitive)) {
            diagnostics.push(
                Diagnostic::error("sensitive-output", "Output of a sensitive value")
                    .detail("The value holds a sensitive variable, but the output is not sensitive: Terraform refuses it.")
                    .help("Set `sensitive` on the output, or wrap the value in `nonsensitive(...)` where showing it is meant.")
                    .at(&node.place)
                    .about(&node.address),
            );
        }
    }
}

fn value_of(node: &Declaration) -> Option<&Expression> {
    node.body.argument("value")
}

fn shows(value: &Expression, sensitive: &HashSet<&str>) -> bool {
    let is_sensitive = |address: Option<Address>| address.is_some_and(|address| sensitive.contains(address.as_str()));
    match value {
        Expression::Reference(reference) => sensitive.contains(reference.to.as_str()),
        Expression::Symbol(text) => is_sensitive(Address::read_by(&text.split('.').collect::<Vec<_>>())),
        Expression::Raw(raw) => {
            !raw.0.contains("nonsensitive") && raw.1.iter().any(|address| sensitive.contains(address.as_str()))
        }
        Expression::Call(call) if matches!(call.function.as_ref(), "nonsensitive" | "issensitive") => false,
        _ => {
            let mut found = false;
            value.each_child(&mut |child| found |= shows(child, sensitive));
            found
        }
    }
}
