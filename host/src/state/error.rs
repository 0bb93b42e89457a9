//! What goes wrong with stored state: each says what happened and how to go on.

use super::snapshot::Lineage;
use crate::diagnostic::visible;
use crate::lock::LockError;
use std::io;
use std::path::PathBuf;

/// Why state could not be read or written. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The operating system refused to read.
    #[error("cannot read {}: {source}\nCheck that the path is right and that you may read it.", .path.display())]
    Unreadable {
        /// What was read.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// The operating system refused to write.
    #[error(
        "cannot write {}: {source}\nWhat was stored before is still there. Check the free space and that you may write there, then run \
         again.",
        .path.display()
    )]
    Unwritable {
        /// What was written.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// It cannot be put into the file's format.
    #[error("cannot store this stack in {}: {reason}", .path.display())]
    Unstorable {
        /// What was to be written.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The file is cut off or is no JSON.
    #[error(
        "{} is damaged: {reason}\nIt may have been cut off or overwritten. Restore it from a backup or version control, or copy the \
         newest file of `history` beside it over it.",
        .path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where and how.
        reason: String,
    },
    /// The file's content is not what was written.
    #[error(
        "{} is not as tapwasm wrote it: its checksum does not match\nIt was edited, badly merged, or damaged on the disk. Restore it \
         from a backup or version control, or copy the newest file of `history` beside it over it.",
        .path.display()
    )]
    Checksum {
        /// The file.
        path: PathBuf,
    },
    /// The file is JSON of another kind.
    #[error(
        "{} is not a snapshot of tapwasm: {}\nIf something else was put there, move it away and restore the snapshot.",
        .path.display(),
        visible(.reason)
    )]
    NotASnapshot {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A newer tapwasm wrote the file.
    #[error(
        "{} is of version {version}, and this tapwasm reads up to version {newest}\nA newer tapwasm wrote it. Update tapwasm to go on.",
        .path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: u64,
        /// The newest version that is known here.
        newest: u64,
    },
    /// Snapshot and history are of different lineages.
    #[error(
        "{} is of lineage {found}, but the history beside it is of lineage {history}\nThe snapshot was copied from another stack's \
         state, or made anew elsewhere. Restore the right one; to keep this one, move the folder `history` away.",
        .path.display()
    )]
    OtherLineage {
        /// The snapshot.
        path: PathBuf,
        /// Its lineage.
        found: Lineage,
        /// The lineage of the newest entry of the history.
        history: Lineage,
    },
    /// The history goes on behind the snapshot.
    #[error(
        "{} is of serial {serial}, but the history beside it goes up to {newest}\nAn older snapshot was put back. Copy \
         `history/{newest}.json` over it to go on from there; to go on from the older one, move the newer files of `history` away.",
        .path.display()
    )]
    Older {
        /// The snapshot.
        path: PathBuf,
        /// Its serial.
        serial: u64,
        /// The newest serial of the history.
        newest: u64,
    },
    /// There is a history, but no snapshot.
    #[error(
        "{} is missing, but the history beside it goes up to serial {newest}\nCopy `history/{newest}.json` to it to go on from there; \
         to begin anew, move the folder `history` away.",
        .path.display()
    )]
    Missing {
        /// The snapshot.
        path: PathBuf,
        /// The newest serial of the history.
        newest: u64,
    },
    /// Another program's stack of the same name is stored here.
    #[error(
        "{} belongs to program `{}`, not to `{}`\nTwo programs cannot share a stack's state: choose another state folder with \
         `--state`, or another name for the stack.",
        .path.display(), visible(.found), visible(.expected)
    )]
    OtherProgram {
        /// The snapshot.
        path: PathBuf,
        /// The program in it.
        found: String,
        /// The program that is run.
        expected: String,
    },
    /// The snapshot is that of another stack.
    #[error(
        "{} is the snapshot of stack `{}`, not of `{}`\nIt was copied or its folder was renamed: put it back where it belongs.",
        .path.display(), visible(.found), visible(.expected)
    )]
    OtherStack {
        /// The snapshot.
        path: PathBuf,
        /// The stack in it.
        found: String,
        /// The stack that was asked for.
        expected: String,
    },
    /// Somebody else stored something since it was read.
    #[error(
        "{} was changed underneath: {found} is stored now, and this run began from {begun}\nAnother run was faster. Run again: it will \
         be compared with what is stored now.",
        .path.display()
    )]
    Changed {
        /// The snapshot.
        path: PathBuf,
        /// What this run began from: `serial 3 of lineage …` or `nothing`.
        begun: String,
        /// What is stored now.
        found: String,
    },
    /// The lock was not taken.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The name of a stack that could leave the state folder.
    #[error("`{}` cannot be the name of a stack's folder\nUse letters, digits, `-`, `_` and `.`, at most 200.", visible(.name))]
    StackName {
        /// The name.
        name: String,
    },
}
