//! Actions, changes, and the plan that holds them.

use super::diff::{self, Difference, Order, Uncertain};
use super::why::Cause;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Address, Declaration, Kind, Override};
use crate::state::Entry;

/// What happens to a declaration, compared with what was emitted last. What happens in the cloud is Terraform's to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// It is new.
    Create,
    /// It has other content.
    Update,
    /// It has another address, as a `moved` block says; its content may differ too.
    Move,
    /// It is no longer declared.
    Delete,
    /// It is as it was.
    NoOp,
}

/// What happens to one declaration.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// Its address; of what moves, the new one.
    pub address: &'a Address,
    /// Which kind of block.
    pub kind: Kind,
    /// What happens.
    pub action: Action,
    /// Of what moves, the old address.
    pub from: Option<&'a Address>,
    /// What was emitted last; nothing for what is created.
    pub before: Option<&'a Entry>,
    /// What is declared; nothing for what is deleted.
    pub after: Option<&'a Declaration>,
    /// How the content differs; empty for what is created or deleted.
    pub differences: Vec<Difference<'a>>,
    /// Where nobody can tell whether it differs: no change by itself.
    pub uncertain: Vec<Uncertain>,
    /// What reads it, directly or through local values, and is declared as before, sorted.
    pub readers: Vec<&'a Address>,
    /// Why it changes, where that is known.
    pub cause: Option<Cause>,
}

impl<'a> Change<'a> {
    pub(super) fn created(after: &'a Declaration) -> Change<'a> {
        let Declaration { address, kind, .. } = after;
        let (action, kind) = (Action::Create, *kind);
        Change {
            address,
            kind,
            action,
            from: None,
            before: None,
            after: Some(after),
            differences: Vec::new(),
            uncertain: Vec::new(),
            readers: Vec::new(),
            cause: None,
        }
    }

    pub(super) fn deleted(before: &'a Entry) -> Change<'a> {
        let Entry { address, kind, .. } = before;
        let (action, kind) = (Action::Delete, *kind);
        Change {
            address,
            kind,
            action,
            from: None,
            before: Some(before),
            after: None,
            differences: Vec::new(),
            uncertain: Vec::new(),
            readers: Vec::new(),
            cause: None,
        }
    }

    /// Compares what is at one address, or has moved there.
    pub(super) fn compared(before: &'a Entry, after: &'a Declaration, order: Order<'_>) -> Change<'a> {
        let diff::Differences { certain: differences, uncertain } = diff::differences(before, after, order);
        let from = (before.address != after.address).then_some(&before.address);
        let action = match (from, &differences[..]) {
            (Some(_), _) => Action::Move,
            (None, []) => Action::NoOp,
            (None, _) => Action::Update,
        };
        let (address, kind) = (&after.address, after.kind);
        let (before, after, readers) = (Some(before), Some(after), Vec::new());
        Change { address, kind, action, from, before, after, differences, uncertain, readers, cause: None }
    }
}

/// A move that nobody declared but that is likely meant: without it Terraform destroys the one and creates the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal<'a> {
    /// The address that would be deleted.
    pub from: &'a Address,
    /// The address that would be created.
    pub to: &'a Address,
    /// Why it is likely.
    pub reason: Reason,
}

/// Why a move is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The new declaration names the old address as a former one of its own.
    Alias,
    /// Both are of one type and have the same content, and no other has.
    SameContent,
}

/// Something that the plan would do and that must not be done: the run fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal<'a> {
    /// What would be deleted or mistaken.
    pub address: &'a Address,
    /// Why it must not be.
    pub reason: RefusalReason<'a>,
}

/// Why a change must not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalReason<'a> {
    /// It was protected when it was stored.
    Protected,
    /// It changed places with others: to Terraform each of them would become another one.
    Shifted {
        /// The address that it has now, which another one had.
        to: &'a Address,
    },
}

impl Refusal<'_> {
    /// Returns what to tell the user.
    pub fn diagnostic(&self) -> Diagnostic {
        let address = self.address;
        match self.reason {
            RefusalReason::Protected => Diagnostic::error("protected", "A protected declaration would be deleted")
                .about(address)
                .detail(format!("`{address}` was protected when it was stored last, and it is no longer declared."))
                .help(
                    "Declare it again without protection and run; then delete it and run again. If it was renamed, declare the move.",
                ),
            RefusalReason::Shifted { to } => Diagnostic::error("shifted", "Names are handed on")
                .about(to)
                .detail(format!(
                    "What was `{address}` is now `{to}`, while something else is still declared under one of these names: Terraform takes each \
                     for what has its name, and moves nothing onto a name that is still declared."
                ))
                .help(format!(
                    "Two steps work. First give what was `{address}` a name that nothing had, with a move there, and apply that; then give it \
                     the name `{to}`, with a second move, and apply again."
                )),
        }
    }
}

/// The stored serial that a plan is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base {
    /// The serial.
    pub serial: u64,
    /// The serial that was emitted last, where that is another one: then `serial` is what was applied.
    pub emitted: Option<u64>,
}

/// What would change in one stack.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    /// The stack's name.
    pub stack: &'a str,
    /// Whether nothing was stored for this stack yet.
    pub is_first: bool,
    /// What is stored that it is compared with; nothing where it is compared with something else.
    pub base: Option<Base>,
    /// What happens to each declaration, sorted by address, no-ops among them.
    pub changes: Vec<Change<'a>>,
    /// Moves to declare, sorted by the new address; nothing is done about them.
    pub proposals: Vec<Proposal<'a>>,
    /// Why the run fails, sorted by address.
    pub refusals: Vec<Refusal<'a>>,
    /// What the program changed in its declarations afterwards, sorted by address, whether that changes anything now or did so before.
    pub overrides: Vec<(&'a Address, &'a Override)>,
}

impl Plan<'_> {
    /// Tells whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.changes.iter().all(|change| change.action == Action::NoOp)
    }

    /// Returns how many declarations an action happens to.
    pub fn count(&self, action: Action) -> usize {
        self.changes.iter().filter(|change| change.action == action).count()
    }

    /// Returns of what nobody can tell whether it changes, with the addresses.
    pub fn uncertain(&self) -> impl Iterator<Item = (&Address, &Uncertain)> {
        self.changes.iter().flat_map(|change| change.uncertain.iter().map(|uncertain| (change.address, uncertain)))
    }

    /// Returns what to tell the user because of which the run fails.
    pub fn diagnostics(&self) -> Diagnostics {
        self.refusals.iter().map(Refusal::diagnostic).collect()
    }
}
