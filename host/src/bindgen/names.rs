//! Names in Rust for names in a schema: never a word of Rust's, never taken, the same from run to run.

use std::collections::HashSet;

/// What cannot be a plain name in Rust's edition 2024.
const KEYWORDS: [&str; 53] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "_",
];

/// Returns a name for functions, fields and modules.
pub(super) fn snake(name: &str) -> String {
    let mut snake: String = name.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect();
    if !snake.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        snake.insert(0, '_');
    }
    if KEYWORDS.contains(&snake.as_str()) {
        snake.push('_');
    }
    snake
}

/// Returns a name for types.
pub(super) fn pascal(name: &str) -> String {
    let mut pascal = String::new();
    for word in name.split(|c: char| !c.is_alphanumeric()) {
        let mut characters = word.chars();
        pascal.extend(characters.next().into_iter().flat_map(char::to_uppercase));
        pascal.extend(characters);
    }
    if !pascal.starts_with(|c: char| c.is_alphabetic()) {
        pascal.insert(0, '_');
    }
    // Type parameters have one letter.
    if pascal.chars().count() == 1 || KEYWORDS.contains(&pascal.as_str()) {
        pascal.push('_');
    }
    pascal
}

/// Returns the name of the handle of a module's type, which no other name in the module is.
pub(super) fn handle(module: &str) -> String {
    Taken::of(["Required", "AsRef"]).take(pascal(module))
}

/// Returns a type's name without the word of its provider, where something remains that can be a name: `kms_key` of `aws_kms_key`.
pub(super) fn base(type_name: &str) -> &str {
    match type_name.split_once('_') {
        Some((_, rest)) if rest.starts_with(|c: char| c.is_alphabetic()) => rest,
        _ => type_name,
    }
}

/// Names that are taken in one place.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken(HashSet<String>);

impl Taken {
    pub(super) fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Taken {
        Taken(names.into_iter().map(str::to_owned).collect())
    }

    pub(super) fn add(&mut self, name: impl Into<String>) {
        self.0.insert(name.into());
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Takes a name, with as many `_` behind it as make it one's own.
    pub(super) fn take(&mut self, mut name: String) -> String {
        while self.has(&name) {
            name.push('_');
        }
        self.add(name.clone());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_rusts() {
        for (name, expected) in [
            ("arn", "arn"),
            ("type", "type_"),
            ("self", "self_"),
            ("a-b.c", "a_b_c"),
            ("2fa", "_2fa"),
            ("gen", "gen_"),
            ("", "_"),
        ] {
            let expected = if name.is_empty() { "__" } else { expected };
            assert_eq!(snake(name), expected);
        }
        for (name, expected) in [
            ("kms_key", "KmsKey"),
            ("vpc-config", "VpcConfig"),
            ("2fa", "_2fa"),
            ("self", "Self_"),
            ("__", "_"),
            ("ip_v6", "IpV6"),
            ("m", "M_"),
        ] {
            let expected = if name == "__" { "__" } else { expected };
            assert_eq!(pascal(name), expected);
        }
    }

    #[test]
    fn a_handle_has_a_name_of_its_own() {
        assert_eq!([handle("kms_key"), handle("required"), handle("as_ref")], ["KmsKey", "Required_", "AsRef_"]);
    }

    #[test]
    fn the_providers_word_is_left_out_where_something_remains() {
        for (name, expected) in [("aws_kms_key", "kms_key"), ("http", "http"), ("acme_2fa", "acme_2fa"), ("acme_", "acme_")] {
            assert_eq!(base(name), expected);
        }
    }

    #[test]
    fn a_name_that_is_taken_gets_more_underscores() {
        let mut taken = Taken::of(["count"]);
        assert_eq!([taken.take("count".into()), taken.take("count".into())], ["count_", "count__"]);
    }
}
