//! Calls of providers' functions, against the functions that the providers have.

use super::typing::Typing;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Declaration, Expression};

/// Reports calls of functions that a provider does not have, and wrong numbers of arguments.
pub(super) fn check(typing: &Typing<'_>, node: &Declaration, diagnostics: &mut Diagnostics) {
    let mut visit = |value: &Expression| check_value(typing, node, value, diagnostics);
    node.body.each_value(&mut visit);
    node.meta.each_value(&mut visit);
}

fn check_value(typing: &Typing<'_>, node: &Declaration, value: &Expression, diagnostics: &mut Diagnostics) {
    if let Expression::Call(call) = value
        && call.function.starts_with("provider::")
        && let [_, provider, name] = call.function.split("::").collect::<Vec<_>>()[..]
    {
        let report = match typing.providers.function(provider, name) {
            Ok(None) => None,
            Err(meant) => Some(
                Diagnostic::error("unknown-function", "Unknown function")
                    .detail(format!("The provider {} has no function `{name}`.", typing.providers.source(provider)))
                    .help(meant.map(|meant| format!("Did you mean `{meant}`?")).unwrap_or_default()),
            ),
            Ok(Some(function)) => {
                let (n, wanted) = (call.arguments.len(), function.parameters.len());
                let is_right = call.expand || n == wanted || n > wanted && function.variadic.is_some();
                let least = if function.variadic.is_some() { "at least " } else { "" };
                (!is_right).then(|| {
                    Diagnostic::error("wrong-arguments", "Wrong number of arguments")
                        .detail(format!("`{}` takes {least}{wanted}, not {n}.", call.function))
                })
            }
        };
        diagnostics_push(report, node, diagnostics);
    }
    value.each_child(&mut |child| check_value(typing, node, child, diagnostics));
}

fn diagnostics_push(report: Option<Diagnostic>, node: &Declaration, diagnostics: &mut Diagnostics) {
    if let Some(report) = report {
        diagnostics.push(report.at(&node.place).about(&node.address));
    }
}
