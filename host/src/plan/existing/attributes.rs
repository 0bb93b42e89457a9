//! How the arguments of a declaration differ from the attributes of an instance.
//!
//! A state has every attribute of the provider's schema, most of them computed. So a body is compared by what it declares; what it leaves out is the
//! provider's. Values are compared whole: a map with a key more is another map.

use super::{Finding, Why};
use crate::graph::SetPaths;
use crate::model::hcl::expression_text;
use crate::model::{Block, Body, Declaration, Expression, json};
use crate::plan::against::document::{self, Document};
use crate::plan::against::findings::is_same_value;
use crate::plan::diff::{Difference, Part, Side, Step, is_same_text, plain};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// So many pairs of items are tried for one instance; what is left is compared by position alone. Lists in lists would multiply the trials.
const MOST_TRIED_PAIRS: usize = 40_000;

static NULL: Expression = Expression::Null;

/// What is not comparable: where, why, and what is declared.
pub(super) type Unknown = (Vec<Step>, Why, String);

/// Compares a resource with the attributes of one of its instances: what is declared in full, of which nothing is shown that `node` masks.
/// `sensitive` are the ways to what may not be shown of the state, `sets` those in the body.
pub(super) fn compare<'a>(
    node: &Declaration,
    declared: &'a Declaration,
    attributes: &'a Expression,
    sensitive: &[Vec<Box<str>>],
    sets: Option<&SetPaths>,
) -> (Vec<Finding<'a>>, Vec<Unknown>) {
    let ignored = match Ignored::of(node) {
        Ignored::All => return (Vec::new(), Vec::new()),
        Ignored::Paths(paths) => paths,
    };
    let n_left = Cell::new(MOST_TRIED_PAIRS);
    let mut context =
        Context { path: Vec::new(), sets, n_left: &n_left, found: Vec::new(), unknown: Vec::new(), in_document: false };
    context.body(&declared.body, attributes);
    let mut masked = Vec::new();
    masked_in(&node.body, &mut Vec::new(), &mut masked);
    let is_ignored =
        |path: &[Step]| ignored.iter().any(|ignored| names(path).zip(ignored).filter(|(a, b)| a == b).count() == ignored.len());
    let is_hidden = |path: &[Step]| {
        sensitive.iter().chain(&masked).any(|hidden| names(path).zip(hidden).all(|(name, hidden)| name == &**hidden))
    };
    let findings = context.found.into_iter().filter(|difference| !is_ignored(&difference.path));
    let findings = findings.map(|difference| Finding { is_sensitive: is_hidden(&difference.path), difference });
    let unknown = context.unknown.into_iter().filter(|(path, ..)| !is_ignored(path));
    // What is hidden is not shown as a part of an expression, either.
    let unknown = unknown.map(|(path, why, expression)| match is_hidden(&path) {
        true => (path, why, String::new()),
        false => (path, why, expression),
    });
    (findings.collect(), unknown.collect())
}

/// Finds the ways to what is masked; positions are left out.
fn masked_in(body: &Body, path: &mut Vec<Box<str>>, found: &mut Vec<Vec<Box<str>>>) {
    for (name, value) in &body.arguments {
        path.push(name.as_ref().into());
        masked_value(value, path, found);
        path.pop();
    }
    for block in &body.blocks {
        path.push(block.name.as_ref().into());
        masked_in(&block.body, path, found);
        path.pop();
    }
}

fn masked_value(value: &Expression, path: &mut Vec<Box<str>>, found: &mut Vec<Vec<Box<str>>>) {
    match value {
        Expression::Masked(_) => found.push(path.clone()),
        Expression::Object(pairs) => {
            for (key, value) in pairs {
                let key = key.as_text();
                path.extend(key.map(Box::from));
                masked_value(value, path, found);
                path.truncate(path.len() - usize::from(key.is_some()));
            }
        }
        _ => value.each_child(&mut |child| masked_value(child, path, found)),
    }
}

/// What `ignore_changes` leaves to others.
enum Ignored {
    All,
    Paths(Vec<Vec<String>>),
}

impl Ignored {
    fn of(node: &Declaration) -> Ignored {
        let mut paths = Vec::new();
        for value in node.meta.blocks_named("lifecycle").filter_map(|block| block.body.argument("ignore_changes")) {
            match value {
                Expression::List(items) => paths.extend(items.iter().map(|item| names_in(&super::address_text(item)))),
                Expression::Symbol(word) if &**word == "all" => return Ignored::All,
                _ => {}
            }
        }
        Ignored::Paths(paths)
    }
}

/// Returns the names in a path such as `rule[0].tags["a b"]`; positions are left out.
fn names_in(path: &str) -> Vec<String> {
    let parts = path.split(['.', '[', ']']).map(|part| part.trim_matches('"'));
    let is_name = |part: &&str| !part.is_empty() && !part.bytes().all(|byte| byte.is_ascii_digit());
    parts.filter(is_name).map(str::to_owned).collect()
}

fn names(path: &[Step]) -> impl Iterator<Item = &str> {
    path.iter().filter_map(|step| match step {
        Step::Name(name) => Some(&**name),
        Step::Index(_) => None,
    })
}

struct Context<'a, 's> {
    path: Vec<Step>,
    sets: Option<&'s SetPaths>,
    /// How many pairs may still be tried.
    n_left: &'s Cell<usize>,
    found: Vec<Difference<'a>>,
    unknown: Vec<Unknown>,
    /// In a JSON document types count, and so does everything that one side leaves out.
    in_document: bool,
}

/// Compares two items, by their positions in what is declared and in the state.
type Pair<'f, 'a, 's> = &'f dyn Fn(&mut Context<'a, 's>, usize, usize);

impl<'a, 's> Context<'a, 's> {
    fn add(&mut self, state: Option<Side<'a>>, declared: Option<Side<'a>>) {
        self.found.push(Difference { part: Part::Body, path: self.path.clone(), before: state, after: declared, order: None });
    }

    fn add_values(&mut self, state: &'a Expression, declared: &'a Expression) {
        let state = if *state == NULL && !self.in_document { None } else { Some(side(state)) };
        self.add(state, Some(side(declared)));
    }

    fn cannot(&mut self, why: Why, declared: Option<&Expression>) {
        self.unknown.push((self.path.clone(), why, declared.map(expression_text).unwrap_or_default()));
    }

    fn at(&mut self, step: Step, compare: impl FnOnce(&mut Self)) {
        self.path.push(step);
        compare(self);
        self.path.pop();
    }

    /// Compares on trial, at the same place.
    fn tried(&self, compare: impl FnOnce(&mut Self)) -> Self {
        let mut trial = Context {
            path: self.path.clone(),
            sets: self.sets,
            n_left: self.n_left,
            found: Vec::new(),
            unknown: Vec::new(),
            in_document: self.in_document,
        };
        compare(&mut trial);
        trial
    }

    fn keep(&mut self, trial: Self) {
        self.found.extend(trial.found);
        self.unknown.extend(trial.unknown);
    }

    fn is_set(&self) -> bool {
        self.sets.is_some_and(|sets| sets.has(names(&self.path)))
    }

    fn body(&mut self, body: &'a Body, state: &'a Expression) {
        let members = members(state);
        for (name, value) in &body.arguments {
            let state = members.get(name.as_ref()).copied().unwrap_or(&NULL);
            self.at(Step::Name(name.as_ref().into()), |context| {
                // By convention their names end so, and no state has them.
                if name.ends_with("_wo") && *state == NULL && *value != NULL {
                    context.cannot(Why::WriteOnly, None);
                } else {
                    context.value(value, state);
                }
            });
        }
        // Which blocks these make, beside those that are declared, is for Terraform.
        let dynamic: BTreeSet<&str> =
            body.blocks_named("dynamic").filter_map(|block| block.labels.first()).map(AsRef::as_ref).collect();
        for name in &dynamic {
            self.at(Step::Name((*name).into()), |context| context.cannot(Why::Expression, None));
        }
        let mut types: Vec<&str> = body.blocks.iter().map(|block| block.name.as_ref()).collect();
        types.dedup();
        for name in types.into_iter().filter(|name| *name != "dynamic" && !dynamic.contains(name)) {
            let blocks: Vec<&'a Block> = body.blocks.iter().filter(|block| block.name.as_ref() == name).collect();
            let state = members.get(name).copied().unwrap_or(&NULL);
            self.at(Step::Name(name.into()), |context| context.blocks(&blocks, state));
        }
    }

    fn blocks(&mut self, declared: &[&'a Block], state: &'a Expression) {
        match (declared, state) {
            (_, Expression::List(items)) => {
                let compare = |context: &mut Self, new: usize, old: usize| context.body(&declared[new].body, &items[old]);
                let single = declared.len() == 1 && items.len() == 1;
                self.items(
                    (declared.len(), &|index| Side::Block(declared[index])),
                    (items.len(), &|index| side(&items[index])),
                    single,
                    &compare,
                );
            }
            ([only], Expression::Object(_)) if only.labels.is_empty() => self.body(&only.body, state),
            (_, Expression::Object(_)) => {
                let members = members(state);
                for block in declared {
                    let label = block.labels.first().map(AsRef::as_ref).unwrap_or_default();
                    self.at(Step::Name(label.into()), |context| match members.get(label) {
                        Some(state) => context.body(&block.body, state),
                        None => context.add(None, Some(Side::Block(block))),
                    });
                }
            }
            (_, _) => {
                let single = declared.len() == 1;
                for (index, block) in declared.iter().enumerate().filter(|(_, block)| !block.body.is_empty()) {
                    let add = |context: &mut Self| context.add(None, Some(Side::Block(block)));
                    if single { add(self) } else { self.at(Step::Index(index), add) }
                }
            }
        }
    }

    fn value(&mut self, declared: &'a Expression, state: &'a Expression) {
        let state = if self.in_document { state } else { unwrapped(declared, state) };
        // What is null is not declared: the provider's default holds.
        if declared == state || *declared == NULL && !self.in_document {
            return;
        }
        match (declared, state) {
            (Expression::Text(new), Expression::Text(old)) if is_same_text(old, new) => {}
            (new, old) if is_same_number(new, old) || !self.in_document && is_same_value(new, old) => {}
            (Expression::List(new), Expression::List(old)) => self.lists(new, old),
            (Expression::Object(new), Expression::Object(old)) => match (plain(new), plain(old)) {
                (Some(new), Some(old)) => self.objects(&new, &old),
                _ => self.others(declared, state),
            },
            // A nested block that is declared as an attribute.
            (Expression::List(new), Expression::Object(_)) if new.len() == 1 && !self.in_document => self.value(&new[0], state),
            (Expression::Object(_), Expression::List(old)) if old.len() == 1 && !self.in_document => {
                self.value(declared, &old[0])
            }
            _ => match (document::of(declared), document::of(state)) {
                (Some(new), Some(old)) => self.documents(&new, &old),
                // Whatever is in it, there is a document.
                (Some(_), None) if *state == NULL => self.add_values(state, declared),
                _ => self.others(declared, state),
            },
        }
    }

    fn others(&mut self, declared: &'a Expression, state: &'a Expression) {
        if !declared.is_constant() {
            self.cannot(Why::Expression, Some(declared));
        } else if self.in_document || !(is_empty(declared) && is_empty(state)) {
            self.add_values(state, declared);
        }
    }

    fn objects(&mut self, declared: &BTreeMap<&'a str, &'a Expression>, state: &BTreeMap<&'a str, &'a Expression>) {
        let names: BTreeSet<&str> = declared.keys().chain(state.keys()).copied().collect();
        for name in names {
            self.at(Step::Name(name.into()), |context| match (declared.get(name), state.get(name)) {
                (Some(new), Some(old)) => context.value(new, old),
                (Some(new), None) if context.in_document && new.is_constant() => context.add(None, Some(side(new))),
                (Some(new), None) => context.value(new, &NULL),
                (None, Some(old)) if **old == NULL && !context.in_document => {}
                (None, Some(old)) => context.add(Some(side(old)), None),
                (None, None) => {}
            });
        }
    }

    fn lists(&mut self, declared: &'a [Expression], state: &'a [Expression]) {
        let compare = |context: &mut Self, new: usize, old: usize| context.value(&declared[new], &state[old]);
        self.items(
            (declared.len(), &|index| side(&declared[index])),
            (state.len(), &|index| side(&state[index])),
            false,
            &compare,
        );
    }

    /// Compares items: of a set those that agree, of a list by position. Where nobody tells which it is, another order is not comparable.
    fn items(
        &mut self,
        (n_declared, declared): (usize, &dyn Fn(usize) -> Side<'a>),
        (n_state, state): (usize, &dyn Fn(usize) -> Side<'a>),
        is_single: bool,
        compare: Pair<'_, 'a, 's>,
    ) {
        let compare = |context: &mut Self, new: usize, old: usize| {
            if is_single {
                compare(context, new, old)
            } else {
                context.at(Step::Index(new), |context| compare(context, new, old))
            }
        };
        let by_position = self.tried(|trial| {
            for index in 0..n_declared.max(n_state) {
                if index < n_declared.min(n_state) {
                    compare(trial, index, index);
                } else {
                    let side = |n, of: &dyn Fn(usize) -> Side<'a>| (index < n).then(|| of(index));
                    trial.at(Step::Index(index), |trial| trial.add(side(n_state, state), side(n_declared, declared)));
                }
            }
        });
        let is_set = self.is_set();
        let may_be_set = is_set || self.sets.is_none() && !self.in_document;
        let n_pairs = n_declared.saturating_mul(n_state);
        // Each pair may be tried twice. One item has no order.
        let n_left = self.n_left.get().checked_sub(2 * n_pairs.min(MOST_TRIED_PAIRS)).filter(|_| n_pairs > 1);
        let Some(n_left) = n_left.filter(|_| may_be_set && !by_position.found.is_empty()) else {
            return self.keep(by_position);
        };
        self.n_left.set(n_left);
        let mut left: Vec<usize> = (0..n_state).collect();
        let mut new: Vec<usize> = (0..n_declared).collect();
        let matched = self.tried(|trial| {
            // An expression agrees with anything: what is known is matched first.
            for is_sure in [true, false] {
                new.retain(|index| {
                    let agreeing = left.iter().enumerate().find_map(|(position, old)| {
                        let pair = trial.tried(|trial| compare(trial, *index, *old));
                        (pair.found.is_empty() && (!is_sure || pair.unknown.is_empty())).then_some((position, pair))
                    });
                    let Some((position, pair)) = agreeing else { return true };
                    left.remove(position);
                    trial.keep(pair);
                    false
                });
            }
        });
        match (&new[..], &left[..]) {
            ([], []) if !is_set => {
                self.keep(matched);
                self.cannot(Why::Order, None);
            }
            _ if !is_set => self.keep(by_position),
            ([new], [old]) => {
                self.keep(matched);
                compare(self, *new, *old);
            }
            _ => {
                self.keep(matched);
                left.iter().for_each(|index| self.at(Step::Index(*index), |context| context.add(Some(state(*index)), None)));
                for index in new {
                    self.at(Step::Index(index), |context| match declared(index) {
                        // It may be one of the items that are there: a set has each once.
                        Side::Value(value) if !value.is_constant() => context.cannot(Why::Expression, Some(&value)),
                        declared => context.add(None, Some(declared)),
                    });
                }
            }
        }
    }

    /// Compares what two documents say. What was parsed out of text is owned by the differences.
    fn documents(&mut self, declared: &Document<'_>, state: &Document<'_>) {
        let mut inner = Context {
            path: self.path.clone(),
            sets: None,
            n_left: self.n_left,
            found: Vec::new(),
            unknown: Vec::new(),
            in_document: true,
        };
        inner.value(&declared.tree, &state.tree);
        let owned = |difference: Difference<'_>| Difference {
            part: difference.part,
            path: difference.path,
            before: difference.before.map(Side::into_owned_value),
            after: difference.after.map(Side::into_owned_value),
            order: difference.order,
        };
        self.found.extend(inner.found.into_iter().map(owned));
        self.unknown.extend(inner.unknown);
    }
}

fn side(value: &Expression) -> Side<'_> {
    Side::Value(Cow::Borrowed(value))
}

fn members(value: &Expression) -> BTreeMap<&str, &Expression> {
    match value {
        Expression::Object(pairs) => pairs.iter().filter_map(|(key, value)| Some((key.as_text()?, value))).collect(),
        _ => BTreeMap::new(),
    }
}

/// Returns what a state of version 4 says of an attribute of any type: it writes such values as `{"value": …, "type": …}`.
fn unwrapped<'e>(declared: &Expression, state: &'e Expression) -> &'e Expression {
    let members = members(state);
    let (Some(value), Some(type_of), 2) = (members.get("value"), members.get("type"), members.len()) else { return state };
    let is_type = match type_of {
        Expression::Text(word) => matches!(&**word, "string" | "number" | "bool" | "dynamic"),
        Expression::List(parts) => {
            matches!(parts.first().and_then(Expression::as_text), Some("list" | "set" | "map" | "object" | "tuple"))
        }
        _ => false,
    };
    // An object that is declared with just these keys, and whose value is one of any type, has its own type written there: a list.
    let is_declared_so = matches!(type_of, Expression::Text(_)) && {
        let declared = self::members(declared);
        declared.contains_key("type") && declared.contains_key("value")
    };
    if is_type && !is_declared_so { value } else { state }
}

/// Tells whether two numbers are equal, however they are written.
fn is_same_number(one: &Expression, other: &Expression) -> bool {
    let number = |value: &Expression| match value {
        Expression::Integer(_) => Some(value.clone()),
        Expression::Number(text) => json::number(text),
        _ => None,
    };
    number(one).is_some_and(|one| Some(one) == number(other))
}

/// Providers write nothing in several ways.
fn is_empty(value: &Expression) -> bool {
    match value {
        Expression::Null => true,
        Expression::Text(text) => text.is_empty(),
        Expression::List(items) => items.is_empty(),
        Expression::Object(pairs) => pairs.is_empty(),
        _ => false,
    }
}
