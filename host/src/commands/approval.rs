//! The hash that a reviewer approves: of everything that a run would emit, and of what it was compared with.

use super::Failure;
use crate::pipeline::Evaluated;
use crate::state::Stored;
use anyhow::anyhow;
use sha2::{Digest, Sha256};

/// Returns the hash of what would be emitted: configurations, moves among them, assets, this version of tapwasm, and the serial and lineage that it
/// was compared with. The same on every machine.
pub(super) fn of(evaluated: &Evaluated, configurations: &[Vec<u8>], stored: &[Stored]) -> String {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        // With its length in front: two parts are never read as one.
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    part(env!("CARGO_PKG_VERSION").as_bytes());
    for ((graph, configuration), stored) in evaluated.graphs.iter().zip(configurations).zip(stored) {
        part(graph.stack.as_bytes());
        part(configuration);
        for asset in &graph.assets {
            part(asset.path.as_bytes());
            part(&asset.sha256);
            part(&[u8::from(asset.executable)]);
        }
        match stored.base() {
            Some(snapshot) => part(format!("{} {}", snapshot.lineage, snapshot.serial).as_bytes()),
            None => part(b"nothing"),
        }
        // What was emitted after what was applied is taken the place of, too.
        if let Some(emitted) = stored.applied.as_ref().and(stored.emitted.as_ref()) {
            part(format!("emitted {} {}", emitted.lineage, emitted.serial).as_bytes());
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Refuses to emit anything but what was approved.
pub(super) fn check(approved: Option<&str>, found: &str) -> Result<(), Failure> {
    match approved {
        Some(approved) if approved != found => Err(Failure::Error(anyhow!(
            "what would be emitted is not what was approved: its hash is {found}, and {approved} was approved; nothing was written. The program, \
             its inputs, the renames or the stored state changed since the review, or another tapwasm made it: look at `tapwasm diff` again"
        ))),
        _ => Ok(()),
    }
}
