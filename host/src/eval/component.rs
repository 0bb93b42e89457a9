//! What stands in a wasm file, found without running or compiling it: its kind, imports, exports and the SDK's custom sections.

use thiserror::Error;
use wasmparser::{ComponentExternalKind, Encoding, Parser, Payload, Validator, WasmFeatures};

/// The package whose interfaces a guest may import.
const CONTRACT_PACKAGE: &str = "tapwasm:stack/";
/// The interface that a guest exports.
const PROGRAM: &str = "tapwasm:stack/program@0.1";
/// Holds the version of the contract that a guest's SDK speaks.
const VERSION_SECTION: &str = "tapwasm:api-version";
/// Bindings leave the type of their world in a module's sections whose names begin so.
const WORLD_SECTION: &str = "component-type";
/// Holds the program's description as JSON text, so that it can be read without running the guest.
const DESCRIPTION_SECTION: &str = "tapwasm:description";

/// Bindings leave the schemas of their types in it, in the host's compact form; those of several crates stand one behind the other.
const SCHEMA_SECTION: &str = "tapwasm:schema";

const LONGEST_STAMP: usize = 100;
/// The longest schema of inputs that is read, in bytes.
pub(super) const LONGEST_SCHEMA: usize = 256 << 10;
/// A schema, a name and a version.
const LONGEST_DESCRIPTION: usize = LONGEST_SCHEMA + (1 << 10);

/// What a component says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Names of the imported interfaces and functions.
    pub imports: Vec<String>,
    /// Names of the exported interfaces and functions.
    pub exports: Vec<String>,
    /// The version of the contract that its SDK speaks.
    pub api_version: Option<String>,
    /// The program's description as its SDK wrote it: JSON text with `name`, `version` and `inputs`.
    pub description: Option<String>,
    /// The schemas of providers' types that its bindings left in it.
    pub provider_schemas: Option<String>,
}

/// Why a file cannot be run.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ComponentError {
    /// Not wasm.
    #[error("It is not WebAssembly: it does not begin with `\\0asm`. Give a `.wasm` file or the folder of a guest crate.")]
    NotWasm,
    /// Truncated or damaged.
    #[error("It is damaged or was cut short: {0}. Build it again.")]
    Invalid(String),
    /// A core module that no component can be made of.
    #[error(
        "It is a core module that does not implement the world `guest` of `tapwasm:stack`. Build the guest with the tapwasm SDK and \
         `program!`, or make a component of it with your language's tools."
    )]
    NotAGuest,
    /// A component without our export.
    #[error("It is a component, but it exports no `tapwasm:stack/program`; it exports {exported}.", exported = list(.0))]
    NoProgram(Vec<String>),
    /// A component that asks for more than the contract.
    #[error(
        "It asks for more than a guest may have: {wanted}. A guest runs without files, network, clock, environment and randomness; it \
         imports `tapwasm:stack` alone. For Rust, build for `wasm32-unknown-unknown`; for other languages stub WASI.",
        wanted = list(.0)
    )]
    ForeignImports(Vec<String>),
    /// Made for another version of the contract.
    #[error("It was built for version {found} of the contract `tapwasm:stack`; this host speaks {}. {}", super::CONTRACT, advice(.found))]
    OtherVersion {
        /// The version that it was built for.
        found: String,
    },
}

fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "nothing".into();
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn advice(found: &str) -> &'static str {
    if found < "0.1" { "Build the guest with a newer SDK." } else { "Use a newer tapwasm, or build the guest with an older SDK." }
}

/// What a wasm file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoded {
    /// A component.
    Component,
    /// A core module.
    Module,
}

/// Tells what a file is by its first bytes.
pub fn encoded(bytes: &[u8]) -> Result<Encoded, ComponentError> {
    if !bytes.starts_with(b"\0asm") {
        return Err(ComponentError::NotWasm);
    }
    match bytes.get(4..8) {
        Some([1, 0, 0, 0]) => Ok(Encoded::Module),
        Some([_, 0, 1, 0]) => Ok(Encoded::Component),
        _ => Err(ComponentError::Invalid("its header is incomplete".into())),
    }
}

/// Reads what a component says of itself and checks that it can be run: valid, for this contract, and asking for nothing else.
pub fn check(bytes: &[u8]) -> Result<Facts, ComponentError> {
    Validator::new_with_features(WasmFeatures::default())
        .validate_all(bytes)
        .map_err(|error| ComponentError::Invalid(error.to_string()))?;
    let facts = read(bytes)?;
    check_stamp(facts.api_version.as_deref())?;
    let versioned = |name: &&String| name.starts_with(CONTRACT_PACKAGE);
    if let Some(found) = facts.imports.iter().chain(&facts.exports).filter(versioned).find_map(|name| other_version(name)) {
        return Err(ComponentError::OtherVersion { found });
    }
    let foreign: Vec<String> = facts.imports.iter().filter(|name| !name.starts_with(CONTRACT_PACKAGE)).cloned().collect();
    if !foreign.is_empty() {
        return Err(ComponentError::ForeignImports(foreign));
    }
    if !facts.exports.iter().any(|name| name.starts_with(PROGRAM)) {
        return Err(ComponentError::NoProgram(facts.exports));
    }
    Ok(facts)
}

/// Checks what can be made a component: a valid core module of our world that imports nothing else.
pub fn check_module(bytes: &[u8]) -> Result<(), ComponentError> {
    Validator::new().validate_all(bytes).map_err(|error| ComponentError::Invalid(error.to_string()))?;
    let mut stamp = None;
    let mut has_world = false;
    let mut foreign = Vec::new();
    for payload in Parser::new(0).parse_all(bytes) {
        match payload.map_err(invalid)? {
            Payload::CustomSection(section) if section.name() == VERSION_SECTION => {
                stamp = Some(self::stamp(section.data()));
            }
            Payload::CustomSection(section) => has_world |= section.name().starts_with(WORLD_SECTION),
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import.map_err(invalid)?;
                    // What has to do with exports of the contract is imported under its names, too.
                    if !import.module.contains(CONTRACT_PACKAGE) {
                        foreign.push(format!("{}::{}", import.module, import.name));
                    }
                }
            }
            _ => {}
        }
    }
    check_stamp(stamp.as_deref())?;
    if !has_world {
        return Err(ComponentError::NotAGuest);
    }
    if foreign.is_empty() { Ok(()) } else { Err(ComponentError::ForeignImports(foreign)) }
}

fn check_stamp(stamp: Option<&str>) -> Result<(), ComponentError> {
    match stamp {
        Some(found) if !found.starts_with("0.1.") => Err(ComponentError::OtherVersion { found: found.to_owned() }),
        _ => Ok(()),
    }
}

/// Returns the version in `tapwasm:stack/declare@0.2.0`, where it is none of 0.1.
fn other_version(name: &str) -> Option<String> {
    let version = name.split_once('@')?.1;
    (!version.starts_with("0.1.")).then(|| version.to_owned())
}

/// Reads imports, exports and custom sections of a component, those of the modules in it among the latter.
pub fn read(bytes: &[u8]) -> Result<Facts, ComponentError> {
    let mut facts = Facts::default();
    let mut depth = 0_u32;
    for payload in Parser::new(0).parse_all(bytes) {
        match payload.map_err(invalid)? {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::Version { encoding: Encoding::Module, .. } if depth == 0 => return Err(ComponentError::NotAGuest),
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::ComponentImportSection(section) if depth == 0 => {
                for import in section {
                    facts.imports.push(import.map_err(invalid)?.name.name.to_owned());
                }
            }
            Payload::ComponentExportSection(section) if depth == 0 => {
                for export in section {
                    let export = export.map_err(invalid)?;
                    if matches!(export.kind, ComponentExternalKind::Instance | ComponentExternalKind::Func) {
                        facts.exports.push(export.name.name.to_owned());
                    }
                }
            }
            Payload::CustomSection(section) => match section.name() {
                VERSION_SECTION => facts.api_version = Some(stamp(section.data())),
                // A program whose description is longer is asked for it, and refused.
                DESCRIPTION_SECTION if section.data().len() > LONGEST_DESCRIPTION => {}
                DESCRIPTION_SECTION => facts.description = Some(String::from_utf8_lossy(section.data()).into_owned()),
                SCHEMA_SECTION => {
                    facts.provider_schemas.get_or_insert_default().push_str(&String::from_utf8_lossy(section.data()));
                }
                _ => {}
            },
            _ => {}
        }
    }
    Ok(facts)
}

fn stamp(data: &[u8]) -> String {
    String::from_utf8_lossy(&data[..data.len().min(LONGEST_STAMP)]).into_owned()
}

fn invalid(error: wasmparser::BinaryReaderError) -> ComponentError {
    ComponentError::Invalid(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An empty component with one custom section.
    fn component(section: &str, data: &[u8]) -> Vec<u8> {
        let length = |n: usize| (0..5).map(|i| (n >> (7 * i)) as u8 & 0x7f | if i < 4 { 0x80 } else { 0 }).collect::<Vec<u8>>();
        let content = [&length(section.len()), section.as_bytes(), data].concat();
        [b"\0asm\x0d\0\x01\0\0".to_vec(), length(content.len()), content].concat()
    }

    #[test]
    fn a_description_that_is_too_long_is_not_read() {
        let description = |length: usize| read(&component(DESCRIPTION_SECTION, &vec![b' '; length])).unwrap().description;
        assert!(description(LONGEST_SCHEMA).is_some());
        assert!(description(LONGEST_SCHEMA << 1).is_none());
    }

    #[test]
    fn a_stamp_that_is_too_long_is_cut() {
        let stamp = read(&component(VERSION_SECTION, &[b'9'; 1 << 20])).unwrap().api_version.unwrap();
        assert_eq!(stamp.len(), LONGEST_STAMP);
    }
}
