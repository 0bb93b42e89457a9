//! What a program says of whole stacks: which comes before which, and under which names others read from one.

use super::Recorder;
use crate::eval::limits::{Limit, LimitHit};
use crate::eval::tokens::{self, TokenError, malformed};
use crate::eval::v0_1::types::Token;
use crate::model::{CrossStackNames, Place};

impl Recorder {
    /// Puts another stack before the selected one. Whether that can be is found by `graph`.
    pub(in crate::eval) fn depends_on(&mut self, other: usize, place: Place) -> Result<(), LimitHit> {
        let name = self.stacks[other].name.as_str().into();
        let known = &mut self.stacks[self.current].links.depends_on;
        if known.iter().any(|(stack, _)| *stack == name) {
            return Ok(());
        }
        self.limits.check(Limit::Declarations, known.len() as u64 + 1)?;
        known.push((name, place));
        Ok(())
    }

    /// Notes what is said about the selected stack as a whole.
    pub(in crate::eval) fn directive(&mut self, name: &str, value: Vec<Token>) -> Result<(), TokenError> {
        let depth = self.limits.get(Limit::Depth);
        let value = tokens::value(value, depth, self)?;
        if name != "cross-stack-names" {
            return Err(TokenError::new("unsupported", format!("this host knows no directive `{name}`")));
        }
        self.stacks[self.current].links.names = match value.as_text() {
            Some("tapwasm") => CrossStackNames::Tapwasm,
            Some("cdktf") => CrossStackNames::Cdktf,
            _ => return Err(malformed("the directive `cross-stack-names` takes the text `tapwasm` or `cdktf`")),
        };
        Ok(())
    }
}
