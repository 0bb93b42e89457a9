//! Blocks `moved`: what Terraform says of them when it plans, said before.

use super::endpoint::{Endpoint, Key};
use super::{Subject, declared};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Declaration, Kind};
use std::collections::HashMap;

/// A move whose both ends could be read.
struct Move<'a> {
    node: &'a Declaration,
    from: Endpoint,
    to: Endpoint,
}

/// Looks at each move, and at all of them together.
pub(super) fn check(nodes: &[Declaration], diagnostics: &mut Diagnostics) {
    let mut moves = Vec::new();
    for node in nodes.iter().filter(|node| node.kind == Kind::Moved) {
        let mut subject = Subject { node, nodes, diagnostics };
        if let (Some(from), Some(to)) = (endpoint(&mut subject, "from"), endpoint(&mut subject, "to")) {
            moves.extend(check_one(&mut subject, from, to));
        }
    }
    refuse_same_goal(&moves, diagnostics);
    refuse_cycles(&moves, diagnostics);
}

fn endpoint(subject: &mut Subject<'_, '_>, name: &str) -> Option<Endpoint> {
    let value = subject.node.body.argument(name)?;
    let fault = match Endpoint::read(value)? {
        Ok(endpoint) if endpoint.keys().all(is_constant) => return Some(endpoint),
        Ok(_) => "has a key that is not constant: whole numbers and texts are".to_owned(),
        Err(fault) => fault,
    };
    subject.error("invalid-address", "Invalid address", format!("`{name}` {fault}."), "");
    None
}

fn is_constant(key: &Key) -> bool {
    match key {
        Key::None | Key::Text(_) => true,
        Key::Number(number) => number.bytes().all(|digit| digit.is_ascii_digit()),
        Key::Computed(_) => false,
    }
}

fn check_one<'a>(subject: &mut Subject<'a, '_>, from: Endpoint, to: Endpoint) -> Option<Move<'a>> {
    let (node, nodes) = (subject.node, subject.nodes);
    if from.resource.is_some() != to.resource.is_some() {
        subject.error(
            "invalid-move",
            "Invalid \"moved\" addresses",
            "The \"from\" and \"to\" addresses must either both refer to resources or both refer to modules.",
            "",
        );
        return None;
    }
    if from == to {
        subject.error(
            "invalid-move",
            "Redundant move statement",
            "`from` and `to` are the same address, which is the same as not declaring this move at all.",
            "Take the block out.",
        );
        return None;
    }
    if let Some(still) = from.declaration().and_then(|address| declared(nodes, &address))
        && is_still_there(still, &from, &to)
    {
        subject.diagnostics.push(
            Diagnostic::error("invalid-move", "Moved object still exists")
                .detail(format!("This declares a move from `{}`, which is still declared.", still.address))
                .help(
                    "Declare it under its new address alone, or take the `moved` block out. Where another thing takes over the old name, two steps \
                     work: move this one and apply that while nothing has the old name; then let the other one have it, with a move of its own.",
                )
                .at(&node.place)
                .about(&node.address)
                .related("still declared here", &still.place),
        );
        return None;
    }
    if let (Some(old), Some(new)) = (&from.resource, &to.resource)
        && old.kind != new.kind
    {
        subject.warning(
            "move-to-another-type",
            "Move to another type",
            format!(
                "`{}` becomes `{}`: Terraform plans that only where the provider of the new type takes the old one over.",
                old.kind, new.kind
            ),
            "Where it does not: `removed` for the old one, `import` for the new one.",
        );
    }
    Some(Move { node, from, to })
}

/// Keys decide where a whole thing becomes one instance or the other way round; which instances there are is not known here.
fn is_still_there(still: &Declaration, from: &Endpoint, to: &Endpoint) -> bool {
    let is_repeated = ["count", "for_each"].iter().any(|name| still.meta.argument(name).is_some());
    from.is_whole() && from.declaration() != to.declaration() && (to.is_whole() || !is_repeated)
}

/// Two things that become one. Moves of whole things alone: where instances are named, it depends on which there are.
fn refuse_same_goal(moves: &[Move<'_>], diagnostics: &mut Diagnostics) {
    let mut goals: HashMap<&Endpoint, &Move<'_>> = HashMap::new();
    for one in moves.iter().filter(|one| one.from.is_whole() && one.to.is_whole()) {
        let first = goals.entry(&one.to).or_insert(one);
        if first.from != one.from {
            diagnostics.push(
                Diagnostic::error("invalid-move", "Ambiguous move statements")
                    .detail("Two things move to the same address. Each can have moved from only one source.")
                    .help("Let each move to an address of its own.")
                    .at(&one.node.place)
                    .about(&one.node.address)
                    .related("the other move", &first.node.place),
            );
        }
    }
}

/// Moves that come back to where they began, each ring told once.
fn refuse_cycles(moves: &[Move<'_>], diagnostics: &mut Diagnostics) {
    let by_start: HashMap<&Endpoint, usize> = moves.iter().enumerate().map(|(position, one)| (&one.from, position)).collect();
    // In which walk a move was met first: the walk that comes back to one of its own has found a ring.
    let mut met = vec![usize::MAX; moves.len()];
    for start in 0..moves.len() {
        let mut walk = Some(start);
        while let Some(position) = walk.filter(|position| met[*position] == usize::MAX) {
            met[position] = start;
            walk = by_start.get(&moves[position].to).copied();
        }
        if let Some(position) = walk.filter(|position| met[*position] == start) {
            let node = moves[position].node;
            diagnostics.push(
                Diagnostic::error("invalid-move", "Cyclic dependency in move statements")
                    .detail("A chain of `moved` blocks comes back to where it began, so there is no final location to move objects to.")
                    .help("Let the chain end at an address that is declared.")
                    .at(&node.place)
                    .about(&node.address),
            );
        }
    }
}
