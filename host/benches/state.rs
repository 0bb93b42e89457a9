//! What state takes: reading, writing and comparing it, and its room on the disk, each with target, measured, met or missed.
//!
//! `cargo bench -p tapwasm --bench state`. The disk is that of the folder for temporary files.

#![allow(missing_docs, reason = "a benchmark has no public items")]
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod aims;

use aims::{aim, best};
use std::cell::Cell;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use tapwasm::graph::{self, ResourceGraph};
use tapwasm::model::{Address, Body, Declaration, Evaluation, Expression, Kind, Place, StackDeclarations, StackLinks};
use tapwasm::plan::{Action, plan};
use tapwasm::state::{Snapshot, Store};
use tempfile::TempDir;

fn main() {
    println!("\n{:<60} {:>12} {:>12}", "", "target", "measured");
    // The largest last: what it leaves of the heap would slow down the others.
    writing_and_reading(Size::Small);
    writing_and_reading(Size::Large);
    history();
    room();
    comparing();
}

/// Two graphs of 100 000 resources, of which each hundredth is another one.
fn comparing() {
    let before = Snapshot::of(&graph_of(100_000, 0), None).expect("the machine has randomness");
    let after = graph_of(100_000, 1);
    assert_eq!(plan(&after, Some(&before)).count(Action::Update), 1000);
    let seconds = best(|| drop(black_box(plan(&after, Some(&before))))).as_secs_f64();
    aim("diff of 100 000 resources, 1 % changed", "< 0.4 s", format!("{seconds:.2} s"), seconds < 0.4);
}

fn writing_and_reading(of: Size) {
    let graphs = [0, 1].map(|version| graph_with(10_000, version, of));
    let folder = TempDir::new().expect("a temporary folder");
    let store = store(folder.path());
    let locked = store.lock("bench", "bench", &mut |_| {}).expect("nobody else locks it");
    let previous = Cell::new(None);
    let turn = Cell::new(0);
    let written = best(|| {
        let graph = &graphs[turn.replace(turn.get() + 1) % 2];
        let last: Option<Snapshot> = previous.take();
        locked.write(graph, None, last.as_ref()).expect("the disk takes it");
        let read = store.read("bench").expect("it is whole").expect("it is there");
        assert!(read.holds(graph));
        previous.set(Some(read));
        std::mem::forget(last);
    });
    let ms = written.as_secs_f64() * 1e3;
    let arguments = if of == Size::Small { "3" } else { "10" };
    aim(&format!("10 000 resources of {arguments} arguments, written and verified"), "< 60 ms", format!("{ms:.0} ms"), ms < 60.0);
    // Not freed, as a run does not free it: its process ends.
    let ms = best(|| std::mem::forget(black_box(store.read("bench").expect("it is whole")))).as_secs_f64() * 1e3;
    aim(&format!("10 000 resources of {arguments} arguments, read"), "< 30 ms", format!("{ms:.0} ms"), ms < 30.0);
}

fn room() {
    let folder = TempDir::new().expect("a temporary folder");
    let store = store(folder.path());
    let graph = graph_of(100_000, 0);
    store.lock("bench", "bench", &mut |_| {}).and_then(|locked| locked.write(&graph, None, None)).expect("the disk takes it");
    let mb = bytes_in(folder.path()) as f64 / 1e6;
    aim("state of 100 000 resources, on the disk", "< 40 MB", format!("{mb:.1} MB"), mb < 40.0);
}

/// The whole process, as a user starts it.
fn history() {
    let folder = TempDir::new().expect("a temporary folder");
    let store = store(folder.path());
    let locked = store.lock("bench", "bench", &mut |_| {}).expect("nobody else locks it");
    let mut last: Option<Snapshot> = None;
    for n in 0..1000 {
        locked.write(&graph_of(10, n % 2), None, last.as_ref()).expect("the disk takes it");
        last = store.read("bench").expect("it is whole");
    }
    drop(locked);
    let ms = best(|| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tapwasm"));
        let status = command.args(["state", "history", "bench", "--state"]).arg(folder.path()).stdout(Stdio::null()).status();
        assert!(status.is_ok_and(|status| status.success()));
    });
    let ms = ms.as_secs_f64() * 1e3;
    aim("`state history` of 1 000 serials, the whole process", "< 50 ms", format!("{ms:.0} ms"), ms < 50.0);
}

fn store(folder: &Path) -> Store {
    Store::open(&folder.into()).expect("a folder needs no connection")
}

fn bytes_in(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).expect("it can be listed").map(|entry| entry.expect("it can be read"));
    let size = |path: &Path| if path.is_dir() { bytes_in(path) } else { path.metadata().expect("it is there").len() };
    entries.map(|entry| size(&entry.path())).sum()
}

/// How much a resource says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Size {
    /// Three arguments.
    Small,
    /// Ten arguments, one of them tags.
    Large,
}

fn graph_of(n: usize, version: i64) -> ResourceGraph {
    graph_with(n, version, Size::Large)
}

/// Alarms; in `version` 1 each hundredth has another threshold.
fn graph_with(n: usize, version: i64, size: Size) -> ResourceGraph {
    let place = Place { file: "src/lib.rs".into(), line: 1, column: 1 };
    let text = |text: String| Expression::text(text);
    let declarations = (0..n).map(|n| {
        let threshold = 80 + if n % 100 == 0 { version } else { 0 };
        let tags = ["Name", "Team", "Service"].map(|key| (Expression::text(key), text(format!("{key}-{}", n % 997))));
        let mut body = Body::default();
        let arguments = [
            ("alarm_name", text(format!("payments-{n}-errors"))),
            ("alarm_description", text(format!("Errors of the payment service, shard {n}"))),
            ("comparison_operator", text("GreaterThanThreshold".into())),
            ("evaluation_periods", Expression::Integer(3)),
            ("metric_name", text("Errors".into())),
            ("namespace", text("AWS/Lambda".into())),
            ("period", Expression::Integer(60)),
            ("statistic", text("Sum".into())),
            ("threshold", Expression::Integer(threshold)),
            ("tags", Expression::Object(tags.into())),
        ];
        let is_kept = |name: &str| size == Size::Large || ["alarm_name", "metric_name", "threshold"].contains(&name);
        body.arguments.extend(arguments.into_iter().filter(|(name, _)| is_kept(name)).map(|(name, value)| (name.into(), value)));
        body.sort();
        let (kind, name) = ("aws_cloudwatch_metric_alarm", format!("errors_{n}"));
        Declaration {
            address: Address::new(Kind::Resource, &[kind, &name]),
            kind: Kind::Resource,
            labels: vec![kind.into(), name.as_str().into()],
            body,
            meta: Body::default(),
            scope: Vec::new(),
            place: place.clone(),
            protect: false,
            aliases: Vec::new(),
            overrides: Vec::new(),
        }
    });
    let stack = StackDeclarations {
        name: "bench".into(),
        place: place.clone(),
        declarations: declarations.collect(),
        reserved: Vec::new(),
        assets: Vec::new(),
        links: StackLinks::default(),
    };
    let evaluation = Evaluation { program: "bench".into(), version: "0.1.0".into(), stacks: vec![stack] };
    let (mut graphs, diagnostics) = graph::build(evaluation, &[], &[]);
    assert!(!diagnostics.has_errors());
    graphs.pop().expect("one stack")
}
