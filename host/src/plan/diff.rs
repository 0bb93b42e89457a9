//! How two declarations differ: by argument, nested block and path into values.

use super::document;
use crate::graph::SetPaths;
use crate::model::{Block, Body, Declaration, Expression};
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

/// Returns how two declarations differ: first the body, then the rest, each in the order of paths. `sets` are those in the body.
pub(super) fn differences<'a>(before: &'a Entry, after: &'a Declaration, sets: Option<&SetPaths>) -> Vec<Difference<'a>> {
    let mut context = Context { part: Part::Body, path: Vec::new(), sets, found: Vec::new() };
    context.bodies(&before.body, &after.body);
    (context.part, context.sets) = (Part::Meta, None);
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
    hash_body(body, &mut state);
    state.finish()
}

struct Context<'a, 's> {
    part: Part,
    path: Vec<Step>,
    sets: Option<&'s SetPaths>,
    found: Vec<Difference<'a>>,
}

impl<'a> Context<'a, '_> {
    fn add(&mut self, before: Option<Side<'a>>, after: Option<Side<'a>>) {
        self.found.push(Difference { part: self.part, path: self.path.clone(), before, after });
    }

    fn at(&mut self, step: Step, compare: impl FnOnce(&mut Self)) {
        self.path.push(step);
        compare(self);
        self.path.pop();
    }

    fn bodies(&mut self, before: &'a Body, after: &'a Body) {
        if before == after {
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
        let hashes =
            |blocks: &[&Block]| -> Vec<u64> { blocks.iter().map(|block| hash_of(|state| hash_block(block, state))).collect() };
        for (old, new) in self.pairs(&hashes(before), &hashes(after)) {
            let (old_block, new_block) = (old.map(|index| before[index]), new.map(|index| after[index]));
            let compare = |context: &mut Self| match (old_block, new_block) {
                (Some(old), Some(new)) if old.labels == new.labels => context.bodies(&old.body, &new.body),
                (old, new) => context.add(old.map(Side::Block), new.map(Side::Block)),
            };
            match new.or(old) {
                Some(index) if !single => self.at(Step::Index(index), compare),
                _ => compare(self),
            }
        }
    }

    fn values(&mut self, before: &'a Expression, after: &'a Expression) {
        if before == after {
            return;
        }
        match (before, after) {
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

    /// Returns which items to compare: by their order, or of a set those that are the same.
    fn pairs(&self, before: &[u64], after: &[u64]) -> Vec<(Option<usize>, Option<usize>)> {
        let names = self.path.iter().filter_map(|step| match step {
            Step::Name(name) => Some(&**name),
            Step::Index(_) => None,
        });
        match self.sets {
            Some(sets) if sets.has(names) => matched(before, after),
            _ => aligned(before, after),
        }
    }

    fn lists(&mut self, before: &'a [Expression], after: &'a [Expression]) {
        let hashes = |items: &[Expression]| -> Vec<u64> {
            items.iter().map(|item| hash_of(|state| hash_expression(item, state))).collect()
        };
        for (old, new) in self.pairs(&hashes(before), &hashes(after)) {
            let Some(index) = new.or(old) else { continue };
            self.at(Step::Index(index), |context| match (old, new) {
                (Some(old), Some(new)) => context.values(&before[old], &after[new]),
                (old, new) => context.add(old.map(|index| side(&before[index])), new.map(|index| side(&after[index]))),
            });
        }
    }

    /// Compares what two texts or calls of `jsonencode` say. What was parsed out of text is owned by the differences.
    fn documents(&mut self, before: Cow<'a, Expression>, after: Cow<'a, Expression>) {
        if let (Cow::Borrowed(old), Cow::Borrowed(new)) = (&before, &after) {
            return self.values(old, new);
        }
        let mut context = Context { part: self.part, path: self.path.clone(), sets: None, found: Vec::new() };
        context.values(&before, &after);
        let found = context.found.into_iter().map(|difference| Difference {
            part: difference.part,
            path: difference.path,
            before: difference.before.map(Side::into_owned_value),
            after: difference.after.map(Side::into_owned_value),
        });
        self.found.extend(found);
    }

    /// Two expressions that differ are shown whole, unless they differ only in what means nothing, like the order of an object's keys.
    fn others(&mut self, before: &'a Expression, after: &'a Expression) {
        let (mut old, mut new) = (Vec::new(), Vec::new());
        before.each_child(&mut |child| old.push(child));
        after.each_child(&mut |child| new.push(child));
        let mut inner = Context { part: self.part, path: Vec::new(), sets: None, found: Vec::new() };
        let same = !old.is_empty() && old.len() == new.len() && head(before) == head(after) && {
            old.iter().zip(&new).for_each(|(old, new)| inner.values(old, new));
            inner.found.is_empty()
        };
        if !same {
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

/// Returns pairs of positions to compare in a set: equal items wherever they stand, what is gone, and what is new. One of each is a change.
fn matched(before: &[u64], after: &[u64]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut unmatched: HashMap<u64, VecDeque<usize>> = HashMap::new();
    before.iter().enumerate().for_each(|(position, hash)| unmatched.entry(*hash).or_default().push_back(position));
    let take = |(position, hash): (usize, &u64)| (unmatched.get_mut(hash).and_then(VecDeque::pop_front), Some(position));
    let mut pairs: Vec<(Option<usize>, Option<usize>)> = after.iter().enumerate().map(take).collect();
    let mut gone: Vec<usize> = unmatched.into_values().flatten().collect();
    gone.sort_unstable();
    let mut new = pairs.iter_mut().filter(|(old, _)| old.is_none());
    if let ([only], Some(pair), None) = (&gone[..], new.next(), new.next()) {
        pair.0 = Some(*only);
        return pairs;
    }
    pairs.extend(gone.into_iter().map(|position| (Some(position), None)));
    pairs
}

fn hash_of(hash: impl FnOnce(&mut DefaultHasher)) -> u64 {
    let mut state = DefaultHasher::new();
    hash(&mut state);
    state.finish()
}

fn hash_body(body: &Body, state: &mut DefaultHasher) {
    body.arguments.len().hash(state);
    for (name, value) in &body.arguments {
        name.hash(state);
        hash_expression(value, state);
    }
    body.blocks.len().hash(state);
    body.blocks.iter().for_each(|block| hash_block(block, state));
}

fn hash_block(block: &Block, state: &mut DefaultHasher) {
    block.name.hash(state);
    block.labels.hash(state);
    hash_body(&block.body, state);
}

/// Hashes an expression so that those without a difference hash alike: keys of objects in any order, text in any normal form, documents in
/// any notation.
fn hash_expression(expression: &Expression, state: &mut DefaultHasher) {
    if let Some(document) = document::of(expression) {
        "document".hash(state);
        return hash_expression(&document, state);
    }
    head(expression).hash(state);
    match expression {
        Expression::Text(text) if text.is_ascii() => text.hash(state),
        Expression::Text(text) => text.nfc().collect::<String>().hash(state),
        Expression::Object(pairs) => {
            let of_pair = |(key, value): &(Expression, Expression)| {
                hash_of(|state| {
                    hash_expression(key, state);
                    hash_expression(value, state);
                })
            };
            pairs.iter().map(of_pair).fold(pairs.len() as u64, u64::wrapping_add).hash(state);
        }
        other => other.each_child(&mut |child| hash_expression(child, state)),
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
            _ => {}
        }
    })
}

impl fmt::Display for Difference<'_> {
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
