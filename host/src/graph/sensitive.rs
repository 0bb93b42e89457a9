//! Sensitive values in plain outputs: Terraform refuses them, and a secret would be shown.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Address, Declaration, Expression, Kind};

/// Reports each output that shows a sensitive variable without being sensitive itself. What comes through a local value counts; what a
/// provider calls sensitive is not known here. `edges` are those of `nodes`.
pub(super) fn refuse(nodes: &[Declaration], edges: &[Vec<u32>], diagnostics: &mut Diagnostics) {
    let marked = |(_, node): &(usize, &Declaration)| match node.kind {
        Kind::Variable => is_marked(node),
        // So is what is read from another stack and known to be sensitive there.
        Kind::Local | Kind::Output => node.body.argument("value").is_some_and(is_marked_inside),
        _ => false,
    };
    let mut waiting: Vec<usize> = nodes.iter().enumerate().filter(marked).map(|(position, _)| position).collect();
    if waiting.is_empty() {
        return;
    }
    let shown_by = shown_by(nodes, edges);
    let mut is_sensitive = vec![false; nodes.len()];
    while let Some(position) = waiting.pop() {
        if !std::mem::replace(&mut is_sensitive[position], true) {
            waiting.extend(shown_by[position].iter().map(|by| *by as usize));
        }
    }
    let outputs = nodes.iter().zip(is_sensitive).filter(|(node, is_sensitive)| *is_sensitive && node.kind == Kind::Output);
    for (node, _) in outputs.filter(|(node, _)| !is_marked(node)) {
        diagnostics.push(
            Diagnostic::error("sensitive-output", "Output of a sensitive value")
                .detail(
                    "The value is sensitive, or holds something that is, but the output is not sensitive: Terraform refuses it.",
                )
                .help("Set `sensitive` on the output, or wrap the value in `nonsensitive(...)` where showing it is meant.")
                .at(&node.place)
                .about(&node.address),
        );
    }
}

fn is_marked(node: &Declaration) -> bool {
    node.body.argument("sensitive") == Some(&Expression::Bool(true))
}

/// Returns for each node the local values and outputs whose value shows it. Not each edge is one: `nonsensitive` hides what is in it.
fn shown_by(nodes: &[Declaration], edges: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut shown_by = vec![Vec::new(); nodes.len()];
    for (position, node) in nodes.iter().enumerate().filter(|(_, node)| matches!(node.kind, Kind::Local | Kind::Output)) {
        let mut shown = Vec::new();
        if let Some(value) = node.body.argument("value") {
            each_shown(value, &mut |address| {
                // What looks like an address and is no edge is a variable of an expression.
                let edge = edges[position].binary_search_by(|edge| nodes[*edge as usize].address.cmp(address));
                shown.extend(edge.ok());
            });
        }
        shown.sort_unstable();
        shown.dedup();
        for edge in shown {
            shown_by[edges[position][edge] as usize].push(u32::try_from(position).expect("nodes are counted in 32 bits"));
        }
    }
    shown_by
}

/// Calls `visit` with each address whose value a value shows.
pub(super) fn each_shown(value: &Expression, visit: &mut dyn FnMut(&Address)) {
    match value {
        Expression::Reference(reference) => visit(&reference.to),
        Expression::Symbol(text) => Address::read_by(&text.split('.').collect::<Vec<_>>()).iter().for_each(visit),
        Expression::Raw(raw) if raw.0.contains("nonsensitive") => {}
        Expression::Raw(raw) => raw.1.iter().for_each(visit),
        Expression::Call(call) if matches!(call.function.as_ref(), "nonsensitive" | "issensitive") => {}
        _ => value.each_child(&mut |child| each_shown(child, visit)),
    }
}

/// Tells whether a part of a value is wrapped in `sensitive(...)`, and not unwrapped again.
pub(super) fn is_marked_inside(value: &Expression) -> bool {
    match value {
        Expression::Call(call) if call.function.as_ref() == "sensitive" => true,
        Expression::Call(call) if matches!(call.function.as_ref(), "nonsensitive" | "issensitive") => false,
        Expression::Raw(raw) => raw.0.contains("sensitive(") && !raw.0.contains("nonsensitive"),
        _ => {
            let mut is_marked = false;
            value.each_child(&mut |child| is_marked |= is_marked_inside(child));
            is_marked
        }
    }
}
