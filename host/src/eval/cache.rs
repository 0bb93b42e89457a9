//! Compiled components, kept in the user's own cache folder.
//!
//! A compiled component is native code that is run as it is. So the folder is private to the user, files come in whole (synchronised, then
//! renamed), and none from anywhere else is ever loaded. They are mapped, not read: what a run does not execute is not even touched. Whatever
//! is wrong with a file: it is compiled again.

use sha2::{Digest, Sha256};
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use wasmtime::Engine;
use wasmtime::component::Component;

/// The folder holds about so many bytes at most; the files that were written first go first.
const MOST_BYTES: u64 = 1 << 30;

/// A folder of compiled components.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
    /// The user: what belongs to anybody else is not loaded.
    owner: u32,
}

impl Cache {
    /// Opens the user's cache: `$XDG_CACHE_HOME/tapwasm/components`, else `~/.cache/tapwasm/components`. `None` where there is no home, or where the
    /// folder cannot be made private: then nothing is cached.
    pub fn of_user() -> Option<Cache> {
        let base = std::env::var_os("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
            .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))?;
        Cache::at(base.join("tapwasm").join("components"))
    }

    /// Opens a cache in a folder of its own.
    pub fn at(folder: PathBuf) -> Option<Cache> {
        let owner = make_private(&folder).ok()?;
        Some(Cache { folder, owner })
    }

    /// Returns the compiled component of these bytes, if there is one for this engine.
    pub(super) fn load(&self, engine: &Engine, sha256: &[u8; 32]) -> Option<Component> {
        let path = self.path(engine, sha256);
        if !is_private(&path, self.owner) {
            return None;
        }
        deserialize(engine, &path)
    }

    /// Keeps a compiled component. A failure only means that it will be compiled again.
    pub(super) fn store(&self, engine: &Engine, sha256: &[u8; 32], component: &Component) {
        let Ok(compiled) = component.serialize() else { return };
        // A cache that cannot be written costs time, nothing else.
        let _ = self.write(&self.path(engine, sha256), &compiled);
    }

    fn write(&self, path: &Path, compiled: &[u8]) -> std::io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(compiled)?;
        // Else a power failure could leave the name without the content.
        file.as_file().sync_all()?;
        file.persist(path)?;
        self.make_room(path)
    }

    /// Removes the oldest files while the folder holds too much.
    fn make_room(&self, keep: &Path) -> std::io::Result<()> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let metadata = entry.metadata()?;
            if metadata.is_file() && entry.path() != keep {
                files.push((metadata.modified()?, metadata.len(), entry.path()));
            }
        }
        files.sort();
        let mut total: u64 = files.iter().map(|(_, length, _)| length).sum();
        for (_, length, path) in files {
            if total <= MOST_BYTES {
                break;
            }
            fs::remove_file(path)?;
            total -= length;
        }
        Ok(())
    }

    /// The key is the component's bytes, and everything that decides what is compiled of them.
    fn path(&self, engine: &Engine, sha256: &[u8; 32]) -> PathBuf {
        let mut settings = Digesting(Sha256::new());
        engine.precompile_compatibility_hash().hash(&mut settings);
        settings.write(env!("CARGO_PKG_VERSION").as_bytes());
        let settings: String = settings.0.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        let component: String = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
        self.folder.join(format!("{component}-{settings}"))
    }
}

/// A hasher that is the same from build to build, which std does not promise of its own.
struct Digesting(Sha256);

impl Hasher for Digesting {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

#[allow(unsafe_code, reason = "loading native code is what a cache of compiled components is for; see the head of this file")]
fn deserialize(engine: &Engine, path: &Path) -> Option<Component> {
    // SAFETY: the file is one that `write` renamed into place, in a folder that this user alone can write to; it is replaced by rename, never
    // changed in place, so that what is mapped stays as it is.
    unsafe { Component::deserialize_file(engine, path) }.ok()
}

/// Makes a folder that this user alone can reach, and returns the user. What others could write to before is emptied: it may be theirs.
#[cfg(unix)]
fn make_private(folder: &Path) -> std::io::Result<u32> {
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let metadata = fs::symlink_metadata(folder)?;
    let user = own_uid(folder)?;
    if !metadata.is_dir() || metadata.uid() != user {
        return Err(std::io::Error::other("the cache folder belongs to somebody else"));
    }
    if metadata.mode() & 0o077 != 0 {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    if metadata.mode() & 0o022 != 0 {
        for entry in fs::read_dir(folder)? {
            fs::remove_file(entry?.path())?;
        }
    }
    Ok(user)
}

/// Asks the system who this process is: by what it says of the process, else by what a file of ours belongs to.
#[cfg(unix)]
fn own_uid(folder: &Path) -> std::io::Result<u32> {
    use std::os::unix::fs::MetadataExt;
    match fs::metadata("/proc/self") {
        Ok(process) => Ok(process.uid()),
        Err(_) => Ok(tempfile::tempfile_in(folder)?.metadata()?.uid()),
    }
}

/// Tells whether a file is one that nobody else can have written.
#[cfg(unix)]
fn is_private(path: &Path, owner: u32) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.uid() == owner && found.mode() & 0o022 == 0)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> std::io::Result<u32> {
    fs::create_dir_all(folder).map(|()| 0)
}

#[cfg(not(unix))]
fn is_private(path: &Path, _: u32) -> bool {
    path.is_file()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::eval::Limits;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn what_others_could_have_written_is_not_loaded() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("components");
        let engine = super::super::engine::engine(&Limits::default()).unwrap();
        let component = Component::new(&engine, b"\0asm\x0d\0\x01\0").unwrap();
        let cache = Cache::at(folder.clone()).unwrap();
        cache.store(&engine, &[7; 32], &component);
        assert!(cache.load(&engine, &[7; 32]).is_some());

        let file = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();
        assert!(cache.load(&engine, &[7; 32]).is_none(), "a file that others may write");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();

        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
        let cache = Cache::at(folder.clone()).unwrap();
        assert!(cache.load(&engine, &[7; 32]).is_none(), "a folder that others may write");
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
