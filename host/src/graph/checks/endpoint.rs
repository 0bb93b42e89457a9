//! Addresses as `moved`, `import` and `removed` take them.

use crate::graph::notation;
use crate::model::{Expression, hcl};
use hcl_edit::expr::{Expression as Parsed, TraversalOperator};

/// Where something is in Terraform's state.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Endpoint {
    /// The path of modules, from the root.
    pub(super) modules: Vec<(String, Key)>,
    /// What is in it; none where the address is that of a module.
    pub(super) resource: Option<Resource>,
}

/// A resource in an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Resource {
    /// `data`, `ephemeral`, or nothing for managed resources.
    pub(super) mode: &'static str,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) key: Key,
}

/// Which instance.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// All of them, or the only one.
    None,
    Number(String),
    Text(String),
    /// One that is computed.
    Computed(String),
}

impl Endpoint {
    /// Reads an address out of an argument; nothing where the argument is none that could be looked at.
    ///
    /// # Errors
    /// What is wrong with it, as the rest of a sentence that begins with the address.
    pub(super) fn read(value: &Expression) -> Option<Result<Endpoint, String>> {
        let text = match value {
            Expression::Text(text) => text.to_string(),
            Expression::Null => return None,
            other => hcl::expression_text(other),
        };
        // What looks like a template is refused where it is written.
        if text.contains("${") || text.contains("%{") {
            return None;
        }
        match notation::parse(text.trim()) {
            Some(Parsed::Variable(root)) => Some(of_steps(&[Step::Name(root.to_string().trim().to_owned())])),
            Some(Parsed::Traversal(traversal)) => {
                let Parsed::Variable(root) = &traversal.expr else { return Some(Err("is not an address".into())) };
                let mut steps = vec![Step::Name(root.as_str().to_owned())];
                for operator in &traversal.operators {
                    steps.push(match operator.value() {
                        TraversalOperator::GetAttr(name) => Step::Name(name.as_str().to_owned()),
                        TraversalOperator::Index(key) => Step::Key(key_of(key)),
                        TraversalOperator::LegacyIndex(number) => Step::Key(Key::Number(number.value().to_string())),
                        _ => return Some(Err("has a splat, which no address has".into())),
                    });
                }
                Some(of_steps(&steps))
            }
            _ => Some(Err("is not an address".into())),
        }
    }

    /// Returns the address of the declaration in the root module that this is of, where it is of one.
    pub(super) fn declaration(&self) -> Option<String> {
        match (&self.modules[..], &self.resource) {
            ([(name, _)], None) => Some(format!("module.{name}")),
            ([], Some(resource)) if resource.mode.is_empty() => Some(format!("{}.{}", resource.kind, resource.name)),
            ([], Some(resource)) => Some(format!("{}.{}.{}", resource.mode, resource.kind, resource.name)),
            _ => None,
        }
    }

    /// Returns all keys in it.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        self.modules.iter().map(|(_, key)| key).chain(self.resource.iter().map(|resource| &resource.key))
    }

    /// Tells whether no instance is named.
    pub(super) fn is_whole(&self) -> bool {
        self.keys().all(|key| *key == Key::None)
    }
}

enum Step {
    Name(String),
    Key(Key),
}

fn key_of(key: &Parsed) -> Key {
    match key {
        Parsed::Number(number) => Key::Number(number.value().to_string()),
        Parsed::String(text) => Key::Text(text.value().clone()),
        other => Key::Computed(other.to_string()),
    }
}

fn of_steps(mut steps: &[Step]) -> Result<Endpoint, String> {
    let mut modules = Vec::new();
    while let [Step::Name(word), Step::Name(name), rest @ ..] = steps
        && word == "module"
    {
        steps = rest;
        let key = take_key(&mut steps);
        modules.push((name.clone(), key));
    }
    if steps.is_empty() && !modules.is_empty() {
        return Ok(Endpoint { modules, resource: None });
    }
    let mode = match steps {
        [Step::Name(word), Step::Name(_), Step::Name(_), ..] => match word.as_str() {
            "data" => "data",
            "ephemeral" => "ephemeral",
            "resource" => "resource",
            _ => "",
        },
        _ => "",
    };
    if !mode.is_empty() {
        steps = &steps[1..];
    }
    let [Step::Name(kind), Step::Name(name), rest @ ..] = steps else {
        return Err("is not an address: a resource specification must include a resource type and name".into());
    };
    if mode.is_empty() && matches!(kind.as_str(), "var" | "local" | "each" | "count" | "path") {
        return Err(format!("is not the address of a resource or module: `{kind}` means something else"));
    }
    steps = rest;
    let key = take_key(&mut steps);
    if !steps.is_empty() {
        return Err("has something behind the resource; a key of an instance stands in square brackets".into());
    }
    let mode = if mode == "resource" { "" } else { mode };
    Ok(Endpoint { modules, resource: Some(Resource { mode, kind: kind.clone(), name: name.clone(), key }) })
}

fn take_key(steps: &mut &[Step]) -> Key {
    match *steps {
        [Step::Key(key), rest @ ..] => {
            *steps = rest;
            key.clone()
        }
        _ => Key::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Endpoint, String> {
        Endpoint::read(&Expression::text(text)).unwrap()
    }

    #[test]
    fn addresses_are_read_with_their_modules_and_keys() {
        let found = read("module.a[0].module.b.aws_x.y[\"k.1\"]").unwrap();
        assert_eq!(found.modules, [("a".into(), Key::Number("0".into())), ("b".into(), Key::None)]);
        let resource = Resource { mode: "", kind: "aws_x".into(), name: "y".into(), key: Key::Text("k.1".into()) };
        assert_eq!(found.resource, Some(resource));
        assert_eq!(read("module.m").unwrap().declaration().as_deref(), Some("module.m"));
        assert_eq!(read("data.aws_x.y").unwrap().declaration().as_deref(), Some("data.aws_x.y"));
        assert_eq!(read(" resource.aws_x.y").unwrap(), read("aws_x.y").unwrap());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["a", "var.x", "aws_x.y.z", "aws_x.y[0].z", "aws_x.y[*].z", "1 + 1", "module.m.aws_x", "upper(\"a\").b"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
