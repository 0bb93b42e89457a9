//! What a plan says is all that differs: applied to what was stored, it gives what is declared.

use super::*;
use crate::model::{Block, Name};
use crate::state::arbitrary::{any_body, any_expression, cases};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Differences below a path that was gone already.
type Below<'d, 'a> = Vec<(&'d [Step], &'d Difference<'a>)>;

/// Returns a value in the one form that all values have between which there is no difference: keys sorted, text in NFC, documents parsed.
fn canonical(value: &Expression) -> Expression {
    if let Some(document) = document::of(value) {
        return Expression::call("jsonencode", vec![canonical_inside(&document)]);
    }
    canonical_inside(value)
}

fn canonical_inside(value: &Expression) -> Expression {
    let mut value = match value {
        Expression::Text(text) => Expression::text(text.nfc().collect::<String>()),
        other => other.clone(),
    };
    value.each_child_mut(&mut |child| *child = canonical(child));
    if let Expression::Object(pairs) = &mut value {
        let keys: Option<Vec<&str>> = pairs.iter().map(|(key, _)| key.as_text()).collect();
        let is_plain = keys.is_some_and(|mut keys| {
            keys.sort_unstable();
            keys.windows(2).all(|pair| pair[0] != pair[1])
        });
        if is_plain {
            pairs.sort_by(|a, b| a.0.as_text().cmp(&b.0.as_text()));
        }
    }
    value
}

fn canonical_body(body: &Body) -> Body {
    let block = |block: &Block| Block { body: canonical_body(&block.body), ..block.clone() };
    Body {
        arguments: body.arguments.iter().map(|(name, value)| (name.clone(), canonical(value))).collect(),
        blocks: body.blocks.iter().map(block).collect(),
    }
}

fn steps_below<'d, 'a>(below: Below<'d, 'a>) -> BTreeMap<String, Below<'d, 'a>> {
    let mut by_name: BTreeMap<String, Below<'d, 'a>> = BTreeMap::new();
    for (path, difference) in below {
        let Step::Name(name) = &path[0] else { panic!("a name in {difference}") };
        by_name.entry(name.to_string()).or_default().push((&path[1..], difference));
    }
    by_name
}

fn value_of(side: &Option<Side<'_>>) -> Option<Expression> {
    match side {
        Some(Side::Value(value)) => Some(canonical(value)),
        Some(Side::Block(block)) => panic!("a block {} where a value is", block.name),
        None => None,
    }
}

/// Applies differences to a value in its canonical form.
fn applied(before: &Expression, below: Below<'_, '_>) -> Expression {
    match &below[..] {
        [] => return before.clone(),
        [(path, difference)] if path.is_empty() && difference.order.is_none() => {
            return value_of(&difference.after).expect("a value");
        }
        _ => {}
    }
    match before {
        Expression::Call(call) => Expression::call("jsonencode", vec![applied(&call.arguments[0], below)]),
        Expression::Object(pairs) => {
            let mut values: BTreeMap<String, Expression> =
                pairs.iter().map(|(key, value)| (key.as_text().expect("a plain key").to_owned(), value.clone())).collect();
            for (name, below) in steps_below(below) {
                let after = changed(values.remove(&name), below, applied, value_of);
                values.extend(after.map(|after| (name, after)));
            }
            Expression::Object(values.into_iter().map(|(key, value)| (Expression::text(key), value)).collect())
        }
        Expression::List(items) => Expression::List(items_after(items, below, applied, value_of)),
        other => panic!("nothing is in {other:?}"),
    }
}

/// Applies differences to what has one place: it is new, gone, another one, or changed inside.
fn changed<T>(
    before: Option<T>,
    below: Below<'_, '_>,
    applied: impl Fn(&T, Below<'_, '_>) -> T,
    of: impl Fn(&Option<Side<'_>>) -> Option<T>,
) -> Option<T> {
    match &below[..] {
        [(path, difference)] if path.is_empty() && difference.order.is_none() => of(&difference.after),
        _ => Some(applied(&before.expect("what changes inside was there"), below)),
    }
}

/// Applies differences to items: those that are gone are counted in what was, all others in what is; the rest keeps its order.
fn items_after<T: Clone>(
    before: &[T],
    below: Below<'_, '_>,
    applied: impl Fn(&T, Below<'_, '_>) -> T,
    of: impl Fn(&Option<Side<'_>>) -> Option<T>,
) -> Vec<T> {
    let mut before: Vec<Option<T>> = before.iter().cloned().map(Some).collect();
    let mut at: BTreeMap<usize, Below<'_, '_>> = BTreeMap::new();
    let mut order: Option<Vec<usize>> = None;
    for (path, difference) in below {
        match (path, &difference.order) {
            ([], Some(positions)) => order = Some(positions.clone()),
            ([Step::Index(index)], None) if difference.after.is_none() => before[*index] = None,
            ([Step::Index(index), rest @ ..], _) => at.entry(*index).or_default().push((rest, difference)),
            _ => panic!("an index in {difference}"),
        }
    }
    let left: Vec<T> = match order {
        Some(order) => order.iter().map(|position| before[*position].clone().expect("an item")).collect(),
        None => before.into_iter().flatten().collect(),
    };
    let mut left = left.into_iter();
    let mut after = Vec::new();
    loop {
        match at.remove(&after.len()) {
            Some(below) if matches!(&below[..], [(path, new)] if path.is_empty() && new.order.is_none() && new.before.is_none()) =>
            {
                after.push(of(&below[0].1.after).expect("an item"));
            }
            Some(below) => after.extend(changed(left.next(), below, &applied, &of)),
            None => match left.next() {
                Some(item) => after.push(item),
                None if at.is_empty() => return after,
                None => panic!("items beyond the end"),
            },
        }
    }
}

fn block_of(side: &Option<Side<'_>>) -> Option<Block> {
    match side {
        Some(Side::Block(block)) => Some(Block { body: canonical_body(&block.body), ..(*block).clone() }),
        Some(Side::Value(_)) => panic!("a value where a block is"),
        None => None,
    }
}

fn applied_to_block(before: &Block, below: Below<'_, '_>) -> Block {
    Block { body: applied_to_body(&before.body, below), ..before.clone() }
}

fn applied_to_body(before: &Body, below: Below<'_, '_>) -> Body {
    let mut after = before.clone();
    for (name, below) in steps_below(below) {
        let is_block = name.starts_with("block_");
        let name = Name::from(name);
        if !is_block {
            let old = after.arguments.iter().position(|(key, _)| *key == name).map(|position| after.arguments.remove(position).1);
            after.arguments.extend(changed(old, below, applied, value_of).map(|value| (name, value)));
            continue;
        }
        let old: Vec<Block> = before.blocks_named(&name).cloned().collect();
        after.blocks.retain(|block| block.name != name);
        // Several have an index each, a single one has none.
        let has_index =
            below.iter().any(|(path, difference)| matches!(path.first(), Some(Step::Index(_))) || difference.order.is_some());
        if has_index {
            after.blocks.extend(items_after(&old, below, applied_to_block, block_of));
        } else {
            after.blocks.extend(changed(old.into_iter().next(), below, applied_to_block, block_of));
        }
    }
    after.sort();
    after
}

/// Applies what a plan says to what was stored.
fn entries_after(plan: &Plan<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for change in &plan.changes {
        let canonical_entry =
            |entry: Entry| Entry { body: canonical_body(&entry.body), meta: canonical_body(&entry.meta), ..entry };
        match (change.action, change.before, change.after) {
            (Action::Create, _, Some(after)) => entries.push(canonical_entry(Entry::of(after))),
            (Action::Delete, ..) => {}
            (_, Some(before), _) => {
                let mut entry = canonical_entry(before.clone());
                let of = |part: Part| -> Below<'_, '_> {
                    let found = change.differences.iter().filter(|difference| difference.part == part);
                    found.map(|difference| (&difference.path[..], difference)).collect()
                };
                entry.body = applied_to_body(&entry.body, of(Part::Body));
                entry.meta = applied_to_body(&entry.meta, of(Part::Meta));
                entry.protect ^= !of(Part::Host).is_empty();
                entries.push(entry);
            }
            _ => panic!("{change:?}"),
        }
    }
    entries
}

/// An argument and blocks of one name have one path: here they have names of their own.
fn name_blocks(body: &mut Body) {
    for block in &mut body.blocks {
        block.name = format!("block_{}", block.name).into();
        name_blocks(&mut block.body);
    }
    body.sort();
}

fn any_stack() -> impl Strategy<Value = Vec<Declaration>> {
    let body = || {
        any_body().prop_map(|mut body| {
            name_blocks(&mut body);
            body
        })
    };
    let one = (0..3_u8, body(), body(), any::<bool>()).prop_map(|(name, body, meta, protect)| {
        let declared = declaration(Kind::Resource, &["t", &format!("n{name}")], body);
        Declaration { meta, protect, ..declared }
    });
    proptest::collection::vec(one, 0..4)
}

/// The same declarations, with one value of each changed a little, and its items in another order: more alike than two of chance.
fn nudged(mut nodes: Vec<Declaration>, new: Expression, seed: usize) -> Vec<Declaration> {
    for node in &mut nodes {
        for (_, value) in &mut node.body.arguments {
            if let Expression::List(items) = value {
                match seed % 4 {
                    0 => items.reverse(),
                    1 => items.insert(seed % (items.len() + 1), new.clone()),
                    2 => drop(items.pop()),
                    _ => items.iter_mut().for_each(|item| *item = new.clone()),
                }
            }
        }
        match seed % 3 {
            0 => node.body.blocks.reverse(),
            1 => drop(node.body.blocks.pop()),
            _ => node.body.blocks.iter_mut().for_each(|block| block.labels.reverse()),
        }
        node.body.sort();
    }
    nodes
}

#[track_caller]
fn check(before: Vec<Declaration>, after: Vec<Declaration>) {
    let (before, after) = (snapshot(before), graph(after));
    let plan = plan(&after, Some(&before));
    let expected: Vec<Entry> = after.nodes.iter().map(Entry::of).collect();
    let canonical_entry = |entry: Entry| Entry { body: canonical_body(&entry.body), meta: canonical_body(&entry.meta), ..entry };
    let expected: Vec<Entry> = expected.into_iter().map(canonical_entry).collect();
    assert_eq!(entries_after(&plan), expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(120)))]

    #[test]
    fn what_is_applied_gives_what_is_declared(before in any_stack(), after in any_stack()) {
        check(before, after);
    }

    #[test]
    fn small_changes_give_what_is_declared(before in any_stack(), new in any_expression(), seed in 0..12_usize) {
        check(before.clone(), nudged(before, new, seed));
    }

    #[test]
    fn nothing_differs_from_itself_whatever_a_schema_tells(nodes in any_stack(), names in proptest::collection::vec("[a-c$]{1,2}", 0..4)) {
        let mut sets = SetPaths::default();
        names.iter().for_each(|name| sets.add(&[name]));
        let mut after = graph(nodes.clone());
        after.sets.add(Kind::Resource, "t".into(), sets);
        let before = snapshot(nodes);
        let plan = plan(&after, Some(&before));
        prop_assert!(plan.is_empty());
        prop_assert!(plan.changes.iter().all(|change| change.differences.is_empty() && change.uncertain.is_empty()));
    }

    #[test]
    fn the_order_of_declarations_means_nothing(before in any_stack(), after in any_stack()) {
        let outline = |before: Vec<Declaration>, after: Vec<Declaration>| {
            let (before, after) = (snapshot(before), graph(after));
            let plan = plan(&after, Some(&before));
            plan.changes.iter().map(|change| format!("{} {:?} {:?}", change.address, change.action, change.differences)).collect::<Vec<_>>()
        };
        // Which of two declarations of one address counts is no question of plans: programs with both are refused.
        let distinct = |nodes: Vec<Declaration>| {
            let by_address: BTreeMap<_, _> = nodes.into_iter().map(|node| (node.address.clone(), node)).collect();
            by_address.into_values().collect::<Vec<_>>()
        };
        let (before, after) = (distinct(before), distinct(after));
        let turned = |nodes: &[Declaration]| nodes.iter().rev().cloned().collect::<Vec<_>>();
        prop_assert_eq!(outline(turned(&before), turned(&after)), outline(before, after));
    }

    #[test]
    fn in_a_set_what_is_applied_gives_the_same_items(before in proptest::collection::vec(0..6_i64, 0..8), after in proptest::collection::vec(0..6_i64, 0..8)) {
        let of = |items: &[i64]| resource("t", "n", &[("a", Expression::List(items.iter().copied().map(number).collect()))]);
        let mut sets = SetPaths::default();
        sets.add(&["a"]);
        let (old, mut new) = (snapshot(vec![of(&before)]), graph(vec![of(&after)]));
        new.sets.add(Kind::Resource, "t".into(), sets);
        let plan = plan(&new, Some(&old));
        let mut items: Vec<i64> = before;
        let item = |side: &Option<Side<'_>>| match side {
            Some(Side::Value(value)) => match &**value {
                Expression::Integer(item) => Some(*item),
                _ => None,
            },
            _ => None,
        };
        for difference in &plan.changes[0].differences {
            if let Some(gone) = item(&difference.before) {
                let position = items.iter().position(|known| *known == gone).expect("what is gone was there");
                items.remove(position);
            }
            items.extend(item(&difference.after));
        }
        items.sort_unstable();
        let mut expected = after;
        expected.sort_unstable();
        prop_assert_eq!(items, expected);
    }
}
