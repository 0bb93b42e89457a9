//! Several runs at once on one state: one waits for the other, nothing is lost.

use crate::support::{Project, outcome, stack_of};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

fn start(mut command: Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts")
}

#[track_caller]
fn finish(children: Vec<Child>) {
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn sixteen_runs_at_once_are_all_stored() {
    let project = Project::new();
    finish((0..16).map(|n| start(project.script_command("run", &stack_of(&format!("run {n}")), &[]))).collect());
    let serials: Vec<u64> = (1..=16).collect();
    let history = |serial: &u64| project.serial("app", *serial);
    let texts: Vec<String> = serials.iter().map(history).collect();
    for (serial, text) in serials.iter().zip(&texts) {
        assert!(text.contains(&format!("\"serial\":{serial},")), "{text}");
    }
    for n in 0..16 {
        assert_eq!(texts.iter().filter(|text| text.contains(&format!("\"run {n}\""))).count(), 1, "run {n} is stored once");
    }
    let last = (0..16).find(|n| texts[15].contains(&format!("\"run {n}\""))).unwrap();
    assert!(project.read("tapwasm.out/stacks/app/main.tf.json").contains(&format!("\"run {last}\"")));
    let diff = outcome(&mut project.script_command("diff", &stack_of(&format!("run {last}")), &["--detailed-exitcode"]));
    diff.expect(0);
}

#[test]
fn programs_with_the_same_stacks_in_another_order_do_not_wait_for_each_other_for_ever() {
    let project = Project::new();
    let begun = std::time::Instant::now();
    let orders = [["a", "b", "c"], ["c", "b", "a"]];
    let command = |n: usize| {
        let stacks = orders[n % 2].map(|stack| stack_of(&format!("run {n}")).replace("\"app\"", &format!("{stack:?}")));
        start(project.script_command("run", &stacks.join(", "), &[]))
    };
    finish((0..12).map(command).collect());
    assert!(begun.elapsed().as_secs() < 50, "they waited until they gave up");
}

#[test]
fn stacks_in_one_out_folder_with_states_of_their_own_are_all_named_in_the_manifest() {
    let project = Project::new();
    let command = |n: usize| {
        let calls = stack_of("x").replace("\"app\"", &format!("\"app{n}\""));
        start(project.script_command("run", &calls, &["--state", &format!("state{n}")]))
    };
    finish((0..6).map(command).collect());
    let manifest = project.read("tapwasm.out/manifest.json");
    for n in 0..6 {
        assert!(manifest.contains(&format!("\"app{n}\"")), "{manifest}");
        assert!(project.path().join(format!("tapwasm.out/stacks/app{n}/main.tf.json")).is_file());
    }
}

#[test]
fn who_waits_is_told_for_whom() {
    let project = Project::new();
    project.script(&stack_of("first")).expect(0);
    let path = project.path().join(".tapwasm/stacks/app/lock");
    let holder = r#"{"pid": 4711, "host": "build-7", "command": "tapwasm run payments", "since": 1}"#;
    std::fs::write(&path, holder).unwrap();
    let lock = File::open(&path).unwrap();
    lock.lock().unwrap();
    let before = project.files();
    let mut child = start(project.script_command("run", &stack_of("second"), &["--color=never"]));
    let mut said = String::new();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    stderr.read_line(&mut said).unwrap();
    assert!(said.starts_with("Waiting for `tapwasm run payments` (process 4711 on build-7"), "{said}");
    // Who only looks need not wait.
    outcome(&mut project.script_command("diff", &stack_of("third"), &[])).expect(0);
    assert_eq!(project.files(), before, "who waits has written something");
    lock.unlock().unwrap();
    assert!(child.wait().unwrap().success());
    assert!(project.read("tapwasm.out/stacks/app/main.tf.json").contains("second"));
}
