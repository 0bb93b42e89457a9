//! What whoever runs the host lets a program read: folders by name, opened before the program starts.

use super::tokens::TokenError;
use cap_std::ambient_authority;
use cap_std::fs::Dir;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

const LONGEST_NAME: usize = 100;

/// Folders that are granted, by the names that a program knows them by. None by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants {
    folders: BTreeMap<String, PathBuf>,
}

/// Why something cannot be granted.
#[derive(Debug, Error)]
pub enum GrantError {
    /// The name would be no name of an asset.
    #[error(
        "`{0}` is no name for a granted folder: it takes letters, digits, `-`, `_` and `.` (not at its start), at most 100; give it one, as in `NAME=DIR`"
    )]
    Name(String),
    /// There is nothing, or no folder.
    #[error("cannot grant {path} as `{name}`", path = .path.display())]
    Folder {
        /// The name.
        name: String,
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Grants {
    /// Grants a folder; one that was granted under this name before no longer is. Gives back whether there was one.
    pub fn add(&mut self, name: &str, folder: PathBuf) -> Result<bool, GrantError> {
        if !is_name(name) {
            return Err(GrantError::Name(name.to_owned()));
        }
        Ok(self.folders.insert(name.to_owned(), folder).is_some())
    }

    /// Reads what a command line says: `NAME=DIR`, or `DIR`, which is granted under its last name.
    pub fn parse(text: &str) -> Result<(String, PathBuf), GrantError> {
        if let Some((name, folder)) = text.split_once('=')
            && is_name(name)
            && !folder.is_empty()
        {
            return Ok((name.to_owned(), PathBuf::from(folder)));
        }
        let name = Path::new(text).file_name().and_then(|name| name.to_str()).unwrap_or(text);
        if is_name(name) { Ok((name.to_owned(), PathBuf::from(text))) } else { Err(GrantError::Name(name.to_owned())) }
    }

    /// Opens all of them. From here on they are the folders that they were, whatever their paths lead to later.
    pub fn open(&self) -> Result<OpenGrants, GrantError> {
        let open = |(name, path): (&String, &PathBuf)| match Dir::open_ambient_dir(path, ambient_authority()) {
            Ok(dir) => Ok((name.clone(), dir)),
            Err(source) => Err(GrantError::Folder { name: name.clone(), path: path.clone(), source }),
        };
        Ok(OpenGrants { folders: self.folders.iter().map(open).collect::<Result<_, _>>()? })
    }
}

/// Granted folders, ready to be read.
#[derive(Debug, Default)]
pub struct OpenGrants {
    folders: BTreeMap<String, Dir>,
}

/// A path in a granted folder, well-formed; what is there is another matter.
pub(super) struct GrantedPath<'a> {
    pub(super) dir: &'a Dir,
    /// The path as the program gave it: for messages.
    pub(super) full: &'a str,
    /// Behind the name of the grant; empty for the granted folder itself.
    pub(super) inner: &'a str,
}

impl OpenGrants {
    /// Tells whether something is granted under a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.folders.contains_key(name)
    }

    /// Finds the grant of a path, and checks that the path leads nowhere else.
    pub(super) fn find<'a>(&'a self, full: &'a str) -> Result<GrantedPath<'a>, TokenError> {
        let is_plain =
            |name: &str| !matches!(name, "" | "." | "..") && !name.contains(['\\', ':']) && !name.contains(char::is_control);
        if !full.split('/').all(is_plain) {
            return Err(outside(format!(
                "`{full}` is no path of what is granted: the name of a grant, then names joined by `/`, without `.`, `..`, `\\` and `:`, not \
                 absolute"
            )));
        }
        let (grant, inner) = full.split_once('/').unwrap_or((full, ""));
        match self.folders.get(grant) {
            Some(dir) => Ok(GrantedPath { dir, full, inner }),
            None => {
                let names: Vec<String> = self.folders.keys().map(|name| format!("`{name}`")).collect();
                let known = if names.is_empty() { "nothing is".to_owned() } else { format!("granted: {}", names.join(", ")) };
                Err(outside(format!("`{full}` is not granted ({known}); grant it with `--grant-assets {grant}=DIR`")))
            }
        }
    }
}

/// Returns the problem of a path that leads out of what is granted.
pub(super) fn outside(message: impl Into<String>) -> TokenError {
    TokenError::new("outside", message)
}

/// Returns the problem of a path where nothing is.
pub(super) fn missing(message: impl Into<String>) -> TokenError {
    TokenError::new("missing", message)
}

/// A grant may become an asset under its name, as the folder of a module does.
fn is_name(name: &str) -> bool {
    let is_fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    (1..=LONGEST_NAME).contains(&name.len()) && !name.starts_with('.') && name.chars().all(is_fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_name_of_a_folder_is_its_name_unless_another_is_given() {
        let parse = |text| Grants::parse(text).map(|(name, path)| format!("{name} {}", path.display())).unwrap_or_default();
        assert_eq!(parse("a/lambda/"), "lambda a/lambda/");
        assert_eq!(parse("code=../a b/c"), "code ../a b/c");
        assert_eq!(parse("./x=y/z"), "z ./x=y/z");
        for text in [".", "..", "/", "", "a/..", "a b", ".git", "code="] {
            assert_eq!(parse(text), "", "{text}");
        }
    }

    #[test]
    fn paths_that_lead_elsewhere_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut grants = Grants::default();
        grants.add("g", folder.path().to_owned()).unwrap();
        let open = grants.open().unwrap();
        for path in [
            "",
            "/",
            "/etc/passwd",
            "g/",
            "g/..",
            "g/../x",
            "g//x",
            "g/./x",
            "g\\x",
            "g/a\\..\\b",
            "C:/x",
            "g/c:x",
            "g/\0",
            "other/x",
        ] {
            assert_eq!(open.find(path).err().unwrap().code, "outside", "{path}");
        }
        assert_eq!(open.find("g/a/b").unwrap().inner, "a/b");
        assert_eq!(open.find("g").unwrap().inner, "");
    }
}
