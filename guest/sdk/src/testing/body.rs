//! Bodies as trees: arguments and nested blocks.

use super::Node;
use crate::backend::native::Identity;
use crate::token::Token;

/// The arguments and nested blocks of a block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BodyNode {
    /// The entries in the order in which they were said.
    pub entries: Vec<Entry>,
}

/// An entry of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// An argument: its name and its value.
    Argument(String, Node),
    /// A nested block: its type, its labels and its body.
    Block(String, Vec<String>, BodyNode),
}

impl BodyNode {
    /// Returns the value of an argument.
    ///
    /// # Panics
    ///
    /// If it is not set; the message names those that are.
    #[track_caller]
    pub fn argument(&self, name: &str) -> &Node {
        let Some(value) = self.find_argument(name) else {
            panic!("no argument `{name}`; there is {}", listed(self.arguments()));
        };
        value
    }

    /// Returns the value of an argument, if it is set.
    pub fn find_argument(&self, name: &str) -> Option<&Node> {
        self.entries.iter().find_map(|entry| match entry {
            Entry::Argument(known, value) if known == name => Some(value),
            _ => None,
        })
    }

    /// Returns the names of the arguments that are set.
    pub fn arguments(&self) -> Vec<&str> {
        let arguments = self.entries.iter().filter_map(|entry| match entry {
            Entry::Argument(name, _) => Some(name.as_str()),
            Entry::Block(..) => None,
        });
        arguments.collect()
    }

    /// Returns the only nested block of a type.
    ///
    /// # Panics
    ///
    /// If there is none, or more than one.
    #[track_caller]
    pub fn block(&self, kind: &str) -> &BodyNode {
        match self.blocks(kind)[..] {
            [block] => block,
            [] => panic!("no block `{kind}`; there is {}", listed(self.block_types())),
            ref blocks => panic!("there are {} blocks `{kind}`; `.blocks(…)` gives them all", blocks.len()),
        }
    }

    /// Returns the nested blocks of a type.
    pub fn blocks(&self, kind: &str) -> Vec<&BodyNode> {
        self.entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Block(known, _, body) if known == kind => Some(body),
                _ => None,
            })
            .collect()
    }

    /// Returns the nested block of a type and label.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[track_caller]
    pub fn labelled(&self, kind: &str, label: &str) -> &BodyNode {
        let found = self.entries.iter().find_map(|entry| match entry {
            Entry::Block(known, labels, body) if known == kind && labels.iter().any(|known| known == label) => Some(body),
            _ => None,
        });
        let Some(body) = found else {
            panic!("no block `{kind}` with the label `{label}`; there is {}", listed(self.block_types()))
        };
        body
    }

    fn block_types(&self) -> Vec<&str> {
        let blocks = self.entries.iter().filter_map(|entry| match entry {
            Entry::Block(kind, ..) => Some(kind.as_str()),
            Entry::Argument(..) => None,
        });
        blocks.collect()
    }

    pub(super) fn read(tokens: &mut std::slice::Iter<'_, Token>, identities: &[Identity]) -> BodyNode {
        let Some(Token::Body(count)) = tokens.next() else { return BodyNode::default() };
        let entries = (0..*count).filter_map(|_| match tokens.next() {
            Some(Token::Argument(name)) => Some(Entry::Argument(name.clone(), Node::read(tokens, identities))),
            Some(Token::Block((kind, labels))) => {
                let label = |node: Node| if let Node::Text(label) = node { label } else { node.to_string() };
                let labels = (0..*labels).map(|_| label(Node::read(tokens, identities))).collect();
                Some(Entry::Block(kind.clone(), labels, BodyNode::read(tokens, identities)))
            }
            _ => None,
        });
        BodyNode { entries: entries.collect() }
    }
}

/// Returns names for a message.
pub(super) fn listed(names: Vec<&str>) -> String {
    if names.is_empty() { "none".to_owned() } else { format!("`{}`", names.join("`, `")) }
}
