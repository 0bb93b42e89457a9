//! The manifest as a file, version 2: JSON, the same bytes for the same manifest.
//!
//! Version 1 had neither `order` nor, of each stack, `dependencies` and `configuration`; it is read as if nothing stood there.

use super::file_name::{FileName, UnknownFileName};
use super::folder::{is_stack_name, is_stack_path};
use super::manifest::{Manifest, StackEntry};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const VERSION: u64 = 2;

/// Why a manifest's bytes are none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// Of this later version.
    Newer(u64),
    /// For this reason.
    Invalid(String),
}

/// Returns the bytes of a manifest.
pub(super) fn to_bytes(manifest: &Manifest) -> Vec<u8> {
    let file = File {
        version: VERSION,
        order: manifest.order().into_iter().map(str::to_owned).collect(),
        stacks: write_entries(&manifest.stacks),
        pending: write_entries(&manifest.pending),
    };
    let mut bytes = serde_json::to_vec_pretty(&file).expect("text, numbers and maps of text always serialise");
    bytes.push(b'\n');
    bytes
}

/// Reads a manifest.
pub(super) fn from_bytes(bytes: &[u8]) -> Result<Manifest, Unreadable> {
    let Version { version } = serde_json::from_slice(bytes).map_err(invalid)?;
    if version > VERSION {
        return Err(Unreadable::Newer(version));
    }
    let file: File = serde_json::from_slice(bytes).map_err(invalid)?;
    Ok(Manifest { stacks: read_entries(file.stacks)?, pending: read_entries(file.pending)? })
}

#[derive(Deserialize)]
struct Version {
    version: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u64,
    /// For whoever applies the stacks: it follows from what stands below, and is not read back.
    #[serde(default)]
    order: Vec<String>,
    stacks: BTreeMap<String, Entry>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pending: BTreeMap<String, Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    program: Program,
    component_sha256: String,
    inputs_sha256: String,
    #[serde(default)]
    dependencies: Vec<String>,
    #[serde(default = "first_configuration")]
    configuration: String,
    configuration_sha256: String,
    tapwasm: String,
    files: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Program {
    name: String,
    version: String,
}

fn first_configuration() -> String {
    FileName::Main.to_string()
}

fn invalid(error: serde_json::Error) -> Unreadable {
    Unreadable::Invalid(error.to_string())
}

fn write_entries(entries: &BTreeMap<String, StackEntry>) -> BTreeMap<String, Entry> {
    entries.iter().map(|(name, entry)| (name.clone(), write_entry(entry))).collect()
}

fn write_entry(entry: &StackEntry) -> Entry {
    Entry {
        program: Program { name: entry.program.clone(), version: entry.program_version.clone() },
        component_sha256: hexadecimal(&entry.component),
        inputs_sha256: hexadecimal(&entry.inputs),
        dependencies: entry.dependencies.clone(),
        configuration: entry.configuration_name.to_string(),
        configuration_sha256: hexadecimal(&entry.configuration),
        tapwasm: entry.host.clone(),
        files: entry.files.iter().map(|(path, digest)| (path.clone(), hexadecimal(digest))).collect(),
    }
}

fn read_entries(entries: BTreeMap<String, Entry>) -> Result<BTreeMap<String, StackEntry>, Unreadable> {
    entries.into_iter().map(|(name, entry)| read_entry(&name, entry).map(|entry| (name, entry))).collect()
}

/// Files are removed by what stands here, so nothing but a file of the stack may be named.
fn read_entry(name: &str, entry: Entry) -> Result<StackEntry, Unreadable> {
    if !is_stack_name(name) {
        return Err(Unreadable::Invalid(format!("`{name}` is no name of a stack")));
    }
    let mut files = BTreeMap::new();
    for (path, text) in entry.files {
        if !is_stack_path(&path) {
            return Err(Unreadable::Invalid(format!("`{path}` is no file of a stack")));
        }
        files.insert(path, digest(&text)?);
    }
    Ok(StackEntry {
        program: entry.program.name,
        program_version: entry.program.version,
        component: digest(&entry.component_sha256)?,
        inputs: digest(&entry.inputs_sha256)?,
        dependencies: entry.dependencies,
        configuration_name: entry
            .configuration
            .parse()
            .map_err(|error: UnknownFileName| Unreadable::Invalid(error.to_string()))?,
        configuration: digest(&entry.configuration_sha256)?,
        host: entry.tapwasm,
        files,
    })
}

fn hexadecimal(digest: &[u8; 32]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn digest(text: &str) -> Result<[u8; 32], Unreadable> {
    let no_digest = || Unreadable::Invalid(format!("`{text}` is no SHA-256 digest"));
    let mut digest = [0; 32];
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(no_digest());
    }
    for (position, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * position..2 * position + 2], 16).map_err(|_| no_digest())?;
    }
    Ok(digest)
}
