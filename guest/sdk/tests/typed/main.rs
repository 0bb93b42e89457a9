//! Typed bindings of a provider that has everything a schema can say: blocks of every nesting and number, nested attributes, names that collide.
//! The bindings are as the generator emits them.

mod acme;

use acme::box_::{
    Box, Drawer, Handle, Labels, Lid, Owner, Points, Print, Shelf, ShelfPaint, Sticker, StickerSticker, Wall, WallPaint,
};
use acme::{box_, data, ephemeral, provider};
use std::collections::BTreeMap;
use tapwasm_guest::testing::{EvaluatedStack, evaluate};
use tapwasm_guest::{
    Counted, Expr, For, Instances, Keyed, Lifecycle, List, LocalExec, Num, Object, Result, Scope, Set, SshConnection, Stack, Str,
    Value, dynamic, each_value, functions, json, length, symbol, tf,
};

fn demo(declare: impl Fn(Stack) + Copy) -> EvaluatedStack {
    let evaluated = evaluate(
        move || -> Result {
            declare(Stack::new("demo"));
            Ok(())
        },
        "{}",
    );
    assert_eq!(evaluated.failure, None);
    evaluated.stack("demo").clone()
}

fn wall(height: u32) -> acme::box_::WallBlock {
    Wall { height, paint: WallPaint { colour: "white" } }.with()
}

/// A box that lacks nothing.
fn start(scope: Scope, name: &str) -> acme::box_::BoxBuilder {
    let required =
        box_::Required { type_: "crate", owner: Owner { name: "Ada" }, wall: [wall(1), wall(2)], handle: Handle::new() };
    box_(scope, name, required)
}

#[test]
fn arguments_and_blocks_stand_under_terraforms_names() {
    let stack = demo(|stack| {
        let box_ = start(stack, "a")
            .count_(3)
            .password(Some("secret"))
            .anything(json!({ "k": [1, "x"] }))
            .lid(Lid::new().new_(true))
            .shelf([Shelf::new().depth(10), Shelf::new().paint(ShelfPaint::new().shade("dark"))])
            .sticker(vec![Sticker::new().text("fragile")])
            .sticker(Sticker::new().sticker([StickerSticker::new().url("x")]))
            .sticker(Some(Sticker::new()))
            .drawer([("top", Drawer { lock: true })])
            .drawer(BTreeMap::from([("bottom".to_owned(), Drawer { lock: false })]));
        box_.declare();
    });
    let box_ = stack.resource("acme_box.a");
    assert_eq!(box_.argument("type"), "crate");
    assert_eq!(box_.argument("count"), 3);
    assert_eq!(box_.argument("password"), "secret");
    assert_eq!(box_.argument("anything").to_string(), r#"{ "k" = [1, "x"] }"#);
    assert_eq!(box_.argument("owner").to_string(), r#"{ "name" = "Ada" }"#);
    assert_eq!(box_.block("lid").argument("new"), true);
    assert_eq!(box_.blocks("wall").len(), 2);
    assert_eq!(box_.blocks("wall")[1].argument("height"), 2);
    assert_eq!(box_.blocks("wall")[0].block("paint").argument("colour"), "white");
    assert_eq!(box_.blocks("shelf")[1].block("paint").argument("shade"), "dark");
    assert_eq!(box_.block("handle").entries, []);
    assert_eq!(box_.blocks("sticker").len(), 3);
    assert_eq!(box_.blocks("sticker")[1].block("sticker").argument("url"), "x");
    assert_eq!(box_.labelled("drawer", "top").argument("lock"), true);
    assert_eq!(box_.labelled("drawer", "bottom").argument("lock"), false);
    assert!(box_.meta.entries.is_empty());
}

#[test]
fn functions_of_the_provider_take_and_give_their_types() {
    let stack = demo(|stack| {
        let box_ = start(stack, "a").declare();
        let name = acme::functions::join_all("-", ["a", "b"]);
        let sizes: Expr<List<Num>> = acme::functions::sizes([1, 2]);
        stack.output("name").value(tf!("{name}!")).declare();
        stack.output("size").value(sizes.at(0)).declare();
        stack.output("text").value(acme::functions::describe(box_, [("k", "v")]).get("text")).declare();
        stack.output("now").value(acme::functions::now()).declare();
    });
    let value = |name: &str| stack.output(name).argument("value").to_string();
    assert_eq!(value("name"), r#""${provider::acme::join_all("-", "a", "b")}!""#);
    assert_eq!(value("size"), "provider::acme::sizes([1, 2])[0]");
    assert_eq!(value("text"), r#"provider::acme::describe(acme_box.a, { "k" = "v" }).text"#);
    assert_eq!(value("now"), "provider::acme::now()");
}

#[test]
fn nothing_is_set_by_none() {
    let stack = demo(|stack| {
        start(stack, "a")
            .count_(None::<u32>)
            .password(&None::<String>)
            .lid(None::<Lid>)
            .sticker(None::<Sticker>)
            .sticker(Vec::<Sticker>::new())
            .declare();
    });
    assert_eq!(stack.resource("acme_box.a").arguments(), ["owner", "type"]);
    assert!(stack.resource("acme_box.a").blocks("sticker").is_empty());
}

#[test]
fn objects_of_an_old_schema_have_every_attribute_those_of_a_new_one_what_is_set() {
    let stack = demo(|stack| {
        let key: Value = symbol("local.point");
        start(stack, "a")
            .points([Points::new().x(1), Points::new().tags(["t"]).y(2.5)])
            .labels([
                ("left", Labels::new().colour("red").print([Print { text: "up" }.with().bold(true)])),
                ("right", Labels::new()),
            ])
            .declare();
        start(stack, "b").points(vec![key]).labels(json!({ "left": null })).declare();
    });
    let box_ = stack.resource("acme_box.a");
    assert_eq!(
        box_.argument("points").to_string(),
        r#"[{ "x" = 1, "tags" = null, "y" = null }, { "tags" = ["t"], "y" = 2.5, "x" = null }]"#
    );
    assert_eq!(
        box_.argument("labels").to_string(),
        r#"{ "left" = { "colour" = "red", "print" = [{ "text" = "up", "bold" = true }] }, "right" = {  } }"#
    );
    assert_eq!(stack.resource("acme_box.b").argument("points").to_string(), "[local.point]");
}

#[test]
fn attributes_are_read_as_the_schema_says() {
    let stack = demo(|stack| {
        let a = start(stack, "a").declare();
        let id: Expr<Str> = a.id();
        let pair: Value = a.pair();
        let owner = a.owner();
        let uid: Expr<Num> = owner.uid();
        let tags: Expr<Set<Str>> = a.points().at(0).tags();
        let print: Expr<Str> = a.labels().at("left").print().at(0).text();
        let colours: Expr<List<Str>> = a.wall().all(|wall| wall.paint().at(0).colour());
        let stickers = a.sticker().all(|sticker| sticker.sticker());
        let deep: Expr<Str> = stickers.at(0).at(1).url();
        let only = functions::one(a.wall()).read().height();
        let tall = For::items_of(a.wall()).when(|_, wall| wall.height().gt(1)).list::<Num>(|_, wall| wall.height());
        let lid = a.lid();
        let drawer = a.drawer().at("top").lock();
        stack
            .output("all")
            .value(json!([id, pair, uid, tags, print, colours, deep, only, tall, lid, drawer, a.untyped_(), a, owner]))
            .declare();
        // A setting takes what was read, and an object of it.
        start(stack, "b").points(a.points()).labels(a.labels()).count_(a.count()).anything(a.owner()).declare();
        let required = box_::Required { type_: a.type_(), owner: a.owner(), wall: [wall(1), wall(2)], handle: Handle::new() };
        box_(stack, "c", required).declare();
    });
    let all: Vec<String> = stack.output("all").argument("value").items().iter().map(ToString::to_string).collect();
    assert_eq!(
        all,
        [
            "acme_box.a.id",
            "acme_box.a.pair",
            "acme_box.a.owner.uid",
            "acme_box.a.points[0].tags",
            r#"acme_box.a.labels["left"].print[0].text"#,
            "acme_box.a.wall[*].paint[0].colour",
            "acme_box.a.sticker[*].sticker[0][1].url",
            "one(acme_box.a.wall).height",
            "[for v in acme_box.a.wall : v.height if (v.height > 1)]",
            "acme_box.a.lid",
            r#"acme_box.a.drawer["top"].lock"#,
            "acme_box.a.untyped",
            "acme_box.a",
            "acme_box.a.owner",
        ]
    );
    assert_eq!(stack.resource("acme_box.b").argument("points").to_string(), "acme_box.a.points");
    assert_eq!(stack.resource("acme_box.c").argument("owner").to_string(), "acme_box.a.owner");
}

#[test]
fn instances_are_picked_before_they_are_read() {
    let stack = demo(|stack| {
        let counted: Instances<Counted, Box<Value>> = start(stack, "counted").count(2).declare();
        let keyed: Instances<Keyed, Box<Value>> = start(stack, "keyed").for_each(["x", "y"]).declare();
        let ids: Expr<List<Str>> = counted.all(|box_| box_.id());
        let owners = keyed.all(|box_| box_.owner());
        let names: Expr<Str> = owners.at(0).name();
        let by_key: Expr<Str> = keyed.instances().at("x").id();
        let of_map = For::entries_of(keyed.instances()).map::<Str>(|key, box_| (key, box_.id()));
        let chained = start(stack, "chained").for_each(keyed).anything(Box::from(each_value()).id()).declare();
        let ahead = Instances::<Keyed, Box<Value>>::from(Box::reserve(stack, "ahead").untyped().keyed());
        let all =
            json!([counted.at(0).id(), ids, keyed.at("x").wall().at(0).height(), names, by_key, of_map, ahead.at("k").id()]);
        stack.output("all").value(all).depends_on((counted, keyed, chained)).declare();
    });
    let all: Vec<String> = stack.output("all").argument("value").items().iter().map(ToString::to_string).collect();
    assert_eq!(
        all,
        [
            "acme_box.counted[0].id",
            "acme_box.counted[*].id",
            r#"acme_box.keyed["x"].wall[0].height"#,
            "values(acme_box.keyed)[*].owner[0].name",
            r#"acme_box.keyed["x"].id"#,
            "{for k, v in acme_box.keyed : k => v.id}",
            r#"acme_box.ahead["k"].id"#,
        ]
    );
    assert_eq!(stack.resource("acme_box.chained").argument("anything").to_string(), "each.value.id");
    assert_eq!(stack.resource("acme_box.chained").meta.argument("for_each").to_string(), "acme_box.keyed");
    let depends_on = stack.output("all").argument("depends_on").to_string();
    assert_eq!(depends_on, "[acme_box.counted, acme_box.keyed, acme_box.chained]");
}

#[test]
fn dynamic_blocks_are_typed() {
    let stack = demo(|stack| {
        let shelves = stack.variable("shelves").declare();
        let lid = stack.variable("lid").declare();
        let walls = dynamic(shelves, |_, wall| Wall { height: wall, paint: WallPaint { colour: "red" } });
        let required = box_::Required { type_: "crate", owner: Owner { name: "Ada" }, wall: walls, handle: vec![Handle::new()] };
        box_(stack, "a", required)
            .lid(dynamic(lid, |_, new| Lid::new().new_(new)))
            .shelf(dynamic(shelves, |key, _| Shelf::new().depth(key).paint(dynamic(lid, |_, v| ShelfPaint::new().shade(v)))))
            .shelf(Shelf::new())
            .declare();
    });
    let box_ = stack.resource("acme_box.a");
    let walls = box_.labelled("dynamic", "wall");
    assert_eq!(walls.argument("for_each").to_string(), "var.shelves");
    assert_eq!(walls.block("content").argument("height").to_string(), "wall.value");
    assert_eq!(box_.labelled("dynamic", "lid").block("content").argument("new").to_string(), "lid.value");
    let content = box_.labelled("dynamic", "shelf").block("content");
    assert_eq!(content.argument("depth").to_string(), "shelf.key");
    assert_eq!(content.labelled("dynamic", "paint").block("content").argument("shade").to_string(), "paint.value");
    assert_eq!(box_.blocks("shelf").len(), 1);
}

#[test]
fn meta_arguments_are_those_of_the_kind() {
    let stack = demo(|stack| {
        let west = provider(stack, provider::Required { token: "t" }).alias("west").alias_("a provider's own").declare();
        let boxes =
            data::boxes(stack, "all").provider_("own").provider(west).filter(data::boxes::Filter { name: "n", values: ["v"] });
        let boxes = boxes.postcondition(|this| (length(this.ids()).gt(0), "There are none.")).declare();
        let key = ephemeral::key(stack, "k").provider(west).declare();
        start(stack, "a")
            .provider(west)
            .lifecycle(Lifecycle::new().prevent_destroy(true))
            .precondition(length(boxes.ids()).gt(0), "There are none.")
            .postcondition(|this| (this.count().gt(0), tf!("{} is empty.", this.id())))
            .provisioner(|this| LocalExec::new(tf!("echo {}", this.id())))
            .connection(|this| SshConnection::new(this.owner().name()))
            .depends_on((boxes, key))
            .depends_on([boxes])
            .address("b")
            .formerly("acme_box.old")
            .protect()
            .also(|builder| builder.set("argument_of_a_later_version", 1).warn("Mind the box."))
            .declare();
    });
    let west = stack.provider("acme.west");
    assert_eq!(west.body.arguments(), ["token", "alias"]);
    let boxes = stack.data("acme_boxes.all");
    assert_eq!(boxes.argument("provider"), "own");
    assert_eq!(boxes.meta.argument("provider").to_string(), "acme.west");
    let condition = boxes.meta.block("lifecycle").block("postcondition").argument("condition").to_string();
    assert_eq!(condition, "(length(self.ids) > 0)");
    let box_ = stack.resource("acme_box.b");
    let lifecycle = box_.meta.block("lifecycle");
    assert_eq!(lifecycle.argument("prevent_destroy"), true);
    assert_eq!(lifecycle.block("postcondition").argument("error_message").to_string(), r#""${self.id} is empty.""#);
    assert_eq!(box_.meta.labelled("provisioner", "local-exec").argument("command").to_string(), r#""echo ${self.id}""#);
    assert_eq!(box_.meta.block("connection").argument("host").to_string(), "self.owner.name");
    assert_eq!(box_.meta.argument("depends_on").to_string(), "[data.acme_boxes.all, ephemeral.acme_key.k, data.acme_boxes.all]");
    assert_eq!(box_.extras["protect"], true);
    assert_eq!(box_.argument("argument_of_a_later_version"), 1);
    assert_eq!(stack.notes.len(), 1);
}

#[test]
fn handles_go_where_untyped_ones_do() {
    let stack = demo(|stack| {
        let ahead = Box::reserve(stack, "a");
        stack.output("before").value(ahead.id()).declare();
        let a = start(stack, "a").declare();
        let untyped: tapwasm_guest::Handle = a.into();
        let again = Box::from(untyped);
        let builder = start(stack, "b").untyped().set("late", again.id());
        let b = Box::from(builder.declare());
        stack.moved().from("acme_box.z").to(a).declare();
        stack.output("after").value(json!([a, again.owner().untyped(), b.id()])).depends_on([a]).declare();
        fn takes_objects(_: impl tapwasm_guest::IntoExpr<Object>) {}
        takes_objects(a);
        takes_objects(a.owner());
    });
    assert_eq!(stack.output("before").argument("value").to_string(), "acme_box.a.id");
    assert_eq!(stack.resource("acme_box.b").argument("late").to_string(), "acme_box.a.id");
    assert_eq!(stack.of_kind("moved").next().expect("one").argument("to").to_string(), "acme_box.a");
}

/// Expects a failure that is said of a place in this file.
#[track_caller]
fn check<T>(declare: impl Fn(Stack) -> T + Copy, expected: &str) {
    let evaluated = evaluate(
        move || -> Result {
            declare(Stack::new("demo"));
            Ok(())
        },
        "{}",
    );
    let failure = evaluated.failure();
    assert!(failure.message.starts_with(expected), "{}", failure.message);
    assert!(failure.place.contains("tests/typed/main.rs"), "{}", failure.place);
}

#[test]
fn too_many_and_too_few_blocks_are_told() {
    check(
        |stack| start(stack, "a").lid(Lid::new()).lid(Lid::new()).declare(),
        "the block `lid` is given twice: at most one can stand here",
    );
    check(
        |stack| start(stack, "a").shelf([Shelf::new(), Shelf::new()]).shelf(vec![Shelf::new()]).declare(),
        "the block `shelf` is given 3 times: at most 2 can stand here",
    );
    let required = |wall| box_::Required { type_: "crate", owner: Owner { name: "Ada" }, wall, handle: Handle::new() };
    check(
        |stack| box_(stack, "a", required(vec![wall(1)])).declare(),
        "the block `wall` is given once: at least 2 must stand here",
    );
    check(
        |stack| {
            let required = box_::Required {
                type_: "crate",
                owner: Owner { name: "Ada" },
                wall: vec![wall(1), wall(2)],
                handle: Vec::<Handle>::new(),
            };
            box_(stack, "a", required).declare();
        },
        "the block `handle` is not given: at least one must stand here",
    );
}

#[test]
fn what_is_said_twice_is_told_with_its_place() {
    check(|stack| start(stack, "a").count_(1).count_(2).declare(), "the argument `count` is set twice");
    check(|stack| start(stack, "a").lid(Lid::new().new_(true).new_(false)).declare(), "the argument `new` is set twice");
    check(|stack| start(stack, "a").labels([("a", Labels::new()), ("a", Labels::new())]).declare(), "the key `a` is given twice");
}

#[test]
fn numbers_that_are_none_are_told_with_the_authors_place() {
    check(
        |stack| {
            let required = box_::Required {
                type_: "crate",
                owner: Owner { name: "Ada" },
                wall: [Wall { height: f64::NAN, paint: WallPaint { colour: "red" } }],
                handle: Handle::new(),
            };
            box_(stack, "a", required).declare();
        },
        "a number that is infinite",
    );
}
