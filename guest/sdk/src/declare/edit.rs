//! Reading and changing a body that was said already: what aspects do.

use super::body::Body;
use crate::token::{Token, subtree};

/// An entry of a body, in its tokens.
struct EntryAt {
    start: usize,
    length: usize,
}

impl Body {
    /// Returns the tokens of an argument's value.
    pub(super) fn argument_tokens(&self, name: &str) -> Option<&[Token]> {
        let entry = self.entry(|token| matches!(token, Token::Argument(known) if known == name))?;
        Some(&self.tokens[entry.start + 1..entry.start + entry.length])
    }

    /// Tells how many nested blocks of a type there are.
    pub(crate) fn n_blocks(&self, kind: &str) -> usize {
        self.entries().filter(|entry| is_block(&self.tokens[entry.start], kind)).count()
    }

    /// Takes an argument out, and tells whether it was there.
    pub(super) fn take_argument(&mut self, name: &str) -> bool {
        let entry = self.entry(|token| matches!(token, Token::Argument(known) if known == name));
        entry.map(|entry| self.take(&entry)).is_some()
    }

    /// Takes the first unlabelled nested block of a type out, and returns its body.
    pub(super) fn take_block(&mut self, kind: &str) -> Option<Body> {
        let entry = self.entry(|token| is_block(token, kind))?;
        let tokens = self.take(&entry);
        Some(Body::read(tokens[1..].to_vec()))
    }

    /// Puts the entries of another body in: arguments instead of those of the same name, blocks behind the others.
    pub(super) fn merge(&mut self, other: Body) {
        let names: Vec<String> = other.argument_names().map(str::to_owned).collect();
        for name in names {
            self.take_argument(&name);
        }
        let (mine, theirs) = (self.n_entries(), other.n_entries());
        let mut tokens = std::mem::take(&mut self.tokens);
        if tokens.is_empty() {
            tokens.push(Token::Body(0));
        }
        tokens[0] = Token::Body(mine + theirs);
        tokens.extend(other.tokens.into_iter().skip(1));
        *self = Body::read(tokens);
    }

    fn read(tokens: Vec<Token>) -> Body {
        let mut body = Body { tokens, arguments: Vec::new() };
        body.arguments = body.positions();
        body
    }

    fn positions(&self) -> Vec<usize> {
        let starts = self.entries().map(|entry| entry.start);
        starts.filter(|start| matches!(self.tokens[*start], Token::Argument(_))).collect()
    }

    fn n_entries(&self) -> u32 {
        match self.tokens.first() {
            Some(Token::Body(entries)) => *entries,
            _ => 0,
        }
    }

    fn entries(&self) -> impl Iterator<Item = EntryAt> {
        let mut start = 1;
        std::iter::from_fn(move || {
            (start < self.tokens.len()).then(|| {
                let entry = EntryAt { start, length: subtree(&self.tokens, start) };
                start += entry.length;
                entry
            })
        })
    }

    fn entry(&self, is_it: impl Fn(&Token) -> bool) -> Option<EntryAt> {
        self.entries().find(|entry| is_it(&self.tokens[entry.start]))
    }

    fn take(&mut self, entry: &EntryAt) -> Vec<Token> {
        let taken = self.tokens.drain(entry.start..entry.start + entry.length).collect();
        if let Some(Token::Body(entries)) = self.tokens.first_mut() {
            *entries -= 1;
        }
        self.arguments = self.positions();
        taken
    }
}

fn is_block(token: &Token, wanted: &str) -> bool {
    matches!(token, Token::Block((kind, _)) if kind == wanted)
}
