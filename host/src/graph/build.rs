//! Builds graphs from an evaluation: each address once, names valid, references resolved; finds what is wrong with it, all at once.

use super::references::resolve;
use super::{ResourceGraph, cycles, secrets, sensitive, settings};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Address, Asset, Declaration, Evaluation, Kind, Place, StackDeclarations, is_identifier};

/// Names of variables that Terraform keeps for the meta-arguments of modules.
const RESERVED_VARIABLES: [&str; 9] =
    ["count", "depends_on", "for_each", "lifecycle", "locals", "providers", "source", "version", "_"];

/// Builds one graph a stack, with every problem that was found.
///
/// `secrets` are the inputs that never reach the program: it refers to each as `var.<name>`, and a stack that does so gets a sensitive variable.
pub fn build(evaluation: Evaluation, secrets: &[SecretInput]) -> (Vec<ResourceGraph>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let graphs =
        evaluation.stacks.into_iter().map(|stack| build_stack(stack, &evaluation.program, secrets, &mut diagnostics)).collect();
    (graphs, diagnostics)
}

/// An input whose value is given to Terraform, not to the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretInput {
    /// Its name, and that of the variable.
    pub name: String,
    /// For people; may be empty.
    pub description: String,
}

fn build_stack(stack: StackDeclarations, program: &str, secrets: &[SecretInput], diagnostics: &mut Diagnostics) -> ResourceGraph {
    let mut nodes = settings::merge(stack.declarations, diagnostics);
    secrets::declare(&mut nodes, secrets, &stack.place);
    check_names(&nodes, diagnostics);
    nodes.sort_by(|a, b| a.address.cmp(&b.address));
    refuse_duplicates(&mut nodes, diagnostics);
    let edges = resolve(&nodes, &sorted_reservations(stack.reserved), diagnostics);
    cycles::refuse(&nodes, &edges, diagnostics);
    sensitive::refuse(&nodes, diagnostics);
    ResourceGraph { stack: stack.name, program: program.to_owned(), nodes, edges, assets: distinct_assets(stack.assets) }
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
    assets.dedup_by(|second, first| second.path == first.path);
    assets
}
