//! `tapwasm bindgen`

use super::{Done, Failure};
use crate::bindgen::{self, Folder, Outdated};
use crate::project::{Bindings, Project};
use crate::schema::{self, ProviderIndex};
use crate::ui::Ui;
use anyhow::{Context, anyhow};
use clap::Args;
use std::path::{Path, PathBuf};

/// Write typed Rust bindings for chosen types of a provider.
///
/// Which types, and where they go, is said by flags, or in tapwasm.toml under `[bindings.NAME]`. The provider's schema is read from a file, or
/// obtained by running Terraform in a temporary folder. What is written is the same from run to run.
#[derive(Debug, Args)]
pub struct BindgenArgs {
    /// The bindings of tapwasm.toml to write; all of them where no name and no flag says which.
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Read the schema from a file: what `terraform providers schema -json` writes, or the `schema.txt` of bindings.
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,
    /// The provider, as in `hashicorp/aws@~>6.0`: fetched by Terraform where no schema is given, chosen from the schema where one is.
    #[arg(long, value_name = "SOURCE[@VERSION]")]
    provider: Option<String>,
    /// The version that the provider of a schema file has, to be written down: the file does not tell.
    #[arg(long, value_name = "VERSION")]
    provider_version: Option<String>,
    /// The types: `aws_kms_key`, `data.aws_region`, `ephemeral.random_password`, and patterns such as `'aws_sns_*'`.
    #[arg(long, value_name = "TYPE,…", value_delimiter = ',')]
    only: Vec<String>,
    /// The folder to write, which is a Rust module then: empty, or bindings that were made before.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Leave out the provider's own descriptions.
    #[arg(long)]
    no_descriptions: bool,
    /// Write nothing; tell what is not up to date, and exit with 1 then.
    #[arg(long)]
    check: bool,
    /// The program that fetches providers.
    #[arg(long, value_name = "PROGRAM", default_value = "terraform")]
    terraform: PathBuf,
}

/// Writes bindings: all are made before any is written.
pub fn bindgen(ui: &Ui, args: BindgenArgs) -> Result<Done, Failure> {
    let all = args.bindings()?;
    let made = all.iter().map(|bindings| Made::of(ui, &args.terraform, bindings)).collect::<Result<Vec<Made>, Failure>>()?;
    let mut is_fine = true;
    for bindings in &made {
        is_fine &= if args.check { bindings.check(ui)? } else { bindings.write(ui)? };
    }
    if is_fine { Ok(Done::Fine) } else { Err(Failure::Told) }
}

impl BindgenArgs {
    /// Returns what is to be written: what tapwasm.toml says, with what the command line says over it.
    fn bindings(&self) -> Result<Vec<Bindings>, Failure> {
        let is_described = self.names.is_empty() && self.out.is_some();
        let mut all = if is_described {
            vec![Bindings { descriptions: true, ..Bindings::default() }]
        } else {
            Project::of(&std::env::current_dir()?)?.bindings(&self.names)?
        };
        if all.is_empty() {
            return Err(Failure::Usage(anyhow!(
                "nothing says which bindings: give `--schema FILE` or `--provider SOURCE`, `--only TYPE,…` and `--out DIR`, or describe them \
                 in tapwasm.toml under `[bindings.NAME]`"
            )));
        }
        for bindings in &mut all {
            if self.schema.is_some() {
                bindings.schema.clone_from(&self.schema);
            }
            if self.provider.is_some() {
                bindings.provider.clone_from(&self.provider);
            }
            if self.provider_version.is_some() {
                bindings.provider_version.clone_from(&self.provider_version);
            }
            if !self.only.is_empty() {
                bindings.only.clone_from(&self.only);
            }
            if self.out.is_some() {
                bindings.out.clone_from(&self.out);
            }
            bindings.descriptions &= !self.no_descriptions;
            if let Some(version) = bindings.provider_version.as_deref().filter(|version| !is_version(version)) {
                return Err(Failure::Usage(anyhow!("`{version}` is no version of a provider: give one as `6.47.0`")));
            }
        }
        let mut outs: Vec<_> = all.iter().filter_map(|bindings| bindings.out.as_ref()).collect();
        outs.sort();
        if let Some(twice) = outs.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Failure::Usage(anyhow!("several bindings go to {}: give each a folder of its own", twice[0].display())));
        }
        Ok(all)
    }
}

/// A set of bindings that is ready to be written.
struct Made {
    /// The provider's source.
    provider: String,
    n_types: usize,
    out: PathBuf,
    files: Vec<bindgen::File>,
}

impl Made {
    fn of(ui: &Ui, terraform: &Path, bindings: &Bindings) -> Result<Made, Failure> {
        let out = bindings.out.clone();
        let out = out.ok_or_else(|| Failure::Usage(anyhow!("nothing says where the bindings go: give `--out DIR`")))?;
        let (provider, origin) = provider(ui, terraform, bindings)?;
        let selection = bindgen::select(&provider, &bindings.only)?;
        let files = bindgen::generate(&selection, bindings.descriptions).with_context(|| unusable(&origin))?;
        Ok(Made { provider: provider.short_source().to_owned(), n_types: selection.types.len(), out, files })
    }

    fn write(&self, ui: &Ui) -> Result<bool, Failure> {
        let n_changed = Folder::new(&self.out).write(&self.files)?;
        let types = if self.n_types == 1 { "type" } else { "types" };
        ui.status(&format!("{} {types} of {} in {}", self.n_types, self.provider, self.out.display()));
        ui.note(&match n_changed {
            0 => "All files are up to date".to_owned(),
            1 => "1 file changed".to_owned(),
            n => format!("{n} files changed"),
        });
        Ok(true)
    }

    /// Tells what is not as it should be.
    fn check(&self, ui: &Ui) -> Result<bool, Failure> {
        let outdated = Folder::new(&self.out).outdated(&self.files)?;
        for file in &outdated {
            let (path, why) = match file {
                Outdated::Missing(path) => (path, "is missing"),
                Outdated::Different(path) => (path, "is not up to date"),
                Outdated::Superfluous(path) => (path, "would not be made any more"),
            };
            ui.error(&format!("{} {why}", self.out.join(path).display()));
        }
        if outdated.is_empty() {
            ui.status(&format!("{} is up to date", self.out.display()));
        } else {
            ui.note("Run the same command without `--check` to bring it up to date.");
        }
        Ok(outdated.is_empty())
    }
}

fn unusable(origin: &str) -> String {
    format!("the schema of {origin} cannot be used")
}

/// Tells whether text is one version, as in `6.47.0` or `1.0.0-beta1`, and no constraint.
fn is_version(text: &str) -> bool {
    let (numbers, rest) = text.split_at(text.find(['-', '+']).unwrap_or(text.len()));
    let is_number = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    numbers.split('.').all(is_number) && rest.chars().all(|c| c.is_ascii_alphanumeric() || "-+.".contains(c))
}

/// Returns the schema of the one provider that is meant, with its version where that is known; and where it comes from.
fn provider(ui: &Ui, terraform: &Path, bindings: &Bindings) -> Result<(ProviderIndex, String), Failure> {
    let wanted = bindings.provider.as_deref().map(|wanted| wanted.split_once('@').map_or((wanted, None), |(a, b)| (a, Some(b))));
    if let Some(("", _) | (_, Some(""))) = wanted {
        return Err(Failure::Usage(anyhow!("a provider is named by its source, as in `hashicorp/aws` or `hashicorp/aws@~>6.0`")));
    }
    let (text, version, origin) = match (&bindings.schema, &bindings.provider) {
        (Some(path), _) => {
            let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            let text = schema::text_of(bytes).with_context(|| unusable(&path.display().to_string()))?;
            (text, None, path.display().to_string())
        }
        (None, Some(provider)) => {
            ui.note(&format!("Obtaining the schema of {provider}"));
            let obtained = bindgen::obtain(terraform, provider)?;
            (obtained.schema, obtained.version, provider.clone())
        }
        (None, None) => {
            return Err(Failure::Usage(anyhow!(
                "nothing says which provider: give a schema with `--schema FILE`, or let Terraform fetch one with `--provider SOURCE`"
            )));
        }
    };
    let providers = schema::read(text).with_context(|| unusable(&origin))?;
    let mut provider = bindgen::provider_of(&providers, wanted.map(|(source, _)| source))?.clone();
    let exact = wanted.and_then(|(_, version)| version).filter(|version| is_version(version));
    let known = bindings.provider_version.clone().or(version).or(provider.version.take());
    provider.version = known.or(exact.map(str::to_owned));
    Ok((provider, origin))
}

#[cfg(test)]
mod tests {
    use super::is_version;

    #[test]
    fn a_version_is_no_constraint() {
        for version in ["6.47.0", "6", "1.0.0-beta1", "2.0.0+build.5"] {
            assert!(is_version(version), "{version}");
        }
        for other in ["", "~>6.0", "6.x", "6.", ">= 6", "6.0 complete", "6.0\n", "v6.0"] {
            assert!(!is_version(other), "{other}");
        }
    }
}
