//! Text.

use super::functions;
use crate::expr::{Any, Bool, Expr, List, Num, Object, Str};

functions! {
    /// Takes the line ends off the end of a text.
    chomp(str: Str) -> Expr<Str>;
    /// Tells whether a text ends with another.
    endswith(str: Str, suffix: Str) -> Expr<Bool>;
    /// Fills the verbs of a pattern (`%s`, `%03d`). Prefer [`tf!`](crate::tf) unless its verbs are wanted.
    format(format: Str; args: Any) -> Expr<Str>;
    /// Fills a pattern once for each item of the lists among the arguments.
    formatlist(format: Str; args: Any) -> Expr<List<Str>>;
    /// Puts spaces before every line of a text but the first.
    indent(spaces: Num, str: Str) -> Expr<Str>;
    /// Puts the texts of a list together, with a separator between them.
    join(separator: Str, list: List<Str>) -> Expr<Str>;
    /// Puts the texts of several lists together, as [`join`] does with those of one.
    join_all = "join"(separator: Str; lists: List<Str>) -> Expr<Str>;
    /// Makes all letters small.
    lower(str: Str) -> Expr<Str>;
    /// What a pattern (RE2) matches in a text: the text itself (`Str`), its groups (`List<Str>`), its named groups (`Map<Str>`). No match is
    /// an error.
    regex<T>(pattern: Str, string: Str) -> Expr<T>;
    /// Everything that a pattern matches in a text, each as in [`regex`].
    regexall<T>(pattern: Str, string: Str) -> Expr<List<T>>;
    /// Puts one text where another stands; a pattern (RE2) is written between slashes.
    replace(str: Str, substr: Str, replace: Str) -> Expr<Str>;
    /// Takes a text apart where a separator stands.
    split(separator: Str, str: Str) -> Expr<List<Str>>;
    /// Tells whether a text begins with another.
    startswith(str: Str, prefix: Str) -> Expr<Bool>;
    /// Tells whether a text stands in another.
    strcontains(str: Str, substr: Str) -> Expr<Bool>;
    /// Turns the characters of a text round.
    strrev(str: Str) -> Expr<Str>;
    /// A part of a text: from which character (negative: counted from the end), and how many (-1: all that follow).
    substr(str: Str, offset: Num, length: Num) -> Expr<Str>;
    /// Fills a template that is text somewhere else in the stack: the template is a reference, never literal text.
    templatestring(template: Str, vars: Object) -> Expr<Str>;
    /// Makes the first letter of every word great.
    title(str: Str) -> Expr<Str>;
    /// Takes every one of some characters off both ends of a text.
    trim(str: Str, cutset: Str) -> Expr<Str>;
    /// Takes a beginning off a text, where it is there.
    trimprefix(str: Str, prefix: Str) -> Expr<Str>;
    /// Takes white space off both ends of a text.
    trimspace(str: Str) -> Expr<Str>;
    /// Takes an ending off a text, where it is there.
    trimsuffix(str: Str, suffix: Str) -> Expr<Str>;
    /// Makes all letters great.
    upper(str: Str) -> Expr<Str>;
}
