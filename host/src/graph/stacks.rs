//! References between stacks: an output in the stack that declares what is read, and a read of that stack's remote state in the stack that
//! reads. And the order of stacks: dependencies first.
//!
//! **Invariant:** no reference to another stack is left; whatever cannot be read so is a diagnostic with its place.

mod names;
mod order;
mod refusals;
mod remote;
mod secrecy;

#[cfg(test)]
mod tests;

use super::SecretInput;
use crate::diagnostic::Diagnostics;
use crate::model::{
    Address, Block, Body, CrossStackNames, Declaration, Expression, Kind, Name, Place, Reference, StackDeclarations, hcl,
};
use secrecy::Secrecy;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Brings stacks into their order, connects those that refer to each other, and returns what each depends on, by name.
pub(super) fn connect(
    stacks: &mut Vec<StackDeclarations>,
    secrets: &[SecretInput],
    diagnostics: &mut Diagnostics,
) -> Vec<Vec<String>> {
    let dependencies = order::sort(stacks, diagnostics);
    if dependencies.iter().any(|names| !names.is_empty()) {
        let positions = stacks.iter().enumerate().map(|(position, stack)| (stack.name.as_str().into(), position)).collect();
        let known = stacks.iter().map(|_| Known::default()).collect();
        let mut linker = Linker { stacks, positions, known, secrets, diagnostics };
        (0..linker.stacks.len()).for_each(|reader| linker.stack(reader));
    }
    dependencies
}

struct Linker<'a> {
    /// In their order: what a stack reads of those before it is settled when it is looked at.
    stacks: &'a mut [StackDeclarations],
    positions: HashMap<Name, usize>,
    known: Vec<Known>,
    secrets: &'a [SecretInput],
    diagnostics: &'a mut Diagnostics,
}

/// What is found out of a stack once others read from it.
#[derive(Default)]
struct Known {
    /// Where each address is declared, and where it was reserved.
    addresses: Option<HashMap<Address, Stands>>,
    secrecy: Option<Secrecy>,
    /// The names of the outputs that were made.
    outputs: HashSet<String>,
    /// Told once, whoever reads.
    remote: Option<Option<Body>>,
}

#[derive(Clone, Default)]
struct Stands {
    declared: Option<usize>,
    reserved: Option<Place>,
}

/// Where something is read.
struct Site<'a> {
    address: &'a Address,
    place: &'a Place,
    /// The stacks that are read from, each with its first place.
    reads: &'a mut BTreeMap<usize, Place>,
}

impl Linker<'_> {
    fn stack(&mut self, reader: usize) {
        let mut declarations = std::mem::take(&mut self.stacks[reader].declarations);
        let mut reads = BTreeMap::new();
        for declaration in &mut declarations {
            let Declaration { address, place, kind, body, meta, .. } = declaration;
            let mut site = Site { address, place, reads: &mut reads };
            self.body(body, &mut site, |name| match kind {
                Kind::Moved | Kind::Removed => matches!(name, "from" | "to"),
                Kind::Import => matches!(name, "to" | "provider"),
                Kind::Output => name == "depends_on",
                _ => false,
            });
            body.blocks.iter_mut().for_each(|block| self.block(block, &mut site, *kind == Kind::Check));
            self.body(meta, &mut site, |name| matches!(name, "depends_on" | "provider" | "providers"));
            meta.blocks.iter_mut().for_each(|block| self.block(block, &mut site, true));
        }
        for (producer, place) in reads {
            declarations.extend(self.remote_state(producer, &place));
        }
        self.stacks[reader].declarations = declarations;
    }

    fn body(&mut self, body: &mut Body, site: &mut Site<'_>, is_own: impl Fn(&str) -> bool) {
        for (name, value) in &mut body.arguments {
            if is_own(name) { self.own(name, value, site) } else { self.value(value, site) }
        }
    }

    /// Goes through a block; `is_terraforms` for one that may name what only its own stack has.
    fn block(&mut self, block: &mut Block, site: &mut Site<'_>, is_terraforms: bool) {
        let kind = block.name.clone();
        self.body(&mut block.body, site, |name| match kind.as_ref() {
            "lifecycle" => is_terraforms && name == "replace_triggered_by",
            "data" => is_terraforms && matches!(name, "depends_on" | "provider"),
            _ => false,
        });
        block.body.blocks.iter_mut().for_each(|block| self.block(block, site, false));
    }

    /// Refuses what another stack declares where only something of this one can stand.
    fn own(&mut self, argument: &str, value: &mut Expression, site: &Site<'_>) {
        let mut foreign = Vec::new();
        each_foreign(value, &mut |reference| foreign.push(reference.clone()));
        if foreign.is_empty() {
            return;
        }
        for reference in foreign {
            self.diagnostics.push(refusals::out_of_place(argument, &reference, site.address, site.place));
        }
        *value = Expression::Null;
    }

    fn value(&mut self, value: &mut Expression, site: &mut Site<'_>) {
        if let Some(reference) = self.read_whole(value) {
            let (reference, mut local) = (reference.clone(), value.clone());
            make_local(&mut local);
            // What could not be read has its diagnostic.
            *value = self.read(&reference, local, site).unwrap_or(Expression::Null);
            return;
        }
        value.each_child_mut(&mut |child| self.value(child, site));
    }

    /// Returns the foreign reference that a value is. CDKTF takes indices behind it for a part of it.
    fn read_whole<'v>(&self, value: &'v Expression) -> Option<&'v Reference> {
        match value {
            Expression::Reference(reference) if reference.stack.is_some() => Some(reference),
            Expression::Attribute(_) | Expression::Index(_) => {
                let reference = root_of_path(value)?;
                let producer = *self.positions.get(reference.stack.as_ref()?)?;
                let is_output = reference.to.as_str().starts_with(Kind::Output.address_prefix());
                (self.stacks[producer].links.names == CrossStackNames::Cdktf && !is_output).then_some(reference)
            }
            _ => None,
        }
    }

    /// Returns what is read in this stack instead; `local` is what the other one gives out.
    fn read(&mut self, reference: &Reference, local: Expression, site: &mut Site<'_>) -> Option<Expression> {
        let producer = *self.positions.get(reference.stack.as_ref()?)?;
        let stands = self.addresses(producer).get(&reference.to).cloned().unwrap_or_default();
        let declared = stands.declared.map(|position| &self.stacks[producer].declarations[position]);
        let is_secret_input = self.secrets.iter().any(|secret| reference.to == Address::new(Kind::Variable, &[&secret.name]));
        let kind = match declared {
            Some(declared) => declared.kind,
            None if is_secret_input => Kind::Variable,
            None => {
                let names = self.addresses(producer).keys().cloned().collect();
                let undeclared = refusals::undeclared(reference, stands.reserved.as_ref(), names, site.address, site.place);
                self.diagnostics.push(undeclared);
                return None;
            }
        };
        let is_ephemeral = declared.is_some_and(|node| node.body.argument("ephemeral") == Some(&Expression::Bool(true)));
        if is_ephemeral
            || !matches!(kind, Kind::Variable | Kind::Local | Kind::Data | Kind::Resource | Kind::Module | Kind::Output)
        {
            self.diagnostics.push(refusals::without_value(reference, kind, is_ephemeral, site.address, site.place));
            return None;
        }
        let output = declared.filter(|_| kind == Kind::Output).and_then(|declared| declared.labels.first().cloned());
        // Where its state cannot be read, that was told.
        self.remote(producer, site.place)?;
        let names = self.stacks[producer].links.names;
        let mut path = "outputs.".to_owned();
        if let Some(output) = output {
            path.push_str(&output);
            if !reference.path.is_empty() {
                path.push('.');
                path.push_str(&reference.path);
            }
        } else {
            path.push_str(&self.output(producer, local, site));
        }
        let is_secret = self.is_secret(producer, reference);
        site.reads.entry(producer).or_insert_with(|| site.place.clone());
        let read = Expression::reference(remote_address(names, &self.stacks[producer].name), &path);
        // Terraform forgets it: what an output calls sensitive is plain where the state is read.
        Some(if is_secret { Expression::call("sensitive", vec![read]) } else { read })
    }

    /// Returns the name of the output that gives a value out, and makes it where it is new.
    fn output(&mut self, producer: usize, value: Expression, site: &Site<'_>) -> String {
        let stack = &mut self.stacks[producer];
        let name = names::output(stack.links.names, &hcl::expression_text(&value));
        if self.known[producer].outputs.insert(name.clone()) {
            let mut body = Body::default();
            body.arguments.push(("value".into(), value));
            // Whether a provider calls an attribute sensitive is not known here, and Terraform refuses one in a plain output.
            body.arguments.push(("sensitive".into(), Expression::Bool(true)));
            stack.declarations.push(made(Kind::Output, vec![name.as_str().into()], body, site.place.clone()));
        }
        name
    }

    fn is_secret(&mut self, producer: usize, reference: &Reference) -> bool {
        let declarations = &self.stacks[producer].declarations;
        let Known { secrecy, addresses, .. } = &mut self.known[producer];
        let secrecy = secrecy.get_or_insert_with(|| Secrecy::of(declarations, self.secrets));
        let addresses = addresses.as_ref();
        let declared = addresses.and_then(|addresses| addresses.get(&reference.to)).and_then(|stands| stands.declared);
        secrecy.is_secret(&reference.to, &reference.path, declared.map(|position| &declarations[position]))
    }

    fn addresses(&mut self, producer: usize) -> &HashMap<Address, Stands> {
        let StackDeclarations { declarations, reserved, .. } = &self.stacks[producer];
        self.known[producer].addresses.get_or_insert_with(|| {
            let mut addresses: HashMap<Address, Stands> = HashMap::new();
            for (position, declaration) in declarations.iter().enumerate() {
                addresses.entry(declaration.address.clone()).or_default().declared.get_or_insert(position);
            }
            for (address, place) in reserved {
                addresses.entry(address.clone()).or_default().reserved.get_or_insert_with(|| place.clone());
            }
            addresses
        })
    }

    /// Returns how a stack's state is read; what is wrong with it is told once.
    fn remote(&mut self, producer: usize, place: &Place) -> Option<&Body> {
        let (stack, diagnostics) = (&self.stacks[producer], &mut *self.diagnostics);
        self.known[producer].remote.get_or_insert_with(|| remote::state_of(stack, place, diagnostics)).as_ref()
    }

    /// Returns the data source by which a stack is read.
    fn remote_state(&mut self, producer: usize, place: &Place) -> Option<Declaration> {
        let body = self.remote(producer, place)?.clone();
        let stack = &self.stacks[producer];
        let name = names::remote_state(stack.links.names, &stack.name);
        Some(made(Kind::Data, vec!["terraform_remote_state".into(), name.into()], body, place.clone()))
    }
}

fn remote_address(names: CrossStackNames, stack: &str) -> Address {
    Address::new(Kind::Data, &["terraform_remote_state", &names::remote_state(names, stack)])
}

fn made(kind: Kind, labels: Vec<Name>, mut body: Body, place: Place) -> Declaration {
    body.sort();
    Declaration {
        address: Address::new(kind, &labels),
        kind,
        labels,
        body,
        meta: Body::default(),
        scope: Vec::new(),
        place,
        protect: false,
        aliases: Vec::new(),
        overrides: Vec::new(),
    }
}

/// Calls `visit` with each reference to another stack.
fn each_foreign<'a>(value: &'a Expression, visit: &mut dyn FnMut(&'a Reference)) {
    match value {
        Expression::Reference(reference) if reference.stack.is_some() => visit(reference),
        _ => value.each_child(&mut |child| each_foreign(child, visit)),
    }
}

/// Returns the foreign reference at the root of attributes and plain indices.
fn root_of_path(value: &Expression) -> Option<&Reference> {
    match value {
        Expression::Reference(reference) if reference.stack.is_some() => Some(reference),
        Expression::Attribute(parts) => root_of_path(&parts.0),
        Expression::Index(parts) if matches!(parts.1, Expression::Integer(_) | Expression::Text(_)) => root_of_path(&parts.0),
        _ => None,
    }
}

fn make_local(value: &mut Expression) {
    match value {
        Expression::Reference(reference) => reference.stack = None,
        _ => value.each_child_mut(&mut make_local),
    }
}
