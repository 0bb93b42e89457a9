//! What a program says about its declarations, and the changes that it makes to them: the part of recording that comes after declaring.

use super::limits::Limit;
use super::overrides::{self, Content, Pending};
use super::recorder::{Recorder, Refusal};
use super::request::{size_of_tokens, text_size};
use super::tokens::{self, Names, TokenError, malformed, normalized};
use super::v0_1::types::Token;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Name, Place};

impl Recorder {
    /// Keeps a change of something that is declared, until the program has ended.
    pub(super) fn override_(
        &mut self,
        id: u32,
        path: Vec<String>,
        value: Vec<Token>,
        adds: bool,
        place: Place,
    ) -> Result<(), Refusal> {
        self.account(text_size(path.iter()) + size_of_tokens(&value))?;
        let address = self.address_of(id)?;
        self.limits.check(Limit::Declarations, self.overrides.len() as u64 + 1)?;
        // What is put deep into something must not make it deeper than anything may be.
        let depth = self.limits.get(Limit::Depth).checked_sub(path.len() as u64);
        let depth = depth.ok_or_else(|| TokenError::new("limit", "the path is deeper than the limit `depth` allows"))?;
        let content = match value.first() {
            None if adds => return Err(malformed("an override that adds something needs a value or a body").into()),
            None => Content::Nothing,
            Some(Token::Body(_)) => Content::Block(tokens::body(value, depth, self)?),
            Some(_) => Content::Value(tokens::value(value, depth, self)?),
        };
        let path: Vec<Name> = path.into_iter().map(|step| self.intern(&normalized(step))).collect();
        self.overrides.push(Pending { stack: self.current, address, path, content, adds, place });
        Ok(())
    }

    /// Does what overrides say; called once, when the program has ended.
    pub(super) fn apply_overrides(&mut self) {
        overrides::apply(&mut self.stacks, std::mem::take(&mut self.overrides), &mut self.diagnostics);
    }

    /// Keeps what a program says about a declaration, or about the stack.
    pub(super) fn note(&mut self, id: Option<u32>, level: &str, message: &str, place: Place) -> Result<(), Refusal> {
        self.account_log((message.len() + level.len()) as u64)?;
        let severity = match level {
            "info" => Severity::Info,
            "warning" => Severity::Warning,
            "error" => Severity::Error,
            _ => return Err(TokenError::new("unsupported", format!("this host knows no level `{level}` of a note")).into()),
        };
        let address = id.map(|id| self.address_of(id)).transpose()?;
        // The first line is the title, as with every diagnostic.
        let (title, rest) = message.split_once('\n').unwrap_or((message, ""));
        let diagnostic = Diagnostic::error("guest-note", title).detail(rest).at(&place);
        self.diagnostics.push(Diagnostic { severity, address, ..diagnostic });
        Ok(())
    }
}
