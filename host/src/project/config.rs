//! `tapwasm.toml`: the stacks of a project by name, and what holds for all of them.

use super::bindings::BindingsTable;
use super::environment::EnvironmentTable;
use super::inputs::{Given, Origin, json_of};
use super::moves::MOVES_FILE;
use crate::diagnostic::closest;
use crate::eval::{Grants, LimitError, Limits};
use crate::state::Location;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use thiserror::Error;

const FILE_NAME: &str = "tapwasm.toml";
const DEFAULT_OUT: &str = "tapwasm.out";
const DEFAULT_STATE: &str = ".tapwasm";
const DEFAULT_HISTORY: NonZeroUsize = NonZeroUsize::new(1000).unwrap();

/// A project: a folder, and what its `tapwasm.toml` says, if it has one.
#[derive(Debug)]
pub struct Project {
    /// Where `tapwasm.toml` stands; empty for the current folder. Relative paths of the file start here.
    pub(super) folder: PathBuf,
    pub(super) file: ConfigFile,
    /// The environment that was chosen.
    pub(super) environment: Option<String>,
}

/// What STACK names, with all that `tapwasm.toml` says of it.
#[derive(Clone, Debug)]
pub struct Stack {
    /// What is run.
    pub source: Source,
    /// Inputs, weakest first.
    pub given: Vec<Given>,
    /// Where configurations are written.
    pub out: PathBuf,
    /// Where snapshots are kept.
    pub state: Location,
    /// How many snapshots of a stack are kept.
    pub history: NonZeroUsize,
    /// The name of configurations, where one is given.
    pub file_name: Option<String>,
    /// The limits of the sandbox.
    pub limits: Limits,
    /// Folders that the program may read.
    pub grants: Grants,
    /// Whether crates may be built.
    pub build: bool,
    /// Files with schemas of providers, those that count most first.
    pub schemas: Vec<PathBuf>,
    /// The file with the project's renames; it need not exist.
    pub moves: PathBuf,
}

/// What is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A wasm file.
    Component(PathBuf),
    /// The folder of a guest crate: built first.
    Crate(PathBuf),
}

/// Why the project cannot be read.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}", path = .path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not what it should be.
    #[error("{path}: {message}", path = .path.display())]
    Invalid {
        /// Which.
        path: PathBuf,
        /// What is wrong, with the line.
        message: String,
    },
    /// A stack names both or neither.
    #[error("{path}: the stack `{stack}` needs either `component = \"FILE.wasm\"` or `crate = \"FOLDER\"`", path = .path.display())]
    NoSource {
        /// Which file.
        path: PathBuf,
        /// Which stack.
        stack: String,
    },
    /// A limit that does not exist or fit.
    #[error("{path}", path = .path.display())]
    Limit {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        source: LimitError,
    },
    /// The file names no such environment.
    #[error("there is no environment `{environment}`: {known}")]
    UnknownEnvironment {
        /// What was asked for.
        environment: String,
        /// What there is.
        known: String,
    },
    /// A name that would make a strange folder.
    #[error(
        "{path}: `{environment}` cannot be the name of an environment: it takes letters, digits, `-` and `_`, and `stacks` is kept for tapwasm's \
         own folders",
        path = .path.display()
    )]
    EnvironmentName {
        /// Which file.
        path: PathBuf,
        /// Which environment.
        environment: String,
    },
    /// An environment speaks of a stack that does not exist.
    #[error(
        "{path}: environment `{environment}`: there is no stack `{stack}`{hint}; what exists here alone needs its `component` or `crate`",
        path = .path.display()
    )]
    EnvironmentStack {
        /// Which file.
        path: PathBuf,
        /// Which environment.
        environment: String,
        /// Which stack.
        stack: String,
        /// What may have been meant.
        hint: String,
    },
    /// The file describes no such bindings.
    #[error("there are no bindings `{name}`: {known}")]
    UnknownBindings {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// STACK is nothing.
    #[error("there is no stack `{stack}`: no such file or folder, and {known}")]
    UnknownStack {
        /// What was asked for.
        stack: String,
        /// What there is.
        known: String,
    },
    /// STACK is a folder without a crate.
    #[error("{0}: the folder holds no Cargo.toml; give the folder of a guest crate, or a `.wasm` file")]
    NoCrate(PathBuf),
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfigFile {
    out: Option<PathBuf>,
    state: Option<Location>,
    history: Option<NonZeroUsize>,
    file_name: Option<String>,
    build: Option<bool>,
    #[serde(default)]
    schemas: Vec<PathBuf>,
    #[serde(default)]
    limits: BTreeMap<String, LimitValue>,
    #[serde(default)]
    assets: BTreeMap<String, PathBuf>,
    #[serde(default)]
    pub(super) bindings: BTreeMap<String, BindingsTable>,
    #[serde(default)]
    pub(super) stacks: BTreeMap<String, StackTable>,
    #[serde(default)]
    pub(super) environments: BTreeMap<String, EnvironmentTable>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StackTable {
    component: Option<PathBuf>,
    #[serde(rename = "crate")]
    crate_folder: Option<PathBuf>,
    out: Option<PathBuf>,
    state: Option<Location>,
    file_name: Option<String>,
    #[serde(default)]
    schemas: Vec<PathBuf>,
    #[serde(default)]
    limits: BTreeMap<String, LimitValue>,
    #[serde(default)]
    assets: BTreeMap<String, PathBuf>,
    #[serde(default)]
    inputs: toml::Table,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum LimitValue {
    Number(u64),
    Text(String),
}

impl StackTable {
    /// Tells whether it says what is run.
    pub(super) fn has_source(&self) -> bool {
        self.component.is_some() || self.crate_folder.is_some()
    }
}

impl Project {
    /// Finds the project of a folder: the nearest `tapwasm.toml` in it or above it; without one, the folder itself.
    pub fn of(folder: &Path) -> Result<Project, ConfigError> {
        for candidate in folder.ancestors() {
            let path = candidate.join(FILE_NAME);
            match fs::read_to_string(&path) {
                Ok(text) => {
                    let file = toml::from_str(&text)
                        .map_err(|error| ConfigError::Invalid { path: path.clone(), message: error.to_string() })?;
                    // Paths are shown as they are joined here: short ones where the file stands in the current folder.
                    let folder = if candidate == folder { PathBuf::new() } else { candidate.to_owned() };
                    return Ok(Project { folder, file, environment: None });
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(source) => return Err(ConfigError::Read { path, source }),
            }
        }
        Ok(Project { folder: PathBuf::new(), file: ConfigFile::default(), environment: None })
    }

    /// Returns what STACK means: a name from `tapwasm.toml`, a `.wasm` file, or the folder of a crate.
    pub fn stack(&self, name: &str) -> Result<Stack, ConfigError> {
        let none = StackTable::default();
        let (table, special) = (self.file.stacks.get(name), self.special(name));
        if table.is_some() || special.is_some() {
            return self.named_stack(name, table.unwrap_or(&none), special.unwrap_or(&none));
        }
        let path = Path::new(name);
        let source = if path.is_dir() {
            crate_in(path)?
        } else if path.exists() {
            Source::Component(path.to_owned())
        } else {
            return Err(self.unknown(name));
        };
        self.stack_of(source, &none, &none)
    }

    /// Returns where snapshots are kept, for commands that need no stack.
    pub fn state(&self) -> Location {
        self.state_of(None, None)
    }

    /// Returns where snapshots are kept: as the environment says, for the stack or for all; or else below the place of no environment.
    fn state_of(&self, of_stack: Option<&Location>, special: Option<&Location>) -> Location {
        let plain = of_stack.or(self.file.state.as_ref()).cloned().unwrap_or_else(|| Path::new(DEFAULT_STATE).into());
        let place = match self.environment() {
            None => plain,
            Some((name, table)) => special.or(table.state.as_ref()).cloned().unwrap_or_else(|| plain.below(name)),
        };
        place.seen_from(&self.folder)
    }

    /// Returns how many snapshots of a stack are kept.
    pub fn history(&self) -> NonZeroUsize {
        self.file.history.unwrap_or(DEFAULT_HISTORY)
    }

    /// Returns the file with the project's renames; it need not exist.
    pub fn moves(&self) -> PathBuf {
        self.folder.join(MOVES_FILE)
    }

    fn named_stack(&self, name: &str, table: &StackTable, special: &StackTable) -> Result<Stack, ConfigError> {
        let named = if special.has_source() { special } else { table };
        let source = match (&named.component, &named.crate_folder) {
            (Some(path), None) => Source::Component(self.folder.join(path)),
            (None, Some(path)) => crate_in(&self.folder.join(path))?,
            _ => return Err(ConfigError::NoSource { path: self.path(), stack: name.to_owned() }),
        };
        self.stack_of(source, table, special)
    }

    /// Puts together what is said of a stack: by the file, by the stack's table, by the environment, and by that of the stack alone.
    fn stack_of(&self, source: Source, table: &StackTable, special: &StackTable) -> Result<Stack, ConfigError> {
        let none = EnvironmentTable::default();
        let environment = self.environment().map_or(&none, |(_, environment)| environment);
        let mut limits = Limits::default();
        let all = [&self.file.limits, &table.limits, &environment.limits, &special.limits];
        for (name, value) in all.into_iter().flatten() {
            let text = match value {
                LimitValue::Number(number) => number.to_string(),
                LimitValue::Text(text) => text.clone(),
            };
            let set = name.parse().and_then(|limit| limits.set(limit, &text));
            set.map_err(|source| ConfigError::Limit { path: self.path(), source })?;
        }
        let mut grants = Grants::default();
        for (name, folder) in [&self.file.assets, &table.assets, &special.assets].into_iter().flatten() {
            let added = grants.add(name, self.folder.join(folder));
            added.map_err(|error| ConfigError::Invalid { path: self.path(), message: format!("[assets]: {error}") })?;
        }
        let mut given = Vec::new();
        for (name, value) in [&table.inputs, &environment.inputs, &special.inputs].into_iter().flatten() {
            let value = json_of(value.clone())
                .map_err(|why| ConfigError::Invalid { path: self.path(), message: format!("input `{name}`: {why}") })?;
            given.push(Given { name: name.clone(), value: value.into(), origin: Origin::File { path: self.path() } });
        }
        let out = table.out.as_deref().or(self.file.out.as_deref()).unwrap_or(Path::new(DEFAULT_OUT));
        let file_names = [&special.file_name, &environment.file_name, &table.file_name, &self.file.file_name];
        Ok(Stack {
            source,
            given,
            out: self.folder(out, special.out.as_deref(), |environment| environment.out.as_ref()),
            state: self.state_of(table.state.as_ref(), special.state.as_ref()),
            history: self.history(),
            file_name: file_names.into_iter().flatten().next().cloned(),
            limits,
            grants,
            build: self.file.build.unwrap_or(true),
            schemas: [&special.schemas, &environment.schemas, &table.schemas, &self.file.schemas]
                .into_iter()
                .flatten()
                .map(|path| self.folder.join(path))
                .collect(),
            moves: self.moves(),
        })
    }

    fn unknown(&self, name: &str) -> ConfigError {
        let names = self.stack_names();
        let known = match closest(name, names.iter().copied()) {
            Some(close) => format!("{FILE_NAME} names no such stack (did you mean `{close}`?)"),
            None if names.is_empty() => format!("no {FILE_NAME} names one"),
            None => format!("{FILE_NAME} names only {}", names.join(", ")),
        };
        ConfigError::UnknownStack { stack: name.to_owned(), known }
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.join(FILE_NAME)
    }

    /// Returns `tapwasm.toml`, if there is one.
    pub fn file_path(&self) -> Option<PathBuf> {
        Some(self.path()).filter(|path| path.is_file())
    }
}

fn crate_in(path: &Path) -> Result<Source, ConfigError> {
    if path.join("Cargo.toml").is_file() {
        Ok(Source::Crate(path.to_owned()))
    } else {
        Err(ConfigError::NoCrate(path.to_owned()))
    }
}
