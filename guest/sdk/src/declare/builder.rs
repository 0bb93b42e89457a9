//! The builder of every block: what all kinds have in common. What only some have stands with their kinds.

use super::after::After;
use super::aspect;
use super::blocks::Declares;
use super::body::Body;
use super::handle::{Dependency, Id};
use crate::backend::{Declare, Kind, Request};
use crate::complaint::complain;
use crate::expr::{Any, IntoArgument, IntoExpr, Value};
use crate::token::Tokens;
use crate::typed::{Count, IntoBlocks};
use std::marker::PhantomData;
use std::ops::RangeInclusive;
use std::panic::Location;

/// A block that is being said. `B` is its kind: see [`blocks`](crate::blocks).
///
/// A builder that is dropped undeclared is an error of the run, with its place; so is an argument that is set twice.
#[must_use = "nothing is declared until `.declare()`"]
pub struct Builder<B> {
    /// `None` once it is declared.
    pending: Option<Box<Pending>>,
    kind: PhantomData<B>,
}

pub(super) struct Pending {
    pub(super) stack: u32,
    declare: Declare,
    pub(super) request: Request,
    pub(super) body: Body,
    pub(super) meta: Body,
    /// What goes into one block, wherever it is said.
    pub(super) lifecycle: Body,
    pub(super) dependencies: Vec<Dependency>,
    pub(super) former_addresses: Vec<String>,
    /// What is said about it as soon as it has an id.
    pub(super) after: Vec<After>,
}

impl<B> Builder<B> {
    pub(super) fn new(stack: u32, declare: Declare, request: Request) -> Builder<B> {
        let pending = Pending {
            stack,
            declare,
            request,
            body: Body::new(),
            meta: Body::new(),
            lifecycle: Body::new(),
            dependencies: Vec::new(),
            former_addresses: Vec::new(),
            after: Vec::new(),
        };
        Builder { pending: Some(Box::new(pending)), kind: PhantomData }
    }

    /// Sets an argument; `None` leaves it out.
    #[track_caller]
    pub fn set<M>(self, name: &str, value: impl IntoArgument<Any, M>) -> Self {
        self.set_typed::<Any, M>(name, value)
    }

    /// Sets an argument whose type is known: what typed bindings are made of.
    #[track_caller]
    pub fn set_typed<T, M>(self, name: &str, value: impl IntoArgument<T, M>) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add(name, value, place))
    }

    /// Adds nested blocks whose type is known, as many as `C` says: what typed bindings are made of.
    #[track_caller]
    pub fn set_blocks<T, C: Count>(self, kind: &str, blocks: impl IntoBlocks<T, C>) -> Self {
        self.set_blocks_within(kind, C::MIN..=C::MAX, blocks)
    }

    /// Adds nested blocks whose type is known, as many as a schema says where `C` cannot.
    #[track_caller]
    pub fn set_blocks_within<T, C>(mut self, kind: &str, count: RangeInclusive<usize>, blocks: impl IntoBlocks<T, C>) -> Self {
        // No closure: the place must be the caller's.
        if let Some(pending) = &mut self.pending {
            pending.body.add_blocks(kind, blocks, count);
        }
        self
    }

    /// Adds a nested block.
    pub fn block(self, kind: &str, body: Body) -> Self {
        self.with(|pending| pending.body.add_block(kind, &[], body))
    }

    /// Adds a nested block for each body.
    pub fn blocks(self, kind: &str, bodies: impl IntoIterator<Item = Body>) -> Self {
        self.with(|pending| bodies.into_iter().for_each(|body| pending.body.add_block(kind, &[], body)))
    }

    /// Adds a nested block with a label.
    pub fn labelled(self, kind: &str, label: &str, body: Body) -> Self {
        self.with(|pending| pending.body.add_block(kind, &[label], body))
    }

    /// Adds a nested block with any number of labels.
    pub fn labels(self, kind: &str, labels: &[&str], body: Body) -> Self {
        self.with(|pending| pending.body.add_block(kind, labels, body))
    }

    /// Adds nested blocks as [`Body::dynamic`] does.
    #[track_caller]
    pub fn dynamic(self, kind: &str, items: impl IntoExpr<Any>, body: impl FnOnce(Value, Value) -> Body) -> Self {
        let place = Location::caller();
        self.with(|pending| pending.body.add_dynamic(kind, items, body, place))
    }

    pub(super) fn flag(self, name: &str, yes: bool, place: &'static Location<'static>) -> Self {
        self.with(|pending| pending.body.add::<Any, _>(name, yes, place))
    }

    pub(super) fn with(mut self, change: impl FnOnce(&mut Pending)) -> Self {
        if let Some(pending) = &mut self.pending {
            change(pending);
        }
        self
    }

    /// The same builder, of another kind.
    pub(super) fn retyped<C>(mut self) -> Builder<C> {
        Builder { pending: self.pending.take(), kind: PhantomData }
    }

    pub(super) fn finish(mut self) -> Id {
        let Some(mut pending) = self.pending.take() else { return Id::REFUSED };
        // What an aspect sees is what is sent.
        if !pending.lifecycle.is_empty() {
            let lifecycle = std::mem::take(&mut pending.lifecycle);
            pending.meta.add_block("lifecycle", &[], lifecycle);
        }
        aspect::visit(&mut pending);
        let Pending { stack, declare, mut request, mut body, mut meta, lifecycle: _, dependencies, former_addresses, after } =
            *pending;
        let place = request.place;
        if !dependencies.is_empty() {
            let list: Vec<Dependency> = dependencies.into_iter().filter(|dependency| dependency.0 != Id::REFUSED).collect();
            // An output's arguments are Terraform's own: it has no meta.
            let holder = if request.kind == Kind::Output { &mut body } else { &mut meta };
            holder.add::<Any, _>("depends_on", list, place);
        }
        if !former_addresses.is_empty() {
            add_extra(&mut request, "alias", former_addresses);
        }
        request.body = body.into_tokens();
        if !meta.is_empty() {
            request.meta = meta.into_tokens();
        }
        let id = declare(stack, request);
        after.into_iter().for_each(|what| what.say(stack, id));
        id
    }
}

impl<B> Builder<B> {
    /// Declares the block and gives its handle.
    pub fn declare(self) -> B::Handle
    where
        B: Declares,
    {
        self.finish().into()
    }
}

impl From<Id> for () {
    fn from(_: Id) {}
}

impl Pending {
    pub(super) fn extra(&mut self, name: &str, value: impl IntoExpr<Any>) {
        add_extra(&mut self.request, name, value);
    }
}

fn add_extra(request: &mut Request, name: &str, value: impl IntoExpr<Any>) {
    let mut out = Tokens::at(request.place);
    value.write_owned(&mut out);
    request.extras.retain(|(known, _)| known != name);
    request.extras.push((name.to_owned(), out.list));
}

impl<B> Drop for Builder<B> {
    fn drop(&mut self) {
        let Some(pending) = self.pending.take() else { return };
        // Collected, not a panic: an early `?` drops builders too, and its error is the one to show.
        let labels = pending.request.labels.join(".");
        let kind = pending.request.kind.as_str();
        complain(format!("{kind} `{labels}` is never declared: `.declare()` is missing"), pending.request.place);
    }
}
