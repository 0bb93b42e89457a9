//! Versions 1 and 2 of the snapshot's file format: the layout of the file, its checksum, reading and writing.
//!
//! The file is JSON, with one declaration on each line: good to read, good for version control, and read line by line, so that neither
//! direction ever holds a second tree. The checksum is SHA-256 of all lines but its own, which anybody can recompute:
//! `grep -v '^"checksum":' snapshot.json | sha256sum`.
//!
//! Fields are never added to a version: a reader that ignored one would lose it with the next write. Version 2 is version 1 with what it was
//! evaluated from and one more expression, a masked secret. It is written where there is either.

mod declaration;
mod expression;
mod parts;
mod seal;

use super::provenance::Provenance;
use super::snapshot::{Entry, Lineage, Snapshot};
use crate::model::{Address, Body, Declaration, Expression, Kind, Name};
use declaration::{EntrySeed, EntryV1};
use serde::Deserialize;
use serde::de::DeserializeSeed;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use std::borrow::Borrow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::hash::Hash;
use std::io::{self, BufRead, Read};

/// The newest version that is written and read.
pub(super) const VERSION: u64 = 2;

/// The oldest version: without masks, and without what it was evaluated from.
const OLDEST: u64 = 1;

/// Beyond this a file is refused instead of exhausting the stack of the thread that reads it. A host allows guests far less.
const DEEPEST_NESTING: u32 = 200;

const CHECKSUM_LINE: &[u8] = b"\"checksum\":\"sha256:";
const DECLARATIONS_LINE: &[u8] = b"\"declarations\":[\n";
const LAST_LINE: &[u8] = b"]}\n";
const HEX_DIGITS_OF_SHA256: usize = 64;
/// From so many bytes on several threads read.
const LARGE: usize = if cfg!(test) { 256 } else { 1 << 20 };
const LONGEST_HEADER: usize = 64 * 1024 + Provenance::MOST_INPUTS;

/// Why a file is no snapshot.
#[derive(Debug)]
pub(super) enum FileError {
    /// It could not be read.
    Io(io::Error),
    /// It is not JSON: it ends too early, or has other characters than were written.
    NotJson(String),
    /// It is JSON, but not of this format.
    Invalid(String),
    /// It was written by a newer tapwasm.
    Newer(u64),
    /// Its content is not what was written.
    Checksum,
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> FileError {
        FileError::Io(error)
    }
}

/// What stands before the declarations.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) lineage: Lineage,
    pub(super) serial: u64,
    pub(super) program: String,
    pub(super) stack: String,
    pub(super) provenance: Option<Provenance>,
}

impl Header {
    /// Returns what stands before the declarations of a snapshot that is stored under a serial.
    pub(super) fn of(snapshot: &Snapshot, serial: u64) -> Header {
        let Snapshot { lineage, program, stack, provenance, .. } = snapshot;
        let (lineage, program, stack) = (lineage.clone(), program.clone(), stack.clone());
        Header { lineage, serial, program, stack, provenance: provenance.clone() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeaderV1 {
    version: u64,
    lineage: String,
    serial: u64,
    program: String,
    stack: String,
    component: Option<String>,
    surroundings: Option<String>,
    inputs: Option<Box<RawValue>>,
    checksum: String,
    #[serde(rename = "declarations")]
    _declarations: [(); 0],
}

/// One declaration to write: borrowed from a graph or from a snapshot.
#[derive(Clone, Copy)]
pub(super) struct EntryRef<'a> {
    pub(super) address: &'a Address,
    pub(super) kind: Kind,
    pub(super) labels: &'a [Name],
    pub(super) body: &'a Body,
    pub(super) meta: &'a Body,
    pub(super) protect: bool,
}

impl<'a> From<&'a Declaration> for EntryRef<'a> {
    fn from(from: &'a Declaration) -> EntryRef<'a> {
        let Declaration { address, kind, labels, body, meta, protect, .. } = from;
        EntryRef { address, kind: *kind, labels, body, meta, protect: *protect }
    }
}

impl<'a> From<&'a Entry> for EntryRef<'a> {
    fn from(from: &'a Entry) -> EntryRef<'a> {
        let Entry { address, kind, labels, body, meta, protect } = from;
        EntryRef { address, kind: *kind, labels, body, meta, protect: *protect }
    }
}

/// What the header says of the file itself.
struct Stated {
    version: u64,
    checksum: String,
}

/// What reading shares: texts of many declarations, each held once, and room for lists whose length is not known yet.
#[derive(Default)]
struct Names {
    version: u64,
    names: RefCell<HashSet<Name>>,
    addresses: RefCell<HashSet<Address>>,
    arguments: Stack<(Name, Expression)>,
    pairs: Stack<(Expression, Expression)>,
    items: Stack<Expression>,
}

/// Items of unfinished lists, those of inner ones on top. So each list is allocated once, in its size: growing and shrinking them took half
/// of the time that reading a file takes.
struct Stack<T>(RefCell<Vec<T>>);

impl<T> Default for Stack<T> {
    fn default() -> Stack<T> {
        Stack(RefCell::new(Vec::new()))
    }
}

impl<T> Stack<T> {
    fn collect<E>(&self, mut next: impl FnMut() -> Result<Option<T>, E>) -> Result<Vec<T>, E> {
        let start = self.0.borrow().len();
        while let Some(item) = next()? {
            self.0.borrow_mut().push(item);
        }
        Ok(self.0.borrow_mut().drain(start..).collect())
    }
}

impl Names {
    fn name(&self, text: &str) -> Name {
        interned(&mut self.names.borrow_mut(), text, |text| Name::from(text))
    }

    fn address(&self, text: &str) -> Address {
        interned(&mut self.addresses.borrow_mut(), text, Address::from_text)
    }
}

fn interned<T: Borrow<str> + Clone + Eq + Hash>(known: &mut HashSet<T>, text: &str, make: impl Fn(&str) -> T) -> T {
    if let Some(value) = known.get(text) {
        return value.clone();
    }
    let value = make(text);
    known.insert(value.clone());
    value
}

/// Returns the bytes of a file.
pub(super) fn write<'a>(
    header: &Header,
    entries: impl Iterator<Item = EntryRef<'a>> + Clone,
) -> Result<Vec<u8>, serde_json::Error> {
    let mut file = Vec::with_capacity(4096);
    let text = |text: &str| serde_json::Value::from(text);
    let version = if header.provenance.is_some() || entries.clone().any(holds_mask) { VERSION } else { OLDEST };
    file.extend_from_slice(format!("{{\n\"version\":{version},\n").as_bytes());
    file.extend_from_slice(format!("\"lineage\":{},\n", text(header.lineage.as_str())).as_bytes());
    file.extend_from_slice(format!("\"serial\":{},\n", header.serial).as_bytes());
    file.extend_from_slice(format!("\"program\":{},\n", text(&header.program)).as_bytes());
    file.extend_from_slice(format!("\"stack\":{},\n", text(&header.stack)).as_bytes());
    if let Some(provenance) = &header.provenance {
        file.extend_from_slice(format!("\"component\":\"sha256:{}\",\n", hex(&provenance.component)).as_bytes());
        file.extend_from_slice(format!("\"surroundings\":\"sha256:{}\",\n", hex(&provenance.surroundings)).as_bytes());
        if let Some(inputs) = provenance.inputs() {
            file.extend_from_slice(format!("\"inputs\":{inputs},\n").as_bytes());
        }
    }
    let checksum_line = file.len();
    file.extend_from_slice(CHECKSUM_LINE);
    let checksum = file.len();
    file.extend_from_slice(&[b'0'; HEX_DIGITS_OF_SHA256]);
    file.extend_from_slice(b"\",\n");
    let declarations = file.len();
    file.extend_from_slice(DECLARATIONS_LINE);
    let mut entries = entries.peekable();
    while let Some(entry) = entries.next() {
        serde_json::to_writer(&mut file, &EntryV1(entry))?;
        file.extend_from_slice(if entries.peek().is_some() { b",\n" } else { b"\n" });
    }
    file.extend_from_slice(LAST_LINE);
    let mut digest = Sha256::new();
    digest.update(&file[..checksum_line]);
    digest.update(&file[declarations..]);
    file[checksum..checksum + HEX_DIGITS_OF_SHA256].copy_from_slice(hex(&digest.finalize()).as_bytes());
    Ok(file)
}

fn holds_mask(entry: EntryRef<'_>) -> bool {
    entry.body.holds_mask() || entry.meta.holds_mask()
}

/// Reads the text of a file.
pub(super) fn read(text: impl AsRef<[u8]>) -> Result<Snapshot, FileError> {
    let text = text.as_ref();
    read_text(text).map_err(|error| explain(error, text))
}

/// Reads only what stands before the declarations; the checksum is not looked at.
pub(super) fn read_header(text: &[u8]) -> Result<Header, FileError> {
    match header_lines(&mut &*text, &mut Sha256::new()) {
        Ok((header, _)) => Ok(header),
        Err(error) => Err(explain(error, text)),
    }
}

fn read_text(text: &[u8]) -> Result<Snapshot, FileError> {
    let mut digest = Sha256::new();
    let mut rest = text;
    let (header, stated) = header_lines(&mut rest, &mut digest)?;
    let (entries, digest) = std::thread::scope(|scope| {
        let hash = || digest.chain_update(rest).finalize();
        if rest.len() < LARGE {
            return (None, hash());
        }
        let hashing = scope.spawn(hash);
        let entries = parts::read(rest, stated.version);
        (entries, hashing.join().expect("hashing does not panic"))
    });
    let entries = match entries {
        Some(entries) => entries,
        // Small, or something is wrong with it: read in order, it says what.
        None => read_entries(rest, stated.version)?,
    };
    if stated.checksum != format!("sha256:{}", hex(&digest)) {
        return Err(FileError::Checksum);
    }
    let Header { lineage, serial, program, stack, provenance } = header;
    Ok(Snapshot { lineage, serial, program, stack, provenance, entries })
}

/// Reads the lines of declarations, to the end.
fn read_entries(mut rest: &[u8], version: u64) -> Result<Vec<Entry>, FileError> {
    let names = Names { version, ..Names::default() };
    let mut entries: Vec<Entry> = Vec::new();
    let mut more = true;
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
        let (line, behind) = rest.split_at(end);
        rest = behind;
        if line == LAST_LINE {
            break;
        }
        let n_entry = entries.len() + 1;
        let (text, followed) = match line.strip_suffix(b",\n") {
            Some(text) => (text, true),
            None => (line.strip_suffix(b"\n").unwrap_or(line), false),
        };
        if !more {
            return Err(FileError::Invalid(format!("declaration {n_entry}: no comma before it")));
        }
        more = followed;
        let entry = read_entry(text, &names);
        let entry = entry.map_err(|error| FileError::Invalid(format!("declaration {n_entry}: {error}")))?;
        if entries.last().is_some_and(|last| last.address >= entry.address) {
            return Err(FileError::Invalid(format!("declaration {n_entry}: `{}` is out of order", entry.address)));
        }
        entries.push(entry);
    }
    if more && !entries.is_empty() || !rest.is_empty() {
        return Err(FileError::Invalid("it goes on where it should end".to_owned()));
    }
    Ok(entries)
}

fn read_entry(text: &[u8], names: &Names) -> Result<Entry, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_slice(text);
    json.disable_recursion_limit();
    EntrySeed(names).deserialize(&mut json).and_then(|entry| json.end().map(|()| entry))
}

fn header_lines(input: &mut impl BufRead, digest: &mut Sha256) -> Result<(Header, Stated), FileError> {
    let mut text = Vec::new();
    loop {
        let start = text.len();
        input.by_ref().take(LONGEST_HEADER as u64).read_until(b'\n', &mut text)?;
        let line = &text[start..];
        if line.is_empty() || text.len() > LONGEST_HEADER {
            return Err(FileError::Invalid("the line `\"declarations\":[` is missing".to_owned()));
        }
        if !line.starts_with(CHECKSUM_LINE) {
            digest.update(line);
        }
        if line == DECLARATIONS_LINE {
            break;
        }
    }
    text.extend_from_slice(b"]}");
    let header: HeaderV1 = serde_json::from_slice(&text).map_err(|error| FileError::Invalid(error.to_string()))?;
    if !(OLDEST..=VERSION).contains(&header.version) {
        return Err(FileError::Invalid(format!("there is no version {}", header.version)));
    }
    let lineage = Lineage::from_text(&header.lineage);
    let lineage = lineage.ok_or_else(|| FileError::Invalid("its lineage is not 32 hexadecimal digits".to_owned()))?;
    if header.serial == 0 {
        return Err(FileError::Invalid("its serial is 0".to_owned()));
    }
    let provenance = provenance(&header)?;
    let stated = Stated { version: header.version, checksum: header.checksum };
    Ok((Header { lineage, serial: header.serial, program: header.program, stack: header.stack, provenance }, stated))
}

/// Returns what it was evaluated from: all that belongs to it stands there, or nothing.
fn provenance(header: &HeaderV1) -> Result<Option<Provenance>, FileError> {
    let invalid = |text: &str| FileError::Invalid(text.to_owned());
    let digest = |text: &str| {
        let digest = text.strip_prefix("sha256:").and_then(seal::bytes);
        digest.ok_or_else(|| invalid("what it was evaluated from has no SHA-256"))
    };
    match (&header.component, &header.surroundings, &header.inputs) {
        (None, None, None) => Ok(None),
        _ if header.version == OLDEST => Err(invalid("version 1 says nothing of what it was evaluated from")),
        (Some(component), Some(surroundings), inputs) => {
            let inputs = inputs.as_ref().map(|inputs| inputs.get().to_owned());
            if inputs.as_ref().is_some_and(|inputs| !inputs.starts_with('{')) {
                return Err(invalid("its inputs are no object"));
            }
            Ok(Some(Provenance::new(digest(component)?, digest(surroundings)?, inputs)))
        }
        _ => Err(invalid("what it was evaluated from is there by half")),
    }
}

/// Finds out what a file is that did not read: no JSON at all, a newer version, or something else that is JSON.
fn explain(error: FileError, text: &[u8]) -> FileError {
    #[derive(Deserialize)]
    struct Probe {
        version: u64,
    }
    if !matches!(error, FileError::Invalid(_)) {
        return error;
    }
    match serde_json::from_reader::<_, Probe>(text) {
        Ok(probe) if probe.version > VERSION => FileError::Newer(probe.version),
        Err(error) if error.is_io() => FileError::Io(error.into()),
        Err(error) if error.is_eof() => FileError::NotJson(format!("it ends too early ({error})")),
        Err(error) if error.is_syntax() => FileError::NotJson(error.to_string()),
        _ => error,
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
