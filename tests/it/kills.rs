//! Runs that are killed, at each step of theirs on the file system and at any moment: nothing of Terraform's is touched, `main.tf.json` is
//! the old one or the new one and names no missing file, and the next run completes it or undoes it.

use crate::support::{Project, stack_of, stack_with_assets};
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

/// Checks what must hold at any time.
#[track_caller]
fn check(project: &Project, allowed: &[Option<String>]) {
    for name in FOREIGN {
        assert_eq!(project.read(&format!("tapwasm.out/stacks/app/{name}")), name);
    }
    let configuration = std::fs::read_to_string(project.path().join(CONFIGURATION)).ok();
    assert!(allowed.contains(&configuration), "neither old nor new: {configuration:?}");
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
    Some(project.read(CONFIGURATION))
}

fn killed_at(mut command: Command, step: u32) -> ExitStatus {
    command.env("TAPWASM_TEST_DIE_AT_STEP", step.to_string()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().expect("the binary starts")
}

/// Kills the change from `before` to `after` at each of its steps; each time, goes on and goes back. Returns how many steps there were.
#[track_caller]
fn sweep(before: &[&str], after: &str) -> u32 {
    // A release build has no such steps.
    if !cfg!(debug_assertions) {
        return u32::MAX;
    }
    let old = project(before);
    let new = project(&[before, &[after]].concat());
    let allowed = [before.last().and_then(|_| configuration(&old)), configuration(&new)];
    for step in 1.. {
        let killed = project(before);
        let status = killed_at(killed.script_command("run", after, &[]), step);
        if status.success() {
            check_whole(&killed, &new);
            return step - 1;
        }
        assert_eq!(status.code(), None, "it failed instead of dying at step {step}");
        check(&killed, &allowed);
        // Who looks is not disturbed.
        crate::support::outcome(&mut killed.script_command("diff", after, &[])).expect(0);

        if let Some(last) = before.last() {
            let undone = project(before);
            killed_at(undone.script_command("run", after, &[]), step);
            undone.script(last).expect(0);
            assert_eq!(undone.emitted(), old.emitted(), "undone after step {step}");
            assert!(names(&undone).iter().all(|name| !name.contains("tapwasm-tmp")), "{:#?}", names(&undone));
        }
        killed.script(after).expect(0);
        check_whole(&killed, &new);
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
    let expected = project(&[&first, &third]);
    let old = configuration(&project(&[&first]));
    let middle = configuration(&project(&[&first, &second]));
    let allowed = [old, middle, configuration(&expected)];
    for (one, two) in [(6, 9), (12, 3), (14, 20), (18, 8), (22, 12), (25, 26), (30, 16)] {
        let project = project(&[&first]);
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
fn a_run_may_be_killed_at_any_moment() {
    let calls: Vec<String> = ["a", "b", "c"].map(stack_with_assets).to_vec();
    let wholes: Vec<Project> = calls.iter().map(|calls| project(&[calls])).collect();
    let mut allowed: Vec<Option<String>> = wholes.iter().map(configuration).collect();
    allowed.push(None);
    let project = project(&[]);
    let begun = Instant::now();
    project.script(&calls[0]).expect(0);
    let longest = begun.elapsed().as_micros() as u64 * 3 / 2;
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut n_killed = 0;
    for n in 0..100 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut command = project.script_command("run", &calls[n % 3], &[]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary starts");
        std::thread::sleep(Duration::from_micros(random % longest));
        child.kill().unwrap();
        n_killed += u32::from(!child.wait().unwrap().success());
        check(&project, &allowed);
        if n % 10 == 9 {
            let next = (n + 1) % 3;
            project.script(&calls[next]).expect(0);
            assert_eq!(project.emitted(), wholes[next].emitted(), "after {n} runs");
            assert!(names(&project).iter().all(|name| !name.contains("tapwasm-tmp")), "{:#?}", names(&project));
        }
    }
    assert!(n_killed > 20, "{n_killed} of 100 were killed in time");
}

/// Terraform would destroy everything in a folder without a configuration; with two of them it does nothing.
#[test]
fn a_change_of_the_configurations_name_may_be_killed_at_each_step() {
    if !cfg!(debug_assertions) {
        return;
    }
    let (first, second) = (stack_with_assets("first"), stack_with_assets("second"));
    let command = |project: &Project| project.script_command("run", &second, &["--file-name", "cdk.tf.json"]);
    let expected = project(&[&first]);
    crate::support::outcome(&mut command(&expected)).expect(0);
    for step in 1.. {
        let killed = project(&[&first]);
        let status = killed_at(command(&killed), step);
        let names = [CONFIGURATION, &CONFIGURATION.replace("main", "cdk")].map(|name| killed.path().join(name).is_file());
        assert!(names[0] || names[1], "no configuration is left after step {step}");
        if status.success() {
            assert_eq!(names, [false, true]);
            assert!(step > 20, "{step} steps are too few");
            return;
        }
        crate::support::outcome(&mut command(&killed)).expect(0);
        check_whole(&killed, &expected);
    }
}
