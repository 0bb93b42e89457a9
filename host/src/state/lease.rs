//! Locks in a store without locks of its own: an object that names its holder, who shows from time to time that it lives.
//!
//! Such a lock only spares others the work: what is written is guarded by what each write expects, whoever holds the lock. So it may be broken.
//! Clocks are never compared: who waits watches whether the object changes.

use super::error::StateError;
use super::interrupt::{Release, release_on_interrupt};
use super::objects::{Expected, Object, Objects, Version, Write};
use crate::lock::{Holder, Life, LockError, LockState};
use serde::{Deserialize, Serialize};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

/// How often a holder shows that it lives.
const BEAT: Duration = Duration::from_millis(if cfg!(test) { 50 } else { 5_000 });
/// Who shows nothing for so long is gone.
const SILENCE: Duration = Duration::from_millis(if cfg!(test) { 800 } else { 16_000 });
const LONGEST_PAUSE: Duration = Duration::from_millis(if cfg!(test) { 30 } else { 1_000 });

/// What stands in the object.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct LeaseV1 {
    version: u64,
    #[serde(flatten)]
    holder: Holder,
    /// How often the holder has shown that it lives.
    beats: u64,
}

/// A lock that this process holds. Dropping it releases it.
#[derive(Debug)]
pub(super) struct Lease {
    held: Arc<Held>,
    stop: Option<Sender<()>>,
    beating: Option<JoinHandle<()>>,
}

/// The object that this process wrote; nothing once it is released, or was broken.
#[derive(Debug)]
struct Held {
    objects: Arc<dyn Objects>,
    key: String,
    holder: Holder,
    version: Mutex<Option<Version>>,
}

impl Lease {
    /// Takes the lock, waiting for at most `patience`, and not at all for who is gone. `on_wait` is called once, when waiting begins.
    pub(super) fn acquire(
        objects: &Arc<dyn Objects>,
        key: &str,
        stack: &str,
        command: &str,
        patience: Duration,
        on_wait: &mut dyn FnMut(Option<&Holder>),
    ) -> Result<Lease, StateError> {
        let holder = Holder::of_this_process(command);
        let bytes = bytes_of(&holder, 0);
        let begun = Instant::now();
        let mut pause = Duration::from_millis(50);
        let mut watched: Option<(Version, Instant)> = None;
        loop {
            if let Write::Done(version) = objects.write(key, &bytes, Expected::Nothing)? {
                return Ok(Lease::holding(Arc::clone(objects), key, holder, version));
            }
            let Some(Object { bytes, version }) = objects.read(key)? else { continue };
            let other = read(objects.as_ref(), key, &bytes)?.holder;
            if watched.is_none() {
                on_wait(Some(&other));
            }
            let seen = match &watched {
                Some((known, seen)) if *known == version => *seen,
                _ => Instant::now(),
            };
            watched = Some((version, seen));
            let life = if other.is_gone() || seen.elapsed() >= SILENCE { Life::Dead } else { Life::Alive };
            let left = patience.saturating_sub(begun.elapsed());
            if left.is_zero() || life == Life::Dead {
                let (path, stack, waited) = (objects.named(key), stack.to_owned(), begun.elapsed().as_secs());
                return Err(LockError::HeldInStore { path, stack, holder: Box::new(other), life, waited }.into());
            }
            sleep(pause.min(left));
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn holding(objects: Arc<dyn Objects>, key: &str, holder: Holder, version: Version) -> Lease {
        let held = Arc::new(Held { objects, key: key.to_owned(), holder, version: Mutex::new(Some(version)) });
        release_on_interrupt(&held);
        let (stop, stopped) = channel();
        let beating = Arc::clone(&held);
        Lease { held, stop: Some(stop), beating: Some(spawn(move || beating.beat(&stopped))) }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(beating) = self.beating.take() {
            let _ = beating.join();
        }
        self.held.release();
    }
}

impl Held {
    fn beat(&self, stopped: &Receiver<()>) {
        for beats in 1.. {
            if stopped.recv_timeout(BEAT) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let mut version = self.version.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(known) = &*version else { return };
            match self.objects.write(&self.key, &bytes_of(&self.holder, beats), Expected::Version(known)) {
                Ok(Write::Done(new)) => *version = Some(new),
                // Somebody broke it.
                Ok(Write::Conflict) => *version = None,
                // The next beat may come through.
                Err(_) => {}
            }
        }
    }
}

impl Release for Held {
    /// Removes the object, if it still is this process's. What cannot be removed is found dead by others.
    fn release(&self) {
        let mut version = self.version.lock().unwrap_or_else(PoisonError::into_inner);
        if version.take().is_none() {
            return;
        }
        let Ok(Some(found)) = self.objects.read(&self.key) else { return };
        if read(self.objects.as_ref(), &self.key, &found.bytes).is_ok_and(|found| found.holder.id == self.holder.id) {
            let _ = self.objects.remove(std::slice::from_ref(&self.key));
        }
    }
}

/// Tells who holds a lock, and whether that one lives: where the system of this machine does not know, by watching for some seconds.
pub(super) fn state_of(objects: &dyn Objects, key: &str) -> Result<LockState, StateError> {
    let Some(first) = objects.read(key)? else { return Ok(LockState::Free) };
    let holder = read(objects, key, &first.bytes)?.holder;
    if holder.is_gone() {
        return Ok(LockState::Held(Some(holder), Life::Dead));
    }
    let begun = Instant::now();
    while begun.elapsed() < SILENCE {
        sleep(LONGEST_PAUSE);
        match objects.read(key)? {
            None => return Ok(LockState::Free),
            Some(now) if now.version != first.version => {
                return Ok(LockState::Held(Some(read(objects, key, &now.bytes)?.holder), Life::Alive));
            }
            Some(_) => {}
        }
    }
    Ok(LockState::Held(Some(holder), Life::Dead))
}

/// What became of a lock that was to be broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unlocked {
    /// It was taken away from this one.
    From(Holder),
    /// Nobody holds it.
    Free,
    /// Another one holds it.
    Other(Option<Holder>),
    /// It goes with its process, which lives.
    Alive(Option<Holder>),
}

/// Takes away the lock of that name.
pub(super) fn break_lock(objects: &dyn Objects, key: &str, id: &str) -> Result<Unlocked, StateError> {
    let Some(found) = objects.read(key)? else { return Ok(Unlocked::Free) };
    let holder = read(objects, key, &found.bytes)?.holder;
    if holder.id != id {
        return Ok(Unlocked::Other(Some(holder)));
    }
    objects.remove(&[key.to_owned()])?;
    Ok(Unlocked::From(holder))
}

fn bytes_of(holder: &Holder, beats: u64) -> Vec<u8> {
    let lease = LeaseV1 { version: 1, holder: holder.clone(), beats };
    serde_json::to_vec(&lease).expect("keys are text, and values are what JSON has")
}

fn read(objects: &dyn Objects, key: &str, bytes: &[u8]) -> Result<LeaseV1, StateError> {
    serde_json::from_slice(bytes).map_err(|error| StateError::Store {
        path: objects.named(key),
        what: format!("this is no lock of tapwasm's: {error}"),
        help: "Nothing was written. If nobody runs tapwasm on this state, remove the object.".to_owned(),
    })
}
