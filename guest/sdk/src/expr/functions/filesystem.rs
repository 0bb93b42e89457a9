//! Files that are there when Terraform runs. A stack's own files are assets: [`Stack::asset`](crate::Stack::asset).

use super::functions;
use crate::expr::{Bool, Expr, Object, Set, Str};

functions! {
    /// Makes a path absolute. It will differ between machines.
    abspath(path: Str) -> Expr<Str>;
    /// The last name of a path.
    basename(path: Str) -> Expr<Str>;
    /// A path without its last name.
    dirname(path: Str) -> Expr<Str>;
    /// The content of a file, which is text.
    file(path: Str) -> Expr<Str>;
    /// The content of a file, in Base64.
    filebase64(path: Str) -> Expr<Str>;
    /// Tells whether there is a file.
    fileexists(path: Str) -> Expr<Bool>;
    /// The files of a folder whose paths in it match a pattern (`**/*.json`).
    fileset(path: Str, pattern: Str) -> Expr<Set<Str>>;
    /// Puts the home folder where a path begins with `~`. It will differ between machines.
    pathexpand(path: Str) -> Expr<Str>;
    /// Fills the template in a file.
    templatefile(path: Str, vars: Object) -> Expr<Str>;
}
