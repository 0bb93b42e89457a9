//! `tapwasm bindgen`

use super::{Done, Failure};
use crate::bindgen::{self, Folder, Outdated};
use crate::project::{Bindings, Project};
use crate::schema::{self, ProviderIndex};
use crate::ui::Ui;
use anyhow::{Context, anyhow};
use clap::Args;
use std::path::PathBuf;

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

/// Writes bindings.
pub fn bindgen(ui: &Ui, args: BindgenArgs) -> Result<Done, Failure> {
    let all = args.bindings()?;
    let mut is_fine = true;
    for bindings in &all {
        is_fine &= one(ui, &args, bindings)?;
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
        }
        Ok(all)
    }
}

/// Writes or checks one set of bindings; tells whether they are as they should be.
fn one(ui: &Ui, args: &BindgenArgs, bindings: &Bindings) -> Result<bool, Failure> {
    let out =
        bindings.out.as_ref().ok_or_else(|| Failure::Usage(anyhow!("nothing says where the bindings go: give `--out DIR`")))?;
    let (provider, origin) = provider(ui, args, bindings)?;
    let selection = bindgen::select(&provider, &bindings.only)?;
    let files = bindgen::generate(&selection, bindings.descriptions).with_context(|| unusable(&origin))?;
    let folder = Folder::new(out);
    if !args.check {
        let n_changed = folder.write(&files)?;
        let n_types = selection.types.len();
        let types = if n_types == 1 { "type" } else { "types" };
        ui.status(&format!("{n_types} {types} of {} in {}", provider.short_source(), out.display()));
        ui.note(&match n_changed {
            0 => "All files are up to date".to_owned(),
            1 => "1 file changed".to_owned(),
            n => format!("{n} files changed"),
        });
        return Ok(true);
    }
    let outdated = folder.outdated(&files)?;
    for file in &outdated {
        let (path, why) = match file {
            Outdated::Missing(path) => (path, "is missing"),
            Outdated::Different(path) => (path, "is not up to date"),
            Outdated::Superfluous(path) => (path, "would not be made any more"),
        };
        ui.error(&format!("{} {why}", out.join(path).display()));
    }
    if outdated.is_empty() {
        ui.status(&format!("{} is up to date", out.display()));
    } else {
        ui.note("Run the same command without `--check` to bring it up to date.");
    }
    Ok(outdated.is_empty())
}

fn unusable(origin: &str) -> String {
    format!("the schema of {origin} cannot be used")
}

/// Returns the schema of the one provider that is meant, with its version where that is known; and where it comes from.
fn provider(ui: &Ui, args: &BindgenArgs, bindings: &Bindings) -> Result<(ProviderIndex, String), Failure> {
    let source = bindings.provider.as_deref().map(|provider| provider.split('@').next().unwrap_or(provider));
    let (text, version, origin) = match (&bindings.schema, &bindings.provider) {
        (Some(path), _) => {
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            (text, None, path.display().to_string())
        }
        (None, Some(provider)) => {
            ui.note(&format!("Obtaining the schema of {provider}"));
            let obtained = bindgen::obtain(&args.terraform, provider)?;
            (obtained.schema, obtained.version, provider.clone())
        }
        (None, None) => {
            return Err(Failure::Usage(anyhow!(
                "nothing says which provider: give a schema with `--schema FILE`, or let Terraform fetch one with `--provider SOURCE`"
            )));
        }
    };
    let providers = schema::read(text).with_context(|| unusable(&origin))?;
    let mut provider = bindgen::provider_of(&providers, source)?.clone();
    let version = bindings.provider_version.clone().or(version);
    provider.version = version.or(provider.version.take());
    Ok((provider, origin))
}
