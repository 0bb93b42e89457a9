//! Servers on this machine that speak the clouds' languages. What they need is installed below `target`, once.

use crate::support::{skipped, workspace};
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{LazyLock, OnceLock};

/// Installed as it is named here, so that it is the same everywhere.
const MOTO: [&str; 5] = ["moto[s3,iam]==5.2.5", "flask==3.1.3", "flask-cors==6.0.5", "werkzeug==3.1.9", "boto3==1.44.8"];
const AZURITE: [&str; 2] = ["azurite@3.37.0", "@azure/storage-blob@12.32.0"];

/// A server that runs as long as the tests do, and what it said of itself.
pub(super) struct Server {
    pub(super) said: Value,
    // It ends with its standard input.
    _stdin: ChildStdin,
    _child: Child,
}

/// S3, with the bucket `states` and two users: `writer` may do everything, `stranger` nothing.
pub(super) fn s3() -> Option<&'static Server> {
    static SERVER: LazyLock<Option<Server>> = LazyLock::new(|| {
        let folder = installed("moto", |folder| {
            run(Command::new("python3").args(["-m", "venv"]).arg(folder));
            run(Command::new(folder.join("bin/python"))
                .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
                .args(MOTO));
        })?;
        Some(start(Command::new(folder.join("bin/python")).arg(here("s3_server.py"))))
    });
    SERVER.as_ref()
}

/// Azure's blobs, with the container `states`.
pub(super) fn azure() -> Option<&'static Server> {
    static SERVER: LazyLock<Option<Server>> = LazyLock::new(|| {
        let folder = installed("azurite", |folder| {
            std::fs::create_dir_all(folder).expect("the folder can be made");
            run(Command::new("npm")
                .args(["install", "--silent", "--no-audit", "--no-fund", "--prefix"])
                .arg(folder)
                .args(AZURITE));
        })?;
        Some(start(Command::new("node").arg(here("blob_server.js")).env("NODE_PATH", folder.join("node_modules"))))
    });
    SERVER.as_ref()
}

/// Installs something once for all runs of the tests. Without the language that it needs the test is skipped.
fn installed(name: &str, install: impl Fn(&Path)) -> Option<PathBuf> {
    static CLOUDS: OnceLock<PathBuf> = OnceLock::new();
    let root = CLOUDS.get_or_init(|| workspace().join("target/clouds"));
    let language = if name == "moto" { "python3" } else { "node" };
    if !Command::new(language).arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success()) {
        skipped(&format!("{language} is not here"));
        return None;
    }
    std::fs::create_dir_all(root).expect("the folder can be made");
    let lock = File::create(root.join(format!("{name}.lock"))).expect("the lock can be made");
    lock.lock().expect("nobody holds it for ever");
    let (folder, done) = (root.join(name), root.join(format!("{name}.done")));
    let versions = format!("{MOTO:?} {AZURITE:?}");
    if std::fs::read_to_string(&done).ok().as_deref() != Some(&versions) {
        let _ = std::fs::remove_dir_all(&folder);
        install(&folder);
        std::fs::write(&done, versions).expect("it can be noted");
    }
    Some(folder)
}

fn here(name: &str) -> PathBuf {
    workspace().join("tests/it/clouds").join(name)
}

fn run(command: &mut Command) {
    let output = command.output().expect("it starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn start(command: &mut Command) -> Server {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut line = String::new();
    let mut stdout = BufReader::new(child.stdout.take().expect("it is piped"));
    stdout.read_line(&mut line).expect("it says where it is");
    let said = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{command:?} said {line:?}"));
    // What it says later is of no interest, but nobody must stop reading.
    std::thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
    Server { said, _stdin: child.stdin.take().expect("it is piped"), _child: child }
}
