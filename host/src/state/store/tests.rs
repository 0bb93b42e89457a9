use super::*;
use crate::model::Expression;
use crate::state::arbitrary::{graph, resource};
use tempfile::TempDir;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn store() -> (TempDir, Store) {
    let folder = TempDir::new().expect("a temporary folder");
    let store = Store::new(folder.path().join("state")).patience(Duration::ZERO);
    (folder, store)
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
        let previous = locked.read_for("payments")?;
        locked.write(&stack(days), previous.as_ref())?;
    }
    Ok(locked.read_for("payments")?.expect("something is stored"))
}

fn stack_folder(store: &Store) -> PathBuf {
    store.folder.join("stacks").join("dev")
}

fn history(store: &Store) -> Vec<String> {
    file_names(&stack_folder(store).join("history")).expect("a history")
}

/// Shows an error as users see it, without what differs from run to run.
fn message<T: std::fmt::Debug>(result: Result<T, StateError>, store: &Store) -> String {
    let text = result.expect_err("an error").to_string();
    let text = text.replace(&store.folder.display().to_string(), "<state>");
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
    assert_eq!(history(&store), ["1.json", "2.json", "3.json"]);
    assert_eq!(store.stacks()?, ["dev"]);
    let kept = File::open(stack_folder(&store).join("history/1.json"))?;
    assert_eq!(file_v1::read(kept).map_err(|error| format!("{error:?}"))?, first);
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
    let before = fs::metadata(stack_folder(&store).join("snapshot.json"))?.modified()?;
    let written = lock(&store)?.write(&stack(1), Some(&first))?;
    assert_eq!(written, Written { lineage: first.lineage, serial: 1, changed: false });
    assert_eq!(fs::metadata(stack_folder(&store).join("snapshot.json"))?.modified()?, before);
    Ok(())
}

#[test]
fn the_history_keeps_a_thousand_serials() -> Outcome {
    let (_folder, store) = store();
    write_all(&store, [1, 2])?;
    let history_folder = stack_folder(&store).join("history");
    let entry = fs::read(history_folder.join("2.json"))?;
    // As if 1200 had been stored, by hand: writing them takes long.
    for serial in 3..=1200 {
        fs::write(history_folder.join(format!("{serial}.json")), &entry)?;
    }
    let snapshot = File::open(stack_folder(&store).join("snapshot.json"))?;
    let current = file_v1::read(snapshot).map_err(|error| format!("{error:?}"))?;
    let header =
        Header { lineage: current.lineage.clone(), serial: 1200, program: current.program.clone(), stack: current.stack.clone() };
    let bytes = file_v1::write(&header, current.entries.iter().map(EntryRef::from))?;
    fs::write(stack_folder(&store).join("snapshot.json"), bytes)?;
    write_all(&store, [3])?;
    let left = history(&store);
    assert_eq!(left.len(), 1000);
    assert!(
        !left.contains(&"201.json".to_owned()) && left.contains(&"202.json".to_owned()) && left.contains(&"1201.json".to_owned())
    );
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
    assert_eq!(history(&store), ["4.json", "5.json"]);
    assert_eq!(store.read("dev")?.map(|snapshot| snapshot.serial), Some(5));
    Ok(())
}

#[test]
fn a_write_that_was_killed_before_its_history_entry_is_completed_by_the_next() -> Outcome {
    let (_folder, store) = store();
    write_all(&store, [1, 2])?;
    fs::remove_file(stack_folder(&store).join("history/2.json"))?;
    fs::write(stack_folder(&store).join("history/2.json.tapwasm-tmp"), "half of i")?;
    assert_eq!(store.read("dev")?.map(|snapshot| snapshot.serial), Some(2));
    write_all(&store, [3])?;
    assert_eq!(history(&store), ["1.json", "2.json", "3.json"]);
    Ok(())
}

#[test]
fn a_stack_may_become_empty() -> Outcome {
    let (_folder, store) = store();
    let first = write_all(&store, [1])?;
    lock(&store)?.write(&graph(Vec::new()), Some(&first))?;
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
    let message = message(refused, &store).replace(&host(), "<host>").replace("for 1 s)", "for 0 s)");
    insta::assert_snapshot!(message, @r"
    <state>/stacks/dev is locked by `tapwasm run payments` (process <pid> on <host>, for 0 s); gave up after 0 s
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
    let text = message(lock(&store)?.write(&stack(3), Some(&first)), &store).replace(first.lineage.as_str(), "<lineage>");
    insta::assert_snapshot!(text, @r"
    <state>/stacks/dev/snapshot.json was changed underneath: serial 2 of lineage <lineage> is stored now, and this run began from serial 1 of lineage <lineage>
    Another run was faster. Run again: it will be compared with what is stored now.
    ");
    let text = message(lock(&store)?.write(&stack(3), None), &store).replace(first.lineage.as_str(), "<lineage>");
    insta::assert_snapshot!(text, @r"
    <state>/stacks/dev/snapshot.json was changed underneath: serial 2 of lineage <lineage> is stored now, and this run began from nothing
    Another run was faster. Run again: it will be compared with what is stored now.
    ");
    assert_eq!(store.read("dev")?.map(|snapshot| snapshot.serial), Some(2));
    Ok(())
}

/// Stores two serials, changes the snapshot's text, and returns the message of the next read.
fn changed(change: impl Fn(&str) -> String) -> Result<String, Box<dyn std::error::Error>> {
    let (_folder, store) = store();
    write_all(&store, [1, 2])?;
    let path = stack_folder(&store).join("snapshot.json");
    fs::write(&path, change(&fs::read_to_string(&path)?))?;
    let before = fs::read(&path)?;
    let text = message(store.read_for("payments", "dev"), &store);
    assert!(lock(&store)?.read_for("payments").is_err());
    assert_eq!(fs::read(&path)?, before, "nothing is reset");
    Ok(text)
}

#[test]
fn damage_is_told_with_how_to_go_on() -> Outcome {
    insta::assert_snapshot!(changed(|text| text[..text.len() / 2].to_owned())?, @r"
    <state>/stacks/dev/snapshot.json is damaged: it ends too early (EOF while parsing a string at line 7 column 68)
    It may have been cut off or overwritten. Restore it from a backup or version control, or copy the newest file of `history` beside it over it.
    ");
    insta::assert_snapshot!(changed(|_| String::new())?, @r"
    <state>/stacks/dev/snapshot.json is damaged: it ends too early (EOF while parsing a value at line 1 column 0)
    It may have been cut off or overwritten. Restore it from a backup or version control, or copy the newest file of `history` beside it over it.
    ");
    insta::assert_snapshot!(changed(|text| text.replace("\"retention_in_days\":2", "\"retention_in_days\":90"))?, @r"
    <state>/stacks/dev/snapshot.json is not as tapwasm wrote it: its checksum does not match
    It was edited, badly merged, or damaged on the disk. Restore it from a backup or version control, or copy the newest file of `history` beside it over it.
    ");
    insta::assert_snapshot!(changed(|_| "{\"version\":9,\"lines\":[]}".to_owned())?, @r"
    <state>/stacks/dev/snapshot.json is of version 9, and this tapwasm reads up to version 2
    A newer tapwasm wrote it. Update tapwasm to go on.
    ");
    insta::assert_snapshot!(changed(|_| "{\"name\":\"package.json\"}".to_owned())?, @r#"
    <state>/stacks/dev/snapshot.json is not a snapshot of tapwasm: the line `"declarations":[` is missing
    If something else was put there, move it away and restore the snapshot.
    "#);
    Ok(())
}

#[test]
fn a_snapshot_of_another_history_is_refused() -> Outcome {
    let (_folder, store) = store();
    let (_other_folder, other) = self::store();
    let ours = write_all(&store, [1, 2])?;
    let theirs = write_all(&other, [1, 2, 3])?;
    fs::copy(stack_folder(&other).join("snapshot.json"), stack_folder(&store).join("snapshot.json"))?;
    let text = message(store.read("dev"), &store);
    let text = text.replace(ours.lineage.as_str(), "<ours>").replace(theirs.lineage.as_str(), "<theirs>");
    insta::assert_snapshot!(text, @r"
    <state>/stacks/dev/snapshot.json is of lineage <theirs>, but the history beside it is of lineage <ours>
    The snapshot was copied from another stack's state, or made anew elsewhere. Restore the right one; to keep this one, move the folder `history` away.
    ");
    Ok(())
}

#[test]
fn a_snapshot_that_was_put_back_or_deleted_is_told() -> Outcome {
    let (_folder, store) = store();
    write_all(&store, [1, 2, 3])?;
    let snapshot = stack_folder(&store).join("snapshot.json");
    fs::copy(stack_folder(&store).join("history/1.json"), &snapshot)?;
    insta::assert_snapshot!(message(store.read("dev"), &store), @r"
    <state>/stacks/dev/snapshot.json is of serial 1, but the history beside it goes up to 3
    An older snapshot was put back. Copy `history/3.json` over it to go on from there; to go on from the older one, move the newer files of `history` away.
    ");
    fs::remove_file(&snapshot)?;
    insta::assert_snapshot!(message(store.read("dev"), &store), @r"
    <state>/stacks/dev/snapshot.json is missing, but the history beside it goes up to serial 3
    Copy `history/3.json` to it to go on from there; to begin anew, move the folder `history` away.
    ");
    assert!(lock(&store)?.write(&stack(4), None).is_err());
    // As both messages say:
    fs::copy(stack_folder(&store).join("history/3.json"), &snapshot)?;
    assert_eq!(store.read("dev")?.map(|snapshot| snapshot.serial), Some(3));
    Ok(())
}

#[test]
fn another_program_or_stack_is_refused() -> Outcome {
    let (_folder, store) = store();
    let first = write_all(&store, [1])?;
    insta::assert_snapshot!(message(store.read_for("\u{1b}[2Jnetwork", "dev"), &store), @r"
    <state>/stacks/dev/snapshot.json belongs to program `payments`, not to `\u{1b}[2Jnetwork`
    Two programs cannot share a stack's state: choose another state folder with `--state`, or another name for the stack.
    ");
    let theirs = ResourceGraph { program: "network".to_owned(), ..stack(2) };
    assert!(matches!(lock(&store)?.write(&theirs, Some(&first)), Err(StateError::OtherProgram { .. })));
    fs::rename(stack_folder(&store), store.folder.join("stacks/prod"))?;
    insta::assert_snapshot!(message(store.read("prod"), &store), @r"
    <state>/stacks/prod/snapshot.json is the snapshot of stack `dev`, not of `prod`
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
    let path = stack_folder(&store).join("snapshot.json");
    fs::remove_file(&path)?;
    fs::create_dir(&path)?;
    insta::assert_snapshot!(message(store.read("dev"), &store), @r"
    cannot read <state>/stacks/dev/snapshot.json: Is a directory (os error 21)
    Check that the path is right and that you may read it.
    ");
    let file = store.folder.join("file");
    fs::write(&file, "")?;
    let inside = Store::new(file.join("state"));
    assert!(matches!(lock(&inside), Err(StateError::Unwritable { .. })));
    Ok(())
}

#[test]
fn what_cannot_be_read_again_is_not_stored() -> Outcome {
    let (_folder, store) = store();
    let nested = (0..300).fold(Expression::Null, |inner, _| Expression::List(vec![inner]));
    let graph = graph(vec![resource("t", "n", &[("a", nested)])]);
    insta::assert_snapshot!(message(lock(&store)?.write(&graph, None), &store), @"cannot store this stack in <state>/stacks/dev/snapshot.json: nested deeper than 200 levels");
    assert_eq!(store.read("dev")?, None);
    Ok(())
}
