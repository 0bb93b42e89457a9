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
            if !line.is_empty() && indent + 5 + line.chars().count() + word.chars().count() > WIDTH {
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
    let mut plain = String::with_capacity(description.len());
    for word in description.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        // A fence would begin code, which is compiled.
        for c in word.replace("```", "`").chars() {
            if matches!(c, '[' | ']' | '<' | '>') {
                plain.push('\\');
            }
            plain.push(c);
        }
    }
    plain
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
        let words = "See [this](x).\n\n```hcl\nlet <a>\n```\n    indented";
        Docs { descriptions: true }.write(4, "String, optional.", Some(words), &mut out);
        assert_eq!(out, "    /// String, optional.\n    ///\n    /// See \\[this\\](x). `hcl let \\<a\\> ` indented\n");
        out.clear();
        Docs { descriptions: false }.write(0, "String, optional.", Some(words), &mut out);
        assert_eq!(out, "/// String, optional.\n");
    }

    #[test]
    fn long_words_are_broken_into_lines() {
        let mut out = String::new();
        Docs { descriptions: true }.write(4, "String.", Some(&"word ".repeat(40)), &mut out);
        assert!(out.lines().all(|line| line.len() <= WIDTH), "{out}");
        assert_eq!(out.matches("word").count(), 40);
    }
}
