use super::*;
use crate::model::{Block, StackLinks};

fn text(text: &str) -> Expression {
    Expression::text(text)
}

fn body(arguments: &[(&str, Expression)], blocks: Vec<Block>) -> Body {
    let arguments = arguments.iter().map(|(name, value)| (Name::from(*name), value.clone())).collect();
    let mut body = Body { arguments, blocks };
    body.sort();
    body
}

fn block(name: &str, labels: &[&str], from: &str) -> Block {
    let labels = labels.iter().map(|label| Name::from(*label)).collect();
    Block { name: name.into(), labels, body: body(&[("from", text(from))], vec![]) }
}

fn place(line: u32) -> Place {
    Place { file: "src/lib.rs".into(), line, column: 0 }
}

fn stack() -> Vec<StackDeclarations> {
    let tags = Expression::Object(vec![(text("Name"), text("a")), (text("cost center"), text("x"))]);
    let list = Expression::List(vec![text("0"), text("1"), text("2")]);
    let blocks = vec![block("ingress", &[], "a"), block("ingress", &[], "b"), block("ingress", &[], "c")];
    let more = vec![block("egress", &[], "e"), block("dynamic", &["rule"], "d")];
    let declaration = Declaration {
        address: Address::from_text("t.n"),
        kind: Kind::Resource,
        labels: vec!["t".into(), "n".into()],
        body: body(&[("tags", tags), ("list", list)], [blocks, more].concat()),
        meta: body(&[("count", Expression::Integer(1))], vec![]),
        scope: vec![],
        place: place(1),
        protect: false,
        aliases: vec![],
        overrides: vec![],
    };
    vec![StackDeclarations {
        name: "app".into(),
        place: place(1),
        declarations: vec![declaration],
        reserved: vec![],
        assets: vec![],
        links: StackLinks::default(),
    }]
}

fn change(path: &[&str], content: Content, adds: bool) -> Pending {
    let path = path.iter().map(|step| Name::from(*step)).collect();
    Pending { stack: 0, address: Address::from_text("t.n"), path, content, adds, place: place(9) }
}

fn value(new: &str) -> Content {
    Content::Value(text(new))
}

/// Returns the declaration after the changes, and what was found wrong: codes and details.
fn applied(changes: Vec<Pending>) -> (Declaration, Vec<String>) {
    let mut stacks = stack();
    let mut diagnostics = Diagnostics::default();
    apply(&mut stacks, changes, &mut diagnostics);
    let found = diagnostics.iter().map(|found| format!("{}: {} {}", found.code, found.detail, found.help)).collect();
    (stacks.remove(0).declarations.remove(0), found)
}

#[track_caller]
fn misses(change: Pending, expected: &str) {
    let (declaration, found) = applied(vec![change]);
    assert_eq!(found, [expected]);
    assert!(declaration.overrides.is_empty());
    assert_eq!(declaration.body, stack()[0].declarations[0].body);
}

#[test]
fn values_and_blocks_are_replaced_added_and_removed() {
    let (declaration, found) = applied(vec![
        change(&["ingress", "1", "from"], value("B"), false),
        change(&["egress", "from"], value("E"), false),
        change(&["dynamic", "rule", "from"], value("D"), false),
        change(&["tags", "cost center"], value("y"), false),
        change(&["tags", "Team"], value("z"), true),
        change(&["list", "3"], value("3"), true),
        change(&["count"], Content::Value(Expression::Integer(2)), false),
        change(&["_", "count"], value("own"), true),
        change(&["timeouts"], Content::Block(body(&[], vec![])), true),
    ]);
    assert_eq!(found, [""; 0]);
    let from: Vec<&str> = declaration.body.blocks.iter().filter_map(|block| block.body.argument("from")?.as_text()).collect();
    assert_eq!(from, ["D", "E", "a", "B", "c"]);
    assert_eq!(declaration.meta.argument("count"), Some(&Expression::Integer(2)));
    assert_eq!(declaration.body.argument("count"), Some(&text("own")));
    assert_eq!(declaration.body.blocks_named("timeouts").count(), 1);
    let Some(Expression::Object(tags)) = declaration.body.argument("tags") else { panic!("tags are an object") };
    assert_eq!(tags[1..], [(text("cost center"), text("y")), (text("Team"), text("z"))]);
    let shown: Vec<String> = declaration.overrides.iter().map(|made| format!("{} {}", made.path, made.action.as_str())).collect();
    assert_eq!(
        shown,
        [
            "ingress[1].from replaced",
            "egress[0].from replaced",
            "dynamic[0].from replaced",
            "tags[\"cost center\"] replaced",
            "tags.Team added",
            "list[3] added",
            "count replaced",
            "count added",
            "timeouts[0] added",
        ]
    );
}

#[test]
fn numbers_mean_what_was_declared_whatever_is_removed() {
    let (declaration, found) = applied(vec![
        change(&["ingress", "0"], Content::Nothing, false),
        change(&["list", "0"], Content::Nothing, false),
        change(&["list", "1"], Content::Nothing, false),
        change(&["ingress", "2", "from"], value("C"), false),
    ]);
    assert_eq!(found, [""; 0]);
    let from: Vec<&str> =
        declaration.body.blocks_named("ingress").filter_map(|block| block.body.argument("from")?.as_text()).collect();
    assert_eq!(from, ["b", "C"]);
    assert_eq!(declaration.body.argument("list"), Some(&Expression::List(vec![text("2")])));
}

#[test]
fn what_is_not_there_is_told_with_what_is() {
    misses(
        change(&["tag"], value("x"), false),
        "override-misses: `tag` leads nowhere: there is no argument or block `tag`. did you mean `tags`?",
    );
    misses(
        change(&["tags", "Nam"], value("x"), false),
        "override-misses: `tags.Nam` leads nowhere: there is no key `Nam`. did you mean `Name`?",
    );
    misses(
        change(&["ingress", "3", "from"], value("x"), false),
        "override-misses: `ingress.3.from` leads nowhere: there are 3 blocks `ingress`, numbered from 0. ",
    );
    misses(
        change(&["ingress", "from"], value("x"), false),
        "override-misses: `ingress.from` leads nowhere: there are 3 blocks `ingress`; say which: `ingress[0]`. ",
    );
    misses(
        change(&["list", "4"], value("x"), true),
        "override-misses: `list.4` leads nowhere: `4` is no item of the list: it has 3, numbered from 0. ",
    );
    misses(
        change(&["tags"], value("x"), true),
        "override-exists: `tags` is there already: a value. To put something else there, replace it instead of adding it.",
    );
    misses(
        change(&["egress"], value("x"), false),
        "override-misses: `egress` leads nowhere: a block stands there, and a value is given; give a body. ",
    );
    misses(
        change(&["tags", "Name", "x"], value("x"), false),
        "override-misses: `tags.Name.x` leads nowhere: what stands before `x` is neither an object nor a list that is written out. ",
    );
}

#[test]
fn what_would_be_lost_is_refused() {
    let (_, found) = applied(vec![
        change(&["tags", "Name"], value("x"), false),
        change(&["tags", "Name"], value("y"), false),
        change(&["tags"], Content::Nothing, false),
        change(&["list"], value("all"), false),
    ]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|fault| fault.starts_with("override-twice")), "{found:?}");
}
