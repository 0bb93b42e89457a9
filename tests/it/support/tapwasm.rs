//! The binary, run in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A project in a temporary folder, with a cache of compiled components that all tests share.
pub(crate) struct Project {
    folder: TempDir,
}

/// What a run of the binary left.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Project {
    pub(crate) fn new() -> Project {
        Project { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Returns another project with the same files.
    pub(crate) fn copy(&self) -> Project {
        let copy = Project::new();
        for (path, content) in self.entries() {
            let to = copy.path().join(path.strip_prefix(self.path()).expect("it is below"));
            if path.is_dir() {
                std::fs::create_dir_all(to).expect("folders can be made");
            } else {
                std::fs::create_dir_all(to.parent().expect("a file in the project")).expect("folders can be made");
                std::fs::write(to, content).expect("files can be written");
            }
        }
        copy
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a file in the project")).expect("folders can be made");
        std::fs::write(&path, content).expect("files can be written");
        path
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Prepares a run in this folder: nothing of the machine's environment but PATH and HOME.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        self.tool(env!("CARGO_BIN_EXE_tapwasm"), args)
    }

    /// Prepares a run of another program in this folder, with the same environment.
    pub(crate) fn tool(&self, program: &str, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(args).current_dir(self.path()).env_clear();
        for name in ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME"] {
            command.envs(std::env::var_os(name).map(|value| (name, value)));
        }
        command.env("XDG_CACHE_HOME", cache_home());
        // Not the key of whoever runs the tests.
        command.env("XDG_CONFIG_HOME", self.path().join("configuration"));
        command
    }

    /// Runs the binary in this folder.
    pub(crate) fn run(&self, args: &[&str]) -> Outcome {
        outcome(&mut self.command(args))
    }

    /// Returns the text of a serial that is stored in this folder.
    pub(crate) fn serial(&self, stack: &str, serial: u64) -> String {
        self.run(&["state", "export", stack, "--serial", &serial.to_string()]).expect(0).stdout
    }

    /// Tells whether there is nothing in this folder, not even a folder.
    pub(crate) fn is_empty(&self) -> bool {
        std::fs::read_dir(self.path()).expect("folders can be read").next().is_none()
    }

    /// Returns every file and folder below this folder with its content.
    pub(crate) fn entries(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut entries = self.files();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("folders can be read") {
                let path = entry.expect("entries can be read").path();
                if path.is_dir() {
                    entries.push((path.clone(), Vec::new()));
                    folders.push(path);
                }
            }
        }
        entries.sort();
        entries
    }

    /// Returns every file below this folder with its content, for "nothing was changed".
    pub(crate) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        collect(self.path(), &mut files);
        files.sort();
        files
    }
}

/// Runs a command to its end.
pub(crate) fn outcome(command: &mut Command) -> Outcome {
    let output = command.output().expect("the binary starts");
    Outcome {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).expect("output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("output is UTF-8"),
    }
}

impl Outcome {
    /// Expects an exit code; shows everything where it is another.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Outcome {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Expects texts on standard error.
    #[track_caller]
    pub(crate) fn says(self, texts: &[&str]) -> Outcome {
        for text in texts {
            assert!(self.stderr.contains(text), "no {text:?} in standard error:\n{}", self.stderr);
        }
        self
    }
}

/// One cache for all tests: components are compiled once.
fn cache_home() -> PathBuf {
    super::workspace().join("target").join("test-cache")
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("folders can be read") {
        let path = entry.expect("entries can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push((path.clone(), std::fs::read(&path).expect("files can be read")));
        }
    }
}
