//! Provisioners that run when a resource is destroyed: what they read must be in its state.

use super::Subject;
use crate::graph::roots;
use crate::model::{Block, Body, Expression};

/// Looks at the provisioners of a resource.
pub(super) fn check(subject: &mut Subject<'_, '_>) {
    let meta = &subject.node.meta;
    let mut at_destruction = meta.blocks_named("provisioner").filter(|block| is_at_destruction(block)).peekable();
    // What all provisioners of the resource connect by.
    if at_destruction.peek().is_some() {
        for connection in meta.blocks_named("connection") {
            check_body(subject, &connection.body);
        }
    }
    for provisioner in at_destruction {
        check_body(subject, &provisioner.body);
    }
}

/// Tells whether a provisioner runs when its resource is destroyed.
pub(super) fn is_at_destruction(provisioner: &Block) -> bool {
    let when = provisioner.body.argument("when");
    matches!(when, Some(Expression::Text(word) | Expression::Symbol(word)) if &**word == "destroy")
}

/// Reports what a body reads that is gone by then, each once.
fn check_body(subject: &mut Subject<'_, '_>, body: &Body) {
    let mut gone: Vec<String> = Vec::new();
    let mut look = |names: &[&str]| {
        let stays = matches!(names, ["self" | "path" | "terraform", ..] | ["count", "index"] | ["each", "key"]);
        let text = names.join(".");
        if !stays && !gone.contains(&text) {
            gone.push(text);
        }
    };
    // These are words, no expressions.
    let values = body.arguments.iter().filter(|(name, _)| !matches!(&**name, "when" | "on_failure" | "type"));
    values.for_each(|(_, value)| roots::each(value, &mut look));
    for block in &body.blocks {
        let values = block.body.arguments.iter().filter(|(name, _)| &**name != "type");
        values.for_each(|(_, value)| roots::each(value, &mut look));
        block.body.blocks.iter().for_each(|block| roots::each_of_body(&block.body, &mut look));
    }
    for text in gone {
        subject.error(
            "gone-at-destruction",
            "Invalid reference from destroy provisioner",
            format!(
                "Destroy-time provisioners and their connection configurations may only reference attributes of the related resource, via \
                 'self', 'count.index', or 'each.key'; this one reads `{text}`."
            ),
            "Keep the value in an argument of the resource, and read it there through `self`.",
        );
    }
}
