//! Text of values and values of text.

use super::functions;
use crate::expr::{Any, Expr, List, Object, Str, Value};

functions! {
    /// Reads Base64 that holds text.
    base64decode(str: Str) -> Expr<Str>;
    /// Writes a text in Base64.
    base64encode(str: Str) -> Expr<Str>;
    /// Packs a text with gzip, in Base64.
    base64gzip(str: Str) -> Expr<Str>;
    /// Reads a table of comma-separated values: for each line an object, by the names in the first line.
    csvdecode(str: Str) -> Expr<List<Object>>;
    /// Reads JSON.
    jsondecode(str: Str) -> Value;
    /// Writes JSON. Prefer [`to_json`](crate::Value::to_json), which is known at once where it can be.
    jsonencode(val: Any) -> Expr<Str>;
    /// Reads Base64 that holds text in a named encoding (`UTF-16LE`).
    textdecodebase64(source: Str, encoding: Str) -> Expr<Str>;
    /// Writes a text in a named encoding, in Base64.
    textencodebase64(string: Str, encoding: Str) -> Expr<Str>;
    /// Escapes a text for a query of a URL.
    urlencode(str: Str) -> Expr<Str>;
    /// Reads YAML.
    yamldecode(src: Str) -> Value;
    /// Writes YAML.
    yamlencode(value: Any) -> Expr<Str>;
}
