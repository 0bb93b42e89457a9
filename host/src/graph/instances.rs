//! Instances: what has `count` or `for_each` is read by a key, what has neither is not.

use crate::diagnostic::Diagnostic;
use crate::model::{Address, Declaration, Expression, Kind};

/// A read of something declared, and what stands right behind its address.
pub(super) struct Read {
    /// What is read.
    pub(super) to: Address,
    next: Next,
}

enum Next {
    /// A key of an instance.
    Key,
    Attribute(Box<str>),
}

impl Read {
    /// Returns what a value reads, where it reads of something declared; nothing where that is the whole thing.
    pub(super) fn of(value: &Expression) -> Option<Read> {
        match value {
            Expression::Reference(reference) => {
                let first = reference.path.split('.').next().filter(|first| !first.is_empty())?;
                Some(Read { to: reference.to.clone(), next: Next::of(first) })
            }
            Expression::Symbol(text) => {
                let names: Vec<&str> = text.split('.').collect();
                let to = Address::read_by(&names)?;
                let behind = text.strip_prefix(to.as_str())?.strip_prefix('.')?;
                let next = Next::of(behind.split('.').next().unwrap_or_default());
                Some(Read { to, next })
            }
            Expression::Index(parts) => Some(Read { to: whole(&parts.0)?, next: Next::Key }),
            Expression::Attribute(parts) => Some(Read { to: whole(&parts.0)?, next: Next::of(&parts.1) }),
            _ => None,
        }
    }

    /// Tells what is wrong with it, in Terraform's words where it has them. Of modules, only what is sure: with `for_each` one is an object of
    /// its instances, without either an object of its outputs.
    pub(super) fn fault(&self, target: &Declaration) -> Option<Diagnostic> {
        let is_set = |name| target.meta.argument(name).is_some_and(|value| *value != Expression::Null);
        let set = ["count", "for_each"].into_iter().find(|name| is_set(name));
        match (target.kind, &self.next, set) {
            (Kind::Resource | Kind::Data | Kind::Ephemeral, Next::Attribute(name), Some(set)) => Some(missing(target, name, set)),
            (Kind::Module, Next::Attribute(name), Some("count")) => Some(missing(target, name, "count")),
            (Kind::Resource | Kind::Data | Kind::Ephemeral, Next::Key, None) => Some(
                Diagnostic::error("unexpected-instance-key", "Unexpected resource instance key")
                    .detail(format!(
                        "Because `{}` does not have \"count\" or \"for_each\" set, references to it must not include an index key.",
                        target.address
                    ))
                    .help("Remove the bracketed index to refer to the single instance of this resource.")
                    .related("declared here", &target.place),
            ),
            _ => None,
        }
    }
}

impl Next {
    /// A number among names is written as a key.
    fn of(name: &str) -> Next {
        if name.bytes().all(|digit| digit.is_ascii_digit()) { Next::Key } else { Next::Attribute(name.into()) }
    }
}

fn missing(target: &Declaration, attribute: &str, set: &str) -> Diagnostic {
    let key = if set == "count" { "count.index" } else { "each.key" };
    Diagnostic::error("missing-instance-key", "Missing resource instance key")
        .detail(format!(
            "Because `{}` has \"{set}\" set, its attributes must be accessed on specific instances; `{attribute}` is read of all of them.",
            target.address
        ))
        .help(format!("Read one instance, such as `{}[{key}]`, or all of them by a splat.", target.address))
        .related("declared here", &target.place)
}

/// Tells whether a value is something declared, with nothing read of it.
pub(super) fn is_whole(value: &Expression) -> bool {
    whole(value).is_some()
}

fn whole(value: &Expression) -> Option<Address> {
    match value {
        Expression::Reference(reference) if reference.path.is_empty() => Some(reference.to.clone()),
        Expression::Symbol(text) => {
            let names: Vec<&str> = text.split('.').collect();
            Address::read_by(&names).filter(|address| address.as_str() == &**text)
        }
        _ => None,
    }
}
