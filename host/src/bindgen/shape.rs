//! The structs of a module: one for each nested block and each object, shared where name and structure are the same.

use super::names::{Taken, pascal};
use crate::schema::{Attribute, Block, NestedBlock, Nesting, Section, Shape, Type, compact};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// What a struct stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeKind {
    /// A nested block.
    Block,
    /// An object of an attribute that has attributes of its own.
    Nested,
    /// A value of an object type: all of its attributes are written.
    Object,
}

/// A nested block or an object of a type.
#[derive(Debug)]
pub(super) struct Node<'a> {
    /// The names that lead to it.
    pub(super) path: Vec<&'a str>,
    pub(super) kind: NodeKind,
    pub(super) block: Cow<'a, Block>,
    /// Whether a configuration can give it.
    pub(super) is_settable: bool,
    /// Whether this one stands for those of the same name and structure.
    pub(super) is_first: bool,
}

/// The nodes of a type, with their names in Rust.
#[derive(Debug)]
pub(super) struct Nodes<'a> {
    pub(super) all: Vec<Node<'a>>,
    /// The names that no other type of the module can have.
    pub(super) taken: Taken,
    /// By their paths.
    names: HashMap<String, String>,
}

impl<'a> Nodes<'a> {
    /// Collects what is nested in a type. `reserved` are the type's own names.
    pub(super) fn of(block: &'a Block, reserved: Taken) -> Nodes<'a> {
        let mut nodes = Nodes { all: Vec::new(), taken: reserved, names: HashMap::new() };
        nodes.collect(block, &mut Vec::new(), true);
        nodes.name();
        nodes
    }

    /// Returns the name of the struct at a path.
    pub(super) fn name_at(&self, path: &[&str], last: &str) -> &str {
        self.names.get(&key(path.iter().copied().chain([last]))).map_or("", String::as_str)
    }

    fn collect(&mut self, block: &'a Block, path: &mut Vec<&'a str>, is_settable: bool) {
        self.attributes(&block.attributes, path, is_settable);
        for (name, nested) in &block.blocks {
            path.push(name);
            self.push(path, NodeKind::Block, Cow::Borrowed(&nested.block), is_settable);
            self.collect(&nested.block, path, is_settable);
            path.pop();
        }
    }

    fn attributes(&mut self, attributes: &'a BTreeMap<Box<str>, Attribute>, path: &mut Vec<&'a str>, is_settable: bool) {
        for (name, attribute) in attributes {
            let is_settable = is_settable && attribute.is_settable();
            path.push(name);
            match &attribute.shape {
                Shape::Plain(of) => self.objects(of, path, is_settable),
                Shape::Nested(_, nested) => {
                    let block = Block { attributes: nested.clone(), ..Block::default() };
                    self.push(path, NodeKind::Nested, Cow::Owned(block), is_settable);
                    self.attributes(nested, path, is_settable);
                }
            }
            path.pop();
        }
    }

    fn objects(&mut self, of: &'a Type, path: &mut Vec<&'a str>, is_settable: bool) {
        match of {
            Type::List(of) | Type::Set(of) | Type::Map(of) => self.objects(of, path, is_settable),
            Type::Object(fields) => {
                let attributes = fields.iter().map(|field| (field.name.clone(), Attribute::optional(field.of.clone()))).collect();
                let block = Block { attributes, ..Block::default() };
                self.push(path, NodeKind::Object, Cow::Owned(block), is_settable);
                for field in fields {
                    path.push(&field.name);
                    self.objects(&field.of, path, is_settable);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, path: &[&'a str], kind: NodeKind, block: Cow<'a, Block>, is_settable: bool) {
        self.all.push(Node { path: path.to_vec(), kind, block, is_settable, is_first: false });
    }

    /// Gives each node the shortest name by which those of one name and different structures are told apart: their own, or with the names of
    /// as many parents in front, for all of that name alike.
    fn name(&mut self) {
        let structures: Vec<String> = self.all.iter().map(Node::structure).collect();
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut order: Vec<&str> = Vec::new();
        for (position, node) in self.all.iter().enumerate() {
            let last = node.path.last().copied().unwrap_or_default();
            groups.entry(last).or_insert_with(|| {
                order.push(last);
                Vec::new()
            });
            groups.entry(last).or_default().push(position);
        }
        for last in order {
            let group = &groups[last];
            let longest = group.iter().map(|position| self.all[*position].path.len()).max().unwrap_or_default();
            let is_told_apart = |n_names: usize| {
                let mut by_name: HashMap<String, &str> = HashMap::new();
                group.iter().all(|position| {
                    let structure = structures[*position].as_str();
                    *by_name.entry(self.all[*position].name_of(n_names)).or_insert(structure) == structure
                })
            };
            let n_names = (1..longest).find(|n_names| is_told_apart(*n_names)).unwrap_or(longest);
            let mut named: HashMap<&str, String> = HashMap::new();
            for position in group {
                let name = self.all[*position].name_of(n_names);
                let (name, is_first) = match named.get(structures[*position].as_str()) {
                    Some(known) => (known.clone(), false),
                    None => (take_with_companions(name, &mut self.taken), true),
                };
                named.insert(&structures[*position], name.clone());
                self.names.insert(key(self.all[*position].path.iter().copied()), name);
                self.all[*position].is_first = is_first;
            }
        }
    }
}

impl Node<'_> {
    fn name_of(&self, n_names: usize) -> String {
        let names = &self.path[self.path.len().saturating_sub(n_names)..];
        names.iter().map(|name| pascal(name)).collect()
    }

    /// What is the same of two nodes that can share a struct.
    fn structure(&self) -> String {
        let mut text = format!("{:?} {}\n", self.kind, self.is_settable);
        compact::write_block(Section::Resource, "", &self.block, &mut text);
        text
    }
}

/// No name holds a line end.
fn key<'a>(path: impl Iterator<Item = &'a str>) -> String {
    path.collect::<Vec<_>>().join("\n")
}

/// A struct `X` may come with `XAttributes`, `XBlock` and `XObject`.
fn take_with_companions(mut name: String, taken: &mut Taken) -> String {
    const COMPANIONS: [&str; 4] = ["", "Attributes", "Block", "Object"];
    while COMPANIONS.iter().any(|companion| taken.has(&format!("{name}{companion}"))) {
        name.push('_');
    }
    COMPANIONS.iter().for_each(|companion| taken.add(format!("{name}{companion}")));
    name
}

/// How many blocks of a type there are, as far as Rust's types say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    ExactlyOne,
    AtMostOne,
    AtLeastOne,
    AnyNumber,
}

impl Count {
    pub(super) fn of(nested: &NestedBlock) -> Count {
        match (nested.nesting, nested.min, nested.max) {
            (Nesting::Group, ..) => Count::AtMostOne,
            (Nesting::Single, 0, _) | (_, 0, 1) => Count::AtMostOne,
            (Nesting::Single, ..) | (_, 1, 1) => Count::ExactlyOne,
            (_, 0, _) => Count::AnyNumber,
            _ => Count::AtLeastOne,
        }
    }

    /// Returns the SDK's name of it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Count::ExactlyOne => "ExactlyOne",
            Count::AtMostOne => "AtMostOne",
            Count::AtLeastOne => "AtLeastOne",
            Count::AnyNumber => "AnyNumber",
        }
    }

    pub(super) fn is_required(self) -> bool {
        matches!(self, Count::ExactlyOne | Count::AtLeastOne)
    }
}

/// Returns the numbers of blocks that types do not say: those are looked at when the blocks are given.
pub(super) fn bounds(nested: &NestedBlock) -> Option<String> {
    let is_many = !matches!(nested.nesting, Nesting::Single | Nesting::Group) && (nested.min > 1 || nested.max > 1);
    is_many.then(|| match nested.max {
        0 => format!("{}..=usize::MAX", nested.min),
        max => format!("{}..={max}", nested.min),
    })
}
