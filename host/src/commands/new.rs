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

/// A crate of the SDK, source files only: whatever else stands in its folder while the host is built stays there.
struct Vendored {
    target: &'static str,
    manifest: &'static str,
    sources: Dir<'static>,
}

static SDK: Vendored = Vendored {
    target: "tapwasm/guest/sdk",
    manifest: include_str!("../../../guest/sdk/Cargo.toml"),
    sources: include_dir!("$CARGO_MANIFEST_DIR/../guest/sdk/src"),
};
static MACROS: Vendored = Vendored {
    target: "tapwasm/guest/macros",
    manifest: include_str!("../../../guest/macros/Cargo.toml"),
    sources: include_dir!("$CARGO_MANIFEST_DIR/../guest/macros/src"),
};
static CONTRACT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../wit");
/// Beside the copied sources: `cargo fmt` in the crate formats them too, and has nothing to change.
static FORMAT: &str = include_str!("../../../rustfmt.toml");
static TEMPLATE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/guest");
/// The dependencies of the SDK in the versions that it was tested with: the crate builds the same everywhere, today and later.
static LOCK: &str = include_str!("../../templates/guest/Cargo.lock.template");

/// Stands for the crate's name in the template's files.
const NAME: &str = "{{name}}";
/// The template's files carry it, so that cargo takes none of them for its own.
const TEMPLATE_SUFFIX: &str = ".template";
/// What cargo takes for no crate's name, beside Rust's keywords that are lower-case letters only.
const RESERVED: [&str; 7] = ["alloc", "core", "deps", "proc_macro", "proc-macro", "std", "test"];
const KEYWORDS: [&str; 50] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut",
    "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while",
];

/// Makes a guest crate.
pub fn new(ui: &Ui, args: NewArgs) -> Result<Done, Failure> {
    let folder = &args.folder;
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if !is_crate_name(name) {
        return Err(Failure::Usage(anyhow!(
            "`{name}` is no name for a crate: it begins with a lower-case letter; lower-case letters, digits, `-` and `_` follow"
        )));
    }
    if RESERVED.contains(&name) || KEYWORDS.contains(&name) || locked_names().any(|locked| locked == name) {
        return Err(Failure::Usage(anyhow!("`{name}` is a name that Rust or the crate's dependencies have taken; give another")));
    }
    // Also a link to nowhere: it would be followed.
    if folder.symlink_metadata().is_ok() {
        return Err(Failure::Error(anyhow!("{} exists already; give another name", folder.display())));
    }
    write_template(folder, name)?;
    for vendored in [&SDK, &MACROS] {
        let target = folder.join(vendored.target);
        write(&target.join("Cargo.toml"), without_dev_dependencies(vendored.manifest).as_bytes())?;
        write_dir(&vendored.sources, &target.join("src"))?;
    }
    write_dir(&CONTRACT, &folder.join("tapwasm/wit"))?;
    write(&folder.join("tapwasm/rustfmt.toml"), FORMAT.as_bytes())?;
    ui.status(&format!("Made {}", folder.display()));
    ui.note(&format!("Next: cd {} && cargo test && tapwasm run .", folder.display()));
    Ok(Done::Fine)
}

/// Returns a manifest without what the crate's own tests need, which do not come with it: new crates would have to lock it.
fn without_dev_dependencies(manifest: &str) -> &str {
    manifest.split("\n[dev-dependencies]").next().unwrap_or(manifest)
}

fn is_crate_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
}

fn write_template(folder: &Path, name: &str) -> Result<(), anyhow::Error> {
    for file in files(&TEMPLATE) {
        let text = file.contents_utf8().context("templates are text")?.replace(NAME, name);
        let path = file.path().to_str().context("templates have plain names")?.trim_end_matches(TEMPLATE_SUFFIX);
        let text = if path == "Cargo.lock" { sorted_lock(&text) } else { text };
        write(&folder.join(path), text.as_bytes())?;
    }
    Ok(())
}

/// The packages of the lock file in cargo's order, wherever the crate's name belongs: cargo would write it anew otherwise.
fn sorted_lock(text: &str) -> String {
    let mut parts = text.trim_end().split("\n\n");
    let head = parts.next().unwrap_or_default();
    let mut packages: Vec<&str> = parts.collect();
    packages.sort_by_key(|package| package.lines().nth(1));
    format!("{head}\n\n{}\n", packages.join("\n\n"))
}

fn locked_names() -> impl Iterator<Item = &'static str> {
    LOCK.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
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
