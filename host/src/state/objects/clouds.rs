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
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::runtime::{Builder, Runtime};

/// A bucket with objects under a prefix.
#[derive(Debug)]
pub(in crate::state) struct Clouds {
    bucket: Bucket,
    store: Arc<dyn ObjectStore>,
    runtime: Runtime,
}

impl Clouds {
    /// Prepares to speak with a cloud; nothing is sent yet.
    pub(in crate::state) fn connect(bucket: &Bucket) -> Result<Clouds, StateError> {
        Clouds::of(bucket, connect::store(bucket)?)
    }

    fn of(bucket: &Bucket, store: Arc<dyn ObjectStore>) -> Result<Clouds, StateError> {
        // One thread beside this one: it keeps locks alive while this one works.
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.map_err(|source| StateError::Unreadable { path: PathBuf::from(bucket.to_string()), source })?;
        Ok(Clouds { bucket: bucket.clone(), store, runtime })
    }

    fn key(&self, key: &str) -> Key {
        Key::from(self.bucket.key(key))
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
        let put = self.store.put_opts(&location, PutPayload::from(bytes.to_vec()), options);
        let error = match self.runtime.block_on(put) {
            Ok(put) => return Ok(Write::Done(Version { tag: put.e_tag, number: put.version })),
            Err(error) => error,
        };
        let is_conflict = matches!(error, Error::AlreadyExists { .. } | Error::Precondition { .. });
        // An answer may be lost after the write: then what is there is what was to be written, and a second try finds its own.
        match self.read(key) {
            Ok(Some(found)) if found.bytes == bytes => Ok(Write::Done(found.version)),
            Ok(_) if is_conflict => Ok(Write::Conflict),
            Ok(_) => Err(self.fault(Doing::Write, key, &error)),
            Err(unreadable) if is_conflict => Err(unreadable),
            Err(_) => Err(self.fault(Doing::WriteWithoutAnswer, key, &error)),
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
