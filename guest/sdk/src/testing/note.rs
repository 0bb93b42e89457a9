//! What a program says and changes after declaring: notes and overrides.

use super::{BodyNode, Failure, Node};
use crate::backend::native::{Identity, RecordedNote, RecordedOverride};
use crate::token::Token;

/// Something that a program said about a declaration, or about a stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The address that it is about; nothing for the stack.
    pub about: Option<String>,
    /// `info`, `warning` or `error`.
    pub level: String,
    /// What was said; the first line is the title.
    pub message: String,
    /// Where: `src/lib.rs:12:5`.
    pub place: String,
}

/// A change of something that is declared.
#[derive(Clone, Debug, PartialEq)]
pub struct OverrideLine {
    /// The address of what is changed.
    pub address: String,
    /// The place in it: names and numbers.
    pub path: Vec<String>,
    /// The new value; nothing where a block stands there, or what stood there is removed.
    pub value: Option<Node>,
    /// The new block.
    pub block: Option<BodyNode>,
    /// Whether nothing may stand there yet.
    pub adds: bool,
    /// Where: `src/lib.rs:12:5`.
    pub place: String,
}

impl Note {
    pub(super) fn new(recorded: &RecordedNote) -> Note {
        Note {
            about: recorded.about.clone(),
            level: recorded.level.to_owned(),
            message: recorded.message.clone(),
            place: recorded.place.to_string(),
        }
    }
}

impl OverrideLine {
    pub(super) fn new(recorded: &RecordedOverride, identities: &[Identity]) -> OverrideLine {
        let mut tokens = recorded.value.iter();
        let (value, block) = match recorded.value.first() {
            None => (None, None),
            Some(Token::Body(_)) => (None, Some(BodyNode::read(&mut tokens, identities))),
            Some(_) => (Some(Node::read(&mut tokens, identities)), None),
        };
        OverrideLine {
            address: recorded.address.clone(),
            path: recorded.path.clone(),
            value,
            block,
            adds: recorded.adds,
            place: recorded.place.to_string(),
        }
    }
}

/// Returns why a program fails that said so of its declarations: all of it, at the place of the first.
pub(super) fn refusal(notes: &[RecordedNote]) -> Option<Failure> {
    let mut errors = notes.iter().filter(|note| note.level == "error");
    let first = errors.next()?;
    let line = |note: &RecordedNote| match &note.about {
        Some(address) => format!("{address}: {}", note.message),
        None => note.message.clone(),
    };
    let mut message = line(first);
    for other in errors {
        message.push_str(&format!("\nalso, at {}: {}", other.place, line(other)));
    }
    Some(Failure { message, place: first.place.to_string(), panicked: false })
}
