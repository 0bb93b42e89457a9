//! What is declared beside what exists by Terraform's own state.
//!
//! Only what both sides say is compared: constants that are declared, with the attributes of the state. What Terraform computes, and what only a
//! provider's schema could decide, is listed as not comparable, never taken for equal or different.

mod attributes;
mod instances;
mod moves;
#[cfg(test)]
mod tests;

use super::diff::{Difference, Step};
use crate::graph::ResourceGraph;
use crate::model::{Address, Declaration, Existing, ExistingInstance, Expression, Kind};
use instances::{Instances, Located};
use moves::{Moves, address_text, is_below};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A resource that is declared and not in the state.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The address of the instance.
    pub address: Address,
    /// Whether a block `import` brings it in; else it is created.
    pub is_imported: bool,
}

/// What a block `removed` lets go.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Removed {
    /// The address of the instance.
    pub address: Address,
    /// Whether Terraform destroys the real object, too; else it only forgets it.
    pub is_destroyed: bool,
}

/// What stands in the state under another address than the one that it will have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moved {
    /// The address in the state.
    pub from: Address,
    /// The address that is declared.
    pub to: Address,
}

/// An object whose place another one has taken, and that still waits for its destruction.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deposed {
    /// The address that it had.
    pub address: Address,
    /// The key under which the state has it.
    pub key: String,
}

/// An instance whose declaration says something else than the state.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared<'a> {
    /// The address that is declared.
    pub address: Address,
    /// At least one.
    pub findings: Vec<Finding<'a>>,
}

/// One place in which they differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding<'a> {
    /// Where, and both sides: the state's is `before`, what is declared is `after`.
    pub difference: Difference<'a>,
    /// Whether the state says that the value is sensitive: neither side of it may be shown.
    pub is_sensitive: bool,
}

/// Something of which nobody can tell without Terraform whether it differs.
#[derive(Clone, Debug, PartialEq)]
pub struct NotComparable {
    /// The address of the instance, or of the declaration where it is about all of its instances.
    pub address: Address,
    /// The way to it from the declaration's body; empty for the whole thing.
    pub path: Vec<Step>,
    /// Why.
    pub reason: Why,
    /// What is declared, in HCL; empty where the reason says it.
    pub expression: String,
}

/// Why something cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Terraform computes it.
    Expression,
    /// Terraform computes which instances there are.
    Instances,
    /// The same items in another order, and no schema that tells whether the order means something.
    Order,
    /// A write-only argument: no state has it.
    WriteOnly,
    /// A module of which nothing is in the state: it may hold no resources.
    EmptyModule,
    /// It moves from another type, and the provider makes attributes of the one out of those of the other.
    OtherType,
    /// The state has attributes in the form that Terraform 0.11 wrote.
    OldForm,
}

/// How what is declared differs from what exists. Everything is sorted by address.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison<'a> {
    /// Declared, and not in the state.
    pub missing: Vec<Missing>,
    /// In the state, and not declared.
    pub undeclared: Vec<Address>,
    /// In the state under a former address.
    pub moved: Vec<Moved>,
    /// In the state, and let go by a block `removed`.
    pub removed: Vec<Removed>,
    /// Declared, and left half-way by their creation.
    pub tainted: Vec<Address>,
    /// Waiting for their destruction.
    pub deposed: Vec<Deposed>,
    /// Declared otherwise than the state has it.
    pub compared: Vec<Compared<'a>>,
    /// What is not comparable.
    pub not_comparable: Vec<NotComparable>,
    /// How many instances are in place, with nothing found that differs.
    pub n_same: usize,
}

impl Comparison<'_> {
    /// Tells whether nothing was found that differs.
    pub fn is_same(&self) -> bool {
        self.missing.is_empty()
            && self.undeclared.is_empty()
            && self.moved.is_empty()
            && self.removed.is_empty()
            && self.tainted.is_empty()
            && self.deposed.is_empty()
            && self.compared.is_empty()
    }
}

/// Compares what is declared with what exists.
pub fn compare<'a>(graph: &'a ResourceGraph, existing: &'a Existing) -> Comparison<'a> {
    let mut comparison = Comparison::default();
    let mut present: BTreeMap<&str, HashSet<String>> = BTreeMap::new();
    let mut instances: BTreeMap<&Address, Instances> = BTreeMap::new();
    for (instance, address) in Moves::of(graph).apply(graph, existing) {
        let Some(located) = Located::read(&address) else { continue };
        let node = graph.node(located.declaration).filter(|node| matches!(node.kind, Kind::Resource | Kind::Module));
        let may_have =
            |node: &&'a Declaration| instances.entry(&node.address).or_insert_with(|| Instances::of(node)).may_have(located.key);
        let Some(node) = node.filter(may_have) else {
            comparison.add_undeclared(graph, instance);
            continue;
        };
        comparison.add_declared(graph, node, instance, &address, located);
        // Another object has taken the place of what is deposed, or will.
        if instance.deposed.is_none() || node.kind == Kind::Module {
            present.entry(node.address.as_str()).or_default().insert(located.key.to_owned());
        }
    }
    let imports = imports(graph);
    for node in graph.nodes.iter().filter(|node| matches!(node.kind, Kind::Resource | Kind::Module)) {
        comparison.add_absent(node, present.get(node.address.as_str()), &imports);
    }
    comparison.sort();
    comparison
}

impl<'a> Comparison<'a> {
    fn add_undeclared(&mut self, graph: &ResourceGraph, instance: &ExistingInstance) {
        let address = instance.address.clone();
        if let Some(key) = &instance.deposed {
            return self.deposed.push(Deposed { address, key: key.clone() });
        }
        let mut removals = graph.nodes.iter().filter(|node| node.kind == Kind::Removed);
        let covers = |node: &&Declaration| {
            let from = node.body.argument("from").map(address_text);
            from.is_some_and(|from| is_below(&without_keys(address.as_str()), &from))
        };
        match removals.find(covers) {
            Some(removal) => self.removed.push(Removed { address, is_destroyed: destroys(removal) }),
            None => self.undeclared.push(address),
        }
    }

    fn add_declared(
        &mut self,
        graph: &'a ResourceGraph,
        node: &'a Declaration,
        instance: &'a ExistingInstance,
        address: &str,
        located: Located<'_>,
    ) {
        let address = Address::from_text(address);
        if let Some(key) = &instance.deposed {
            return self.deposed.push(Deposed { address, key: key.clone() });
        }
        let is_moved = address != instance.address;
        if is_moved {
            self.moved.push(Moved { from: instance.address.clone(), to: address.clone() });
        }
        if instance.is_tainted {
            self.tainted.push(address.clone());
        }
        let mut findings = Vec::new();
        // What a module declares inside is the module's.
        if node.kind == Kind::Resource && located.inner.is_empty() {
            match &instance.attributes {
                Some(_) if is_moved && type_in(&instance.address) != type_in(&address) => {
                    self.not_comparable.push(whole(&address, Why::OtherType));
                }
                Some(attributes) => {
                    let sets = node.labels.first().and_then(|kind| graph.sets.of(node.kind, kind));
                    let (found, not_comparable) =
                        attributes::compare(node, graph.unmasked_at(node), attributes, &instance.sensitive, sets);
                    findings = found;
                    let at = |(path, reason, expression)| NotComparable { address: address.clone(), path, reason, expression };
                    self.not_comparable.extend(not_comparable.into_iter().map(at));
                }
                None => self.not_comparable.push(whole(&address, Why::OldForm)),
            }
        }
        if !findings.is_empty() {
            self.compared.push(Compared { address, findings });
        } else if !is_moved && !instance.is_tainted {
            self.n_same += 1;
        }
    }

    /// Adds what a declaration asks for and the state does not have.
    fn add_absent(&mut self, node: &Declaration, present: Option<&HashSet<String>>, imports: &[String]) {
        let is_present = |key: &str| present.is_some_and(|present| present.contains(key));
        let keys = match Instances::of(node) {
            Instances::One => BTreeSet::from([String::new()]),
            Instances::Keys(keys) => keys,
            Instances::Unknown(set) => {
                let expression = node.meta.argument(set).map(crate::model::hcl::expression_text).unwrap_or_default();
                let path = vec![Step::Name(set.into())];
                let address = node.address.clone();
                return self.not_comparable.push(NotComparable { address, path, reason: Why::Instances, expression });
            }
        };
        for key in keys.iter().filter(|key| !is_present(key)) {
            let address = Address::from_text(&format!("{}{key}", node.address));
            if node.kind == Kind::Module {
                self.not_comparable.push(whole(&address, Why::EmptyModule));
                continue;
            }
            let is_imported = imports.iter().any(|to| *to == address.as_str() || *to == node.address.as_str());
            self.missing.push(Missing { address, is_imported });
        }
    }

    fn sort(&mut self) {
        self.missing.sort();
        self.undeclared.sort();
        self.moved.sort();
        self.removed.sort();
        self.tainted.sort();
        self.deposed.sort();
        self.compared.sort_by(|a, b| a.address.cmp(&b.address));
        self.not_comparable.sort_by(|a, b| a.address.cmp(&b.address));
    }
}

fn whole(address: &Address, reason: Why) -> NotComparable {
    NotComparable { address: address.clone(), path: Vec::new(), reason, expression: String::new() }
}

/// Returns the type of a resource in the root module.
fn type_in(address: &Address) -> &str {
    address.as_str().split('.').next().unwrap_or_default()
}

/// Returns what blocks `import` bring in: instances, and of blocks that repeat the whole resource.
fn imports(graph: &ResourceGraph) -> Vec<String> {
    let blocks = graph.nodes.iter().filter(|node| node.kind == Kind::Import);
    let to = blocks.filter_map(|node| {
        let to = node.body.argument("to").map(address_text)?;
        let is_repeated = node.body.argument("for_each").is_some_and(|value| *value != Expression::Null);
        Some(if is_repeated { without_keys(&to) } else { to })
    });
    to.collect()
}

/// Tells whether a block `removed` destroys what it lets go: that is Terraform's default.
fn destroys(removal: &Declaration) -> bool {
    let said = removal.body.blocks_named("lifecycle").find_map(|block| block.body.argument("destroy"));
    said != Some(&Expression::Bool(false))
}

/// Returns an address without the keys of instances: what blocks `removed` name.
fn without_keys(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let mut rest = address;
    while let Some((before, behind)) = rest.split_once('[') {
        out.push_str(before);
        rest = &behind[instances::key_length(behind)..];
    }
    out + rest
}
