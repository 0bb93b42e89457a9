//! Aspects: what a program does to everything under a scope, before it is declared.

use super::after::After;
use super::body::Body;
use super::builder::Pending;
use super::lifecycle::Lifecycle;
use super::stack::Stack;
use crate::complaint::complain;
use crate::expr::{Any, IntoArgument, IntoExpr, Value};
use crate::token::{Token, Tokens, subtree};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::panic::Location;
use std::rc::Rc;

type Place = &'static Location<'static>;

struct Aspect {
    stack: u32,
    scope: Vec<String>,
    place: Place,
    visit: Box<dyn Fn(&mut Declared<'_>)>,
    /// What an aspect declares itself, it does not visit: it would never end.
    is_running: Cell<bool>,
}

#[derive(Default)]
struct Registry {
    aspects: Vec<Rc<Aspect>>,
    /// The first declaration of each stack and scope: an aspect that comes later would miss it.
    declared: HashMap<u32, HashMap<Vec<String>, Place>>,
}

thread_local! {
    static REGISTRY: RefCell<Registry> = RefCell::new(Registry::default());
}

/// Forgets the aspects of whatever ran on this thread before.
pub(crate) fn reset() {
    REGISTRY.take();
}

impl Stack {
    /// Visits everything that is declared under this scope from now on, that of components and of scopes inside it too, before it is sent. The
    /// closure may read, change or refuse it: see [`Declared`].
    ///
    /// Aspects of outer scopes come first, those of one scope in the order in which they were added; each sees what earlier ones changed. One
    /// that is added after something was declared under its scope is an error of the run, since it would miss that.
    ///
    /// ```
    /// use tapwasm_guest::{Result, Stack};
    ///
    /// fn build() -> Result {
    ///     let stack = Stack::new("shop");
    ///     stack.visit(|declared| {
    ///         if declared.kind() == "resource" && declared.type_name().starts_with("aws_") {
    ///             declared.add_entries("tags", [("Team", "shop")]);
    ///         }
    ///         if declared.type_name() == "aws_ebs_volume" && declared.argument("encrypted").is_none() {
    ///             declared.refuse("a volume must be encrypted");
    ///         }
    ///     });
    ///     stack.resource("aws_sqs_queue", "jobs").set("name", "jobs").declare();
    ///     Ok(())
    /// }
    /// # let evaluated = tapwasm_guest::testing::evaluate(build, "{}");
    /// # assert_eq!(*evaluated.stack("shop").resource("aws_sqs_queue.jobs").argument("tags").key("Team"), "shop");
    /// ```
    #[track_caller]
    pub fn visit(self, visit: impl Fn(&mut Declared<'_>) + 'static) {
        let (place, scope) = (Location::caller(), self.scope_path());
        let missed = REGISTRY.with_borrow_mut(|registry| {
            let declared = registry.declared.get(&self.index).into_iter().flatten();
            let missed = declared.filter(|(path, _)| path.starts_with(&scope)).map(|(_, place)| *place);
            let missed = missed.min_by_key(|place| (place.file(), place.line(), place.column()));
            let (visit, is_running) = (Box::new(visit), Cell::new(false));
            let inner = registry.aspects.partition_point(|known| known.scope.len() <= scope.len());
            registry.aspects.insert(inner, Rc::new(Aspect { stack: self.index, scope, place, visit, is_running }));
            missed
        });
        if let Some(missed) = missed {
            complain(format!("this aspect comes too late: what is declared at {missed} would be missed"), place);
        }
    }
}

/// Lets the aspects of its scope visit what is about to be declared.
pub(super) fn visit(pending: &mut Pending) {
    let aspects: Vec<Rc<Aspect>> = REGISTRY.with_borrow_mut(|registry| {
        let (stack, scope) = (pending.stack, &pending.request.scope);
        let declared = registry.declared.entry(stack).or_default();
        if !declared.contains_key(scope) {
            declared.insert(scope.clone(), pending.request.place);
        }
        let of_scope = registry.aspects.iter().filter(|aspect| aspect.stack == stack && scope.starts_with(&aspect.scope));
        of_scope.cloned().collect()
    });
    for aspect in aspects {
        if aspect.is_running.replace(true) {
            continue;
        }
        (aspect.visit)(&mut Declared { pending, aspect: aspect.place });
        aspect.is_running.set(false);
    }
}

/// Something that is about to be declared, as an aspect sees it: with what earlier aspects changed.
pub struct Declared<'a> {
    pending: &'a mut Pending,
    aspect: Place,
}

impl Declared<'_> {
    /// Returns the kind of block: `resource`, `data`, `provider`, `output`, …
    pub fn kind(&self) -> &str {
        self.pending.request.kind.as_str()
    }

    /// Returns the provider's type of a resource, a data source or an ephemeral resource; empty for other kinds.
    pub fn type_name(&self) -> &str {
        match &self.pending.request.labels[..] {
            [kind, _] => kind,
            _ => "",
        }
    }

    /// Returns the name that it was declared by, without its scope; empty for kinds that have none.
    pub fn name(&self) -> &str {
        self.pending.request.labels.last().map_or("", String::as_str)
    }

    /// Returns the scope that it is declared in.
    pub fn scope(&self) -> &[String] {
        &self.pending.request.scope
    }

    /// Returns where it is declared.
    pub fn place(&self) -> &'static Location<'static> {
        self.pending.request.place
    }

    /// An argument of the block, or one of Terraform's own such as a module's `source`.
    fn given(&self, name: &str) -> Option<&[Token]> {
        self.pending.body.argument_tokens(name).or_else(|| self.pending.meta.argument_tokens(name))
    }

    /// Returns the value of an argument, if it is set; also of one that is Terraform's own, such as a module's `source`.
    pub fn argument(&self, name: &str) -> Option<Value> {
        let list = self.given(name)?.to_vec();
        Some(Value::from_tokens(Tokens { list, place: self.pending.request.place }))
    }

    /// Returns the literal text of an argument; nothing where it is not set, or is anything else.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.given(name)? {
            [Token::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Returns the literal bool of an argument; nothing where it is not set, or is anything else.
    pub fn bool(&self, name: &str) -> Option<bool> {
        match self.given(name)? {
            [Token::Bool(value)] => Some(*value),
            _ => None,
        }
    }

    /// Returns the literal whole number of an argument; nothing where it is not set, or is anything else.
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.given(name)? {
            [Token::Integer(value)] => Some(*value),
            _ => None,
        }
    }

    /// Returns the names of the arguments that are set.
    pub fn arguments(&self) -> Vec<&str> {
        self.pending.body.argument_names().collect()
    }

    /// Tells whether it has a nested block of a type.
    pub fn has_block(&self, kind: &str) -> bool {
        self.pending.body.n_blocks(kind) + self.pending.meta.n_blocks(kind) > 0
    }

    /// Sets an argument, instead of what it was set to; `None` leaves it as it is.
    #[track_caller]
    pub fn set<M>(&mut self, name: &str, value: impl IntoArgument<Any, M>) {
        let mut new = Body::new();
        new.add(name, value, Location::caller());
        let is_meta = self.pending.body.argument_tokens(name).is_none() && self.pending.meta.argument_tokens(name).is_some();
        if is_meta { self.pending.meta.merge(new) } else { self.pending.body.merge(new) }
    }

    /// Takes an argument away, and tells whether it was there.
    pub fn remove(&mut self, name: &str) -> bool {
        self.pending.body.take_argument(name) || self.pending.meta.take_argument(name)
    }

    /// Adds a nested block.
    pub fn block(&mut self, kind: &str, body: Body) {
        self.pending.body.add_block(kind, &[], body);
    }

    /// Adds entries to an argument that is a map, such as `tags`. What the declaration says itself wins.
    #[track_caller]
    pub fn add_entries<K: AsRef<str>, V: IntoExpr<Any>>(&mut self, name: &str, entries: impl IntoIterator<Item = (K, V)>) {
        self.merge_entries(name, entries, false, Location::caller());
    }

    /// Adds entries to an argument that is a map, instead of those of the same keys.
    #[track_caller]
    pub fn replace_entries<K: AsRef<str>, V: IntoExpr<Any>>(&mut self, name: &str, entries: impl IntoIterator<Item = (K, V)>) {
        self.merge_entries(name, entries, true, Location::caller());
    }

    /// Adds to the block `lifecycle`: what is said here stands instead of what was said before. For resources, data sources and ephemeral ones.
    pub fn lifecycle(&mut self, lifecycle: Lifecycle) {
        let mut merged = self.pending.meta.take_block("lifecycle").unwrap_or_default();
        merged.merge(lifecycle.into_body());
        self.pending.meta.add_block("lifecycle", &[], merged);
    }

    /// Refuses every plan that deletes this.
    pub fn protect(&mut self) {
        self.pending.extra("protect", true);
    }

    /// Makes the run fail because of this, when everything else was found, too. It is declared all the same, so that what refers to it is no
    /// further fault.
    pub fn refuse(&mut self, message: impl Into<String>) {
        self.note("error", message.into());
    }

    /// Warns the user about this.
    pub fn warn(&mut self, message: impl Into<String>) {
        self.note("warning", message.into());
    }

    /// Tells the user something about this.
    pub fn inform(&mut self, message: impl Into<String>) {
        self.note("info", message.into());
    }

    fn note(&mut self, level: &'static str, message: String) {
        let message = format!("{message}\nSaid by the aspect that was added at {}.", self.aspect);
        let note = After::Note(level, message, self.pending.request.place);
        self.pending.after.push(note);
    }

    fn merge_entries<K: AsRef<str>, V: IntoExpr<Any>>(
        &mut self,
        name: &str,
        entries: impl IntoIterator<Item = (K, V)>,
        wins: bool,
        place: Place,
    ) {
        let entries = entries.into_iter().map(|(key, value)| {
            let mut out = Tokens::at(place);
            value.write_owned(&mut out);
            (key.as_ref().to_owned(), out.list)
        });
        let entries: Vec<(String, Vec<Token>)> = entries.collect();
        let known = self.pending.body.argument_tokens(name).unwrap_or(&[Token::Object(0)]);
        let mut out = Tokens::at(place);
        match pairs(known) {
            Some(known) => {
                let (first, second) = if wins { (known, entries) } else { (entries, known) };
                let mut merged = first;
                merged.retain(|(key, _)| !second.iter().any(|(other, _)| other == key));
                merged.extend(second);
                write_object(merged, &mut out);
            }
            // What stands there is known to Terraform alone: of two maps, the later one wins.
            None => {
                out.form("call:merge", 2);
                if wins {
                    out.list.extend_from_slice(known);
                    write_object(entries, &mut out);
                } else {
                    write_object(entries, &mut out);
                    out.list.extend_from_slice(known);
                }
            }
        }
        self.set(name, Value::from_tokens(out));
    }
}

fn write_object(entries: Vec<(String, Vec<Token>)>, out: &mut Tokens) {
    out.object(entries.len());
    for (key, value) in entries {
        out.text(key);
        out.list.extend(value);
    }
}

/// Returns the entries of an object whose keys are literal text.
fn pairs(tokens: &[Token]) -> Option<Vec<(String, Vec<Token>)>> {
    let Some(Token::Object(n)) = tokens.first() else { return None };
    let mut position = 1;
    let pairs = (0..*n).map(|_| {
        let Token::Text(key) = tokens.get(position)? else { return None };
        let length = subtree(tokens, position + 1);
        let value = tokens[position + 1..position + 1 + length].to_vec();
        position += 1 + length;
        Some((key.clone(), value))
    });
    pairs.collect()
}
