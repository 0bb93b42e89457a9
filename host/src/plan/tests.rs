use super::*;
use crate::graph::{SecretKey, SetPaths, masked};
use crate::model::{Address, Body, Expression, Kind};
use crate::state::Snapshot;
use crate::state::arbitrary::{any_graph, block, declaration, graph, resource};
use proptest::prelude::*;

mod properties;

fn snapshot(nodes: Vec<Declaration>) -> Snapshot {
    Snapshot::of(&graph(nodes), None).expect("randomness")
}

fn text(text: &str) -> Expression {
    Expression::text(text)
}

fn number(number: i64) -> Expression {
    Expression::Integer(number)
}

fn object(pairs: &[(&str, Expression)]) -> Expression {
    Expression::Object(pairs.iter().map(|(key, value)| (text(key), value.clone())).collect())
}

fn moved(from: &str, to: &str) -> Declaration {
    let arguments = vec![("from".into(), text(from)), ("to".into(), text(to))];
    declaration(Kind::Moved, &[from], Body { arguments, blocks: Vec::new() })
}

/// Shows a plan as one line for each change, difference, proposal and refusal.
fn outline(before: Vec<Declaration>, after: Vec<Declaration>) -> String {
    let (before, after) = (snapshot(before), graph(after));
    let plan = plan(&after, Some(&before));
    let mut lines = Vec::new();
    for change in &plan.changes {
        let from = change.from.map(|from| format!(" from {from}")).unwrap_or_default();
        lines.push(format!("{:?} {}{from}", change.action, change.address));
        let side = |side: &Option<Side<'_>>| match side {
            None => "nothing".to_owned(),
            Some(Side::Value(value)) => crate::model::hcl::expression_text(value),
            Some(Side::Block(block)) => format!("a block `{}`", block.name),
        };
        lines.extend(change.differences.iter().map(|difference| {
            if let Some(order) = &difference.order {
                return format!("  {:?} {difference}: same items, once at {order:?}", difference.part);
            }
            format!("  {:?} {difference}: {} -> {}", difference.part, side(&difference.before), side(&difference.after))
        }));
    }
    lines.extend(plan.uncertain().map(|(address, found)| format!("uncertain {address} {found}: {:?}", found.doubt)));
    lines.extend(
        plan.proposals.iter().map(|proposal| format!("propose {} -> {}: {:?}", proposal.from, proposal.to, proposal.reason)),
    );
    lines.extend(plan.refusals.iter().map(|refusal| format!("refuse {}", refusal.address)));
    lines.join("\n")
}

/// Compares a value with another one.
fn values(before: Expression, after: Expression) -> String {
    outline(vec![resource("t", "n", &[("a", before)])], vec![resource("t", "n", &[("a", after)])])
}

fn blocks(before: &[i64], after: &[i64]) -> String {
    let of = |numbers: &[i64]| {
        let blocks = numbers.iter().map(|n| block("query", &[("n", number(*n)), ("same", text("x"))])).collect();
        vec![declaration(Kind::Resource, &["t", "n"], Body { arguments: Vec::new(), blocks })]
    };
    outline(of(before), of(after))
}

#[test]
fn everything_is_created_at_first() {
    let graph = graph(vec![resource("t", "b", &[]), resource("t", "a", &[])]);
    let plan = plan(&graph, None);
    assert!(plan.is_first && !plan.is_empty());
    assert_eq!(plan.count(Action::Create), 2);
    assert_eq!(plan.changes[0].address.as_str(), "t.a");
}

/// Compares two declarations whose lists and blocks named are sets.
fn outline_with_sets(paths: &[&[&str]], before: Declaration, after: Declaration) -> String {
    let mut sets = SetPaths::default();
    paths.iter().for_each(|path| sets.add(path));
    let mut after = graph(vec![after]);
    after.sets.add(Kind::Resource, "t".into(), sets);
    let before = snapshot(vec![before]);
    let plan = plan(&after, Some(&before));
    let of_change = |change: &Change<'_>| change.differences.iter().map(|found| found.to_string()).collect::<Vec<_>>();
    plan.changes.iter().map(|change| format!("{:?} {}", change.action, of_change(change).join(" "))).collect()
}

#[test]
fn sets_have_no_order() {
    let list = |items: &[i64]| Expression::List(items.iter().map(|item| number(*item)).collect());
    let of = |items: &[i64]| resource("t", "n", &[("a", list(items))]);
    let sets: &[&[&str]] = &[&["a"], &["rule"], &["rule", "b"]];
    assert_eq!(outline_with_sets(sets, of(&[1, 2, 3]), of(&[3, 1, 2])), "NoOp ");
    assert_eq!(outline_with_sets(sets, of(&[1, 2]), of(&[2, 3])), "Update a[1]");
    assert_eq!(outline_with_sets(sets, of(&[1, 1, 2]), of(&[1, 2, 2])), "Update a[2]");
    assert_eq!(outline_with_sets(sets, of(&[1, 2, 3]), of(&[4, 3, 5])), "Update a[0] a[2] a[0] a[1]");
    assert_eq!(outline_with_sets(&[&["b"]], of(&[1, 2]), of(&[2, 1])), "Update a[0] a[1]");

    let rules = |rules: &[(i64, &[i64])]| {
        let blocks = rules.iter().map(|(n, items)| block("rule", &[("n", number(*n)), ("b", list(items))])).collect();
        declaration(Kind::Resource, &["t", "n"], Body { arguments: Vec::new(), blocks })
    };
    let before = || rules(&[(1, &[1]), (2, &[1, 2])]);
    assert_eq!(outline_with_sets(sets, before(), rules(&[(2, &[2, 1]), (1, &[1])])), "NoOp ");
    assert_eq!(outline_with_sets(sets, before(), rules(&[(3, &[1, 2]), (1, &[1])])), "Update rule[0].n");
}

#[test]
fn items_of_a_set_are_paired_whatever_the_order_in_them() {
    let list = |items: &[i64]| Expression::List(items.iter().map(|item| number(*item)).collect());
    let rule = |n: i64, items: &[i64]| block("rule", &[("n", number(n)), ("b", list(items))]);
    let rules =
        |blocks: Vec<crate::model::Block>| declaration(Kind::Resource, &["t", "n"], Body { arguments: Vec::new(), blocks });
    let sets: &[&[&str]] = &[&["rule"], &["rule", "b"]];
    let before = || rules(vec![rule(1, &[1, 2]), rule(2, &[3, 4])]);
    assert_eq!(outline_with_sets(sets, before(), rules(vec![rule(2, &[4, 3]), rule(1, &[2, 1])])), "NoOp ");
    // Within, the order counts here.
    assert_eq!(
        outline_with_sets(&[&["rule"]], before(), rules(vec![rule(2, &[4, 3]), rule(1, &[2, 1])])),
        "Update rule[0].b[0] rule[0].b[1] rule[1].b[0] rule[1].b[1]"
    );
    assert_eq!(outline_with_sets(sets, before(), rules(vec![rule(2, &[4, 3]), rule(9, &[2, 1])])), "Update rule[1].n");
}

#[test]
fn where_no_schema_is_at_hand_another_order_is_one_difference() {
    let list = |items: &[i64]| Expression::List(items.iter().map(|item| number(*item)).collect());
    insta::assert_snapshot!(values(list(&[1, 2, 3]), list(&[3, 1, 2])), @r"
    Update t.n
      Body a: same items, once at [2, 0, 1]
    ");
    insta::assert_snapshot!(blocks(&[1, 2], &[2, 1]), @r"
    Update t.n
      Body query: same items, once at [1, 0]
    ");
    // In a document there is an order, and in what is Terraform's own.
    let encoded = |items: &[i64]| Expression::call("jsonencode", vec![list(items)]);
    insta::assert_snapshot!(values(encoded(&[1, 2]), encoded(&[2, 1])), @r"
    Update t.n
      Body a[0]: 1 -> 2
      Body a[1]: 2 -> 1
    ");
    let local = |items: &[i64]| {
        let arguments = vec![("value".into(), list(items))];
        vec![declaration(Kind::Local, &["l"], Body { arguments, blocks: Vec::new() })]
    };
    insta::assert_snapshot!(outline(local(&[1, 2]), local(&[2, 1])), @r"
    Update local.l
      Body value[0]: 1 -> 2
      Body value[1]: 2 -> 1
    ");
}

/// A resource with a masked secret, sealed with the key of a number; 0 is none.
fn secret(name: &str, key: u8, value: &str) -> Declaration {
    let key = (key > 0).then(|| SecretKey::new(&[key; 32]).expect("long enough"));
    let mask = masked(&text(value), key.as_ref(), name).expect("a literal");
    resource("t", name, &[("password", Expression::Masked(Box::new(mask))), ("size", number(1))])
}

#[test]
fn with_one_key_a_secret_has_changed_or_not() {
    assert_eq!(outline(vec![secret("n", 1, "old")], vec![secret("n", 1, "old")]), "NoOp t.n");
    insta::assert_snapshot!(outline(vec![secret("n", 1, "old")], vec![secret("n", 1, "new")]), @r"
    Update t.n
      Body password: (sensitive) -> (sensitive)
    ");
    insta::assert_snapshot!(outline(vec![resource("t", "n", &[("password", Expression::Null), ("size", number(1))])], vec![secret("n", 1, "new")]), @r"
    Update t.n
      Body password: null -> (sensitive)
    ");
}

#[test]
fn secrets_in_a_set_have_no_order() {
    let key = SecretKey::new(&[1; 32]).expect("long enough");
    let of = |values: &[&str]| {
        let blocks = values.iter().map(|value| {
            let mask = masked(&text(value), Some(&key), value).expect("a literal");
            block("member", &[("password", Expression::Masked(Box::new(mask)))])
        });
        declaration(Kind::Resource, &["t", "n"], Body { arguments: Vec::new(), blocks: blocks.collect() })
    };
    let outline = |before: &[&str], after: &[&str]| outline_with_sets(&[&["member"]], of(before), of(after));
    assert_eq!(outline(&["a", "b", "c"], &["c", "a", "b"]), "NoOp ");
    assert_eq!(outline(&["a", "b", "c"], &["c", "x", "b"]), "Update member[1].password");
}

#[test]
fn without_one_key_a_secret_may_have_changed_and_that_is_no_change() {
    for (before, after, doubt) in [(0, 0, "NoKey"), (1, 0, "NoKey"), (0, 1, "StoredWithoutKey"), (1, 2, "OtherKey")] {
        let outline = outline(vec![secret("n", before, "old")], vec![secret("n", after, "new")]);
        assert_eq!(outline, format!("NoOp t.n\nuncertain t.n password: {doubt}"));
    }
}

#[test]
fn what_was_renamed_is_known_by_its_secret() {
    insta::assert_snapshot!(outline(vec![secret("old", 1, "same")], vec![secret("new", 1, "same")]), @r"
    Create t.new
    Delete t.old
    propose t.old -> t.new: SameContent
    ");
    insta::assert_snapshot!(outline(vec![secret("old", 1, "one")], vec![secret("new", 1, "other")]), @r"
    Create t.new
    Delete t.old
    ");
    insta::assert_snapshot!(outline(vec![secret("old", 1, "one")], vec![secret("new", 1, "other"), moved("t.old", "t.new")]), @r"
    Move t.new from t.old
      Body password: (sensitive) -> (sensitive)
    ");
    // Two that differ in nothing else.
    insta::assert_snapshot!(outline(vec![secret("o1", 1, "one"), secret("o2", 1, "two")], vec![secret("n1", 1, "two"), secret("n2", 1, "one")]), @r"
    Create t.n1
    Create t.n2
    Delete t.o1
    Delete t.o2
    propose t.o2 -> t.n1: SameContent
    propose t.o1 -> t.n2: SameContent
    ");
    // Without a key it is rather asked about than destroyed.
    insta::assert_snapshot!(outline(vec![secret("old", 0, "one")], vec![secret("new", 0, "other")]), @r"
    Create t.new
    Delete t.old
    propose t.old -> t.new: SameContent
    ");
}

#[test]
fn an_empty_stack_deletes_everything() {
    insta::assert_snapshot!(outline(vec![resource("t", "a", &[]), resource("t", "b", &[])], vec![]), @r"
    Delete t.a
    Delete t.b
    ");
}

#[test]
fn differences_name_the_nested_path() {
    let tags = |team: &str| object(&[("team", text(team)), ("a b", number(1))]);
    insta::assert_snapshot!(values(tags("a"), tags("b")), @r#"
    Update t.n
      Body a.team: "a" -> "b"
    "#);
    insta::assert_snapshot!(values(object(&[("a b", number(1))]), object(&[("c", Expression::Null)])), @r#"
    Update t.n
      Body a["a b"]: 1 -> nothing
      Body a.c: nothing -> null
    "#);
    insta::assert_snapshot!(values(number(1), text("1")), @r#"
    Update t.n
      Body a: 1 -> "1"
    "#);
}

#[test]
fn lists_are_aligned() {
    let list = |items: &[i64]| Expression::List(items.iter().map(|item| number(*item)).collect());
    insta::assert_snapshot!(values(list(&[1, 2, 3]), list(&[1, 9, 2, 3])), @r"
    Update t.n
      Body a[1]: nothing -> 9
    ");
    insta::assert_snapshot!(values(list(&[1, 2, 3, 4]), list(&[2, 3, 5])), @r"
    Update t.n
      Body a[0]: 1 -> nothing
      Body a[2]: 4 -> 5
    ");
}

#[test]
fn blocks_of_one_type_are_aligned() {
    insta::assert_snapshot!(blocks(&[1, 2], &[1, 7, 2]), @r"
    Update t.n
      Body query[1]: nothing -> a block `query`
    ");
    insta::assert_snapshot!(blocks(&[1, 2, 3], &[1, 5, 3]), @r"
    Update t.n
      Body query[1].n: 2 -> 5
    ");
    insta::assert_snapshot!(blocks(&[1], &[2]), @r"
    Update t.n
      Body query.n: 1 -> 2
    ");
    insta::assert_snapshot!(blocks(&[], &[1]), @r"
    Update t.n
      Body query: nothing -> a block `query`
    ");
}

#[test]
fn json_in_text_is_compared_as_what_it_says() {
    let same = values(text("{\"a\": [1, 2], \"b\": null}"), text("{ \"b\":null, \"a\":[1,2]}\n"));
    assert_eq!(same, "NoOp t.n");
    let policy = |action: &str| text(&format!("{{\"Statement\": [{{\"Action\": \"{action}\", \"Effect\": \"Allow\"}}]}}"));
    insta::assert_snapshot!(values(policy("kms:Decrypt"), policy("kms:*")), @r#"
    Update t.n
      Body a.Statement[0].Action: "kms:Decrypt" -> "kms:*"
    "#);
    // Rounded numbers prove nothing: shown as text.
    insta::assert_snapshot!(values(text("[0.1]"), text("[0.10]")), @r#"
    Update t.n
      Body a: "[0.1]" -> "[0.10]"
    "#);
    insta::assert_snapshot!(values(text("{not json"), text("{\"a\":1}")), @r#"
    Update t.n
      Body a: "{not json" -> "{\"a\":1}"
    "#);
}

#[test]
fn calls_of_jsonencode_are_compared_like_json_in_text() {
    let encoded = |value: Expression| Expression::call("jsonencode", vec![value]);
    let arn = |name: &str| Expression::reference(Address::from_text(name), "arn");
    insta::assert_snapshot!(values(encoded(object(&[("a", arn("t.x")), ("b", number(1))])), encoded(object(&[("b", number(1)), ("a", arn("t.y"))]))), @r"
    Update t.n
      Body a.a: t.x.arn -> t.y.arn
    ");
    insta::assert_snapshot!(values(text("{\"a\":1}"), encoded(object(&[("a", number(2))]))), @r"
    Update t.n
      Body a.a: 1 -> 2
    ");
    assert_eq!(values(text("{\"a\":1}"), encoded(object(&[("a", number(1))]))), "NoOp t.n");
}

#[test]
fn what_means_the_same_is_no_difference() {
    assert_eq!(values(object(&[("a", number(1)), ("b", number(2))]), object(&[("b", number(2)), ("a", number(1))])), "NoOp t.n");
    assert_eq!(values(text("e\u{301}"), text("\u{e9}")), "NoOp t.n");
    let merged = |pairs: &[(&str, Expression)]| Expression::call("merge", vec![object(pairs)]);
    assert_eq!(values(merged(&[("a", number(1)), ("b", number(2))]), merged(&[("b", number(2)), ("a", number(1))])), "NoOp t.n");
}

#[test]
fn meta_arguments_and_protection_are_compared() {
    let before = resource("t", "n", &[("count", number(1))]);
    let mut after = before.clone();
    after.meta.arguments = vec![("count".into(), number(2))];
    after.protect = true;
    insta::assert_snapshot!(outline(vec![before], vec![after]), @r"
    Update t.n
      Meta count: nothing -> 2
      Host protect: false -> true
    ");
}

#[test]
fn a_protected_declaration_is_not_deleted() {
    let protected = Declaration { protect: true, ..resource("t", "n", &[]) };
    insta::assert_snapshot!(outline(vec![protected.clone()], vec![]), @r"
    Delete t.n
    refuse t.n
    ");
    let snapshot = snapshot(vec![protected]);
    let graph = graph(vec![]);
    let diagnostics = plan(&graph, Some(&snapshot)).diagnostics();
    assert!(diagnostics.has_errors());
    assert_eq!(
        diagnostics.iter().next().unwrap().detail,
        "`t.n` was protected when it was stored last, and it is no longer declared."
    );
}

#[test]
fn a_declared_move_is_a_move() {
    let (old, new) = (resource("t", "old", &[("a", number(1))]), resource("t", "new", &[("a", number(2))]));
    insta::assert_snapshot!(outline(vec![old.clone()], vec![new.clone(), moved("t.old", "t.new")]), @r"
    Move t.new from t.old
      Body a: 1 -> 2
    ");
    let over_two = vec![new.clone(), moved("t.old", "t.middle"), moved("t.middle", "t.new")];
    insta::assert_snapshot!(outline(vec![old.clone()], over_two), @r"
    Move t.new from t.old
      Body a: 1 -> 2
    ");
    // The target exists already, or the source is still declared: nothing moves.
    insta::assert_snapshot!(outline(vec![old.clone(), new.clone()], vec![new.clone(), moved("t.old", "t.new")]), @r"
    Create moved t.old
    NoOp t.new
    Delete t.old
    ");
    insta::assert_snapshot!(outline(vec![old.clone()], vec![old.clone(), new.clone(), moved("t.old", "t.new")]), @r"
    Create moved t.old
    Create t.new
    NoOp t.old
    ");
    insta::assert_snapshot!(outline(vec![old], vec![moved("t.old", "t.x"), moved("t.x", "t.old")]), @r"
    Create moved t.old
    Create moved t.x
    Delete t.old
    ");
}

#[test]
fn a_likely_move_is_proposed_and_not_made() {
    let with = |name: &str, n: i64| resource("t", name, &[("a", number(n))]);
    insta::assert_snapshot!(outline(vec![with("old", 1)], vec![with("new", 1)]), @r"
    Create t.new
    Delete t.old
    propose t.old -> t.new: SameContent
    ");
    insta::assert_snapshot!(outline(vec![with("old", 1)], vec![with("new", 2)]), @r"
    Create t.new
    Delete t.old
    ");
    insta::assert_snapshot!(outline(vec![with("old", 1)], vec![with("new", 1), with("newer", 1)]), @r"
    Create t.new
    Create t.newer
    Delete t.old
    ");
    let other_type = resource("u", "new", &[("a", number(1))]);
    insta::assert_snapshot!(outline(vec![with("old", 1)], vec![other_type]), @r"
    Delete t.old
    Create u.new
    ");
    let alias = Declaration { aliases: vec![Address::from_text("t.older"), Address::from_text("t.old")], ..with("new", 2) };
    insta::assert_snapshot!(outline(vec![with("old", 1)], vec![alias]), @r"
    Create t.new
    Delete t.old
    propose t.old -> t.new: Alias
    ");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::state::arbitrary::cases(40)))]

    #[test]
    fn the_plan_of_what_is_stored_is_empty(graph in any_graph()) {
        let snapshot = Snapshot::of(&graph, None).expect("randomness");
        let plan = plan(&graph, Some(&snapshot));
        prop_assert!(plan.is_empty() && plan.proposals.is_empty() && plan.refusals.is_empty());
        prop_assert_eq!(plan.count(Action::NoOp), graph.nodes.len());
    }

    #[test]
    fn each_address_has_its_change_in_order(before in any_graph(), after in any_graph()) {
        let snapshot = Snapshot::of(&before, None).expect("randomness");
        let plan = plan(&after, Some(&snapshot));
        prop_assert!(plan.changes.windows(2).all(|pair| pair[0].address < pair[1].address));
        for change in &plan.changes {
            let (old, new) = (before.node(change.address.as_str()), after.node(change.address.as_str()));
            let expected = match (old, new) {
                (None, _) => Action::Create,
                (_, None) => Action::Delete,
                _ if change.differences.is_empty() => Action::NoOp,
                _ => Action::Update,
            };
            prop_assert_eq!(change.action, expected);
            if let (Action::Update, Some(old), Some(new)) = (change.action, old, new) {
                let same = old.body == new.body && old.meta == new.meta && old.protect == new.protect;
                prop_assert!(!same);
            }
        }
    }

    #[test]
    fn equal_fingerprints_go_with_no_difference(before in any_graph()) {
        for node in &before.nodes {
            let mut reversed = node.clone();
            for (_, value) in &mut reversed.body.arguments {
                if let Expression::Object(pairs) = value {
                    pairs.reverse();
                }
            }
            let entry = Entry::of(node);
            if diff::differences(&entry, &reversed, Order::Everywhere).certain.is_empty() {
                prop_assert_eq!(diff::fingerprint(&node.body), diff::fingerprint(&reversed.body));
            }
        }
    }
}
