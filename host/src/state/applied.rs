//! Which serial of a stack was applied, as somebody said it: the second pointer beside the newest serial, which was emitted.

use super::file_v1::hex;
use super::snapshot::Lineage;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// The version that is written, and the newest that is read.
pub(super) const VERSION: u64 = 1;

/// Why bytes are no pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum AppliedError {
    /// A newer tapwasm wrote them.
    Newer(u64),
    /// They are something else, or damaged.
    Invalid(String),
}

/// A pointer to the serial that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Applied {
    /// Of which history.
    pub(super) lineage: Lineage,
    /// Which serial.
    pub(super) serial: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AppliedV1 {
    #[serde(rename = "version")]
    _version: u64,
    lineage: String,
    applied: u64,
    #[serde(rename = "checksum")]
    _checksum: String,
}

impl Applied {
    /// Returns the bytes of its file.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let (start, end) = self.lines();
        let checksum = checksum(&start, end);
        format!("{start}\"checksum\":\"{checksum}\"\n{end}").into_bytes()
    }

    /// Reads the bytes of its file.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Applied, AppliedError> {
        #[derive(Deserialize)]
        struct Probe {
            version: u64,
        }
        let invalid = |reason: &str| AppliedError::Invalid(reason.to_owned());
        if let Ok(Probe { version }) = serde_json::from_slice(bytes)
            && version > VERSION
        {
            return Err(AppliedError::Newer(version));
        }
        let read: AppliedV1 = serde_json::from_slice(bytes).map_err(|error| invalid(&error.to_string()))?;
        let lineage = Lineage::from_text(&read.lineage).ok_or_else(|| invalid("its lineage is not 32 hexadecimal digits"))?;
        let applied = Applied { lineage, serial: read.applied };
        // Whatever else says the same is not what was written.
        if applied.to_bytes() == bytes { Ok(applied) } else { Err(invalid("its checksum does not match")) }
    }

    fn lines(&self) -> (String, &'static str) {
        let Applied { lineage, serial } = self;
        (format!("{{\n\"version\":{VERSION},\n\"lineage\":\"{lineage}\",\n\"applied\":{serial},\n"), "}\n")
    }
}

fn checksum(start: &str, end: &str) -> String {
    let digest = Sha256::new().chain_update(start).chain_update(end).finalize();
    format!("sha256:{}", hex(&digest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_of_it_counts() {
        let applied = Applied { lineage: Lineage::from_text(&"0f".repeat(16)).unwrap(), serial: 41 };
        let bytes = applied.to_bytes();
        assert_eq!(Applied::from_bytes(&bytes), Ok(applied));
        for position in 0..bytes.len() {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[position] ^= 1 << bit;
                assert!(Applied::from_bytes(&damaged).is_err(), "bit {bit} of byte {position}");
            }
            assert!(Applied::from_bytes(&bytes[..position]).is_err());
        }
    }
}
