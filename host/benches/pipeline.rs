//! What the steps of the pipeline take: criterion's tables, then each aim with target, measured, met or missed.
//!
//! `cargo bench -p tapwasm`. Whole processes beside CDKTF are measured by `tests/peers/run.py`.

#![allow(missing_docs, reason = "criterion's macros make public items")]
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod aims;

use aims::{aim, best};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
use std::hint::black_box;
use std::time::{Duration, Instant};
use tapwasm::bindgen;
use tapwasm::graph::{self, ResourceGraph};
use tapwasm::model::{Address, Body, Declaration, Evaluation, Expression, Kind, Place, StackDeclarations, StackLinks};
use tapwasm::plan::plan;
use tapwasm::schema::{self, Schemas};
use tapwasm::state::Snapshot;
use tapwasm::terraform::emit;

/// The schema of what the benchmark declares.
const FACTS: &str = include_str!("../../guest/aws/src/bindings/schema.txt");

/// Types of a usual stack.
const TWENTY: [&str; 20] = [
    "aws_cloudwatch_dashboard",
    "aws_cloudwatch_log_group",
    "aws_cloudwatch_metric_alarm",
    "aws_dynamodb_table",
    "aws_ecs_service",
    "aws_eip",
    "aws_iam_policy",
    "aws_iam_role",
    "aws_instance",
    "aws_kms_key",
    "aws_lambda_function",
    "aws_lb",
    "aws_rds_cluster",
    "aws_route53_record",
    "aws_s3_bucket",
    "aws_security_group",
    "aws_sns_topic",
    "aws_sqs_queue",
    "aws_subnet",
    "aws_vpc",
];

/// Ten thousand and a hundred thousand: what is linear takes ten times as long.
const SIZES: [usize; 2] = [10_000, 100_000];

criterion_group!(benches, steps);

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
    targets();
}

fn steps(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pipeline");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    for n in SIZES {
        group.bench_with_input(BenchmarkId::new("graph", n), &n, |bencher, n| {
            bencher.iter_batched(
                || topics(*n),
                |evaluation| graph::build(evaluation, &[], &[]),
                criterion::BatchSize::LargeInput,
            );
        });
        let graph = graph_of(n);
        let snapshot = Snapshot::of(&graph, None).expect("the machine has randomness");
        group.bench_with_input(BenchmarkId::new("plan, all new", n), &n, |bencher, _| {
            bencher.iter(|| plan(&graph, None).changes.len())
        });
        group.bench_with_input(BenchmarkId::new("plan, no change", n), &n, |bencher, _| {
            bencher.iter(|| plan(&graph, Some(&snapshot)).changes.len());
        });
        group.throughput(Throughput::Bytes(emit(&graph).0.len() as u64));
        group.bench_with_input(BenchmarkId::new("emit", n), &n, |bencher, _| bencher.iter(|| emit(black_box(&graph)).0.len()));
    }
    group.finish();
}

/// The aims that one process can see of itself. Shared machines are noisy: the best of five is compared.
fn targets() {
    println!("\n{:<60} {:>12} {:>12}", "", "target", "measured");
    let large = graph_of(SIZES[1]);
    let bytes = emit(&large).0.len();
    let speed = bytes as f64 / 1e6 / best(|| drop(black_box(emit(&large)))).as_secs_f64();
    aim("emission, MB/s of JSON", "> 200", format!("{speed:.0}"), speed > 200.0);

    for (step, ratio) in [
        ("graph", ratio(topics, |evaluation| drop(black_box(graph::build(evaluation, &[], &[]))))),
        ("plan", ratio(graph_of, |graph| drop(black_box(plan(&graph, None))))),
        ("emission", ratio(graph_of, |graph| drop(black_box(emit(&graph))))),
    ] {
        // Caches make ten times as much a little more than ten times as slow.
        aim(&format!("{step}, 100 000 against 10 000 declarations"), "< 15 times", format!("{ratio:.1} times"), ratio < 15.0);
    }
    schema_targets();
}

/// What schemas take: with the facts that bindings carry, and with a whole dump where one is given by `TAPWASM_DUMP`.
fn schema_targets() {
    let mut sources = vec![("facts of bindings", FACTS.to_owned())];
    if let Some(path) = std::env::var_os("TAPWASM_DUMP") {
        let dump = std::fs::read_to_string(path).expect("the dump can be read");
        for (only, target) in [(&TWENTY.map(str::to_owned)[..], 300), (&["aws_*".to_owned()], 5000)] {
            let taken = best(|| {
                let providers = schema::read(dump.as_str()).expect("Terraform wrote it");
                let selection = bindgen::select(&providers[0], only).expect("AWS has them");
                drop(black_box(bindgen::generate(&selection, true).expect("Terraform wrote it")));
            });
            let n = if only.len() == 1 { "all".to_owned() } else { only.len().to_string() };
            let ms = taken.as_secs_f64() * 1e3;
            aim(
                &format!("bindings of {n} resource types, in memory"),
                &format!("< {target} ms"),
                format!("{ms:.0} ms"),
                ms < f64::from(target),
            );
        }
        sources.push(("a dump of 5 MB", dump));
    }
    for (what, text) in sources {
        let text: std::sync::Arc<str> = text.into();
        let times = (0..5).map(|_| {
            let mut evaluation = topics(SIZES[0]);
            let begun = Instant::now();
            let schemas = Schemas::new(schema::read(text.clone()).expect("it was read before"));
            let needs = schema::prepare(&mut evaluation, &schemas);
            let before = begun.elapsed();
            let (graphs, _) = graph::build(evaluation, &[], &needs);
            let begun = Instant::now();
            let found = schema::check(&graphs, &schemas);
            assert!(!found.has_errors());
            before + begun.elapsed()
        });
        let ms = times.min().expect("five times").as_secs_f64() * 1e3;
        aim(&format!("10 000 resources against {what}"), "< 50 ms", format!("{ms:.1} ms"), ms < 50.0);
    }
}

fn ratio<T>(make: impl Fn(usize) -> T, work: impl Fn(T)) -> f64 {
    let [small, large] = SIZES.map(|n| {
        let times = (0..5).map(|_| {
            let made = make(n);
            let begun = Instant::now();
            work(made);
            begun.elapsed()
        });
        times.min().expect("five times")
    });
    large.as_secs_f64() / small.as_secs_f64()
}

fn graph_of(n: usize) -> ResourceGraph {
    let (mut graphs, diagnostics) = graph::build(topics(n), &[], &[]);
    assert!(!diagnostics.has_errors());
    graphs.pop().expect("one stack")
}

/// Half topics, half subscriptions, each of which refers to its topic.
fn topics(n: usize) -> Evaluation {
    let place = Place { file: "src/lib.rs".into(), line: 1, column: 1 };
    let mut declarations = Vec::with_capacity(n);
    for n in 0..n / 2 {
        let topic = [
            ("name", Expression::text(format!("topic-{n}"))),
            ("display_name", Expression::text(format!("Topic {n}"))),
            ("tags", Expression::Object(vec![(Expression::text("Name"), Expression::text(format!("topic-{n}")))])),
        ];
        let topic = resource("aws_sns_topic", &format!("topic_{n}"), topic, &place);
        let subscription = [
            ("topic_arn", Expression::reference(topic.address.clone(), "arn")),
            ("protocol", Expression::text("email")),
            ("endpoint", Expression::text(format!("team-{n}@example.com"))),
        ];
        declarations.push(topic);
        declarations.push(resource("aws_sns_topic_subscription", &format!("subscription_{n}"), subscription, &place));
    }
    let stack = StackDeclarations {
        name: "topics".into(),
        place,
        declarations,
        reserved: Vec::new(),
        assets: Vec::new(),
        links: StackLinks::default(),
    };
    Evaluation { program: "topics".into(), version: "0.1.0".into(), stacks: vec![stack] }
}

fn resource<const N: usize>(kind: &str, name: &str, arguments: [(&str, Expression); N], place: &Place) -> Declaration {
    let mut body = Body::default();
    body.arguments.extend(arguments.map(|(name, value)| (name.into(), value)));
    body.sort();
    Declaration {
        address: Address::new(Kind::Resource, &[kind, name]),
        kind: Kind::Resource,
        labels: vec![kind.into(), name.into()],
        body,
        meta: Body::default(),
        scope: Vec::new(),
        place: place.clone(),
        protect: false,
        aliases: Vec::new(),
        overrides: Vec::new(),
    }
}
