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
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

/// How often a holder shows that it lives.
const BEAT: Duration = Duration::from_millis(if cfg!(test) { 50 } else { 5_000 });
/// Who shows nothing for so long is gone.
const SILENCE: Duration = Duration::from_millis(if cfg!(test) { 800 } else { 16_000 });
/// So often is tried to release a lock: one that stays has to be broken by somebody.
const MOST_RELEASES: usize = 4;
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
    /// The holder's signs of life end with it.
    _stop: Sender<()>,
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
        let held = Arc::new(Held { objects: Arc::clone(objects), key: key.to_owned(), holder, version: Mutex::new(None) });
        // Before it is written: whoever is interrupted while the answer is on its way leaves nothing, either.
        release_on_interrupt(&held);
        let begun = Instant::now();
        let mut pause = Duration::from_millis(50);
        let mut watched: Option<(Version, Instant)> = None;
        loop {
            if let Write::Done(version) = objects.write(key, &bytes, Expected::Nothing).inspect_err(|_| held.release())? {
                return Ok(Lease::holding(held, version));
            }
            let left = patience.saturating_sub(begun.elapsed());
            let Some(Object { bytes, version }) = objects.read(key)? else {
                // It was released in between.
                sleep(pause.min(left));
                pause = (pause * 2).min(LONGEST_PAUSE);
                if left.is_zero() {
                    return Err(unsteady(objects.as_ref(), key));
                }
                continue;
            };
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
            if left.is_zero() || life == Life::Dead {
                let (path, stack, waited) = (objects.named(key), stack.to_owned(), begun.elapsed().as_secs());
                return Err(LockError::HeldInStore { path, stack, holder: Box::new(other), life, waited }.into());
            }
            sleep(pause.min(left));
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn holding(held: Arc<Held>, version: Version) -> Lease {
        *held.version.lock().unwrap_or_else(PoisonError::into_inner) = Some(version);
        let (stop, stopped) = channel();
        let beating = Arc::clone(&held);
        spawn(move || beating.beat(&stopped));
        Lease { held, _stop: stop }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        // A sign of life that is on its way is not waited for: it fails, since what it expects to find is gone.
        self.held.release();
    }
}

impl Held {
    fn beat(&self, stopped: &Receiver<()>) {
        for beats in 1.. {
            if stopped.recv_timeout(BEAT) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            // Not held while the cloud is asked: who is interrupted must not wait for an answer.
            let Some(known) = self.known() else { return };
            let new = match self.objects.write(&self.key, &bytes_of(&self.holder, beats), Expected::Version(&known)) {
                Ok(Write::Done(new)) => Some(new),
                // Somebody broke it, or the answer to the beat before was lost.
                Ok(Write::Conflict) => self.own().unwrap_or(Some(known)),
                // The next beat may come through.
                Err(_) => Some(known),
            };
            let mut version = self.version.lock().unwrap_or_else(PoisonError::into_inner);
            if version.is_some() {
                *version = new;
            }
        }
    }

    fn known(&self) -> Option<Version> {
        self.version.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the version that is there, if it is this process's.
    fn own(&self) -> Result<Option<Version>, StateError> {
        let Some(found) = self.objects.read(&self.key)? else { return Ok(None) };
        let is_own = read(self.objects.as_ref(), &self.key, &found.bytes)?.holder.id == self.holder.id;
        Ok(is_own.then_some(found.version))
    }
}

impl Release for Held {
    /// Removes the object, if it still is this process's. What cannot be removed is found dead by others.
    fn release(&self) {
        *self.version.lock().unwrap_or_else(PoisonError::into_inner) = None;
        for _ in 0..MOST_RELEASES {
            let is_released = match self.own() {
                Ok(Some(_)) => self.objects.remove(std::slice::from_ref(&self.key)).is_ok(),
                Ok(None) => true,
                Err(_) => false,
            };
            if is_released {
                return;
            }
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

fn unsteady(objects: &dyn Objects, key: &str) -> StateError {
    StateError::Store {
        path: objects.named(key),
        what: "the lock cannot be taken, though nobody holds it".to_owned(),
        help: "Nothing was written. Run again.".to_owned(),
    }
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
