//! What a program says about its declarations: warnings, informations, refusals, and checks that are made when it has ended. All of them are
//! shown together, with what the host finds.

use super::after::After;
use super::builder::Builder;
use super::handle::{Id, Referent};
use super::stack::Stack;
use crate::backend;
use std::cell::RefCell;
use std::fmt::Display;
use std::panic::Location;

type Place = &'static Location<'static>;

struct Check {
    stack: u32,
    about: Option<Id>,
    check: Box<dyn FnOnce() -> Result<(), String>>,
    place: Place,
}

thread_local! {
    static CHECKS: RefCell<Vec<Check>> = const { RefCell::new(Vec::new()) };
}

pub(super) fn keep_check(stack: u32, about: Option<Id>, check: Box<dyn FnOnce() -> Result<(), String>>, place: Place) {
    CHECKS.with_borrow_mut(|checks| checks.push(Check { stack, about, check, place }));
}

/// Makes every check that was kept; one may keep further ones.
pub(crate) fn run_validations() {
    loop {
        let checks = CHECKS.take();
        if checks.is_empty() {
            return;
        }
        for Check { stack, about, check, place } in checks {
            if let Err(message) = check() {
                backend::note(stack, about, "error", message, place);
            }
        }
    }
}

/// Forgets the checks of a program that gave up: what they would look at is half made.
pub(crate) fn drop_validations() {
    CHECKS.take();
}

impl Stack {
    /// Warns the user about this stack. The first line is the title.
    #[track_caller]
    pub fn warn(self, message: impl Into<String>) {
        backend::note(self.index, None, "warning", message.into(), Location::caller());
    }

    /// Warns the user about something that is declared.
    #[track_caller]
    pub fn warn_about(self, what: impl Referent, message: impl Into<String>) {
        self.note_about(what, "warning", message.into(), Location::caller());
    }

    /// Tells the user something about this stack.
    #[track_caller]
    pub fn inform(self, message: impl Into<String>) {
        backend::note(self.index, None, "info", message.into(), Location::caller());
    }

    /// Tells the user something about what is declared.
    #[track_caller]
    pub fn inform_about(self, what: impl Referent, message: impl Into<String>) {
        self.note_about(what, "info", message.into(), Location::caller());
    }

    /// Makes the run fail, when the program has ended and everything else was found, too.
    #[track_caller]
    pub fn refuse(self, message: impl Into<String>) {
        backend::note(self.index, None, "error", message.into(), Location::caller());
    }

    /// Makes the run fail because of something that is declared.
    #[track_caller]
    pub fn refuse_about(self, what: impl Referent, message: impl Into<String>) {
        self.note_about(what, "error", message.into(), Location::caller());
    }

    /// Checks something when the program has ended. All checks are made, and all that fail are shown together; a program that gives up by an
    /// error of its own is not checked.
    #[track_caller]
    pub fn validate<E: Display>(self, check: impl FnOnce() -> Result<(), E> + 'static) {
        After::check(check, Location::caller()).say(self.index, Id::REFUSED);
    }

    fn note_about(self, what: impl Referent, level: &'static str, message: String, place: Place) {
        After::Note(level, message, place).say(self.index, what.dependency().0);
    }
}

impl<H> Builder<H> {
    /// Warns the user about this.
    #[track_caller]
    pub fn warn(self, message: impl Into<String>) -> Self {
        let note = After::Note("warning", message.into(), Location::caller());
        self.with(|pending| pending.after.push(note))
    }

    /// Tells the user something about this.
    #[track_caller]
    pub fn inform(self, message: impl Into<String>) -> Self {
        let note = After::Note("info", message.into(), Location::caller());
        self.with(|pending| pending.after.push(note))
    }

    /// Makes the run fail because of this, when everything else was found, too.
    #[track_caller]
    pub fn refuse(self, message: impl Into<String>) -> Self {
        let note = After::Note("error", message.into(), Location::caller());
        self.with(|pending| pending.after.push(note))
    }

    /// Checks something about this when the program has ended: see [`Stack::validate`].
    #[track_caller]
    pub fn validate<E: Display>(self, check: impl FnOnce() -> Result<(), E> + 'static) -> Self {
        let check = After::check(check, Location::caller());
        self.with(|pending| pending.after.push(check))
    }
}
