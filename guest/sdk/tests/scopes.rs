//! Components, aspects, notes, checks and overrides, evaluated natively.

#![allow(clippy::unwrap_used, reason = "a test fails by it, with its place")]

use tapwasm_guest::testing::evaluate;
use tapwasm_guest::{Body, Lifecycle, Result, Scope, Stack, json};

fn queue(scope: Scope, retention: u32) -> tapwasm_guest::Handle {
    scope.resource("aws_sqs_queue", "dead").set("tags", json!({ "Team": "own" })).declare();
    scope.resource("aws_sqs_queue", "jobs").set("message_retention_seconds", retention).declare()
}

#[test]
fn aspects_visit_everything_under_their_scope_outer_ones_first() {
    fn build() -> Result {
        let stack = Stack::new("app");
        let api = stack.scope("api");
        api.visit(|declared| declared.set("inner", declared.argument("outer").map(|_| "saw the outer one")));
        stack.visit(|declared| {
            declared.set("outer", true);
            declared.add_entries("tags", [("Team", "shop"), ("Cost", "1")]);
        });
        queue(api.scope("jobs"), 60);
        queue(stack.scope("web"), 90);
        stack.resource("t", "expr").set("tags", stack.data("t", "x").declare().get("tags")).declare();
        Ok(())
    }
    let evaluated = evaluate(build, "{}");
    let stack = evaluated.stack("app");
    let of = |scope: &[&str], name: &str| {
        let found = stack.declarations.iter().find(|known| known.scope == scope && known.labels[1] == name);
        found.expect("it is declared").clone()
    };
    assert_eq!(*of(&["api", "jobs"], "jobs").argument("inner"), "saw the outer one");
    assert!(of(&["web"], "jobs").find_argument("inner").is_none());
    assert_eq!(*of(&["web"], "dead").argument("tags").key("Team"), "own");
    assert_eq!(*of(&["web"], "dead").argument("tags").key("Cost"), "1");
    assert_eq!(*of(&["web"], "jobs").argument("message_retention_seconds"), 90);
    let tags = stack.resource("t.expr").argument("tags").to_string();
    assert_eq!(tags, "merge({ \"Team\" = \"shop\", \"Cost\" = \"1\" }, data.t.x.tags)");
}

#[test]
fn aspects_replace_remove_refuse_and_change_the_lifecycle() {
    fn build() -> Result {
        let stack = Stack::new("app");
        stack.visit(|declared| {
            assert_eq!((declared.kind(), declared.type_name()), ("resource", "t"));
            declared.replace_entries("tags", [("Team", "shop")]);
            declared.remove("old");
            declared.lifecycle(Lifecycle::new().prevent_destroy(true));
            declared.protect();
            if declared.bool("encrypted") != Some(true) {
                declared.refuse("not encrypted");
            }
        });
        let both = Lifecycle::new().prevent_destroy(false).create_before_destroy(true);
        let fine = stack.resource("t", "fine").set("old", json!([1, { "a": [2] }])).set("encrypted", true);
        fine.set("tags", json!({ "Team": "own", "Name": "n" })).block("b", Body::new().set("x", 1)).lifecycle(both).declare();
        stack.resource("t", "open").declare();
        stack.resource("t", "odd").set("encrypted", "yes").declare();
        Ok(())
    }
    let evaluated = evaluate(build, "{}");
    let message = &evaluated.failure().message;
    assert!(message.starts_with("t.open: not encrypted\nSaid by the aspect"), "{message}");
    assert!(message.contains("t.odd: not encrypted"), "{message}");
    fn fine() -> Result {
        let stack = Stack::new("app");
        stack.visit(|declared| {
            declared.replace_entries("tags", [("Team", "shop")]);
            declared.remove("old");
            declared.lifecycle(Lifecycle::new().prevent_destroy(true));
        });
        let both = Lifecycle::new().prevent_destroy(false).create_before_destroy(true);
        let builder = stack.resource("t", "fine").set("old", json!([1, { "a": [2] }])).set("z", 1);
        builder.set("tags", json!({ "Team": "own", "Name": "n" })).block("b", Body::new().set("x", 1)).lifecycle(both).declare();
        Ok(())
    }
    let evaluated = evaluate(fine, "{}");
    let fine = evaluated.stack("app").resource("t.fine");
    assert_eq!(fine.arguments(), ["z", "tags"]);
    assert_eq!(*fine.argument("tags").key("Team"), "shop");
    assert_eq!(*fine.argument("tags").key("Name"), "n");
    assert_eq!(*fine.block("b").argument("x"), 1);
    let lifecycle = fine.meta.block("lifecycle");
    assert_eq!(*lifecycle.argument("prevent_destroy"), true);
    assert_eq!(*lifecycle.argument("create_before_destroy"), true);
}

#[test]
fn an_aspect_that_comes_too_late_is_told() {
    fn build() -> Result {
        let stack = Stack::new("app");
        stack.scope("a").resource("t", "x").declare();
        stack.scope("b").visit(|_| ());
        stack.visit(|_| ());
        Ok(())
    }
    let evaluated = evaluate(build, "{}");
    let failure = evaluated.failure();
    assert!(failure.message.starts_with("this aspect comes too late"), "{}", failure.message);
    assert!(!failure.message.contains("also"), "{}", failure.message);
    // Nothing of one run reaches the next.
    fn next() -> Result {
        let stack = Stack::new("app");
        stack.visit(|declared| declared.set("seen", true));
        stack.resource("t", "x").declare();
        Ok(())
    }
    assert_eq!(*evaluate(next, "{}").stack("app").resource("t.x").argument("seen"), true);
}

#[test]
fn an_aspect_does_not_visit_what_it_declares_itself() {
    fn build() -> Result {
        let stack = Stack::new("app");
        stack.visit(move |declared| {
            let name = format!("{}-alarm", declared.name());
            stack.resource("alarm", name).declare();
        });
        stack.resource("t", "x").declare();
        Ok(())
    }
    assert_eq!(evaluate(build, "{}").stack("app").addresses(), ["alarm.x-alarm", "t.x"]);
}

#[test]
fn notes_and_checks_are_collected() {
    fn build() -> Result {
        let stack = Stack::new("app");
        let total = std::rc::Rc::new(std::cell::Cell::new(0));
        let seen = total.clone();
        stack.validate(move || if seen.get() > 1 { Err(format!("{} of them", seen.get())) } else { Ok(()) });
        for name in ["x", "y"] {
            total.set(total.get() + 1);
            stack.resource("t", name).warn("old").validate(|| Err::<(), _>("never right")).declare();
        }
        stack.inform("all said");
        Ok(())
    }
    let failure = evaluate(build, "{}").failure().message.clone();
    let lines: Vec<&str> = failure.lines().collect();
    assert_eq!(lines[0], "2 of them");
    assert!(lines[1].ends_with("t.x: never right") && lines[2].ends_with("t.y: never right"), "{failure}");
}

#[test]
fn overrides_are_shown() {
    fn build() -> Result {
        let stack = Stack::new("app");
        let group = stack.resource("t", "x").set("a", 1).override_new("b", 2).warn("old").declare();
        stack.override_value(group, "tags[\"cost center\"]", "c");
        stack.override_new_block(group, "ingress[1]", Body::new().set("p", 80));
        stack.override_remove(group, "a");
        Ok(())
    }
    let evaluated = evaluate(build, "{}");
    let stack = evaluated.stack("app");
    assert_eq!(stack.notes[0].about.as_deref(), Some("t.x"));
    let paths: Vec<String> = stack.overrides.iter().map(|change| change.path.join("/")).collect();
    assert_eq!(paths, ["b", "tags/cost center", "ingress/1", "a"]);
    assert_eq!(*stack.overrides[2].block.as_ref().unwrap().argument("p"), 80);
    fn wrong() -> Result {
        let stack = Stack::new("app");
        stack.resource("t", "x").override_new("a[", 2).declare();
        Ok(())
    }
    assert!(evaluate(wrong, "{}").failure().message.contains("is no path of an override"));
}
