//! What a provider says of its types: arguments and attributes, nested blocks, functions. Facts; nothing here decides.

use super::types::Type;
use std::collections::BTreeMap;

/// A name in a schema.
pub type Key = Box<str>;

/// What stands in a block, or in one of its nested blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Arguments and attributes.
    pub attributes: BTreeMap<Key, Attribute>,
    /// Nested blocks.
    pub blocks: BTreeMap<Key, NestedBlock>,
    /// Whether the provider advises against it.
    pub is_deprecated: bool,
    /// The provider's own words; the compact form has none.
    pub description: Option<Box<str>>,
}

/// An argument, an attribute, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// What its values are.
    pub shape: Shape,
    /// It must be set.
    pub is_required: bool,
    /// It may be set.
    pub is_optional: bool,
    /// The provider gives it a value where it is not set.
    pub is_computed: bool,
    /// Its values are not shown.
    pub is_sensitive: bool,
    /// It takes a value that is stored nowhere, and is `null` when it is read.
    pub is_write_only: bool,
    /// The provider advises against it.
    pub is_deprecated: bool,
    /// What a number counts, where its name or description tells.
    pub unit: Option<&'static str>,
    /// The provider's own words; the compact form has none.
    pub description: Option<Box<str>>,
}

/// What an attribute's values are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Values of a type.
    Plain(Type),
    /// Objects whose attributes have what attributes of blocks have (protocol 6).
    Nested(Nesting, BTreeMap<Key, Attribute>),
}

/// How many objects there are, and by what they are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nesting {
    /// One or none.
    Single,
    /// One, empty where none is given.
    Group,
    /// Any number, by position.
    List,
    /// Any number, by their content.
    Set,
    /// Any number, by a key.
    Map,
}

/// A type of nested blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NestedBlock {
    /// How many, and in what order.
    pub nesting: Nesting,
    /// So many at least.
    pub min: u64,
    /// So many at most; 0 where there is no bound.
    pub max: u64,
    /// What stands in each.
    pub block: Block,
}

/// A function of a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// In order.
    pub parameters: Vec<Parameter>,
    /// What stands any number of times behind them.
    pub variadic: Option<Parameter>,
    /// What it returns.
    pub result: Type,
    /// The provider's own words; the compact form has none.
    pub description: Option<Box<str>>,
}

/// A parameter of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: Key,
    /// Its type.
    pub of: Type,
    /// Whether it takes `null`.
    pub is_nullable: bool,
}

impl Attribute {
    /// Returns one that may be set to values of a type, and of which nothing else is known.
    pub fn optional(of: Type) -> Attribute {
        Attribute {
            shape: Shape::Plain(of),
            is_required: false,
            is_optional: true,
            is_computed: false,
            is_sensitive: false,
            is_write_only: false,
            is_deprecated: false,
            unit: None,
            description: None,
        }
    }

    /// Tells whether a configuration may set it.
    pub fn is_settable(&self) -> bool {
        self.is_required || self.is_optional
    }

    /// Returns the type of its values.
    pub fn of(&self) -> Type {
        self.shape.of()
    }
}

impl Shape {
    /// Returns the type of the values.
    pub fn of(&self) -> Type {
        match self {
            Shape::Plain(of) => of.clone(),
            Shape::Nested(nesting, attributes) => nesting.collection(object(attributes, std::iter::empty())),
        }
    }
}

impl Nesting {
    /// All, with their names in Terraform's words.
    pub const ALL: [(Nesting, &'static str); 5] = [
        (Nesting::Single, "single"),
        (Nesting::Group, "group"),
        (Nesting::List, "list"),
        (Nesting::Set, "set"),
        (Nesting::Map, "map"),
    ];

    /// Returns its name.
    pub fn name(self) -> &'static str {
        Nesting::ALL.iter().find(|(nesting, _)| *nesting == self).map_or("", |(_, name)| name)
    }

    /// Returns the nesting of a name.
    pub fn named(name: &str) -> Option<Nesting> {
        Nesting::ALL.iter().find(|(_, known)| *known == name).map(|(nesting, _)| *nesting)
    }

    fn collection(self, of: Type) -> Type {
        match self {
            Nesting::Single | Nesting::Group => of,
            Nesting::List => Type::List(Box::new(of)),
            Nesting::Set => Type::Set(Box::new(of)),
            Nesting::Map => Type::Map(Box::new(of)),
        }
    }
}

impl NestedBlock {
    /// Returns the type of what is read of these blocks.
    pub fn of(&self) -> Type {
        self.nesting.collection(self.block.of())
    }
}

impl Block {
    /// Returns the type of the block as a value.
    pub fn of(&self) -> Type {
        object(&self.attributes, self.blocks.iter().map(|(name, nested)| (name, nested.of())))
    }

    /// Calls `visit` with each attribute of this block and of those in it, and with the names that lead to it.
    pub fn each_attribute<'a>(&'a self, visit: &mut dyn FnMut(&[&'a str], &'a Attribute)) {
        fn attributes<'a>(
            all: &'a BTreeMap<Key, Attribute>,
            path: &mut Vec<&'a str>,
            visit: &mut dyn FnMut(&[&'a str], &'a Attribute),
        ) {
            for (name, attribute) in all {
                path.push(name);
                visit(path, attribute);
                if let Shape::Nested(_, nested) = &attribute.shape {
                    attributes(nested, path, visit);
                }
                path.pop();
            }
        }
        fn block<'a>(of: &'a Block, path: &mut Vec<&'a str>, visit: &mut dyn FnMut(&[&'a str], &'a Attribute)) {
            attributes(&of.attributes, path, visit);
            for (name, nested) in &of.blocks {
                path.push(name);
                block(&nested.block, path, visit);
                path.pop();
            }
        }
        block(self, &mut Vec::new(), visit);
    }
}

fn object<'a>(attributes: &'a BTreeMap<Key, Attribute>, blocks: impl Iterator<Item = (&'a Key, Type)>) -> Type {
    use super::types::Field;
    let attributes = attributes.iter().map(|(name, attribute)| Field {
        name: name.clone(),
        of: attribute.of(),
        is_optional: !attribute.is_required,
    });
    let blocks = blocks.map(|(name, of)| Field { name: name.clone(), of, is_optional: true });
    let mut fields: Vec<Field> = attributes.chain(blocks).collect();
    fields.sort_by(|a, b| a.name.cmp(&b.name));
    Type::Object(fields)
}
