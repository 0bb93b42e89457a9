//! Calls of functions: names that Terraform does not know, numbers of arguments that it does not take, providers that it is not told of.

use super::known_functions::{self as known, OF_OPENTOFU};
use crate::diagnostic::{Diagnostic, Diagnostics, closest};
use crate::model::{Block, Body, Declaration, Expression, Kind, Name, RawCall, read_raw};
use std::collections::HashSet;

/// Looking for what was meant goes through all names: not for every one of very many faults.
const MOST_SUGGESTIONS: usize = 1000;

/// Reports every call that Terraform would refuse before it evaluates anything.
pub(super) fn check(nodes: &[Declaration], diagnostics: &mut Diagnostics) {
    let settings = nodes.iter().filter(|node| node.kind == Kind::Settings);
    let required = settings.flat_map(|node| node.body.blocks_named("required_providers")).flat_map(|block| &block.body.arguments);
    let providers: HashSet<&str> = required.map(|(name, _)| name.as_ref()).collect();
    for node in nodes {
        let mut calls = Calls { providers: &providers, node, told: HashSet::new(), diagnostics };
        // A type constraint looks like calls, and is none.
        let is_type = |name: &Name| node.kind == Kind::Variable && name.as_ref() == "type";
        let arguments = node.body.arguments.iter().filter(|(name, _)| !is_type(name));
        arguments.for_each(|(_, value)| calls.value(value));
        node.body.blocks.iter().for_each(|block| calls.block(block));
        calls.body(&node.meta);
    }
}

struct Calls<'a> {
    /// The names in `required_providers`.
    providers: &'a HashSet<&'a str>,
    /// Whose calls are looked at.
    node: &'a Declaration,
    /// What was reported of this node: a fault that a loop of the guest repeats is one.
    told: HashSet<String>,
    diagnostics: &'a mut Diagnostics,
}

impl Calls<'_> {
    fn body(&mut self, body: &Body) {
        body.arguments.iter().for_each(|(_, value)| self.value(value));
        body.blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        self.body(&block.body);
    }

    fn value(&mut self, value: &Expression) {
        match value {
            Expression::Call(call) => {
                self.call(&Called {
                    name: &call.function,
                    n_arguments: call.arguments.len(),
                    expand: call.expand,
                    is_raw: false,
                });
                call.arguments.iter().for_each(|argument| self.value(argument));
            }
            // It was parsed when it came, so it can be parsed.
            Expression::Raw(raw) if raw.0.contains('(') => {
                for RawCall { function, n_arguments, expand } in read_raw(&raw.0).unwrap_or_default().calls {
                    self.call(&Called { name: &function, n_arguments, expand, is_raw: true });
                }
            }
            _ => value.each_child(&mut |child| self.value(child)),
        }
    }

    fn call(&mut self, called: &Called<'_>) {
        let names: Vec<&str> = called.name.split("::").collect();
        match names[..] {
            [name] | ["core", name] => match known::arguments(name) {
                Some(takes) => self.number_of_arguments(called, takes),
                None => self.unknown(called, name),
            },
            // With a fourth name, which OpenTofu takes, the third is a configuration's alias.
            ["provider", provider, _] | ["provider", provider, _, _] => self.provider(called, provider),
            _ => self.unknown(called, called.name),
        }
    }

    fn number_of_arguments(&mut self, called: &Called<'_>, (fewest, most): (usize, Option<usize>)) {
        // An expanded list is any number of arguments, none too.
        let n = called.n_arguments;
        let at_least = n - usize::from(called.expand);
        if (called.expand || n >= fewest) && most.is_none_or(|most| at_least <= most) {
            return;
        }
        let takes = match most {
            Some(most) if most == fewest => format!("{fewest}"),
            Some(most) => format!("{fewest} to {most}"),
            None => format!("at least {fewest}"),
        };
        let noun = if takes == "1" || takes == "at least 1" { "argument" } else { "arguments" };
        let detail = format!("`{}` takes {takes} {noun}, not {n}.", called.name);
        self.report(Diagnostic::error("wrong-arguments", "Wrong number of arguments").detail(detail));
    }

    fn unknown(&mut self, called: &Called<'_>, name: &str) {
        let detail = format!("Terraform 1.11 has no function `{}`.", called.name);
        // A later Terraform may have it, and OpenTofu has some more: who writes in Terraform's own notation is told, not stopped.
        let diagnostic = if OF_OPENTOFU.contains(&name) {
            Diagnostic::warning("unknown-function", "Unknown function").help("OpenTofu has it; Terraform will refuse it.")
        } else {
            let few = self.diagnostics.n_errors() < MOST_SUGGESTIONS;
            let meant = if few { closest(name, known::names()) } else { None };
            let meant = meant.map(|known| format!("Did you mean `{known}`?"));
            if called.is_raw {
                Diagnostic::warning("unknown-function", "Unknown function").help(meant.unwrap_or_default())
            } else {
                let otherwise = "If a later Terraform has it, write the call as a raw expression.";
                Diagnostic::error("unknown-function", "Unknown function").help(meant.unwrap_or_else(|| otherwise.to_owned()))
            }
        };
        self.report(diagnostic.detail(detail));
    }

    fn provider(&mut self, called: &Called<'_>, provider: &str) {
        if !self.providers.contains(provider) {
            self.report(
                Diagnostic::error("unrequired-provider", "Function of a provider that is not required")
                    .detail(format!(
                        "`{}` is a function of the provider `{provider}`, which this stack's `required_providers` does not name.",
                        called.name
                    ))
                    .help(format!("Add `{provider}` to `required_providers`.")),
            );
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        if self.told.insert(diagnostic.detail.clone()) {
            self.diagnostics.push(diagnostic.at(&self.node.place).about(&self.node.address));
        }
    }
}

/// A call, in whichever notation it came.
struct Called<'a> {
    name: &'a str,
    n_arguments: usize,
    expand: bool,
    is_raw: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Address, Call, Place};

    fn declare(kind: Kind, labels: &[&str], value: Expression) -> Declaration {
        let labels: Vec<Name> = labels.iter().map(|label| Name::from(*label)).collect();
        Declaration {
            address: Address::new(kind, &labels),
            kind,
            labels,
            body: Body { arguments: vec![("value".into(), value)], blocks: Vec::new() },
            meta: Body::default(),
            scope: Vec::new(),
            place: Place { file: "src/lib.rs".into(), line: 1, column: 1 },
            protect: false,
            aliases: Vec::new(),
            overrides: Vec::new(),
        }
    }

    #[track_caller]
    fn check_value(value: Expression, expected: &[&str]) {
        let mut settings = declare(Kind::Settings, &[], Expression::Null);
        let required = Body { arguments: vec![("aws".into(), Expression::text("hashicorp/aws"))], blocks: Vec::new() };
        settings.body = Body {
            arguments: Vec::new(),
            blocks: vec![Block { name: "required_providers".into(), labels: Vec::new(), body: required }],
        };
        let mut diagnostics = Diagnostics::default();
        check(&[declare(Kind::Output, &["o"], value), settings], &mut diagnostics);
        let found = diagnostics.iter().map(|found| format!("{:?}: {} {}", found.severity, found.detail, found.help));
        assert_eq!(found.map(|found| found.trim_end().to_owned()).collect::<Vec<_>>(), expected);
    }

    fn call(function: &str, n_arguments: usize) -> Expression {
        Expression::call(function, vec![Expression::Integer(1); n_arguments])
    }

    fn expanded(function: &str, n_arguments: usize) -> Expression {
        let arguments = vec![Expression::Integer(1); n_arguments];
        Expression::Call(Box::new(Call { function: function.into(), arguments, expand: true }))
    }

    fn raw(text: &str) -> Expression {
        Expression::Raw(Box::new((text.to_owned(), Vec::new())))
    }

    #[test]
    fn a_name_that_terraform_does_not_know_is_an_error_and_in_raw_notation_a_warning() {
        let error = "Error: Terraform 1.11 has no function `jsonencod`. Did you mean `jsonencode`?";
        check_value(call("jsonencod", 1), &[error]);
        check_value(
            Expression::List(vec![call("jsonencod", 1), Expression::call("upper", vec![call("jsonencod", 1)])]),
            &[error],
        );
        check_value(
            raw("upper(\"${jsonencod(1)}\")"),
            &["Warning: Terraform 1.11 has no function `jsonencod`. Did you mean `jsonencode`?"],
        );
        check_value(
            call("yesterday", 0),
            &[
                "Error: Terraform 1.11 has no function `yesterday`. If a later Terraform has it, write the call as a raw expression.",
            ],
        );
        check_value(call("core::abs", 1), &[]);
        check_value(
            call("urldecode", 1),
            &["Warning: Terraform 1.11 has no function `urldecode`. OpenTofu has it; Terraform will refuse it."],
        );
    }

    #[test]
    fn arguments_are_counted() {
        check_value(call("upper", 2), &["Error: `upper` takes 1 argument, not 2."]);
        check_value(call("max", 0), &["Error: `max` takes at least 1 argument, not 0."]);
        check_value(call("lookup", 4), &["Error: `lookup` takes 2 to 3 arguments, not 4."]);
        check_value(raw("replace(\"a\", \"b\")"), &["Error: `replace` takes 3 arguments, not 2."]);
        check_value(call("merge", 0), &[]);
        check_value(expanded("replace", 1), &[]);
        check_value(expanded("upper", 2), &[]);
        check_value(expanded("upper", 3), &["Error: `upper` takes 1 argument, not 3."]);
        check_value(raw("max([1]...)"), &[]);
    }

    #[test]
    fn functions_of_providers_need_the_provider() {
        check_value(call("provider::aws::arn_parse", 1), &[]);
        let error = "Error: `provider::time::rfc3339_parse` is a function of the provider `time`, which this stack's \
                     `required_providers` does not name. Add `time` to `required_providers`.";
        check_value(call("provider::time::rfc3339_parse", 1), &[error]);
        check_value(raw("provider::time::rfc3339_parse(\"x\").year"), &[error]);
    }
}
