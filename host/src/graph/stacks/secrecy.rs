//! What is known to be sensitive in a stack that others read from.

use crate::graph::SecretInput;
use crate::graph::sensitive::{each_shown, is_marked_inside};
use crate::model::{Address, Declaration, Expression, Kind};
use std::collections::{HashMap, HashSet};

/// The variables, local values and outputs of a stack that are sensitive or show something that is. What a provider calls so is not known.
pub(super) struct Secrecy {
    secret: HashSet<Address>,
}

impl Secrecy {
    /// Looks through a stack.
    pub(super) fn of(declarations: &[Declaration], secrets: &[SecretInput]) -> Secrecy {
        let mut waiting: Vec<Address> = secrets.iter().map(|secret| Address::new(Kind::Variable, &[&secret.name])).collect();
        let mut shown_by: HashMap<Address, Vec<&Address>> = HashMap::new();
        for node in declarations {
            if !matches!(node.kind, Kind::Variable | Kind::Local | Kind::Output) {
                continue;
            }
            let value = node.body.argument("value").filter(|_| node.kind != Kind::Variable);
            let is_marked = node.body.argument("sensitive") == Some(&Expression::Bool(true));
            if is_marked || value.is_some_and(is_marked_inside) {
                waiting.push(node.address.clone());
            } else if let Some(value) = value {
                each_shown(value, &mut |shown| shown_by.entry(shown.clone()).or_default().push(&node.address));
            }
        }
        let mut secret = HashSet::new();
        while let Some(address) = waiting.pop() {
            let by = shown_by.get(&address).into_iter().flatten().map(|by| (*by).clone());
            let by: Vec<Address> = by.collect();
            if secret.insert(address) {
                waiting.extend(by);
            }
        }
        Secrecy { secret }
    }

    /// Tells whether a read shows something sensitive. An attribute of a resource does where the argument of its name was given such a value.
    pub(super) fn is_secret(&self, address: &Address, path: &str, declared: Option<&Declaration>) -> bool {
        let Some(node) = declared.filter(|node| matches!(node.kind, Kind::Resource | Kind::Data)) else {
            return self.secret.contains(address);
        };
        let attribute = path.split('.').next().unwrap_or_default();
        let mut values = Vec::new();
        if attribute.is_empty() {
            node.body.each_value(&mut |value| values.push(value));
        } else if let Some(value) = node.body.argument(attribute) {
            values.push(value);
        } else {
            node.body.blocks_named(attribute).for_each(|block| block.body.each_value(&mut |value| values.push(value)));
        }
        values.into_iter().any(|value| self.shows(value))
    }

    fn shows(&self, value: &Expression) -> bool {
        let mut is_shown = is_marked_inside(value);
        each_shown(value, &mut |address| is_shown |= self.secret.contains(address));
        is_shown
    }
}
