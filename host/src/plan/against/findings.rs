//! How two contents at one address are not alike.

use super::document::{self, Document};
use super::{Finding, Likeness};
use crate::graph::{self, Sameness};
use crate::model::hcl::expression_text;
use crate::model::{Expression, Kind, json};
use crate::plan::diff::{self, Difference, Part, Side, Step};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

const ABSOLUTE_PATH: &str =
    "CDKTF wrote the absolute path of the machine that synthesised. Say where the state is from now on, and take the file along";

/// Compares two contents.
pub(super) fn of<'a>(kind: Kind, file: &'a Expression, program: &'a Expression) -> Vec<Finding<'a>> {
    let mut context = Context { path: Vec::new(), found: Vec::new(), in_document: false };
    context.values(file, program);
    if kind == Kind::Settings {
        context.found.iter_mut().for_each(|finding| {
            note_path_of_state(finding);
            if finding.difference.before.is_none() && finding.difference.to_string() == "required_version" {
                finding.likeness = Likeness::Requirement;
            }
        });
    }
    context.found
}

fn note_path_of_state(finding: &mut Finding<'_>) {
    let Some(Side::Value(before)) = &finding.difference.before else { return };
    let path = match &**before {
        Expression::Text(path) if finding.difference.to_string() == "backend.local.path" => path,
        _ => return,
    };
    if path.starts_with('/') || path.get(1..3).is_some_and(|drive| drive == ":\\") {
        finding.note = Some(ABSOLUTE_PATH);
    }
}

struct Context<'a> {
    path: Vec<Step>,
    found: Vec<Finding<'a>>,
    /// In a JSON document types count.
    in_document: bool,
}

impl<'a> Context<'a> {
    fn add(&mut self, likeness: Likeness, file: Option<&'a Expression>, program: Option<&'a Expression>) {
        let side = |value: &'a Expression| Side::Value(Cow::Borrowed(value));
        let difference = Difference {
            part: Part::Body,
            path: self.path.clone(),
            before: file.map(side),
            after: program.map(side),
            order: None,
        };
        self.found.push(Finding { likeness, difference, note: None });
    }

    fn at(&mut self, step: Step, compare: impl FnOnce(&mut Self)) {
        self.path.push(step);
        compare(self);
        self.path.pop();
    }

    fn values(&mut self, file: &'a Expression, program: &'a Expression) {
        if file == program {
            return;
        }
        if let (Expression::Masked(old), Expression::Masked(new)) = (file, program)
            && graph::compare(old, new) == Sameness::Same
        {
            return;
        }
        if let (Some(old), Some(new)) = (document::of(file), document::of(program)) {
            return self.documents(file, program, old, new);
        }
        match (file, program) {
            (Expression::List(old), Expression::List(new)) => {
                self.lists(file, program, old.iter().collect(), new.iter().collect())
            }
            // A nested block that stands once is shown beside those that stand often.
            (Expression::Object(_), Expression::List(new)) if new.len() != 1 && are_objects(new) => {
                self.lists(file, program, vec![file], new.iter().collect());
            }
            (Expression::List(old), Expression::Object(_)) if old.len() != 1 && are_objects(old) => {
                self.lists(file, program, old.iter().collect(), vec![program]);
            }
            (Expression::Object(old), Expression::Object(new)) => match (plain(old), plain(new)) {
                (Some(old), Some(new)) => self.named(&old, &new),
                _ => self.add(Likeness::Different, Some(file), Some(program)),
            },
            _ => self.others(file, program),
        }
    }

    fn named(&mut self, old: &BTreeMap<&'a str, &'a Expression>, new: &BTreeMap<&'a str, &'a Expression>) {
        let mut names: Vec<&str> = old.keys().chain(new.keys()).copied().collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            self.at(Step::Name(name.into()), |context| match (old.get(name), new.get(name)) {
                (Some(old), Some(new)) => context.values(old, new),
                (old, new) => context.add(Likeness::Different, old.copied(), new.copied()),
            });
        }
    }

    fn lists(&mut self, file: &'a Expression, program: &'a Expression, old: Vec<&'a Expression>, new: Vec<&'a Expression>) {
        let texts = |items: &[&Expression]| items.iter().map(|item| expression_text(item)).collect::<Vec<String>>();
        let (old_texts, new_texts) = (texts(&old), texts(&new));
        if is_other_order(&old_texts, &new_texts) {
            return self.add(Likeness::OtherOrder, Some(file), Some(program));
        }
        let hashes = |texts: &[String]| texts.iter().map(hash).collect::<Vec<u64>>();
        for (before, after) in diff::aligned(&hashes(&old_texts), &hashes(&new_texts)) {
            let Some(index) = after.or(before) else { continue };
            self.at(Step::Index(index), |context| match (before, after) {
                (Some(before), Some(after)) => context.values(old[before], new[after]),
                (before, after) => {
                    context.add(Likeness::Different, before.map(|index| old[index]), after.map(|index| new[index]));
                }
            });
        }
    }

    fn documents(&mut self, file: &'a Expression, program: &'a Expression, old: Document<'a>, new: Document<'a>) {
        let mut inner = Context { path: self.path.clone(), found: Vec::new(), in_document: true };
        inner.values(&old.tree, &new.tree);
        let found: Vec<Finding<'a>> = inner.found.into_iter().map(owned).collect();
        if !found.is_empty() {
            self.found.extend(found);
        } else if old.is_text || new.is_text {
            let bytes = |document: &Document<'_>, whole: &Expression| match whole {
                Expression::Text(text) => Some(text.to_string()),
                _ => json::encoded(&document.tree),
            };
            let (old, new) = (bytes(&old, file), bytes(&new, program));
            if old.is_none() || old != new {
                self.add(Likeness::SameDocument, Some(file), Some(program));
            }
        }
    }

    /// Values that cannot be looked into: equal but for their types, or made of parts whose differences mean little, or different.
    fn others(&mut self, file: &'a Expression, program: &'a Expression) {
        if !self.in_document && is_same_value(file, program) {
            return self.add(Likeness::SameValue, Some(file), Some(program));
        }
        let (mut old, mut new) = (Vec::new(), Vec::new());
        file.each_child(&mut |child| old.push(child));
        program.each_child(&mut |child| new.push(child));
        let mut inner = Context { path: Vec::new(), found: Vec::new(), in_document: self.in_document };
        let is_same_form = !old.is_empty() && old.len() == new.len() && diff::head(file) == diff::head(program);
        if is_same_form {
            old.into_iter().zip(new).for_each(|(old, new)| inner.values(old, new));
        }
        match inner.found.iter().map(|finding| finding.likeness).max() {
            None if is_same_form => {}
            Some(likeness) if !likeness.is_real() => self.add(likeness, Some(file), Some(program)),
            _ => self.add(Likeness::Different, Some(file), Some(program)),
        }
    }
}

/// What stands in a parsed document goes with it.
fn owned<'b>(finding: Finding<'_>) -> Finding<'b> {
    let own = |side: Side<'_>| match side {
        Side::Value(value) => Side::Value(Cow::Owned(value.into_owned())),
        // Contents that are compared here have no blocks of their own: an object says it.
        Side::Block(_) => Side::Value(Cow::Owned(Expression::Null)),
    };
    let Difference { part, path, before, after, order } = finding.difference;
    let difference = Difference { part, path, before: before.map(own), after: after.map(own), order };
    Finding { likeness: finding.likeness, difference, note: finding.note }
}

fn are_objects(items: &[Expression]) -> bool {
    items.iter().all(|item| matches!(item, Expression::Object(_)))
}

fn is_other_order(old: &[String], new: &[String]) -> bool {
    let sorted = |texts: &[String]| {
        let mut texts: Vec<String> = texts.to_vec();
        texts.sort_unstable();
        texts
    };
    // Masked secrets look alike.
    old.len() == new.len() && old != new && sorted(old) == sorted(new)
}

pub(in crate::plan) fn is_same_value(one: &Expression, other: &Expression) -> bool {
    let (text, value) = match (one, other) {
        (Expression::Text(text), value) | (value, Expression::Text(text)) => (&**text, value),
        _ => return false,
    };
    match value {
        Expression::Bool(value) => text == if *value { "true" } else { "false" },
        Expression::Integer(_) | Expression::Number(_) => json::number(text).as_ref() == Some(value),
        _ => false,
    }
}

/// Returns an object by its keys, if none is computed and each is there once.
fn plain(pairs: &[(Expression, Expression)]) -> Option<BTreeMap<&str, &Expression>> {
    let map: BTreeMap<&str, &Expression> =
        pairs.iter().map(|(key, value)| Some((key.as_text()?, value))).collect::<Option<_>>()?;
    (map.len() == pairs.len()).then_some(map)
}

fn hash(text: &String) -> u64 {
    let mut state = DefaultHasher::new();
    text.hash(&mut state);
    state.finish()
}
