//! How two declarations differ: by argument, nested block and path into values.

use super::document;
use crate::graph::{Doubt, Sameness, SetPaths, compare};
use crate::model::{Block, Body, Declaration, Expression, Masked};
use crate::state::Entry;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem::discriminant;
use unicode_normalization::UnicodeNormalization;

/// One place in which two declarations differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference<'a> {
    /// Which part of the declaration.
    pub part: Part,
    /// The way to it from the declaration's body.
    pub path: Vec<Step>,
    /// What was there; nothing for what is added.
    pub before: Option<Side<'a>>,
    /// What is there; nothing for what is removed.
    pub after: Option<Side<'a>>,
    /// Where both hold the same items in another order, and nobody knows whether that means anything: for each item, where it stood before. Then
    /// there are no sides.
    pub order: Option<Vec<usize>>,
}

/// One place of which nobody can tell whether it differs: a masked secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncertain {
    /// Which part of the declaration.
    pub part: Part,
    /// The way to it from the declaration's body.
    pub path: Vec<Step>,
    /// Why.
    pub doubt: Doubt,
}

/// What the order of items in a body means.
#[derive(Clone, Copy, Debug)]
pub(super) enum Order<'s> {
    /// There is one everywhere.
    Everywhere,
    /// There is none in these sets.
    ButIn(&'s SetPaths),
    /// No schema tells.
    Unknown,
}

/// How two declarations differ.
#[derive(Debug, Default)]
pub(super) struct Differences<'a> {
    /// Where they do.
    pub(super) certain: Vec<Difference<'a>>,
    /// Where they may.
    pub(super) uncertain: Vec<Uncertain>,
}

/// The parts of a declaration: their arguments may have the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The block's own arguments and nested blocks.
    Body,
    /// Meta-arguments and meta-blocks.
    Meta,
    /// What is said to tapwasm and never emitted: whether it is protected.
    Host,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// An argument, a block's type, a key.
    Name(Box<str>),
    /// An item of a list, or one of several blocks of a type; counted from 0 in what is declared now, of what is removed in what was.
    Index(usize),
}

/// What stands on one side of a difference.
#[derive(Clone, Debug, PartialEq)]
pub enum Side<'a> {
    /// A value. Owned where it was inside text.
    Value(Cow<'a, Expression>),
    /// A nested block.
    Block(&'a Block),
}

/// Beyond so many pairs of items lists are compared by position: aligning them would take long and help nobody.
const MOST_ALIGNED_PAIRS: usize = 250_000;

/// Returns how two declarations differ: first the body, then the rest, each in the order of paths. `order` is that of the body.
pub(super) fn differences<'a>(before: &'a Entry, after: &'a Declaration, order: Order<'_>) -> Differences<'a> {
    let is_masked = after.body.holds_mask();
    let mut context = Context { order, is_masked, ..Context::of(Part::Body) };
    context.bodies(&before.body, &after.body);
    (context.part, context.order, context.is_masked) = (Part::Meta, Order::Everywhere, false);
    context.bodies(&before.meta, &after.meta);
    if before.protect != after.protect {
        context.part = Part::Host;
        let side = |protect| Some(Side::Value(Cow::Owned(Expression::Bool(protect))));
        context.at(Step::Name("protect".into()), |context| context.add(side(before.protect), side(after.protect)));
    }
    context.found
}

/// Returns a number that equal bodies share.
pub(super) fn fingerprint(body: &Body) -> u64 {
    let mut state = DefaultHasher::new();
    hash_body(body, ItemOrder::Counts, &mut state);
    state.finish()
}

struct Context<'a, 's> {
    part: Part,
    path: Vec<Step>,
    order: Order<'s>,
    /// Whether anything is masked: what is equal may still be uncertain then.
    is_masked: bool,
    found: Differences<'a>,
}

impl Context<'_, '_> {
    fn of(part: Part) -> Context<'static, 'static> {
        Context { part, path: Vec::new(), order: Order::Everywhere, is_masked: false, found: Differences::default() }
    }
}

impl<'a> Context<'a, '_> {
    fn add(&mut self, before: Option<Side<'a>>, after: Option<Side<'a>>) {
        self.found.certain.push(Difference { part: self.part, path: self.path.clone(), before, after, order: None });
    }

    fn add_order(&mut self, order: Vec<usize>) {
        let path = self.path.clone();
        self.found.certain.push(Difference { part: self.part, path, before: None, after: None, order: Some(order) });
    }

    fn at(&mut self, step: Step, compare: impl FnOnce(&mut Self)) {
        self.path.push(step);
        compare(self);
        self.path.pop();
    }

    fn bodies(&mut self, before: &'a Body, after: &'a Body) {
        if before == after && !self.is_masked {
            return;
        }
        let arguments = |body: &'a Body| body.arguments.iter().map(|(name, value)| (name.as_ref(), value)).collect();
        self.named(arguments(before), arguments(after));
        let mut types: Vec<&str> = before.blocks.iter().chain(&after.blocks).map(|block| block.name.as_ref()).collect();
        types.sort_unstable();
        types.dedup();
        for name in types {
            let old: Vec<&Block> = before.blocks.iter().filter(|block| block.name.as_ref() == name).collect();
            let new: Vec<&Block> = after.blocks.iter().filter(|block| block.name.as_ref() == name).collect();
            let single = old.len() <= 1 && new.len() <= 1;
            self.at(Step::Name(name.into()), |context| context.blocks(&old, &new, single));
        }
    }

    fn named(&mut self, before: BTreeMap<&str, &'a Expression>, after: BTreeMap<&str, &'a Expression>) {
        let mut names: Vec<&str> = before.keys().chain(after.keys()).copied().collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            self.at(Step::Name(name.into()), |context| match (before.get(name), after.get(name)) {
                (Some(old), Some(new)) => context.values(old, new),
                (old, new) => context.add(old.map(|value| side(value)), new.map(|value| side(value))),
            });
        }
    }

    fn blocks(&mut self, before: &[&'a Block], after: &[&'a Block], single: bool) {
        let hash = |block: &&Block, order| hash_of(|state| hash_block(block, order, state));
        let is_same = |old: &&'a Block, new: &&'a Block| self.finds_nothing(|inner| inner.bodies(&old.body, &new.body));
        let pairs = self.pairs(before, after, &hash, &is_same);
        self.each(&pairs, |context, (old, new)| {
            let (old_block, new_block) = (old.map(|index| before[index]), new.map(|index| after[index]));
            let compare = |context: &mut Self| match (old_block, new_block) {
                (Some(old), Some(new)) if old.labels == new.labels => context.bodies(&old.body, &new.body),
                (old, new) => context.add(old.map(Side::Block), new.map(Side::Block)),
            };
            match new.or(old) {
                Some(index) if !single => context.at(Step::Index(index), compare),
                _ => compare(context),
            }
        });
    }

    fn values(&mut self, before: &'a Expression, after: &'a Expression) {
        if before == after && !(self.is_masked && before.holds_mask()) {
            return;
        }
        match (before, after) {
            (Expression::Masked(old), Expression::Masked(new)) => self.masks(old, new, before, after),
            (Expression::Text(old), Expression::Text(new)) if is_same_text(old, new) => {}
            (Expression::List(old), Expression::List(new)) => self.lists(old, new),
            (Expression::Object(old), Expression::Object(new)) => match (plain(old), plain(new)) {
                (Some(old), Some(new)) => self.named(old, new),
                _ => self.add(Some(side(before)), Some(side(after))),
            },
            _ => match (document::of(before), document::of(after)) {
                (Some(old), Some(new)) => self.documents(old, new),
                _ => self.others(before, after),
            },
        }
    }

    fn masks(&mut self, old: &Masked, new: &Masked, before: &'a Expression, after: &'a Expression) {
        match compare(old, new) {
            Sameness::Same => {}
            Sameness::Changed => self.add(Some(side(before)), Some(side(after))),
            Sameness::Unknown(doubt) => {
                self.found.uncertain.push(Uncertain { part: self.part, path: self.path.clone(), doubt });
            }
        }
    }

    /// Returns which items to compare: by their order, or of a set those that are the same.
    fn pairs<T>(
        &self,
        before: &[T],
        after: &[T],
        hash: &dyn Fn(&T, ItemOrder) -> u64,
        is_same: &dyn Fn(&T, &T) -> bool,
    ) -> Pairs {
        let hashes = |items: &[T], order| -> Vec<u64> { items.iter().map(|item| hash(item, order)).collect() };
        let (old, new) = (hashes(before, ItemOrder::Counts), hashes(after, ItemOrder::Counts));
        let names = self.path.iter().filter_map(|step| match step {
            Step::Name(name) => Some(&**name),
            Step::Index(_) => None,
        });
        match self.order {
            Order::ButIn(sets) if sets.has(names) => {
                let ignored = ItemOrder::Ignored;
                let loose = || (hashes(before, ignored), hashes(after, ignored));
                let mut of = matched(&old, &new, loose);
                if self.is_masked {
                    settle(&mut of, &old, |old, new| is_same(&before[old], &after[new]));
                }
                Pairs { of, is_reordered: false }
            }
            Order::Unknown if is_other_order(&old, &new) => {
                Pairs { of: matched(&old, &new, || (Vec::new(), Vec::new())), is_reordered: true }
            }
            _ => Pairs { of: aligned(&old, &new), is_reordered: false },
        }
    }

    /// Tells whether a comparison finds no difference.
    fn finds_nothing(&self, compare: impl FnOnce(&mut Self)) -> bool {
        let (part, path) = (self.part, self.path.clone());
        let mut inner = Context { part, path, order: self.order, is_masked: self.is_masked, found: Differences::default() };
        compare(&mut inner);
        inner.found.certain.is_empty()
    }

    /// Compares pairs. Items in another order, of which nobody knows whether it means anything, are one difference.
    fn each(&mut self, pairs: &Pairs, mut compare: impl FnMut(&mut Self, (Option<usize>, Option<usize>))) {
        if pairs.is_reordered {
            self.add_order(pairs.of.iter().filter_map(|(old, _)| *old).collect());
        }
        pairs.of.iter().for_each(|pair| compare(self, *pair));
    }

    fn lists(&mut self, before: &'a [Expression], after: &'a [Expression]) {
        let hash = |item: &&Expression, order| hash_of(|state| hash_expression(item, order, state));
        let is_same = |old: &&'a Expression, new: &&'a Expression| self.finds_nothing(|inner| inner.values(old, new));
        let (before, after): (Vec<&Expression>, Vec<&Expression>) = (before.iter().collect(), after.iter().collect());
        let pairs = self.pairs(&before, &after, &hash, &is_same);
        self.each(&pairs, |context, (old, new)| {
            let Some(index) = new.or(old) else { return };
            context.at(Step::Index(index), |context| match (old, new) {
                (Some(old), Some(new)) => context.values(before[old], after[new]),
                (old, new) => context.add(old.map(|index| side(before[index])), new.map(|index| side(after[index]))),
            });
        });
    }

    /// Compares what two texts or calls of `jsonencode` say. What was parsed out of text is owned by the differences.
    fn documents(&mut self, before: Cow<'a, Expression>, after: Cow<'a, Expression>) {
        if let (Cow::Borrowed(old), Cow::Borrowed(new)) = (&before, &after) {
            // In a document lists have an order.
            let order = std::mem::replace(&mut self.order, Order::Everywhere);
            self.values(old, new);
            self.order = order;
            return;
        }
        let mut context = Context { path: self.path.clone(), ..Context::of(self.part) };
        context.values(&before, &after);
        let found = context.found.certain.into_iter().map(|difference| Difference {
            before: difference.before.map(Side::into_owned_value),
            after: difference.after.map(Side::into_owned_value),
            ..difference
        });
        self.found.certain.extend(found);
    }

    /// Two expressions that differ are shown whole, unless they differ only in what means nothing, like the order of an object's keys.
    fn others(&mut self, before: &'a Expression, after: &'a Expression) {
        let (mut old, mut new) = (Vec::new(), Vec::new());
        before.each_child(&mut |child| old.push(child));
        after.each_child(&mut |child| new.push(child));
        let mut inner = Context { path: self.path.clone(), is_masked: self.is_masked, ..Context::of(self.part) };
        let same = !old.is_empty() && old.len() == new.len() && head(before) == head(after) && {
            old.iter().zip(&new).for_each(|(old, new)| inner.values(old, new));
            inner.found.certain.is_empty()
        };
        if same {
            self.found.uncertain.append(&mut inner.found.uncertain);
        } else {
            self.add(Some(side(before)), Some(side(after)));
        }
    }
}

impl Side<'_> {
    /// Values inside documents hold no blocks, so what is borrowed here is always a value.
    pub(super) fn into_owned_value(self) -> Side<'static> {
        match self {
            Side::Value(value) => Side::Value(Cow::Owned(value.into_owned())),
            Side::Block(_) => Side::Value(Cow::Owned(Expression::Null)),
        }
    }
}

fn side(value: &Expression) -> Side<'_> {
    Side::Value(Cow::Borrowed(value))
}

pub(super) fn is_same_text(a: &str, b: &str) -> bool {
    a == b || (!a.is_ascii() || !b.is_ascii()) && a.nfc().eq(b.nfc())
}

/// Returns an object by its keys, if none is computed and each is there once.
pub(super) fn plain(pairs: &[(Expression, Expression)]) -> Option<BTreeMap<&str, &Expression>> {
    let mut map = BTreeMap::new();
    for (key, value) in pairs {
        if map.insert(key.as_text()?, value).is_some() {
            return None;
        }
    }
    Some(map)
}

/// Returns pairs of positions to compare, in order: equal items in place, and between them changed ones by position.
pub(super) fn aligned(before: &[u64], after: &[u64]) -> Vec<(Option<usize>, Option<usize>)> {
    let start = before.iter().zip(after).take_while(|(old, new)| old == new).count();
    let (old, new) = (&before[start..], &after[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    let ops = if old.len() == new.len() || old.len().saturating_mul(new.len()) > MOST_ALIGNED_PAIRS {
        vec![DiffOp::Replace { old_index: 0, old_len: old.len(), new_index: 0, new_len: new.len() }]
    } else {
        capture_diff_slices(Algorithm::Myers, old, new)
    };
    let mut pairs: Vec<_> = (0..start).map(|index| (Some(index), Some(index))).collect();
    for op in ops {
        let (old, new) = (op.old_range(), op.new_range());
        for offset in 0..old.len().max(new.len()) {
            let old = (offset < old.len()).then(|| start + old.start + offset);
            let new = (offset < new.len()).then(|| start + new.start + offset);
            pairs.push((old, new));
        }
    }
    // Items of equal hash are compared as well: hashes may collide.
    pairs.extend((0..end).map(|offset| (Some(before.len() - end + offset), Some(after.len() - end + offset))));
    pairs
}

/// Pairs of positions to compare: before and after.
struct Pairs {
    of: Vec<(Option<usize>, Option<usize>)>,
    is_reordered: bool,
}

fn is_other_order(before: &[u64], after: &[u64]) -> bool {
    let sorted = |hashes: &[u64]| {
        let mut hashes = hashes.to_vec();
        hashes.sort_unstable();
        hashes
    };
    before.len() == after.len() && before != after && sorted(before) == sorted(after)
}

/// Returns pairs of positions to compare in a set: equal items wherever they stand, then those that differ in the order of what is in them
/// (`loose` are their hashes), what is gone, and what is new. One of each is a change.
fn matched(before: &[u64], after: &[u64], loose: impl FnOnce() -> (Vec<u64>, Vec<u64>)) -> Vec<(Option<usize>, Option<usize>)> {
    let mut unmatched: HashMap<u64, VecDeque<usize>> = HashMap::new();
    before.iter().enumerate().for_each(|(position, hash)| unmatched.entry(*hash).or_default().push_back(position));
    let take = |(position, hash): (usize, &u64)| (unmatched.get_mut(hash).and_then(VecDeque::pop_front), Some(position));
    let mut pairs: Vec<(Option<usize>, Option<usize>)> = after.iter().enumerate().map(take).collect();
    let mut gone: Vec<usize> = unmatched.into_values().flatten().collect();
    gone.sort_unstable();
    if !gone.is_empty() && pairs.iter().any(|(old, _)| old.is_none()) {
        let (old, new) = loose();
        for (before, after) in pairs.iter_mut().filter(|(before, _)| before.is_none()) {
            let same = gone.iter().position(|position| after.is_some_and(|after| old.get(*position) == new.get(after)));
            *before = same.map(|same| gone.remove(same));
        }
    }
    let mut new = pairs.iter_mut().filter(|(old, _)| old.is_none());
    if let ([only], Some(pair), None) = (&gone[..], new.next(), new.next()) {
        pair.0 = Some(*only);
        return pairs;
    }
    pairs.extend(gone.into_iter().map(|position| (Some(position), None)));
    pairs
}

/// Gives items of one hash other partners, where these are the same: masked secrets have one hash, whatever they are.
fn settle(pairs: &mut [(Option<usize>, Option<usize>)], hashes: &[u64], is_same: impl Fn(usize, usize) -> bool) {
    for first in 0..pairs.len() {
        let (Some(old), Some(new)) = pairs[first] else { continue };
        if is_same(old, new) {
            continue;
        }
        let better = (0..pairs.len()).find(|other| match pairs[*other] {
            (Some(old_there), Some(new_there)) => {
                hashes[old_there] == hashes[old] && is_same(old_there, new) && !is_same(old_there, new_there)
            }
            _ => false,
        });
        if let Some(other) = better {
            (pairs[first].0, pairs[other].0) = (pairs[other].0, pairs[first].0);
        }
    }
}

/// Whether the order of items counts in a hash.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ItemOrder {
    Counts,
    Ignored,
}

impl ItemOrder {
    /// Hashes the hashes of items.
    fn hash(self, items: impl Iterator<Item = u64>, state: &mut DefaultHasher) {
        match self {
            ItemOrder::Counts => items.for_each(|item| item.hash(state)),
            ItemOrder::Ignored => items.fold(0, u64::wrapping_add).hash(state),
        }
    }
}

fn hash_of(hash: impl FnOnce(&mut DefaultHasher)) -> u64 {
    let mut state = DefaultHasher::new();
    hash(&mut state);
    state.finish()
}

fn hash_body(body: &Body, order: ItemOrder, state: &mut DefaultHasher) {
    body.arguments.len().hash(state);
    for (name, value) in &body.arguments {
        name.hash(state);
        hash_expression(value, order, state);
    }
    body.blocks.len().hash(state);
    order.hash(body.blocks.iter().map(|block| hash_of(|state| hash_block(block, order, state))), state);
}

fn hash_block(block: &Block, order: ItemOrder, state: &mut DefaultHasher) {
    block.name.hash(state);
    block.labels.hash(state);
    hash_body(&block.body, order, state);
}

/// Hashes an expression so that those without a difference hash alike: keys of objects in any order, text in any normal form, documents in
/// any notation, masked secrets whatever they are.
fn hash_expression(expression: &Expression, order: ItemOrder, state: &mut DefaultHasher) {
    if let Some(document) = document::of(expression) {
        "document".hash(state);
        return hash_expression(&document, ItemOrder::Counts, state);
    }
    head(expression).hash(state);
    match expression {
        Expression::Text(text) if text.is_ascii() => text.hash(state),
        Expression::Text(text) => text.nfc().collect::<String>().hash(state),
        Expression::Object(pairs) => {
            let of_pair = |(key, value): &(Expression, Expression)| {
                hash_of(|state| {
                    hash_expression(key, order, state);
                    hash_expression(value, order, state);
                })
            };
            pairs.iter().map(of_pair).fold(pairs.len() as u64, u64::wrapping_add).hash(state);
        }
        Expression::List(items) if order == ItemOrder::Ignored => {
            order.hash(items.iter().map(|item| hash_of(|state| hash_expression(item, order, state))), state);
        }
        other => other.each_child(&mut |child| hash_expression(child, order, state)),
    }
}

/// Returns what an expression is apart from its children.
pub(super) fn head(expression: &Expression) -> u64 {
    use crate::model::ForResult;
    hash_of(|state| {
        discriminant(expression).hash(state);
        match expression {
            Expression::Bool(value) => value.hash(state),
            Expression::Integer(value) => value.hash(state),
            Expression::Number(text) | Expression::Symbol(text) => text.hash(state),
            Expression::Reference(reference) => reference.hash(state),
            Expression::Call(call) => (&call.function, call.expand).hash(state),
            Expression::Attribute(parts) => parts.1.hash(state),
            Expression::Unary(parts) => parts.0.hash(state),
            Expression::Binary(parts) => parts.0.hash(state),
            Expression::For(of) => {
                let grouping = match &of.result {
                    ForResult::List(_) => None,
                    ForResult::Object { grouping, .. } => Some(grouping),
                };
                (&of.key, &of.value, grouping, of.condition.is_some()).hash(state);
            }
            Expression::DirectiveFor(parts) => (&parts.0, &parts.1).hash(state),
            Expression::Raw(parts) => parts.hash(state),
            // Secrets of one value have many seals.
            Expression::Masked(masked) => masked.reads.len().hash(state),
            _ => {}
        }
    })
}

impl fmt::Display for Difference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&path_text(&self.path))
    }
}

impl fmt::Display for Uncertain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&path_text(&self.path))
    }
}

/// Returns a path as people read it: `policy.Statement[0].Action`, `tags["a b"]`.
pub fn path_text(path: &[Step]) -> String {
    let mut text = String::new();
    for (position, step) in path.iter().enumerate() {
        match step {
            Step::Index(index) => text.push_str(&format!("[{index}]")),
            Step::Name(name) if !reads_without_quotes(name) => text.push_str(&format!("[{name:?}]")),
            Step::Name(name) if position == 0 => text.push_str(name),
            Step::Name(name) => text.push_str(&format!(".{name}")),
        }
    }
    text
}

/// For people alone: a step may begin with a digit.
fn reads_without_quotes(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}
