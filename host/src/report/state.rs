//! What is stored, as text and JSON.

use super::json::{EntryV1, VERSION};
use super::text::{self, TextOptions};
use crate::diagnostic::visible;
use crate::state::{Entry, Snapshot};
use serde::Serialize;
use std::fmt::Write as _;

/// Returns the stacks that are stored, one a line: name, serial, declarations, program.
pub fn stacks_text(snapshots: &[Snapshot]) -> String {
    let mut out = String::new();
    for Snapshot { stack, serial, program, entries, .. } in snapshots {
        // Writing to a string does not fail, here and below.
        let _ = writeln!(out, "{}  serial {serial}, {} declared, program {}", visible(stack), entries.len(), visible(program));
    }
    out
}

/// Returns the stacks that are stored, for programs.
pub fn stacks_json(snapshots: &[Snapshot]) -> String {
    pretty(&StacksV1 { version: VERSION, stacks: snapshots.iter().map(StackV1::from).collect() })
}

/// Returns the addresses of one stack, one a line.
pub fn addresses_text(snapshot: &Snapshot) -> String {
    snapshot.entries.iter().map(|entry| format!("{}\n", visible(entry.address.as_str()))).collect()
}

/// Returns the addresses of one stack, for programs.
pub fn addresses_json(snapshot: &Snapshot) -> String {
    let addresses = snapshot.entries.iter().map(|entry| entry.address.as_str()).collect();
    pretty(&AddressesV1 { version: VERSION, stack: StackV1::from(snapshot), addresses })
}

/// Returns all of a snapshot, or one declaration of it.
pub fn snapshot_text(snapshot: &Snapshot, only: Option<&Entry>) -> String {
    let mut out = stacks_text(std::slice::from_ref(snapshot));
    for entry in shown(snapshot, only) {
        out.push_str(&text::entry(entry, TextOptions { verbose: true }));
    }
    out
}

/// Returns all of a snapshot, or one declaration of it, for programs.
pub fn snapshot_json(snapshot: &Snapshot, only: Option<&Entry>) -> String {
    let entries = shown(snapshot, only).iter().map(EntryV1::from).collect();
    pretty(&SnapshotV1 { version: VERSION, stack: StackV1::from(snapshot), entries })
}

#[derive(Serialize)]
struct StacksV1<'a> {
    version: u64,
    stacks: Vec<StackV1<'a>>,
}

#[derive(Serialize)]
struct StackV1<'a> {
    stack: &'a str,
    program: &'a str,
    lineage: &'a str,
    serial: u64,
    declarations: usize,
}

impl<'a> From<&'a Snapshot> for StackV1<'a> {
    fn from(snapshot: &'a Snapshot) -> StackV1<'a> {
        let Snapshot { stack, program, lineage, serial, entries } = snapshot;
        StackV1 { stack, program, lineage: lineage.as_str(), serial: *serial, declarations: entries.len() }
    }
}

#[derive(Serialize)]
struct AddressesV1<'a> {
    version: u64,
    #[serde(flatten)]
    stack: StackV1<'a>,
    addresses: Vec<&'a str>,
}

#[derive(Serialize)]
struct SnapshotV1<'a> {
    version: u64,
    #[serde(flatten)]
    stack: StackV1<'a>,
    entries: Vec<EntryV1<'a>>,
}

fn shown<'a>(snapshot: &'a Snapshot, only: Option<&'a Entry>) -> &'a [Entry] {
    only.map_or(&snapshot.entries, std::slice::from_ref)
}

fn pretty(report: &impl Serialize) -> String {
    serde_json::to_string_pretty(report).expect("keys are text, and values are what JSON has") + "\n"
}
