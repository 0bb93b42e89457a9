//! Overrides: changes of something that is declared, by the place in it.
//!
//! A path is names joined by `.`; `[0]` is a number, of a block among those of its type or of an item of a list; `["key"]` is a name that has
//! other characters in it (`\"` and `\\` stand for themselves).

use super::after::After;
use super::body::Body;
use super::builder::Builder;
use super::handle::Referent;
use super::stack::Stack;
use crate::complaint::complain;
use crate::expr::{Any, IntoExpr};
use crate::token::{Token, Tokens};
use std::panic::Location;

type Place = &'static Location<'static>;

impl Stack {
    /// Puts another value at a place of something that is declared, which may be what a component declared: `ingress[0].cidr_blocks`,
    /// `tags["cost center"]`, `lifecycle.prevent_destroy`. Something must stand there; else the run fails and says what there is.
    ///
    /// The first name is looked for among the provider's arguments and blocks, then among Terraform's own (`count`, `lifecycle`, …); `_.count` is
    /// the provider's alone. A single block needs no number. Every override is listed in the plan.
    ///
    /// ```
    /// # use tapwasm_guest::{Body, Stack};
    /// # fn declare(stack: Stack) {
    /// let group = stack.resource("aws_security_group", "web").block("ingress", Body::new().set("from_port", 80)).declare();
    /// stack.override_value(group, "ingress[0].from_port", 443);
    /// stack.override_new(group, "tags", [("Team", "web")].into_iter().collect::<std::collections::BTreeMap<_, _>>());
    /// # }
    /// ```
    #[track_caller]
    pub fn override_value(self, what: impl Referent, path: &str, value: impl IntoExpr<Any>) {
        self.change(what, value_at(path, value, false, Location::caller()));
    }

    /// Adds a value where nothing stands: an argument, a key of an object, the next item of a list.
    #[track_caller]
    pub fn override_new(self, what: impl Referent, path: &str, value: impl IntoExpr<Any>) {
        self.change(what, value_at(path, value, true, Location::caller()));
    }

    /// Puts another body into a block that is there.
    #[track_caller]
    pub fn override_block(self, what: impl Referent, path: &str, body: Body) {
        self.change(what, change_at(path, body.into_tokens(), false, Location::caller()));
    }

    /// Adds a block: `ingress`, or `ingress[2]` behind two others; labels follow the type: `dynamic.ingress`.
    #[track_caller]
    pub fn override_new_block(self, what: impl Referent, path: &str, body: Body) {
        self.change(what, change_at(path, body.into_tokens(), true, Location::caller()));
    }

    /// Takes away what stands at a place.
    #[track_caller]
    pub fn override_remove(self, what: impl Referent, path: &str) {
        self.change(what, change_at(path, Vec::new(), false, Location::caller()));
    }

    fn change(self, what: impl Referent, change: Option<After>) {
        if let Some(change) = change {
            change.say(self.index, what.dependency().0);
        }
    }
}

impl<H> Builder<H> {
    /// Puts another value at a place of what is being said: see [`Stack::override_value`].
    #[track_caller]
    pub fn override_value(self, path: &str, value: impl IntoExpr<Any>) -> Self {
        let change = value_at(path, value, false, Location::caller());
        self.with(|pending| pending.after.extend(change))
    }

    /// Adds a value where nothing stands.
    #[track_caller]
    pub fn override_new(self, path: &str, value: impl IntoExpr<Any>) -> Self {
        let change = value_at(path, value, true, Location::caller());
        self.with(|pending| pending.after.extend(change))
    }

    /// Puts another body into a block that is there.
    #[track_caller]
    pub fn override_block(self, path: &str, body: Body) -> Self {
        let change = change_at(path, body.into_tokens(), false, Location::caller());
        self.with(|pending| pending.after.extend(change))
    }

    /// Adds a block.
    #[track_caller]
    pub fn override_new_block(self, path: &str, body: Body) -> Self {
        let change = change_at(path, body.into_tokens(), true, Location::caller());
        self.with(|pending| pending.after.extend(change))
    }

    /// Takes away what stands at a place.
    #[track_caller]
    pub fn override_remove(self, path: &str) -> Self {
        let change = change_at(path, Vec::new(), false, Location::caller());
        self.with(|pending| pending.after.extend(change))
    }
}

fn value_at(path: &str, value: impl IntoExpr<Any>, adds: bool, place: Place) -> Option<After> {
    let mut out = Tokens::at(place);
    value.write_owned(&mut out);
    change_at(path, out.list, adds, place)
}

fn change_at(path: &str, value: Vec<Token>, adds: bool, place: Place) -> Option<After> {
    match steps(path) {
        Ok(path) => Some(After::Override { path, value, adds, place }),
        Err(why) => {
            complain(format!("`{path}` is no path of an override: {why}"), place);
            None
        }
    }
}

/// Reads a path.
fn steps(path: &str) -> Result<Vec<String>, &'static str> {
    let mut steps = Vec::new();
    let mut rest = path;
    loop {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let name = &rest[..end];
        if name.is_empty() || name.contains([']', '"']) {
            return Err("a name is missing, or has a character that stands in brackets and quotes only");
        }
        steps.push(name.to_owned());
        rest = &rest[end..];
        while let Some(inside) = rest.strip_prefix('[') {
            let (step, behind) = bracketed(inside)?;
            steps.push(step);
            rest = behind;
        }
        match rest.strip_prefix('.') {
            Some(next) => rest = next,
            None if rest.is_empty() => return Ok(steps),
            None => return Err("behind `]` comes `.`, `[` or the end"),
        }
    }
}

/// Reads what stands in brackets, and returns what follows them.
fn bracketed(inside: &str) -> Result<(String, &str), &'static str> {
    let Some(quoted) = inside.strip_prefix('"') else {
        let (number, behind) = inside.split_once(']').ok_or("`]` is missing")?;
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err("in brackets stands a number, or a key in quotes");
        }
        return Ok((number.to_owned(), behind));
    };
    let mut key = String::new();
    let mut characters = quoted.char_indices();
    while let Some((position, character)) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some((_, escaped @ ('"' | '\\'))) => key.push(escaped),
                _ => return Err("`\\` stands before `\"` or `\\` only"),
            },
            '"' => {
                let behind = quoted[position + 1..].strip_prefix(']').ok_or("`]` is missing")?;
                return Ok((key, behind));
            }
            other => key.push(other),
        }
    }
    Err("a quote is not closed")
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn paths_are_names_numbers_and_keys() {
        let read = |path| steps(path).unwrap_or_else(|why| panic!("{path}: {why}"));
        assert_eq!(read("tags"), ["tags"]);
        assert_eq!(read("ingress[0].cidr_blocks[12]"), ["ingress", "0", "cidr_blocks", "12"]);
        assert_eq!(read(r#"tags["cost.center"]["a\"\\b"].x"#), ["tags", "cost.center", "a\"\\b", "x"]);
        assert_eq!(read("_.count"), ["_", "count"]);
        for path in ["", ".a", "a.", "a..b", "a[", "a[x]", "a[]", "a[\"x", "a[\"x\"", "a[0]b", "a[-1]", "a]", r#"a["\n"]"#] {
            assert!(steps(path).is_err(), "{path}");
        }
    }
}
