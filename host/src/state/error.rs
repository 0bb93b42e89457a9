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
        "{} is damaged: {reason}\nIt may have been cut off or overwritten.",
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
        "{} is not as tapwasm wrote it: its checksum does not match\nIt was edited, badly merged, or damaged on the disk.",
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
    /// The last snapshot cannot be read, but there may be others.
    #[error("{fault}\n{}", back_to(stack, *good))]
    Broken {
        /// The stack.
        stack: String,
        /// What is wrong with its last snapshot.
        fault: Box<StateError>,
        /// The newest serial that can be read.
        good: Option<u64>,
    },
    /// A serial is of another lineage than those around it.
    #[error(
        "{} is of lineage {found}, but the history that it stands in is of lineage {history}\nIt was copied from another stack's state, or \
         made anew elsewhere. Move it away, or restore the right one.",
        .path.display()
    )]
    OtherLineage {
        /// The snapshot.
        path: PathBuf,
        /// Its lineage.
        found: Lineage,
        /// The lineage of the others.
        history: Lineage,
    },
    /// The history ends before what was applied.
    #[error(
        "{} says that serial {applied} was applied, but the history goes up to {newest}\nThe newest serials were taken away, or an older state \
         was put back. Restore them; to go on without, say what is applied now: `tapwasm state mark-applied {} --serial {newest}`.",
        .path.display(),
        visible(.stack)
    )]
    Older {
        /// The pointer.
        path: PathBuf,
        /// The stack.
        stack: String,
        /// What was applied.
        applied: u64,
        /// The newest serial that is there.
        newest: u64,
    },
    /// The pointer to what was applied is unusable.
    #[error(
        "{} is no pointer to what was applied: {}\nSay anew what is applied: `tapwasm state mark-applied STACK`.",
        .path.display(),
        visible(.reason)
    )]
    NotAPointer {
        /// The pointer.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of an older layout is ahead of the history.
    #[error(
        "{} holds serial {serial}, which the history beside it lacks: an older tapwasm was killed while it wrote\nCopy it to \
         `history/{serial}.json` to go on from there.",
        .path.display()
    )]
    Unfinished {
        /// The file.
        path: PathBuf,
        /// Its serial.
        serial: u64,
    },
    /// A store did not do what it was asked.
    #[error("{}: {what}\n{help}", .path.display())]
    Store {
        /// The object or the bucket, as a URL.
        path: PathBuf,
        /// What happened.
        what: String,
        /// What is written, and what to do.
        help: String,
    },
    /// What was stored here is elsewhere now.
    #[error(
        "{} was moved to {}\nSay `state = \"{}\"` in tapwasm.toml, as whoever moved it did: take the newest version of that file.",
        .path.display(), visible(.to), visible(.to)
    )]
    Moved {
        /// Where it was.
        path: PathBuf,
        /// Where it is.
        to: String,
    },
    /// This build speaks with no cloud.
    #[error(
        "{url} is in a cloud, and this tapwasm was built without them\nInstall one with the feature `clouds`, which is a default."
    )]
    WithoutClouds {
        /// Where state was asked for.
        url: String,
    },
    /// Another program's stack of the same name is stored here.
    #[error(
        "{} belongs to program `{}`, not to `{}`\nTwo programs cannot share a stack's state: choose another place with \
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

impl StateError {
    /// Tells whether the snapshot itself is not as it was written; others beside it may be.
    pub(super) fn is_damage(&self) -> bool {
        matches!(self, StateError::Damaged { .. } | StateError::Checksum { .. } | StateError::NotASnapshot { .. })
    }
}

fn back_to(stack: &str, good: Option<u64>) -> String {
    let stack = visible(stack);
    match good {
        Some(good) => {
            format!("Serial {good} is whole: `tapwasm state rollback {stack} {good}` goes back to it, or restore a backup.")
        }
        None => "No serial is whole: restore a backup.".to_owned(),
    }
}
