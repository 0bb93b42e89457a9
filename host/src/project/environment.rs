//! Environments: what `tapwasm.toml` says of stacks for one of several places that they are deployed to.
//!
//! Two environments never share an out or state folder by accident: where one says nothing else, its own is below the common one.

use super::config::{ConfigError, LimitValue, Project, StackTable};
use crate::diagnostic::closest;
use crate::state::Location;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What holds for all stacks in an environment, and for some of them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EnvironmentTable {
    pub(super) out: Option<PathBuf>,
    pub(super) state: Option<Location>,
    pub(super) file_name: Option<String>,
    #[serde(default)]
    pub(super) schemas: Vec<PathBuf>,
    #[serde(default)]
    pub(super) limits: BTreeMap<String, LimitValue>,
    #[serde(default)]
    pub(super) inputs: toml::Table,
    #[serde(default)]
    pub(super) stacks: BTreeMap<String, StackTable>,
}

impl Project {
    /// Takes what the project says of an environment over what it says of none.
    pub fn in_environment(mut self, name: Option<&str>) -> Result<Project, ConfigError> {
        let Some(name) = name else { return Ok(self) };
        let Some(table) = self.file.environments.get(name) else {
            let names: Vec<&str> = self.file.environments.keys().map(String::as_str).collect();
            let known = match closest(name, names.iter().copied()) {
                Some(close) => format!("did you mean `{close}`?"),
                None if names.is_empty() => "tapwasm.toml names none".to_owned(),
                None => format!("tapwasm.toml names {}", names.join(", ")),
            };
            return Err(ConfigError::UnknownEnvironment { environment: name.to_owned(), known });
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        // Below an out or state folder, `stacks` is what stands there without an environment.
        if name.is_empty() || !name.chars().all(is_plain) || name.eq_ignore_ascii_case("stacks") {
            return Err(ConfigError::EnvironmentName { path: self.path(), environment: name.to_owned() });
        }
        let is_unknown = |(stack, own): &(&String, &StackTable)| !self.file.stacks.contains_key(*stack) && !own.has_source();
        if let Some((stack, _)) = table.stacks.iter().find(is_unknown) {
            let close = closest(stack, self.file.stacks.keys().map(String::as_str));
            let hint = close.map(|close| format!(" (did you mean `{close}`?)")).unwrap_or_default();
            return Err(ConfigError::EnvironmentStack {
                path: self.path(),
                environment: name.to_owned(),
                stack: stack.clone(),
                hint,
            });
        }
        self.environment = Some(name.to_owned());
        Ok(self)
    }

    /// Returns the name of the environment and what is said of it, where one was chosen.
    pub(super) fn environment(&self) -> Option<(&str, &EnvironmentTable)> {
        let name = self.environment.as_deref()?;
        Some((name, self.file.environments.get(name)?))
    }

    /// Returns the environments whose state is kept below that of no environment, each with where it is.
    pub fn environments_below(&self) -> Vec<(&str, Location)> {
        let below = self.file.environments.iter().filter(|(_, table)| table.state.is_none());
        below.map(|(name, _)| (name.as_str(), self.state().below(name))).collect()
    }

    /// Returns what the environment says of one stack.
    pub(super) fn special(&self, stack: &str) -> Option<&StackTable> {
        self.environment()?.1.stacks.get(stack)
    }

    /// Returns the names of all stacks that the file names, sorted.
    pub fn stack_names(&self) -> Vec<&str> {
        let special = self.environment().into_iter().flat_map(|(_, table)| table.stacks.keys());
        let mut names: Vec<&str> = self.file.stacks.keys().chain(special).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Returns a folder: as the environment says, for the stack or for all; or else below the one of no environment.
    pub(super) fn folder(
        &self,
        plain: &Path,
        special: Option<&Path>,
        of_environment: impl Fn(&EnvironmentTable) -> Option<&PathBuf>,
    ) -> PathBuf {
        let path = match self.environment() {
            None => plain.to_owned(),
            Some((name, table)) => {
                let own = special.or_else(|| of_environment(table).map(PathBuf::as_path));
                own.map_or_else(|| plain.join(name), Path::to_owned)
            }
        };
        self.folder.join(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Source, Stack};

    const FILE: &str = r#"
        out = "o"
        file_name = "cdk.tf.json"
        [stacks.app]
        component = "app.wasm"
        inputs = { name = "app", size = 1 }
        [stacks.own]
        component = "own.wasm"
        out = "own-out"
        state = "own-state"
        [environments.prod]
        state = "prod-state"
        inputs = { size = 2, region = "eu" }
        [environments.prod.stacks.app]
        inputs = { size = 3 }
        limits = { depth = 50 }
        [environments.prod.stacks.extra]
        component = "extra.wasm"
        file_name = "main.tf.json"
        [environments.dev]
        [environments.test.stacks.ap]
        out = "x"
        [environments."a b"]
        [environments.stacks]
    "#;

    fn project(environment: Option<&str>) -> Result<Project, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("tapwasm.toml"), FILE).unwrap();
        Project::of(folder.path())?.in_environment(environment)
    }

    fn stack(environment: Option<&str>, name: &str) -> Stack {
        project(environment).unwrap().stack(name).unwrap()
    }

    fn folders(environment: Option<&str>, name: &str) -> (String, String) {
        let stack = stack(environment, name);
        (stack.out.display().to_string(), stack.state.to_string())
    }

    #[test]
    fn folders_are_the_environments_own() {
        let pair = |out: &str, state: &str| (out.to_owned(), state.to_owned());
        assert_eq!(folders(None, "app"), pair("o", ".tapwasm"));
        assert_eq!(folders(Some("dev"), "app"), pair("o/dev", ".tapwasm/dev"));
        assert_eq!(folders(Some("prod"), "app"), pair("o/prod", "prod-state"));
        assert_eq!(folders(Some("dev"), "own"), pair("own-out/dev", "own-state/dev"));
        assert_eq!(folders(Some("prod"), "own"), pair("own-out/prod", "prod-state"));
        assert_eq!(project(Some("dev")).unwrap().state().to_string(), ".tapwasm/dev");
    }

    #[test]
    fn what_is_said_more_closely_counts_more() {
        let app = stack(Some("prod"), "app");
        let given: Vec<&str> = app.given.iter().map(|given| given.name.as_str()).collect();
        assert_eq!(given, ["name", "size", "region", "size", "size"]);
        assert_eq!(app.limits.get(crate::eval::Limit::Depth), 50);
        assert_eq!(app.file_name.as_deref(), Some("cdk.tf.json"));
        let extra = stack(Some("prod"), "extra");
        assert_eq!((extra.source, extra.file_name.as_deref()), (Source::Component("extra.wasm".into()), Some("main.tf.json")));
        assert_eq!(project(Some("prod")).unwrap().stack_names(), ["app", "extra", "own"]);
        assert!(project(None).unwrap().stack("extra").is_err());
    }

    #[test]
    fn environments_that_cannot_be_are_told() {
        let said = |name| project(Some(name)).unwrap_err().to_string();
        assert_eq!(said("prd"), "there is no environment `prd`: did you mean `prod`?");
        assert!(
            said("test").ends_with(
                "there is no stack `ap` (did you mean `app`?); what exists here alone needs its `component` or `crate`"
            )
        );
        for name in ["a b", "stacks"] {
            assert!(said(name).contains("cannot be the name of an environment"), "{}", said(name));
        }
    }
}
