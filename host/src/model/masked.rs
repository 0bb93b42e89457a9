//! What stands for a secret wherever it is not emitted.

use super::{Body, Expression};
use std::fmt;

/// A value that is given in literal form where a provider's schema says that it is sensitive: its text is nowhere in here.
#[derive(Clone, Debug, PartialEq)]
pub struct Masked {
    /// What tells whether it is the same value; nothing where there was no key to make it with.
    pub seal: Option<Seal>,
    /// What the value reads, sorted: references are no secret.
    pub reads: Vec<Expression>,
}

/// The HMAC of a value. Equal values at two places have other salts, so nobody sees in what is stored that they are equal.
#[derive(Clone)]
pub struct Seal {
    /// Which key it was made with.
    pub key_id: [u8; 8],
    /// Where it was made, as a digest.
    pub salt: [u8; 16],
    /// HMAC-SHA-256 of salt and value.
    pub hmac: [u8; 32],
    /// What makes the HMAC for any other salt: of values that are declared now, never of what was stored.
    pub fresh: Option<[u8; 32]>,
}

impl PartialEq for Seal {
    /// Compares what is stored of them.
    fn eq(&self, other: &Seal) -> bool {
        (&self.key_id, &self.salt, &self.hmac) == (&other.key_id, &other.salt, &other.hmac)
    }
}

impl fmt::Debug for Seal {
    /// Leaves out what was made of the value: messages and logs are views, too.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal")
    }
}

impl Expression {
    /// Tells whether anything in it is masked.
    pub fn holds_mask(&self) -> bool {
        let mut found = matches!(self, Expression::Masked(_));
        self.each_child(&mut |child| found = found || child.holds_mask());
        found
    }
}

impl Body {
    /// Tells whether anything in it is masked.
    pub fn holds_mask(&self) -> bool {
        let mut found = false;
        self.each_value(&mut |value| found = found || value.holds_mask());
        found
    }
}

impl Masked {
    /// Returns what is shown of it.
    pub fn text(&self) -> String {
        let reads: Vec<String> = self.reads.iter().map(super::hcl::expression_text).collect();
        if reads.is_empty() { "(sensitive)".to_owned() } else { format!("(sensitive, with {})", reads.join(", ")) }
    }
}
