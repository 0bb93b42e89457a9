//! Where state is kept: a folder, or a bucket of a cloud.

use crate::diagnostic::{closest, visible};
use serde::Deserialize;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Where the state of stacks is kept. Read from text: what has `://` in it is a URL, everything else a folder.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Location {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A bucket, and what stands before the names of objects in it.
    Bucket(Bucket),
}

/// A bucket of a cloud, as a URL names it: `s3://bucket/prefix`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// Whose.
    pub cloud: Cloud,
    /// Its name; of Azure, the container's.
    pub name: String,
    /// What stands before the names of objects, without `/` at either end; may be empty.
    pub prefix: String,
}

/// The clouds that keep state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cloud {
    /// Amazon S3, and what speaks its language.
    S3,
    /// Google Cloud Storage.
    Google,
    /// Azure Blob Storage.
    Azure,
}

/// Why text names no place for state.
#[derive(Debug, thiserror::Error)]
pub enum LocationError {
    /// No cloud has such URLs.
    #[error(
        "`{}` is no place for state: there is no kind of store `{}`{hint}. Give a folder, or `s3://BUCKET/PREFIX`, `gs://BUCKET/PREFIX`, \
         `az://CONTAINER/PREFIX`",
        visible(.text),
        visible(.scheme)
    )]
    Scheme {
        /// The text.
        text: String,
        /// What stands before `://`.
        scheme: String,
        /// What may have been meant.
        hint: String,
    },
    /// It is the URL of something else.
    #[error("`{}` is no place for state: {reason}", visible(.text))]
    Url {
        /// The text.
        text: String,
        /// Why not.
        reason: &'static str,
    },
}

impl Cloud {
    const ALL: [Cloud; 3] = [Cloud::S3, Cloud::Google, Cloud::Azure];

    /// Returns what its URLs begin with.
    pub fn scheme(self) -> &'static str {
        match self {
            Cloud::S3 => "s3",
            Cloud::Google => "gs",
            Cloud::Azure => "az",
        }
    }
}

impl Location {
    /// Returns a relative folder as it is seen from another one; a bucket is the same from everywhere.
    pub fn seen_from(self, folder: &Path) -> Location {
        match self {
            Location::Folder(path) => Location::Folder(folder.join(path)),
            bucket => bucket,
        }
    }

    /// Returns how a file in `folder` names this place, which was said by somebody in the folder `here`. Both are whole paths.
    pub fn as_named_in(&self, folder: &Path, here: &Path) -> Location {
        let Location::Folder(path) = self else { return self.clone() };
        let whole = here.join(path);
        match whole.strip_prefix(folder) {
            Ok(below) if below.as_os_str().is_empty() => Location::Folder(PathBuf::from(".")),
            Ok(below) => Location::Folder(below.to_owned()),
            Err(_) => Location::Folder(whole),
        }
    }

    /// Tells whether two names are of one place, through links and `..` too.
    pub fn is_same(&self, other: &Location) -> bool {
        let whole = |of: &Location| match of {
            Location::Folder(path) => path.canonicalize().ok(),
            Location::Bucket(_) => None,
        };
        self == other || whole(self).is_some_and(|path| whole(other) == Some(path))
    }

    /// Returns the place below it of that name.
    pub fn below(&self, name: &str) -> Location {
        match self {
            Location::Folder(path) => Location::Folder(path.join(name)),
            Location::Bucket(bucket) => Location::Bucket(Bucket { prefix: bucket.key(name), ..bucket.clone() }),
        }
    }

    /// Tells whether it is a folder of this machine that is not there yet.
    pub fn is_missing_folder(&self) -> bool {
        matches!(self, Location::Folder(path) if !path.exists())
    }
}

impl Bucket {
    /// Returns the key of an object below the prefix.
    pub fn key(&self, name: &str) -> String {
        if self.prefix.is_empty() { name.to_owned() } else { format!("{}/{name}", self.prefix) }
    }
}

impl From<PathBuf> for Location {
    fn from(path: PathBuf) -> Location {
        Location::Folder(path)
    }
}

impl From<&Path> for Location {
    fn from(path: &Path) -> Location {
        Location::Folder(path.to_owned())
    }
}

impl FromStr for Location {
    type Err = LocationError;

    fn from_str(text: &str) -> Result<Location, LocationError> {
        let Some((scheme, rest)) = text.split_once("://") else { return Ok(Location::Folder(PathBuf::from(text))) };
        let refuse = |reason| Err(LocationError::Url { text: text.to_owned(), reason });
        let Some(cloud) = Cloud::ALL.into_iter().find(|cloud| cloud.scheme() == scheme) else {
            let known = closest(scheme, Cloud::ALL.map(Cloud::scheme));
            let hint = known.map(|close| format!("; did you mean `{close}://`?")).unwrap_or_default();
            return Err(LocationError::Scheme { text: text.to_owned(), scheme: scheme.to_owned(), hint });
        };
        if rest.contains('@') {
            return refuse("credentials do not belong into a URL; each cloud's usual variables give them");
        }
        if rest.contains(['?', '#', '%', '\\']) || rest.chars().any(char::is_whitespace) {
            return refuse("a URL of a store has neither parameters nor escapes, only `/` between plain names");
        }
        let (name, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if name.is_empty() {
            return refuse("it names no bucket");
        }
        let prefix = prefix.trim_end_matches('/');
        if prefix.split('/').any(|part| matches!(part, "." | "..")) || prefix.starts_with('/') || prefix.contains("//") {
            return refuse("each name between its `/` must be one");
        }
        Ok(Location::Bucket(Bucket { cloud, name: name.to_owned(), prefix: prefix.to_owned() }))
    }
}

impl TryFrom<String> for Location {
    type Error = LocationError;

    fn try_from(text: String) -> Result<Location, LocationError> {
        text.parse()
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Folder(path) => write!(f, "{}", path.display()),
            Location::Bucket(bucket) => bucket.fmt(f),
        }
    }
}

impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.cloud.scheme(), self.name)?;
        if self.prefix.is_empty() { Ok(()) } else { write!(f, "/{}", self.prefix) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_name_buckets_and_everything_else_folders() {
        for (text, shown) in [
            ("s3://bucket/a/b", "s3://bucket/a/b"),
            ("s3://bucket/a/", "s3://bucket/a"),
            ("gs://bucket", "gs://bucket"),
            ("az://container/", "az://container"),
            ("C:\\state", "C:\\state"),
            ("../state", "../state"),
        ] {
            assert_eq!(text.parse::<Location>().unwrap().to_string(), shown);
        }
        let bucket: Location = "s3://bucket".parse().unwrap();
        assert_eq!(bucket.below("prod").below("x").to_string(), "s3://bucket/prod/x");
        assert_eq!(bucket.clone().seen_from(Path::new("/project")), bucket);
        let named =
            |path: &str, here: &str| Location::from(Path::new(path)).as_named_in(Path::new("/p"), Path::new(here)).to_string();
        assert_eq!(named("./a", "/p"), "a");
        assert_eq!(named("a", "/p/in"), "in/a");
        assert_eq!(named("../a", "/p"), "../a");
        assert_eq!(named("/p/a", "/p/in"), "a");
        assert_eq!(named("/q", "/p"), "/q");
        assert_eq!(named(".", "/p"), ".");
        assert_eq!(Location::from(Path::new("a")).seen_from(Path::new("/p")).below("prod").to_string(), "/p/a/prod");
    }

    #[test]
    fn what_is_no_place_is_told() {
        let told = |text: &str| text.parse::<Location>().unwrap_err().to_string();
        insta::assert_snapshot!(told("S3://bucket"), @"`S3://bucket` is no place for state: there is no kind of store `S3`; did you mean `s3://`?. Give a folder, or `s3://BUCKET/PREFIX`, `gs://BUCKET/PREFIX`, `az://CONTAINER/PREFIX`");
        insta::assert_snapshot!(told("ftp://host/x"), @"`ftp://host/x` is no place for state: there is no kind of store `ftp`. Give a folder, or `s3://BUCKET/PREFIX`, `gs://BUCKET/PREFIX`, `az://CONTAINER/PREFIX`");
        insta::assert_snapshot!(told("s3:///x"), @"`s3:///x` is no place for state: it names no bucket");
        for text in ["s3://key:secret@bucket", "s3://b/x?versionId=1", "s3://b/../x", "s3://b//x", "s3://b/a b"] {
            assert!(text.parse::<Location>().is_err(), "{text}");
        }
    }
}
