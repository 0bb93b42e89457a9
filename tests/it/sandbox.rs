//! What the sandbox does with guests that go wrong or want too much: the guest `misbehaves`, one behaviour at a time.

use crate::support::{Outcome, Project, guest};

/// Lets the guest behave so, in a project of its own. A run that fails must leave nothing behind, not even a folder.
#[track_caller]
fn run(behaviour: &str, amount: u32, times: u32, flags: &[&str]) -> Outcome {
    let project = Project::new();
    let inputs = [format!("behaviour={behaviour}"), format!("amount={amount}"), format!("times={times}")];
    let guest = guest("misbehaves");
    let mut args = vec!["run", guest.to_str().unwrap(), "--color=never"];
    inputs.iter().for_each(|input| args.extend(["--input", input]));
    args.extend(flags);
    let outcome = project.run(&args);
    if outcome.code != 0 {
        assert!(project.is_empty(), "the run failed and left {:#?}", project.files());
    }
    outcome
}

/// Lets the guest behave so under a limit, and expects it to be stopped by it.
#[track_caller]
fn stopped(behaviour: &str, amount: u32, times: u32, limit: &str) -> Outcome {
    let (name, _) = limit.split_once('=').unwrap();
    let outcome = run(behaviour, amount, times, &["--limit", limit]).expect(3);
    outcome.says(&["misbehaves.wasm: The guest needs more ", &format!("raise the limit with `--limit {name}=")])
}

/// Finds the lowest value of a limit with which the guest may behave so, and expects it to be stopped with one less.
#[track_caller]
fn lowest(behaviour: &str, amount: u32, times: u32, limit: &str, range: std::ops::Range<u64>) -> u64 {
    let passes = |value: u64| run(behaviour, amount, times, &["--limit", &format!("{limit}={value}")]).code == 0;
    let (mut low, mut high) = (range.start, range.end);
    assert!(passes(high), "{limit}={high} is too low already");
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if passes(middle) { high = middle } else { low = middle }
    }
    stopped(behaviour, amount, times, &format!("{limit}={low}"));
    high
}

/// Returns where the guest behaves so: file and line.
fn place_of(behaviour: &str) -> String {
    let source = include_str!("../guests/examples/misbehaves.rs");
    let is_wanted = |line: &str| line.trim_start().starts_with(&format!("\"{behaviour}\" =>"));
    let line = source.lines().position(is_wanted).expect("the guest knows it") + 1;
    format!("tests/guests/examples/misbehaves.rs:{line}:")
}

#[test]
fn a_panic_shows_its_message_and_its_place() {
    run("panic", 3, 0, &[]).expect(1).says(&[
        "error[guest-panic]: The guest panicked",
        &place_of("panic"),
        "amount 3 was too much",
    ]);
}

#[test]
fn an_error_shows_its_message_and_its_place() {
    run("error", 3, 0, &[]).expect(1).says(&[
        "error[guest-error]: The guest gave up",
        &place_of("error"),
        "the amount 3 makes no sense; give another one",
    ]);
    run("question-mark", 0, 0, &[]).expect(1).says(&[&place_of("question-mark"), "invalid digit found in string"]);
}

#[test]
fn a_builder_that_is_dropped_is_an_error_with_its_place() {
    run("drop-builder", 0, 0, &[]).expect(1).says(&[&place_of("drop-builder"), "`terraform_data.forgotten` is never declared"]);
}

#[test]
fn whatever_goes_on_for_ever_is_stopped() {
    stopped("spin", 0, 0, "time=300ms").says(&["the limit of 300ms", "`--limit time=600ms`"]);
    stopped("spin", 0, 0, "fuel=100000000").says(&["the limit of 100000000"]);
    stopped("recurse", 0, 0, "stack=512KiB").says(&["the limit of 512KiB", "`--limit stack=1MiB`"]);
    stopped("recurse", 0, 0, "stack=3MiB").says(&["the limit of 3MiB", "`--limit stack=4MiB`"]);
    stopped("allocate", 300 << 20, 0, "memory=256MiB").says(&["the limit of 256MiB"]);
    stopped("declare", 0, 0, "declarations=2000").says(&["the limit of 2000"]);
    stopped("reserve", 0, 0, "declarations=2000");
    stopped("open", 0, 0, "declarations=2000");
    stopped("log", 0, 100, "log-bytes=64KiB").says(&["the limit of 64KiB"]);
    stopped("assets", 0, 1000, "asset-bytes=1MiB").says(&["the limit of 1MiB"]);
    stopped("declare", 0, 1000, "total-bytes=1MiB").says(&["the limit of 1MiB"]);
}

/// A Rust guest keeps larger values on a stack in its own memory: when that is full, the engine sees no more than a wild address.
#[test]
fn recursion_that_fills_the_guests_own_stack_is_named() {
    run("recurse-with-data", 0, 0, &[]).expect(1).says(&[
        "misbehaves.wasm: The guest crashed: out of bounds memory access",
        "in misbehaves::recurse_with_data, which calls itself",
        "recurses without end",
    ]);
}

#[test]
fn fuel_has_the_same_boundary_each_time() {
    let fuel = lowest("spin", 10_000, 0, "fuel", 10_000..10_000_000);
    run("spin", 10_000, 0, &["--limit", &format!("fuel={fuel}")]).expect(0);
    stopped("spin", 10_000, 0, &format!("fuel={}", fuel - 1));
    stopped("spin", 10_001, 0, &format!("fuel={fuel}"));
}

#[test]
fn memory_is_counted_in_pages_and_tables_in_elements() {
    let memory = lowest("allocate", 1 << 20, 0, "memory", (1 << 20)..(16 << 20));
    let tables = memory % (64 << 10);
    assert!(tables > 0 && tables < 8 << 10 && tables.is_multiple_of(8), "{tables} bytes for tables");
    stopped("allocate", (1 << 20) + (64 << 10), 0, &format!("memory={memory}"));
}

#[test]
fn the_stack_is_limited_in_bytes() {
    let stack = lowest("recurse", 1_000, 0, "stack", 4096..(512 << 10));
    stopped("recurse", 1_100, 0, &format!("stack={stack}"));
}

#[test]
fn time_that_suffices_passes() {
    run("spin", 10_000, 0, &["--limit", "time=20s"]).expect(0);
}

#[test]
fn declarations_and_reservations_are_counted() {
    for behaviour in ["declare", "reserve", "assets"] {
        run(behaviour, 50, 0, &["--limit", "declarations=50"]).expect(0);
        stopped(behaviour, 51, 0, "declarations=50");
    }
    // The stack `app` is the first.
    run("open", 49, 0, &["--limit", "declarations=50"]).expect(0);
    stopped("open", 50, 0, "declarations=50");
}

#[test]
fn depth_counts_the_levels_of_one_value() {
    run("deep", 100, 0, &[]).expect(0);
    stopped("deep", 101, 0, "depth=100").says(&["`--limit depth=150`"]);
    run("deep", 150, 0, &["--limit", "depth=150"]).expect(0);
    run("deep", 151, 0, &["--limit", "depth=150"]).expect(3).says(&["The limit `depth` cannot be raised further"]);
}

#[test]
fn what_is_nested_as_deep_as_can_be_is_read_again() {
    let project = Project::new();
    let guest = guest("misbehaves");
    let deepest = |extra| {
        let mut args = vec!["run", guest.to_str().unwrap(), "--limit", "depth=150"];
        args.extend(["--input", "behaviour=deep", "--input", "amount=150"]);
        args.extend(extra);
        project.run(&args).expect(0)
    };
    deepest(vec![]);
    assert!(deepest(vec!["--format", "json"]).stdout.contains("\"stacks\""));
    project.run(&["state", "show", "app"]).expect(0);
}

#[test]
fn bytes_are_counted_in_one_request_in_all_and_of_messages() {
    let value = lowest("declare", 1, 5_000, "value-bytes", 1_000..10_000);
    stopped("declare", 1, 5_001, &format!("value-bytes={value}"));
    let total = lowest("declare", 10, 500, "total-bytes", 1_000..10_000);
    stopped("declare", 10, 501, &format!("total-bytes={total}"));
    let messages = lowest("log", 10, 100, "log-bytes", 500..5_000);
    stopped("log", 10, 101, &format!("log-bytes={messages}"));
}

#[test]
fn bytes_of_assets_are_counted() {
    for amount in [5_000_u32, 9_000_000] {
        run("asset", amount, 0, &["--limit", &format!("asset-bytes={amount}")]).expect(0);
        stopped("asset", amount + 1, 0, &format!("asset-bytes={amount}"));
    }
}

#[test]
fn a_component_that_is_too_large_is_not_compiled() {
    let size = std::fs::metadata(guest("misbehaves")).unwrap().len();
    let component_bytes = lowest("nothing", 0, 0, "component-bytes", size / 2..size * 2);
    assert!(component_bytes >= size);
}

#[test]
fn a_limit_that_makes_no_sense_is_wrong_usage() {
    for (limit, said) in [
        ("fule=1", "there is no limit `fule`"),
        ("fuel", "`fuel` is not of the form NAME=VALUE"),
        ("memory=lots", "the limit `memory` cannot be `lots`: it takes a size"),
        ("depth=151", "it takes a whole number from 1 to 150"),
    ] {
        run("nothing", 0, 0, &["--limit", limit]).expect(64).says(&["--limit", said]);
    }
}
