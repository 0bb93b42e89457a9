//! Very many declarations with one change each: the host finds a fault where Terraform finds one, and names the same argument.

use super::bodies::body;
use super::dice::Dice;
use super::faults::{CHANGES, VARIABLES};
use super::finding::{Finding, validate};
use super::provider::Provider;
use super::reads::{FAULTS, read};
use super::stack::Stack;
use std::collections::BTreeMap;
use std::sync::Mutex;
use tapwasm::model::{Body, Expression, Kind, Name};
use tapwasm::schema::Section;

/// So many changes stand in one configuration.
const CHANGES_OF_A_STACK: usize = 150;
const N_WORKERS: usize = 2;

/// How often host and Terraform agree about one kind of change.
#[derive(Default)]
struct Tally {
    accepted: usize,
    refused: usize,
    /// Both refuse it, and name different arguments.
    other_subject: usize,
    false_accepts: usize,
    false_rejects: usize,
}

/// A change, and what was declared with it.
struct Case {
    kind: &'static str,
    address: String,
    what: String,
}

#[test]
fn the_host_finds_the_faults_that_terraform_finds_and_no_others() {
    let n_stacks = if std::env::var_os("TAPWASM_SLOW").is_some() { 60 } else { 8 };
    let Some(aws) = Provider::real("aws") else { return };
    let others: Vec<Provider> = ["kubernetes", "tls"].into_iter().filter_map(Provider::real).collect();
    // Of four stacks one is not of AWS.
    let of = |seed: usize| if seed % 4 == 3 { &others[seed / 4 % others.len()] } else { &aws };
    let (waiting, done) = (Mutex::new(0..n_stacks), Mutex::new((BTreeMap::<&str, Tally>::new(), Vec::new())));
    let next = || waiting.lock().expect("no worker panics").next();
    std::thread::scope(|scope| {
        for _ in 0..N_WORKERS {
            scope.spawn(|| {
                while let Some(seed) = next() {
                    let (cases, hosted, terraform) = run(of(seed), seed as u64);
                    let (tallies, differences) = &mut *done.lock().expect("no worker panics");
                    for case in cases {
                        differences.extend(compare(&case, &hosted, &terraform, tallies.entry(case.kind).or_default()));
                    }
                }
            });
        }
    });
    let (tallies, differences) = done.into_inner().expect("no worker panics");
    judge(&tallies, &differences);
}

#[expect(clippy::print_stdout, reason = "numbers for whoever runs it with --nocapture")]
fn judge(tallies: &BTreeMap<&str, Tally>, differences: &[String]) {
    println!("{:40} accepted  refused  other subject  false accepts  false rejects", "");
    for (kind, tally) in tallies {
        println!(
            "{kind:40} {:8} {:8} {:14} {:14} {:14}",
            tally.accepted, tally.refused, tally.other_subject, tally.false_accepts, tally.false_rejects
        );
    }
    let sum = |of: fn(&Tally) -> usize| tallies.values().map(of).sum::<usize>();
    let n_refused = sum(|tally| tally.refused + tally.other_subject + tally.false_accepts);
    let (others, accepts, rejects) =
        (sum(|tally| tally.other_subject), sum(|tally| tally.false_accepts), sum(|tally| tally.false_rejects));
    println!(
        "{:40} {:8} {:8} {others:14} {accepts:14} {rejects:14}",
        "all",
        sum(|tally| tally.accepted),
        sum(|tally| tally.refused)
    );
    differences.iter().for_each(|difference| println!("{difference}"));
    assert!(n_refused >= 500, "only {n_refused} faults");
    assert_eq!(rejects, 0, "Terraform accepts what the host refuses");
    assert!(accepts * 50 <= n_refused, "the host accepts {accepts} of {n_refused} faults");
    assert!(others * 50 <= n_refused, "the host names another argument of {others} of {n_refused} faults");
}

/// Declares things with a change each, and returns them with what both sides find.
fn run(provider: &Provider, seed: u64) -> (Vec<Case>, Vec<Finding>, Vec<Finding>) {
    let mut dice = Dice::new(seed);
    let mut stack = Stack::of(&provider.index);
    for (name, of) in VARIABLES {
        let of = Body { arguments: vec![("type".into(), Expression::text(of))], blocks: Vec::new() };
        stack.declare(Kind::Variable, &[name], of);
    }
    let kinds = CHANGES.iter().map(|(kind, _)| *kind).chain(FAULTS.iter().map(|(kind, _)| *kind));
    let mut cases = Vec::new();
    for (n, kind) in kinds.cycle().take(CHANGES_OF_A_STACK).enumerate() {
        // Some changes have a place in few types.
        let case = (0..2000).find_map(|_| change(&mut stack, provider, kind, n, &mut dice));
        cases.extend(case);
    }
    let hosted = stack.host(&provider.schemas());
    let terraform = validate(&hosted.configuration).expect("the schemas are here, and so is the judge");
    let stray = |found: &&Finding| !cases.iter().any(|case| case.address == found.address);
    assert!(!hosted.findings.iter().any(|found| stray(&found)), "{:?}", hosted.findings.iter().find(stray));
    assert!(!terraform.iter().any(|found| stray(&found)), "{:?}", terraform.iter().find(stray));
    (cases, hosted.findings, terraform)
}

/// Declares something of a random type with a change of a kind; nothing where that type has no place for it.
fn change(stack: &mut Stack, provider: &Provider, kind: &'static str, n: usize, dice: &mut Dice) -> Option<Case> {
    let (section, of) = if dice.one_in(5) { (Section::Data, Kind::Data) } else { (Section::Resource, Kind::Resource) };
    let names: Vec<&str> = provider.index.names(section).collect();
    let type_name = *dice.of(&names)?;
    let schema = provider.block(section, type_name);
    // As much as one block in two is left in at each depth: whole types can be very large.
    let chances = dice.below(3);
    let mut own = body(&schema, &mut || chances > 0 && dice.one_in(chances));
    if own_size(&own) > 400 {
        own = body(&schema, &mut || false);
    }
    let name = format!("m{n}");
    if let Some((_, change)) = CHANGES.iter().find(|(known, _)| *known == kind) {
        let what = change(&schema, &mut own, dice)?;
        let address = stack.declare(of, &[type_name, &name], own).address.to_string();
        return Some(Case { kind, address, what });
    }
    let (_, fault) = FAULTS.iter().find(|(known, _)| *known == kind)?;
    let (meta, key) = match dice.below(3) {
        0 => (Some(("count", Expression::Integer(1))), Some(Expression::Integer(0))),
        1 => {
            let items = Expression::Object(vec![(Expression::text("key"), Expression::Null)]);
            (Some(("for_each", items)), Some(Expression::text("key")))
        }
        _ => (None, None),
    };
    let address = tapwasm::model::Address::new(of, &[type_name, &name]);
    let value = read(&address, key, &schema, *fault, dice)?;
    let what = format!("{value:?}");
    let target = stack.declare(of, &[type_name, &name], own);
    target.meta.arguments.extend(meta.map(|(name, value)| (Name::from(name), value)));
    let reader = Body { arguments: vec![("input".into(), value)], blocks: Vec::new() };
    let address = stack.declare(Kind::Resource, &["terraform_data", &name], reader).address.to_string();
    Some(Case { kind, address, what })
}

fn own_size(body: &Body) -> usize {
    body.arguments.len() + body.blocks.iter().map(|block| own_size(&block.body)).sum::<usize>()
}

fn compare(case: &Case, hosted: &[Finding], terraform: &[Finding], tally: &mut Tally) -> Option<String> {
    let of = |all: &[Finding]| all.iter().filter(|found| found.address == case.address).cloned().collect::<Vec<_>>();
    let (hosted, terraform) = (of(hosted), of(terraform));
    let (counted, said) = match (hosted.is_empty(), terraform.is_empty()) {
        (true, true) => (&mut tally.accepted, None),
        (true, false) => (&mut tally.false_accepts, Some("false accept")),
        (false, true) => (&mut tally.false_rejects, Some("false reject")),
        (false, false) if hosted.iter().any(|own| terraform.iter().any(|found| own.has_subject_of(found))) => {
            (&mut tally.refused, None)
        }
        (false, false) => (&mut tally.other_subject, Some("another subject")),
    };
    *counted += 1;
    let say = |all: &[Finding]| {
        all.iter().map(|found| format!("{}: {}", found.path.join("."), found.text)).collect::<Vec<_>>().join("; ")
    };
    said.map(|said| {
        format!(
            "{said}: {}: {} ({})\n  host: {}\n  terraform: {}",
            case.kind,
            case.address,
            case.what,
            say(&hosted),
            say(&terraform)
        )
    })
}
