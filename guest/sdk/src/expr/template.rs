//! Text put together of known and unknown parts: what [`tf!`](crate::tf) expands to, and templates with directives.

use super::for_each::Variables;
use super::{Any, Bool, Expr, IntoExpr, Num, Str, Type, Value};
use crate::token::{Token, Tokens, subtree};
use std::panic::Location;

/// Something that can fill a hole of [`tf!`](crate::tf): text, numbers, bools, and expressions of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand inside text",
    label = "text, a number, a bool, or an expression of one of them is expected",
    note = "a document becomes text with `.to_json()`; read an attribute of a handle with `.get(\"name\")`"
)]
pub trait Hole {
    /// Adds the value to the text.
    fn add_to(&self, parts: &mut TextParts);
}

/// Collects the parts of a text: neighbouring literals become one.
pub struct TextParts {
    out: Tokens,
    parts: usize,
    ends_in_literal: bool,
    /// Whether the parts are one expression that is text by itself.
    is_text: bool,
}

impl TextParts {
    /// Starts with no parts.
    #[track_caller]
    #[allow(clippy::new_without_default, reason = "only `tf!` makes them")]
    pub fn new() -> TextParts {
        TextParts::at(Location::caller())
    }

    fn at(place: &'static Location<'static>) -> TextParts {
        TextParts { out: Tokens::at(place), parts: 0, ends_in_literal: false, is_text: false }
    }

    /// Adds literal text.
    pub fn literal(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.ends_in_literal
            && let Some(Token::Text(last)) = self.out.list.last_mut()
        {
            last.push_str(text);
            return;
        }
        self.out.text(text);
        self.parts += 1;
        self.ends_in_literal = true;
    }

    /// Adds the value of a hole.
    pub fn hole(&mut self, hole: &(impl Hole + ?Sized)) {
        hole.add_to(self);
    }

    /// Returns the text: literal if all parts are.
    pub fn finish(self) -> Expr<Str> {
        Value::written(self.out.place, |out| match self.parts {
            0 => out.text(""),
            1 if self.ends_in_literal || self.is_text => out.list.extend(self.out.list),
            parts => {
                out.form("template", parts);
                out.list.extend(self.out.list);
            }
        })
        .typed()
    }

    fn expression(&mut self, tokens: &[Token], is_text: bool) {
        match tokens {
            [Token::Text(text)] => self.literal(text),
            // A template inside a template is as good as its parts.
            [Token::Form((name, parts)), children @ ..] if name == "template" => {
                let mut start = 0;
                for _ in 0..*parts {
                    let end = start + subtree(children, start);
                    match &children[start..end] {
                        [Token::Text(text)] => self.literal(text),
                        child => self.part(child, false),
                    }
                    start = end;
                }
            }
            _ => self.part(tokens, is_text),
        }
    }

    fn part(&mut self, tokens: &[Token], is_text: bool) {
        self.is_text = is_text && self.parts == 0;
        self.out.list.extend_from_slice(tokens);
        self.parts += 1;
        self.ends_in_literal = false;
    }
}

impl<T: Hole + ?Sized> Hole for &T {
    fn add_to(&self, parts: &mut TextParts) {
        (**self).add_to(parts);
    }
}

macro_rules! literal_hole {
    ($($rust:ty: $text:expr;)*) => {
        $(impl Hole for $rust {
            fn add_to(&self, parts: &mut TextParts) {
                let text: fn(&$rust) -> String = $text;
                parts.literal(&text(self));
            }
        })*
    };
}

literal_hole! {
    i8: i8::to_string; i16: i16::to_string; i32: i32::to_string; i64: i64::to_string; i128: i128::to_string; isize: isize::to_string;
    u8: u8::to_string; u16: u16::to_string; u32: u32::to_string; u64: u64::to_string; usize: usize::to_string;
    f64: f64::to_string; bool: bool::to_string; char: char::to_string;
}

impl Hole for str {
    fn add_to(&self, parts: &mut TextParts) {
        parts.literal(self);
    }
}

impl Hole for String {
    fn add_to(&self, parts: &mut TextParts) {
        parts.literal(self);
    }
}

impl Hole for std::borrow::Cow<'_, str> {
    fn add_to(&self, parts: &mut TextParts) {
        parts.literal(self);
    }
}

impl Hole for Expr<Str> {
    fn add_to(&self, parts: &mut TextParts) {
        parts.expression(&self.tokens, true);
    }
}

impl Hole for Expr<Num> {
    fn add_to(&self, parts: &mut TextParts) {
        parts.expression(&self.tokens, false);
    }
}

impl Hole for Expr<Bool> {
    fn add_to(&self, parts: &mut TextParts) {
        parts.expression(&self.tokens, false);
    }
}

impl Hole for Value {
    fn add_to(&self, parts: &mut TextParts) {
        parts.expression(&self.tokens, false);
    }
}

/// Text with Terraform's own conditions and loops in it. Where the condition or the list is known, Rust's `if` and `for` are simpler.
///
/// ```
/// # use tapwasm_guest::types::{list, string};
/// # use tapwasm_guest::{Stack, Template};
/// # fn declare(stack: Stack) {
/// let hosts = stack.variable("hosts").of_type(list(string())).declare();
/// let text = Template::new().text("hosts:").each(hosts, |host, line| line.text(" ").text(host)).finish();
/// # stack.local("text").value(text).declare();
/// # }
/// ```
#[must_use]
pub struct Template {
    parts: TextParts,
}

impl Template {
    /// Starts with no text.
    #[track_caller]
    #[allow(clippy::new_without_default, reason = "an empty template is the start of one, no value")]
    pub fn new() -> Template {
        Template { parts: TextParts::at(Location::caller()) }
    }

    /// Adds text, known or not.
    pub fn text(mut self, part: impl Hole) -> Template {
        self.parts.hole(&part);
        self
    }

    /// Adds one of two texts (`%{if}`).
    pub fn when(
        mut self,
        condition: impl IntoExpr<Bool>,
        then: impl FnOnce(Template) -> Template,
        otherwise: impl FnOnce(Template) -> Template,
    ) -> Template {
        let place = self.parts.out.place;
        let directive = Value::written(place, |out| {
            out.form("directive-if", 3);
            condition.write_owned(out);
            out.list.extend(branch(then, place));
            let otherwise = branch(otherwise, place);
            if matches!(&otherwise[..], [Token::Text(text)] if text.is_empty()) {
                out.null();
            } else {
                out.list.extend(otherwise);
            }
        });
        self.parts.part(directive.tokens(), false);
        self
    }

    /// Adds a text for each item (`%{for}`).
    pub fn each(self, items: impl IntoExpr<Any>, text: impl FnOnce(Value, Template) -> Template) -> Template {
        self.each_entry(items, |_, item, template| text(item, template))
    }

    /// Adds a text for each key (a map's key, a list's index) and item.
    pub fn each_entry(mut self, items: impl IntoExpr<Any>, text: impl FnOnce(Value, Value, Template) -> Template) -> Template {
        let place = self.parts.out.place;
        let variables = Variables::open(place);
        let body = branch(|template| text(variables.key(), variables.value(), template), place);
        let directive = Value::written(place, |out| {
            out.form("directive-for", 4);
            variables.write(&[&body], out);
            items.write_owned(out);
            out.list.extend(body);
        });
        self.parts.part(directive.tokens(), false);
        self
    }

    /// Returns the text.
    pub fn finish(self) -> Expr<Str> {
        self.parts.finish()
    }
}

fn branch(write: impl FnOnce(Template) -> Template, place: &'static Location<'static>) -> Vec<Token> {
    write(Template { parts: TextParts::at(place) }).finish().tokens().to_vec()
}

impl<T: Type> Expr<T> {
    /// Returns the text if it is known while the program runs.
    pub fn known_text(&self) -> Option<&str> {
        match &self.tokens[..] {
            [Token::Text(text)] => Some(text),
            _ => None,
        }
    }
}
