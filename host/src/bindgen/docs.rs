//! What the documentation of bindings says: the facts of a schema in a line, and the provider's own words.

use super::shape::{Count, bounds};
use crate::schema::{Attribute, NestedBlock, Nesting, Shape, Type};

/// Words are broken before this column.
const WIDTH: usize = 100;

/// Writes documentation.
pub(super) struct Docs {
    /// Whether the provider's own words are written.
    pub(super) descriptions: bool,
}

impl Docs {
    /// Writes a line, and the provider's words below it.
    pub(super) fn write(&self, indent: usize, line: &str, description: Option<&str>, out: &mut String) {
        push(indent, line, out);
        let words = description.filter(|_| self.descriptions).map(plain).filter(|words| !words.is_empty());
        let Some(words) = words else { return };
        out.push_str(&format!("{:indent$}///\n", ""));
        let mut line = String::new();
        for word in words.split(' ') {
            let is_full = indent + 5 + line.chars().count() + word.chars().count() > WIDTH;
            if !line.is_empty() && is_full && !is_layout(word) {
                push(indent, &line, out);
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        push(indent, &line, out);
    }

    /// Writes what an argument or attribute is.
    pub(super) fn attribute(&self, indent: usize, attribute: &Attribute, out: &mut String) {
        self.write(indent, &facts(attribute), attribute.description.as_deref(), out);
        deprecation(indent, attribute.is_deprecated, out);
    }

    /// Writes what nested blocks are.
    pub(super) fn blocks(&self, indent: usize, nested: &NestedBlock, out: &mut String) {
        self.write(indent, &numbers(nested), nested.block.description.as_deref(), out);
        deprecation(indent, nested.block.is_deprecated, out);
    }
}

/// Writes that the provider advises against something.
pub(super) fn deprecation(indent: usize, is_deprecated: bool, out: &mut String) {
    if is_deprecated {
        out.push_str(&format!("{:indent$}#[deprecated(note = \"the provider advises against it\")]\n", ""));
    }
}

fn push(indent: usize, line: &str, out: &mut String) {
    out.push_str(&format!("{:indent$}/// {line}\n", ""));
}

/// The provider's words as running text: no layout, nothing that rustdoc would take for code, links or tags.
fn plain(description: &str) -> String {
    // A fence would begin code, which is compiled.
    let mut words = description.split_whitespace().collect::<Vec<_>>().join(" ").replace("```", "`");
    if words.split(' ').next().is_some_and(is_layout) {
        // The mark of a numbered list is behind its number.
        words.insert(words.find(|c: char| !c.is_ascii_digit()).unwrap_or_default(), '\\');
    }
    let mut plain = String::with_capacity(words.len());
    // Between two of these stands code, where nothing is layout; the last one of an odd number begins none.
    let mut n_ticks = words.matches('`').count();
    let mut is_code = false;
    for c in words.chars() {
        if c == '`' {
            n_ticks -= 1;
            is_code = !is_code && n_ticks > 0;
        }
        if !is_code && matches!(c, '[' | ']' | '<' | '>') {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

/// Tells whether a word would begin a list, a heading, a line, a table or code, where it begins a line.
fn is_layout(word: &str) -> bool {
    let marks = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = marks.len() < word.len() && matches!(marks, "." | ")");
    is_number || !word.is_empty() && (word.starts_with("~~~") || word.chars().all(|c| "#-+*=_~|:".contains(c)))
}

fn facts(attribute: &Attribute) -> String {
    let of = match &attribute.shape {
        Shape::Plain(of) => words(of),
        Shape::Nested(Nesting::Single | Nesting::Group, _) => "object".to_owned(),
        Shape::Nested(nesting, _) => format!("{} of object", nesting.name()),
    };
    let unit = attribute.unit.map(|unit| format!(" of {unit}"));
    let how = match (attribute.is_required, attribute.is_optional, attribute.is_computed) {
        (true, ..) => "required",
        (_, true, true) => "optional, computed where not set",
        (_, true, false) => "optional",
        _ => "computed",
    };
    let mut text = format!("{of}{}, {how}", unit.unwrap_or_default());
    for (is_it, word) in [
        (attribute.is_sensitive, ", sensitive"),
        (attribute.is_write_only, ", write-only"),
        (attribute.is_deprecated, ", deprecated"),
    ] {
        text.push_str(if is_it { word } else { "" });
    }
    capitalised(&text) + "."
}

fn numbers(nested: &NestedBlock) -> String {
    let text = match (Count::of(nested), bounds(nested), nested.min, nested.max) {
        (_, Some(_), 0, max) => format!("Blocks, at most {max}"),
        (_, Some(_), min, 0) => format!("Blocks, at least {min}"),
        (_, Some(_), min, max) => format!("Blocks, {min} to {max}"),
        (Count::ExactlyOne, ..) => "Block, required".to_owned(),
        (Count::AtMostOne, ..) => "Block, at most one".to_owned(),
        (Count::AtLeastOne, ..) => "Blocks, at least one".to_owned(),
        (Count::AnyNumber, ..) => "Blocks, any number".to_owned(),
    };
    text + if nested.block.is_deprecated { ", deprecated." } else { "." }
}

fn words(of: &Type) -> String {
    match of {
        Type::Dynamic => "anything".to_owned(),
        Type::List(of) => format!("list of {}", words(of)),
        Type::Set(of) => format!("set of {}", words(of)),
        Type::Map(of) => format!("map of {}", words(of)),
        other => other.friendly(),
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_providers_words_become_running_text() {
        let mut out = String::new();
        let words = "See [this](x).\n\n```hcl\nlet a\n```\n    indented";
        Docs { descriptions: true }.write(4, "String, optional.", Some(words), &mut out);
        assert_eq!(out, "    /// String, optional.\n    ///\n    /// See \\[this\\](x). `hcl let a ` indented\n");
        out.clear();
        Docs { descriptions: false }.write(0, "String, optional.", Some(words), &mut out);
        assert_eq!(out, "/// String, optional.\n");
    }

    #[test]
    fn nothing_in_the_providers_words_is_layout() {
        let words = |words: &str| plain(words);
        assert_eq!(words("`a<b>` or [c] `"), "`a<b>` or \\[c\\] `");
        assert_eq!([words("- one"), words("# two"), words("-1 or 2.")], ["\\- one", "\\# two", "-1 or 2."]);
        let mut out = String::new();
        Docs { descriptions: true }.write(0, "String.", Some(&"word - word 1. word # ".repeat(40)), &mut out);
        let begin = |mark: &str| out.lines().any(|line| line.starts_with(mark));
        assert!(!["/// - ", "/// 1.", "/// #"].iter().any(|mark| begin(mark)), "{out}");
    }

    #[test]
    fn long_words_are_broken_into_lines() {
        let mut out = String::new();
        Docs { descriptions: true }.write(4, "String.", Some(&"word ".repeat(40)), &mut out);
        assert!(out.lines().all(|line| line.len() <= WIDTH), "{out}");
        assert_eq!(out.matches("word").count(), 40);
    }
}
