//! State in buckets: S3 as moto's server speaks it, every request signed, and Azure's blobs as azurite speaks them. Everything is on this
//! machine. What only a bucket in memory can do wrong is tested beside the code.

mod servers;

use crate::support::{Outcome, Project, outcome, stack_of};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A bucket, and what lets a command speak with it.
struct Cloud {
    /// The URL, without a prefix.
    url: &'static str,
    environment: Vec<(&'static str, String)>,
}

fn s3_as(user: &str) -> Option<Cloud> {
    let server = servers::s3()?;
    let text = |value: &Value| value.as_str().expect("it is text").to_owned();
    let keys = &server.said[user];
    Some(Cloud {
        url: "s3://states",
        environment: vec![
            ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{}", server.said["port"])),
            ("AWS_ALLOW_HTTP", "true".to_owned()),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", text(&keys[0])),
            ("AWS_SECRET_ACCESS_KEY", text(&keys[1])),
        ],
    })
}

fn s3() -> Option<Cloud> {
    s3_as("writer")
}

fn azure() -> Option<Cloud> {
    let server = servers::azure()?;
    let url = server.said["url"].as_str().expect("it is text").to_owned();
    let environment = vec![("AZURE_STORAGE_USE_EMULATOR", "true".to_owned()), ("AZURITE_BLOB_STORAGE_URL", url)];
    Some(Cloud { url: "az://states", environment })
}

impl Cloud {
    fn place(&self, prefix: &str) -> String {
        format!("{}/{prefix}", self.url)
    }

    fn with(&self, name: &'static str, value: &str) -> Cloud {
        let mut environment = self.environment.clone();
        environment.retain(|(known, _)| *known != name);
        environment.push((name, value.to_owned()));
        Cloud { url: self.url, environment }
    }

    fn give(&self, mut command: Command) -> Command {
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    fn script(&self, project: &Project, calls: &str, flags: &[&str]) -> Outcome {
        outcome(&mut self.give(project.script_command("run", calls, flags)))
    }

    fn state(&self, project: &Project, args: &[&str]) -> Outcome {
        outcome(&mut self.give(project.command(&[&["state"], args].concat())))
    }
}

/// What a user does with state, wherever it is.
fn state_is_kept(cloud: &Cloud) {
    let project = Project::new();
    let place = cloud.place("kept");
    project.write("tapwasm.toml", format!("state = {place:?}\n"));
    cloud.script(&project, &stack_of("one"), &[]).expect(0);
    let second = cloud.script(&project, &stack_of("two"), &[]).expect(0);
    assert!(second.stdout.contains("input: \"one\" -> \"two\""), "{}", second.stdout);
    second.says(&["app: compared with serial 1"]);
    assert!(!project.path().join(".tapwasm").exists());
    cloud.state(&project, &["verify"]).expect(0).says(&["app: 2 serials are as they were written"]);
    assert_eq!(cloud.state(&project, &["lock-info"]).expect(0).stdout, "app  not locked\n");
    cloud
        .state(&project, &["rollback", "app", "1"])
        .expect(0)
        .says(&["serial 3 holds what serial 1 held", "Nothing in the cloud changes"]);
    let listed = cloud.state(&project, &["history", "app"]).expect(0).stdout;
    assert!(listed.lines().count() == 3 && listed.starts_with("serial 3  20"), "{listed}");
    cloud.state(&project, &["mark-applied", "app", "--serial", "2"]).expect(0).says(&["serial 2 is marked as applied"]);
    let told = cloud.script(&project, &stack_of("two"), &[]).expect(0);
    assert!(told.stdout.contains("No changes."), "{}", told.stdout);
    told.says(&["compared with serial 2, which was applied; serial 3 was emitted since"]);
}

#[test]
fn state_is_kept_in_s3() {
    let Some(cloud) = s3() else { return };
    state_is_kept(&cloud);
}

#[test]
fn state_is_kept_in_azure() {
    let Some(cloud) = azure() else { return };
    state_is_kept(&cloud);
}

/// Sixteen processes at once, each with another change, all on one stack.
fn races_lose_nothing(cloud: &Cloud, prefix: &str) {
    let place = cloud.place(prefix);
    let projects: Vec<Project> = (0..16).map(|_| Project::new()).collect();
    let run = |(n, project): (usize, &Project)| {
        let mut command = cloud.give(project.script_command("run", &stack_of(&format!("run {n}")), &["--state", &place]));
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the binary starts")
    };
    let children: Vec<_> = projects.iter().enumerate().map(run).collect();
    let mut landed = BTreeSet::new();
    for (n, child) in children.into_iter().enumerate() {
        let output = child.wait_with_output().expect("it ends");
        let told = String::from_utf8_lossy(&output.stderr);
        match output.status.code() {
            Some(0) => _ = landed.insert(n),
            code => assert!(code == Some(1) && told.contains("un again"), "{n} neither landed nor was told to try again: {told}"),
        }
    }
    assert!(!landed.is_empty());
    let project = &projects[0];
    cloud.state(project, &["verify", "--state", &place]).expect(0);
    let listed = cloud.state(project, &["history", "app", "--state", &place, "--format", "json"]).expect(0).stdout;
    let listed: Value = serde_json::from_str(&listed).expect("it is JSON");
    let serials = listed["history"].as_array().expect("a list").len();
    assert_eq!(serials, landed.len(), "as many serials as runs that landed");
    let texts: Vec<String> = (1..=serials)
        .map(|serial| {
            cloud.state(project, &["export", "app", "--serial", &serial.to_string(), "--state", &place]).expect(0).stdout
        })
        .collect();
    for n in landed {
        assert_eq!(texts.iter().filter(|text| text.contains(&format!("\"run {n}\""))).count(), 1, "run {n} is stored once");
    }
}

#[test]
fn sixteen_runs_at_once_on_s3_lose_nothing() {
    let Some(cloud) = s3() else { return };
    races_lose_nothing(&cloud, "races");
}

#[test]
fn sixteen_runs_at_once_on_azure_lose_nothing() {
    let Some(cloud) = azure() else { return };
    races_lose_nothing(&cloud, "races");
}

#[test]
fn what_s3_refuses_is_told_and_nothing_is_written() {
    let (Some(cloud), Some(stranger)) = (s3(), s3_as("stranger")) else { return };
    let project = Project::new();
    let place = cloud.place("refused");
    let told = |cloud: &Cloud, place: &str, said: &[&str]| {
        let outcome = cloud.script(&project, &stack_of("one"), &["--state", place]).expect(1);
        outcome.says(said);
        assert!(!project.path().join("tapwasm.out/stacks").exists(), "something was emitted");
    };
    told(&stranger, &place, &["s3://states/refused", "the cloud denies it", "s3:PutObject", "Nothing was written"]);
    told(&cloud, "s3://elsewhere/x", &["there is no such bucket", "Make the bucket first"]);
    told(
        &cloud.with("AWS_SECRET_ACCESS_KEY", "wrong"),
        &place,
        &["the credentials are not known to the cloud", "AWS_ACCESS_KEY_ID"],
    );
    told(&cloud.with("AWS_ACCESS_KEY_ID", "AKIAUNKNOWN"), &place, &["the credentials are not known to the cloud"]);
    told(&cloud.with("AWS_ENDPOINT_URL", "http://127.0.0.1:1"), &place, &["the cloud cannot be reached", "run again"]);
    let outcome = cloud.script(&project, &stack_of("one"), &["--state", "s4://states"]);
    outcome.expect(64).says(&["there is no kind of store `s4`", "did you mean `s3://`?"]);
    // All is as it should be for who may.
    cloud.script(&project, &stack_of("one"), &["--state", &place]).expect(0);
}

#[test]
fn state_moves_to_s3_and_back() {
    let Some(cloud) = s3() else { return };
    let project = Project::new();
    project.write("tapwasm.toml", "# ours\nhistory = 5\n");
    ["one", "two", "three"].iter().for_each(|input| drop(cloud.script(&project, &stack_of(input), &[]).expect(0)));
    cloud.state(&project, &["mark-applied", "app", "--serial", "2"]).expect(0);
    let place = cloud.place("moved");
    cloud.state(&project, &["migrate", &place]).expect(0).says(&[
        "app: 3 serials are in s3://states/moved, as they were written",
        "tapwasm.toml says `state = \"s3://states/moved\"` now",
    ]);
    assert_eq!(project.read("tapwasm.toml"), "# ours\nhistory = 5\nstate = \"s3://states/moved\"\n");
    cloud.state(&project, &["verify"]).expect(0).says(&["app: 3 serials"]);
    cloud
        .script(&project, &stack_of("four"), &[])
        .expect(0)
        .says(&["compared with serial 2, which was applied; serial 3 was emitted"]);
    // Whoever has not heard of it is told.
    let stale = cloud.script(&project, &stack_of("five"), &["--state", ".tapwasm"]).expect(1);
    stale.says(&[".tapwasm was moved to s3://states/moved", "tapwasm.toml"]);
    cloud.state(&project, &["migrate", ".tapwasm"]).expect(0);
    assert!(project.read("tapwasm.toml").contains("state = \".tapwasm\""));
    assert_eq!(cloud.state(&project, &["history", "app"]).expect(0).stdout.lines().count(), 4);
    cloud.script(&project, &stack_of("six"), &[]).expect(0);
    cloud.state(&project, &["list", "--state", &place]).expect(1).says(&["was moved to .tapwasm"]);
}

#[cfg(unix)]
#[test]
fn who_is_killed_leaves_a_lock_that_is_broken_on_purpose_and_who_is_interrupted_leaves_none() {
    let Some(cloud) = s3() else { return };
    let project = Project::new();
    let place = cloud.place("locks");
    cloud.script(&project, &stack_of("one"), &["--state", &place]).expect(0);
    // A command that holds the lock for as long as it waits for another one.
    let blocked = |project: &Project| {
        std::fs::create_dir_all(project.path().join("tapwasm.out")).expect("the folder can be made");
        let out = std::fs::File::create(project.path().join("tapwasm.out/.tapwasm.lock")).expect("the lock can be made");
        out.lock().expect("nobody else holds it");
        let mut command = cloud.give(project.script_command("run", &stack_of("two"), &["--state", &place]));
        let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        let info = || cloud.state(project, &["lock-info", "app", "--state", &place, "--format", "json"]).expect(0).stdout;
        let begun = Instant::now();
        while !info().contains("\"locked\": true") {
            assert!(begun.elapsed() < Duration::from_secs(60), "it never locked");
            std::thread::sleep(Duration::from_millis(100));
        }
        (child, out)
    };
    let signal = |child: &std::process::Child, name: &str| {
        let sent = Command::new("kill").args([name, &child.id().to_string()]).status().expect("kill starts");
        assert!(sent.success());
    };
    let (mut interrupted, out) = blocked(&project);
    signal(&interrupted, "-INT");
    assert_eq!(interrupted.wait().expect("it ends").code(), Some(130));
    assert_eq!(cloud.state(&project, &["lock-info", "--state", &place]).expect(0).stdout, "app  not locked\n");
    drop(out);

    let (mut killed, out) = blocked(&project);
    signal(&killed, "-KILL");
    killed.wait().expect("it ends");
    let mut said = String::new();
    killed.stderr.take().expect("it is piped").read_to_string(&mut said).expect("it is text");
    drop(out);
    let told = cloud.script(&project, &stack_of("three"), &["--state", &place]).expect(1);
    told.says(&["is locked by a process that is gone, `tapwasm run", "It will not release the lock"]);
    let text = cloud.state(&project, &["lock-info", "--state", &place]).expect(0).stdout;
    let id = text.split("--id ").nth(1).and_then(|rest| rest.split('`').next()).unwrap_or_else(|| panic!("{text}")).to_owned();
    cloud
        .state(&project, &["unlock", "app", "--id", "other", "--state", &place])
        .expect(1)
        .says(&["not locked under the id `other`"]);
    cloud
        .state(&project, &["unlock", "app", "--id", &id, "--state", &place])
        .expect(0)
        .says(&["took the lock away from `tapwasm run"]);
    cloud.script(&project, &stack_of("three"), &["--state", &place]).expect(0);
    cloud.state(&project, &["verify", "--state", &place]).expect(0);
}
