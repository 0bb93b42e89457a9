//! A provider's schema from Terraform itself, which fetches the provider into a temporary folder.

use std::io;
use std::path::Path;
use std::process::{Command, Output};
use thiserror::Error;

/// A schema, and which version of the provider it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obtained {
    /// What `terraform providers schema -json` wrote.
    pub schema: String,
    /// The version that Terraform chose, where it tells.
    pub version: Option<String>,
}

/// Why Terraform gave no schema.
#[derive(Debug, Error)]
pub enum ObtainError {
    /// It cannot be started.
    #[error(
        "cannot start `{program}`: {source}. Install Terraform, name another program with `--terraform` (OpenTofu's is `tofu`), or give a schema with `--schema FILE`"
    )]
    Start {
        /// The program.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// A step of it failed.
    #[error(
        "`{step}` failed for {provider}:\n{said}\nWithout the network, give the output of `terraform providers schema -json` with `--schema FILE`"
    )]
    Failed {
        /// The step.
        step: String,
        /// The provider.
        provider: String,
        /// What it said.
        said: String,
    },
    /// The temporary folder cannot be written.
    #[error("cannot write a temporary folder: {0}")]
    Folder(#[from] io::Error),
}

/// Lets Terraform fetch a provider and write its schema. `provider` is its source, with a constraint for its version behind `@` where that
/// matters: `hashicorp/aws@~>6.0`.
///
/// # Errors
/// No Terraform, no network, no such provider.
pub fn obtain(terraform: &Path, provider: &str) -> Result<Obtained, ObtainError> {
    let (source, version) = provider.split_once('@').map_or((provider, None), |(source, version)| (source, Some(version)));
    let name = source.rsplit('/').next().unwrap_or(source);
    let folder = tempfile::tempdir()?;
    let mut required = serde_json::json!({ "source": source });
    if let Some(version) = version {
        required["version"] = version.into();
    }
    let configuration = serde_json::json!({ "terraform": { "required_providers": { name: required } } });
    std::fs::write(folder.path().join("main.tf.json"), configuration.to_string())?;
    let run = |args: &[&str]| {
        let output = Command::new(terraform).args(args).current_dir(folder.path()).env("TF_IN_AUTOMATION", "1").output();
        let program = terraform.display().to_string();
        let output = output.map_err(|source| ObtainError::Start { program: program.clone(), source })?;
        if output.status.success() {
            return Ok(output);
        }
        Err(ObtainError::Failed { step: format!("{program} {}", args[0]), provider: provider.to_owned(), said: said(&output) })
    };
    run(&["init", "-input=false", "-no-color"])?;
    let schema = run(&["providers", "schema", "-json"])?;
    let chosen = run(&["version", "-json"])?;
    Ok(Obtained {
        schema: String::from_utf8_lossy(&schema.stdout).into_owned(),
        version: version_of(&String::from_utf8_lossy(&chosen.stdout)),
    })
}

/// Reads the version of the one provider that was chosen.
fn version_of(json: &str) -> Option<String> {
    let json: serde_json::Value = serde_json::from_str(json).ok()?;
    let selections = json["provider_selections"].as_object()?;
    selections.values().next()?.as_str().map(str::to_owned)
}

fn said(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8_lossy(&text).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_version_is_read() {
        let json = r#"{"terraform_version": "1.11.4", "provider_selections": {"registry.terraform.io/hashicorp/aws": "6.47.0"}}"#;
        assert_eq!(version_of(json).as_deref(), Some("6.47.0"));
        assert_eq!(version_of("{}"), None);
    }

    #[test]
    fn without_terraform_it_is_said_what_to_do() {
        let error = obtain(Path::new("/nowhere/terraform"), "hashicorp/aws").unwrap_err().to_string();
        assert!(error.starts_with("cannot start `/nowhere/terraform`"), "{error}");
        assert!(error.contains("--schema FILE"), "{error}");
    }
}
