use super::*;
use crate::graph::ResourceGraph;
use crate::model::{Address, Declaration};
use crate::plan::plan;
use crate::state::Snapshot;
use crate::state::arbitrary::{block, graph, resource};

fn text(text: &str) -> Expression {
    Expression::text(text)
}

/// A stack with something to say for every action.
pub(in crate::report) fn before() -> Snapshot {
    let policy = text("{\"Statement\":[{\"Action\":\"kms:Decrypt\"},{\"Action\":\"kms:Encrypt\"}]}");
    let script = text("#!/bin/sh\none\ntwo\nthree\nfour\nfive\n");
    let mut alarm = resource("aws_alarm", "errors", &[("threshold", Expression::Integer(1))]);
    alarm.body.blocks = vec![block("query", &[("id", text("a"))])];
    let nodes = vec![
        resource("aws_log_group", "app", &[("retention_in_days", Expression::Integer(30)), ("policy", policy)]),
        resource("aws_instance", "web", &[("user_data", script), ("old", Expression::Bool(true))]),
        resource("aws_kms_key", "old", &[("description", text("logs"))]),
        resource("aws_topic", "before", &[("name", text("alerts"))]),
        Declaration { protect: true, ..resource("aws_table", "ledger", &[]) },
        alarm,
    ];
    Snapshot::of(&graph(nodes), None).expect("randomness")
}

pub(in crate::report) fn after() -> ResourceGraph {
    let statement = |action: &str| Expression::Object(vec![(text("Action"), text(action))]);
    let statements = Expression::List(vec![statement("kms:Decrypt"), statement("kms:*")]);
    let policy = Expression::call("jsonencode", vec![Expression::Object(vec![(text("Statement"), statements)])]);
    let script = text("#!/bin/sh\none\ntwo\nthree\nfour \u{1b}[2J\nfive\n");
    let key = Expression::reference(Address::from_text("aws_kms_key.new"), "arn");
    let mut alarm = resource("aws_alarm", "errors", &[("threshold", Expression::Integer(1))]);
    alarm.body.blocks = vec![block("query", &[("id", text("a"))]), block("query", &[("id", text("b")), ("label", text("B"))])];
    alarm.protect = true;
    let moved = [("from", text("aws_topic.before")), ("to", text("aws_topic.after"))];
    let moved = moved.into_iter().map(|(name, value)| (name.into(), value)).collect();
    let moved = crate::model::Body { arguments: moved, blocks: Vec::new() };
    graph(vec![
        resource("aws_log_group", "app", &[("retention_in_days", Expression::Integer(90)), ("policy", policy)]),
        resource("aws_instance", "web", &[("user_data", script), ("kms_key_id", key), ("long", text(&"x".repeat(300)))]),
        resource("aws_kms_key", "new", &[("description", text("logs"))]),
        resource("aws_topic", "after", &[("name", text("alarms"))]),
        crate::state::arbitrary::declaration(Kind::Moved, &["aws_topic.before"], moved),
        alarm,
    ])
}

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[test]
fn every_action_has_its_line() {
    let (before, after) = (before(), after());
    let shown = plans(&[plan(&after, Some(&before))], TextOptions::default());
    insta::assert_snapshot!(plain(&shown), @r#"
    Plan: 1 to create, 3 to update, 1 to move, 2 to delete.

    Stack dev

      ~ aws_alarm.errors  changes; Terraform may replace
          + query[1] {
              id = "b"
              label = "B"
            }
          protect: false -> true (of tapwasm, not emitted)
      ~ aws_instance.web  changes; Terraform may replace
          + kms_key_id: aws_kms_key.new.arn
          + long: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx... (302 characters)
          - old: true
          user_data:
                two
                three
              - four
              + four \u{1b}[2J
                five
      + aws_kms_key.new
      - aws_kms_key.old
      ~ aws_log_group.app  changes; Terraform may replace
          policy.Statement[1].Action: "kms:Encrypt" -> "kms:*"
          retention_in_days: 30 -> 90
      - aws_table.ledger  protected
      > aws_topic.before -> aws_topic.after
          name: "alerts" -> "alarms"

      hint: aws_kms_key.old is deleted, and aws_kms_key.new has its type and content.
            If it was renamed, `tapwasm diff --write-moves` writes that down, or Terraform destroys the one and creates the other:
            moved from aws_kms_key.old to aws_kms_key.new

    Nothing in the cloud changes by this; `terraform plan` shows what will.
    "#);
}

#[test]
fn verbose_shows_arguments_and_whole_values() {
    let (before, after) = (before(), after());
    let shown = plain(&plans(&[plan(&after, Some(&before))], TextOptions { verbose: true }));
    assert!(shown.contains(&"x".repeat(300)));
    let first = graph(after.nodes.into_iter().filter(|node| node.address.as_str() == "aws_alarm.errors").collect());
    insta::assert_snapshot!(plain(&plans(&[plan(&first, None)], TextOptions { verbose: true })), @r#"
    Plan: 1 to create, 0 to update, 0 to move, 0 to delete.

    Stack dev: nothing of it was emitted before

      + aws_alarm.errors
          threshold = 1
          query {
            id = "a"
          }
          query {
            id = "b"
            label = "B"
          }

    Nothing in the cloud changes by this; `terraform plan` shows what will.
    "#);
}

#[test]
fn no_changes_is_said() {
    let before = before();
    let nodes = before.entries.iter().map(|entry| Declaration {
        body: entry.body.clone(),
        protect: entry.protect,
        ..resource(&entry.labels[0], &entry.labels[1], &[])
    });
    let after = graph(nodes.collect());
    insta::assert_snapshot!(plain(&plans(&[plan(&after, Some(&before))], TextOptions::default())), @r"
    No changes. What is declared is what was emitted last.

    Stack dev: no changes
    ");
    insta::assert_snapshot!(plain(&plans(&[], TextOptions::default())), @"Nothing is declared.");
}

#[test]
fn no_escape_sequence_of_a_guest_gets_through() {
    let hostile = "\u{1b}]0;title\u{7}\u{202e}\r\u{9b}31m\n";
    let mut before = resource("t", "n", &[(hostile, text("a"))]);
    before.body.blocks = vec![block(hostile, &[(hostile, text(hostile))])];
    let after = resource("t", "n", &[(hostile, text(hostile))]);
    let created = Declaration { address: Address::from_text(hostile), ..before.clone() };
    let snapshot = Snapshot::of(&graph(vec![before]), None).expect("randomness");
    let after = ResourceGraph { stack: hostile.to_owned(), ..graph(vec![after, created]) };
    let shown = plain(&plans(&[plan(&after, Some(&snapshot))], TextOptions { verbose: true }));
    assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}', '\r', '\u{9b}']), "{shown:?}");
    assert!(shown.contains("title"));
}

/// A database with a secret that was masked, without a key where `key` is 0.
fn secret(key: u8, value: &str) -> Declaration {
    let key = (key > 0).then(|| crate::graph::SecretKey::new(&[key; 32]).expect("long enough"));
    let value = Expression::Template(vec![text(value), Expression::reference(Address::from_text("var.x"), "")]);
    let mask = crate::graph::masked(&value, key.as_ref(), "here").expect("a literal");
    resource("aws_db_instance", "db", &[("password", Expression::Masked(Box::new(mask)))])
}

#[test]
fn a_secret_is_shown_by_what_it_reads_and_by_whether_it_changed() {
    let shown = |before: Declaration, after: Declaration| {
        let (before, after) = (Snapshot::of(&graph(vec![before]), None).expect("randomness"), graph(vec![after]));
        plain(&plans(&[plan(&after, Some(&before))], TextOptions { verbose: true }))
    };
    insta::assert_snapshot!(shown(secret(1, "one"), secret(1, "two")), @r"
    Plan: 0 to create, 1 to update, 0 to move, 0 to delete.

    Stack dev

      ~ aws_db_instance.db  changes; Terraform may replace
          password: changed (sensitive, with var.x)

    Nothing in the cloud changes by this; `terraform plan` shows what will.
    ");
    insta::assert_snapshot!(shown(secret(1, "one"), secret(2, "one")), @r"
    No changes. What is declared is what was emitted last.

    Stack dev: no changes

      may have changed (sensitive):
        aws_db_instance.db: password (another key)
    ");
    let entry_text = plain(&entry(&Entry::of(&secret(1, "one")), TextOptions { verbose: true }));
    assert!(entry_text.contains("password = (sensitive, with var.x)"), "{entry_text}");
}

#[test]
fn another_order_is_one_line_where_no_schema_tells() {
    let of =
        |items: [i64; 2]| graph(vec![resource("t", "n", &[("a", Expression::List(items.map(Expression::Integer).to_vec()))])]);
    let before = Snapshot::of(&of([1, 2]), None).expect("randomness");
    let shown = plain(&plans(&[plan(&of([2, 1]), Some(&before))], TextOptions::default()));
    let line = "      a: same items in another order (order unknown: no schema says whether it is a list or a set)\n";
    assert!(shown.contains("1 to update") && shown.contains(line), "{shown}");
}
