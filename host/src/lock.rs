//! Locks upon files: one process at a time, released by the operating system when that process ends, however it ends.

use crate::diagnostic::visible;
use crate::durable;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Who holds a lock: for the message to who waits; of locks upon files nothing is decided by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The lock's own name: another one each time.
    #[serde(default)]
    pub id: String,
    /// Who started the process, where that is known.
    #[serde(default)]
    pub user: String,
    /// Where the number of the process counts: the machine since it was started, and the container on it.
    #[serde(default)]
    pub machine: String,
    /// The process.
    pub pid: u32,
    /// The machine's name.
    pub host: String,
    /// What it was asked to do, without inputs: those may be secret.
    pub command: String,
    /// When it took the lock, in seconds since 1970.
    pub since: u64,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Holder { id, user, pid, host, command, since, machine: _ } = self;
        write!(f, "`{}` (process {pid} on {}", visible(command), visible(host))?;
        if !user.is_empty() {
            write!(f, ", of {}", visible(user))?;
        }
        if let Some(seconds) = now().checked_sub(*since) {
            write!(f, ", for {seconds} s")?;
        }
        if !id.is_empty() {
            write!(f, ", lock {}", visible(id))?;
        }
        f.write_str(")")
    }
}

/// Whether a lock is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LockState {
    /// Nobody holds it.
    Free,
    /// A process holds it: this one, as far as that is known.
    Held(Option<Holder>, Life),
}

/// Whether the holder of a lock still lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// It does.
    Alive,
    /// It is gone: its process is not there any more, or it gave no sign of life for long.
    Dead,
}

/// A lock that this process holds. Dropping it releases it.
///
/// The file stays, empty: projects keep their folders under version control, and neither process nor machine belong there.
#[derive(Debug)]
pub struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // What cannot be cleared names a process that is gone; nothing is decided by it.
        let _ = durable::clear_lock(&self.0);
    }
}

/// Why a lock was not taken. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// The operating system refused the file.
    #[error("cannot lock {}: {source}\nCheck the free space and that you may write there, then run again.", .path.display())]
    Unwritable {
        /// The lock file.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// Another process holds the lock.
    #[error(
        "{} is locked{}; gave up after {waited} s\nWait until that command has finished, then run again. The lock goes with the \
         process that holds it.",
        .path.parent().unwrap_or(.path).display(),
        .holder.as_ref().map(|holder| format!(" by {holder}")).unwrap_or_default(),
    )]
    Held {
        /// The lock file.
        path: PathBuf,
        /// Who holds it, as far as it is known.
        holder: Option<Box<Holder>>,
        /// For how many seconds was waited.
        waited: u64,
    },
    /// Somebody holds the lock in a store.
    #[error(
        "{} is locked by {}{holder}; gave up after {waited} s\n{}",
        .path.display(),
        if *.life == Life::Dead { "a process that is gone, " } else { "" },
        how_to_unlock(.stack, .holder, *.life)
    )]
    HeldInStore {
        /// The lock.
        path: PathBuf,
        /// Which stack's it is.
        stack: String,
        /// Who holds it.
        holder: Box<Holder>,
        /// Whether that one lives.
        life: Life,
        /// For how many seconds was waited.
        waited: u64,
    },
}

fn how_to_unlock(stack: &str, holder: &Holder, life: Life) -> String {
    let command = format!("`tapwasm state unlock {} --id {}`", visible(stack), visible(&holder.id));
    match life {
        Life::Dead => format!("It will not release the lock: {command} does, if you know better than to wait."),
        Life::Alive => format!(
            "Wait until that command has finished, then run again. {command} takes the lock away; what its holder still writes is then refused if \
             somebody else wrote in between."
        ),
    }
}

impl Holder {
    /// Returns what this process says of itself.
    pub fn of_this_process(command: &str) -> Holder {
        let mut id = [0; 6];
        // A lock without a name of its own can still be waited for.
        let _ = getrandom::fill(&mut id);
        Holder {
            id: id.iter().map(|byte| format!("{byte:02x}")).collect(),
            user: ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default(),
            machine: machine(),
            pid: std::process::id(),
            host: host(),
            command: command.to_owned(),
            since: now(),
        }
    }

    /// Tells whether its process surely is gone: it ran on this machine, where there is no such process now.
    pub fn is_gone(&self) -> bool {
        !self.machine.is_empty() && self.machine == machine() && !Path::new("/proc").join(self.pid.to_string()).exists()
    }
}

/// Longest time between two attempts; short enough that nobody notices, long enough to cost nothing.
const LONGEST_PAUSE: Duration = Duration::from_millis(50);

const LONGEST_HOLDER: u64 = 64 * 1024;

/// Locks a file, waiting for at most `patience`; `on_wait` is called once, when waiting begins.
pub fn acquire(
    path: &Path,
    command: &str,
    patience: Duration,
    on_wait: &mut dyn FnMut(Option<&Holder>),
) -> Result<Lock, LockError> {
    let unwritable = |source| LockError::Unwritable { path: path.to_owned(), source };
    let mut file = durable::open_lock(path).map_err(unwritable)?;
    let begun = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::Error(source)) => return Err(unwritable(source)),
            Err(TryLockError::WouldBlock) => {}
        }
        if pause == Duration::from_millis(1) {
            on_wait(holder_of(path).as_ref());
        }
        let left = patience.saturating_sub(begun.elapsed());
        if left.is_zero() {
            return Err(LockError::Held {
                path: path.to_owned(),
                holder: holder_of(path).map(Box::new),
                waited: patience.as_secs(),
            });
        }
        sleep(pause.min(left));
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
    let holder = Holder::of_this_process(command);
    // Without it the lock holds all the same; only the message would be poorer.
    let text = serde_json::to_string(&holder).unwrap_or_default();
    durable::rewrite_lock(&mut file, text.as_bytes()).map_err(unwritable)?;
    Ok(Lock(file))
}

/// Tells whether a lock is held. Nothing is changed, and no file is made.
pub fn state_of(path: &Path) -> Result<LockState, LockError> {
    let unwritable = |source| LockError::Unwritable { path: path.to_owned(), source };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(LockState::Free),
        Err(source) => return Err(unwritable(source)),
    };
    match file.try_lock_shared() {
        Ok(()) => Ok(LockState::Free),
        Err(TryLockError::WouldBlock) => Ok(LockState::Held(holder_of(path), Life::Alive)),
        Err(TryLockError::Error(source)) => Err(unwritable(source)),
    }
}

/// Reads who holds a lock. What a killed holder was about to write is nobody's fault: then nothing is known.
fn holder_of(path: &Path) -> Option<Holder> {
    let mut text = String::new();
    File::open(path).ok()?.take(LONGEST_HOLDER).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

/// Names the machine, since its start, and the container: a process of that number is the same process. Empty where the system does not tell.
fn machine() -> String {
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let processes = std::fs::read_link("/proc/self/ns/pid").map(|link| link.display().to_string()).unwrap_or_default();
    if boot.is_empty() || processes.is_empty() { String::new() } else { format!("{} {processes}", boot.trim()) }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn host() -> String {
    let from_kernel = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let from_environment = || std::env::var("HOSTNAME").or_else(|_| std::env::var("COMPUTERNAME")).ok();
    from_kernel.or_else(from_environment).map_or_else(|| "an unknown host".to_owned(), |name| name.trim().to_owned())
}
