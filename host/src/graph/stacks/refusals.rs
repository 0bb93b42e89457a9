//! What no reference to another stack can be, in words.

use crate::diagnostic::{Diagnostic, closest};
use crate::model::{Address, Kind, Place, Reference};

/// So many addresses are compared with the one that is not there.
const MOST_COMPARED: usize = 10_000;

/// A reference where only something of the stack itself can stand.
pub(super) fn out_of_place(argument: &str, reference: &Reference, address: &Address, place: &Place) -> Diagnostic {
    let Reference { to, .. } = reference;
    let help = match argument {
        "depends_on" | "replace_triggered_by" => {
            "Let the whole stack depend on that one (in Rust: `stack.depends_on(other)`), or refer to the value where it is used."
        }
        "provider" | "providers" => "Declare the provider configuration in this stack, too.",
        _ => "Name an address of this stack.",
    };
    Diagnostic::error("foreign", "Reference to another stack where none can stand")
        .detail(format!("`{argument}` names `{to}`, which belongs to the stack `{}`.", stack_of(reference)))
        .help(help)
        .at(place)
        .about(address)
}

/// A reference to something that has no value in the state.
pub(super) fn without_value(
    reference: &Reference,
    kind: Kind,
    is_ephemeral: bool,
    address: &Address,
    place: &Place,
) -> Diagnostic {
    let what = match kind {
        Kind::Ephemeral => "an ephemeral resource".to_owned(),
        _ if is_ephemeral => format!("an ephemeral {}", kind.noun()),
        _ => kind.a_noun(),
    };
    let help = match kind {
        Kind::Provider => "Declare the provider configuration in this stack, too.",
        Kind::Ephemeral => "Declare the ephemeral resource in this stack, too.",
        _ => "Refer to what has a value: a resource, a data source, a module, a variable, a local value or an output.",
    };
    Diagnostic::error("foreign", "Reference to another stack without a value")
        .detail(format!(
            "`{}` of the stack `{}` is {what}: no output can give it to another stack.",
            reference.to,
            stack_of(reference)
        ))
        .help(help)
        .at(place)
        .about(address)
}

/// A reference to something that the other stack does not declare.
pub(super) fn undeclared(
    reference: &Reference,
    reserved: Option<&Place>,
    others: Vec<Address>,
    address: &Address,
    place: &Place,
) -> Diagnostic {
    let stack = stack_of(reference);
    let diagnostic = Diagnostic::error("undeclared-reference", "Reference to something undeclared")
        .detail(format!("`{address}` refers to `{}` of the stack `{stack}`, which does not declare it.", reference.to))
        .at(place)
        .about(address);
    match reserved {
        Some(reserved) => diagnostic
            .help("Declare it there, or refer to something else.")
            .related("reserved here, and never declared", reserved),
        None => {
            let close = closest(reference.to.as_str(), others.iter().take(MOST_COMPARED).map(Address::as_str));
            diagnostic.help(close.map(|name| format!("Did you mean `{name}`?")).unwrap_or_default())
        }
    }
}

fn stack_of(reference: &Reference) -> &str {
    reference.stack.as_deref().unwrap_or_default()
}
