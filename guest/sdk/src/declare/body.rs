//! The body of a block: arguments and nested blocks, written as tokens while they are said.

use super::dynamic::LoopVariable;
use crate::complaint::complain;
use crate::expr::{Any, Bool, ForEach, IntoArgument, IntoExpr, Str, Value};
use crate::token::{Token, Tokens};
use crate::typed::{Blocks, Count, IntoBlocks};
use std::ops::RangeInclusive;
use std::panic::Location;

/// Arguments and nested blocks.
///
/// ```
/// # use tapwasm_guest::Body;
/// let rule = Body::new().set("id", "expire").set("status", "Enabled").block("expiration", Body::new().set("days", 31));
/// ```
///
/// An argument is set once: setting it again is an error of the run, with its place, since one of the two values would be lost.
#[must_use = "a body does nothing until it is given to a block"]
#[derive(Clone)]
pub struct Body {
    /// The first token is the number of entries.
    pub(super) tokens: Vec<Token>,
    /// Where the arguments stand.
    pub(super) arguments: Vec<usize>,
}

impl Body {
    /// Starts an empty body.
    pub fn new() -> Body {
        Body { tokens: Vec::new(), arguments: Vec::new() }
    }

    /// Sets an argument; `None` leaves it out.
    #[track_caller]
    pub fn set<M>(mut self, name: &str, value: impl IntoArgument<Any, M>) -> Body {
        self.add(name, value, Location::caller());
        self
    }

    /// Sets an argument whose type is known: what typed bindings are made of.
    #[track_caller]
    pub fn set_typed<T, M>(mut self, name: &str, value: impl IntoArgument<T, M>) -> Body {
        self.add(name, value, Location::caller());
        self
    }

    /// Adds nested blocks whose type is known, as many as `C` says: what typed bindings are made of.
    #[track_caller]
    pub fn set_blocks<B, C: Count>(self, kind: &str, blocks: impl IntoBlocks<B, C>) -> Body {
        self.set_blocks_within(kind, C::MIN..=C::MAX, blocks)
    }

    /// Adds nested blocks whose type is known, as many as a schema says where `C` cannot.
    #[track_caller]
    pub fn set_blocks_within<B, C>(mut self, kind: &str, count: RangeInclusive<usize>, blocks: impl IntoBlocks<B, C>) -> Body {
        self.add_blocks(kind, blocks, count);
        self
    }

    /// Adds a nested block.
    pub fn block(self, kind: &str, body: Body) -> Body {
        self.labels(kind, &[], body)
    }

    /// Adds a nested block for each body.
    pub fn blocks(mut self, kind: &str, bodies: impl IntoIterator<Item = Body>) -> Body {
        for body in bodies {
            self.add_block(kind, &[], body);
        }
        self
    }

    /// Adds a nested block with a label.
    pub fn labelled(self, kind: &str, label: &str, body: Body) -> Body {
        self.labels(kind, &[label], body)
    }

    /// Adds a nested block with any number of labels.
    pub fn labels(mut self, kind: &str, labels: &[&str], body: Body) -> Body {
        self.add_block(kind, labels, body);
        self
    }

    /// Adds as many nested blocks as a collection has items that is not known while the program runs (`dynamic`). The closure receives key
    /// and value of an item, which a block in the block can read too, whatever its type. Over a known collection, [`blocks`](Body::blocks) is
    /// simpler.
    #[track_caller]
    pub fn dynamic(mut self, kind: &str, items: impl IntoExpr<Any>, body: impl FnOnce(Value, Value) -> Body) -> Body {
        self.add_dynamic(kind, items, body, Location::caller());
        self
    }

    pub(crate) fn add<T, M>(&mut self, name: &str, value: impl IntoArgument<T, M>, place: &'static Location<'static>) {
        let start = self.tokens.len();
        self.open();
        let mut out = Tokens { list: std::mem::take(&mut self.tokens), place };
        let position = out.list.len();
        out.list.push(Token::Argument(name.to_owned()));
        let given = value.write_owned_argument(&mut out);
        self.tokens = out.list;
        if !given {
            self.tokens.truncate(start);
            return;
        }
        if self.has(name) {
            complain(format!("the argument `{name}` is set twice: one of the two values would be lost"), place);
            self.tokens.truncate(start);
            return;
        }
        self.arguments.push(position);
        self.count_entry();
    }

    pub(crate) fn add_block(&mut self, kind: &str, labels: &[&str], body: Body) {
        self.open();
        self.tokens.push(Token::Block((kind.to_owned(), labels.len() as u32)));
        self.tokens.extend(labels.iter().map(|label| Token::Text((*label).to_owned())));
        self.tokens.extend(body.into_tokens());
        self.count_entry();
    }

    pub(crate) fn add_dynamic(
        &mut self,
        kind: &str,
        items: impl IntoExpr<Any>,
        body: impl FnOnce(Value, Value) -> Body,
        place: &'static Location<'static>,
    ) {
        let mut dynamic = Body::new();
        dynamic.add::<Any, _>("for_each", items, place);
        let variable = LoopVariable::open(kind);
        if !variable.is_default {
            dynamic.add::<Any, _>("iterator", variable.name(), place);
        }
        dynamic.add_block("content", &[], body(variable.part("key", place), variable.part("value", place)));
        self.add_block("dynamic", &[kind], dynamic);
    }

    #[track_caller]
    pub(crate) fn add_blocks<B, C>(&mut self, kind: &str, blocks: impl IntoBlocks<B, C>, count: RangeInclusive<usize>) {
        let mut added = Blocks::new(self, kind);
        blocks.add_to(&mut added);
        added.check(count, Location::caller());
    }

    pub(crate) fn add_for_each(&mut self, items: impl IntoExpr<ForEach>, place: &'static Location<'static>) {
        self.add::<ForEach, _>("for_each", items, place);
    }

    /// The body of a block that states a condition.
    pub(super) fn condition(
        condition: impl IntoExpr<Bool>,
        error_message: impl IntoExpr<Str>,
        place: &'static Location<'static>,
    ) -> Body {
        let mut body = Body::new();
        body.add::<Bool, _>("condition", condition, place);
        body.add::<Str, _>("error_message", error_message, place);
        body
    }

    /// Adds what stands in another body.
    pub(super) fn append(&mut self, other: Body, place: &'static Location<'static>) {
        let twice = other.argument_names().find(|name| self.has(name));
        if let Some(name) = twice {
            return complain(format!("the argument `{name}` is set twice: one of the two values would be lost"), place);
        }
        let mut entries = other.tokens.into_iter();
        let Some(Token::Body(added)) = entries.next() else { return };
        self.open();
        // The number of entries comes first in both.
        let shift = self.tokens.len() - 1;
        self.arguments.extend(other.arguments.iter().map(|position| position + shift));
        self.tokens.extend(entries);
        if let Some(Token::Body(count)) = self.tokens.first_mut() {
            *count += added;
        }
    }

    /// Returns the same as an object, for a place where Terraform has an attribute instead of a block.
    pub(super) fn into_object(self, place: &'static Location<'static>) -> Value {
        Value::written(place, |out| {
            out.list.extend(self.into_tokens().into_iter().map(|token| match token {
                Token::Body(entries) => Token::Object(entries),
                Token::Argument(name) | Token::Block((name, _)) => Token::Text(name),
                other => other,
            }));
        })
    }

    /// Writes the arguments as an object; those of `every` that are not set are null.
    pub(crate) fn write_object(&self, every: &[&str], out: &mut Tokens) {
        let unset: Vec<&str> = every.iter().copied().filter(|name| !self.has(name)).collect();
        out.object(self.arguments.len() + unset.len());
        out.list.extend(self.tokens.iter().skip(1).map(|token| match token {
            Token::Argument(name) => Token::Text(name.clone()),
            other => other.clone(),
        }));
        for name in unset {
            out.text(name);
            out.null();
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Returns the tokens; an empty body is a body all the same.
    pub(crate) fn into_tokens(mut self) -> Vec<Token> {
        self.open();
        self.tokens
    }

    fn has(&self, name: &str) -> bool {
        self.argument_names().any(|known| known == name)
    }

    pub(super) fn argument_names(&self) -> impl Iterator<Item = &str> {
        self.arguments.iter().filter_map(|position| match &self.tokens[*position] {
            Token::Argument(name) => Some(name.as_str()),
            _ => None,
        })
    }

    fn open(&mut self) {
        if self.tokens.is_empty() {
            self.tokens.push(Token::Body(0));
        }
    }

    fn count_entry(&mut self) {
        if let Some(Token::Body(entries)) = self.tokens.first_mut() {
            *entries += 1;
        }
    }
}

impl Default for Body {
    fn default() -> Body {
        Body::new()
    }
}
