//! What was masked in a graph, for what needs it: emission, and comparing with what exists.

use super::ResourceGraph;
use crate::diagnostic::Diagnostics;
use crate::model::hcl::expression_text;
use crate::model::{Declaration, Expression};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Shorter text stands in messages for other reasons.
const SHORTEST_IN_MESSAGES: usize = 4;

/// The declarations of a graph that hold literal secrets, as they were declared.
#[derive(Clone, Default)]
pub struct KeptSecrets {
    /// By position in the graph's nodes.
    declarations: BTreeMap<usize, Declaration>,
    /// The secrets that are text, as messages could quote them.
    texts: BTreeSet<String>,
}

impl KeptSecrets {
    /// Keeps a declaration before it is masked, and the secrets in it.
    pub fn keep<'a>(&mut self, position: usize, declaration: Declaration, secrets: impl Iterator<Item = &'a Expression>) {
        self.declarations.insert(position, declaration);
        secrets.for_each(|secret| self.add_texts(secret));
    }

    /// Returns the positions of what is masked in the graph's nodes, sorted.
    pub fn positions(&self) -> impl Iterator<Item = usize> {
        self.declarations.keys().copied()
    }

    /// Takes the secrets out of messages that quote them: those of checks that looked before anything was masked, and the guest's own.
    pub fn redact(&self, diagnostics: &mut Diagnostics) {
        if self.texts.is_empty() {
            return;
        }
        // The longest first: one may be a part of another.
        let mut secrets: Vec<&String> = self.texts.iter().collect();
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        diagnostics.each_text_mut(&mut |text| {
            for secret in &secrets {
                if text.contains(secret.as_str()) {
                    *text = text.replace(secret.as_str(), "(sensitive)");
                }
            }
        });
    }

    fn add_texts(&mut self, secret: &Expression) {
        if let Expression::Text(text) = secret
            && text.len() >= SHORTEST_IN_MESSAGES
        {
            self.texts.insert(text.to_string());
            self.texts.insert(expression_text(secret).trim_matches('"').to_owned());
        }
        if let Expression::Raw(parts) = secret {
            self.texts.insert(parts.0.clone());
        }
        secret.each_child(&mut |child| self.add_texts(child));
    }
}

impl fmt::Debug for KeptSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeptSecrets of {} declarations", self.declarations.len())
    }
}

impl ResourceGraph {
    /// Returns the declarations as they were declared, secrets and all: for what is emitted alone.
    pub fn unmasked(&self) -> impl Iterator<Item = &Declaration> {
        let kept = &self.kept.declarations;
        self.nodes.iter().enumerate().map(move |(position, node)| kept.get(&position).unwrap_or(node))
    }

    /// Returns one declaration as it was declared: to be compared, and never shown.
    pub fn unmasked_at<'a>(&'a self, node: &'a Declaration) -> &'a Declaration {
        let position = self.nodes.binary_search_by(|other| other.address.cmp(&node.address)).ok();
        position.and_then(|position| self.kept.declarations.get(&position)).unwrap_or(node)
    }
}
