//! Mistakes in a program that the SDK itself sees: kept with their places, told together when `build` ends, so that one run shows them all.
//! What the host finds is kept by the host.

use crate::Error;
use std::cell::RefCell;
use std::panic::Location;

thread_local! {
    static COMPLAINTS: RefCell<Vec<(String, &'static Location<'static>)>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a mistake: the run will fail with it.
pub(crate) fn complain(message: String, place: &'static Location<'static>) {
    COMPLAINTS.with_borrow_mut(|complaints| complaints.push((message, place)));
}

/// Takes what was kept, as one error.
pub(crate) fn take() -> Option<Error> {
    let complaints = COMPLAINTS.take();
    let (first, others) = complaints.split_first()?;
    let mut message = first.0.clone();
    for (other, place) in others {
        message.push_str("\nalso, at ");
        message.push_str(place.file());
        message.push(':');
        message.push_str(&place.line().to_string());
        message.push_str(": ");
        message.push_str(other);
    }
    Some(Error::at(message, first.1))
}
