use super::*;
use crate::model::{Block, Call, For, ForResult, Masked, Seal};
use crate::state::arbitrary::{any_graph, graph, resource};
use proptest::prelude::*;

type Outcome = Result<(), Box<dyn std::error::Error>>;

const FIXTURE: &[u8] = include_bytes!("../fixtures/snapshot-v1.json");
const FIXTURE_2: &[u8] = include_bytes!("../fixtures/snapshot-v2.json");

fn header() -> Header {
    let lineage = Lineage::from_text("00112233445566778899aabbccddeeff").expect("32 hexadecimal digits");
    Header { lineage, serial: 7, program: "payments".to_owned(), stack: "dev".to_owned(), provenance: None }
}

/// The same with what it was evaluated from.
fn header_2() -> Header {
    let inputs = r#"{"days":30,"name":"ledger \"x\""}"#;
    Header { provenance: Some(Provenance::new([4; 32], [5; 32], Some(inputs.to_owned()))), ..header() }
}

fn bytes_of(nodes: Vec<Declaration>) -> Vec<u8> {
    write(&header(), graph(nodes).nodes.iter().map(EntryRef::from)).expect("it can be written")
}

fn snapshot(entries: Vec<Entry>) -> Snapshot {
    let Header { lineage, serial, program, stack, provenance } = header();
    Snapshot { lineage, serial, program, stack, provenance, entries }
}

/// One entry with every kind of expression: what the fixture holds.
fn of_everything() -> Snapshot {
    use Expression::{Bool, Integer, List, Null, Number, Object, Symbol, Template, Text};
    let text = |text: &str| Text(text.into());
    let symbol = |text: &str| Symbol(text.into());
    let name = |text: &str| Name::from(text);
    let to = |address: &str, path: &str| Expression::reference(Address::from_text(address), path);
    let for_each = |key: Option<&str>, result: ForResult, condition: Option<Expression>| {
        let (key, value, collection) = (key.map(name), name("v"), to("var.names", ""));
        Expression::For(Box::new(For { key, value, collection, result, condition }))
    };
    let call = Call { function: name("merge"), arguments: vec![to("local.maps", "")], expand: true };
    let arguments = vec![
        ("attribute", Expression::Attribute(Box::new((symbol("each.value"), name("arn"))))),
        ("binary", Expression::Binary(Box::new((name("+"), Integer(1), symbol("count.index"))))),
        ("bool", Bool(true)),
        ("call", Expression::call("jsonencode", vec![Object(vec![(text("a"), to("aws_kms_key.logs", "arn"))])])),
        ("call_expand", Expression::Call(Box::new(call))),
        ("conditional", Expression::Conditional(Box::new([to("var.on", ""), Integer(1), Null]))),
        ("for_list", for_each(None, ForResult::List(symbol("v")), None)),
        ("for_list_if", for_each(Some("k"), ForResult::List(symbol("v")), Some(symbol("k")))),
        (
            "for_object",
            for_each(Some("k"), ForResult::Object { key: symbol("k"), value: symbol("v"), grouping: true }, Some(Null)),
        ),
        ("index", Expression::Index(Box::new((to("aws_subnet.a", ""), Integer(0))))),
        ("integers", List(vec![Integer(i64::MIN), Integer(0), Integer(i64::MAX)])),
        ("null", Null),
        ("number", Number("12345678901234567890.10".into())),
        ("object", Object(vec![(text("b"), Integer(1)), (text(""), Integer(2)), (text("a"), List(vec![]))])),
        ("object_computed", Object(vec![(to("var.key", ""), Integer(1))])),
        ("object_escaped", Object(vec![(text("$"), List(vec![text("reference")])), (text("a"), Null)])),
        ("raw", Expression::Raw(Box::new(("one(aws_x.y[*].id)".to_owned(), vec![Address::from_text("aws_x.y")])))),
        ("splat", Expression::Splat(Box::new((to("aws_x.y", ""), Expression::Attribute(Box::new((symbol("*"), name("id")))))))),
        (
            "template",
            Template(vec![
                text("a ${b} $"),
                to("aws_x.y", "tags.Name"),
                Expression::DirectiveIf(Box::new((to("var.on", ""), text("on"), None))),
                Expression::DirectiveIf(Box::new((to("var.on", ""), text("on"), Some(text("off"))))),
                Expression::DirectiveFor(Box::new((None, name("v"), to("var.names", ""), Template(vec![symbol("v")])))),
            ]),
        ),
        ("text", text("line\n\"quoted\" \u{1f600} \u{0} \u{7f} \u{2028} ${not} a template")),
        ("unary", Expression::Unary(Box::new((name("!"), to("var.on", ""))))),
    ];
    let lifecycle = Body { arguments: vec![(name("prevent_destroy"), Bool(true))], blocks: vec![] };
    let query = |id: &str| Block {
        name: name("metric_query"),
        labels: vec![],
        body: Body {
            arguments: vec![(name("id"), text(id))],
            blocks: vec![Block { name: name("metric"), labels: vec![name("label")], body: Body::default() }],
        },
    };
    let everything = Entry {
        address: Address::from_text("aws_x.everything"),
        kind: Kind::Resource,
        labels: vec![name("aws_x"), name("everything")],
        body: Body {
            arguments: arguments.into_iter().map(|(key, value)| (name(key), value)).collect(),
            blocks: vec![query("one"), query("two")],
        },
        meta: Body { arguments: vec![], blocks: vec![Block { name: name("lifecycle"), labels: vec![], body: lifecycle }] },
        protect: true,
    };
    let bare = |kind: Kind| Entry {
        address: Address::new(kind, &["x"]),
        kind,
        labels: vec![name("x")],
        body: Body::default(),
        meta: Body::default(),
        protect: false,
    };
    let mut entries: Vec<Entry> = Kind::ALL.into_iter().map(bare).chain([everything]).collect();
    entries.sort_by(|a, b| a.address.cmp(&b.address));
    snapshot(entries)
}

#[test]
fn the_file_of_version_1_reads_as_ever_and_is_written_alike() -> Outcome {
    let expected = of_everything();
    let bytes = write(&header(), expected.entries.iter().map(EntryRef::from))?;
    if std::env::var_os("TAPWASM_NEW_FIXTURE").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/state/fixtures/snapshot-v1.json"), &bytes)?;
    }
    assert_eq!(String::from_utf8(bytes)?, str::from_utf8(FIXTURE)?);
    assert_eq!(read(FIXTURE).map_err(|error| format!("{error:?}"))?, expected);
    Ok(())
}

/// What only a file of version 2 holds: what it was evaluated from, and secrets, with and without a seal.
fn of_secrets() -> Snapshot {
    let seal = Seal { key_id: [1; 8], salt: [2; 16], hmac: [3; 32], fresh: None };
    let read = Expression::reference(Address::from_text("var.name"), "");
    let sealed = Masked { seal: Some(seal), reads: Vec::new() };
    let masks = [("sealed", sealed), ("unsealed", Masked { seal: None, reads: vec![read] })];
    let arguments: Vec<_> = masks.map(|(name, mask)| (name, Expression::Masked(Box::new(mask)))).into();
    let snapshot = snapshot(vec![Entry::of(&resource("t", "secret", &arguments))]);
    Snapshot { provenance: header_2().provenance, ..snapshot }
}

#[test]
fn the_file_of_version_2_reads_as_ever_and_is_written_alike() -> Outcome {
    let expected = of_secrets();
    let bytes = write(&header_2(), expected.entries.iter().map(EntryRef::from))?;
    if std::env::var_os("TAPWASM_NEW_FIXTURE").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/state/fixtures/snapshot-v2.json"), &bytes)?;
    }
    assert_eq!(String::from_utf8(bytes)?, str::from_utf8(FIXTURE_2)?);
    assert_eq!(read(FIXTURE_2).map_err(|error| format!("{error:?}"))?, expected);
    Ok(())
}

#[test]
fn what_makes_a_seal_anew_is_not_written() -> Outcome {
    let key = crate::graph::SecretKey::new(&[7; 32]).expect("long enough");
    let mask = crate::graph::masked(&Expression::text("hunter2"), Some(&key), "place").expect("a literal");
    let fresh = mask.seal.as_ref().and_then(|seal| seal.fresh).expect("it was sealed now");
    let text = String::from_utf8(bytes_of(vec![resource("t", "n", &[("a", Expression::Masked(Box::new(mask)))])]))?;
    assert!(text.starts_with("{\n\"version\":2,\n") && text.contains("hmac-sha256:"), "{text}");
    assert!(!text.contains("hunter2") && !text.contains(&hex(&fresh)), "{text}");
    Ok(())
}

#[test]
fn a_secret_is_in_no_file_of_version_1() {
    let text = str::from_utf8(FIXTURE_2).expect("UTF-8").replacen("\"version\":2", "\"version\":1", 1);
    let is_of_version_1 =
        |line: &&str| !["\"component\"", "\"surroundings\"", "\"inputs\""].iter().any(|start| line.starts_with(start));
    let text: String = text.split_inclusive('\n').filter(is_of_version_1).collect();
    let error = read(text).expect_err("it is refused");
    assert!(format!("{error:?}").contains("unknown expression `sensitive`"), "{error:?}");
    let short = str::from_utf8(FIXTURE_2).expect("UTF-8").replacen("hmac-sha256:01", "hmac-sha256:1", 1);
    let error = read(short).expect_err("it is refused");
    assert!(format!("{error:?}").contains("a seal has another form"), "{error:?}");
}

#[test]
fn what_it_was_evaluated_from_is_there_whole_or_not_at_all() -> Outcome {
    let check = |from: &str, to: &str, expected: &str| {
        let text = str::from_utf8(FIXTURE_2).expect("UTF-8");
        assert!(text.contains(from), "{from}");
        let error = read(text.replacen(from, to, 1)).expect_err("it is refused");
        assert!(format!("{error:?}").contains(expected), "{error:?}");
    };
    check("\"version\":2", "\"version\":1", "version 1 says nothing of what it was evaluated from");
    check("\"component\":\"sha256:04", "\"component\":\"sha256:4", "has no SHA-256");
    check("\"surroundings\":\"sha256:", "\"surroundings\":\"md5:", "has no SHA-256");
    check("\"inputs\":{", "\"inputs\":[{", "NotJson");
    check("{\"days\":30,\"name\":\"ledger \\\"x\\\"\"}", "null", "Checksum");
    check("{\"days\":30,\"name\":\"ledger \\\"x\\\"\"}", "3", "its inputs are no object");
    check("\"days\":30", "\"days\":31", "Checksum");
    let text = str::from_utf8(FIXTURE_2)?;
    let without = text.split_inclusive('\n').filter(|line| !line.starts_with("\"component\"")).collect::<String>();
    let error = read(without).expect_err("it is refused");
    assert!(format!("{error:?}").contains("is there by half"), "{error:?}");

    let long = |n: usize| Provenance::new([1; 32], [2; 32], Some(format!("{{\"a\":\"{}\"}}", "x".repeat(n))));
    let header = Header { provenance: Some(long(Provenance::MOST_INPUTS - 8)), ..header() };
    let read_again = read(write(&header, std::iter::empty())?).map_err(|error| format!("{error:?}"))?;
    assert_eq!(read_again.provenance, header.provenance);
    assert!(header.provenance.is_some_and(|provenance| provenance.inputs().is_some()));
    assert_eq!(long(Provenance::MOST_INPUTS).inputs(), None);
    Ok(())
}

#[test]
fn a_file_is_readable_and_each_declaration_has_its_line() -> Outcome {
    let key = Expression::reference(Address::from_text("aws_kms_key.logs"), "arn");
    let days = Expression::Integer(30);
    let group = resource("aws_cloudwatch_log_group", "app", &[("kms_key_id", key), ("retention_in_days", days)]);
    let nodes = vec![group, resource("aws_kms_key", "logs", &[])];
    insta::assert_snapshot!(String::from_utf8(bytes_of(nodes))?, @r#"
    {
    "version":1,
    "lineage":"00112233445566778899aabbccddeeff",
    "serial":7,
    "program":"payments",
    "stack":"dev",
    "checksum":"sha256:16531e07307127d664df71402774365a985b529b0fcb13f432b0301cdeee6ba9",
    "declarations":[
    {"address":"aws_cloudwatch_log_group.app","kind":"resource","labels":["aws_cloudwatch_log_group","app"],"arguments":{"kms_key_id":{"$":["reference","aws_kms_key.logs","arn"]},"retention_in_days":30}},
    {"address":"aws_kms_key.logs","kind":"resource","labels":["aws_kms_key","logs"]}
    ]}
    "#);
    Ok(())
}

#[test]
fn an_empty_stack_can_be_stored() -> Outcome {
    let bytes = bytes_of(Vec::new());
    assert_eq!(read(&bytes).map_err(|error| format!("{error:?}"))?, snapshot(Vec::new()));
    serde_json::from_slice::<serde_json::Value>(&bytes)?;
    Ok(())
}

fn any_mask() -> impl Strategy<Value = Expression> {
    let seal = (any::<[u8; 8]>(), any::<[u8; 16]>(), any::<[u8; 32]>());
    let reads = proptest::collection::vec(crate::state::arbitrary::any_expression(), 0..2);
    (proptest::option::of(seal), reads).prop_map(|(seal, reads)| {
        let seal = seal.map(|(key_id, salt, hmac)| Seal { key_id, salt, hmac, fresh: None });
        Expression::Masked(Box::new(Masked { seal, reads }))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::state::arbitrary::cases(64)))]

    #[test]
    fn what_is_written_is_read(mut graph in any_graph(), masks in proptest::collection::vec(any_mask(), 0..3), is_known in any::<bool>()) {
        for (node, mask) in graph.nodes.iter_mut().zip(masks) {
            node.body.arguments.push(("z".into(), mask));
        }
        let header = if is_known { header_2() } else { header() };
        let bytes = write(&header, graph.nodes.iter().map(EntryRef::from)).expect("it can be written");
        serde_json::from_slice::<serde::de::IgnoredAny>(&bytes).expect("it is JSON");
        let expected = snapshot(graph.nodes.iter().map(Entry::of).collect());
        let expected = Snapshot { provenance: header.provenance, ..expected };
        prop_assert_eq!(read(&bytes).expect("it can be read"), expected);
    }

    #[test]
    fn no_changed_byte_is_overlooked(position in 0..FIXTURE.len(), byte in any::<u8>()) {
        prop_assume!(FIXTURE[position] != byte);
        let mut damaged = FIXTURE.to_vec();
        damaged[position] = byte;
        prop_assert!(read(&damaged).is_err());
    }

    #[test]
    fn no_truncation_is_overlooked(length in 0..FIXTURE.len()) {
        let error = read(&FIXTURE[..length]).expect_err("it ends too early");
        // Without its last line end it is whole JSON still.
        prop_assert!(matches!(error, FileError::NotJson(_)) || length == FIXTURE.len() - 1, "{:?}", error);
    }
}

#[track_caller]
fn check(from: &str, to: &str, expected: &str) {
    let text = str::from_utf8(FIXTURE).expect("UTF-8");
    assert!(text.contains(from), "{from}");
    let error = read(text.replacen(from, to, 1)).expect_err("it is refused");
    assert!(format!("{error:?}").contains(expected), "{error:?}");
}

#[test]
fn what_is_no_file_of_version_1_is_refused() {
    check("\"bool\":true", "\"bool\":false", "Checksum");
    check("\"serial\":7", "\"serial\":8", "Checksum");
    check("\"version\":1", "\"version\":2", "Checksum");
    check("\"version\":1", "\"version\":3", "Newer(3)");
    check("\"version\":1", "\"version\":0", "there is no version 0");
    check("\"serial\":7", "\"serial\":0", "serial is 0");
    check("\"stack\":", "\"stock\":", "unknown field `stock`");
    check("\"kind\":\"module\"", "\"kind\":\"modular\"", "unknown kind `modular`");
    check("\"attribute\",", "\"attributes\",", "unknown expression `attributes`");
    check("[\"index\",", "[\"index\",1,", "trailing characters");
    check("{\"$\":[\"symbol\",", "{\"$x\":[\"symbol\",", "a literal key `$x` must be in a tagged object");
    check("\"bool\":true", "\"bool\":1.5", "floating point");
    check("\"binary\":", "\"z\":", "out of order");
    check("\"bool\":true", "\"bool\":tru", "NotJson");
}

#[test]
fn a_newer_file_of_any_layout_is_known_as_such() {
    let error = read(r#"{"entries": {"a": [1]}, "version": 12}"#).expect_err("newer");
    assert!(matches!(error, FileError::Newer(12)), "{error:?}");
}

#[test]
fn files_of_something_else_are_refused() {
    for text in ["", "{", "null", "[]", "{\"version\":\"1\"}", "{\"version\":1}", "\0\0\0\0", "\u{feff}{}"] {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn what_is_nested_too_deep_is_refused_in_both_directions() -> Outcome {
    let nested = |levels: usize| (0..levels).fold(Expression::Null, |inner, _| Expression::Unary(Box::new(("!".into(), inner))));
    let bytes = bytes_of(vec![resource("t", "n", &[("a", nested(DEEPEST_NESTING as usize - 1))])]);
    let read_again = read(&bytes).map_err(|error| format!("{error:?}"))?;
    assert_eq!(read_again.entries.len(), 1);

    let deeper = graph(vec![resource("t", "n", &[("a", nested(DEEPEST_NESTING as usize + 1))])]);
    assert!(write(&header(), deeper.nodes.iter().map(EntryRef::from)).is_err());

    let opening = format!("{{\"address\":\"t.n\",\"kind\":\"resource\",\"arguments\":{{\"a\":{}", "[".repeat(100_000));
    let text = String::from_utf8(bytes)?;
    let (head, _) = text.split_once("{\"address\"").ok_or("no declaration")?;
    assert!(read(format!("{head}{opening}\n]}}\n")).is_err());
    Ok(())
}

#[test]
fn the_examples_of_the_documentation_are_in_the_format() -> Outcome {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/state-format.md"));
    let examples: Vec<&str> = text.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(examples.len(), 2);
    for example in examples {
        let without = example
            .lines()
            .filter(|line| !line.starts_with("\"checksum\":"))
            .fold(String::new(), |text, line| text + line + "\n");
        let checksum: String = Sha256::digest(&without).iter().map(|byte| format!("{byte:02x}")).collect();
        let snapshot = read(example.replace("CHECKSUM", &checksum).into_bytes()).map_err(|error| format!("{error:?}"))?;
        // It is what would be written.
        let header = Header::of(&snapshot, snapshot.serial);
        let written = String::from_utf8(write(&header, snapshot.entries.iter().map(EntryRef::from))?)?;
        assert_eq!(written.replace(&checksum, "CHECKSUM"), example);
    }
    Ok(())
}

#[test]
fn no_byte_of_a_file_can_be_flipped_or_cut_off_unnoticed() {
    for fixture in [FIXTURE, FIXTURE_2] {
        for position in 0..fixture.len() {
            for bit in 0..8 {
                let mut damaged = fixture.to_vec();
                damaged[position] ^= 1 << bit;
                assert!(read(&damaged).is_err(), "bit {bit} of byte {position}");
            }
            assert!(read(&fixture[..position]).is_err(), "cut at {position}");
        }
    }
}
