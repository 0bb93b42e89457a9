//! A stack on which cases are declared, each with names of its own, from random types of a provider.

use super::bodies;
use super::dice::Dice;
use super::expressions::{LOCALS, VARIABLES, hcl};
use super::provider::Provider;
use super::stack::Stack;
use std::sync::Arc;
use tapwasm::model::{Address, Body, Expression, Kind, Name};
use tapwasm::schema::{Block, Section};

/// Larger bodies are not declared: of one type there could be ten thousand blocks.
const LARGEST: usize = 400;

pub(super) struct Ground<'a> {
    pub(super) stack: Stack,
    pub(super) provider: &'a Provider,
    pub(super) dice: Dice,
    /// What tells the names of this case from those of others.
    pub(super) n: usize,
}

/// A type with its schema.
pub(super) struct Chosen {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) schema: Arc<Block>,
}

impl<'a> Ground<'a> {
    /// Begins a stack that has the variables and local values.
    pub(super) fn new(provider: &'a Provider, seed: u64) -> Ground<'a> {
        let mut stack = Stack::of(&provider.index);
        for (name, of, default) in VARIABLES {
            let arguments = vec![("default".into(), hcl(default)), ("type".into(), Expression::text(of))];
            stack.declare(Kind::Variable, &[name], Body { arguments, blocks: Vec::new() });
        }
        let once = ["\"1\"", "true"].map(hcl);
        let arguments = ["default", "ephemeral"].map(Name::from).into_iter().zip(once).collect();
        stack.declare(Kind::Variable, &["once"], Body { arguments, blocks: Vec::new() });
        for (name, value) in LOCALS {
            stack.declare(Kind::Local, &[name], argument("value", hcl(value)));
        }
        Ground { stack, provider, dice: Dice::new(seed), n: 0 }
    }

    /// Chooses a resource type.
    pub(super) fn resource(&mut self) -> Chosen {
        self.choose(Section::Resource, Kind::Resource)
    }

    /// Chooses a resource type, or now and then a data source.
    pub(super) fn any_type(&mut self) -> Chosen {
        let has_data = self.provider.index.names(Section::Data).next().is_some();
        if has_data && self.dice.one_in(5) { self.choose(Section::Data, Kind::Data) } else { self.resource() }
    }

    fn choose(&mut self, section: Section, kind: Kind) -> Chosen {
        let names: Vec<&str> = self.provider.index.names(section).collect();
        let name = self.dice.of(&names).expect("a provider has types");
        Chosen { kind, name: (*name).to_owned(), schema: self.provider.block(section, name) }
    }

    /// Returns a body that fits: what must be in it, or more, or all.
    pub(super) fn body(&mut self, schema: &Block) -> Body {
        let chances = self.dice.below(3);
        let body = bodies::body(schema, &mut || chances > 0 && self.dice.one_in(chances));
        if size(&body) > LARGEST { bodies::body(schema, &mut || false) } else { body }
    }

    /// Returns a name in this case.
    pub(super) fn name(&self, prefix: &str) -> String {
        format!("{prefix}{}", self.n)
    }

    /// Declares something of a type.
    pub(super) fn declare(&mut self, of: &Chosen, prefix: &str, body: Body) -> Address {
        self.declare_instances(of, prefix, body, Body::default())
    }

    /// Declares something of a type, as often as its meta-arguments say.
    pub(super) fn declare_instances(&mut self, of: &Chosen, prefix: &str, body: Body, meta: Body) -> Address {
        let name = self.name(prefix);
        let declaration = self.stack.declare(of.kind, &[&of.name, &name], body);
        declaration.meta = meta;
        declaration.address.clone()
    }

    /// Chooses how often something is declared: by which meta-arguments, and the key of an instance then.
    pub(super) fn instances(&mut self) -> (Body, Option<Expression>) {
        match self.dice.below(3) {
            0 => (argument("count", Expression::Integer(1)), Some(Expression::Integer(0))),
            1 => (argument("for_each", hcl("{ key = null }")), Some(Expression::text("key"))),
            _ => (Body::default(), None),
        }
    }

    /// Declares what reads a value, of any type.
    pub(super) fn declare_reader(&mut self, value: Expression) -> Address {
        let name = self.name("m");
        self.stack.declare(Kind::Resource, &["terraform_data", &name], argument("input", value)).address.clone()
    }
}

/// Returns a body of one argument.
pub(super) fn argument(name: &str, value: Expression) -> Body {
    Body { arguments: vec![(name.into(), value)], blocks: Vec::new() }
}

fn size(body: &Body) -> usize {
    body.arguments.len() + body.blocks.iter().map(|block| 1 + size(&block.body)).sum::<usize>()
}
