//! Terraform's own state: which addresses there are, and what exists under them. It is read and never written.

mod file_v4;
mod show;
#[cfg(test)]
mod tests;

use crate::model::Existing;
use crate::model::json::JsonError;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use thiserror::Error;

/// Why a file is no state of Terraform's.
#[derive(Debug, Error)]
pub enum TfstateError {
    /// There is nothing in it.
    #[error(
        "it is empty, so no state of Terraform's. `terraform state pull` writes nothing where nothing was ever applied, and an empty file is left where it failed: run it \
         again, and give what it writes"
    )]
    Empty,
    /// It ends before it is whole.
    #[error("it is cut short: {0}. Let Terraform write it again, whole")]
    CutShort(String),
    /// It is something else.
    #[error("it is no state of Terraform's: {0}. Give the file terraform.tfstate, or what `terraform state pull` writes")]
    NotAState(String),
    /// It is a plan.
    #[error(
        "it is a plan, not a state. Give the file terraform.tfstate, what `terraform state pull` writes, or what `terraform show -json` writes \
         without the name of a plan"
    )]
    Plan,
    /// OpenTofu encrypted it.
    #[error("it is encrypted. Give what `tofu state pull` or `tofu show -json` writes")]
    Encrypted,
    /// It has another version.
    #[error("it has version {0}, and this tapwasm reads version 4. Let Terraform write it anew")]
    Version(u64),
    /// `show -json` has another version.
    #[error("it has format version {0}, and this tapwasm reads 1.x. Let a Terraform from 1.1 on write it")]
    FormatVersion(String),
    /// What it says of one instance cannot be read.
    #[error("the attributes of `{0}` cannot be read: {1}")]
    Attributes(String, JsonError),
}

/// What tells which kind of file it is.
#[derive(Deserialize)]
struct HeadDump {
    #[serde(default)]
    version: Option<u64>,
    #[serde(default)]
    format_version: Option<String>,
    #[serde(default)]
    encrypted_data: Option<IgnoredAny>,
    #[serde(default)]
    planned_values: Option<IgnoredAny>,
    #[serde(default)]
    resource_changes: Option<IgnoredAny>,
    #[serde(default)]
    provider_schemas: Option<IgnoredAny>,
    #[serde(default)]
    values: Option<IgnoredAny>,
}

/// Returns the addresses of all instances in a state of version 4: `module.m["k"].aws_x.y[0]`.
///
/// # Errors
/// What is no state, or of another version.
pub fn addresses(json: &str) -> Result<Vec<String>, TfstateError> {
    let head: HeadDump = parsed(json)?;
    refuse_others(&head)?;
    match head.version {
        Some(_) => Ok(parsed::<file_v4::StateDump>(json)?.addresses()),
        None => Err(TfstateError::NotAState("it has no `version`".to_owned())),
    }
}

/// Returns what exists by a state of version 4, or by what `terraform show -json` writes of one.
///
/// # Errors
/// What is no state, or of another version.
pub fn existing(json: &str) -> Result<Existing, TfstateError> {
    let head: HeadDump = parsed(json)?;
    refuse_others(&head)?;
    match (head.version, head.format_version) {
        (Some(_), _) => parsed::<file_v4::StateDump>(json)?.existing(),
        // Other commands write documents with a version of their format, too.
        (None, Some(_)) if head.provider_schemas.is_some() && head.values.is_none() => {
            Err(TfstateError::NotAState("it holds schemas of providers".to_owned()))
        }
        (None, Some(version)) if version.split('.').next() != Some("1") => Err(TfstateError::FormatVersion(version)),
        (None, Some(_)) => parsed::<show::ShowDump>(json)?.existing(),
        (None, None) => Err(TfstateError::NotAState("it has neither `version` nor `format_version`".to_owned())),
    }
}

fn refuse_others(head: &HeadDump) -> Result<(), TfstateError> {
    if head.planned_values.is_some() || head.resource_changes.is_some() {
        return Err(TfstateError::Plan);
    }
    if head.encrypted_data.is_some() {
        return Err(TfstateError::Encrypted);
    }
    match head.version {
        Some(version) if version != 4 => Err(TfstateError::Version(version)),
        _ => Ok(()),
    }
}

fn parsed<T: DeserializeOwned>(json: &str) -> Result<T, TfstateError> {
    // What Windows' shells write begins so.
    let json = json.trim_start_matches('\u{feff}').trim();
    if json.is_empty() {
        return Err(TfstateError::Empty);
    }
    // A list would be read as fields in their order.
    if !json.starts_with('{') {
        return Err(TfstateError::NotAState("it is no object of JSON".to_owned()));
    }
    serde_json::from_str(json).map_err(|error| {
        let message = error.to_string();
        if error.is_eof() { TfstateError::CutShort(message) } else { TfstateError::NotAState(message) }
    })
}

/// Tells whether a move is still to be applied to a state: whether something in it has the former address, or stands below it.
pub fn awaits(addresses: &[String], from: &str, to: &str) -> bool {
    // A whole thing that becomes an instance of itself stands below its former address afterwards, too.
    let is_inner = is_below(to, from);
    addresses.iter().any(|address| is_below(address, from) && !(is_inner && is_below(address, to)))
}

fn is_below(address: &str, other: &str) -> bool {
    address.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
