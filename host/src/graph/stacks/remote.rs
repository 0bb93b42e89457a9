//! How another stack reads a stack's state: its backend, said again from where the reader stands.

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::model::{Body, Expression, Kind, Name, Place, StackDeclarations};

/// What the reader must say, since it is given nothing at `terraform init`.
const REQUIRED: [(&str, &[&str]); 9] = [
    ("azurerm", &["storage_account_name", "container_name", "key"]),
    ("consul", &["path"]),
    ("cos", &["bucket"]),
    ("gcs", &["bucket"]),
    ("kubernetes", &["secret_suffix"]),
    ("oss", &["bucket"]),
    ("remote", &["organization", "workspaces"]),
    ("s3", &["bucket", "key", "region"]),
    ("cloud", &["organization", "workspaces"]),
];

/// What Terraform also takes from the environment, where the reader finds it, too.
const FROM_ENVIRONMENT: [(&str, &str, &str); 1] = [("s3", "region", "AWS_REGION")];

/// Returns the body of the data source `terraform_remote_state` that reads a stack; nothing, with a diagnostic, where it cannot be read.
pub(super) fn state_of(stack: &StackDeclarations, reader: &Place, diagnostics: &mut Diagnostics) -> Option<Body> {
    let settings = stack.declarations.iter().filter(|declaration| declaration.kind == Kind::Settings);
    let mut chosen = settings.flat_map(|settings| {
        let blocks = settings.body.blocks.iter().filter(|block| matches!(block.name.as_ref(), "backend" | "cloud"));
        blocks.map(move |block| (settings, block))
    });
    let Some((settings, block)) = chosen.next() else {
        return Some(local(&stack.name, &Body::default()));
    };
    let backend = if block.name.as_ref() == "cloud" { "cloud" } else { block.labels.first().map_or("", AsRef::as_ref) };
    let mut found = missing(&stack.name, backend, &block.body);
    let is_partial = found.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let state = match backend {
        _ if is_partial => None,
        "local" => Some(local(&stack.name, &block.body)),
        "cloud" => {
            let state = cloud(&block.body);
            if state.is_none() {
                found.push(without_name(&stack.name));
            }
            state
        }
        // One workspace by name: there are no others to choose from.
        "remote" if !has_prefix(&block.body) => Some(data(backend, config(&block.body), false)),
        _ => Some(data(backend, config(&block.body), true)),
    };
    for diagnostic in found {
        diagnostics.push(diagnostic.at(&settings.place).related(format!("`{}` is read here", stack.name), reader));
    }
    state
}

/// Finds what the stack's own settings leave to `terraform init`.
fn missing(stack: &str, backend: &str, own: &Body) -> Vec<Diagnostic> {
    const SUMMARY: &str = "Partial backend of a stack that others read";
    let names = required(backend).iter().filter(|name| !has(own, name));
    let diagnostics = names.map(|name| {
        let variable = FROM_ENVIRONMENT.iter().find(|known| (known.0, known.1) == (backend, name)).map(|known| known.2);
        let diagnostic = match variable {
            Some(variable) => Diagnostic::warning("remote-state", SUMMARY)
                .help(format!("Say `{name}`, or set `{variable}` wherever the reader is planned.")),
            None => Diagnostic::error("remote-state", SUMMARY).help(format!("Say `{name}` in the stack's settings.")),
        };
        diagnostic.detail(format!(
            "Another stack reads the state of `{stack}`, and its {} does not say `{name}`: whatever completes it at `terraform init` is not there \
             for the reader.",
            describe(backend)
        ))
    });
    diagnostics.collect()
}

fn without_name(stack: &str) -> Diagnostic {
    Diagnostic::error("remote-state", "Workspace without a name")
        .detail(format!(
            "Another stack reads the state of `{stack}`, which is in whichever HCP Terraform workspaces have its tags: `terraform_remote_state` reads \
             one by its name."
        ))
        .help("Name the workspace in `cloud`: `workspaces { name = \"…\" }`.")
}

fn required(backend: &str) -> &'static [&'static str] {
    REQUIRED.iter().find(|(name, _)| *name == backend).map_or(&[], |(_, required)| required)
}

fn describe(backend: &str) -> String {
    if backend == "cloud" { "block `cloud`".to_owned() } else { format!("backend `{backend}`") }
}

fn has(body: &Body, name: &str) -> bool {
    body.argument(name).is_some_and(|value| *value != Expression::Null) || body.blocks_named(name).next().is_some()
}

fn data(backend: &str, config: Vec<(Expression, Expression)>, by_workspace: bool) -> Body {
    let mut body = Body::default();
    body.arguments.push(("backend".into(), Expression::text(backend)));
    body.arguments.push(("config".into(), Expression::Object(config)));
    if by_workspace {
        body.arguments.push(("workspace".into(), Expression::Symbol("terraform.workspace".into())));
    }
    body
}

/// A local state stands in the folder of its stack, or relative to it; that folder is beside the reader's.
fn local(stack: &str, own: &Body) -> Body {
    let path = |name: &str, default: &str| {
        let own = own.argument(name).and_then(Expression::as_text).filter(|path| !path.is_empty());
        let path = own.unwrap_or(default);
        Expression::text(if is_absolute(path) { path.to_owned() } else { format!("../{stack}/{path}") })
    };
    let config = vec![
        (Expression::text("path"), path("path", "terraform.tfstate")),
        (Expression::text("workspace_dir"), path("workspace_dir", "terraform.tfstate.d")),
    ];
    data("local", config, true)
}

/// The same on every machine, whichever system it has.
fn is_absolute(path: &str) -> bool {
    let bytes = path.as_bytes();
    path.starts_with(['/', '\\']) || (bytes.len() > 2 && bytes[1] == b':' && matches!(bytes[2], b'/' | b'\\'))
}

/// `cloud` has no data source of its own: what reads a workspace by its name is the backend `remote`.
fn cloud(own: &Body) -> Option<Body> {
    let workspaces = own.blocks_named("workspaces").next().map(|block| object(&block.body));
    let workspaces = workspaces.or_else(|| own.argument("workspaces").cloned())?;
    let Expression::Object(pairs) = workspaces else { return None };
    let name = pairs.into_iter().find(|(key, _)| key.as_text() == Some("name"))?;
    let mut config: Vec<(Expression, Expression)> = ["hostname", "organization", "token"]
        .into_iter()
        .filter_map(|key| own.argument(key).map(|value| (Expression::text(key), value.clone())))
        .collect();
    config.push((Expression::text("workspaces"), Expression::Object(vec![name])));
    Some(data("remote", config, false))
}

fn has_prefix(own: &Body) -> bool {
    let in_block = own.blocks_named("workspaces").any(|block| has(&block.body, "prefix"));
    let in_argument = own.argument("workspaces").is_some_and(|value| match value {
        Expression::Object(pairs) => pairs.iter().any(|(key, _)| key.as_text() == Some("prefix")),
        _ => false,
    });
    in_block || in_argument
}

/// Returns a backend's arguments and blocks as the attributes that the data source takes.
fn config(own: &Body) -> Vec<(Expression, Expression)> {
    match object(own) {
        Expression::Object(pairs) => pairs,
        _ => Vec::new(),
    }
}

fn object(body: &Body) -> Expression {
    let mut pairs: Vec<(Name, Expression)> =
        body.arguments.iter().filter(|(_, value)| *value != Expression::Null).cloned().collect();
    for blocks in body.blocks.chunk_by(|a, b| a.name == b.name) {
        let mut values: Vec<Expression> = blocks.iter().map(|block| object(&block.body)).collect();
        // A backend's blocks are single ones: the data source takes an object, never a list of one.
        let value = if values.len() == 1 { values.remove(0) } else { Expression::List(values) };
        pairs.push((blocks[0].name.clone(), value));
    }
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    Expression::Object(pairs.into_iter().map(|(name, value)| (Expression::text(name.as_ref()), value)).collect())
}
