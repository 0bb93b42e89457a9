//! A bucket in memory that fails as clouds do: answers that are lost after the write, 412, 500, slow ones, ones that are cut.

use super::*;
use crate::graph::ResourceGraph;
use crate::lock::{Life, LockError, LockState};
use crate::model::Expression;
use crate::state::arbitrary::{graph, resource};
use crate::state::objects::Files;
use crate::state::{Location, Snapshot, Store, Unlocked};
use async_trait::async_trait;
use futures_util::stream::BoxStream;
use object_store::memory::InMemory;
use object_store::{
    CopyOptions, GetOptions, GetResult, GetResultPayload, ListResult, MultipartUpload, ObjectMeta, PutMultipartOptions, PutResult,
};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// What goes wrong with one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// Nothing is done, and the answer is 500.
    Refused,
    /// It is done, and the answer is lost.
    AnswerLost,
    /// Nothing is done, and the answer is that a condition failed.
    Precondition,
    /// It takes long.
    Slow,
    /// The answer ends early; of a read alone.
    Torn,
}

/// A bucket in memory, and what goes wrong with its next calls.
#[derive(Debug)]
struct Faulty {
    inner: Arc<InMemory>,
    /// The fault of the next calls, the next one last.
    planned: Mutex<Vec<Option<Fault>>>,
    /// Of 100 calls so many go wrong beside the planned ones.
    rate: u64,
    random: AtomicU64,
}

impl fmt::Display for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a faulty bucket")
    }
}

fn error(text: &str) -> Error {
    Error::Generic { store: "faulty", source: text.into() }
}

impl Faulty {
    fn next(&self) -> Option<Fault> {
        if let Some(planned) = self.planned.lock().expect("nobody panics while holding it").pop() {
            return planned;
        }
        let random = self.random.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        let random = (random ^ (random >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 20;
        let faults = [Fault::Refused, Fault::AnswerLost, Fault::Precondition, Fault::Slow, Fault::Torn];
        (random % 100 < self.rate).then(|| faults[(random / 100 % 5) as usize])
    }

    /// Does what was asked, or not, and answers, or not.
    async fn with_fault<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        match self.next() {
            Some(Fault::Refused) => Err(error("Server returned non-2xx status code: 500 Internal Server Error")),
            Some(Fault::AnswerLost) => {
                work.await?;
                Err(error("error sending request: operation timed out"))
            }
            Some(Fault::Slow) => {
                thread::sleep(Duration::from_millis(3));
                work.await
            }
            Some(Fault::Precondition | Fault::Torn) | None => work.await,
        }
    }
}

#[async_trait]
impl ObjectStore for Faulty {
    async fn put_opts(&self, key: &Key, payload: PutPayload, options: PutOptions) -> Result<PutResult, Error> {
        let fault = self.next();
        if fault == Some(Fault::Precondition) {
            return Err(Error::Precondition { path: key.to_string(), source: "412".into() });
        }
        self.planned.lock().expect("nobody panics while holding it").push(fault);
        self.with_fault(self.inner.put_opts(key, payload, options)).await
    }

    async fn put_multipart_opts(&self, _: &Key, _: PutMultipartOptions) -> Result<Box<dyn MultipartUpload>, Error> {
        Err(error("nothing here is so large"))
    }

    async fn get_opts(&self, key: &Key, options: GetOptions) -> Result<GetResult, Error> {
        let fault = self.next();
        self.planned.lock().expect("nobody panics while holding it").push(fault.filter(|fault| *fault != Fault::Torn));
        let mut found = self.with_fault(self.inner.get_opts(key, options)).await?;
        if fault == Some(Fault::Torn) {
            let (meta, range, attributes) = (found.meta.clone(), found.range.clone(), found.attributes.clone());
            let bytes = found.bytes().await?;
            let half = bytes.slice(..bytes.len() / 2);
            let stream = futures_util::stream::once(async move { Ok(half) });
            found = GetResult {
                payload: GetResultPayload::Stream(Box::pin(stream)),
                meta,
                range,
                attributes,
                extensions: Default::default(),
            };
        }
        Ok(found)
    }

    fn delete_stream(&self, keys: BoxStream<'static, Result<Key, Error>>) -> BoxStream<'static, Result<Key, Error>> {
        self.inner.delete_stream(keys)
    }

    fn list(&self, prefix: Option<&Key>) -> BoxStream<'static, Result<ObjectMeta, Error>> {
        self.inner.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Key>) -> Result<ListResult, Error> {
        self.with_fault(self.inner.list_with_delimiter(prefix)).await
    }

    async fn copy_opts(&self, from: &Key, to: &Key, options: CopyOptions) -> Result<(), Error> {
        self.inner.copy_opts(from, to, options).await
    }
}

/// A bucket of each cloud's kind: what is said differs by it.
fn bucket(cloud: crate::state::location::Cloud) -> Bucket {
    Bucket { cloud, name: "bucket".to_owned(), prefix: "pre/fix".to_owned() }
}

const CLOUDS: [crate::state::location::Cloud; 3] =
    [crate::state::location::Cloud::S3, crate::state::location::Cloud::Google, crate::state::location::Cloud::Azure];

/// One process's view of the bucket; `planned` goes wrong first, in this order.
fn view(inner: &Arc<InMemory>, bucket: &Bucket, planned: &[Option<Fault>], rate: u64, seed: u64) -> Clouds {
    let planned = Mutex::new(planned.iter().rev().copied().collect());
    let faulty = Faulty { inner: Arc::clone(inner), planned, rate, random: AtomicU64::new(seed) };
    Clouds::of(bucket, Arc::new(faulty)).expect("a runtime starts")
}

fn store(inner: &Arc<InMemory>, rate: u64, seed: u64) -> Store {
    let bucket = bucket(CLOUDS[0]);
    let objects = view(inner, &bucket, &[], rate, seed);
    Store::of(Location::Bucket(bucket), Arc::new(objects)).patience(Duration::from_secs(30))
}

fn stack(n: i64) -> ResourceGraph {
    graph(vec![resource("aws_x", "y", &[("n", Expression::Integer(n))])])
}

#[test]
fn a_write_says_what_became_of_it_whatever_the_answer() -> Outcome {
    for cloud in CLOUDS {
        let bucket = bucket(cloud);
        let inner = Arc::new(InMemory::new());
        let lost = view(&inner, &bucket, &[Some(Fault::AnswerLost)], 0, 1);
        let Write::Done(version) = lost.write("a", b"one", Expected::Nothing)? else { return Err("it landed".into()) };
        assert_eq!(lost.write("a", b"two", Expected::Nothing)?, Write::Conflict);
        let lost = view(&inner, &bucket, &[Some(Fault::AnswerLost)], 0, 1);
        assert!(matches!(lost.write("a", b"two", Expected::Version(&version))?, Write::Done(_)));
        assert_eq!(lost.write("a", b"three", Expected::Version(&version))?, Write::Conflict);
        // A second try of what landed is told that something is there: it is what was to be written.
        let again = view(&inner, &bucket, &[Some(Fault::Precondition)], 0, 1);
        assert!(matches!(again.write("a", b"two", Expected::Nothing)?, Write::Done(_)));

        let refused = view(&inner, &bucket, &[Some(Fault::Refused)], 0, 1).write("b", b"x", Expected::Nothing);
        let told = refused.expect_err("nothing was written").to_string();
        assert!(told.contains("busy or has a fault of its own") && told.contains("It was not written"), "{told}");
        assert!(lost.read("b")?.is_none());
        let unknown = view(&inner, &bucket, &[Some(Fault::AnswerLost), Some(Fault::Refused)], 0, 1);
        let told = unknown.write("c", b"x", Expected::Nothing).expect_err("nobody knows").to_string();
        assert!(told.contains("Whether it was written is not known") && told.contains("`tapwasm state history`"), "{told}");
        let torn = view(&inner, &bucket, &[Some(Fault::Torn)], 0, 1).read("a");
        let told = torn.expect_err("it was cut").to_string();
        assert!(told.contains("the connection ended after 1 of 3 bytes"), "{told}");
        let named = bucket.to_string();
        assert!(told.starts_with(&format!("{named}/a: ")), "{told}");
    }
    Ok(())
}

#[test]
fn many_writers_on_a_faulty_bucket_lose_nothing_and_write_nothing_twice() -> Outcome {
    let inner = Arc::new(InMemory::new());
    let landed = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for writer in 0..16_i64 {
            let (inner, landed) = (&inner, &landed);
            scope.spawn(move || {
                let store = store(inner, 12, writer as u64 * 7919);
                // Each change is tried until it landed, as a user would who is told to try again.
                for _ in 0..200 {
                    let tried = store.lock("dev", "tapwasm run", &mut |_| {}).and_then(|locked| {
                        let previous = locked.read_for("payments")?.emitted;
                        locked.write(&stack(writer), None, previous.as_ref())
                    });
                    match tried {
                        Ok(written) => return landed.lock().expect("nobody panics").push((written.serial, writer)),
                        Err(error) => assert!(!error.to_string().is_empty()),
                    }
                }
                panic!("it never landed");
            });
        }
    });
    let whole = store(&inner, 0, 0);
    let verified = whole.verify("dev")?;
    assert!(verified.faults.is_empty(), "{:?}", verified.faults);
    let serials = whole.serials("dev")?;
    assert_eq!(serials, (1..=serials.len() as u64).collect::<Vec<_>>());
    let landed = landed.into_inner()?;
    assert_eq!(
        landed.iter().map(|(serial, _)| serial).collect::<BTreeSet<_>>().len(),
        16,
        "each serial is one writer's: {landed:?}"
    );
    for (serial, writer) in landed {
        let snapshot = whole.read_serial("dev", serial)?.ok_or("it is kept")?;
        assert!(snapshot.holds(&stack(writer)), "serial {serial} is that of writer {writer}");
    }
    Ok(())
}

#[test]
fn writers_whose_lock_was_broken_do_not_write_over_each_other() -> Outcome {
    let inner = Arc::new(InMemory::new());
    let (one, other) = (store(&inner, 0, 1), store(&inner, 0, 2));
    let first = one.lock("dev", "one", &mut |_| {})?;
    let holder = match one.lock_state("dev")? {
        LockState::Held(Some(holder), Life::Alive) => holder,
        state => return Err(format!("it is held by who lives: {state:?}").into()),
    };
    assert!(matches!(other.unlock("dev", "another")?, Unlocked::Other(Some(_))));
    assert_eq!(other.unlock("dev", &holder.id)?, Unlocked::From(holder));
    let second = other.lock("dev", "other", &mut |_| {})?;
    second.write(&stack(2), None, None)?;
    let told = first.write(&stack(1), None, None).expect_err("the other one was faster").to_string();
    assert!(told.contains("was changed underneath") && told.contains("Run again"), "{told}");
    // Who lost the lock does not release that of the other.
    drop(first);
    assert!(matches!(one.lock_state("dev")?, LockState::Held(..)));
    drop(second);
    assert_eq!(one.lock_state("dev")?, LockState::Free);
    assert_eq!(one.read("dev")?.map(|snapshot| snapshot.serial), Some(1));
    Ok(())
}

#[test]
fn a_holder_that_is_gone_is_told_from_one_that_lives() -> Outcome {
    let inner = Arc::new(InMemory::new());
    let store = store(&inner, 0, 1);
    let other = store.clone().patience(Duration::from_millis(300));
    let held = store.lock("dev", "tapwasm run dev", &mut |_| {})?;
    let told = other.lock("dev", "tapwasm run", &mut |_| {}).expect_err("it is held");
    let told = told.to_string();
    assert!(told.contains("Wait until that command has finished") && !told.contains("gone"), "{told}");
    drop(held);

    // Another machine's, of which nothing is heard.
    let silent = r#"{"version":1,"id":"ab12","user":"ana","machine":"elsewhere","pid":7,"host":"ci-3","command":"tapwasm run","since":5,"beats":3}"#;
    let bucket = view(&inner, &bucket(CLOUDS[0]), &[], 0, 1);
    bucket.write("stacks/dev/lock", silent.as_bytes(), Expected::Nothing)?;
    assert!(matches!(store.lock_state("dev")?, LockState::Held(Some(_), Life::Dead)));
    let error = store.lock("dev", "tapwasm run", &mut |_| {}).expect_err("it is held");
    assert!(matches!(error, StateError::Lock(LockError::HeldInStore { life: Life::Dead, .. })), "{error}");
    let told = error.to_string();
    assert!(
        told.contains("a process that is gone, `tapwasm run` (process 7 on ci-3, of ana")
            && told.contains("unlock dev --id ab12"),
        "{told}"
    );
    assert!(matches!(store.unlock("dev", "ab12")?, Unlocked::From(_)));
    store.lock("dev", "tapwasm run", &mut |_| {})?;
    Ok(())
}

#[test]
fn what_is_in_a_folder_is_copied_to_a_bucket_and_back() -> Outcome {
    let folder = tempfile::TempDir::new()?;
    let local = Store::of(folder.path().into(), Arc::new(Files::new(folder.path().to_owned())));
    let mut last: Option<Snapshot> = None;
    for n in 1..=3 {
        local.lock("dev", "run", &mut |_| {})?.write(&stack(n), None, last.as_ref())?;
        last = local.read("dev")?;
    }
    let last = last.ok_or("three are stored")?;
    local.lock("dev", "mark", &mut |_| {})?.mark_applied(&last.lineage, 2)?;
    let inner = Arc::new(InMemory::new());
    let remote = store(&inner, 0, 1);
    assert_eq!(local.copy("dev", &remote)?, 3);
    assert_eq!(remote.header("dev")?, local.header("dev")?);
    assert!(remote.verify("dev")?.faults.is_empty());
    assert_eq!(remote.stacks()?, ["dev"]);
    let back = tempfile::TempDir::new()?;
    let back = Store::of(back.path().into(), Arc::new(Files::new(back.path().to_owned())));
    remote.copy("dev", &back)?;
    assert_eq!(back.read("dev")?, Some(last));
    Ok(())
}

/// What each cloud answers, as its documentation and its servers have it, and what is made of it.
#[test]
fn what_clouds_refuse_is_told_in_words() {
    let [s3, google, azure] = CLOUDS;
    let status = |code: &str, body: &str| {
        format!("Error performing GET http://host/x in 3ms - Server returned non-2xx status code: {code}: {body}")
    };
    let cases = [
        (
            s3,
            status("403 Forbidden", "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"),
            "the cloud denies it",
        ),
        (s3, status("403 Forbidden", "<Error><Code>RequestTimeTooSkewed</Code></Error>"), "this machine's clock is off"),
        (s3, status("403 Forbidden", "<Error><Code>InvalidAccessKeyId</Code></Error>"), "the credentials are not known"),
        (s3, status("400 Bad Request", "<Error><Code>ExpiredToken</Code></Error>"), "the credentials have run out"),
        (s3, status("404 Not Found", "<Error><Code>NoSuchBucket</Code></Error>"), "there is no such bucket"),
        (s3, "Error performing PUT http://169.254.169.254/latest/api/token".to_owned(), "there are no credentials"),
        (
            s3,
            "Received redirect without LOCATION, this normally indicates an incorrectly configured region".to_owned(),
            "another region",
        ),
        (
            s3,
            "error sending request: error trying to connect: tcp connect error: Connection refused".to_owned(),
            "cannot be reached",
        ),
        (
            s3,
            status("503 Service Unavailable", "<Error><Code>SlowDown</Code><Message>Reduce</Message></Error>"),
            "busy or has a fault of its own: SlowDown: Reduce",
        ),
        (google, "Error performing GET http://metadata.google.internal/computeMetadata".to_owned(), "there are no credentials"),
        (google, status("404 Not Found", "The specified bucket does not exist."), "there is no such bucket"),
        (azure, status("404 Not Found", "<Error><Code>ContainerNotFound</Code></Error>"), "there is no such container"),
        (azure, "Account must be specified".to_owned(), "the storage account is not known"),
        (azure, status("403 Forbidden", "<Error><Code>AuthorizationPermissionMismatch</Code></Error>"), "the cloud denies it"),
    ];
    for (cloud, said, what) in cases {
        let told = fault::explain(cloud, Doing::Write, PathBuf::from("s3://b/x"), &error(&said)).to_string();
        assert!(told.contains(what), "{said}: {told}");
        assert!(
            told.starts_with("s3://b/x: ") && told.contains("It was not written; what was stored before is still there."),
            "{told}"
        );
        assert!(told.lines().count() == 2 && told.ends_with('.'), "{told}");
    }
}
