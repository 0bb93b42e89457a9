//! What a provider calls sensitive, in plain outputs: Terraform refuses it when it plans.
//!
//! Only what is sure is refused: a function may take the mark away, an element of a list need not carry it.

use super::provider::{Attribute, Block, Key, Nesting, Shape};
use super::read::{Read, Root, Step};
use super::typing::{Scope, Typing};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{self, Address, Body, Declaration, Expression, ForResult, Kind, read_raw};
use std::collections::HashMap;

/// How much of a value is a secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    None,
    /// Something in it.
    Part,
    /// All of it.
    Whole,
}

/// Functions whose result tells nothing of a secret, or not surely.
const HIDING: [&str; 9] = ["can", "coalesce", "coalescelist", "issensitive", "keys", "length", "lookup", "nonsensitive", "try"];
/// Functions that make one text of all that they are given.
const WRITING: [&str; 3] = ["jsonencode", "yamlencode", "sensitive"];
/// Functions that have in their result whatever is in what they are given. What converts types loses the marks of nulls.
const KEEPING: [&str; 2] = ["concat", "flatten"];

/// Reports each output that shows what a provider calls sensitive, without being sensitive itself.
pub(super) fn refuse(typing: &Typing<'_>, diagnostics: &mut Diagnostics) {
    let mut marks = Marks { typing, locals: HashMap::new() };
    for node in typing.graph.nodes.iter().filter(|node| node.kind == Kind::Output) {
        let is_told = matches!(node.body.argument("sensitive"), Some(value) if *value != Expression::Bool(false));
        let Some(value) = node.body.argument("value").filter(|_| !is_told) else { continue };
        if marks.of(value, &mut Scope::default()) != Mark::None {
            diagnostics.push(
                Diagnostic::error("sensitive-output", "Output of a sensitive value")
                    .detail("The provider says that the value, or something in it, is sensitive, but the output is not: Terraform refuses it.")
                    .help("Set `sensitive` on the output, or wrap the value in `nonsensitive(...)` where showing it is meant.")
                    .at(&node.place)
                    .about(&node.address)
                    .in_path("value"),
            );
        }
    }
}

struct Marks<'a, 'd> {
    typing: &'d Typing<'a>,
    /// Those of local values; none while one is looked at.
    locals: HashMap<Address, Mark>,
}

impl<'a> Marks<'a, '_> {
    fn of(&mut self, value: &'a Expression, scope: &mut Scope<'a>) -> Mark {
        if let Some(read) = Read::of(value) {
            return self.read(&read, scope);
        }
        match value {
            Expression::List(items) => self.part(items.iter(), scope),
            Expression::Object(pairs) => self.part(pairs.iter().map(|(_, value)| value), scope),
            Expression::Template(parts) => self.whole(parts.iter(), scope),
            Expression::Unary(parts) => self.whole([&parts.1], scope),
            Expression::Binary(parts) => self.whole([&parts.1, &parts.2], scope),
            Expression::Attribute(parts) => self.whole([&parts.0], scope),
            Expression::Index(parts) => self.whole([&parts.0], scope),
            Expression::Splat(parts) => match self.of(&parts.0, scope) {
                Mark::Part if self.is_secret_of_each(&parts.0, &parts.1, scope) => Mark::Part,
                Mark::Part => Mark::None,
                mark => mark,
            },
            Expression::Conditional(parts) => {
                let [condition, then, otherwise] = &**parts;
                let either = self.of(then, scope).min(self.of(otherwise, scope));
                either.max(self.whole([condition], scope))
            }
            Expression::For(parts) => {
                let collection = self.whole([&parts.collection], scope);
                let inner = scope.with(parts.key.iter().chain([&parts.value]), |scope| match &parts.result {
                    ForResult::List(value) | ForResult::Object { value, .. } => self.part([value], scope),
                });
                collection.max(inner)
            }
            Expression::Call(call) => {
                let name = call.function.as_ref();
                let arguments = call.arguments.iter().map(|argument| self.of(argument, scope)).max().unwrap_or(Mark::None);
                match arguments {
                    _ if HIDING.contains(&name) => Mark::None,
                    Mark::Part if WRITING.contains(&name) => Mark::Whole,
                    Mark::Part if KEEPING.contains(&name) => Mark::Part,
                    Mark::Part => Mark::None,
                    mark => mark,
                }
            }
            Expression::Raw(raw) => {
                let uses = read_raw(&raw.0).unwrap_or_default();
                let all = uses.reads.first().filter(|read| read.is_all);
                all.map_or(Mark::None, |read| self.read(&Read::of_raw(read), scope))
            }
            _ => Mark::None,
        }
    }

    fn read(&mut self, read: &Read<'_>, scope: &Scope<'_>) -> Mark {
        if let Root::Address(address) = &read.root
            && let Some(node) = self.typing.declared(address).filter(|node| node.kind == Kind::Local)
        {
            let mark = self.local(address, node);
            return if mark == Mark::Part && !read.steps.is_empty() { Mark::None } else { mark };
        }
        match &read.root {
            Root::Address(address) if !scope.hides(address.as_str().split('.').next().unwrap_or_default()) => {
                let node = self.typing.declared(address);
                let schema = node.and_then(|node| Some((node, self.typing.block(node)?)));
                schema.map_or(Mark::None, |(node, block)| mark(&block, &[&node.body], &read.steps))
            }
            _ => Mark::None,
        }
    }

    fn local(&mut self, address: &Address, node: &Declaration) -> Mark {
        if let Some(known) = self.locals.get(address) {
            return *known;
        }
        self.locals.insert(address.clone(), Mark::None);
        let Some(position) = self.typing.graph.position(&node.address) else { return Mark::None };
        let value = self.typing.graph.nodes[position].body.argument("value");
        let mark = value.map_or(Mark::None, |value| self.of(value, &mut Scope::default()));
        self.locals.insert(address.clone(), mark);
        mark
    }

    fn is_secret_of_each(&mut self, base: &Expression, projection: &Expression, scope: &Scope<'_>) -> bool {
        let (Some(base), Some(mut projected)) = (Read::of(base), Read::of(projection)) else { return false };
        let mut read = Read { root: base.root, steps: base.steps };
        read.steps.push(Step::Index(None));
        read.steps.append(&mut projected.steps);
        self.read(&read, scope) == Mark::Whole
    }

    fn part(&mut self, items: impl IntoIterator<Item = &'a Expression>, scope: &mut Scope<'a>) -> Mark {
        let is_any = items.into_iter().any(|item| self.of(item, scope) != Mark::None);
        if is_any { Mark::Part } else { Mark::None }
    }

    fn whole(&mut self, items: impl IntoIterator<Item = &'a Expression>, scope: &mut Scope<'a>) -> Mark {
        let is_any = items.into_iter().any(|item| self.of(item, scope) == Mark::Whole);
        if is_any { Mark::Whole } else { Mark::None }
    }
}

/// Returns the mark of what is read of bodies of a schema: attributes are always there, nested blocks where a body has them.
fn mark(schema: &Block, bodies: &[&Body], steps: &[Step<'_>]) -> Mark {
    let Some((step, rest)) = steps.split_first() else {
        return if bodies.iter().any(|body| holds_secret(schema, body)) { Mark::Part } else { Mark::None };
    };
    let name = if let Step::Attribute(name) | Step::Index(Some(name)) = step { *name } else { "" };
    if let Some(nested) = schema.blocks.get(name) {
        let inner: Vec<&Body> = bodies.iter().flat_map(|body| body.blocks_named(name)).map(|block| &block.body).collect();
        return mark(&nested.block, &inner, behind_key(nested.nesting, rest));
    }
    match (schema.attributes.get(name), step) {
        (Some(attribute), _) if !bodies.is_empty() => {
            mark_of_attribute(attribute, bodies.iter().any(|body| holds_objects(body.argument(name))), rest)
        }
        // The key of an instance.
        (None, Step::Index(_)) => mark(schema, bodies, rest),
        _ => Mark::None,
    }
}

/// Returns the mark of what is read of an attribute; `is_set` says that the objects are there which it has attributes for.
fn mark_of_attribute(attribute: &Attribute, is_set: bool, steps: &[Step<'_>]) -> Mark {
    let (nesting, inner) = match &attribute.shape {
        _ if attribute.is_sensitive => return Mark::Whole,
        Shape::Nested(nesting, inner) if is_set => (*nesting, inner),
        _ => return Mark::None,
    };
    match behind_key(nesting, steps) {
        [] if inner.values().any(|attribute| attribute.is_sensitive) => Mark::Part,
        [Step::Attribute(name) | Step::Index(Some(name)), rest @ ..] => {
            inner.get(*name).map_or(Mark::None, |attribute| mark_of_attribute(attribute, true, rest))
        }
        _ => Mark::None,
    }
}

/// Takes the key of one of several blocks or objects off the steps.
fn behind_key<'s, 'a>(nesting: Nesting, steps: &'s [Step<'a>]) -> &'s [Step<'a>] {
    match (nesting, steps) {
        (Nesting::List | Nesting::Set, [Step::Index(_), rest @ ..]) | (Nesting::Map, [_, rest @ ..]) => rest,
        _ => steps,
    }
}

fn holds_secret(schema: &Block, body: &Body) -> bool {
    let is_in_block = |block: &model::Block| {
        schema.blocks.get(block.name.as_ref()).is_some_and(|nested| holds_secret(&nested.block, &block.body))
    };
    let is_in_attribute = |(name, attribute): (&Key, &Attribute)| {
        mark_of_attribute(attribute, holds_objects(body.argument(name)), &[]) != Mark::None
    };
    schema.attributes.iter().any(is_in_attribute) || body.blocks.iter().any(is_in_block)
}

fn holds_objects(value: Option<&Expression>) -> bool {
    match value {
        Some(Expression::List(items)) => items.iter().any(|item| holds_objects(Some(item))),
        Some(Expression::Object(_)) => true,
        _ => false,
    }
}
