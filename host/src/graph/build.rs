//! Builds graphs from an evaluation: each address once, names valid, references resolved; finds what is wrong with it, all at once.

use super::references::resolve;
use super::{
    KeptSecrets, ResourceGraph, Sets, VersionNeed, checks, cycles, ephemeral, functions, protection, secrets, sensitive,
    settings, stacks, versions,
};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Address, Asset, Declaration, Evaluation, Kind, Place, StackDeclarations, is_identifier};

/// What Terraform understands of resources, data sources and ephemeral resources.
const META_OF_RESOURCES: [&str; 7] = ["count", "for_each", "depends_on", "provider", "lifecycle", "provisioner", "connection"];

/// Names of variables that Terraform keeps for the meta-arguments of modules.
const RESERVED_VARIABLES: [&str; 9] =
    ["count", "depends_on", "for_each", "lifecycle", "locals", "providers", "source", "version", "_"];

/// In bytes; no honest address comes near.
const LONGEST_ADDRESS: usize = 4 << 10;

/// Builds one graph a stack, with every problem that was found; dependencies first, then by name.
///
/// `secrets` are the inputs that never reach the program: it refers to each as `var.<name>`, and a stack that does so gets a sensitive variable.
/// `needs` are the versions of Terraform that schemas tell to be needed.
pub fn build(mut evaluation: Evaluation, secrets: &[SecretInput], needs: &[VersionNeed]) -> (Vec<ResourceGraph>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let dependencies = stacks::connect(&mut evaluation.stacks, secrets, &mut diagnostics);
    let graphs = evaluation.stacks.into_iter().zip(dependencies).map(|(stack, dependencies)| {
        let graph = build_stack(stack, &evaluation.program, secrets, needs, &mut diagnostics);
        ResourceGraph { dependencies, ..graph }
    });
    (graphs.collect(), diagnostics)
}

/// An input whose value is given to Terraform, not to the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretInput {
    /// Its name, and that of the variable.
    pub name: String,
    /// For people; may be empty.
    pub description: String,
}

fn build_stack(
    stack: StackDeclarations,
    program: &str,
    secrets: &[SecretInput],
    needs: &[VersionNeed],
    diagnostics: &mut Diagnostics,
) -> ResourceGraph {
    let mut nodes = settings::merge(stack.declarations, diagnostics);
    secrets::declare(&mut nodes, secrets, &stack.place, diagnostics);
    protection::emit(&mut nodes);
    check_names(&nodes, diagnostics);
    warn_of_meta_in_bodies(&nodes, diagnostics);
    nodes.sort_by(|a, b| a.address.cmp(&b.address));
    refuse_duplicates(&mut nodes, diagnostics);
    let needs = needs.iter().filter(|need| need.stack == stack.name);
    versions::require(&mut nodes, needs, &stack.place, diagnostics);
    let reserved = sorted_reservations(stack.reserved);
    let mut edges = vec![Vec::new(); nodes.len()];
    if check_lengths(&nodes, &reserved, diagnostics) {
        edges = resolve(&nodes, &reserved, diagnostics);
        cycles::refuse(&nodes, &edges, diagnostics);
        sensitive::refuse(&nodes, &edges, diagnostics);
        functions::check(&nodes, diagnostics);
        ephemeral::refuse(&nodes, &edges, diagnostics);
        checks::refuse(&nodes, diagnostics);
    }
    let assets = distinct_assets(stack.assets);
    ResourceGraph {
        stack: stack.name,
        program: program.to_owned(),
        nodes,
        edges,
        dependencies: Vec::new(),
        assets,
        sets: Sets::default(),
        kept: KeptSecrets::default(),
    }
}

fn check_names(nodes: &[Declaration], diagnostics: &mut Diagnostics) {
    for node in nodes {
        for label in &node.labels {
            if !is_identifier(label) {
                diagnostics.push(
                    Diagnostic::error("invalid-name", "Invalid name")
                        .detail(format!("{label:?} cannot stand in the address of {}.", node.kind.a_noun()))
                        .help("A name begins with a letter or `_`; letters, digits, `_` and `-` follow.")
                        .at(&node.place)
                        .about(&node.address),
                );
            }
        }
        if node.kind == Kind::Variable && RESERVED_VARIABLES.contains(&node.labels[0].as_ref()) {
            diagnostics.push(
                Diagnostic::error("invalid-name", "Invalid name")
                    .detail(format!("Terraform keeps the variable name `{}` for itself.", node.labels[0]))
                    .help("Give the variable another name.")
                    .at(&node.place)
                    .about(&node.address),
            );
        }
    }
}

/// Reports addresses that are too long, and tells whether there are none: what follows says an address with each fault that it finds, and one
/// long name among very many faults would keep it busy for minutes.
fn check_lengths(nodes: &[Declaration], reserved: &[(Address, Place)], diagnostics: &mut Diagnostics) -> bool {
    let declared = nodes.iter().map(|node| (&node.address, &node.place));
    let all = declared.chain(reserved.iter().map(|(address, place)| (address, place)));
    let mut is_fine = true;
    for (address, place) in all.filter(|(address, _)| address.as_str().len() > LONGEST_ADDRESS) {
        is_fine = false;
        diagnostics.push(
            Diagnostic::error("invalid-name", "Invalid name")
                .detail(format!("The address is longer than {LONGEST_ADDRESS} bytes."))
                .help("Give it a shorter name.")
                .at(place)
                .about(address),
        );
    }
    is_fine
}

/// A provider may have an argument of such a name, and then this is right; much more often Terraform's own is meant.
fn warn_of_meta_in_bodies(nodes: &[Declaration], diagnostics: &mut Diagnostics) {
    let bodies = nodes.iter().filter(|node| matches!(node.kind, Kind::Resource | Kind::Data | Kind::Ephemeral));
    for node in bodies {
        let arguments = node.body.arguments.iter().map(|(name, _)| name);
        let names = arguments.chain(node.body.blocks.iter().map(|block| &block.name));
        for name in names.filter(|name| META_OF_RESOURCES.contains(&name.as_ref())) {
            diagnostics.push(
                Diagnostic::warning("meta-in-body", "Terraform's own argument among the provider's")
                    .detail(format!(
                        "`{name}` is given to the provider. For what Terraform itself does by this name, set it as meta."
                    ))
                    .help(format!("In Rust: the builder's own function for `{name}` instead of `set` or `block`."))
                    .at(&node.place)
                    .about(&node.address),
            );
        }
    }
}

/// Keeps the first declaration of each address, in the order of the program: the sort was stable.
fn refuse_duplicates(nodes: &mut Vec<Declaration>, diagnostics: &mut Diagnostics) {
    nodes.dedup_by(|second, first| {
        let is_same = second.address == first.address;
        if is_same {
            diagnostics.push(
                Diagnostic::error("duplicate-address", "Address declared twice")
                    .detail(format!("`{}` is declared twice in this stack.", second.address))
                    .help("Give one of them another name, or declare them in different scopes.")
                    .at(&second.place)
                    .about(&second.address)
                    .related("first declared here", &first.place),
            );
        }
        is_same
    });
}

fn sorted_reservations(mut reserved: Vec<(Address, Place)>) -> Vec<(Address, Place)> {
    reserved.sort_by(|a, b| a.0.cmp(&b.0));
    reserved
}

/// A path carries the digest of its content, so one path is one content.
fn distinct_assets(mut assets: Vec<Asset>) -> Vec<Asset> {
    assets.sort_by(|a, b| a.path.cmp(&b.path));
    assets.dedup_by(|second, first| {
        let is_same = second.path == first.path;
        // Of two with one content, it is enough that one can be executed.
        first.executable |= is_same && second.executable;
        is_same
    });
    assets
}
