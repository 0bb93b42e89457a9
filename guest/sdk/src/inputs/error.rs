//! What is wrong with an input.

use std::fmt;

/// Which input is wrong, and why. The host checks inputs before a program sees them: only native tests meet this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    message: String,
}

impl InputError {
    /// Makes an error about the input of this path.
    pub fn new(path: &str, message: impl AsRef<str>) -> InputError {
        let message = message.as_ref();
        InputError { message: if path.is_empty() { format!("inputs: {message}") } else { format!("input `{path}`: {message}") } }
    }

    pub(crate) fn missing(path: &str) -> InputError {
        InputError::new(path, "is missing and has no default")
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for InputError {}
