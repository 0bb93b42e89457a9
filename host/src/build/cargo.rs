//! Sole owner of cargo and rustup.

use super::component_of;
use crate::eval::ComponentError;
use serde::Deserialize;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use thiserror::Error;

const TARGET: &str = "wasm32-unknown-unknown";

/// What a build gets of the user's environment: to find its tools and the network, never credentials or another cargo's settings.
const PASSED_ON: [&str; 18] = [
    "PATH",
    "HOME",
    "USERPROFILE",
    "SYSTEMROOT",
    "TMPDIR",
    "TEMP",
    "LANG",
    "CARGO_HOME",
    "RUSTUP_HOME",
    "RUSTUP_DIST_SERVER",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
];

/// What is compiled is what a first run waits for, so guests are linked as one and without what nobody calls. Level 2 was measured against `s`: the
/// components are of one size, and a declaration takes a third less work.
const PROFILE: [&str; 6] = [
    "profile.guest.inherits=\"release\"",
    "profile.guest.opt-level=2",
    "profile.guest.lto=true",
    "profile.guest.codegen-units=1",
    "profile.guest.panic=\"abort\"",
    "profile.guest.strip=\"debuginfo\"",
];

/// Why a crate was not built.
#[derive(Debug, Error)]
pub enum BuildError {
    /// A tool cannot be started.
    #[error("cannot start `{tool}`: {source}. Install Rust with rustup (https://rustup.rs), or give a `.wasm` file.")]
    Start {
        /// Which.
        tool: &'static str,
        /// Why.
        source: io::Error,
    },
    /// The target is missing and cannot be added.
    #[error(
        "the target {TARGET} is not installed and rustup cannot add it: {0}. Run `rustup target add {TARGET}`, or install it with your system's Rust."
    )]
    Target(String),
    /// cargo failed; its own words were shown.
    #[error("cargo could not build {}", .0.display())]
    Failed(PathBuf),
    /// cargo would have to change the lock file, which a build must not do by itself.
    #[error(
        "{path} does not fit Cargo.toml (a dependency or a version has changed). Run `cargo update --workspace` in {folder}, then build again.",
        path = .0.display(),
        folder = .0.parent().unwrap_or(.0).display()
    )]
    LockFile(PathBuf),
    /// There is no library to load.
    #[error("{}: the crate makes no wasm module. Its Cargo.toml needs `[lib]` with `crate-type = [\"cdylib\", \"rlib\"]`.", .0.display())]
    NoModule(PathBuf),
    /// The module is no guest.
    #[error("{path}: {source}", path = .path.display())]
    Component {
        /// Which module.
        path: PathBuf,
        /// What is wrong.
        source: ComponentError,
    },
    /// A file cannot be read or written.
    #[error("{path}: {source}", path = .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Builds guest crates.
pub struct Builder<'a> {
    /// Told what is going on: one line a step.
    pub status: &'a dyn Fn(&str),
    /// Told what the tools say, line by line, where they may not write to standard error themselves.
    pub said: Option<&'a dyn Fn(&str)>,
}

impl Builder<'_> {
    /// Builds a crate and returns the path of its component, beside cargo's own output.
    pub fn build(&self, folder: &Path) -> Result<PathBuf, BuildError> {
        let folder = folder.canonicalize().map_err(|source| BuildError::File { path: folder.to_owned(), source })?;
        self.ensure_target(&folder)?;
        let module = self.module(&folder)?;
        let bytes = std::fs::read(&module).map_err(|source| BuildError::File { path: module.clone(), source })?;
        let component = component_of(bytes).map_err(|source| BuildError::Component { path: module.clone(), source })?;
        let path = module.with_extension("component.wasm");
        if std::fs::read(&path).ok().as_ref() != Some(&component) {
            crate::durable::write_unlocked(&path, &component)
                .map_err(|source| BuildError::File { path: path.clone(), source })?;
        }
        Ok(path)
    }

    fn ensure_target(&self, folder: &Path) -> Result<(), BuildError> {
        let libdir = self.output(tool("rustc", folder).args(["--print", "target-libdir", "--target", TARGET]), "rustc")?;
        if Path::new(libdir.trim()).is_dir() {
            return Ok(());
        }
        (self.status)(&format!("Adding the target {TARGET} with rustup"));
        let added = tool("rustup", folder).args(["target", "add", TARGET]).stdin(Stdio::null()).output();
        match added {
            Ok(added) if added.status.success() => Ok(()),
            Ok(added) => Err(BuildError::Target(String::from_utf8_lossy(&added.stderr).trim().to_owned())),
            Err(error) => Err(BuildError::Target(error.to_string())),
        }
    }

    /// Runs cargo and returns the module that it made of the crate's library.
    fn module(&self, folder: &Path) -> Result<PathBuf, BuildError> {
        let manifest = folder.join("Cargo.toml");
        let workspace = self.workspace_of(folder)?;
        let mut command = tool("cargo", folder);
        command.args(["build", "--lib", "--target", TARGET, "--profile", "guest", "--message-format", "json-render-diagnostics"]);
        command.arg("--manifest-path").arg(&manifest);
        PROFILE.iter().for_each(|setting| {
            command.args(["--config", setting]);
        });
        if workspace.join("Cargo.lock").is_file() {
            command.arg("--locked");
        }
        command.env("CARGO_ENCODED_RUSTFLAGS", remapped(&workspace));
        let made = self.run(&mut command).map_err(|source| BuildError::Start { tool: "cargo", source })?;
        if !made.status.success() {
            return Err(match lock_file_fits(folder) {
                Ok(true) => BuildError::Failed(folder.to_owned()),
                _ => BuildError::LockFile(workspace.join("Cargo.lock")),
            });
        }
        let messages = String::from_utf8_lossy(&made.stdout);
        let artifacts = messages.lines().filter_map(|line| serde_json::from_str::<Artifact>(line).ok());
        let files = artifacts.filter(|artifact| artifact.manifest_path == manifest).flat_map(|artifact| artifact.filenames);
        let mut modules = files.filter(|file| file.extension().is_some_and(|extension| extension == "wasm"));
        modules.next().ok_or_else(|| BuildError::NoModule(folder.to_owned()))
    }

    fn workspace_of(&self, folder: &Path) -> Result<PathBuf, BuildError> {
        let mut cargo = tool("cargo", folder);
        let manifest = self.output(cargo.args(["locate-project", "--workspace", "--message-format", "plain"]), "cargo")?;
        Ok(Path::new(manifest.trim()).parent().unwrap_or(folder).to_owned())
    }

    fn output(&self, command: &mut Command, tool: &'static str) -> Result<String, BuildError> {
        let output = self.run(command).map_err(|source| BuildError::Start { tool, source })?;
        if !output.status.success() {
            return Err(BuildError::Failed(command.get_current_dir().unwrap_or(Path::new(".")).to_owned()));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs a tool to its end. What it says while it runs is for standard error, or for whoever is told of it.
    fn run(&self, command: &mut Command) -> io::Result<Output> {
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let Some(said) = self.said else { return command.stderr(Stdio::inherit()).output() };
        let mut child = command.stderr(Stdio::piped()).spawn()?;
        let stderr = child.stderr.take();
        std::thread::scope(|scope| {
            let output = scope.spawn(move || child.wait_with_output());
            for line in stderr.into_iter().flat_map(|stderr| BufReader::new(stderr).split(b'\n')) {
                said(String::from_utf8_lossy(&line?).trim_end());
            }
            output.join().map_err(|_| io::Error::other("its output could not be read"))?
        })
    }
}

/// One of cargo's messages: something was made.
#[derive(Deserialize)]
struct Artifact {
    manifest_path: PathBuf,
    filenames: Vec<PathBuf>,
}

/// Paths that tell the machine are left out, so that the same source gives the same component wherever it is built.
fn remapped(workspace: &Path) -> OsString {
    let cargo_home =
        std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let mut flags = OsString::new();
    for (from, to) in [(cargo_home.as_deref(), "cargo"), (Some(workspace), ".")] {
        if let Some(from) = from {
            if !flags.is_empty() {
                flags.push("\u{1f}");
            }
            flags.push("--remap-path-prefix=");
            flags.push(from);
            flags.push("=");
            flags.push(to);
        }
    }
    flags
}

/// cargo tells of a lock file that does not fit among everything else that may be wrong; asked for nothing but that, it is the only fault left.
fn lock_file_fits(folder: &Path) -> io::Result<bool> {
    let mut command = tool("cargo", folder);
    command.args(["metadata", "--format-version", "1", "--offline", "--locked"]).stdin(Stdio::null());
    let output = command.output()?;
    Ok(output.status.success() || !String::from_utf8_lossy(&output.stderr).contains("--locked"))
}

fn tool(name: &'static str, folder: &Path) -> Command {
    let mut command = Command::new(name);
    command.current_dir(folder).env_clear();
    command.envs(PASSED_ON.iter().filter_map(|name| std::env::var_os(name).map(|value| (name, value))));
    command
}
