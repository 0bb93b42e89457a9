//! Work that mostly waits for another process, some of it at the same time.

use std::sync::Mutex;

/// The machines of a project's tests have few cores.
const N_WORKERS: usize = 3;

/// Calls `work` with each item and returns all that it returns, in no order.
pub(crate) fn at_once<I: Send, T: Send>(items: impl IntoIterator<Item = I>, work: impl Fn(I) -> Vec<T> + Sync) -> Vec<T> {
    let (waiting, done) = (Mutex::new(items.into_iter().collect::<Vec<I>>()), Mutex::new(Vec::new()));
    let next = || waiting.lock().expect("no worker panics").pop();
    std::thread::scope(|scope| {
        for _ in 0..N_WORKERS {
            scope.spawn(|| {
                while let Some(item) = next() {
                    let results = work(item);
                    done.lock().expect("no worker panics").extend(results);
                }
            });
        }
    });
    done.into_inner().expect("no worker panics")
}
