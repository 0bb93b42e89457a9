//! Seals of secrets as text: `hmac-sha256:KEY:SALT:HMAC`, each in hexadecimal.

use super::hex;
use crate::model::Seal;

const PREFIX: &str = "hmac-sha256:";

/// Returns the text of a seal. What would make it anew is not in it.
pub(super) fn text(seal: &Seal) -> String {
    format!("{PREFIX}{}:{}:{}", hex(&seal.key_id), hex(&seal.salt), hex(&seal.hmac))
}

/// Reads the text of a seal.
pub(super) fn of_text(text: &str) -> Option<Seal> {
    let mut parts = text.strip_prefix(PREFIX)?.split(':');
    let (key_id, salt, hmac) = (bytes(parts.next()?)?, bytes(parts.next()?)?, bytes(parts.next()?)?);
    parts.next().is_none().then_some(Seal { key_id, salt, hmac, fresh: None })
}

/// Reads hexadecimal digits, in lower case, of so many bytes.
pub(super) fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let is_hex = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if text.len() != 2 * N || !is_hex {
        return None;
    }
    let mut bytes = [0; N];
    for (position, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * position..2 * position + 2], 16).ok()?;
    }
    Some(bytes)
}
