//! References: what each declaration refers to, as edges; and everything that refers to nothing.

use super::instances;
use crate::diagnostic::{Diagnostic, Diagnostics, closest};
use crate::model::{Address, Block, Body, Declaration, Expression, ForResult, Kind, Name, Place, implied_provider, read_raw};
use std::collections::HashSet;

/// Looking for what was meant goes through all addresses: not for every one of very many faults.
const MOST_SUGGESTIONS: usize = 50;
/// Nor for many faults among very many addresses: so many are compared, all faults together.
const MOST_COMPARISONS: usize = 250_000;

/// Returns for each node the nodes that it refers to; `nodes` and `reserved` are sorted by address.
pub(super) fn resolve(nodes: &[Declaration], reserved: &[(Address, Place)], diagnostics: &mut Diagnostics) -> Vec<Vec<u32>> {
    nodes
        .iter()
        .map(|node| {
            let own_data = own_data(node);
            let mut resolver = Resolver {
                nodes,
                reserved,
                node,
                own_data,
                variables: Vec::new(),
                edges: Vec::new(),
                is_naming: false,
                diagnostics,
            };
            resolver.node();
            resolver.edges.sort_unstable();
            resolver.edges.dedup();
            resolver.edges
        })
        .collect()
}

struct Resolver<'a> {
    nodes: &'a [Declaration],
    reserved: &'a [(Address, Place)],
    /// Whose references are looked at.
    node: &'a Declaration,
    own_data: HashSet<Address>,
    /// Names that the enclosing `for`s, splats and dynamic blocks give a meaning.
    variables: Vec<Name>,
    edges: Vec<u32>,
    /// Whether things are named, not read: then which instance is not asked.
    is_naming: bool,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Resolver<'a> {
    fn node(&mut self) {
        // What has moved or is let go of need not be declared.
        if matches!(self.node.kind, Kind::Moved | Kind::Removed) {
            return;
        }
        match self.node.kind {
            // A type constraint looks like symbols, and is none.
            Kind::Variable => {
                let arguments = self.node.body.arguments.iter().filter(|(name, _)| name.as_ref() != "type");
                arguments.for_each(|(_, value)| self.value(value));
                self.node.body.blocks.iter().for_each(|block| self.block(block));
            }
            Kind::Import => self.body_with_provider(&self.node.body),
            Kind::Output => {
                for (name, value) in &self.node.body.arguments {
                    if name.as_ref() == "depends_on" { self.named(value) } else { self.value(value) }
                }
                self.node.body.blocks.iter().for_each(|block| self.block(block));
            }
            _ => self.body(&self.node.body),
        }
        let meta = &self.node.meta;
        for (name, value) in &meta.arguments {
            match name.as_ref() {
                "provider" => self.provider(value),
                "providers" => self.providers(value),
                "depends_on" => self.named(value),
                _ => self.value(value),
            }
        }
        for block in &meta.blocks {
            self.block(block);
        }
        if meta.argument("provider").is_none() {
            self.implied_provider();
        }
    }

    fn body(&mut self, body: &'a Body) {
        for (_, value) in &body.arguments {
            self.value(value);
        }
        for block in &body.blocks {
            self.block(block);
        }
    }

    /// Reads a body in which `provider` is Terraform's own, though it has no meta apart.
    fn body_with_provider(&mut self, body: &'a Body) {
        for (name, value) in &body.arguments {
            match name.as_ref() {
                "provider" => self.provider(value),
                // Which instance an import block is about is looked at with the block.
                "to" | "depends_on" => self.named(value),
                _ => self.value(value),
            }
        }
        body.blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &'a Block) {
        let outer = self.variables.len();
        match block.name.as_ref() {
            "lifecycle" => {
                let values = block.body.arguments.iter().filter(|(name, _)| name.as_ref() != "ignore_changes");
                for (name, value) in values {
                    if name.as_ref() == "replace_triggered_by" { self.named(value) } else { self.value(value) }
                }
                block.body.blocks.iter().for_each(|block| self.block(block));
            }
            "dynamic" => {
                // The iterator has its meaning in labels and content, not in the collection.
                let iterator = block.body.argument("iterator").and_then(symbol_or_text).or(block.labels.first().cloned());
                block.body.argument("for_each").into_iter().for_each(|value| self.value(value));
                self.variables.extend(iterator);
                block.body.argument("labels").into_iter().for_each(|value| self.value(value));
                block.body.blocks.iter().for_each(|block| self.block(block));
            }
            "data" if self.node.kind == Kind::Check => self.body_with_provider(&block.body),
            "provisioner" | "connection" | "postcondition" => {
                self.variables.push("self".into());
                self.body(&block.body);
            }
            _ => self.body(&block.body),
        }
        self.variables.truncate(outer);
    }

    fn value(&mut self, value: &'a Expression) {
        let outer = self.variables.len();
        match value {
            Expression::Reference(reference) => {
                self.refuse_hidden(&reference.to);
                self.address(&reference.to);
                self.instance(value);
            }
            Expression::Symbol(text) => {
                self.symbol(text);
                self.instance(value);
            }
            Expression::Index(parts) if instances::is_whole(&parts.0) => {
                self.instance(value);
                // What is whole in there is no longer asked for an instance.
                self.value(&parts.0);
                self.value(&parts.1);
            }
            Expression::Attribute(parts) if instances::is_whole(&parts.0) => {
                self.instance(value);
                self.value(&parts.0);
            }
            // It was parsed when it came, so it can be parsed.
            Expression::Raw(raw) => read_raw(&raw.0).unwrap_or_default().symbols.iter().for_each(|symbol| self.symbol(symbol)),
            Expression::Splat(parts) => {
                self.value(&parts.0);
                self.variables.push("*".into());
                self.value(&parts.1);
            }
            Expression::For(parts) => {
                self.value(&parts.collection);
                self.variables.extend(parts.key.iter().chain([&parts.value]).cloned());
                match &parts.result {
                    ForResult::List(value) => self.value(value),
                    ForResult::Object { key, value, .. } => {
                        self.value(key);
                        self.value(value);
                    }
                }
                parts.condition.iter().for_each(|condition| self.value(condition));
            }
            Expression::DirectiveFor(parts) => {
                self.value(&parts.2);
                self.variables.extend(parts.0.iter().chain([&parts.1]).cloned());
                self.value(&parts.3);
            }
            _ => {
                let mut children = Vec::new();
                value.each_child(&mut |child| children.push(child));
                children.into_iter().for_each(|child| self.value(child));
            }
        }
        self.variables.truncate(outer);
    }

    /// Follows what is named without being read.
    fn named(&mut self, value: &'a Expression) {
        self.is_naming = true;
        self.value(value);
        self.is_naming = false;
    }

    /// Reports a read that names no instance where there are several, or one where there is but one.
    fn instance(&mut self, value: &Expression) {
        if self.is_naming {
            return;
        }
        let Some(read) = instances::Read::of(value) else { return };
        let root = read.to.as_str().split('.').next().unwrap_or_default();
        if self.variables.iter().any(|variable| variable.as_ref() == root) {
            return;
        }
        if let Some(position) = self.position(&read.to)
            && let Some(found) = read.fault(&self.nodes[position])
        {
            self.report(found);
        }
    }

    fn symbol(&mut self, text: &str) {
        let names: Vec<&str> = text.split('.').collect();
        if self.variables.iter().any(|variable| variable.as_ref() == names[0]) {
            return;
        }
        match names[..] {
            ["each", "key" | "value", ..] => self.needs_meta("for_each", text),
            ["count", "index"] => self.needs_meta("count", text),
            ["path", "module" | "root" | "cwd"] | ["terraform", "workspace" | "applying"] => {}
            ["each" | "count" | "path" | "terraform" | "self" | "*", ..] => self.unknown_symbol(text),
            _ => match Address::read_by(&names) {
                Some(address) => self.address(&address),
                None => self.unknown_symbol(text),
            },
        }
    }

    /// A variable hides what begins with its name: Terraform would read the variable, without a word.
    fn refuse_hidden(&mut self, address: &Address) {
        let root = address.as_str().split('.').next().unwrap_or_default();
        if self.variables.iter().any(|variable| variable.as_ref() == root) {
            self.report(
                Diagnostic::error("hidden-reference", "Reference hidden by a variable")
                    .detail(format!("`{address}` is read where `{root}` is the variable of a `for` or of a `dynamic` block."))
                    .help(format!("Give the variable another name than `{root}`; for a `dynamic` block, set `iterator`.")),
            );
        }
    }

    fn needs_meta(&mut self, name: &str, text: &str) {
        // A check's data source and an import block have no meta of their own; their `for_each` is an argument.
        if self.node.meta.argument(name).is_none() && self.node.body.argument(name).is_none() {
            self.report(
                Diagnostic::error("symbol-out-of-place", "Symbol without a meaning here")
                    .detail(format!("`{text}` has a meaning only where `{name}` is set, and `{}` sets none.", self.node.address)),
            );
        }
    }

    fn unknown_symbol(&mut self, text: &str) {
        let known = ["each.key", "each.value", "count.index", "path.module", "path.root", "path.cwd", "terraform.workspace"];
        let variables = self.variables.iter().map(AsRef::as_ref);
        let help = match closest(text, known.into_iter().chain(variables)) {
            _ if text == "self" || text.starts_with("self.") => {
                Some("`self` has a meaning in provisioners, connections and postconditions.".to_owned())
            }
            close => close.map(|name| format!("Did you mean `{name}`?")),
        };
        self.report(
            Diagnostic::error("unknown-symbol", "Unknown symbol")
                .detail(format!("`{text}` has no meaning here."))
                .help(help.unwrap_or_default()),
        );
    }

    fn address(&mut self, address: &Address) {
        let Some(position) = self.position(address) else {
            if !self.own_data.contains(address) {
                self.undeclared(address);
            }
            return;
        };
        let target = &self.nodes[position];
        let has_no_value = [Kind::Output, Kind::Provider, Kind::Check, Kind::Settings, Kind::Moved, Kind::Import, Kind::Removed];
        if has_no_value.contains(&target.kind) {
            let detail = format!("Terraform has no expression that reads {}; `{address}` is one.", target.kind.a_noun());
            self.report(Diagnostic::error("unreadable-reference", "Reference to something that cannot be read").detail(detail));
        } else if *address != self.node.address {
            self.edge(position);
        } else if self.node.kind != Kind::Variable {
            // A variable's validation reads the variable itself.
            self.report(
                Diagnostic::error("self-reference", "Reference to itself")
                    .detail(format!("`{address}` refers to itself."))
                    .help("In provisioners, connections and postconditions it is `self`."),
            );
        }
    }

    fn undeclared(&mut self, address: &Address) {
        let mut diagnostic = Diagnostic::error("undeclared-reference", "Reference to something undeclared")
            .detail(format!("`{}` refers to `{address}`, which this stack does not declare.", self.node.address));
        if let Ok(position) = self.reserved.binary_search_by(|(reserved, _)| reserved.cmp(address)) {
            diagnostic = diagnostic
                .help("Declare it, or refer to something else.")
                .related("reserved here, and never declared", &self.reserved[position].1);
        } else if self.diagnostics.n_errors() < MOST_SUGGESTIONS.min(1 + MOST_COMPARISONS / self.nodes.len()) {
            let others = self.nodes.iter().map(|node| &node.address).filter(|other| **other != self.node.address);
            let close = closest(address.as_str(), others.map(Address::as_str));
            diagnostic = diagnostic.help(close.map(|name| format!("Did you mean `{name}`?")).unwrap_or_default());
        }
        self.report(diagnostic);
    }

    fn providers(&mut self, value: &'a Expression) {
        if let Expression::Object(pairs) = value {
            pairs.iter().for_each(|(_, provider)| self.provider(provider));
        }
    }

    /// A provider configuration is named by reference, by symbol (`aws.west`) or by text. A default one need not be declared.
    fn provider(&mut self, value: &Expression) {
        let address = match value {
            Expression::Reference(reference) => reference.to.clone(),
            Expression::Symbol(text) | Expression::Text(text) => Address::new(Kind::Provider, &[text]),
            _ => return,
        };
        match self.position(&address) {
            Some(position) => self.edge(position),
            None if address.as_str().matches('.').count() == 1 && !matches!(value, Expression::Reference(_)) => {}
            None => self.undeclared(&address),
        }
    }

    /// Terraform takes the default configuration of the provider that a type's first word names.
    fn implied_provider(&mut self) {
        if let (Kind::Resource | Kind::Data | Kind::Ephemeral, Some(kind)) = (self.node.kind, self.node.labels.first())
            && let Some(position) = self.position(&Address::new(Kind::Provider, &[implied_provider(kind)]))
        {
            self.edge(position);
        }
    }

    fn position(&self, address: &Address) -> Option<usize> {
        self.nodes.binary_search_by(|node| node.address.cmp(address)).ok()
    }

    fn edge(&mut self, position: usize) {
        self.edges.push(u32::try_from(position).expect("declarations are counted in 32 bits"));
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic.at(&self.node.place).about(&self.node.address));
    }
}

/// A check may have a data source of its own, which nothing else sees.
fn own_data(node: &Declaration) -> HashSet<Address> {
    match node.kind {
        Kind::Check => node.body.blocks_named("data").map(|block| Address::new(Kind::Data, &block.labels)).collect(),
        _ => HashSet::new(),
    }
}

fn symbol_or_text(value: &Expression) -> Option<Name> {
    match value {
        Expression::Symbol(text) | Expression::Text(text) => Some(text.as_ref().into()),
        _ => None,
    }
}
