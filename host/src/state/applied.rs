//! Which serial of a stack was applied, as somebody said it: the second pointer beside the newest serial, which was emitted.

use super::snapshot::Lineage;
use serde::Deserialize;
use sha2::{Digest, Sha256};

const VERSION: u64 = 1;

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
    version: u64,
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

    /// Reads the bytes of its file; what is wrong with them otherwise.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Applied, String> {
        let AppliedV1 { version, lineage, applied, .. } = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if version > VERSION {
            return Err(format!("it is of version {version}, and this tapwasm reads up to version {VERSION}: update tapwasm"));
        }
        let lineage = Lineage::from_text(&lineage).ok_or("its lineage is not 32 hexadecimal digits")?;
        let read = Applied { lineage, serial: applied };
        // Whatever else says the same is not what was written.
        if read.to_bytes() == bytes { Ok(read) } else { Err("its checksum does not match".to_owned()) }
    }

    fn lines(&self) -> (String, &'static str) {
        let Applied { lineage, serial } = self;
        (format!("{{\n\"version\":{VERSION},\n\"lineage\":\"{lineage}\",\n\"applied\":{serial},\n"), "}\n")
    }
}

fn checksum(start: &str, end: &str) -> String {
    let digest = Sha256::new().chain_update(start).chain_update(end).finalize();
    digest.iter().fold("sha256:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
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
