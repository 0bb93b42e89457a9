//! Blocks of IPv4 addresses.

use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

/// A block of IPv4 addresses as AWS takes it: no bit of the address stands behind its prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cidr {
    network: u32,
    pub(crate) prefix: u32,
}

/// RFC 1918, and the shared space of RFC 6598.
const PRIVATE: [Cidr; 4] =
    [Cidr::of([10, 0, 0, 0], 8), Cidr::of([172, 16, 0, 0], 12), Cidr::of([192, 168, 0, 0], 16), Cidr::of([100, 64, 0, 0], 10)];

/// What Docker's bridge, and AWS services that are made of it, use inside of their hosts.
pub(crate) const DOCKER: Cidr = Cidr::of([172, 17, 0, 0], 16);

impl Cidr {
    /// The block of this length that the address is in.
    const fn of(address: [u8; 4], prefix: u32) -> Cidr {
        Cidr { network: u32::from_be_bytes(address) & Cidr::mask(prefix), prefix }
    }

    const fn mask(prefix: u32) -> u32 {
        // A shift by all 32 bits would overflow.
        if prefix == 0 { 0 } else { u32::MAX << (32 - prefix) }
    }

    /// Tells whether all of its addresses are private.
    pub(crate) fn is_private(self) -> bool {
        PRIVATE.into_iter().any(|private| self.is_within(private))
    }

    /// Tells whether all of its addresses are the other's too.
    pub(crate) fn is_within(self, other: Cidr) -> bool {
        self.prefix >= other.prefix && self.network & Cidr::mask(other.prefix) == other.network
    }
}

impl FromStr for Cidr {
    type Err = String;

    fn from_str(text: &str) -> Result<Cidr, String> {
        let parts = text.split_once('/').and_then(|(address, prefix)| {
            let prefix = prefix.parse().ok().filter(|prefix| *prefix <= 32)?;
            Some((address.parse::<Ipv4Addr>().ok()?, prefix))
        });
        let Some((address, prefix)) = parts else {
            return Err(format!("{text} is no block of IPv4 addresses, such as 10.20.0.0/16"));
        };
        let block = Cidr::of(address.octets(), prefix);
        // Also `10.20.0.0/+16` and `/016`, which AWS would refuse.
        if block.to_string() == text {
            Ok(block)
        } else {
            Err(format!("{text} is not how the block is written; did you mean {block}?"))
        }
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", Ipv4Addr::from_bits(self.network), self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::Cidr;

    fn parse(text: &str) -> Result<Cidr, String> {
        text.parse()
    }

    #[test]
    fn a_block_is_an_address_and_a_prefix() {
        for text in ["0.0.0.0/0", "10.20.0.0/16", "203.0.113.7/32"] {
            assert_eq!(parse(text).expect("a block").to_string(), text);
        }
    }

    #[test]
    fn what_is_no_block_is_refused() {
        for text in ["", "10.20.0.0", "10.20.0/16", "10.20.0.0/33", "10.20.0.256/16", "010.20.0.0/16", "10.20.0.0/-1", "::/0"] {
            let message = parse(text).expect_err(text);
            assert!(message.contains("is no block of IPv4 addresses"), "{message}");
        }
    }

    #[test]
    fn bits_behind_the_prefix_are_refused_with_the_block_that_is_meant() {
        for (text, meant) in [("10.20.1.0/16", "10.20.0.0/16"), ("1.2.3.4/0", "0.0.0.0/0"), ("10.20.0.0/016", "10.20.0.0/16")] {
            assert_eq!(parse(text), Err(format!("{text} is not how the block is written; did you mean {meant}?")));
        }
    }

    #[test]
    fn private_blocks_lie_wholly_in_private_space() {
        for (text, private) in [
            ("10.255.0.0/16", true),
            ("172.31.0.0/16", true),
            ("172.32.0.0/16", false),
            ("192.168.0.0/16", true),
            ("192.168.0.0/15", false),
            ("100.127.0.0/24", true),
            ("100.128.0.0/24", false),
            ("8.8.8.0/24", false),
            ("0.0.0.0/0", false),
        ] {
            assert_eq!(parse(text).expect("a block").is_private(), private, "{text}");
        }
    }
}
