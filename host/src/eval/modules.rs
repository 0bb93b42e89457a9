//! Local modules: a `source` in a granted folder is copied beside the stack's configuration, where Terraform finds it.
//!
//! The whole grant is copied, not the module alone: a module may use another one of the same grant by `../common`.

use super::grants::{missing, outside};
use super::recorder::{Recorder, Refusal};
use super::tokens::TokenError;
use crate::diagnostic::Diagnostic;
use crate::model::{Expression, StackDeclarations};
use hcl_edit::expr::Expression as Hcl;
use hcl_edit::structure::Body;

impl Recorder {
    /// Copies the module that the last declaration of the selected stack calls, where it is a local one, and says its new place there.
    pub(super) fn copy_local_module(&mut self) -> Result<(), Refusal> {
        let Some(source) = last_source(self.selected()).map(str::to_owned) else { return Ok(()) };
        if is_parent(&source) {
            return Err(outside(format!(
                "the module's source `{source}` leads out of the stack's folder. Grant the folder that holds the module, and give \
                 `./GRANT/…`, with the name of the grant"
            ))
            .into());
        }
        let Some(path) = source.strip_prefix("./").map(|path| path.trim_end_matches('/')) else { return Ok(()) };
        if is_asset(self.selected(), path) {
            return Ok(());
        }
        let (grant, rest) = path.split_once('/').unwrap_or((path, ""));
        let Some(declared) = self.selected().declarations.last() else { return Ok(()) };
        let (place, address) = (declared.place.clone(), declared.address.clone());
        if !self.granted.grants.has(grant) {
            // Somebody may have put it into the stack's folder by hand.
            self.diagnostics.push(
                Diagnostic::warning("local-module", "Local module that is not granted")
                    .detail(format!("The source `{source}` is left as it is: Terraform looks for it in the stack's folder."))
                    .help(format!("To have it copied there, grant the folder: `--grant-assets {grant}=DIR`."))
                    .at(&place)
                    .about(&address),
            );
            return Ok(());
        }
        // Says what is wrong with the path, before anything is copied.
        let grants = self.granted.grants.clone();
        grants.find(path)?;
        let first = self.selected().assets.len();
        let copied = self.folder_asset_without(grant, grant, &|name| !is_module_file(name), place)?;
        let prefix = format!("{}/", copied.path);
        check_module(self.selected(), first, &prefix, grant, rest)?;
        let source = if rest.is_empty() { format!("./{}", copied.path) } else { format!("./{prefix}{rest}") };
        set_last_source(self.selected(), &source);
        Ok(())
    }
}

fn last_source(stack: &StackDeclarations) -> Option<&str> {
    match stack.declarations.last()?.meta.argument("source")? {
        Expression::Text(source) => Some(source),
        _ => None,
    }
}

fn set_last_source(stack: &mut StackDeclarations, source: &str) {
    let arguments = stack.declarations.last_mut().into_iter().flat_map(|declaration| &mut declaration.meta.arguments);
    for (_, value) in arguments.filter(|(name, _)| name.as_ref() == "source") {
        *value = Expression::Text(source.into());
    }
}

/// Tells whether a path is that of an asset of the stack, or leads into one.
fn is_asset(stack: &StackDeclarations, path: &str) -> bool {
    // `assets` alone is the name of a grant: each asset is in there.
    let folder = format!("{path}/");
    path.starts_with("assets/") && stack.assets.iter().any(|asset| asset.path.starts_with(&folder))
}

/// Tells whether a name in a granted folder belongs to its modules. Left out is what Terraform keeps for itself where it was run, and values
/// of variables: a called module reads none of them, and they may hold secrets.
fn is_module_file(name: &str) -> bool {
    !matches!(name, ".terraform" | ".terraform.lock.hcl" | ".git" | ".tapwasm" | "tapwasm.out")
        && !name.starts_with("terraform.tfstate")
        && !name.ends_with(".tfvars")
        && !name.ends_with(".tfvars.json")
}

fn is_configuration(name: &str) -> bool {
    name.ends_with(".tf") || name.ends_with(".tf.json")
}

/// Checks what was copied: that the module is one, and that no module of the grant calls another outside of it.
fn check_module(stack: &StackDeclarations, first: usize, prefix: &str, grant: &str, rest: &str) -> Result<(), TokenError> {
    let files = stack.assets[first..].iter().filter_map(|asset| Some((asset.path.strip_prefix(prefix)?, &asset.content)));
    let mut is_module = false;
    for (path, content) in files.filter(|(path, _)| is_configuration(path)) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        is_module |= folder == rest;
        if let Some(source) = sources(path, content).iter().find(|source| leaves(folder, source)) {
            return Err(outside(format!(
                "`{grant}/{path}` calls a module by `{source}`, which is not in what was granted: grant a folder that holds both"
            )));
        }
    }
    if !is_module {
        let shown = if rest.is_empty() { grant.to_owned() } else { format!("{grant}/{rest}") };
        return Err(missing(format!("`{shown}` is no module: it holds no file `*.tf` or `*.tf.json`")));
    }
    Ok(())
}

fn is_parent(source: &str) -> bool {
    source == ".." || source.starts_with("../")
}

/// Tells whether a local source, seen from a folder of a grant, is outside of the grant.
fn leaves(folder: &str, source: &str) -> bool {
    if !is_parent(source) && !source.starts_with("./") {
        return false;
    }
    let mut depth = folder.split('/').filter(|name| !name.is_empty()).count();
    for name in source.split('/').filter(|name| !matches!(*name, "" | ".")) {
        match (name, depth) {
            ("..", 0) => return true,
            ("..", _) => depth -= 1,
            _ => depth += 1,
        }
    }
    false
}

/// Returns the sources of the modules that a file calls. A file that does not parse has none: Terraform says what is wrong with it.
fn sources(path: &str, content: &[u8]) -> Vec<String> {
    let Ok(text) = std::str::from_utf8(content) else { return Vec::new() };
    if path.ends_with(".json") {
        let Ok(document) = serde_json::from_str::<serde_json::Value>(text) else { return Vec::new() };
        let modules = document.get("module").and_then(|modules| modules.as_object()).into_iter().flatten();
        return modules.filter_map(|(_, module)| module.get("source")?.as_str().map(str::to_owned)).collect();
    }
    let Ok(body) = text.parse::<Body>() else { return Vec::new() };
    let modules = body.get_blocks("module").filter_map(|module| module.body.get_attribute("source"));
    modules
        .filter_map(|source| match &source.value {
            Hcl::String(text) => Some(text.as_str().to_owned()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_leads_above_the_grant_leaves_it() {
        for (folder, source) in [("", "../x"), ("vpc", "../../x"), ("a/b", "../../../x"), ("a", "./../../a"), ("", "..")] {
            assert!(leaves(folder, source), "{folder} {source}");
        }
        for (folder, source) in [("vpc", "../common"), ("a/b", "../../x"), ("", "./a/../b"), ("", "hashicorp/consul/aws")] {
            assert!(!leaves(folder, source), "{folder} {source}");
        }
    }

    #[test]
    fn sources_are_read_in_both_notations() {
        assert_eq!(sources("main.tf", b"module \"a\" {\n  source = \"../common\"\n}\n"), ["../common"]);
        assert_eq!(sources("main.tf.json", br#"{"module": {"a": {"source": "../common"}}}"#), ["../common"]);
        assert_eq!(sources("main.tf", b"module {"), [""; 0]);
    }
}
