//! What a program declares is what the recorder holds: blocks, meta-arguments, scopes, handles, and the mistakes that the SDK finds.

use std::collections::HashMap;
use tapwasm_guest::testing::{Evaluated, Node, evaluate};
use tapwasm_guest::{Body, Connection, Error, Lifecycle, Provisioner, Result, Stack, assert_argument, info, json, tf, warn};

fn demo(declare: impl Fn(Stack) + Copy) -> Evaluated {
    evaluate(
        move || -> Result {
            declare(Stack::new("demo"));
            Ok(())
        },
        "{}",
    )
}

#[test]
fn arguments_take_values_as_they_are() {
    let evaluated = demo(|stack| {
        let owned = String::from("owned");
        stack
            .resource("a", "b")
            .set("text", "x")
            .set("borrowed", &owned)
            .set("number", 7_u64)
            .set("large", u64::MAX)
            .set("decimal", 0.1)
            .set("small", 0.1_f32)
            .set("yes", true)
            .set("list", ["a", "b"])
            .set("vector", vec![owned.clone()])
            .set("slice", &[1, 2][..])
            .set("map", HashMap::from([("b", 1), ("a", 2)]))
            .set("some", Some("x"))
            .set("borrowed_none", &None::<String>)
            .set("none", None::<&str>)
            .set("document", json!({ "k": [null, 1.50, owned, None::<i32>] }))
            .declare();
    });
    let declaration = evaluated.stack("demo").resource("a.b");
    assert_argument!(declaration, "text", "x");
    assert_argument!(declaration, "borrowed", "owned");
    assert_argument!(declaration, "number", 7);
    assert_argument!(declaration, "large", Node::Number("18446744073709551615".into()));
    assert_argument!(declaration, "decimal", 0.1);
    assert_argument!(declaration, "small", Node::Number("0.1".into()));
    assert_argument!(declaration, "yes", true);
    for (name, expected) in [
        ("list", r#"["a", "b"]"#),
        ("vector", r#"["owned"]"#),
        ("slice", "[1, 2]"),
        ("map", r#"{ "a" = 2, "b" = 1 }"#),
        ("document", r#"{ "k" = [null, 1.50, "owned", null] }"#),
    ] {
        assert_eq!(declaration.argument(name).to_string(), expected);
    }
    assert_eq!(declaration.find_argument("none"), None);
    assert_eq!(declaration.find_argument("borrowed_none"), None);
}

#[test]
fn meta_stands_apart_from_the_body() {
    let evaluated = demo(|stack| {
        let west = stack.provider("aws").alias("west").set("region", "us-west-2").declare();
        let bucket = stack.resource("aws_s3_bucket", "logs").declare();
        let role = stack.data("aws_iam_role", "role").declare();
        stack
            .resource("a", "b")
            .set("count", "a provider's own")
            .count(3)
            .provider(west)
            .depends_on([bucket])
            .depends_on([role])
            .lifecycle(
                Lifecycle::new()
                    .create_before_destroy(true)
                    .ignore_changes(["tags"])
                    .replace_triggered_by([bucket.get("id")])
                    .precondition(bucket.get("bucket").ne(""), "no bucket"),
            )
            .provisioner(|_| Provisioner::new("local-exec", Body::new().set("command", "true")))
            .connection(|_| Connection::new(Body::new().set("host", "x")))
            .formerly("a.old")
            .formerly("a.older")
            .protect()
            .address("c")
            .declare();
    });
    let declaration = evaluated.stack("demo").resource("a.c");
    assert_argument!(declaration, "count", "a provider's own");
    let meta = &declaration.meta;
    assert_eq!(meta.argument("count"), 3);
    assert_eq!(meta.argument("provider").to_string(), "aws.west");
    assert_eq!(meta.argument("depends_on").to_string(), "[aws_s3_bucket.logs, data.aws_iam_role.role]");
    let lifecycle = meta.block("lifecycle");
    assert_eq!(lifecycle.argument("replace_triggered_by").to_string(), "[aws_s3_bucket.logs.id]");
    assert_eq!(lifecycle.block("precondition").argument("condition").to_string(), r#"(aws_s3_bucket.logs.bucket != "")"#);
    assert_eq!(meta.labelled("provisioner", "local-exec").argument("command"), "true");
    assert_eq!(declaration.extras["alias"].to_string(), r#"["a.old", "a.older"]"#);
    assert_eq!(declaration.extras["protect"], true);
}

#[test]
fn instances_are_picked_before_they_are_read() {
    let evaluated = demo(|stack| {
        let numbered = stack.resource("a", "numbered").count(2).declare();
        let keyed = stack.resource("a", "keyed").for_each(["x", "y"]).declare();
        let ahead = stack.reserve_resource("a", "ahead").keyed();
        stack
            .local("all")
            .set(
                "value",
                json!([
                    numbered.at(0).get("id"),
                    numbered.all::<tapwasm_guest::Str>("id"),
                    keyed.at("x").get("id"),
                    keyed.all::<tapwasm_guest::Str>("id"),
                    ahead.at("k").get("id"),
                ]),
            )
            .declare();
    });
    let stack = evaluated.stack("demo");
    assert_eq!(stack.resource("a.keyed").meta.argument("for_each").to_string(), r#"toset(["x", "y"])"#);
    assert_eq!(
        stack.declaration("local.all").argument("value").to_string(),
        r#"[a.numbered[0].id, a.numbered[*].id, a.keyed["x"].id, values(a.keyed)[*].id, a.ahead["k"].id]"#
    );
}

#[test]
fn scopes_go_before_names() {
    let evaluated = demo(|stack| {
        stack.scope("group").resource("a", "item-0").declare();
        stack.scope("group").scope("inner").resource("a", "b").declare();
    });
    let stack = evaluated.stack("demo");
    assert_eq!(stack.resource("a.group_item-0_E39B062C").scope, ["group"]);
    assert_eq!(stack.declarations[1].scope, ["group", "inner"]);
}

#[test]
fn modules_and_other_blocks() {
    let evaluated = demo(|stack| {
        let aws = stack.provider("aws").declare();
        let west = stack.provider("aws").alias("west").declare();
        let region = stack.variable("region").set("type", "string").declare();
        let network = stack
            .module("network")
            .source("./network")
            .version("1.2.3")
            .providers(&[("aws", aws)])
            .set("source", "a variable of the module's")
            .set("region", region)
            .declare();
        stack.output("vpc").set("value", network.get("vpc_id")).depends_on([network]).declare();
        stack.moved().set("from", "a.old").set("to", network).declare();
        stack.removed().set("from", "a.gone").forget().declare();
        stack.import().set("to", "a.b").set("id", "i-1").set("provider", west).declare();
        stack
            .check("up")
            .labels("data", &["http", "health"], Body::new().set("provider", west))
            .block("assert", Body::new().set("condition", region.value().ne("")).set("error_message", "no"))
            .declare();
        stack
            .resource("aws_security_group", "sg")
            .dynamic("ingress", region, |_, value| Body::new().set("port", value.get("port")))
            .declare();
    });
    let stack = evaluated.stack("demo");
    let module = stack.declaration("module.network");
    assert_eq!(module.meta.argument("providers").to_string(), r#"{ "aws" = aws }"#);
    assert_eq!(module.meta.argument("source"), "./network");
    assert_eq!(module.argument("region").to_string(), "var.region");
    assert_eq!(stack.output("vpc").argument("depends_on").to_string(), "[module.network]");
    let dynamic = stack.resource("aws_security_group.sg").labelled("dynamic", "ingress");
    assert_eq!(dynamic.block("content").argument("port").to_string(), "ingress.value.port");
    assert_eq!(stack.of_kind("moved").count(), 1);
    assert_eq!(stack.of_kind("import").next().unwrap().argument("provider").to_string(), "aws.west");
    let scoped = stack.declaration("check.up").labelled("data", "http");
    assert_eq!(scoped.argument("provider").to_string(), "aws.west");
}

#[test]
fn assets_carry_their_digest() {
    let evaluated = demo(|stack| {
        let page = stack.asset("index.html", "hello");
        assert_eq!(page.path, "assets/index-2cf24dba5fb0.html");
        assert_eq!(page.sha256_base64, "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
        assert_eq!(page.size, 5);
        let one = stack.zip("code", &[("a.py", b"a"), ("b.py", b"bc")]);
        let other = stack.zip("code", &[("b.py", b"bc"), ("a.py", b"a")]);
        assert_eq!(one, other);
        assert_ne!(one.path, stack.archive("code").executable("a.py", "a").file("b.py", "bc").declare().path);
    });
    assert_eq!(evaluated.stack("demo").assets["assets/index-2cf24dba5fb0.html"], b"hello");
}

#[test]
fn mistakes_are_told_together_with_their_places() {
    let evaluated = demo(|stack| {
        let forgotten = stack.resource("a", "forgotten");
        drop(forgotten);
        stack.resource("a", "b").set("x", 1).set("x", 2).set("y", f64::NAN).declare();
    });
    let failure = evaluated.failure();
    assert!(failure.place.contains("tests/declaring.rs:"), "{failure:?}");
    let message = &failure.message;
    assert!(message.starts_with("resource `a.forgotten` is never declared: `.declare()` is missing\nalso, at "), "{message}");
    assert!(message.contains("the argument `x` is set twice"), "{message}");
    assert!(message.contains("infinite or not a number"), "{message}");
}

#[test]
fn the_programs_own_error_comes_first() {
    fn build() -> Result {
        let stack = Stack::new("demo");
        let _unfinished = stack.resource("a", "b");
        Err(Error::new("no"))
    }
    let evaluated = evaluate(build, "{}");
    assert_eq!(evaluated.failure().message, "no");
    assert_eq!(evaluate(|| Ok(()), "{}").failure, None);
}

#[test]
fn panics_are_caught_with_their_place() {
    let evaluated = evaluate(
        || -> Result {
            info!("before {}", 1);
            warn!("careful");
            panic!("out of {}", "luck")
        },
        "{}",
    );
    let failure = evaluated.failure();
    assert_eq!((failure.message.as_str(), failure.panicked), ("out of luck", true));
    assert!(failure.place.contains("tests/declaring.rs:"));
    assert_eq!(evaluated.logs.iter().map(|log| log.message.as_str()).collect::<Vec<_>>(), ["before 1", "careful"]);
}

#[test]
fn what_belongs_to_another_stack_is_shown_with_its_name() {
    let evaluated = evaluate(
        || -> Result {
            let one = Stack::new("one");
            let key = one.resource("a", "b").declare();
            let name = one.output("name").set("value", "n").declare();
            let two = Stack::new("two");
            two.resource("a", "b").set("x", tf!("{}", key.get("id"))).set("y", name.value()).declare();
            let three = Stack::new("three");
            three.depends_on(two);
            three.cdktf_cross_stack_names();
            Ok(())
        },
        "{}",
    );
    let two = evaluated.stack("two");
    assert_eq!(two.resource("a.b").argument("x").to_string(), "\"${one:a.b.id}\"");
    assert_eq!(two.resource("a.b").argument("y").to_string(), "one:output.name");
    assert_eq!(
        (&two.dependencies[..], &evaluated.stack("three").dependencies[..]),
        (&["one".to_owned()][..], &["two".to_owned()][..])
    );
}

#[test]
#[should_panic(expected = "no `a.c`; there is `a.b`")]
fn what_is_missing_names_what_is_there() {
    demo(|stack| {
        stack.resource("a", "b").declare();
    })
    .stack("demo")
    .resource("a.c");
}
