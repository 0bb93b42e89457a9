//! Every change that tapwasm makes to state and out folders: each file is old or new, never half of one.
//!
//! Owns the steps, not their order: what is written when is decided by `pipeline`.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

/// What the names of files end in that are being written: `<name>.tapwasm-tmp`.
pub const LEFTOVER: &str = ".tapwasm-tmp";

/// Writes a file: to a temporary name in the same folder, synchronised, renamed over the old one, the folder synchronised.
///
/// The temporary name is fixed (`<name>.tapwasm-tmp`), so that what a killed run left is overwritten by the next; callers hold a lock.
pub fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    write_as(path, content, None)
}

/// Writes a file that is not there yet. One that is there stays as it is: that is an error of kind `AlreadyExists`.
pub fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    if let Ok(found) = fs::symlink_metadata(path) {
        if !found.is_file() {
            return Err(io::Error::other("something that is no file is in its place"));
        }
        // A write that was killed when all was done but this.
        remove_leftover(path)?;
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let written = write_temporary(path, content, None).and_then(|temporary| {
        step()?;
        // A link is never made over a file, even where another machine shares the folder. Where there are no links, the lock has to do.
        match fs::hard_link(&temporary, path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            Err(_) => fs::rename(&temporary, path),
            Ok(()) => Ok(()),
        }
    });
    // By now it is another name of the file, or half of one. What stays is removed by the next write.
    let _ = remove_leftover(path);
    written?;
    settle(path)
}

/// The same for a file that can be executed, or cannot: mode 0755 or 0644, whatever the user's mask.
pub fn write_asset(path: &Path, content: &[u8], executable: bool) -> io::Result<()> {
    write_as(path, content, Some(if executable { 0o755 } else { 0o644 }))
}

fn write_as(path: &Path, content: &[u8], mode: Option<u32>) -> io::Result<()> {
    let written = write_temporary(path, content, mode).and_then(|temporary| {
        step()?;
        fs::rename(temporary, path)
    });
    if written.is_err() {
        // On a full disk half a file would only take the room that is missing.
        let _ = remove_leftover(path);
    }
    written?;
    settle(path)
}

/// Writes a file under its temporary name, and waits until it is on the disk.
fn write_temporary(path: &Path, content: &[u8], mode: Option<u32>) -> io::Result<PathBuf> {
    let temporary = temporary_of(path);
    // Whatever stands there, a link too, is taken away and not written through.
    remove_leftover(path)?;
    step()?;
    let mut file = File::create_new(&temporary)?;
    step()?;
    file.write_all(content)?;
    if let Some(mode) = mode {
        step()?;
        set_mode(&file, mode)?;
    }
    step()?;
    file.sync_all()?;
    Ok(temporary)
}

/// Writes a file that several processes may write at once and that no lock guards: each waits for the one before it.
pub fn write_unlocked(path: &Path, content: &[u8]) -> io::Result<()> {
    write_alone(path, content, true)
}

/// The same for what can be made anew at any time: whole or not there when the process is killed, but not waited for until it is on the disk.
pub fn write_anew(path: &Path, content: &[u8]) -> io::Result<()> {
    write_alone(path, content, false)
}

fn write_alone(path: &Path, content: &[u8], is_waited_for: bool) -> io::Result<()> {
    let temporary = temporary_of(path);
    // Held until the file has its name: who waits for it then finds that it is no longer the temporary one.
    let mut file = lock_temporary(&temporary)?;
    let mut written = || {
        step()?;
        file.set_len(0)?;
        step()?;
        file.write_all(content)?;
        if is_waited_for {
            step()?;
            file.sync_all()?;
        }
        step()?;
        fs::rename(&temporary, path)
    };
    written().inspect_err(|_| _ = remove_leftover(path))
}

/// Opens a temporary file that nobody else writes: one that a killed process left, or a new one.
fn lock_temporary(temporary: &Path) -> io::Result<File> {
    loop {
        // A link could lead to somebody's file.
        if fs::symlink_metadata(temporary).is_ok_and(|found| !found.is_file()) {
            step()?;
            fs::remove_file(temporary)?;
        }
        step()?;
        let file = File::options().write(true).create(true).truncate(false).open(temporary)?;
        match file.lock() {
            // Without locks the last one wins, as it does with them.
            Err(error) if error.kind() != io::ErrorKind::Unsupported => return Err(error),
            _ if has_name(&file, temporary) => return Ok(file),
            _ => {}
        }
    }
}

/// Tells whether an open file still has this name.
#[cfg(unix)]
fn has_name(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(named)) => identity(open) == identity(named),
        _ => false,
    }
}

#[cfg(not(unix))]
fn has_name(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Removes a file and what a killed write of it left. One that is not there is fine.
pub fn remove(path: &Path) -> io::Result<()> {
    remove_leftover(path)?;
    step()?;
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes what a killed write of a file left, if it left something.
pub fn remove_leftover(path: &Path) -> io::Result<()> {
    let temporary = temporary_of(path);
    if fs::symlink_metadata(&temporary).is_err() {
        return Ok(());
    }
    step()?;
    fs::remove_file(temporary)
}

/// Makes a folder and those above it, each for good: what is written into it later could be lost with it.
pub fn create_folder(path: &Path) -> io::Result<()> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    if let Some(above) = path.parent() {
        create_folder(above)?;
    }
    step()?;
    match fs::create_dir(path) {
        // Another process was faster.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {}
        made => made?,
    }
    step()?;
    sync_folder_of(path)
}

/// Removes a folder if nothing is in it. One that is not there is fine.
pub fn remove_empty_folder(path: &Path) -> io::Result<()> {
    let is_empty = fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    if !is_empty {
        return Ok(());
    }
    step()?;
    match fs::remove_dir(path) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty) => Err(error),
        _ => Ok(()),
    }
}

/// Opens a file to lock it; makes it if it is not there. It is never replaced: a lock is upon the file, not upon its name.
pub fn open_lock(path: &Path) -> io::Result<File> {
    // A link could lead to somebody's file, which would be emptied.
    if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(io::Error::other("it is no regular file"));
    }
    step()?;
    File::options().read(true).write(true).create(true).truncate(false).open(path)
}

/// Says in a lock file who holds it. The only file that is changed in place: what stands in it is for people.
pub fn rewrite_lock(file: &mut File, content: &[u8]) -> io::Result<()> {
    step()?;
    file.set_len(0)?;
    file.rewind()?;
    step()?;
    file.write_all(content)
}

/// Takes out of a lock file who held it: what no lock is upon tells nothing of who used it.
pub fn clear_lock(file: &File) -> io::Result<()> {
    step()?;
    file.set_len(0)
}

#[cfg(unix)]
fn set_mode(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}

fn temporary_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(LEFTOVER);
    path.with_file_name(name)
}

/// Waits until a file's new name is on the disk.
fn settle(path: &Path) -> io::Result<()> {
    let settled = step().and_then(|()| sync_folder_of(path));
    settled.map_err(|error| {
        let text =
            format!("it is written, but its folder cannot be synchronised, so that a power failure could undo it: {error}");
        io::Error::new(error.kind(), text)
    })
}

fn sync_folder_of(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

/// Counts the steps, and does at the one that a test names what a test asks for: dies as a killed process would, without unwinding and without
/// clean-up, or fails as on a full disk. From then on each step fails, for a disk stays full; an error of the device fails one step alone.
#[cfg(debug_assertions)]
fn step() -> io::Result<()> {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    struct Faults {
        die_at: Option<u64>,
        fail_at: Option<u64>,
        fail_only_at: Option<u64>,
    }
    static TAKEN: AtomicU64 = AtomicU64::new(0);
    static FAULTS: LazyLock<Faults> = LazyLock::new(|| {
        let step = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
        Faults {
            die_at: step("TAPWASM_TEST_DIE_AT_STEP"),
            fail_at: step("TAPWASM_TEST_FAIL_AT_STEP"),
            fail_only_at: step("TAPWASM_TEST_FAIL_ONLY_AT_STEP"),
        }
    });

    let step = TAKEN.fetch_add(1, Ordering::Relaxed) + 1;
    if FAULTS.die_at.is_some_and(|last| step >= last) {
        std::process::abort();
    }
    if FAULTS.fail_at.is_some_and(|first| step >= first) {
        return Err(io::ErrorKind::StorageFull.into());
    }
    if FAULTS.fail_only_at == Some(step) {
        return Err(io::Error::other("a device error"));
    }
    Ok(())
}

#[cfg(not(debug_assertions))]
fn step() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_writes_at_once_without_a_lock_leaves_one_whole_file_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        // What a killed process left is longer than what is written.
        fs::write(temporary_of(&path), vec![b'x'; 100_000]).unwrap();
        let contents: Vec<Vec<u8>> = (b'a'..b'i').map(|letter| vec![letter; 10_000 + usize::from(letter)]).collect();
        std::thread::scope(|scope| {
            for content in &contents {
                scope.spawn(|| (0..20).for_each(|_| write_unlocked(&path, content).unwrap()));
            }
            for _ in 0..200 {
                match fs::read(&path) {
                    Ok(found) => assert!(contents.contains(&found), "a half file"),
                    Err(error) => assert_eq!(error.kind(), io::ErrorKind::NotFound),
                }
            }
        });
        assert!(contents.contains(&fs::read(&path).unwrap()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link_in_the_place_of_a_temporary_file() {
        let folder = tempfile::tempdir().unwrap();
        let (path, victim) = (folder.path().join("file"), folder.path().join("victim"));
        fs::write(&victim, "precious").unwrap();
        for write in [write, write_new, write_unlocked] {
            std::os::unix::fs::symlink(&victim, temporary_of(&path)).unwrap();
            write(&path, b"new").unwrap();
            assert_eq!((fs::read(&victim).unwrap(), fs::read(&path).unwrap()), (b"precious".to_vec(), b"new".to_vec()));
            fs::remove_file(&path).unwrap();
        }
    }

    #[test]
    fn a_file_that_is_there_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        write_new(&path, b"first").unwrap();
        // A process was killed between the file's two names.
        fs::hard_link(&path, temporary_of(&path)).unwrap();
        assert_eq!(write_new(&path, b"second").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
