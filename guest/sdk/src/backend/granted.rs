//! Granted folders in native tests: `testing::grant` names them for the thread. What the host refuses beyond a missing grant or file is its own.

use super::native::{archive, asset, keep_entries, refuse};
use crate::asset::{Asset, Entry};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::panic::Location;
use std::path::{Path, PathBuf};

thread_local! {
    static GRANTS: RefCell<BTreeMap<String, PathBuf>> = const { RefCell::new(BTreeMap::new()) };
}

/// Grants a folder to the programs that are evaluated on this thread from now on.
pub(crate) fn grant(name: &str, folder: &Path) {
    GRANTS.with_borrow_mut(|grants| grants.insert(name.to_owned(), folder.to_owned()));
}

pub(crate) fn read(path: &str, _place: &'static Location<'static>) -> Result<Vec<u8>, String> {
    fs::read(found(path)?).map_err(|error| format!("`{path}` cannot be read: {error}"))
}

pub(crate) fn list(path: &str, _place: &'static Location<'static>) -> Result<Vec<String>, String> {
    let mut files = Vec::new();
    walk(&found(path)?, "", &mut files).map_err(|error| format!("`{path}` cannot be read: {error}"))?;
    files.sort();
    Ok(files)
}

pub(crate) fn file_asset(stack: u32, name: &str, path: &str, place: &'static Location<'static>) -> Asset {
    match read(path, place) {
        Ok(content) => asset(stack, name, &content, place),
        Err(problem) => refused(problem, place),
    }
}

pub(crate) fn folder_asset(stack: u32, name: &str, path: &str, place: &'static Location<'static>) -> Asset {
    match entries(path, place) {
        Ok(entries) => keep_entries(stack, name, &entries),
        Err(problem) => refused(problem, place),
    }
}

pub(crate) fn folder_archive(stack: u32, name: &str, path: &str, place: &'static Location<'static>) -> Asset {
    match entries(path, place) {
        Ok(entries) => archive(stack, name, entries, place),
        Err(problem) => refused(problem, place),
    }
}

fn refused(problem: String, place: &'static Location<'static>) -> Asset {
    refuse(problem, place);
    Asset::default()
}

fn entries(path: &str, place: &'static Location<'static>) -> Result<Vec<Entry>, String> {
    let folder = found(path)?;
    let entry = |file: String| {
        let full = folder.join(&file);
        let content = fs::read(&full).map_err(|error| format!("`{path}/{file}` cannot be read: {error}"))?;
        Ok(Entry { executable: is_executable(&full), path: file, content })
    };
    list(path, place)?.into_iter().map(entry).collect()
}

fn found(path: &str) -> Result<PathBuf, String> {
    let (grant, rest) = path.split_once('/').unwrap_or((path, ""));
    if rest.split('/').any(|name| name == "..") {
        return Err(format!("`{path}` leads out of what is granted"));
    }
    let folder = GRANTS.with_borrow(|grants| grants.get(grant).cloned());
    let folder =
        folder.ok_or_else(|| format!("`{path}` is not granted; in a test, `testing::grant({grant:?}, FOLDER)` grants it"))?;
    let full = if rest.is_empty() { folder } else { folder.join(rest) };
    if full.exists() { Ok(full) } else { Err(format!("there is no `{path}`")) }
}

fn walk(folder: &Path, inner: &str, files: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let file = format!("{inner}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &format!("{file}/"), files)?;
        } else {
            files.push(file);
        }
    }
    Ok(())
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o100 != 0)
}

#[cfg(not(unix))]
fn is_executable(_: &Path) -> bool {
    false
}
