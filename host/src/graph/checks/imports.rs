//! Blocks `import`: of managed resources, each instance by its own key.

use super::Subject;
use super::endpoint::{Endpoint, Key};
use crate::graph::roots;
use crate::model::{Declaration, Expression, Kind};

/// Looks at one.
pub(super) fn check(subject: &mut Subject<'_, '_>) {
    let body = &subject.node.body;
    check_id(subject);
    let Some(to) = body.argument("to").and_then(Endpoint::read) else { return };
    let to = match to {
        Ok(to) => to,
        Err(fault) => return invalid(subject, &format!("`to` {fault}.")),
    };
    if to.resource.as_ref().is_none_or(|resource| !resource.mode.is_empty()) {
        return invalid(subject, "`to` names something else. Only managed resources can be imported.");
    }
    let is_repeated = body.argument("for_each").is_some_and(|value| *value != Expression::Null);
    if !is_repeated && to.keys().any(|key| matches!(key, Key::Computed(_))) {
        return invalid(subject, "A key in `to` is an expression, which it may be only where the block has `for_each`.");
    }
    let Some(address) = to.declaration() else { return };
    match subject.declared(&address) {
        Some(target) if target.kind == Kind::Resource => check_target(subject, target, &to),
        Some(_) => {}
        // As a reference, it is an undeclared one.
        None if matches!(body.argument("to"), Some(Expression::Text(_))) => subject.warning(
            "import-of-undeclared",
            "Import of something undeclared",
            format!("`{address}` is not declared in this stack: Terraform refuses the plan, unless it is to generate the configuration."),
            "Declare the resource that is imported.",
        ),
        None => {}
    }
}

/// What exists is named by text, or by what identifies it.
fn check_id(subject: &mut Subject<'_, '_>) {
    let body = &subject.node.body;
    let is_set = |name| body.argument(name).is_some_and(|value| *value != Expression::Null);
    if !is_set("id") && !is_set("identity") {
        subject.error("missing-argument", "Missing argument", "An `import` block needs the argument `id` or `identity`.", "");
    }
    if body.argument("id").and_then(Expression::as_text) == Some("") {
        subject.error("invalid-import", "Invalid import id argument", "`id` is an empty text.", "Give the name of what exists.");
    }
}

fn check_target(subject: &mut Subject<'_, '_>, target: &Declaration, to: &Endpoint) {
    let is_set = |name| target.meta.argument(name).is_some_and(|value| *value != Expression::Null);
    let key = to.resource.as_ref().map(|resource| &resource.key);
    let fault = match key {
        Some(Key::None) if is_set("count") => Some("is using count, so `to` needs the number of an instance"),
        Some(Key::None) if is_set("for_each") => Some("is using for_each, so `to` needs the key of an instance"),
        Some(Key::Number(_)) if !is_set("count") => Some("does not use count"),
        Some(Key::Text(_)) if !is_set("for_each") => Some("does not use for_each"),
        _ => None,
    };
    if let Some(fault) = fault {
        subject.error("invalid-import", "Invalid import 'to' expression", format!("`{}` {fault}.", target.address), "");
    }
    if subject.node.body.argument("provider").is_some_and(|value| *value != Expression::Null) {
        subject.error(
            "invalid-import",
            "Invalid import provider argument",
            format!("`provider` is for imports of what is not declared, and `{}` is.", target.address),
            "Set `provider` on the resource.",
        );
    }
    let mut reads_itself = false;
    let own: Vec<&str> = target.address.as_str().split('.').collect();
    if let Some(id) = subject.node.body.argument("id") {
        roots::each(id, &mut |names| reads_itself |= names.starts_with(&own));
    }
    if reads_itself {
        subject.error(
            "invalid-import",
            "Invalid import id argument",
            "The import ID cannot reference the resource being imported.",
            "",
        );
    }
}

fn invalid(subject: &mut Subject<'_, '_>, detail: &str) {
    subject.error("invalid-address", "Invalid import address", detail, "");
}
