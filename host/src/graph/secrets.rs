//! Secret inputs: a stack that refers to one gets the sensitive variable that Terraform takes the value by.

use super::build::SecretInput;
use crate::model::{Address, Body, Declaration, Expression, Kind, Place};

/// Adds a variable for each secret input that is referred to and not declared by the program itself.
pub(super) fn declare(nodes: &mut Vec<Declaration>, secrets: &[SecretInput], place: &Place) {
    for secret in secrets {
        let address = Address::new(Kind::Variable, &[&secret.name]);
        if !nodes.iter().any(|node| node.address == address) && nodes.iter().any(|node| mentions(node, &address)) {
            nodes.push(variable(secret, address, place));
        }
    }
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
    }
}

fn mentions(node: &Declaration, address: &Address) -> bool {
    let mut found = false;
    let mut look = |value: &Expression| found |= refers_to(value, address);
    node.body.each_value(&mut look);
    node.meta.each_value(&mut look);
    found
}

fn refers_to(value: &Expression, address: &Address) -> bool {
    match value {
        Expression::Symbol(text) => text.as_ref() == address.as_str(),
        Expression::Reference(reference) => reference.to == *address,
        Expression::Raw(raw) => raw.1.contains(address),
        _ => {
            let mut found = false;
            value.each_child(&mut |child| found |= refers_to(child, address));
            found
        }
    }
}
