//! Calls of providers' functions, against the functions that the providers have.

use super::typing::Typing;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Body, Call, Declaration, Expression};

/// Reports calls of functions that a provider does not have, and wrong numbers of arguments.
pub(super) fn check(typing: &Typing<'_>, node: &Declaration, diagnostics: &mut Diagnostics) {
    let mut calls = Calls { typing, node, path: Vec::new(), diagnostics };
    calls.body(&node.body);
    calls.body(&node.meta);
}

struct Calls<'a, 'd> {
    typing: &'d Typing<'a>,
    node: &'d Declaration,
    path: Vec<&'d str>,
    diagnostics: &'d mut Diagnostics,
}

impl<'d> Calls<'_, 'd> {
    fn body(&mut self, body: &'d Body) {
        for (name, value) in &body.arguments {
            self.path.push(name);
            self.value(value);
            self.path.pop();
        }
        for block in &body.blocks {
            self.path.push(&block.name);
            self.body(&block.body);
            self.path.pop();
        }
    }

    fn value(&mut self, value: &Expression) {
        if let Expression::Call(call) = value
            && let Some(fault) = self.fault(call)
        {
            let Declaration { place, address, .. } = self.node;
            self.diagnostics.push(fault.at(place).about(address).in_path(self.path.join(".")));
        }
        value.each_child(&mut |child| self.value(child));
    }

    fn fault(&self, call: &Call) -> Option<Diagnostic> {
        let (provider, name) =
            call.function.strip_prefix("provider::")?.split_once("::").filter(|(_, name)| !name.contains("::"))?;
        match self.typing.providers.function(provider, name) {
            Ok(None) => None,
            Err(meant) => Some(
                Diagnostic::error("unknown-function", "Unknown function")
                    .detail(format!("The provider {} has no function `{name}`.", self.typing.providers.source(provider)))
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
        }
    }
}
