use super::*;
use crate::graph::ResourceGraph;
use crate::model::Expression;
use crate::state::arbitrary::{graph, resource};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn store() -> (TempDir, Store) {
    let folder = TempDir::new().expect("a temporary folder");
    let store = open(&folder.path().join("state")).patience(Duration::ZERO);
    (folder, store)
}

fn open(folder: &Path) -> Store {
    Store::open(&folder.into()).expect("a folder needs no connection")
}

fn folder(store: &Store) -> PathBuf {
    PathBuf::from(store.location().to_string())
}

fn lock(store: &Store) -> Result<LockedStack, StateError> {
    store.lock("dev", "tapwasm run payments", &mut |_| {})
}

/// A stack whose one resource holds a number.
fn stack(days: i64) -> ResourceGraph {
    graph(vec![resource("aws_cloudwatch_log_group", "app", &[("retention_in_days", Expression::Integer(days))])])
}

/// Stores stacks one after the other.
fn write_all(store: &Store, days: impl IntoIterator<Item = i64>) -> Result<Snapshot, StateError> {
    let locked = lock(store)?;
    for days in days {
        let previous = locked.read_for("payments")?.emitted;
        locked.write(&stack(days), None, previous.as_ref())?;
    }
    Ok(locked.read_for("payments")?.emitted.expect("something is stored"))
}

fn stack_folder(store: &Store) -> PathBuf {
    folder(store).join("stacks").join("dev")
}

fn history(store: &Store) -> Vec<String> {
    let entries = fs::read_dir(stack_folder(store).join("history")).expect("a history");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("plain names")).collect();
    names.sort_unstable();
    names
}

/// Shows an error as users see it, without what differs from run to run.
fn message<T: std::fmt::Debug>(result: Result<T, StateError>, store: &Store) -> String {
    let text = result.expect_err("an error").to_string();
    let text = text.replace(&store.location().to_string(), "<state>");
    text.replace(&format!("process {}", std::process::id()), "process <pid>")
}

#[test]
fn reading_makes_nothing() -> Outcome {
    let (folder, store) = store();
    assert_eq!(store.read("dev")?, None);
    assert_eq!(store.stacks()?, Vec::<String>::new());
    assert_eq!(fs::read_dir(folder.path())?.count(), 0);
    Ok(())
}

#[test]
fn what_is_written_is_read_and_each_serial_is_kept() -> Outcome {
    let (_folder, store) = store();
    let first = write_all(&store, [1])?;
    let third = write_all(&store, [2, 3])?;
    assert_eq!((first.serial, third.serial), (1, 3));
    assert_eq!(third.lineage, first.lineage);
    assert_eq!(store.read("dev")?, Some(third.clone()));
    assert!(third.holds(&stack(3)));
    assert_eq!(history(&store), ["1.json.gz", "2.json.gz", "3.json.gz"]);
    assert_eq!(store.stacks()?, ["dev"]);
    assert_eq!(store.read_serial("dev", 1)?, Some(first));
    assert_eq!(store.read_serial("dev", 4)?, None);
    Ok(())
}

#[test]
fn a_snapshot_of_a_graph_is_what_is_stored_of_it() -> Outcome {
    let (_folder, store) = store();
    let first = write_all(&store, [1])?;
    let next = Snapshot::of(&stack(2), Some(&first))?;
    assert_eq!(write_all(&store, [2])?, next);
    Ok(())
}

#[test]
fn nothing_is_written_where_nothing_changed() -> Outcome {
    let (_folder, store) = store();
    let first = write_all(&store, [1])?;
    let written = lock(&store)?.write(&stack(1), None, Some(&first))?;
    assert_eq!(written, Written { lineage: first.lineage, serial: 1, changed: false });
    assert_eq!(history(&store), ["1.json.gz"]);
    Ok(())
}

#[test]
fn a_shorter_history_can_be_asked_for() -> Outcome {
    let (_folder, store) = store();
    write_all(&store, [1, 2, 3, 4])?;
    let store = store.keeping(NonZeroUsize::new(2).ok_or("2 is not 0")?);
    // A run that changes nothing removes nothing.
    write_all(&store, [4])?;
    assert_eq!(history(&store).len(), 4);
    write_all(&store, [5])?;
    assert_eq!(history(&store), ["4.json.gz", "5.json.gz"]);
    assert_eq!(store.read("dev")?.map(|snapshot| snapshot.serial), Some(5));
    Ok(())
}

#[test]
fn what_was_applied_is_kept_and_compared_with() -> Outcome {
    let (_folder, store) = store();
    let store = store.keeping(NonZeroUsize::new(2).ok_or("2 is not 0")?);
    let first = write_all(&store, [1])?;
    assert_eq!(store.read_for("payments", "dev")?, Stored { emitted: Some(first.clone()), applied: None });
    lock(&store)?.mark_applied(&first.lineage, 1)?;
    assert_eq!(store.read_for("payments", "dev")?.base().map(|base| base.serial), Some(1));
    write_all(&store, [2, 3, 4])?;
    assert_eq!(history(&store), ["1.json.gz", "3.json.gz", "4.json.gz"]);
    let stored = store.read_for("payments", "dev")?;
    assert_eq!(stored.base(), Some(&first));
    assert_eq!(stored.emitted.as_ref().map(|emitted| emitted.serial), Some(4));
    assert_eq!(store.header("dev")?.and_then(|current| current.applied), Some(1));
    lock(&store)?.mark_applied(&first.lineage, 4)?;
    assert_eq!(store.read_for("payments", "dev")?.applied, None);
    Ok(())
}

#[test]
fn a_history_that_ends_before_what_was_applied_is_told() -> Outcome {
    let (_folder, store) = store();
    let second = write_all(&store, [1, 2])?;
    lock(&store)?.mark_applied(&second.lineage, 2)?;
    fs::remove_file(stack_folder(&store).join("history/2.json.gz"))?;
    insta::assert_snapshot!(message(store.read_for("payments", "dev"), &store), @r"
    <state>/stacks/dev/applied.json says that serial 2 was applied, but the history goes up to 1
    The newest serials were taken away, or an older state was put back. Restore them; to go on without, say what is applied now: `tapwasm state mark-applied dev --serial 1`.
    ");
    assert_eq!(store.verify("dev")?.faults.len(), 1);
    // As the message says:
    lock(&store)?.mark_applied(&second.lineage, 1)?;
    assert_eq!(store.read_for("payments", "dev")?.base().map(|base| base.serial), Some(1));
    Ok(())
}

#[test]
fn what_older_versions_stored_is_read_and_goes_on() -> Outcome {
    let (_folder, store) = store();
    let second = write_all(&store, [1, 2])?;
    let first = store.read_serial("dev", 1)?.ok_or("serial 1 is kept")?;
    for (name, snapshot) in [("history/1.json", &first), ("history/2.json", &second), ("snapshot.json", &second)] {
        fs::write(stack_folder(&store).join(name), snapshot.to_text()?)?;
    }
    fs::remove_file(stack_folder(&store).join("history/1.json.gz"))?;
    fs::remove_file(stack_folder(&store).join("history/2.json.gz"))?;
    assert_eq!(store.read("dev")?, Some(second));
    assert_eq!(store.verify("dev")?.n_read, 2);
    write_all(&store, [3])?;
    assert_eq!(history(&store), ["1.json", "2.json", "3.json.gz"]);
    assert!(!stack_folder(&store).join("snapshot.json").exists());
    Ok(())
}

#[test]
fn what_an_older_version_left_unfinished_is_told() -> Outcome {
    let (_folder, store) = store();
    let second = write_all(&store, [1, 2])?;
    fs::write(stack_folder(&store).join("snapshot.json"), second.to_text()?)?;
    fs::remove_file(stack_folder(&store).join("history/2.json.gz"))?;
    insta::assert_snapshot!(message(store.read("dev"), &store), @r"
    <state>/stacks/dev/snapshot.json holds serial 2, which the history beside it lacks: an older tapwasm was killed while it wrote
    Copy it to `history/2.json` to go on from there.
    ");
    fs::copy(stack_folder(&store).join("snapshot.json"), stack_folder(&store).join("history/2.json"))?;
    assert_eq!(store.read("dev")?, Some(second));
    Ok(())
}

#[test]
fn what_a_killed_write_left_goes_with_the_next() -> Outcome {
    let (_folder, store) = store();
    write_all(&store, [1, 2])?;
    let left = stack_folder(&store).join("history/3.json.gz.tapwasm-tmp");
    fs::write(&left, "half of i")?;
    assert_eq!(store.read("dev")?.map(|snapshot| snapshot.serial), Some(2));
    write_all(&store, [2])?;
    assert!(!left.exists());
    fs::write(&left, "half of i")?;
    write_all(&store, [3])?;
    assert_eq!(history(&store), ["1.json.gz", "2.json.gz", "3.json.gz"]);
    Ok(())
}

#[test]
fn a_stack_may_become_empty() -> Outcome {
    let (_folder, store) = store();
    let first = write_all(&store, [1])?;
    lock(&store)?.write(&graph(Vec::new()), None, Some(&first))?;
    assert_eq!(store.read("dev")?.map(|snapshot| snapshot.entries.len()), Some(0));
    Ok(())
}

#[test]
fn a_lock_is_waited_for_and_its_holder_is_named() -> Outcome {
    let (_folder, store) = store();
    let held = lock(&store)?;
    let mut waited_for = Vec::new();
    let refused = store.lock("dev", "tapwasm run payments", &mut |holder| waited_for.push(holder.cloned()));
    assert_eq!(waited_for.len(), 1);
    assert_eq!(waited_for[0].as_ref().map(|holder| holder.pid), Some(std::process::id()));
    let holder = waited_for[0].clone().ok_or("the holder is known")?;
    let message = message(refused, &store).replace(&host(), "<host>").replace("for 1 s,", "for 0 s,").replace(&holder.id, "<id>");
    let message = message.replace(&format!(", of {}", holder.user), "");
    insta::assert_snapshot!(message, @r"
    <state>/stacks/dev is locked by `tapwasm run payments` (process <pid> on <host>, for 0 s, lock <id>); gave up after 0 s
    Wait until that command has finished, then run again. The lock goes with the process that holds it.
    ");
    drop(held);
    lock(&store)?;
    Ok(())
}

fn host() -> String {
    fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default().trim().to_owned()
}

#[test]
fn who_waits_goes_on_when_the_lock_is_free() -> Outcome {
    let (_folder, store) = store();
    let store = store.patience(Duration::from_secs(20));
    let held = lock(&store)?;
    let waiter = std::thread::spawn({
        let store = store.clone();
        move || lock(&store).map(|_| ())
    });
    std::thread::sleep(Duration::from_millis(30));
    drop(held);
    waiter.join().map_err(|_| "the thread died")??;
    Ok(())
}

#[test]
fn other_stacks_have_locks_of_their_own() -> Outcome {
    let (_folder, store) = store();
    let _held = lock(&store)?;
    store.lock("prod", "tapwasm run", &mut |_| {})?;
    Ok(())
}

#[test]
fn what_was_changed_underneath_is_not_overwritten() -> Outcome {
    let (_folder, store) = store();
    let first = write_all(&store, [1])?;
    write_all(&store, [2])?;
    let text = message(lock(&store)?.write(&stack(3), None, Some(&first)), &store).replace(first.lineage.as_str(), "<lineage>");
    insta::assert_snapshot!(text, @r"
    <state>/stacks/dev/history was changed underneath: serial 2 of lineage <lineage> is stored now, and this run began from serial 1 of lineage <lineage>
    Another run was faster. Run again: it will be compared with what is stored now.
    ");
    let text = message(lock(&store)?.write(&stack(3), None, None), &store).replace(first.lineage.as_str(), "<lineage>");
    insta::assert_snapshot!(text, @r"
    <state>/stacks/dev/history was changed underneath: serial 2 of lineage <lineage> is stored now, and this run began from nothing
    Another run was faster. Run again: it will be compared with what is stored now.
    ");
    assert_eq!(store.read("dev")?.map(|snapshot| snapshot.serial), Some(2));
    Ok(())
}

/// Stores two serials, changes the text of the last, and returns the message of the next read.
fn changed(change: impl Fn(&str) -> String) -> Result<String, Box<dyn std::error::Error>> {
    let (_folder, store) = store();
    let last = write_all(&store, [1, 2])?;
    fs::remove_file(stack_folder(&store).join("history/2.json.gz"))?;
    let path = stack_folder(&store).join("history/2.json");
    fs::write(&path, change(&last.to_text()?))?;
    let before = fs::read(&path)?;
    let text = message(store.read_for("payments", "dev"), &store);
    assert!(lock(&store)?.read_for("payments").is_err());
    assert_eq!(fs::read(&path)?, before, "nothing is reset");
    Ok(text)
}

#[test]
fn damage_is_told_with_the_serial_to_go_back_to() -> Outcome {
    insta::assert_snapshot!(changed(|text| text[..text.len() / 2].to_owned())?, @r"
    <state>/stacks/dev/history/2.json is damaged: it ends too early (EOF while parsing a string at line 7 column 68)
    It may have been cut off or overwritten.
    Serial 1 is whole: `tapwasm state rollback dev 1` goes back to it, or restore a backup.
    ");
    insta::assert_snapshot!(changed(|_| String::new())?, @r"
    <state>/stacks/dev/history/2.json is damaged: it ends too early (EOF while parsing a value at line 1 column 0)
    It may have been cut off or overwritten.
    Serial 1 is whole: `tapwasm state rollback dev 1` goes back to it, or restore a backup.
    ");
    insta::assert_snapshot!(changed(|text| text.replace("\"retention_in_days\":2", "\"retention_in_days\":90"))?, @r"
    <state>/stacks/dev/history/2.json is not as tapwasm wrote it: its checksum does not match
    It was edited, badly merged, or damaged on the disk.
    Serial 1 is whole: `tapwasm state rollback dev 1` goes back to it, or restore a backup.
    ");
    insta::assert_snapshot!(changed(|_| "{\"version\":9,\"lines\":[]}".to_owned())?, @r"
    <state>/stacks/dev/history/2.json is of version 9, and this tapwasm reads up to version 2
    A newer tapwasm wrote it. Update tapwasm to go on.
    ");
    insta::assert_snapshot!(changed(|_| "{\"name\":\"package.json\"}".to_owned())?, @r#"
    <state>/stacks/dev/history/2.json is not a snapshot of tapwasm: the line `"declarations":[` is missing
    If something else was put there, move it away and restore the snapshot.
    Serial 1 is whole: `tapwasm state rollback dev 1` goes back to it, or restore a backup.
    "#);
    Ok(())
}

#[test]
fn each_flipped_bit_and_each_cut_of_a_stored_serial_is_found() -> Outcome {
    let (_folder, store) = store();
    write_all(&store, [1, 2])?;
    let path = stack_folder(&store).join("history/2.json.gz");
    let whole = fs::read(&path)?;
    let is_found = |damaged: &[u8], what: String| -> Outcome {
        fs::write(&path, damaged)?;
        match store.read("dev") {
            Err(StateError::Broken { good: Some(1), .. }) => Ok(()),
            other => Err(format!("{what}: {other:?}").into()),
        }
    };
    for position in 0..whole.len() {
        for bit in 0..8 {
            let mut damaged = whole.clone();
            damaged[position] ^= 1 << bit;
            is_found(&damaged, format!("bit {bit} of byte {position}"))?;
        }
        is_found(&whole[..position], format!("cut at {position}"))?;
    }
    Ok(())
}

#[test]
fn a_serial_of_another_history_is_found() -> Outcome {
    let (_folder, store) = store();
    let (_other_folder, other) = self::store();
    let ours = write_all(&store, [1, 2])?;
    let theirs = write_all(&other, [1, 2, 3])?;
    fs::copy(stack_folder(&other).join("history/3.json.gz"), stack_folder(&store).join("history/3.json.gz"))?;
    let text = store.verify("dev")?.faults.first().ok_or("a fault is found")?.to_string();
    let text = text.replace(&store.location().to_string(), "<state>");
    let text = text.replace(ours.lineage.as_str(), "<ours>").replace(theirs.lineage.as_str(), "<theirs>");
    insta::assert_snapshot!(text, @r"
    <state>/stacks/dev/history/3.json.gz is of lineage <theirs>, but the history that it stands in is of lineage <ours>
    It was copied from another stack's state, or made anew elsewhere. Move it away, or restore the right one.
    ");
    assert!(matches!(lock(&store)?.write(&stack(4), None, Some(&ours)), Err(StateError::Changed { .. })));
    Ok(())
}

#[test]
fn what_was_moved_is_told_to_be_elsewhere() -> Outcome {
    let (_folder, store) = store();
    let (_other_folder, other) = self::store();
    let last = write_all(&store, [1, 2])?;
    assert_eq!(store.copy("dev", &other)?, 2);
    assert_eq!(other.read("dev")?, Some(last.clone()));
    // To copy again changes nothing.
    assert_eq!(store.copy("dev", &other)?, 2);
    store.leave_to(&"s3://bucket/state".parse()?)?;
    let anew = open(&folder(&store));
    insta::assert_snapshot!(message(anew.read("dev"), &store), @r#"
    <state> was moved to s3://bucket/state
    Say `state = "s3://bucket/state"` in tapwasm.toml, as whoever moved it did: take the newest version of that file.
    "#);
    assert!(matches!(lock(&anew), Err(StateError::Moved { .. })));
    // Who looked before it was moved, and then waited for the lock, is told as well.
    assert!(matches!(lock(&store), Err(StateError::Moved { .. })));
    anew.come_back()?;
    assert_eq!(anew.read("dev")?, Some(last));
    write_all(&other, [3])?;
    write_all(&anew, [4])?;
    assert!(matches!(anew.copy("dev", &other), Err(StateError::Store { .. })), "neither is written over the other");
    Ok(())
}

#[test]
fn another_program_or_stack_is_refused() -> Outcome {
    let (_folder, store) = store();
    let first = write_all(&store, [1])?;
    insta::assert_snapshot!(message(store.read_for("\u{1b}[2Jnetwork", "dev"), &store), @r"
    <state>/stacks/dev/history belongs to program `payments`, not to `\u{1b}[2Jnetwork`
    Two programs cannot share a stack's state: choose another place with `--state`, or another name for the stack.
    ");
    let theirs = ResourceGraph { program: "network".to_owned(), ..stack(2) };
    assert!(matches!(lock(&store)?.write(&theirs, None, Some(&first)), Err(StateError::OtherProgram { .. })));
    fs::rename(stack_folder(&store), folder(&store).join("stacks/prod"))?;
    insta::assert_snapshot!(message(store.read("prod"), &store), @r"
    <state>/stacks/prod/history/1.json.gz is the snapshot of stack `dev`, not of `prod`
    It was copied or its folder was renamed: put it back where it belongs.
    ");
    Ok(())
}

#[test]
fn names_cannot_leave_the_folder() {
    let (_folder, store) = store();
    for name in ["", ".", "..", "../x", "a/b", "a\\b", ".hidden", "a\0", &"x".repeat(201)] {
        assert!(matches!(store.read(name), Err(StateError::StackName { .. })), "{name}");
    }
    insta::assert_snapshot!(message(store.read("../x"), &store), @r"
    `../x` cannot be the name of a stack's folder
    Use letters, digits, `-`, `_` and `.`, at most 200.
    ");
}

#[test]
fn what_the_system_refuses_is_told() -> Outcome {
    let (_folder, store) = store();
    write_all(&store, [1])?;
    let path = stack_folder(&store).join("history");
    fs::remove_dir_all(&path)?;
    fs::write(&path, "")?;
    insta::assert_snapshot!(message(store.read("dev"), &store), @r"
    cannot read <state>/stacks/dev/history: Not a directory (os error 20)
    Check that the path is right and that you may read it.
    ");
    let file = folder(&store).join("file");
    fs::write(&file, "")?;
    let inside = open(&file.join("state"));
    assert!(matches!(lock(&inside), Err(StateError::Unreadable { .. })));
    Ok(())
}

#[test]
fn what_cannot_be_read_again_is_not_stored() -> Outcome {
    let (_folder, store) = store();
    let nested = (0..300).fold(Expression::Null, |inner, _| Expression::List(vec![inner]));
    let graph = graph(vec![resource("t", "n", &[("a", nested)])]);
    insta::assert_snapshot!(message(lock(&store)?.write(&graph, None, None), &store), @"cannot store this stack in <state>/stacks/dev/history/1.json.gz: nested deeper than 200 levels");
    assert_eq!(store.read("dev")?, None);
    Ok(())
}

#[test]
fn what_cannot_be_applied_is_not_pointed_to() -> Outcome {
    let (_folder, store) = store();
    let first = write_all(&store, [1, 2])?;
    let locked = lock(&store)?;
    insta::assert_snapshot!(message(locked.mark_applied(&first.lineage, 3), &store), @r"
    <state>/stacks/dev/applied.json is no pointer to what was applied: serial 3 is not kept
    Say anew what is applied: `tapwasm state mark-applied STACK`.
    ");
    assert!(locked.mark_applied(&Lineage::random()?, 2).is_err());
    locked.mark_applied(&first.lineage, 1)?;
    drop(locked);
    fs::remove_file(stack_folder(&store).join("history/1.json.gz"))?;
    assert!(matches!(store.read_for("payments", "dev"), Err(StateError::NotAPointer { .. })));
    assert_eq!(store.verify("dev")?.faults.len(), 1);
    // A newer version's is left alone.
    let newer = fs::read_to_string(stack_folder(&store).join("applied.json"))?.replace("\"version\":1", "\"version\":2,\"by\":1");
    fs::write(stack_folder(&store).join("applied.json"), newer)?;
    assert!(matches!(lock(&store)?.mark_applied(&first.lineage, 2), Err(StateError::Newer { version: 2, .. })));
    Ok(())
}

#[test]
fn what_was_mended_meanwhile_is_not_gone_back_over() -> Outcome {
    let (_folder, store) = store();
    write_all(&store, [1, 2])?;
    let first = store.read_serial("dev", 1)?.ok_or("serial 1 is kept")?;
    let locked = lock(&store)?;
    assert!(matches!(locked.write_over_damage(&first), Err(StateError::Changed { .. })));
    fs::write(stack_folder(&store).join("history/2.json.gz"), "damaged")?;
    assert_eq!(locked.write_over_damage(&first)?.serial, 3);
    Ok(())
}

#[test]
fn what_began_from_a_serial_that_is_no_longer_kept_is_refused() -> Outcome {
    let (_folder, store) = store();
    let store = store.keeping(NonZeroUsize::new(1).ok_or("1 is not 0")?);
    let first = write_all(&store, [1])?;
    write_all(&store, [2, 3])?;
    assert_eq!(history(&store), ["3.json.gz"]);
    let locked = lock(&store)?;
    assert!(matches!(locked.write(&stack(9), None, Some(&first)), Err(StateError::Changed { .. })));
    assert!(matches!(locked.write(&stack(9), None, None), Err(StateError::Changed { .. })));
    assert_eq!(history(&store), ["3.json.gz"]);
    Ok(())
}
