//! What is said of a guest that trapped without a word: why, in which functions, and what is most likely behind it.

use super::engine::MOST_FRAMES;
use wasmtime::{Trap, WasmBacktrace};

/// So many functions tell where it was.
const MOST_SHOWN: usize = 6;

/// Returns what happened, in one paragraph.
pub(super) fn text(error: &wasmtime::Error) -> String {
    let Some(trap) = error.downcast_ref::<Trap>() else { return format!("{error:#}") };
    // wasmtime's words, without its prefix.
    let why = trap.to_string().trim_start_matches("wasm trap: ").to_owned();
    let Some(backtrace) = error.downcast_ref::<WasmBacktrace>() else { return why };
    let functions = functions(backtrace);
    // All frames that are kept, and hardly a function among them.
    let is_recursion = backtrace.frames().len() >= MOST_FRAMES && functions.len() <= MOST_FRAMES / 4;
    match (&functions[..], is_recursion) {
        ([], _) => why,
        ([one], true) => format!("{why} in {one}, which calls itself. {RECURSION}"),
        (several, true) => format!("{why} in {}, which call each other. {RECURSION}", several.join(", ")),
        (several, false) => format!("{why} in {}", several[..several.len().min(MOST_SHOWN)].join(", called by ")),
    }
}

const RECURSION: &str =
    "Most likely it recurses without end, or too deep for the stack that it has in its own memory (1 MiB in a Rust guest).";

/// Returns each function of a backtrace once, the innermost first.
fn functions(backtrace: &WasmBacktrace) -> Vec<String> {
    // The text is demangled, the names in the frames are not: `<n>: <offset> - <module>!<function>`.
    let text = backtrace.to_string();
    let names = text.lines().filter_map(|line| line.split_once(" - ")?.1.split_once('!').map(|(_, name)| without_hash(name)));
    let mut functions: Vec<String> = Vec::new();
    for name in names {
        if !functions.iter().any(|known| known == name) {
            functions.push(name.to_owned());
        }
    }
    functions
}

/// Rust ends its names with `::h` and 16 hexadecimal digits.
fn without_hash(name: &str) -> &str {
    match name.rsplit_once("::h") {
        Some((rest, hash)) if hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => rest,
        _ => name,
    }
}
