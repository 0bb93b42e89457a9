//! How a snapshot's text is packed for a store: gzip, with the SHA-256 of everything behind its header in the header's comment.
//!
//! gzip alone would not do: it guards the text, not the bytes, and takes another time in the header or other padding for the same. Here each
//! byte counts. `zcat` reads it all the same.

use super::file_v1::hex;
use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};

/// The header of gzip with a comment: no time, an unknown system.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0x10, 0, 0, 0, 0, 4, 255];
const COMMENT: &[u8] = b"sha256:";
const DIGITS: usize = 64;
const BODY: usize = HEADER.len() + COMMENT.len() + DIGITS + 1;

/// What is wrong with packed bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PackedError {
    /// They end before the text begins.
    Short,
    /// They are not the bytes that were written.
    Checksum,
}

/// Packs text.
pub(super) fn pack(text: &[u8]) -> io::Result<Vec<u8>> {
    let comment = [COMMENT, &[b'0'; DIGITS]].concat();
    let room = Vec::with_capacity(BODY + text.len() / 4);
    // The fastest level: the text repeats itself so much that the others save little and cost much.
    let builder = GzBuilder::new().comment(comment).mtime(0).operating_system(255);
    let mut encoder = builder.write(room, Compression::fast());
    encoder.write_all(text)?;
    let mut packed = encoder.finish()?;
    let digest = digest(&packed[BODY..]);
    packed[BODY - 1 - DIGITS..BODY - 1].copy_from_slice(digest.as_bytes());
    Ok(packed)
}

/// Tells whether bytes are packed: text of a snapshot never begins so.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&HEADER[..2])
}

/// Checks packed bytes, and returns a reader of their text.
pub(super) fn unpack(packed: &[u8]) -> Result<impl Read, PackedError> {
    let (header, body) = packed.split_at_checked(BODY).ok_or(PackedError::Short)?;
    let expected = [&HEADER, COMMENT, digest(body).as_bytes(), &[0]].concat();
    if header == expected { Ok(GzDecoder::new(packed)) } else { Err(PackedError::Checksum) }
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    fn text_of(packed: &[u8]) -> Result<String, Box<dyn std::error::Error>> {
        let mut text = String::new();
        unpack(packed).map_err(|error| format!("{error:?}"))?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn text_comes_back_and_other_tools_read_it() -> Outcome {
        let text = "{\"version\":1}\n".repeat(1000);
        let packed = pack(text.as_bytes())?;
        assert!(is_packed(&packed) && packed.len() < text.len() / 20);
        assert_eq!(text_of(&packed)?, text);
        assert_eq!(text_of(&pack(b"")?)?, "");
        let mut plain = String::new();
        GzDecoder::new(&packed[..]).read_to_string(&mut plain)?;
        assert_eq!(plain, text);
        Ok(())
    }

    #[test]
    fn every_bit_counts() -> Outcome {
        let packed = pack("{\"version\":1,\"lineage\":\"x\"}\n".as_bytes())?;
        for position in 0..packed.len() {
            for bit in 0..8 {
                let mut damaged = packed.clone();
                damaged[position] ^= 1 << bit;
                assert!(unpack(&damaged).is_err(), "bit {bit} of byte {position}");
            }
            assert!(unpack(&packed[..position]).is_err(), "cut at {position}");
        }
        assert!(unpack(&[&packed[..], b"\n"].concat()).is_err());
        Ok(())
    }
}
