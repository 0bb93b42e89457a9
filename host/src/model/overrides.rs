//! What a program changed in a declaration after it was declared, so that whoever reviews a plan sees it.

use super::Place;

/// A change of one place in a declaration, applied already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The place in the declaration, as people write it: `ingress[0].cidr_blocks`.
    pub path: String,
    /// What happened to it.
    pub action: OverrideAction,
    /// Where in the guest's source.
    pub place: Place,
}

/// What an override does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverrideAction {
    /// Something stands there that was not there.
    Added,
    /// Something else stands there.
    Replaced,
    /// Nothing stands there any more.
    Removed,
}

impl OverrideAction {
    /// Returns the word for it: `added`, `replaced`, `removed`.
    pub fn as_str(self) -> &'static str {
        match self {
            OverrideAction::Added => "added",
            OverrideAction::Replaced => "replaced",
            OverrideAction::Removed => "removed",
        }
    }
}
