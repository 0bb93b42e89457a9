//! What a builder says about a declaration as soon as that has an id.

use super::handle::Id;
use crate::backend;
use crate::token::Token;
use std::fmt::Display;
use std::panic::Location;

type Place = &'static Location<'static>;

pub(super) enum After {
    Note(&'static str, String, Place),
    Override { path: Vec<String>, value: Vec<Token>, adds: bool, place: Place },
    Check(Box<dyn FnOnce() -> Result<(), String>>, Place),
}

impl After {
    /// What the host refused has its own error: a note then stands for itself, and an override is left out.
    pub(super) fn say(self, stack: u32, id: Id) {
        let about = (id != Id::REFUSED).then_some(id);
        match self {
            After::Note(level, message, place) => backend::note(stack, about, level, message, place),
            After::Override { path, value, adds, place } => {
                if let Some(id) = about {
                    backend::override_(stack, id, path, value, adds, place);
                }
            }
            After::Check(check, place) => super::note::keep_check(stack, about, check, place),
        }
    }

    pub(super) fn check<E: Display>(check: impl FnOnce() -> Result<(), E> + 'static, place: Place) -> After {
        After::Check(Box::new(|| check().map_err(|error| error.to_string())), place)
    }
}
