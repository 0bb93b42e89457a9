//! What stands in a block, however it was said.

use crate::model::{Block, Body, Expression};

/// A key that Terraform's JSON takes for a comment.
const COMMENT: &str = "//";

/// What stands in a block, whichever way it was said: as a body, or as an object in the place of a block.
pub(in crate::schema) struct Content<'a> {
    pub(super) arguments: Vec<(&'a str, &'a Expression)>,
    pub(super) blocks: &'a [Block],
}

impl<'a> Content<'a> {
    pub(in crate::schema) fn of_body(body: &'a Body) -> Content<'a> {
        Content { arguments: body.arguments.iter().map(|(name, value)| (name.as_ref(), value)).collect(), blocks: &body.blocks }
    }

    /// The same without some arguments.
    pub(in crate::schema) fn without(mut self, names: &[&str]) -> Content<'a> {
        self.arguments.retain(|(name, _)| !names.contains(name));
        self
    }

    /// Nothing where the keys are not literal: then the object is no block.
    pub(super) fn of_object(pairs: &'a [(Expression, Expression)]) -> Option<Content<'a>> {
        let arguments: Option<Vec<_>> = pairs.iter().map(|(key, value)| Some((key.as_text()?, value))).collect();
        Some(Content { arguments: arguments?.into_iter().filter(|(name, _)| *name != COMMENT).collect(), blocks: &[] })
    }

    pub(super) fn is_set(&self, name: &str) -> bool {
        let argument = self.arguments.iter().find(|(known, _)| *known == name);
        argument.is_some_and(|(_, value)| **value != Expression::Null) || self.blocks.iter().any(|block| &*block.name == name)
    }
}
