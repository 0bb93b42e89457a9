//! Reading the declarations of a large file in parts, on several threads: each stands on a line of its own.

use super::{LAST_LINE, Names, read_entry};
use crate::state::snapshot::Entry;
use std::thread;

/// More would wait for the memory.
const MOST_THREADS: usize = 4;
/// As the main thread has: nested expressions are read by recursion.
const STACK_BYTES: usize = 8 << 20;

/// Reads the lines of declarations. Nothing where anything is not as it should be: then who reads them in order finds out what.
pub(super) fn read(rest: &[u8], version: u64) -> Option<Vec<Entry>> {
    let lines = rest.strip_suffix(LAST_LINE)?;
    let n_threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    if n_threads == 1 {
        return None;
    }
    let parts = thread::scope(|scope| {
        let parts = split(lines, n_threads);
        let last = parts.len().checked_sub(1)?;
        let reading: Option<Vec<_>> = parts
            .into_iter()
            .enumerate()
            .map(|(position, part)| {
                let read = move || read_part(part, position == last, version);
                thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, read).ok()
            })
            .collect();
        reading?.into_iter().map(|thread| thread.join().ok()?).collect::<Option<Vec<Vec<Entry>>>>()
    })?;
    let mut entries = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    parts.into_iter().for_each(|part| entries.extend(part));
    let is_sorted = entries.windows(2).all(|pair| pair[0].address < pair[1].address);
    is_sorted.then_some(entries)
}

/// Splits lines into so many parts at most, of about one size.
fn split(mut lines: &[u8], n_parts: usize) -> Vec<&[u8]> {
    let size = lines.len() / n_parts;
    let mut parts = Vec::with_capacity(n_parts);
    while parts.len() + 1 < n_parts && lines.len() > size {
        let Some(end) = lines[size..].iter().position(|byte| *byte == b'\n') else { break };
        let (part, rest) = lines.split_at(size + end + 1);
        parts.push(part);
        lines = rest;
    }
    if !lines.is_empty() {
        parts.push(lines);
    }
    parts
}

/// Each line ends in a comma, but for the very last one.
fn read_part(part: &[u8], is_last: bool, version: u64) -> Option<Vec<Entry>> {
    let names = Names { version, ..Names::default() };
    let mut entries = Vec::new();
    let mut lines = part.strip_suffix(b"\n")?.split(|byte| *byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        let is_end = is_last && lines.peek().is_none();
        let text = match line.strip_suffix(b",") {
            Some(text) if !is_end => text,
            None if is_end => line,
            _ => return None,
        };
        entries.push(read_entry(text, &names).ok()?);
    }
    Some(entries)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn parts_are_whole_lines_and_nothing_is_left_out() {
        let text: String = (0..50).map(|n| format!("{}\n", "x".repeat(n))).collect();
        for n_parts in 1..8 {
            let parts = split(text.as_bytes(), n_parts);
            assert!(parts.len() <= n_parts && parts.iter().all(|part| part.ends_with(b"\n")));
            assert_eq!(parts.concat(), text.as_bytes());
        }
        assert!(split(b"", 4).is_empty());
    }
}
