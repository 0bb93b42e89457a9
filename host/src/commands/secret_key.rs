//! The user's key, with which masked secrets are sealed.

use super::Failure;
use crate::graph::{KeyError, SecretKey};
use anyhow::{Context, anyhow};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The variable that holds the key; it counts more than the file.
const VARIABLE: &str = "TAPWASM_SECRET_KEY";

/// Returns the user's key: of `TAPWASM_SECRET_KEY`, else of the file `tapwasm/secret.key` in the user's configuration folder. White space around it
/// is no part of it.
pub(super) fn of_user() -> Result<Option<SecretKey>, Failure> {
    if let Some(text) = std::env::var_os(VARIABLE) {
        return key(text.as_encoded_bytes(), VARIABLE).map(Some);
    }
    let Some(path) = configuration_folder().map(|folder| folder.join("tapwasm").join("secret.key")) else { return Ok(None) };
    match std::fs::read(&path) {
        Ok(bytes) => key(&bytes, &path.display().to_string()).map(Some),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())).map_err(Failure::from),
    }
}

/// Returns the user's key, or one of this process alone: for comparing what is not stored.
pub(super) fn of_user_or_random() -> Result<SecretKey, Failure> {
    match of_user()? {
        Some(key) => Ok(key),
        None => Ok(SecretKey::random().context("cannot make a key to compare secrets with")?),
    }
}

fn key(bytes: &[u8], of: &str) -> Result<SecretKey, Failure> {
    SecretKey::new(bytes.trim_ascii()).map_err(|error| {
        let made = "make one with `openssl rand -hex 32`";
        Failure::Error(match error {
            KeyError::TooShort(0) => anyhow!("{of} holds no key: {made}, or remove it to do without"),
            KeyError::TooShort(_) => anyhow!("the key in {of} could be guessed: {error}; {made}"),
            KeyError::NoRandomness(_) => anyhow!("the key in {of} cannot be used: {error}"),
        })
    })
}

/// Returns where the user's programs keep their configuration: `$XDG_CONFIG_HOME`, else what the system calls so.
fn configuration_folder() -> Option<PathBuf> {
    let named = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || std::env::home_dir().filter(|home| home.is_absolute());
    named.or_else(|| match std::env::consts::OS {
        "windows" => std::env::var_os("APPDATA").map(PathBuf::from),
        "macos" => home().map(|home| home.join(Path::new("Library/Application Support"))),
        _ => home().map(|home| home.join(".config")),
    })
}
