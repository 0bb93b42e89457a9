//! All files of a set of bindings.

use super::docs::Docs;
use super::folder::{MARK, SCHEMA};
use super::module::Module;
use super::names::{Taken, base, handle, snake};
use super::select::Selection;
use super::{File, functions};
use crate::schema::{Block, ProviderIndex, SchemaError, Section, compact};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What generated names and shapes break of lints is the provider's doing.
const ALLOWED: &str = "\
#![allow(
    clippy::all,
    rustdoc::all,
    dead_code,
    deprecated,
    nonstandard_style,
    unreachable_pub,
    unused_imports,
    reason = \"names and shapes are the provider's\"
)]
";

/// Names in the top folder that modules of resources cannot have.
const RESERVED: [&str; 5] = ["data", "ephemeral", "functions", "provider", "mod"];

/// A type that a file is written for.
struct Type<'a> {
    section: Section,
    terraform: &'a str,
    /// The name of its module.
    module: String,
}

/// Makes the files of bindings for chosen types: a module a type, those that hold them, and the schema in its compact form.
///
/// # Errors
/// A type whose schema makes no sense.
pub fn generate(selection: &Selection<'_>, descriptions: bool) -> Result<Vec<File>, SchemaError> {
    let provider = selection.provider;
    let docs = Docs { descriptions };
    let types = types(selection);
    let mut files = modules(provider, &types, &docs)?;
    let functions = functions::text(provider, &docs)?;
    let top: Vec<&str> = of(&types, Section::Resource).collect();
    if let Some(text) = &functions {
        files.push(file(provider, "functions.rs", text));
    }
    for (section, folder, title) in
        [(Section::Data, "data", "Data sources"), (Section::Ephemeral, "ephemeral", "Ephemeral resources")]
    {
        let modules: Vec<&str> = of(&types, section).collect();
        if !modules.is_empty() {
            let text = format!("//! {title} of the provider `{}`.\n\n{}", provider.name(), list(&[], &modules));
            files.push(file(provider, &format!("{folder}/mod.rs"), &text));
        }
    }
    let has = |section| of(&types, section).next().is_some();
    let plain = [
        ("data", has(Section::Data)),
        ("ephemeral", has(Section::Ephemeral)),
        ("functions", functions.is_some()),
        ("provider", true),
    ];
    let plain: Vec<&str> = plain.iter().filter(|(_, is_there)| *is_there).map(|(name, _)| *name).collect();
    let text = format!(
        "//! Typed bindings of the provider `{}`.\n\n{ALLOWED}\n::tapwasm_guest::embed_schema!(\"{SCHEMA}\");\n\n{}\npub use provider::provider;\n",
        provider.name(),
        list(&plain, &top)
    );
    files.push(file(provider, "mod.rs", &text));
    files.push(File { path: SCHEMA.into(), content: schema(selection)? });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Returns the chosen types with the names of their modules.
fn types<'a>(selection: &Selection<'a>) -> Vec<Type<'a>> {
    let mut taken: BTreeMap<Section, Taken> = BTreeMap::from([(Section::Resource, Taken::of(RESERVED))]);
    let types = selection.types.iter().map(|(section, terraform)| Type {
        section: *section,
        terraform,
        module: taken.entry(*section).or_insert_with(|| Taken::of(["mod"])).take(snake(base(terraform))),
    });
    types.collect()
}

fn of<'a>(types: &'a [Type<'_>], section: Section) -> impl Iterator<Item = &'a str> {
    types.iter().filter(move |of| of.section == section).map(|of| of.module.as_str())
}

/// Makes the modules, on all processors.
fn modules(provider: &ProviderIndex, types: &[Type<'_>], docs: &Docs) -> Result<Vec<File>, SchemaError> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(types.len() + 1));
    let n_workers = std::thread::available_parallelism().map_or(1, usize::from).min(types.len().max(1));
    std::thread::scope(|scope| {
        for _ in 0..n_workers {
            scope.spawn(|| {
                while let Some(of) = types.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let made = module(provider, of, docs);
                    done.lock().expect("no worker panics").push(made);
                }
            });
        }
    });
    let mut files = done.into_inner().expect("no worker panics").into_iter().collect::<Result<Vec<File>, SchemaError>>()?;
    let config = provider.block(Section::Config, "")?.unwrap_or_default();
    let text = Module::new(Section::Config, provider.name(), "provider", &config, docs).text();
    files.push(file(provider, "provider.rs", &text));
    Ok(files)
}

fn module(provider: &ProviderIndex, of: &Type<'_>, docs: &Docs) -> Result<File, SchemaError> {
    let block = provider.block(of.section, of.terraform)?.unwrap_or_default();
    let folder = match of.section {
        Section::Data => "data/",
        Section::Ephemeral => "ephemeral/",
        _ => "",
    };
    let text = Module::new(of.section, of.terraform, &of.module, &block, docs).text();
    Ok(file(provider, &format!("{folder}{}.rs", of.module), &text))
}

/// The head says how a file was made: nobody should change it by hand.
fn file(provider: &ProviderIndex, path: &str, text: &str) -> File {
    let version = provider.version.as_deref().unwrap_or("of a version that its schema does not tell");
    let source = provider.short_source();
    File { path: path.into(), content: format!("{MARK} from the schema of {source} {version}. Do not edit.\n\n{text}") }
}

/// The declarations of modules. Beside a type's module stand its function, of the same name, and its handle, which signatures name; where
/// two have one name, the second stays in its module.
fn list(plain: &[&str], types: &[&str]) -> String {
    let mut all: Vec<&str> = plain.iter().chain(types).copied().collect();
    all.sort_unstable();
    let mut taken = Taken::of(all.iter().copied());
    let (mut declared, mut functions, mut handles) = (String::new(), String::new(), String::new());
    all.iter().for_each(|module| declared.push_str(&format!("#[rustfmt::skip]\npub mod {module};\n")));
    for module in types {
        functions.push_str(&format!("pub use {module}::{module};\n"));
        let handle = handle(module);
        if !taken.has(&handle) {
            handles.push_str(&format!("pub use {module}::{handle};\n"));
            taken.add(handle);
        }
    }
    let groups = [declared, functions, handles].into_iter().filter(|group| !group.is_empty());
    groups.collect::<Vec<String>>().join("\n")
}

fn schema(selection: &Selection<'_>) -> Result<String, SchemaError> {
    let provider = selection.provider;
    let mut out = String::new();
    let n_types = [Section::Resource, Section::Data, Section::Ephemeral]
        .map(|section| provider.names(section).count())
        .iter()
        .sum::<usize>();
    let is_complete = provider.is_complete && n_types == selection.types.len();
    compact::write_provider(&provider.source, provider.version.as_deref(), is_complete, &mut out);
    let mut write = |section, name: &str| {
        let block: Block = provider.block(section, name)?.unwrap_or_default();
        compact::write_block(section, name, &block, &mut out);
        Ok::<_, SchemaError>(())
    };
    write(Section::Config, "")?;
    selection.types.iter().try_for_each(|(section, name)| write(*section, name))?;
    for name in provider.names(Section::Function) {
        if let Some(function) = provider.function(name)? {
            compact::write_function(name, &function, &mut out);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn functions_and_handles_stand_beside_their_modules_where_their_names_are_free() {
        let text = list(&["data"], &["Key", "kms_key", "kms_key_"]);
        let uses = "\
pub use Key::Key;
pub use kms_key::kms_key;
pub use kms_key_::kms_key_;

pub use kms_key::KmsKey;
";
        assert!(text.ends_with(uses), "{text}");
    }
}
