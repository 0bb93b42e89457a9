//! Declarations against the schemas of their providers: every mistake that a schema can tell, all at once, before Terraform runs.
//!
//! Nothing is refused that Terraform accepts. Most texts are Terraform's own.

use super::body::{BodyCheck, Content};
use super::catalog::{Lookup, Schemas};
use super::index::{SchemaError, Section};
use super::provider::Block;
use super::providers::Providers;
use super::read::{self, Step};
use super::reads::Reads;
use super::typing::{Scope, Typing};
use super::{ephemeral, secrets};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::ResourceGraph;
use crate::model::{Body, Declaration, Expression, Kind, implied_provider, is_identifier};
use std::collections::BTreeSet;
use std::sync::Arc;

/// So many types without a schema are named.
const MOST_NAMED: usize = 8;

/// Looks at each declaration of each stack. Types that no schema tells of are named once, at the end.
pub fn check(graphs: &[ResourceGraph], schemas: &Schemas) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let mut untold = BTreeSet::new();
    for graph in graphs {
        let typing = Typing::new(graph, Providers::of(&graph.nodes, schemas));
        let mut check = Check { typing: &typing, untold: &mut untold, told: BTreeSet::new(), diagnostics: &mut diagnostics };
        graph.nodes.iter().for_each(|node| check.node(node));
        secrets::refuse(&typing, &mut diagnostics);
        ephemeral::refuse(&typing, &mut diagnostics);
    }
    if !untold.is_empty() {
        diagnostics.push(without_schema(&untold));
    }
    diagnostics
}

struct Check<'a, 'd> {
    typing: &'d Typing<'a>,
    /// The types that no schema tells of.
    untold: &'d mut BTreeSet<String>,
    /// What is told once a stack: schemas that cannot be read, providers.
    told: BTreeSet<String>,
    diagnostics: &'d mut Diagnostics,
}

impl<'a> Check<'a, '_> {
    fn node(&mut self, node: &'a Declaration) {
        Reads::check(self.typing, node, self.diagnostics);
        super::calls::check(self.typing, node, self.diagnostics);
        match self.typing.providers.lookup(node) {
            Ok(None) => {}
            Ok(Some(Lookup::Known(block))) => self.known(node, &block),
            Ok(Some(Lookup::Missing { provider, meant })) => self.missing(node, &provider, meant.as_deref()),
            Ok(Some(Lookup::Untold)) => self.untold(node, node.kind, node.labels.first().map(AsRef::as_ref)),
            Err(error) => self.unreadable(&error),
        }
        if node.kind == Kind::Check {
            node.body.blocks_named("data").for_each(|block| self.own_data(node, block));
        }
    }

    fn known(&mut self, node: &'a Declaration, block: &Arc<Block>) {
        self.provider(node);
        if block.is_deprecated && node.kind != Kind::Provider {
            let detail = match &block.description {
                Some(description) => format!("The provider advises against `{}`: {description}", node.labels[0]),
                None => format!("The provider advises against `{}`; its documentation says what to use instead.", node.labels[0]),
            };
            let summary = if node.kind == Kind::Resource { "Deprecated resource" } else { "Deprecated data source" };
            self.diagnostics.push(Diagnostic::warning("deprecated", summary).detail(detail).at(&node.place).about(&node.address));
        }
        // Terraform looks at a configuration that says nothing no further: it may come from the environment.
        if node.kind != Kind::Provider {
            self.body(node, block, &Content::of_body(&node.body), Vec::new());
        } else if !node.body.is_empty() {
            // Terraform's own, from before `required_providers`.
            self.body(node, block, &Content::of_body(&node.body).without(&["version"]), Vec::new());
        }
        self.ignored(node, block);
    }

    fn body(&mut self, node: &'a Declaration, block: &Block, content: &Content<'a>, path: Vec<String>) {
        let scope = Scope::default();
        BodyCheck { typing: self.typing, node, scope, path, diagnostics: self.diagnostics }.content(content, block);
    }

    /// What `ignore_changes` names must be there.
    fn ignored(&mut self, node: &Declaration, block: &Block) {
        let lifecycles = node.meta.blocks_named("lifecycle");
        let lists = lifecycles.filter_map(|lifecycle| lifecycle.body.argument("ignore_changes"));
        for item in lists.filter_map(|list| if let Expression::List(items) = list { Some(items) } else { None }).flatten() {
            let (Expression::Text(path) | Expression::Symbol(path)) = item else { continue };
            let first = path.split(['.', '[']).next().unwrap_or_default().trim();
            // What is no path is told as such; whether the rest of one is there may depend on values.
            if is_identifier(first)
                && let Err(fault) = read::through_block(block, &[Step::Attribute(first)])
            {
                self.diagnostics.push(
                    Diagnostic::error("unsupported-attribute", fault.summary)
                        .detail(fault.detail)
                        .help(fault.help)
                        .at(&node.place)
                        .about(&node.address)
                        .in_path("lifecycle.ignore_changes"),
                );
            }
        }
    }

    /// The data source in a check: its body holds what elsewhere is meta.
    fn own_data(&mut self, node: &'a Declaration, block: &'a crate::model::Block) {
        let Some(kind) = block.labels.first() else { return };
        match self.typing.providers.find(implied_provider(kind), Section::Data, kind) {
            Ok(Lookup::Known(schema)) => {
                let content = Content::of_scoped_data(&block.body);
                self.body(node, &schema, &content, vec![format!("data.{}", block.labels.join("."))]);
            }
            Ok(Lookup::Missing { provider, meant }) => self.invalid_type(node, Kind::Data, kind, &provider, meant.as_deref()),
            Ok(Lookup::Untold) => self.untold(node, Kind::Data, Some(kind)),
            Err(error) => self.unreadable(&error),
        }
    }

    fn missing(&mut self, node: &Declaration, provider: &str, meant: Option<&str>) {
        self.invalid_type(node, node.kind, &node.labels[0], provider, meant);
    }

    fn invalid_type(&mut self, node: &Declaration, kind: Kind, name: &str, provider: &str, meant: Option<&str>) {
        let (summary, noun) = match kind {
            Kind::Data => ("Invalid data source", "data source"),
            Kind::Ephemeral => ("Invalid ephemeral resource", "ephemeral resource type"),
            _ => ("Invalid resource type", "resource type"),
        };
        let local_name = implied_provider(name);
        let elsewhere =
            [(Section::Resource, "a resource"), (Section::Data, "a data source"), (Section::Ephemeral, "an ephemeral resource")];
        let found = elsewhere
            .iter()
            .find(|(section, _)| matches!(self.typing.providers.find(local_name, *section, name), Ok(Lookup::Known(_))));
        let help = match (meant, found) {
            (_, Some((_, what))) => format!("It is {what} of this provider."),
            (Some(meant), None) => format!("Did you mean `{meant}`?"),
            (None, None) => String::new(),
        };
        self.diagnostics.push(
            Diagnostic::error("invalid-type", summary)
                .detail(format!("The provider {provider} does not support {noun} \"{name}\"."))
                .help(help)
                .at(&node.place)
                .about(&node.address),
        );
    }

    /// Terraform finds a provider by its name alone only where HashiCorp publishes it, and takes its newest version then.
    fn provider(&mut self, node: &Declaration) {
        let local_name = Providers::local_name(node);
        let providers = &self.typing.providers;
        if local_name == "terraform" || providers.requires(local_name) || !self.told.insert(format!("provider {local_name}")) {
            return;
        }
        self.diagnostics.push(
            Diagnostic::warning("unrequired-provider", "Provider is not required")
                .detail(format!(
                    "`required_providers` does not name `{local_name}`: Terraform takes the newest version of {} that there is.",
                    providers.source(local_name)
                ))
                .help(format!("Add `{local_name}` to `required_providers`, with its source and version."))
                .at(&node.place)
                .about(&node.address),
        );
    }

    fn untold(&mut self, node: &Declaration, kind: Kind, type_name: Option<&str>) {
        let Some(name) = type_name.filter(|name| kind != Kind::Provider && is_identifier(name)) else { return };
        let misnamed = self.typing.providers.misnamed(kind, name);
        if let Some(provider) = misnamed.filter(|provider| self.told.insert(provider.source.clone())) {
            let source = provider.short_source();
            self.diagnostics.push(
                Diagnostic::error("unrequired-provider", "Provider is not required")
                    .detail(format!(
                        "`{name}` is of the provider {source}, which this stack's `required_providers` does not name: Terraform would look \
                         for hashicorp/{}, which is another one.",
                        provider.name()
                    ))
                    .help(format!("Add `{}` to `required_providers`, with the source `{source}`.", provider.name()))
                    .at(&node.place)
                    .about(&node.address),
            );
        }
        let prefix = kind.address_prefix();
        self.untold.insert(format!("{prefix}{name}"));
    }

    fn unreadable(&mut self, error: &SchemaError) {
        let detail = error.to_string();
        if self.told.insert(detail.clone()) {
            self.diagnostics.push(
                Diagnostic::error("damaged-schema", "Provider schema cannot be used").detail(detail).help(
                    "Make it again: with `terraform providers schema -json`, or `tapwasm bindgen` where bindings carry it.",
                ),
            );
        }
    }
}

fn without_schema(untold: &BTreeSet<String>) -> Diagnostic {
    let mut names: Vec<String> = untold.iter().take(MOST_NAMED).map(|name| format!("`{name}`")).collect();
    if untold.len() > MOST_NAMED {
        names.push(format!("and {} more", untold.len() - MOST_NAMED));
    }
    let detail = format!("What these types take is not checked, since no schema tells it: {}.", names.join(", "));
    let help = "Give the output of `terraform providers schema -json` with `--schema`, or by `schemas` in tapwasm.toml; bindings that `tapwasm \
                bindgen` made carry their own.";
    let mut diagnostic = Diagnostic::warning("no-schema", "No provider schema").detail(detail).help(help);
    diagnostic.severity = crate::diagnostic::Severity::Info;
    diagnostic
}

impl<'a> Content<'a> {
    /// What a data source in a check says to its provider.
    fn of_scoped_data(body: &'a Body) -> Content<'a> {
        Content::of_body(body).without(&["depends_on", "provider"])
    }
}
