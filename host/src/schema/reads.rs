//! Every read in a stack against the schema of what is read: attributes that do not exist, and those that a provider advises against.

use super::read::{Fault, Found, Read, Root};
use super::typing::{Scope, Typing, projected};
use super::{read, types::Type};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Block, Body, Declaration, Expression, ForResult, Kind, read_raw};
use std::collections::HashSet;

/// Looks at what one declaration reads.
pub(super) struct Reads<'a, 'd> {
    typing: &'d Typing<'a>,
    node: &'a Declaration,
    scope: Scope<'a>,
    /// The argument in which the read stands, with the blocks around it.
    path: Vec<&'a str>,
    /// What was told of this declaration: a fault that a loop of the guest repeats is one.
    told: HashSet<String>,
    diagnostics: &'d mut Diagnostics,
}

impl<'a, 'd> Reads<'a, 'd> {
    pub(super) fn check(typing: &'d Typing<'a>, node: &'a Declaration, diagnostics: &'d mut Diagnostics) {
        let mut reads = Reads { typing, node, scope: Scope::default(), path: Vec::new(), told: HashSet::new(), diagnostics };
        match node.kind {
            // These name things that need not be there, or types.
            Kind::Moved | Kind::Removed | Kind::Settings => return,
            Kind::Variable => node.body.blocks.iter().for_each(|block| reads.block(block)),
            _ => reads.body(&node.body),
        }
        let arguments =
            node.meta.arguments.iter().filter(|(name, _)| !matches!(name.as_ref(), "provider" | "providers" | "depends_on"));
        arguments.for_each(|(name, value)| reads.argument(name, value));
        node.meta.blocks.iter().for_each(|block| reads.block(block));
    }

    fn body(&mut self, body: &'a Body) {
        body.arguments.iter().for_each(|(name, value)| self.argument(name, value));
        body.blocks.iter().for_each(|block| self.block(block));
    }

    fn argument(&mut self, name: &'a str, value: &'a Expression) {
        self.path.push(name);
        self.value(value);
        self.path.pop();
    }

    fn block(&mut self, block: &'a Block) {
        let outer = self.scope.variables.len();
        self.path.push(match block.name.as_ref() {
            "dynamic" => block.labels.first().map_or("dynamic", AsRef::as_ref),
            name => name,
        });
        match block.name.as_ref() {
            "lifecycle" => {
                let values = block.body.arguments.iter().filter(|(name, _)| name.as_ref() != "ignore_changes");
                values.for_each(|(name, value)| self.argument(name, value));
                block.body.blocks.iter().for_each(|block| self.block(block));
            }
            "dynamic" => {
                block.body.argument("for_each").into_iter().for_each(|value| self.value(value));
                let iterator = match block.body.argument("iterator") {
                    Some(Expression::Symbol(text) | Expression::Text(text)) => Some(text.as_ref()),
                    _ => block.labels.first().map(AsRef::as_ref),
                };
                self.scope.variables.extend(iterator);
                block.body.argument("labels").into_iter().for_each(|value| self.value(value));
                block.body.blocks.iter().for_each(|content| self.body(&content.body));
            }
            "provisioner" | "connection" | "postcondition" => {
                let own = self.scope.own.take();
                self.scope.own = self.typing.block(self.node);
                self.body(&block.body);
                self.scope.own = own;
            }
            _ => self.body(&block.body),
        }
        self.path.pop();
        self.scope.variables.truncate(outer);
    }

    fn value(&mut self, value: &'a Expression) {
        match value {
            Expression::Null | Expression::Bool(_) | Expression::Integer(_) | Expression::Number(_) | Expression::Text(_) => {}
            Expression::Raw(raw) => {
                for read in read_raw(&raw.0).unwrap_or_default().reads {
                    self.read(&Read::of_raw(&read));
                }
            }
            Expression::For(parts) => {
                self.value(&parts.collection);
                let outer = self.scope.variables.len();
                self.scope.variables.extend(parts.key.iter().chain([&parts.value]).map(AsRef::as_ref));
                match &parts.result {
                    ForResult::List(value) => self.value(value),
                    ForResult::Object { key, value, .. } => {
                        self.value(key);
                        self.value(value);
                    }
                }
                parts.condition.iter().for_each(|condition| self.value(condition));
                self.scope.variables.truncate(outer);
            }
            Expression::DirectiveFor(parts) => {
                self.value(&parts.2);
                let outer = self.scope.variables.len();
                self.scope.variables.extend(parts.0.iter().chain([&parts.1]).map(AsRef::as_ref));
                self.value(&parts.3);
                self.scope.variables.truncate(outer);
            }
            Expression::Splat(parts) => {
                self.value(&parts.0);
                self.splat(&parts.0, &parts.1);
            }
            _ => match Read::of(value) {
                Some(read) => {
                    self.read(&read);
                    self.keys(value);
                }
                None => {
                    let mut children = Vec::new();
                    value.each_child(&mut |child| children.push(child));
                    children.into_iter().for_each(|child| self.value(child));
                }
            },
        }
    }

    /// Looks at the keys in a read, which are expressions of their own.
    fn keys(&mut self, value: &'a Expression) {
        match value {
            Expression::Attribute(parts) => self.keys(&parts.0),
            Expression::Index(parts) => {
                self.keys(&parts.0);
                self.value(&parts.1);
            }
            _ => {}
        }
    }

    /// What a splat reads of each item.
    fn splat(&mut self, base: &'a Expression, projection: &'a Expression) {
        let (Some(read), of) = (Read::of(projection), self.typing.of(base, &mut self.scope.clone())) else { return };
        let item = match &of {
            Type::List(item) | Type::Set(item) => item,
            _ => return,
        };
        if read.root == Root::Word("*")
            && projected(item, projection).is_none()
            && let Err(fault) = read::through_type(item, &read.steps)
        {
            self.fault(&fault);
        }
    }

    fn read(&mut self, read: &Read<'_>) {
        match self.typing.read(read, &self.scope) {
            Ok(found) => self.advise(read, &found),
            Err(fault) => self.fault(&fault),
        }
    }

    fn fault(&mut self, fault: &Fault) {
        self.report(Diagnostic::error("unsupported-attribute", fault.summary).detail(&fault.detail).help(&fault.help));
    }

    fn advise(&mut self, read: &Read<'_>, found: &Found) {
        let of = || match &read.root {
            Root::Address(address) => address.to_string(),
            _ => "self".to_owned(),
        };
        if let Some(name) = &found.deprecated {
            let detail =
                format!("The attribute \"{name}\" of `{}` is deprecated: the provider's documentation says what to use.", of());
            self.report(Diagnostic::warning("deprecated", "Deprecated attribute").detail(detail));
        }
        if found.is_write_only {
            let detail =
                format!("A write-only attribute of `{}` is read here: it is stored nowhere, so this is always null.", of());
            self.report(Diagnostic::warning("write-only-read", "Write-only attribute is read").detail(detail));
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        let path = self.path.join(".");
        if self.told.insert(format!("{path} {}", diagnostic.detail)) {
            self.diagnostics.push(diagnostic.at(&self.node.place).about(&self.node.address).in_path(path));
        }
    }
}
