//! What a value reads, as Terraform sees it: each root with the names behind it, whatever it is a root of.

use super::notation;
use crate::model::{Body, Expression, ForResult, Name};

/// Calls `visit` with each root and the names behind it: `self`, `id`; `aws_x`, `y`, `arn`. Variables that the value itself defines are none.
pub(super) fn each(value: &Expression, visit: &mut dyn FnMut(&[&str])) {
    Reader { variables: Vec::new(), visit }.value(value);
}

/// The same for each value of a body and of the blocks in it.
pub(super) fn each_of_body(body: &Body, visit: &mut dyn FnMut(&[&str])) {
    body.each_value(&mut |value| each(value, visit));
}

struct Reader<'a> {
    /// Of the enclosing `for`s.
    variables: Vec<Name>,
    visit: &'a mut dyn FnMut(&[&str]),
}

impl Reader<'_> {
    fn value(&mut self, value: &Expression) {
        let outer = self.variables.len();
        match value {
            Expression::Reference(reference) => {
                let behind = reference.path.split('.').filter(|name| !name.is_empty());
                let names: Vec<&str> = reference.to.as_str().split('.').chain(behind).collect();
                self.root(&names);
            }
            Expression::Symbol(text) => self.root(&text.split('.').collect::<Vec<_>>()),
            Expression::Raw(raw) => {
                for names in notation::named(&raw.0).roots {
                    self.root(&names.iter().map(String::as_str).collect::<Vec<_>>());
                }
            }
            Expression::For(parts) => {
                self.value(&parts.collection);
                self.variables.extend(parts.key.iter().chain([&parts.value]).cloned());
                match &parts.result {
                    ForResult::List(value) => self.value(value),
                    ForResult::Object { key, value, .. } => {
                        self.value(key);
                        self.value(value);
                    }
                }
                parts.condition.iter().for_each(|condition| self.value(condition));
            }
            Expression::DirectiveFor(parts) => {
                self.value(&parts.2);
                self.variables.extend(parts.0.iter().chain([&parts.1]).cloned());
                self.value(&parts.3);
            }
            other => other.each_child(&mut |child| self.value(child)),
        }
        self.variables.truncate(outer);
    }

    fn root(&mut self, names: &[&str]) {
        if names[0] != "*" && !self.variables.iter().any(|variable| &**variable == names[0]) {
            (self.visit)(names);
        }
    }
}
