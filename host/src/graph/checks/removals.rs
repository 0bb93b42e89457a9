//! Blocks `removed`: of whole resources and modules that are no longer declared.

use super::Subject;
use super::endpoint::Endpoint;
use super::provisioners::is_at_destruction;
use crate::diagnostic::Diagnostic;

/// Looks at one.
pub(super) fn check(subject: &mut Subject<'_, '_>) {
    let node = subject.node;
    let Some(from) = node.body.argument("from").and_then(Endpoint::read) else { return };
    let from = match from {
        Ok(from) => from,
        Err(fault) => return invalid(subject, &format!("`from` {fault}.")),
    };
    if !from.is_whole() {
        return invalid(
            subject,
            "`from` of a `removed` block names a whole resource or module, and no instance of one on the way to it.",
        );
    }
    if from.resource.as_ref().is_some_and(|resource| resource.mode == "data") {
        return invalid(subject, "Data sources are never destroyed, so they are not valid targets of `removed` blocks.");
    }
    if let Some(still) = from.declaration().and_then(|address| subject.declared(&address)) {
        let noun = if from.resource.is_some() { "resource" } else { "module" };
        subject.diagnostics.push(
            Diagnostic::error("removed-but-declared", format!("Removed {noun} still exists"))
                .detail(format!("This declares that `{}` was removed, but it is still declared.", still.address))
                .help("Take the declaration out, or the `removed` block.")
                .at(&node.place)
                .about(&node.address)
                .related("still declared here", &still.place),
        );
    }
    for provisioner in node.body.blocks_named("provisioner") {
        if from.resource.is_none() {
            subject.error(
                "invalid-block",
                "Invalid provisioner block",
                "Provisioners are valid only when a `removed` block targets a managed resource.",
                "",
            );
        } else if !is_at_destruction(provisioner) {
            subject.error(
                "invalid-block",
                "Invalid provisioner block",
                "Only destroy-time provisioners are valid in `removed` blocks.",
                "Set `when` to `destroy`.",
            );
        }
    }
}

fn invalid(subject: &mut Subject<'_, '_>, detail: &str) {
    subject.error("invalid-address", "Invalid address", detail, "");
}
