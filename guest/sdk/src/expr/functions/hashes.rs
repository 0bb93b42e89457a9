//! Digests, ciphers and unique names.

use super::functions;
use crate::expr::{Expr, Num, Str};

functions! {
    /// The SHA-256 of a text, in Base64.
    base64sha256(str: Str) -> Expr<Str>;
    /// The SHA-512 of a text, in Base64.
    base64sha512(str: Str) -> Expr<Str>;
    /// The bcrypt hash of a text, at Terraform's cost (10): another one each time.
    bcrypt(str: Str) -> Expr<Str>;
    /// The bcrypt hash of a text at a cost from 4 to 31.
    bcrypt_at = "bcrypt"(str: Str, cost: Num) -> Expr<Str>;
    /// The SHA-256 of a file, in Base64.
    filebase64sha256(path: Str) -> Expr<Str>;
    /// The SHA-512 of a file, in Base64.
    filebase64sha512(path: Str) -> Expr<Str>;
    /// The MD5 of a file, in hexadecimal digits.
    filemd5(path: Str) -> Expr<Str>;
    /// The SHA-1 of a file, in hexadecimal digits.
    filesha1(path: Str) -> Expr<Str>;
    /// The SHA-256 of a file, in hexadecimal digits.
    filesha256(path: Str) -> Expr<Str>;
    /// The SHA-512 of a file, in hexadecimal digits.
    filesha512(path: Str) -> Expr<Str>;
    /// The MD5 of a text, in hexadecimal digits.
    md5(str: Str) -> Expr<Str>;
    /// Decrypts Base64 with a private RSA key (PKCS #1 v1.5) in PEM.
    rsadecrypt(ciphertext: Str, privatekey: Str) -> Expr<Str>;
    /// The SHA-1 of a text, in hexadecimal digits.
    sha1(str: Str) -> Expr<Str>;
    /// The SHA-256 of a text, in hexadecimal digits.
    sha256(str: Str) -> Expr<Str>;
    /// The SHA-512 of a text, in hexadecimal digits.
    sha512(str: Str) -> Expr<Str>;
    /// A random UUID: another one each time.
    uuid() -> Expr<Str>;
    /// The UUID of a name in a namespace (`dns`, `url`, `oid`, `x500` or a UUID): always the same.
    uuidv5(namespace: Str, name: Str) -> Expr<Str>;
}
