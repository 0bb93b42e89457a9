//! Runs that are killed, at each step of theirs on the file system and at any moment, and runs whose disk is full from one step on: nothing of
//! Terraform's is touched, `main.tf.json` is the old one or the new one and names no missing file, what is stored verifies and is the old
//! serial or the new one, and the next run completes it or undoes it.

use crate::support::{Outcome, Project, outcome, stack_of, stack_with_assets};
use std::collections::BTreeSet;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

const CONFIGURATION: &str = "tapwasm.out/stacks/app/main.tf.json";
const FOREIGN: [&str; 3] = ["terraform.tfstate", ".terraform.lock.hcl", ".terraform/modules.json"];

/// A project with Terraform's files where they stand, and whatever was run in it before.
fn project(before: &[&str]) -> Project {
    let project = Project::new();
    for name in FOREIGN {
        project.write(&format!("tapwasm.out/stacks/app/{name}"), name);
    }
    project.write("tapwasm.toml", "[assets]\nold = \"given/old\"\nnew = \"given/new\"\n");
    for path in ["old/a", "old/in/b", "old/in/deep/c", "new/a", "new/in/d"] {
        project.write(&format!("given/{path}"), path);
    }
    before.iter().for_each(|calls| _ = project.script(calls).expect(0));
    project
}

/// What may be found after a run that did not come to its end.
#[derive(Default)]
struct Allowed {
    configurations: Vec<Option<String>>,
    /// Of serials, as they are shown.
    stored: Vec<Option<String>>,
}

impl Allowed {
    fn either(projects: &[&Project]) -> Allowed {
        Allowed {
            configurations: projects.iter().map(|project| configuration(project)).collect(),
            stored: projects.iter().map(|project| stored(project)).collect(),
        }
    }
}

/// Checks what must hold at any time.
#[track_caller]
fn check(project: &Project, allowed: &Allowed) {
    for name in FOREIGN {
        assert_eq!(project.read(&format!("tapwasm.out/stacks/app/{name}")), name);
    }
    let configuration = configuration(project);
    assert!(allowed.configurations.contains(&configuration), "neither old nor new: {configuration:?}");
    project.run(&["state", "verify"]).expect(0);
    let stored = stored(project);
    assert!(allowed.stored.contains(&stored), "neither the old serial nor the new one: {stored:?}");
    for asset in configuration.iter().flat_map(|text| text.split('"')).filter(|text| text.starts_with("assets/")) {
        let path = project.path().join("tapwasm.out/stacks/app").join(asset);
        assert!(path.is_file(), "{asset} is named and missing");
    }
}

/// Checks that a project is as if nothing had ever been killed: its folder, its state, and no file besides.
#[track_caller]
fn check_whole(project: &Project, expected: &Project) {
    assert_eq!(project.emitted(), expected.emitted());
    assert_eq!(names(project), names(expected));
}

/// Returns every path in a project. Of histories, which may have grown, only whether each entry is there.
fn names(project: &Project) -> BTreeSet<String> {
    let entries = project.files().into_iter();
    entries.map(|(path, _)| path.strip_prefix(project.path()).unwrap().display().to_string()).collect()
}

fn configuration(project: &Project) -> Option<String> {
    std::fs::read_to_string(project.path().join(CONFIGURATION)).ok()
}

/// Returns the newest serial with what it holds; nothing where none is stored.
fn stored(project: &Project) -> Option<String> {
    let shown = project.run(&["state", "show", "app"]);
    match shown.code {
        0 => Some(shown.stdout),
        _ => {
            shown.expect(1).says(&["nothing is stored yet"]);
            None
        }
    }
}

#[track_caller]
fn check_tidy(project: &Project) {
    assert!(names(project).iter().all(|name| !name.contains("tapwasm-tmp")), "{:#?}", names(project));
}

fn killed_at(mut command: Command, step: u32) -> ExitStatus {
    command.env("TAPWASM_TEST_DIE_AT_STEP", step.to_string()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().expect("the binary starts")
}

/// Runs a command whose disk is full from this step on: it says what it could not write, and what to do, or only cleaning up was left.
#[track_caller]
fn full_at(mut command: Command, step: u32) -> Outcome {
    let ended = outcome(command.env("TAPWASM_TEST_FAIL_AT_STEP", step.to_string()));
    assert!(matches!(ended.code, 0 | 1), "step {step}: {ended:#?}");
    if ended.code == 1 {
        let is_told = [".tapwasm", "tapwasm.out"].iter().any(|root| ended.stderr.contains(&format!(" {root}")));
        assert!(is_told && ended.stderr.contains("then run again"), "step {step}:\n{}", ended.stderr);
    }
    ended
}

/// Kills the change from `before` to `after` at each of its steps, or fills the disk; each time, goes on and goes back. Returns how many steps
/// there were.
#[track_caller]
fn sweep(before: &[&str], after: &str) -> u32 {
    // A release build has no such steps.
    if !cfg!(debug_assertions) {
        return u32::MAX;
    }
    let old = project(before);
    let new = old.copy();
    new.script(after).expect(0);
    let allowed = Allowed::either(&[&old, &new]);
    for step in 1.. {
        let killed = old.copy();
        let status = killed_at(killed.script_command("run", after, &[]), step);
        if status.success() {
            check_whole(&killed, &new);
            return step - 1;
        }
        assert_eq!(status.code(), None, "it failed instead of dying at step {step}");
        check(&killed, &allowed);
        // Who looks is not disturbed.
        outcome(&mut killed.script_command("diff", after, &[])).expect(0);

        if let Some(last) = before.last() {
            let undone = killed.copy();
            undone.script(last).expect(0);
            assert_eq!(undone.emitted(), old.emitted(), "undone after step {step}");
            check_tidy(&undone);
        }
        killed.script(after).expect(0);
        check_whole(&killed, &new);

        let full = old.copy();
        full_at(full.script_command("run", after, &["--color=never"]), step);
        check(&full, &allowed);
        full.script(after).expect(0);
        check_whole(&full, &new);
    }
    unreachable!("the steps come to an end")
}

#[test]
fn a_first_run_may_be_killed_at_each_step() {
    let n_steps = sweep(&[], &stack_with_assets("first"));
    assert!(n_steps > 20, "{n_steps} steps are too few: assets, configuration, snapshot, history, manifest");
}

#[test]
fn an_update_may_be_killed_at_each_step() {
    let n_steps = sweep(&[&stack_with_assets("first")], &stack_with_assets("second"));
    assert!(n_steps > 20, "{n_steps} steps are too few");
}

#[test]
fn a_folder_that_takes_the_place_of_another_may_be_killed_at_each_step() {
    let with_folder = |grant: &str| format!(r#"{}, {{"folder-asset": ["files", "{grant}"]}}"#, stack_of(grant));
    let n_steps = sweep(&[&with_folder("old")], &with_folder("new"));
    assert!(n_steps > 20, "{n_steps} steps are too few");
}

#[test]
fn an_update_that_only_takes_away_may_be_killed_at_each_step() {
    sweep(&[&stack_with_assets("first")], &stack_of("second"));
}

#[test]
fn a_run_that_completes_a_killed_one_may_be_killed_itself() {
    let (first, second, third) = (stack_with_assets("first"), stack_with_assets("second"), stack_with_assets("third"));
    let old = project(&[&first]);
    let middle = project(&[&first, &second]);
    let (expected, further) = (project(&[&first, &third]), project(&[&first, &second, &third]));
    let allowed = Allowed::either(&[&old, &middle, &expected, &further]);
    for (one, two) in [(6, 9), (12, 3), (14, 20), (18, 8), (22, 12), (25, 26), (30, 16)] {
        let project = old.copy();
        for (calls, step) in [(&second, one), (&third, two)] {
            killed_at(project.script_command("run", calls, &[]), step);
            check(&project, &allowed);
        }
        project.script(&third).expect(0);
        assert_eq!(project.emitted(), expected.emitted(), "killed at {one}, then at {two}");
    }
}

/// Lengths of life by a small generator: the same ones each time, spread over the length of a run.
#[test]
fn a_command_may_be_killed_at_any_moment() {
    let calls: Vec<String> = ["a", "b", "c"].map(stack_with_assets).to_vec();
    let wholes: Vec<Project> = calls.iter().map(|calls| project(&[calls])).collect();
    let mut configurations: Vec<Option<String>> = wholes.iter().map(configuration).collect();
    configurations.push(None);
    let project = project(&[]);
    let begun = Instant::now();
    project.script(&calls[0]).expect(0);
    let longest = begun.elapsed().as_micros() as u64 * 3 / 2;
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut n_killed = 0;
    let held = |serial: Option<String>| serial.map(|shown| shown.split_once('\n').expect("a line says which it is").1.to_owned());
    let contents: Vec<Option<String>> = wholes.iter().map(|whole| held(stored(whole))).collect();
    let mut newest = 1;
    let n_kills = if std::env::var_os("TAPWASM_SLOW").is_some() { 500 } else { 100 };
    for n in 0..n_kills {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        // Two of ten look back instead: shorter, so their lives are, too.
        let (mut command, longest) = match n % 10 {
            3 => (project.command(&["state", "rollback", "app", &(newest - random % newest.min(3)).to_string()]), longest / 4),
            7 => (project.command(&["state", "mark-applied", "app"]), longest / 4),
            _ => (project.script_command("run", &calls[n % 3], &[]), longest),
        };
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary starts");
        std::thread::sleep(Duration::from_micros(random % longest));
        child.kill().unwrap();
        n_killed += usize::from(!child.wait().unwrap().success());

        let serial = stored(&project).expect("something was stored");
        let number: u64 = serial.split(['\u{20}', ',']).find_map(|word| word.parse().ok()).expect("a line says which it is");
        assert!(number == newest || number == newest + 1, "serial {number} after {newest}");
        newest = number;
        let allowed = Allowed { configurations: configurations.clone(), stored: vec![Some(serial.clone())] };
        check(&project, &allowed);
        assert!(contents.contains(&held(Some(serial))), "a serial of nobody after {n} commands");
        if n % 10 == 9 {
            let next = (n + 1) % 3;
            project.script(&calls[next]).expect(0);
            assert_eq!(project.emitted(), wholes[next].emitted(), "after {n} commands");
            check_tidy(&project);
            newest += u64::from(stored(&project).is_some_and(|serial| serial.contains(&format!("serial {}", newest + 1))));
        }
    }
    assert!(n_killed > n_kills / 5, "{n_killed} of {n_kills} were killed in time");
}

/// Terraform would destroy everything in a folder without a configuration; with two of them it does nothing.
#[test]
fn a_change_of_the_configurations_name_may_be_killed_at_each_step() {
    if !cfg!(debug_assertions) {
        return;
    }
    let (first, second) = (stack_with_assets("first"), stack_with_assets("second"));
    let command = |project: &Project| project.script_command("run", &second, &["--file-name", "cdk.tf.json"]);
    let old = project(&[&first]);
    let expected = old.copy();
    outcome(&mut command(&expected)).expect(0);
    for step in 1.. {
        let killed = old.copy();
        let status = killed_at(command(&killed), step);
        let names = [CONFIGURATION, &CONFIGURATION.replace("main", "cdk")].map(|name| killed.path().join(name).is_file());
        assert!(names[0] || names[1], "no configuration is left after step {step}");
        if status.success() {
            assert_eq!(names, [false, true]);
            assert!(step > 20, "{step} steps are too few");
            return;
        }
        outcome(&mut command(&killed)).expect(0);
        check_whole(&killed, &expected);
    }
}
