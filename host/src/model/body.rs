//! The body of a block: its arguments and nested blocks.

use super::{Expression, Name};

/// Arguments and nested blocks of a declaration or of a nested block.
///
/// Argument names are unique (`eval` refuses a second one). The order of arguments means nothing; that of blocks of one type does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// Arguments, sorted by name.
    pub arguments: Vec<(Name, Expression)>,
    /// Nested blocks: sorted by type, those of one type in the order of their declaration.
    pub blocks: Vec<Block>,
}

/// A nested block.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The block's type: `lifecycle`, `metric_query`.
    pub name: Name,
    /// Its labels, none for most.
    pub labels: Vec<Name>,
    /// What is in it.
    pub body: Body,
}

impl Body {
    /// Returns the value of an argument.
    pub fn argument(&self, name: &str) -> Option<&Expression> {
        let index = self.arguments.binary_search_by(|(key, _)| key.as_ref().cmp(name)).ok()?;
        Some(&self.arguments[index].1)
    }

    /// Returns the nested blocks of one type, in order.
    pub fn blocks_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Block> {
        self.blocks.iter().filter(move |block| block.name.as_ref() == name)
    }

    /// Tells whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.arguments.is_empty() && self.blocks.is_empty()
    }

    /// Brings arguments and blocks into the order that the type promises.
    pub fn sort(&mut self) {
        self.arguments.sort_by(|a, b| a.0.cmp(&b.0));
        self.blocks.sort_by(|a, b| a.name.cmp(&b.name));
    }

    /// Calls `visit` with each value of this body and of the blocks in it; sub-expressions are not visited.
    pub fn each_value<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        for (_, value) in &self.arguments {
            visit(value);
        }
        for block in &self.blocks {
            block.body.each_value(visit);
        }
    }
}
