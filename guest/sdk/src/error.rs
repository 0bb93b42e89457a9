//! Why a program gives up: a message and the place where it arose.

use std::panic::Location;

/// What `build` returns.
pub type Result<T = (), E = Error> = std::result::Result<T, E>;

/// A program's own error. Any `std::error::Error`, `&str` and `String` becomes one through `?` or `.into()`, and keeps that place.
///
/// ```
/// # use tapwasm_guest::{Error, Result};
/// fn port(text: &str) -> Result<u16> {
///     let port: u16 = text.parse()?;
///     if port == 0 {
///         return Err("port 0 is no port".into());
///     }
///     Ok(port)
/// }
/// assert_eq!(port("x").unwrap_err().message(), "invalid digit found in string");
/// ```
#[derive(Debug)]
pub struct Error {
    message: String,
    place: &'static Location<'static>,
}

impl Error {
    /// Makes an error of this message at the caller's place.
    #[track_caller]
    pub fn new(message: impl Into<String>) -> Error {
        Error::at(message.into(), Location::caller())
    }

    pub(crate) fn at(message: String, place: &'static Location<'static>) -> Error {
        Error { message, place }
    }

    /// Returns the message.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns where it arose.
    pub fn place(&self) -> &'static Location<'static> {
        self.place
    }
}

// `Error` itself is no `std::error::Error`: that is what lets this one conversion take them all.
impl<E: Into<Box<dyn std::error::Error>>> From<E> for Error {
    #[track_caller]
    fn from(error: E) -> Error {
        let error = error.into();
        let mut message = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            let cause_message = cause.to_string();
            // Many errors already say what caused them.
            if !message.contains(&cause_message) {
                message.push_str(": ");
                message.push_str(&cause_message);
            }
            source = cause.source();
        }
        Error::at(message, Location::caller())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_that_of_the_question_mark() {
        fn fails() -> Result {
            "x".parse::<u8>()?;
            Ok(())
        }
        let error = fails().expect_err("it fails");
        assert!(error.place().file().ends_with("error.rs"));
        assert_eq!(error.place().line(), line!() - 5);
    }

    #[test]
    fn text_becomes_an_error() {
        fn fails() -> Result {
            Err(format!("no {}", 1))?
        }
        assert_eq!(fails().expect_err("it fails").message(), "no 1");
    }
}
