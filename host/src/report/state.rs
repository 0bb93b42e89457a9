//! What is stored, as text and JSON.

use super::json::{EntryV1, VERSION};
use super::text::{self, TextOptions};
use crate::diagnostic::visible;
use crate::state::{Current, Entry, Life, LockState, Snapshot, StoredSerial};
use serde::Serialize;
use std::fmt::Write as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

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

/// Returns which stacks are locked, one a line.
pub fn locks_text(locks: &[(String, LockState)]) -> String {
    let line = |(stack, state): &(String, LockState)| match state {
        LockState::Free => format!("{}  not locked\n", visible(stack)),
        LockState::Held(None, _) => format!("{}  locked\n", visible(stack)),
        LockState::Held(Some(holder), Life::Alive) => format!("{}  locked by {holder}\n", visible(stack)),
        LockState::Held(Some(holder), Life::Dead) => format!(
            "{stack}  locked by {holder}, which is gone: `tapwasm state unlock {stack} --id {}`\n",
            visible(&holder.id),
            stack = visible(stack),
        ),
    };
    locks.iter().map(line).collect()
}

/// Returns which stacks are locked, for programs.
pub fn locks_json(locks: &[(String, LockState)]) -> String {
    let locks = locks.iter().map(|(stack, state)| {
        let (locked, holder, life) = match state {
            LockState::Free => (false, None, Life::Dead),
            LockState::Held(holder, life) => (true, holder.as_ref(), *life),
        };
        let holder = holder.map(|holder| HolderV1 {
            id: &holder.id,
            user: &holder.user,
            alive: life == Life::Alive,
            command: &holder.command,
            process: holder.pid,
            host: &holder.host,
            since: UNIX_EPOCH.checked_add(Duration::from_secs(holder.since)).map(utc),
        });
        LockV1 { stack, locked, holder }
    });
    pretty(&LocksV1 { version: VERSION, locks: locks.collect() })
}

#[derive(Serialize)]
struct LocksV1<'a> {
    version: u64,
    locks: Vec<LockV1<'a>>,
}

#[derive(Serialize)]
struct LockV1<'a> {
    stack: &'a str,
    locked: bool,
    holder: Option<HolderV1<'a>>,
}

#[derive(Serialize)]
struct HolderV1<'a> {
    id: &'a str,
    user: &'a str,
    alive: bool,
    command: &'a str,
    process: u32,
    host: &'a str,
    since: Option<String>,
}

/// The serials that are kept of a stack.
pub struct History<'a> {
    /// The stack's name.
    pub stack: &'a str,
    /// What is stored last.
    pub current: &'a Current,
    /// The newest first.
    pub serials: &'a [StoredSerial],
}

/// Returns the serials of a stack, one a line: when it was stored, in UTC, and its size.
pub fn history_text(history: &History<'_>) -> String {
    let mut out = String::new();
    for StoredSerial { serial, stored, bytes } in history.serials {
        let mark = match (*serial == history.current.serial, Some(*serial) == history.current.applied) {
            (true, true) => "  (emitted last, applied)",
            (true, false) => "  (emitted last)",
            (false, true) => "  (applied)",
            (false, false) => "",
        };
        let stored = stored.map(utc).unwrap_or_else(|| "at an unknown time".to_owned());
        let _ = writeln!(out, "serial {serial}  {stored}  {bytes} bytes{mark}");
    }
    out
}

/// Returns the serials of a stack, for programs.
pub fn history_json(history: &History<'_>) -> String {
    let serials = history.serials.iter().map(|of| SerialV1 { serial: of.serial, stored: of.stored.map(utc), bytes: of.bytes });
    let Current { lineage, serial, applied, program } = history.current;
    pretty(&HistoryV1 {
        version: VERSION,
        stack: history.stack,
        program,
        lineage: lineage.as_str(),
        serial: *serial,
        applied: *applied,
        history: serials.collect(),
    })
}

#[derive(Serialize)]
struct HistoryV1<'a> {
    version: u64,
    stack: &'a str,
    program: &'a str,
    lineage: &'a str,
    serial: u64,
    applied: Option<u64>,
    history: Vec<SerialV1>,
}

#[derive(Serialize)]
struct SerialV1 {
    serial: u64,
    stored: Option<String>,
    bytes: u64,
}

/// A time as RFC 3339 has it, to the second.
fn utc(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // The days since 0000-03-01 in eras of 400 years, after Howard Hinnant's `civil_from_days`.
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
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
        let Snapshot { stack, program, lineage, serial, entries, .. } = snapshot;
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

#[cfg(test)]
mod tests {
    use super::utc;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn times_are_utc() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_834_861, "2026-11-28T03:01:01Z"),
        ] {
            assert_eq!(utc(UNIX_EPOCH + Duration::from_secs(seconds)), text);
        }
    }
}
