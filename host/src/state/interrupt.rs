//! Releases what is held in a store when the process is interrupted: the operating system does so for files alone.

use std::fmt;
use std::sync::{Arc, Mutex, Once, PoisonError, Weak};

/// What is to be released.
pub(super) trait Release: fmt::Debug + Send + Sync {
    fn release(&self);
}

/// Who was interrupted does not wait longer for the cloud.
#[cfg(feature = "clouds")]
const LONGEST_RELEASE: std::time::Duration = std::time::Duration::from_secs(5);

static HELD: Mutex<Vec<Weak<dyn Release>>> = Mutex::new(Vec::new());
static LISTENING: Once = Once::new();

/// Releases this when the process is interrupted or terminated, if it is still there.
pub(super) fn release_on_interrupt<R: Release + 'static>(held: &Arc<R>) {
    let held: Weak<dyn Release> = Arc::downgrade(held) as Weak<dyn Release>;
    HELD.lock().unwrap_or_else(PoisonError::into_inner).push(held);
    LISTENING.call_once(listen);
}

#[cfg(feature = "clouds")]
fn listen() {
    use std::thread::spawn;

    spawn(|| {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        let code = runtime.block_on(signalled());
        let held = std::mem::take(&mut *HELD.lock().unwrap_or_else(PoisonError::into_inner));
        let releasing = spawn(move || held.iter().filter_map(Weak::upgrade).for_each(|held| held.release()));
        // A cloud that does not answer keeps nobody: a second signal ends at once, and so does some time.
        runtime.block_on(async {
            let begun = std::time::Instant::now();
            while !releasing.is_finished() && begun.elapsed() < LONGEST_RELEASE {
                let again = tokio::time::timeout(std::time::Duration::from_millis(20), signalled()).await;
                if again.is_ok() {
                    break;
                }
            }
        });
        std::process::exit(code);
    });
}

/// Without clouds nothing is held that the system does not release.
#[cfg(not(feature = "clouds"))]
fn listen() {}

/// Waits for a signal that ends the process, and returns the code that shells give it.
#[cfg(all(feature = "clouds", unix))]
async fn signalled() -> i32 {
    use tokio::signal::unix::{SignalKind, signal};

    let (Ok(mut interrupt), Ok(mut terminate)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => 130,
        _ = terminate.recv() => 143,
    }
}

#[cfg(all(feature = "clouds", not(unix)))]
async fn signalled() -> i32 {
    match tokio::signal::ctrl_c().await {
        Ok(()) => 130,
        Err(_) => std::future::pending().await,
    }
}
