//! Objects in a bucket of a cloud, through `object_store`, which is asynchronous: here each call waits for its answer.

mod connect;
mod fault;
#[cfg(test)]
mod tests;

use super::{Expected, Listed, Listing, Object, Objects, Version, Write};
use crate::state::error::StateError;
use crate::state::location::Bucket;
use fault::Doing;
use object_store::path::Path as Key;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, UpdateVersion};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};
use tokio::runtime::{Builder, Runtime};

/// A bucket with objects under a prefix.
#[derive(Debug)]
pub(in crate::state) struct Clouds {
    bucket: Bucket,
    store: Arc<dyn ObjectStore>,
    runtime: Runtime,
    /// Whether it is another server than the cloud's own.
    is_foreign: bool,
    /// Set once it is known that such a server keeps conditions.
    keeps_conditions: OnceLock<()>,
}

/// So often is tried what was turned away though nothing is there.
const MOST_TRIES: usize = 4;
const PAUSE: Duration = Duration::from_millis(200);

impl Clouds {
    /// Prepares to speak with a cloud; nothing is sent yet.
    pub(in crate::state) fn connect(bucket: &Bucket) -> Result<Clouds, StateError> {
        Clouds::of(bucket, connect::store(bucket)?)
    }

    fn of(bucket: &Bucket, store: Arc<dyn ObjectStore>) -> Result<Clouds, StateError> {
        // One thread beside this one: it keeps locks alive while this one works.
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.map_err(|source| StateError::Unreadable { path: PathBuf::from(bucket.to_string()), source })?;
        let is_foreign = connect::is_foreign(bucket.cloud);
        Ok(Clouds { bucket: bucket.clone(), store, runtime, is_foreign, keeps_conditions: OnceLock::new() })
    }

    fn key(&self, key: &str) -> Key {
        Key::from(self.bucket.key(key))
    }

    /// Tries once, on a server that is none of the clouds' own, whether what exists is really not written over: all that is safe here stands on
    /// that. The first object that a command creates is its lock.
    fn check_conditions(
        &self,
        location: &Key,
        bytes: &[u8],
        version: Version,
        expected: Expected<'_>,
    ) -> Result<Version, StateError> {
        if !self.is_foreign || self.keeps_conditions.get().is_some() || !matches!(expected, Expected::Nothing) {
            return Ok(version);
        }
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        let again = [bytes, b"\n"].concat();
        if self.runtime.block_on(self.store.put_opts(location, PutPayload::from(again), options)).is_ok() {
            return Err(StateError::Store {
                path: PathBuf::from(self.bucket.to_string()),
                what: "this server writes over what it was told not to: it ignores conditions on writes (`If-None-Match`)".to_owned(),
                help: "State is not safe there, and nothing but a lock was written. Use another store, or a newer version of the server."
                    .to_owned(),
            });
        }
        self.keeps_conditions.get_or_init(|| ());
        Ok(version)
    }

    fn fault(&self, doing: Doing, key: &str, error: &Error) -> StateError {
        fault::explain(self.bucket.cloud, doing, self.named(key), error)
    }
}

impl Objects for Clouds {
    fn named(&self, key: &str) -> PathBuf {
        let below = Bucket { prefix: self.bucket.key(key), ..self.bucket.clone() };
        PathBuf::from(below.to_string())
    }

    fn read(&self, key: &str) -> Result<Option<Object>, StateError> {
        let read = async {
            let found = self.store.get(&self.key(key)).await?;
            let version = Version { tag: found.meta.e_tag.clone(), number: found.meta.version.clone() };
            let expected = found.meta.size;
            Ok((found.bytes().await?, version, expected))
        };
        match self.runtime.block_on(read) {
            // Some servers end an answer early without a word.
            Ok((bytes, _, expected)) if bytes.len() as u64 != expected => {
                Err(fault::cut_off(self.named(key), bytes.len() as u64, expected))
            }
            Ok((bytes, version, _)) => Ok(Some(Object { bytes: bytes.into(), version })),
            Err(error @ Error::NotFound { .. }) if !fault::is_without_bucket(&error) => Ok(None),
            Err(error) => Err(self.fault(Doing::Read, key, &error)),
        }
    }

    fn list(&self, folder: &str) -> Result<Listing, StateError> {
        let found = self.runtime.block_on(self.store.list_with_delimiter(Some(&self.key(folder))));
        let found = found.map_err(|error| self.fault(Doing::Read, folder, &error))?;
        let name = |key: &Key| key.filename().unwrap_or_default().to_owned();
        let objects = found.objects.iter().map(|object| Listed {
            name: name(&object.location),
            bytes: object.size,
            written: u64::try_from(object.last_modified.timestamp())
                .ok()
                .and_then(|seconds| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))),
        });
        Ok(Listing { objects: objects.collect(), folders: found.common_prefixes.iter().map(name).collect() })
    }

    fn write(&self, key: &str, bytes: &[u8], expected: Expected<'_>) -> Result<Write, StateError> {
        let mode = match expected {
            Expected::Nothing => PutMode::Create,
            Expected::Version(Version { tag, number }) => {
                PutMode::Update(UpdateVersion { e_tag: tag.clone(), version: number.clone() })
            }
        };
        let options = PutOptions { mode, ..PutOptions::default() };
        let location = self.key(key);
        let mut tries = 0;
        loop {
            tries += 1;
            let put = self.store.put_opts(&location, PutPayload::from(bytes.to_vec()), options.clone());
            let error = match self.runtime.block_on(put) {
                Ok(put) => {
                    let version = Version { tag: put.e_tag, number: put.version };
                    return self.check_conditions(&location, bytes, version, expected).map(Write::Done);
                }
                Err(error) => error,
            };
            let is_conflict = matches!(error, Error::AlreadyExists { .. } | Error::Precondition { .. });
            let is_refusal =
                matches!(error, Error::PermissionDenied { .. } | Error::Unauthenticated { .. } | Error::NotFound { .. });
            // An answer may be lost after the write: then what is there is what was to be written, and a second try finds its own.
            match self.read(key) {
                Ok(Some(found)) if found.bytes == bytes => return Ok(Write::Done(found.version)),
                // Two that write at once may both be turned away, and nothing is there.
                Ok(None) if is_conflict && matches!(expected, Expected::Nothing) && tries < MOST_TRIES => {
                    std::thread::sleep(PAUSE);
                }
                Ok(_) if is_conflict => return Ok(Write::Conflict),
                Err(unreadable) if is_conflict => return Err(unreadable),
                Ok(_) if !fault::is_late(&error) => return Err(self.fault(Doing::Write, key, &error)),
                Err(_) if is_refusal => return Err(self.fault(Doing::Write, key, &error)),
                _ => return Err(self.fault(Doing::WriteWithoutAnswer, key, &error)),
            }
        }
    }

    fn remove(&self, keys: &[String]) -> Result<(), StateError> {
        keys.iter().try_for_each(|key| match self.runtime.block_on(self.store.delete(&self.key(key))) {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.fault(Doing::Write, key, &error)),
        })
    }

    /// Nothing is ever half there.
    fn tidy(&self, _: &str) -> Result<(), StateError> {
        Ok(())
    }
}
