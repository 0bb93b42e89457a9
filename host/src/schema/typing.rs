//! The types of expressions, as far as schemas, variables and functions tell them.

use super::catalog::Lookup;
use super::provider::Block;
use super::providers::Providers;
use super::read::{self, Fault, Found, Read, Root, Step};
use super::types::{Field, Type};
use super::{constraint, convert, functions};
use crate::graph::ResourceGraph;
use crate::model::{Address, Declaration, Expression, ForResult, Kind, Name, read_raw};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A stack with what is known of the types in it.
pub(super) struct Typing<'a> {
    pub(super) graph: &'a ResourceGraph,
    pub(super) providers: Providers<'a>,
    /// The types of local values and variables; any type while one is being looked at.
    values: RefCell<HashMap<&'a str, Type>>,
}

/// What an expression stands in.
#[derive(Clone, Default)]
pub(super) struct Scope<'a> {
    /// The schema of `self`.
    pub(super) own: Option<Arc<Block>>,
    /// Names that the enclosing `for`s, splats and dynamic blocks give a meaning.
    pub(super) variables: Vec<&'a str>,
}

impl<'a> Scope<'a> {
    pub(super) fn hides(&self, word: &str) -> bool {
        self.variables.contains(&word)
    }

    /// Calls `inner` with more variables.
    pub(super) fn with<T>(&mut self, more: impl IntoIterator<Item = &'a Name>, inner: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.variables.len();
        self.variables.extend(more.into_iter().map(AsRef::as_ref));
        let result = inner(self);
        self.variables.truncate(outer);
        result
    }
}

impl<'a> Typing<'a> {
    pub(super) fn new(graph: &'a ResourceGraph, providers: Providers<'a>) -> Typing<'a> {
        Typing { graph, providers, values: RefCell::default() }
    }

    /// Returns the schema of a declaration, where one tells.
    pub(super) fn block(&self, node: &Declaration) -> Option<Arc<Block>> {
        match self.providers.lookup(node) {
            Ok(Some(Lookup::Known(block))) => Some(block),
            _ => None,
        }
    }

    /// Follows a read. What nobody declares, and what no schema tells, yields nothing.
    pub(super) fn read(&self, read: &Read<'_>, scope: &Scope<'_>) -> Result<Found, Fault> {
        match &read.root {
            Root::Own => match &scope.own {
                Some(block) => read::through_block(block, &read.steps),
                None => Ok(Found::default()),
            },
            Root::Word(word) if !scope.hides(word) => Ok(match (*word, &read.steps[..]) {
                ("each", [Step::Attribute("key")]) => Found::of(Type::String),
                ("count", [Step::Attribute("index")]) => Found::of(Type::Number),
                ("path" | "terraform", [Step::Attribute(name)]) if *name != "applying" => Found::of(Type::String),
                _ => Found::default(),
            }),
            Root::Address(address) if !scope.hides(address.as_str().split('.').next().unwrap_or_default()) => {
                match self.graph.position(address) {
                    Some(position) => self.read_of(&self.graph.nodes[position], &read.steps),
                    None => Ok(Found::default()),
                }
            }
            Root::Word(_) | Root::Address(_) => Ok(Found::default()),
        }
    }

    fn read_of(&self, node: &'a Declaration, steps: &[Step<'_>]) -> Result<Found, Fault> {
        match node.kind {
            Kind::Variable | Kind::Local => Ok(Found::of(read::through_type(&self.value_of(node), steps)?)),
            Kind::Resource | Kind::Data | Kind::Ephemeral => {
                let Some(block) = self.block(node) else { return Ok(Found::default()) };
                match (instances(node), steps) {
                    // That there is but one instance is told by the graph.
                    (None, [Step::Index(_), ..]) => Ok(Found::default()),
                    (None, _) => read::through_block(&block, steps),
                    (Some(_), [Step::Index(_), rest @ ..]) => read::through_block(&block, rest),
                    (Some(collection), []) => {
                        let found = read::through_block(&block, &[])?;
                        Ok(Found { of: found.of.map(|of| collection(Box::new(of))), ..found })
                    }
                    // That an instance must be picked is told by the graph.
                    (Some(_), _) => Ok(Found::default()),
                }
            }
            _ => Ok(Found::default()),
        }
    }

    fn value_of(&self, node: &'a Declaration) -> Type {
        let name = node.address.as_str();
        if let Some(known) = self.values.borrow().get(name) {
            return known.clone();
        }
        // What refers to itself is reported as such.
        self.values.borrow_mut().insert(name, Type::Dynamic);
        let of = match node.kind {
            Kind::Variable => match node.body.argument("type") {
                Some(Expression::Text(text) | Expression::Symbol(text)) => constraint::read(text),
                _ => Type::Dynamic,
            },
            _ => node.body.argument("value").map_or(Type::Dynamic, |value| self.of(value, &mut Scope::default())),
        };
        self.values.borrow_mut().insert(name, of.clone());
        of
    }

    /// Returns the type of a value; any type where nobody tells, or where it is no sure thing.
    pub(super) fn of<'b>(&self, value: &'b Expression, scope: &mut Scope<'b>) -> Type {
        if let Some(read) = Read::of(value) {
            return self.read(&read, scope).ok().and_then(|found| found.of).unwrap_or(Type::Dynamic);
        }
        match value {
            Expression::Bool(_) => Type::Bool,
            Expression::Integer(_) | Expression::Number(_) => Type::Number,
            Expression::Text(_) | Expression::Template(_) => Type::String,
            Expression::List(items) => Type::Tuple(items.iter().map(|item| self.of(item, scope)).collect()),
            Expression::Object(pairs) => self.of_object(pairs, scope),
            Expression::Call(call) => match call.function.as_ref() {
                "sensitive" | "nonsensitive" | "ephemeralasnull" => {
                    call.arguments.first().map_or(Type::Dynamic, |argument| self.of(argument, scope))
                }
                "coalesce" => {
                    let given = call.arguments.iter().filter(|argument| **argument != Expression::Null);
                    given.map(|argument| self.of(argument, scope)).reduce(either).unwrap_or(Type::Dynamic)
                }
                "element" | "one" => {
                    let collection = call.arguments.first().map(|argument| self.of(argument, scope));
                    collection.and_then(|of| read::item(&of)).unwrap_or(Type::Dynamic)
                }
                "merge" => self.of_merge(&call.arguments, scope),
                name => self.of_call(name),
            },
            Expression::Attribute(parts) => {
                let of = self.of(&parts.0, scope);
                read::through_type(&of, &[Step::Attribute(&parts.1)]).unwrap_or(Type::Dynamic)
            }
            Expression::Index(parts) => {
                let of = self.of(&parts.0, scope);
                read::through_type(&of, &[Step::Index(parts.1.as_text())]).unwrap_or(Type::Dynamic)
            }
            Expression::Splat(parts) => {
                let items = read::item(&self.of(&parts.0, scope)).unwrap_or(Type::Dynamic);
                Type::List(Box::new(projected(&items, &parts.1).unwrap_or(Type::Dynamic)))
            }
            Expression::Conditional(parts) => {
                let [_, then, otherwise] = &**parts;
                match (self.of(then, scope), self.of(otherwise, scope)) {
                    (_, of) if *then == Expression::Null => of,
                    (of, _) if *otherwise == Expression::Null => of,
                    (of, other) => either(of, other),
                }
            }
            Expression::Unary(parts) => {
                if parts.0.as_ref() == "!" {
                    Type::Bool
                } else {
                    Type::Number
                }
            }
            Expression::Binary(parts) => match parts.0.as_ref() {
                "+" | "-" | "*" | "/" | "%" => Type::Number,
                _ => Type::Bool,
            },
            Expression::For(parts) => scope.with(parts.key.iter().chain([&parts.value]), |scope| match &parts.result {
                ForResult::List(value) => Type::List(Box::new(self.of(value, scope))),
                ForResult::Object { value, grouping: false, .. } => Type::Map(Box::new(self.of(value, scope))),
                ForResult::Object { value, .. } => Type::Map(Box::new(Type::List(Box::new(self.of(value, scope))))),
            }),
            Expression::Raw(raw) => self.of_raw(&raw.0, scope),
            _ => Type::Dynamic,
        }
    }

    /// Of what is written in Terraform's notation, the type of a mere read is known.
    fn of_raw(&self, text: &str, scope: &Scope<'_>) -> Type {
        let uses = read_raw(text).unwrap_or_default();
        let all = uses.reads.first().filter(|read| read.is_all);
        let found = all.and_then(|read| self.read(&Read::of_raw(read), scope).ok());
        found.and_then(|found| found.of).unwrap_or(Type::Dynamic)
    }

    fn of_object<'b>(&self, pairs: &'b [(Expression, Expression)], scope: &mut Scope<'b>) -> Type {
        if pairs.iter().any(|(key, _)| key.as_text().is_none()) {
            return Type::Map(Box::new(Type::Dynamic));
        }
        let fields = pairs.iter().map(|(key, value)| Field {
            name: key.as_text().unwrap_or_default().into(),
            of: self.of(value, scope),
            is_optional: false,
        });
        let mut fields: Vec<Field> = fields.collect();
        fields.sort_by(|a, b| a.name.cmp(&b.name));
        Type::Object(fields)
    }

    /// Arguments that are `null` count for nothing, and of nothing else the result is `null`: only what is said outright is sure to be in it.
    fn of_merge<'b>(&self, arguments: &'b [Expression], scope: &mut Scope<'b>) -> Type {
        let is_literal = |argument: &Expression| matches!(argument, Expression::Object(_));
        if !arguments.iter().any(is_literal) {
            return Type::Dynamic;
        }
        let mut merged: BTreeMap<Box<str>, Field> = BTreeMap::new();
        for argument in arguments {
            match self.of(argument, scope) {
                Type::Object(fields) if is_literal(argument) => {
                    merged.extend(fields.into_iter().map(|field| (field.name.clone(), field)));
                }
                _ => return Type::Map(Box::new(Type::Dynamic)),
            }
        }
        Type::Object(merged.into_values().collect())
    }

    fn of_call(&self, name: &str) -> Type {
        match name.split("::").collect::<Vec<_>>()[..] {
            ["provider", provider, function] => match self.providers.function(provider, function) {
                Ok(Some(function)) => function.result,
                _ => Type::Dynamic,
            },
            _ => functions::result(name),
        }
    }

    /// Says why a value cannot be given where a type is expected; nothing where it can, or nobody knows.
    pub(super) fn unfit<'b>(&self, value: &'b Expression, wanted: &Type, scope: &mut Scope<'b>) -> Option<String> {
        match (value, wanted) {
            (Expression::Null, _) | (_, Type::Dynamic) => None,
            (Expression::Text(text), Type::Number) => (!convert::is_number(text)).then(|| "a number is required".to_owned()),
            (Expression::Text(text), Type::Bool) => convert::not_a_bool(text),
            (Expression::List(items), Type::List(of) | Type::Set(of)) => items.iter().enumerate().find_map(|(position, item)| {
                let why = self.unfit(item, of, scope)?;
                Some(format!("element {position}: {why}"))
            }),
            (Expression::Object(pairs), Type::Map(of)) => pairs.iter().find_map(|(key, value)| {
                let why = self.unfit(value, of, scope)?;
                Some(format!("element {}: {why}", quoted(key)))
            }),
            (Expression::Object(pairs), Type::Object(fields)) => self.unfit_object(pairs, fields, scope),
            _ => read::unfit(&self.of(value, scope), wanted),
        }
    }

    fn unfit_object<'b>(&self, pairs: &'b [(Expression, Expression)], fields: &[Field], scope: &mut Scope<'b>) -> Option<String> {
        if pairs.iter().any(|(key, _)| key.as_text().is_none()) {
            return None;
        }
        let given = |field: &Field| pairs.iter().find(|(key, _)| key.as_text() == Some(&*field.name));
        let missing: Vec<String> = fields
            .iter()
            .filter(|field| !field.is_optional && given(field).is_none())
            .map(|field| format!("\"{}\"", field.name))
            .collect();
        match &missing[..] {
            [] => fields.iter().find_map(|field| {
                let (_, value) = given(field)?;
                let why = self.unfit(value, &field.of, scope)?;
                Some(format!("attribute \"{}\": {why}", field.name))
            }),
            [one] => Some(format!("attribute {one} is required")),
            [first, second] => Some(format!("attributes {first} and {second} are required")),
            [others @ .., last] => Some(format!("attributes {}, and {last} are required", others.join(", "))),
        }
    }
}

/// Returns the collection that the instances of a declaration make; nothing where there is but one.
fn instances(node: &Declaration) -> Option<fn(Box<Type>) -> Type> {
    let is_set = |name| node.meta.argument(name).is_some_and(|value| *value != Expression::Null);
    match (is_set("count"), is_set("for_each")) {
        (true, _) => Some(Type::List),
        (_, true) => Some(Type::Map),
        _ => None,
    }
}

/// Returns what is sure of a value that is of one of two types, and what they are converted to.
fn either(a: Type, b: Type) -> Type {
    use Type::{Bool, Dynamic, List, Map, Number, Object, Set, String, Tuple};
    match (a, b) {
        (a, b) if a == b => a,
        (Map(_) | Object(_), Map(_) | Object(_)) => Map(Box::new(Dynamic)),
        (List(_) | Set(_) | Tuple(_), List(_) | Set(_) | Tuple(_)) => List(Box::new(Dynamic)),
        (String, Number | Bool) | (Number | Bool, String) => String,
        _ => Dynamic,
    }
}

/// Returns the type of what a splat makes of each item.
pub(super) fn projected(item: &Type, projection: &Expression) -> Option<Type> {
    let read = Read::of(projection)?;
    (read.root == Root::Word("*")).then(|| read::through_type(item, &read.steps).ok())?
}

fn quoted(key: &Expression) -> String {
    key.as_text().map_or_else(|| "of a computed key".to_owned(), |key| format!("\"{key}\""))
}

impl Typing<'_> {
    /// Returns what is declared at an address.
    pub(super) fn declared(&self, address: &Address) -> Option<&Declaration> {
        self.graph.position(address).map(|position| &self.graph.nodes[position])
    }
}
