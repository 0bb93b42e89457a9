//! Networks' addresses.

use super::functions;
use crate::expr::{Expr, List, Num, Str};

functions! {
    /// The address of a host of a network by its number; negative ones count from the end.
    cidrhost(prefix: Str, hostnum: Num) -> Expr<Str>;
    /// The netmask of an IPv4 network: `255.255.0.0`.
    cidrnetmask(prefix: Str) -> Expr<Str>;
    /// A subnet by its number, its prefix longer by so many bits.
    cidrsubnet(prefix: Str, newbits: Num, netnum: Num) -> Expr<Str>;
    /// Subnets one after the other, for each the number of bits by which its prefix is longer.
    cidrsubnets(prefix: Str; newbits: Num) -> Expr<List<Str>>;
}
