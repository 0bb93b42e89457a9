//! Very many declarations with one change each: the host finds a fault where Terraform finds one, and names the same argument.

use super::faults::{CHANGES, Change};
use super::finding::Finding;
use super::ground::Ground;
use super::planned::{PLANNED, Planned};
use super::provider::Provider;
use super::reads::{FAULTS, Fault, read};
use crate::support::at_once;
use std::collections::BTreeMap;
use tapwasm::model::Address;

/// So many cases stand in one configuration.
const CASES_OF_A_STACK: usize = 150;

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

/// How Terraform judges a stack.
#[derive(Clone, Copy)]
enum Step {
    Validate,
    /// Slower, and knows more.
    Plan,
}

impl Step {
    fn kinds(self) -> Vec<(&'static str, Declare)> {
        let changes = CHANGES.iter().map(|(kind, change)| (*kind, Declare::Change(*change)));
        let reads = FAULTS.iter().map(|(kind, fault)| (*kind, Declare::Read(*fault)));
        match self {
            Step::Validate => changes.chain(reads).collect(),
            Step::Plan => PLANNED.iter().map(|(kind, declare)| (*kind, Declare::Planned(*declare))).collect(),
        }
    }
}

/// What was declared, and what is faulty in it.
struct Case {
    kind: &'static str,
    address: String,
    what: String,
}

#[test]
fn the_host_finds_the_faults_that_terraform_finds_and_no_others() {
    let n_stacks = if std::env::var_os("TAPWASM_SLOW").is_some() { 60 } else { 6 };
    let Some(acme) = Provider::acme() else { return };
    let real: Vec<Provider> = ["aws", "kubernetes", "tls"].into_iter().filter_map(Provider::real).collect();
    // Most are of AWS, a third is of the others, in turn.
    let others: Vec<&Provider> = [&acme].into_iter().chain(&real[1..]).collect();
    let of = |seed: usize| if seed % 3 == 2 { others[seed / 3 % others.len()] } else { &real[0] };
    let judged = at_once(0..n_stacks, |seed| {
        let step = if seed % 4 == 3 { Step::Plan } else { Step::Validate };
        run(of(seed), seed as u64, step)
    });
    let mut tallies = BTreeMap::<&str, Tally>::new();
    let mut differences = Vec::new();
    for (case, hosted, terraform) in judged {
        differences.extend(compare(&case, &hosted, &terraform, tallies.entry(case.kind).or_default()));
    }
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

/// A case, with what the host finds at its address, and what Terraform does.
type Judged = (Case, Vec<Finding>, Vec<Finding>);

/// Declares cases, and returns each with what both sides find.
fn run(provider: &Provider, seed: u64, step: Step) -> Vec<Judged> {
    let mut ground = Ground::new(provider, seed);
    let mut cases = Vec::new();
    for (n, (kind, declare)) in step.kinds().iter().cycle().take(CASES_OF_A_STACK).enumerate() {
        ground.n = n;
        // Some have a place in few types.
        let case = (0..2000).find_map(|_| declare.on(&mut ground));
        cases.extend(case.map(|(address, what)| Case { kind, address: address.to_string(), what }));
    }
    let schemas = provider.schemas();
    let hosted = ground.stack.clone().host(&schemas);
    let mut found = provider.terraform(&hosted.configuration, "validate");
    if let Step::Plan = step {
        // Terraform plans nothing where something is not valid.
        let invalid = found.iter().map(|found| found.address.as_str()).collect();
        let valid = ground.stack.without(&invalid).host(&schemas);
        found.extend(provider.terraform(&valid.configuration, "plan"));
    }
    let stray = |found: &&Finding| !cases.iter().any(|case| case.address == found.address);
    assert!(!hosted.findings.iter().any(|found| stray(&found)), "{:?}", hosted.findings.iter().find(stray));
    assert!(!found.iter().any(|found| stray(&found)), "{:?}", found.iter().find(stray));
    let of = |all: &[Finding], case: &Case| all.iter().filter(|found| found.address == case.address).cloned().collect();
    let judged = cases.into_iter().map(|case| (of(&hosted.findings, &case), of(&found, &case), case));
    judged.map(|(hosted, terraform, case)| (case, hosted, terraform)).collect()
}

/// How a case is declared.
enum Declare {
    Change(Change),
    Read(Fault),
    Planned(Planned),
}

impl Declare {
    /// Declares one, and says what was done; nothing where what was chosen has no place for it.
    fn on(&self, ground: &mut Ground<'_>) -> Option<(Address, String)> {
        match self {
            Declare::Planned(declare) => declare(ground),
            Declare::Change(change) => {
                let of = ground.any_type();
                let mut body = ground.body(&of.schema);
                let what = change(&of.schema, &mut body, &mut ground.dice)?;
                Some((ground.declare(&of, "m", body), what))
            }
            Declare::Read(fault) => {
                let of = ground.any_type();
                let body = ground.body(&of.schema);
                let (meta, key) = ground.instances();
                let address = Address::new(of.kind, &[of.name.as_str(), &ground.name("t")]);
                let value = read(&address, key, &of.schema, *fault, &mut ground.dice)?;
                let what = format!("{value:?}");
                ground.declare_instances(&of, "t", body, meta);
                Some((ground.declare_reader(value), what))
            }
        }
    }
}

fn compare(case: &Case, hosted: &[Finding], terraform: &[Finding], tally: &mut Tally) -> Option<String> {
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
            say(hosted),
            say(terraform)
        )
    })
}
