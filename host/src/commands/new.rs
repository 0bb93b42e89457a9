//! `tapwasm new`

use super::{Done, Failure};
use crate::ui::Ui;
use anyhow::{Context, anyhow};
use clap::Args;
use include_dir::{Dir, include_dir};
use std::fs;
use std::path::{Path, PathBuf};

/// Make a guest crate that builds and runs.
///
/// The SDK and the contract are copied into its folder `tapwasm/`, since nothing of them is published yet; the crate needs nothing else of ours.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The folder to make; its last name is the crate's.
    #[arg(value_name = "NAME")]
    folder: PathBuf,
}

static SDK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../guest/sdk");
static MACROS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../guest/macros");
static CONTRACT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../wit");
static TEMPLATE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/guest");

/// Stands for the crate's name in the template's files.
const NAME: &str = "{{name}}";
/// The template's files carry it, so that cargo takes none of them for its own.
const TEMPLATE_SUFFIX: &str = ".template";

/// Makes a guest crate.
pub fn new(ui: &Ui, args: NewArgs) -> Result<Done, Failure> {
    let folder = &args.folder;
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if !is_crate_name(name) {
        return Err(Failure::Usage(anyhow!(
            "`{name}` is no name for a crate: it begins with a lower-case letter; lower-case letters, digits, `-` and `_` follow"
        )));
    }
    if folder.exists() {
        return Err(Failure::Error(anyhow!("{} exists already; give another name", folder.display())));
    }
    write_template(folder, name)?;
    for (source, target) in [(&SDK, "tapwasm/guest/sdk"), (&MACROS, "tapwasm/guest/macros"), (&CONTRACT, "tapwasm/wit")] {
        write_dir(source, &folder.join(target))?;
    }
    ui.status(&format!("Made {}", folder.display()));
    ui.note(&format!("Next: cd {} && cargo test && tapwasm run .", folder.display()));
    Ok(Done::Fine)
}

fn is_crate_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
}

fn write_template(folder: &Path, name: &str) -> Result<(), anyhow::Error> {
    for file in files(&TEMPLATE) {
        let text = file.contents_utf8().context("templates are text")?.replace(NAME, name);
        let path = file.path().to_str().context("templates have plain names")?;
        write(&folder.join(path.trim_end_matches(TEMPLATE_SUFFIX)), text.as_bytes())?;
    }
    Ok(())
}

fn write_dir(source: &Dir<'_>, target: &Path) -> Result<(), anyhow::Error> {
    files(source).into_iter().try_for_each(|file| write(&target.join(file.path()), file.contents()))
}

fn files<'a>(source: &'a Dir<'a>) -> Vec<&'a include_dir::File<'a>> {
    let inner = source.dirs().flat_map(files);
    source.files().chain(inner).collect()
}

fn write(path: &Path, content: &[u8]) -> Result<(), anyhow::Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}
