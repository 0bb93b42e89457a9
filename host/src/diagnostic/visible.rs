//! Text of guests and files, made safe to show on a terminal.
//!
//! Escape sequences could move the cursor, hide what follows or set the clipboard; marks of direction could make a text read as another.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns a text for one line: control characters, line ends among them, and invisible marks are shown as escapes.
pub fn visible(text: &str) -> Cow<'_, str> {
    replace(text, is_hidden)
}

/// Returns a text of several lines: the same, but line ends and tabs stay.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    replace(text, |c| is_hidden(c) && c != '\n' && c != '\t')
}

/// Returns a JSON document in which such characters are escaped; they stand in its texts only, so it says the same.
pub fn escaped_in_json(document: &str) -> Cow<'_, str> {
    let hidden = |c: char| is_hidden(c) && !matches!(c, '\n' | '\t' | '\r');
    if !document.contains(hidden) {
        return Cow::Borrowed(document);
    }
    let mut escaped = String::with_capacity(document.len() + 16);
    for c in document.chars() {
        if hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string does not fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Soft hyphen, marks and isolates of direction, zero width, line and paragraph separators, invisible operators, byte order
            // mark, interlinear annotation, tags.
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn replace(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            _ if !hidden(c) => shown.push(c),
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            _ => {
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
            }
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_marks_of_direction_are_shown() {
        assert_eq!(visible("plain, größer, 日本"), "plain, größer, 日本");
        assert_eq!(visible("\u{1b}[31mred\u{9b}0m\u{7}"), "\\u{1b}[31mred\\u{9b}0m\\u{7}");
        assert_eq!(visible("a\nb\tc\r"), "a\\nb\\tc\\r");
        assert_eq!(visible("ab\u{202e}cd\u{2066}\u{200b}"), "ab\\u{202e}cd\\u{2066}\\u{200b}");
        assert_eq!(visible_lines("a\n\tb\r\u{1b}"), "a\n\tb\\r\\u{1b}");
    }
}
