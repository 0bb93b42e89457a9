//! Conditions: `precondition`, `postcondition`, `validation`, `assert`. Each has a condition that reads something, and a message.

use super::Subject;
use crate::graph::roots;
use crate::model::{Body, Expression};

/// Looks at the conditions in the `lifecycle` of a resource.
pub(super) fn of_resource(subject: &mut Subject<'_, '_>) {
    for lifecycle in subject.node.meta.blocks_named("lifecycle") {
        check(subject, &lifecycle.body, &["precondition", "postcondition"]);
    }
}

/// Looks at the conditions of an output.
pub(super) fn of_output(subject: &mut Subject<'_, '_>) {
    check(subject, &subject.node.body, &["precondition"]);
}

/// Looks at the assertions of a check.
pub(super) fn of_check(subject: &mut Subject<'_, '_>) {
    check(subject, &subject.node.body, &["assert"]);
}

/// Looks at the validations of a variable: each is about the variable itself.
pub(super) fn of_variable(subject: &mut Subject<'_, '_>) {
    let node = subject.node;
    for validation in node.body.blocks_named("validation") {
        let Some(condition) = check_one(subject, &validation.body, "validation") else { continue };
        let name = &*node.labels[0];
        if !reads(condition, |names| names[0] == "var" && names.get(1).is_none_or(|read| *read == name)) {
            subject.error(
                "foreign-condition",
                "Invalid variable validation condition",
                format!("The condition for variable \"{name}\" must refer to var.{name} in order to test incoming values."),
                format!("Read `var.{name}` in the condition, or make it a `precondition` of what depends on it."),
            );
        }
    }
}

fn check(subject: &mut Subject<'_, '_>, body: &Body, names: &[&str]) {
    for block in body.blocks.iter().filter(|block| names.contains(&&*block.name)) {
        check_one(subject, &block.body, &block.name);
    }
}

/// Returns the condition where it reads something at all.
fn check_one<'b>(subject: &mut Subject<'_, '_>, body: &'b Body, block: &str) -> Option<&'b Expression> {
    for (name, _) in body.arguments.iter().filter(|(name, _)| !matches!(&**name, "condition" | "error_message")) {
        subject.error("unknown-argument", "Unknown argument", format!("A `{block}` has no argument `{name}`."), "");
    }
    for inner in &body.blocks {
        subject.error("unknown-block", "Unknown block", format!("A `{block}` has no block `{}`.", inner.name), "");
    }
    for name in ["condition", "error_message"] {
        if body.argument(name).is_none_or(|value| *value == Expression::Null) {
            subject.error("missing-argument", "Missing argument", format!("A `{block}` needs the argument `{name}`."), "");
        }
    }
    let condition = body.argument("condition").filter(|condition| **condition != Expression::Null)?;
    if reads(condition, |_| true) {
        return Some(condition);
    }
    subject.error(
        "constant-condition",
        &format!("Invalid {block} expression"),
        "The condition expression must refer to at least one object from elsewhere in the configuration, or else its result would not be \
         checking anything.",
        "What is known while the program runs is checked in the program itself.",
    );
    None
}

fn reads(condition: &Expression, wanted: impl Fn(&[&str]) -> bool) -> bool {
    let mut found = false;
    roots::each(condition, &mut |names| found |= wanted(names));
    found
}
