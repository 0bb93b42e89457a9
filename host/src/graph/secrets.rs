//! Secret inputs: a stack that refers to one gets the sensitive variable that Terraform takes the value by.

use super::build::SecretInput;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Address, Body, Declaration, Expression, Kind, Place};
use std::collections::{HashMap, HashSet};

/// Adds a variable for each secret input that is referred to and not declared by the program itself; one that it declares must be sensitive.
pub(super) fn declare(nodes: &mut Vec<Declaration>, secrets: &[SecretInput], place: &Place, diagnostics: &mut Diagnostics) {
    if secrets.is_empty() {
        return;
    }
    let mentioned = mentioned(nodes);
    let own = nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::Variable);
    let own: HashMap<Address, usize> = own.map(|(position, node)| (node.address.clone(), position)).collect();
    for secret in secrets {
        let address = Address::new(Kind::Variable, &[&secret.name]);
        match own.get(&address).map(|position| &nodes[*position]) {
            Some(node) if node.body.argument("sensitive") != Some(&Expression::Bool(true)) => diagnostics.push(plain(node)),
            Some(_) => {}
            None if mentioned.contains(&address) => nodes.push(variable(secret, address, place)),
            None => {}
        }
    }
}

fn plain(node: &Declaration) -> Diagnostic {
    Diagnostic::error("plain-secret", "Variable of a secret that is not sensitive")
        .detail(format!("`{}` takes the value of a secret input, and Terraform would show it.", node.address))
        .help("Set `sensitive = true` on the variable, or leave its declaration to tapwasm.")
        .at(&node.place)
        .about(&node.address)
}

fn variable(secret: &SecretInput, address: Address, place: &Place) -> Declaration {
    let mut body = Body::default();
    body.arguments.push(("type".into(), Expression::text("string")));
    body.arguments.push(("sensitive".into(), Expression::Bool(true)));
    if !secret.description.is_empty() {
        body.arguments.push(("description".into(), Expression::text(secret.description.as_str())));
    }
    body.sort();
    Declaration {
        address,
        kind: Kind::Variable,
        labels: vec![secret.name.as_str().into()],
        body,
        meta: Body::default(),
        scope: Vec::new(),
        place: place.clone(),
        protect: false,
        aliases: Vec::new(),
        overrides: Vec::new(),
    }
}

/// Returns the variables that are referred to anywhere: gathered once, since secrets may be many, and values more.
fn mentioned(nodes: &[Declaration]) -> HashSet<Address> {
    let mut variables = HashSet::new();
    for node in nodes {
        let mut look = |value: &Expression| {
            each_address(value, &mut |address| {
                if address.as_str().starts_with(Kind::Variable.address_prefix()) && !variables.contains(address) {
                    variables.insert(address.clone());
                }
            });
        };
        node.body.each_value(&mut look);
        node.meta.each_value(&mut look);
    }
    variables
}

fn each_address(value: &Expression, visit: &mut dyn FnMut(&Address)) {
    match value {
        Expression::Reference(reference) => visit(&reference.to),
        Expression::Symbol(text) => Address::read_by(&text.split('.').collect::<Vec<_>>()).iter().for_each(visit),
        Expression::Raw(raw) => raw.1.iter().for_each(visit),
        _ => value.each_child(&mut |child| each_address(child, visit)),
    }
}
