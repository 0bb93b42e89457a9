//! What is read of something declared: the steps behind its address, followed through its schema.

use super::convert;
use super::provider::{Block, NestedBlock, Nesting};
use super::types::{Field, Type};
use crate::diagnostic::closest;
use crate::model::{Address, Expression, RawRead, RawStep};

/// A step of a read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step<'a> {
    /// `.name`
    Attribute(&'a str),
    /// `[key]`; the key where it is literal text.
    Index(Option<&'a str>),
}

/// Where a read begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Root<'a> {
    /// Something declared.
    Address(Address),
    /// `self`.
    Own,
    /// Any other word: `each`, `path`, a variable of the expression.
    Word(&'a str),
}

/// A read: where it begins, and the steps from there.
pub(super) struct Read<'a> {
    pub(super) root: Root<'a>,
    pub(super) steps: Vec<Step<'a>>,
}

impl<'a> Read<'a> {
    /// Takes an expression apart that reads something; nothing where it does more, or something else.
    pub(super) fn of(value: &'a Expression) -> Option<Read<'a>> {
        match value {
            Expression::Reference(reference) => {
                let names = reference.path.split('.').filter(|name| !name.is_empty());
                Some(Read { root: Root::Address(reference.to.clone()), steps: names.map(Step::named).collect() })
            }
            Expression::Symbol(text) => Some(Read::of_symbol(text)),
            Expression::Attribute(parts) => {
                let mut read = Read::of(&parts.0)?;
                read.steps.push(Step::named(&parts.1));
                Some(read)
            }
            Expression::Index(parts) => {
                let mut read = Read::of(&parts.0)?;
                read.steps.push(Step::Index(parts.1.as_text()));
                Some(read)
            }
            _ => None,
        }
    }

    /// Takes a root by name apart, with the names behind it.
    pub(super) fn of_symbol(text: &'a str) -> Read<'a> {
        let names: Vec<&str> = text.split('.').collect();
        if names[0] == "self" {
            return Read { root: Root::Own, steps: names[1..].iter().map(|name| Step::named(name)).collect() };
        }
        match Address::read_by(&names) {
            Some(address) => {
                let n_names = address.as_str().split('.').count();
                Read { steps: names[n_names..].iter().map(|name| Step::named(name)).collect(), root: Root::Address(address) }
            }
            None => Read { root: Root::Word(names[0]), steps: names[1..].iter().map(|name| Step::named(name)).collect() },
        }
    }
}

impl<'a> Read<'a> {
    /// Takes a read in Terraform's own notation.
    pub(super) fn of_raw(read: &'a RawRead) -> Read<'a> {
        let mut all = Read::of_symbol(&read.symbol);
        all.steps.extend(read.rest.iter().map(|step| match step {
            RawStep::Attribute(name) => Step::named(name),
            RawStep::Index(key) => Step::Index(key.as_deref()),
        }));
        all
    }
}

impl<'a> Step<'a> {
    /// A number among names is a key.
    fn named(name: &'a str) -> Step<'a> {
        if name.bytes().all(|byte| byte.is_ascii_digit()) { Step::Index(None) } else { Step::Attribute(name) }
    }
}

/// What a read yields.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Its type; none where no schema tells.
    pub(super) of: Option<Type>,
    /// It is `null` whenever it is read.
    pub(super) is_write_only: bool,
    /// What the provider advises against.
    pub(super) deprecated: Option<String>,
}

impl Found {
    pub(super) fn of(of: Type) -> Found {
        Found { of: Some(of), ..Found::default() }
    }
}

/// What is wrong with a read, in Terraform's words.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) summary: &'static str,
    pub(super) detail: String,
    pub(super) help: String,
}

impl Fault {
    fn new(summary: &'static str, detail: impl Into<String>) -> Fault {
        Fault { summary, detail: detail.into(), help: String::new() }
    }

    fn attribute(detail: impl Into<String>) -> Fault {
        Fault::new("Unsupported attribute", detail)
    }
}

/// Follows steps through a block: which of its attributes is read, and is there one.
pub(super) fn through_block(block: &Block, steps: &[Step<'_>]) -> Result<Found, Fault> {
    let (name, rest) = match steps {
        [] => return Ok(Found::of(block.of())),
        [Step::Attribute(name) | Step::Index(Some(name)), rest @ ..] => (*name, rest),
        [Step::Index(None), ..] => return Ok(Found::default()),
    };
    if let Some(attribute) = block.attributes.get(name) {
        let of = through_type(&attribute.of(), rest)?;
        return Ok(Found {
            of: Some(of),
            is_write_only: attribute.is_write_only,
            deprecated: attribute.is_deprecated.then(|| name.to_owned()),
        });
    }
    match block.blocks.get(name) {
        Some(nested) => through_nested(name, nested, rest),
        None => {
            let meant = closest(name, block.attributes.keys().chain(block.blocks.keys()).map(AsRef::as_ref));
            Err(Fault {
                help: meant.map(|meant| format!("Did you mean `{meant}`?")).unwrap_or_default(),
                ..Fault::attribute(format!("This object has no argument, nested block, or exported attribute named \"{name}\"."))
            })
        }
    }
}

fn through_nested(name: &str, nested: &NestedBlock, steps: &[Step<'_>]) -> Result<Found, Fault> {
    match (nested.nesting, steps) {
        (Nesting::Single | Nesting::Group, _) => through_block(&nested.block, steps),
        (_, []) => {
            let inner = through_block(&nested.block, &[])?;
            Ok(Found { of: Some(nested.of()), ..inner })
        }
        (Nesting::List | Nesting::Map, [Step::Index(_), rest @ ..]) => through_block(&nested.block, rest),
        // Terraform takes a name for a key.
        (Nesting::Map, [Step::Attribute(_), rest @ ..]) => through_block(&nested.block, rest),
        (Nesting::List, _) => Err(Fault::new(
            "Invalid operation",
            format!(
                "Block type \"{name}\" is represented by a list of objects, so it must be indexed using a numeric key, like .{name}[0]."
            ),
        )),
        (Nesting::Set, _) => Err(Fault::new(
            "Cannot index a set value",
            format!(
                "Block type \"{name}\" is represented by a set of objects, and set elements do not have addressable keys. To find elements \
                 matching specific criteria, use a \"for\" expression with an \"if\" clause."
            ),
        )),
    }
}

/// Follows steps through a type.
pub(super) fn through_type(of: &Type, steps: &[Step<'_>]) -> Result<Type, Fault> {
    let Some((step, rest)) = steps.split_first() else { return Ok(of.clone()) };
    match (of, step) {
        (Type::Dynamic, _) => Ok(Type::Dynamic),
        (Type::Map(of), _) | (Type::List(of), Step::Index(_)) => through_type(of, rest),
        (Type::Object(fields), Step::Attribute(name) | Step::Index(Some(name))) => match field(fields, name) {
            Some(field) => through_type(&field.of, rest),
            None => {
                let meant = closest(name, fields.iter().map(|field| field.name.as_ref()));
                Err(Fault {
                    help: meant.map(|meant| format!("Did you mean `{meant}`?")).unwrap_or_default(),
                    ..Fault::attribute(format!("This object does not have an attribute named \"{name}\"."))
                })
            }
        },
        (Type::Tuple(_) | Type::Object(_), Step::Index(_)) => Ok(Type::Dynamic),
        (Type::Set(_), Step::Index(_)) => Err(Fault::new(
            "Invalid index",
            "Elements of a set are identified only by their value and don't have any separate index or key to select with, so it's only \
             possible to perform operations across all elements of the set.",
        )),
        (Type::List(_) | Type::Set(_) | Type::Tuple(_), Step::Attribute(_)) => Err(Fault::attribute(format!(
            "Can't access attributes on a {}: an index, a splat or a `for` says of which elements.",
            of.friendly()
        ))),
        (Type::String | Type::Number | Type::Bool, Step::Attribute(_)) => {
            Err(Fault::attribute(format!("Can't access attributes on a primitive-typed value ({}).", of.friendly())))
        }
        (Type::String | Type::Number | Type::Bool, Step::Index(_)) => {
            Err(Fault::new("Invalid index", "This value does not have any indices."))
        }
    }
}

/// Returns what the items of a collection are; nothing where it is none, or nobody tells.
pub(super) fn item(of: &Type) -> Option<Type> {
    match of {
        Type::List(of) | Type::Set(of) | Type::Map(of) => Some((**of).clone()),
        Type::Tuple(items) => {
            let first = items.first()?;
            items.iter().all(|item| item == first).then(|| first.clone())
        }
        _ => None,
    }
}

fn field<'a>(fields: &'a [Field], name: &str) -> Option<&'a Field> {
    fields.iter().find(|field| field.name.as_ref() == name)
}

/// Says that what is read cannot be given to a place of a type; nothing where it can, or nobody knows.
pub(super) fn unfit(found: &Type, wanted: &Type) -> Option<String> {
    (!convert::is_convertible(found, wanted)).then(|| convert::required(wanted))
}
