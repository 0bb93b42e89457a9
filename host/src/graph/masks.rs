//! Literal secrets: which values are some, what stands for them, and whether two are the same.
//!
//! A value is masked whole, however little of it is literal: neither the number of its parts nor their lengths show. What it reads stays visible.
//!
//! The HMAC is made in two steps, of the value, then of that and a salt. Each place has its own salt, which nobody knows before, and which is
//! stored beside the HMAC: equal secrets at two places, or in two states, do not show as equal. Whoever has key and value makes the HMAC for
//! the stored salt anew; so what was renamed, moved in a list or given another address by `state mv` is found to be the same.

use crate::model::hcl::expression_text;
use crate::model::{Expression, ForResult, Masked, Seal, is_root, read_raw};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// What HMACs of secrets are made with. It belongs to a user or a team, never to a project's files.
#[derive(Clone)]
pub struct SecretKey {
    mac: Hmac<Sha256>,
    id: [u8; 8],
    /// Makes salts of places: another one in each process.
    salts: Hmac<Sha256>,
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// It could be guessed.
    #[error("it has {0} bytes, and at least {least} are needed", least = SecretKey::SHORTEST)]
    TooShort(usize),
    /// The machine has no randomness.
    #[error("this machine makes no random numbers: {0}")]
    NoRandomness(String),
}

/// Whether two masked values are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sameness {
    /// They are.
    Same,
    /// They are not.
    Changed,
    /// Nobody can tell.
    Unknown(Doubt),
}

/// Why nobody can tell whether two masked values are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// There is no key now.
    NoKey,
    /// There was no key when the former one was stored.
    StoredWithoutKey,
    /// They were sealed with two keys.
    OtherKey,
    /// Both were stored, at two places.
    OtherPlace,
}

impl SecretKey {
    /// A key has so many bytes at least.
    pub const SHORTEST: usize = 32;

    /// Takes the bytes of a key.
    ///
    /// # Errors
    /// Too few bytes, or a machine without randomness.
    pub fn new(bytes: &[u8]) -> Result<SecretKey, KeyError> {
        if bytes.len() < SecretKey::SHORTEST {
            return Err(KeyError::TooShort(bytes.len()));
        }
        let mac = keyed(bytes);
        let id = *digest(&mac, &[b"tapwasm: id of the key"]).first_chunk().expect("a digest has 32 bytes");
        Ok(SecretKey { mac, id, salts: keyed(&random()?) })
    }

    /// Makes a key for values that are compared in this process, and stored nowhere.
    ///
    /// # Errors
    /// A machine without randomness.
    pub fn random() -> Result<SecretKey, KeyError> {
        SecretKey::new(&random()?)
    }

    fn seal(&self, value: &Expression, place: &str) -> Seal {
        let mut canonical = value.clone();
        sort_keys(&mut canonical);
        let fresh = digest(&self.mac, &[b"tapwasm: value\0", expression_text(&canonical).as_bytes()]);
        let salt = *digest(&self.salts, &[place.as_bytes()]).first_chunk().expect("a digest has 32 bytes");
        Seal { key_id: self.id, salt, hmac: salted(&fresh, &salt), fresh: Some(fresh) }
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey")
    }
}

/// Returns what stands for a value, where anything in it is literal. `place` tells it from all other values of all stacks.
pub fn masked(value: &Expression, key: Option<&SecretKey>, place: &str) -> Option<Masked> {
    if !holds_literal(value) {
        return None;
    }
    let mut reads = Vec::new();
    add_reads(value, &mut reads);
    reads.sort_by_cached_key(expression_text);
    reads.dedup();
    Some(Masked { seal: key.map(|key| key.seal(value, place)), reads })
}

/// Seals a value with the salt of what was stored at its place, so that the same value is stored as it was, and a later one is found to be another.
pub fn keep_salt(masked: &mut Masked, stored: &Masked) {
    if let (Some(seal), Some(stored)) = (&mut masked.seal, &stored.seal)
        && let Some(fresh) = &seal.fresh
    {
        (seal.salt, seal.hmac) = (stored.salt, salted(fresh, &stored.salt));
    }
}

/// Compares what stands for a value with what stands for a later one.
pub fn compare(before: &Masked, after: &Masked) -> Sameness {
    if before.reads != after.reads {
        return Sameness::Changed;
    }
    let told = |is_same| if is_same { Sameness::Same } else { Sameness::Changed };
    match (&before.seal, &after.seal) {
        (_, None) => Sameness::Unknown(Doubt::NoKey),
        (None, Some(_)) => Sameness::Unknown(Doubt::StoredWithoutKey),
        (Some(before), Some(after)) if before.key_id != after.key_id => Sameness::Unknown(Doubt::OtherKey),
        (Some(before), Some(after)) => match (&before.fresh, &after.fresh) {
            (_, Some(fresh)) => told(salted(fresh, &before.salt) == before.hmac),
            (Some(fresh), None) => told(salted(fresh, &after.salt) == after.hmac),
            (None, None) if before.salt == after.salt => told(before.hmac == after.hmac),
            (None, None) => Sameness::Unknown(Doubt::OtherPlace),
        },
    }
}

/// Tells whether anything that the value is made of is written out in it. Keys, conditions and steps of paths only choose; `null`, and text without a
/// character, say nothing.
fn holds_literal(value: &Expression) -> bool {
    match value {
        Expression::Bool(_) | Expression::Integer(_) | Expression::Number(_) | Expression::Masked(_) => true,
        Expression::Text(text) => !text.is_empty(),
        Expression::Object(pairs) => {
            pairs.iter().any(|(key, value)| !matches!(key, Expression::Text(_)) && holds_literal(key) || holds_literal(value))
        }
        Expression::Index(parts) | Expression::Splat(parts) => holds_literal(&parts.0),
        Expression::Conditional(parts) => holds_literal(&parts[1]) || holds_literal(&parts[2]),
        Expression::DirectiveIf(parts) => holds_literal(&parts.1) || parts.2.as_ref().is_some_and(holds_literal),
        Expression::For(parts) => {
            holds_literal(&parts.collection)
                || match &parts.result {
                    ForResult::List(value) => holds_literal(value),
                    ForResult::Object { key, value, .. } => holds_literal(key) || holds_literal(value),
                }
        }
        Expression::Raw(parts) => is_raw_literal(&parts.0),
        other => {
            let mut found = false;
            other.each_child(&mut |child| found = found || holds_literal(child));
            found
        }
    }
}

/// Tells whether there may be a literal in Terraform's own notation: text in quotes, a number, a truth value. A mere read has none.
fn is_raw_literal(text: &str) -> bool {
    if read_raw(text).is_ok_and(|uses| uses.reads.iter().any(|read| read.is_all)) {
        return false;
    }
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')));
    let is_value = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) || matches!(word, "true" | "false");
    text.contains(['"', '<']) || words.into_iter().any(is_value)
}

fn add_reads(value: &Expression, reads: &mut Vec<Expression>) {
    match value {
        Expression::Reference(_) => reads.push(value.clone()),
        // Variables of a `for` are none.
        Expression::Symbol(text) if text.split('.').next().is_some_and(is_root) => reads.push(value.clone()),
        Expression::Raw(parts) => reads.extend(parts.1.iter().map(|to| Expression::reference(to.clone(), ""))),
        Expression::Masked(masked) => reads.extend(masked.reads.iter().cloned()),
        other => other.each_child(&mut |child| add_reads(child, reads)),
    }
}

/// Brings keys into one order: theirs means nothing.
fn sort_keys(value: &mut Expression) {
    value.each_child_mut(&mut sort_keys);
    if let Expression::Object(pairs) = value
        && pairs.iter().all(|(key, _)| matches!(key, Expression::Text(_)))
    {
        pairs.sort_by(|a, b| a.0.as_text().cmp(&b.0.as_text()));
    }
}

fn salted(fresh: &[u8; 32], salt: &[u8; 16]) -> [u8; 32] {
    digest(&keyed(fresh), &[salt])
}

fn keyed(bytes: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(bytes).expect("a key of HMAC has any length")
}

fn random() -> Result<[u8; SecretKey::SHORTEST], KeyError> {
    let mut bytes = [0; SecretKey::SHORTEST];
    getrandom::fill(&mut bytes).map_err(|error| KeyError::NoRandomness(error.to_string()))?;
    Ok(bytes)
}

fn digest(mac: &Hmac<Sha256>, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = mac.clone();
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Address;

    fn key(byte: u8) -> SecretKey {
        SecretKey::new(&[byte; 32]).expect("long enough")
    }

    fn text(text: &str) -> Expression {
        Expression::text(text)
    }

    fn read(address: &str) -> Expression {
        Expression::reference(Address::from_text(address), "")
    }

    fn raw(text: &str) -> Expression {
        Expression::Raw(Box::new((text.to_owned(), Vec::new())))
    }

    /// What a snapshot keeps of it.
    fn stored(masked: &Masked) -> Masked {
        let seal = masked.seal.clone().map(|seal| Seal { fresh: None, ..seal });
        Masked { seal, reads: masked.reads.clone() }
    }

    #[test]
    fn a_key_is_long_enough() {
        assert!(matches!(SecretKey::new(&[1; 31]), Err(KeyError::TooShort(31))));
        assert!(SecretKey::new(&[1; 32]).is_ok());
    }

    #[test]
    fn whatever_is_written_out_is_a_literal() {
        let pair = |value: Expression| Expression::Object(vec![(text("password"), value)]);
        for value in [
            text("hunter2"),
            Expression::Integer(7),
            Expression::Number("1.5".into()),
            Expression::Bool(true),
            Expression::List(vec![read("var.a"), text("b")]),
            pair(text("b")),
            Expression::Template(vec![read("var.a"), text("b")]),
            Expression::call("join", vec![text(""), Expression::List(vec![text("a"), text("b")])]),
            Expression::call("jsonencode", vec![pair(text("b"))]),
            Expression::Conditional(Box::new([read("var.on"), read("var.a"), text("b")])),
            Expression::Index(Box::new((Expression::List(vec![text("b")]), Expression::Integer(0)))),
            raw("\"b\""),
            raw("format(\"%s\", var.a)"),
            raw("7 + var.a"),
        ] {
            assert!(masked(&value, None, "").is_some(), "{value:?}");
        }
    }

    #[test]
    fn what_only_reads_is_none() {
        let pair = |value: Expression| Expression::Object(vec![(text("password"), value)]);
        let is_on = Expression::Binary(Box::new(("==".into(), read("var.a"), text("b"))));
        for value in [
            read("var.a"),
            Expression::Null,
            text(""),
            Expression::List(vec![]),
            Expression::Symbol("each.value".into()),
            Expression::Index(Box::new((read("var.a"), text("db")))),
            Expression::call("jsonencode", vec![pair(read("var.a"))]),
            Expression::Template(vec![read("var.a"), read("var.b")]),
            Expression::Conditional(Box::new([is_on, read("var.a"), Expression::Null])),
            raw("var.a[0].b"),
            raw("coalesce(var.a, local.b2)"),
        ] {
            assert!(masked(&value, None, "").is_none(), "{value:?}");
        }
    }

    #[test]
    fn a_mask_tells_what_is_read_and_nothing_else() {
        let value = Expression::Template(vec![text("hunter2"), read("var.b"), read("var.a"), read("var.b")]);
        let mask = masked(&value, Some(&key(1)), "x").expect("a literal");
        assert_eq!(mask.text(), "(sensitive, with var.a, var.b)");
        assert!(!format!("{mask:?}").contains("hunter2"));
    }

    #[test]
    fn equal_secrets_at_two_places_do_not_show_as_equal_and_are_known_to_be() {
        let (key, value) = (key(1), text("hunter2"));
        let (here, there) = (masked(&value, Some(&key), "a"), masked(&value, Some(&key), "b"));
        let (here, there) = (here.expect("a literal"), there.expect("a literal"));
        assert_ne!(here, there);
        assert_eq!(compare(&stored(&here), &there), Sameness::Same);
        assert_eq!(compare(&stored(&here), &stored(&there)), Sameness::Unknown(Doubt::OtherPlace));
        // Nor do those of one place in two states.
        let again = masked(&value, Some(&self::key(1)), "a").expect("a literal");
        assert_ne!(here, again);
        let mut kept = again.clone();
        keep_salt(&mut kept, &stored(&here));
        assert_eq!(kept, here);
        let other = masked(&text("hunter3"), Some(&key), "a").expect("a literal");
        assert_eq!(compare(&stored(&here), &other), Sameness::Changed);
        assert_eq!(compare(&stored(&here), &stored(&other)), Sameness::Changed);
    }

    #[test]
    fn without_the_same_key_nobody_can_tell() {
        let of = |key: Option<&SecretKey>| masked(&text("hunter2"), key, "a").expect("a literal");
        let (with, without) = (of(Some(&key(1))), of(None));
        assert_eq!(compare(&stored(&with), &without), Sameness::Unknown(Doubt::NoKey));
        assert_eq!(compare(&without, &without), Sameness::Unknown(Doubt::NoKey));
        assert_eq!(compare(&without, &with), Sameness::Unknown(Doubt::StoredWithoutKey));
        assert_eq!(compare(&stored(&with), &of(Some(&key(2)))), Sameness::Unknown(Doubt::OtherKey));
    }

    #[test]
    fn the_order_of_keys_means_nothing() {
        let pairs = |keys: [&str; 2]| Expression::Object(keys.map(|key| (text(key), text(key))).to_vec());
        let of = |keys| masked(&pairs(keys), Some(&key(1)), "a").expect("a literal");
        assert_eq!(compare(&stored(&of(["a", "b"])), &of(["b", "a"])), Sameness::Same);
    }
}
