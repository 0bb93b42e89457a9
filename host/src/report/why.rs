//! Why something changed, and what reads it, in words.

use crate::diagnostic::visible;
use crate::model::Address;
use crate::plan::{Besides, Cause};

/// So many names of inputs are said.
const MOST_INPUTS: usize = 5;

/// Returns why something changed, as the end of a sentence; `quote` marks a name.
pub(super) fn cause(cause: &Cause, quote: &dyn Fn(&str) -> String) -> String {
    let names: Vec<String> = cause.inputs.iter().map(|name| quote(&visible(name))).collect();
    let inputs = match names.len() {
        0 => None,
        1 => Some(format!("because of the input {}", names[0])),
        _ => Some(format!("because of the inputs {}", listed(&names, MOST_INPUTS))),
    };
    let besides = cause.besides.map(|besides| match besides {
        Besides::Program => "because the program changed",
        Besides::Surroundings => "because of granted files, renames, schemas or another tapwasm: the program is the same",
        Besides::Either => "because of the program, or of granted files, renames, schemas or another tapwasm",
    });
    match (inputs, besides) {
        (Some(inputs), Some(besides)) => format!("{inputs}, and {besides}"),
        (inputs, besides) => inputs.or(besides.map(str::to_owned)).unwrap_or_default(),
    }
}

/// Returns why everything changed, as a sentence.
pub(super) fn sentence(of: &Cause, quote: &dyn Fn(&str) -> String) -> String {
    let text = cause(of, quote);
    let rest = text.strip_prefix('b').unwrap_or(&text);
    format!("B{rest}.")
}

/// Returns what reads something that changes, and is declared as before; at most so many of them.
pub(super) fn readers(readers: &[&Address], most: usize) -> String {
    let names: Vec<String> = readers.iter().map(|address| visible(address.as_str()).into_owned()).collect();
    format!("read by {}", listed(&names, most))
}

fn listed(names: &[String], most: usize) -> String {
    match names {
        [one] => one.clone(),
        _ if names.len() > most => format!("{} and {} more", names[..most].join(", "), names.len() - most),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
        [] => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_short_and_name_no_value() {
        let check = |inputs: &[&str], besides: Option<Besides>, expected: &str| {
            let inputs = inputs.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(cause(&Cause { inputs, besides }, &|name| format!("`{name}`")), expected);
        };
        check(&["a"], None, "because of the input `a`");
        check(&["a", "b"], None, "because of the inputs `a` and `b`");
        check(&["a", "b", "c", "d", "e", "f", "g"], None, "because of the inputs `a`, `b`, `c`, `d`, `e` and 2 more");
        check(&[], Some(Besides::Program), "because the program changed");
        check(&["a"], Some(Besides::Program), "because of the input `a`, and because the program changed");
    }
}
