//! The contract as the host implements it, called as a guest would call it, without any wasm.

use super::engine::Memory;
use super::limits::{LimitHit, Limits};
use super::recorder::Recorder;
use super::v0_1::declare::{ArchiveRequest, AssetRequest, BlockRequest, HostStack, ReserveRequest, ResourceRequest};
use super::v0_1::types::{Place, Problem, Token};
use super::v0_1::{HostState, Stack, log};
use crate::model::{Expression, Kind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use wasmtime::component::Resource;

fn host(limits: &[&str]) -> HostState {
    let mut chosen = Limits::default();
    limits.iter().for_each(|limit| chosen.set_assignment(limit).unwrap());
    HostState { memory: Memory::new(&chosen), recorder: Recorder::new(chosen), out_of_time: Arc::new(AtomicBool::new(false)) }
}

fn place() -> Place {
    Place { file: "src/lib.rs".into(), line: 7, column: 3 }
}

fn open(host: &mut HostState) -> Resource<Stack> {
    host.open("app".into(), place()).unwrap().unwrap()
}

/// A second handle to the same stack: a call takes its handle.
fn again(stack: &Resource<Stack>) -> Resource<Stack> {
    Resource::new_own(stack.rep())
}

fn resource(name: &str, body: Vec<Token>) -> ResourceRequest {
    ResourceRequest {
        type_: "terraform_data".into(),
        name: name.into(),
        body,
        meta: vec![],
        scope: vec![],
        place: place(),
        extras: vec![],
    }
}

fn block(labels: &[&str], body: Vec<Token>) -> BlockRequest {
    BlockRequest {
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        body,
        meta: vec![],
        scope: vec![],
        place: place(),
        extras: vec![],
    }
}

fn input(value: Vec<Token>) -> Vec<Token> {
    [vec![Token::Body(1), Token::Argument("input".into())], value].concat()
}

/// Declares a resource with this value as its `input` and returns what the host made of it.
fn convert(value: Vec<Token>) -> Result<Expression, Problem> {
    let mut host = host(&[]);
    let stack = open(&mut host);
    host.resource(again(&stack), resource("first", vec![])).unwrap().unwrap();
    host.resource(stack, resource("second", input(value))).unwrap()?;
    let declaration = host.recorder.stacks[0].declarations.pop().unwrap();
    Ok(declaration.body.arguments.into_iter().next().unwrap().1)
}

#[track_caller]
fn check(value: Vec<Token>, hcl: &str) {
    let expression = convert(value).map_err(|problem| problem.message).unwrap();
    assert_eq!(crate::model::hcl::expression_text(&expression), hcl);
}

#[track_caller]
fn refuse(value: Vec<Token>, code: &str, message: &str) {
    let problem = convert(value).expect_err("the host takes it");
    assert_eq!((problem.code.as_str(), problem.message.as_str()), (code, message));
}

fn text(text: &str) -> Token {
    Token::Text(text.into())
}

fn symbol(text: &str) -> Token {
    Token::Symbol(text.into())
}

fn form(name: &str, n: u32) -> Token {
    Token::Form((name.into(), n))
}

#[test]
fn every_token_becomes_its_expression() {
    check(vec![Token::Null], "null");
    check(vec![Token::Bool(true)], "true");
    check(vec![Token::Integer(i64::MIN)], "-9223372036854775808");
    check(vec![Token::Number("1e400".into())], "1e400");
    check(vec![text("a${b}")], r#""a$${b}""#);
    check(vec![Token::List(2), Token::Integer(1), text("x")], r#"[1, "x"]"#);
    check(vec![Token::Reference((0, "output".into()))], "terraform_data.first.output");
    check(vec![Token::Reference((0, String::new()))], "terraform_data.first");
    check(vec![symbol("each.key")], "each.key");
}

#[test]
fn every_form_of_the_contract_is_known() {
    let contract = include_str!("../../../wit/types.wit");
    let table: Vec<&str> = contract.lines().filter_map(|line| line.trim().strip_prefix("/// | `")?.split('`').next()).collect();
    let forms: Vec<&str> = table.into_iter().take_while(|name| *name != "alias").collect();
    let names: Vec<&str> = forms.iter().map(|name| name.split('<').next().unwrap()).collect();
    assert_eq!(names, super::form::names(), "the host's table and the contract's differ");
}

#[test]
fn every_form_becomes_its_expression() {
    check(vec![form("template", 2), text("a-"), symbol("each.key")], r#""a-${each.key}""#);
    check(vec![form("call:upper", 1), text("a")], r#"upper("a")"#);
    check(vec![form("call:provider::aws::arn_parse", 1), text("a")], r#"provider::aws::arn_parse("a")"#);
    check(vec![form("call-expand:max", 1), Token::List(1), Token::Integer(1)], "max([1]...)");
    check(vec![form("attribute:arn", 1), symbol("self")], "self.arn");
    check(vec![form("index", 2), symbol("local.a"), Token::Integer(0)], "local.a[0]");
    check(vec![form("splat", 2), symbol("local.a"), form("attribute:id", 1), symbol("*")], "local.a[*].id");
    check(vec![form("conditional", 3), symbol("local.a"), Token::Integer(1), Token::Integer(2)], "local.a ? 1 : 2");
    check(vec![form("unary:!", 1), symbol("local.a")], "!local.a");
    check(vec![form("binary:+", 2), Token::Integer(1), Token::Integer(2)], "1 + 2");
    check(
        vec![form("for-list", 5), Token::Null, text("v"), symbol("local.a"), symbol("v"), Token::Null],
        "[for v in local.a : v]",
    );
    check(
        vec![
            form("for-object", 7),
            text("k"),
            text("v"),
            symbol("local.a"),
            symbol("k"),
            symbol("v"),
            symbol("local.b"),
            Token::Bool(true),
        ],
        "{ for k, v in local.a : k => v... if local.b }",
    );
    check(
        vec![form("template", 1), form("directive-if", 3), symbol("local.a"), text("x"), text("y")],
        r#""%{ if local.a }x%{ else }y%{ endif }""#,
    );
    check(
        vec![form("template", 1), form("directive-for", 4), Token::Null, text("v"), symbol("local.a"), text("x")],
        r#""%{ for v in local.a }x%{ endfor }""#,
    );
    check(vec![form("raw", 1), text("1 + local.a")], "1 + local.a");
}

#[test]
fn malformed_tokens_are_refused() {
    refuse(vec![Token::List(2), Token::Null], "malformed", "after 4 tokens a value is missing");
    refuse(vec![Token::Null, Token::Null], "malformed", "1 of 4 tokens are left over behind the end");
    refuse(vec![Token::List(u32::MAX)], "malformed", "after 3 tokens a value is missing");
    refuse(vec![Token::Object(u32::MAX)], "malformed", "after 3 tokens a value is missing");
    refuse(vec![Token::Body(0)], "malformed", "token 3 of 3: `body` stands where a value is expected");
    refuse(vec![form("frobnicate", 0)], "unsupported", "this host knows no form `frobnicate`");
    refuse(vec![form("binary:**", 2), Token::Null, Token::Null], "unsupported", "this host knows no form `binary:**`");
    refuse(vec![form("index", 1), Token::Null], "malformed", "token 3 of 4: the form `index` takes 2 children, not 1");
    refuse(vec![Token::Number("0x10".into())], "malformed", "token 3 of 3: `0x10` is no number in JSON's grammar");
    refuse(
        vec![Token::Number("1e99999999999".into())],
        "malformed",
        "token 3 of 3: the exponent of `1e99999999999` is not between -10000 and 10000",
    );
    refuse(vec![symbol("a b")], "malformed", "token 3 of 3: the symbol `a b` is not names joined by `.`");
    refuse(vec![Token::Reference((99, String::new()))], "unknown-id", "nothing was declared or reserved with the id 99");
    refuse(vec![form("raw", 1), text("${")], "malformed", &convert(vec![form("raw", 1), text("${")]).unwrap_err().message);
}

#[test]
fn a_variable_hides_nothing_that_means_something_everywhere() {
    for name in ["true", "null", "local", "data", "each", "self"] {
        let value = vec![form("for-list", 5), Token::Null, text(name), Token::List(0), symbol("local.k"), Token::Null];
        let message = format!("token 5 of 8: `{name}` is no name for a variable: it means something else to Terraform");
        refuse(value, "malformed", &message);
    }
}

#[test]
fn numbers_are_jsons() {
    for number in ["0", "-0", "0.1", "1e400", "1E+5", "1e10000", "1E-10000", "12345678901234567890", "-1.5e-3"] {
        assert!(convert(vec![Token::Number(number.into())]).is_ok(), "{number}");
    }
    for number in
        ["", "-", "01", "1.", ".5", "1e", "1e+", "+1", "NaN", "Infinity", "1_000", " 1", "1 ", "1e10001", "1e-2147483648"]
    {
        assert!(convert(vec![Token::Number(number.into())]).is_err(), "{number}");
    }
}

#[test]
fn text_is_normalised_as_terraform_does_it() {
    assert_eq!(convert(vec![text("e\u{301}")]).ok(), Some(Expression::text("é")));
}

#[test]
fn an_argument_stands_once_in_a_body() {
    let mut host = host(&[]);
    let stack = open(&mut host);
    let body = vec![Token::Body(2), Token::Argument("a".into()), Token::Null, Token::Argument("a".into()), Token::Null];
    let problem = host.resource(stack, resource("x", body)).unwrap().unwrap_err();
    assert_eq!(problem.message, "the argument `a` is set twice in one body");
}

#[test]
fn a_problem_that_the_guest_swallows_is_kept_with_its_place() {
    let mut host = host(&[]);
    let stack = open(&mut host);
    let _ = host.resource(stack, resource("x", vec![Token::Null])).unwrap();
    let diagnostic = host.recorder.diagnostics.iter().next().unwrap();
    assert!(host.recorder.diagnostics.has_errors());
    assert_eq!(diagnostic.place.as_ref().unwrap().to_string(), "src/lib.rs:7:3");
}

#[test]
fn a_problem_behind_very_many_messages_is_kept_all_the_same() {
    let mut host = host(&[]);
    let stack = open(&mut host);
    for _ in 0..20_000 {
        log::Host::write(&mut host, "info".into(), String::new(), None).unwrap();
    }
    host.resource(stack, resource("first", vec![Token::Null])).unwrap().unwrap_err();
    assert!(host.recorder.diagnostics.has_errors());
}

#[test]
fn whatever_text_a_guest_sends_is_counted() {
    let long = || Place { file: "x".repeat(1000), line: 0, column: 0 };
    let mut host = host(&["log-bytes=10000", "total-bytes=10000"]);
    let mut write = || log::Host::write(&mut host, "info".into(), String::new(), Some(long()));
    assert!((0..20).any(|_| write().is_err()), "places of messages count");
    let mut host = self::host(&["total-bytes=10000"]);
    let stack = open(&mut host);
    let mut asset = || {
        let request = AssetRequest { name: "?".repeat(1000), content: vec![], place: place(), extras: vec![] };
        host.asset(again(&stack), request)
    };
    assert!((0..20).any(|_| asset().is_err()), "names of assets count");
}

#[test]
fn what_was_reserved_is_what_is_declared() {
    let mut host = host(&[]);
    let stack = open(&mut host);
    let request = ReserveRequest {
        kind: "resource".into(),
        labels: vec!["terraform_data".into(), "item-0".into()],
        scope: vec!["group".into()],
        place: place(),
        extras: vec![],
    };
    let reserved = host.reserve(again(&stack), request).unwrap().unwrap();
    let mut later = resource("item-0", vec![]);
    later.scope = vec!["group".into()];
    let declared = host.resource(stack, later).unwrap().unwrap();
    assert_eq!(reserved, declared);
    assert_eq!(host.recorder.stacks[0].declarations[0].address.as_str(), "terraform_data.group_item-0_E39B062C");
}

#[test]
fn a_reference_into_another_stack_says_which() {
    let mut host = host(&[]);
    let first = open(&mut host);
    let id = host.resource(first, resource("x", vec![])).unwrap().unwrap();
    let second = host.open("other".into(), place()).unwrap().unwrap();
    host.resource(second, resource("y", input(vec![Token::Reference((id, "output".into()))]))).unwrap().unwrap();
    let read = host.recorder.stacks[1].declarations[0].body.argument("input").unwrap();
    assert_eq!(crate::model::hcl::expression_text(read), "app:terraform_data.x.output");
}

#[test]
fn what_is_said_of_whole_stacks_is_kept() {
    let mut host = host(&[]);
    let first = open(&mut host);
    let second = || Resource::new_borrow(1);
    host.open("other".into(), place()).unwrap().unwrap();
    for _ in 0..2 {
        host.depends_on(second(), Resource::new_borrow(first.rep()), place()).unwrap().unwrap();
    }
    let text = |text: &str| vec![Token::Text(text.into())];
    host.directive(second(), "cross-stack-names".into(), text("cdktf"), place()).unwrap().unwrap();
    let links = &host.recorder.stacks[1].links;
    assert_eq!(links.depends_on.iter().map(|(name, _)| name.as_ref()).collect::<Vec<_>>(), ["app"]);
    assert_eq!(links.names, crate::model::CrossStackNames::Cdktf);
    for (name, value, code) in [("names", "cdktf", "unsupported"), ("cross-stack-names", "pulumi", "malformed")] {
        let problem = host.directive(second(), name.into(), text(value), place()).unwrap().unwrap_err();
        assert_eq!(problem.code, code);
    }
}

#[test]
fn opening_a_name_twice_gives_the_same_stack() {
    let mut host = host(&[]);
    assert_eq!(open(&mut host).rep(), open(&mut host).rep());
    assert_eq!(host.recorder.stacks.len(), 1);
}

#[test]
fn stack_names_stay_in_their_folder() {
    for name in ["", ".", "..", ".hidden", "a/b", "a\\b", "a b", "é", "a\0"] {
        assert_eq!(host(&[]).open(name.into(), place()).unwrap().unwrap_err().code, "malformed", "{name:?}");
    }
    let mut host = host(&[]);
    open(&mut host);
    assert!(host.open("APP".into(), place()).unwrap().is_err(), "one folder on some file systems");
}

#[test]
fn providers_are_told_apart_by_alias() {
    let mut host = host(&[]);
    let stack = open(&mut host);
    let mut west = block(&["aws"], vec![]);
    west.meta = vec![Token::Body(1), Token::Argument("alias".into()), text("west")];
    host.provider(again(&stack), block(&["aws"], vec![])).unwrap().unwrap();
    host.provider(stack, west).unwrap().unwrap();
    let addresses: Vec<&str> = host.recorder.stacks[0].declarations.iter().map(|d| d.address.as_str()).collect();
    assert_eq!(addresses, ["provider.aws", "provider.aws.west"]);
}

#[test]
fn kinds_without_an_address_are_named_after_their_subject() {
    let mut host = host(&[]);
    let stack = open(&mut host);
    let body =
        vec![Token::Body(2), Token::Argument("from".into()), text("aws_x.a"), Token::Argument("to".into()), symbol("aws_x.b")];
    host.moved(stack, block(&[], body)).unwrap().unwrap();
    let declaration = &host.recorder.stacks[0].declarations[0];
    assert_eq!((declaration.kind, declaration.address.as_str()), (Kind::Moved, "moved aws_x.a"));
}

#[test]
fn unknown_meta_arguments_and_extras_are_refused() {
    let mut host = host(&[]);
    let stack = open(&mut host);
    let mut request = resource("x", vec![]);
    request.meta = vec![Token::Body(1), Token::Argument("enabled".into()), Token::Bool(true)];
    assert_eq!(host.resource(again(&stack), request).unwrap().unwrap_err().code, "unsupported");
    let mut request = resource("x", vec![]);
    request.extras = vec![("frobnicate".into(), vec![Token::Null])];
    assert_eq!(host.resource(stack, request).unwrap().unwrap_err().code, "unsupported");
}

#[test]
fn the_same_archive_has_the_same_path_and_other_content_another() {
    let mut host = host(&[]);
    let stack = open(&mut host);
    let mut archive = |content: &str| {
        let entry = super::v0_1::declare::AssetEntry { path: "index.js".into(), content: content.into(), executable: false };
        let request = ArchiveRequest { name: "canary".into(), entries: vec![entry], place: place(), extras: vec![] };
        host.archive(again(&stack), request).unwrap().unwrap().path
    };
    assert_eq!(archive("1"), archive("1"));
    assert_ne!(archive("1"), archive("2"));
    assert!(archive("1").starts_with("assets/canary-") && archive("1").ends_with(".zip"));
}

#[test]
fn an_asset_may_come_in_pieces() {
    let mut host = host(&[]);
    let stack = open(&mut host);
    let request = |content: &str| AssetRequest { name: "a.txt".into(), content: content.into(), place: place(), extras: vec![] };
    let whole = host.asset(again(&stack), request("abc")).unwrap().unwrap();
    let writer = host.asset_begin(again(&stack), request("a")).unwrap().unwrap();
    host.asset_write(again(&stack), writer, b"bc".to_vec()).unwrap().unwrap();
    let pieces = host.asset_end(again(&stack), writer).unwrap().unwrap();
    assert_eq!((whole.path, whole.sha256_base64), (pieces.path, pieces.sha256_base64));
    assert_eq!(host.asset_write(again(&stack), writer, vec![]).unwrap().unwrap_err().code, "late");
    assert_eq!(host.asset_end(stack, 99).unwrap().unwrap_err().code, "unknown-id");
}

/// Makes calls until the host stops the guest; returns the limit's name and the number of calls that went well.
fn until_stopped(
    limit: &str,
    mut call: impl FnMut(&mut HostState, Resource<Stack>, usize) -> wasmtime::Result<()>,
) -> (&'static str, usize) {
    let mut host = host(&[limit]);
    let stack = open(&mut host);
    for n in 0.. {
        if let Err(error) = call(&mut host, again(&stack), n) {
            return (error.downcast_ref::<LimitHit>().expect("a limit").limit.name(), n);
        }
    }
    unreachable!("the calls never end")
}

#[test]
fn each_quota_stops_the_guest_just_over_it() {
    let declare = |host: &mut HostState, stack, n| host.resource(stack, resource(&format!("r{n}"), vec![])).map(drop);
    assert_eq!(until_stopped("declarations=5", declare), ("declarations", 5));

    let same = |host: &mut HostState, stack, _| host.resource(stack, resource("same", vec![])).map(drop);
    assert_eq!(until_stopped("declarations=5", same), ("declarations", 5));

    let nest = |host: &mut HostState, stack, n| {
        let value = std::iter::repeat_n(Token::List(1), n).chain([Token::Null]).collect();
        host.resource(stack, resource("x", input(value))).map(drop)
    };
    // The body is one level itself.
    assert_eq!(until_stopped("depth=5", nest), ("depth", 5));

    let grow =
        |host: &mut HostState, stack, n| host.resource(stack, resource("x", input(vec![text(&"x".repeat(n * 100))]))).map(drop);
    // Two labels, three tokens and their text are 101 bytes.
    assert_eq!(until_stopped("value-bytes=1101", grow), ("value-bytes", 11));

    let write = |host: &mut HostState, _, _| log::Host::write(host, "info".into(), "x".repeat(84), None);
    assert_eq!(until_stopped("log-bytes=500", write), ("log-bytes", 5));

    let asset = |host: &mut HostState, stack, _| {
        host.asset(stack, AssetRequest { name: "a".into(), content: vec![0; 100], place: place(), extras: vec![] }).map(drop)
    };
    assert_eq!(until_stopped("asset-bytes=500", asset), ("asset-bytes", 5));

    assert_eq!(until_stopped("total-bytes=10000", same).0, "total-bytes");
}

#[test]
fn a_guest_that_is_out_of_time_is_stopped_at_its_next_call() {
    let mut host = host(&[]);
    let stack = open(&mut host);
    host.out_of_time.store(true, Ordering::Relaxed);
    let error = host.resource(stack, resource("x", vec![])).unwrap_err();
    assert_eq!(error.downcast_ref::<LimitHit>().unwrap().limit.name(), "time");
}

#[test]
fn last_words_are_cut() {
    let mut host = host(&[]);
    let long = Place { file: "x".repeat(1 << 20), line: 1, column: 1 };
    log::Host::panicked(&mut host, "ü".repeat(1 << 20), Some(long)).unwrap();
    let (message, place) = host.recorder.panic.unwrap();
    assert!(message.ends_with('…') && message.len() < 65 << 10);
    assert!(place.unwrap().file.len() < 65 << 10);
}

fn archive(contents: &[usize]) -> ArchiveRequest {
    let entry = |(n, size): (usize, &usize)| {
        let content = vec![0; *size];
        super::v0_1::declare::AssetEntry { path: format!("{n}"), content, executable: false }
    };
    let entries = contents.iter().enumerate().map(entry).collect();
    ArchiveRequest { name: "a".into(), entries, place: place(), extras: vec![] }
}

#[test]
fn an_archive_is_counted_by_what_it_is_made_of() {
    let mut host = host(&["asset-bytes=1MiB"]);
    let stack = open(&mut host);
    let problem = host.archive(again(&stack), archive(&[5 << 20, 4 << 20])).unwrap().unwrap_err();
    assert_eq!(
        (problem.code.as_str(), problem.message.as_str()),
        ("malformed", "the files of an archive are at most 8 MiB in all")
    );
    host.archive(again(&stack), archive(&[512 << 10])).unwrap().unwrap();
    let error = host.archive(stack, archive(&[600 << 10])).unwrap_err();
    assert_eq!(error.downcast_ref::<LimitHit>().unwrap().limit.name(), "asset-bytes");
}

#[test]
fn an_asset_is_written_by_the_stack_that_began_it() {
    let mut host = host(&[]);
    let first = open(&mut host);
    let second = host.open("other".into(), place()).unwrap().unwrap();
    let request = AssetRequest { name: "a.txt".into(), content: vec![], place: place(), extras: vec![] };
    let writer = host.asset_begin(first, request).unwrap().unwrap();
    assert_eq!(host.asset_write(again(&second), writer, vec![]).unwrap().unwrap_err().code, "unknown-id");
    assert_eq!(host.asset_end(second, writer).unwrap().unwrap_err().code, "unknown-id");
}

#[test]
fn a_provider_is_reserved_as_it_is_declared_wherever_it_stands() {
    let mut host = host(&[]);
    let stack = open(&mut host);
    let request = ReserveRequest {
        kind: "provider".into(),
        labels: vec!["aws".into()],
        scope: vec!["group".into()],
        place: place(),
        extras: vec![],
    };
    let reserved = host.reserve(again(&stack), request.clone()).unwrap().unwrap();
    let declaration = BlockRequest { scope: vec!["group".into()], ..block(&["aws"], vec![]) };
    assert_eq!(host.provider(again(&stack), declaration.clone()).unwrap().unwrap(), reserved);

    let extras = vec![("address".into(), vec![text("west")])];
    let reserve = ReserveRequest { extras: extras.clone(), ..request };
    assert_eq!(host.reserve(again(&stack), reserve).unwrap().unwrap_err().code, "unsupported");
    let declare = BlockRequest { extras, ..declaration };
    assert_eq!(host.provider(stack, declare).unwrap().unwrap_err().code, "unsupported");
}
