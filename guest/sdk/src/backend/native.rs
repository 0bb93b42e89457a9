//! The recorder as backend: keeps what a program declares, thread by thread, for native tests. It checks what the host's calls check and
//! nothing that the graph does.

use super::{Extras, Kind, Request};
use crate::asset::{Asset, Entry};
use crate::declare::Id;
use crate::token::Token;
use md5::Md5;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::Location;

/// Everything that one program declared.
#[derive(Default)]
pub(crate) struct Recording {
    pub(crate) stacks: Vec<RecordedStack>,
    /// The addresses by id.
    pub(crate) addresses: Vec<Identity>,
    pub(crate) logs: Vec<(String, String, &'static Location<'static>)>,
    pub(crate) problems: Vec<(String, &'static Location<'static>)>,
    pub(crate) notes: Vec<RecordedNote>,
    pub(crate) overrides: Vec<RecordedOverride>,
}

pub(crate) struct RecordedNote {
    pub(crate) stack: u32,
    pub(crate) about: Option<String>,
    pub(crate) level: &'static str,
    pub(crate) message: String,
    pub(crate) place: &'static Location<'static>,
}

pub(crate) struct RecordedOverride {
    pub(crate) stack: u32,
    pub(crate) address: String,
    pub(crate) path: Vec<String>,
    pub(crate) value: Vec<Token>,
    pub(crate) adds: bool,
    pub(crate) place: &'static Location<'static>,
}

pub(crate) struct RecordedStack {
    pub(crate) name: String,
    /// The stacks that it comes after, as the program said it or by what refers to them.
    pub(crate) dependencies: BTreeSet<u32>,
    pub(crate) declarations: Vec<Recorded>,
    pub(crate) assets: Vec<(String, Vec<u8>)>,
}

pub(crate) struct Recorded {
    pub(crate) kind: Kind,
    pub(crate) labels: Vec<String>,
    pub(crate) address: String,
    pub(crate) body: Vec<Token>,
    pub(crate) meta: Vec<Token>,
    pub(crate) scope: Vec<String>,
    pub(crate) place: &'static Location<'static>,
    pub(crate) extras: Extras,
}

#[derive(Clone, PartialEq)]
pub(crate) struct Identity {
    pub(crate) stack: u32,
    pub(crate) address: String,
}

thread_local! {
    static RECORDING: RefCell<Recording> = RefCell::new(Recording::default());
}

/// Takes what this thread recorded and starts anew.
pub(crate) fn take() -> Recording {
    RECORDING.take()
}

pub(crate) fn open(name: &str, _place: &'static Location<'static>) -> u32 {
    RECORDING.with_borrow_mut(|recording| {
        let index = recording.stacks.iter().position(|stack| stack.name == name).unwrap_or_else(|| {
            recording.stacks.push(RecordedStack {
                name: name.to_owned(),
                dependencies: BTreeSet::new(),
                declarations: Vec::new(),
                assets: Vec::new(),
            });
            recording.stacks.len() - 1
        });
        index as u32
    })
}

// The recorder keeps every kind alike.
pub(crate) use self::{
    declare as resource, declare as data, declare as ephemeral, declare as provider, declare as variable, declare as local,
    declare as output, declare as module, declare as moved, declare as import, declare as removed, declare as check,
    declare as settings,
};

pub(crate) fn declare(stack: u32, request: Request) -> Id {
    RECORDING.with_borrow_mut(|recording| {
        let address = address(&request);
        recording.check_references(stack, &request);
        let id = recording.identify(stack, &address);
        recording.stacks[stack as usize].declarations.push(Recorded {
            kind: request.kind,
            labels: request.labels,
            address,
            body: request.body,
            meta: request.meta,
            scope: request.scope,
            place: request.place,
            extras: request.extras,
        });
        id
    })
}

pub(crate) fn reserve(stack: u32, request: Request) -> Id {
    RECORDING.with_borrow_mut(|recording| recording.identify(stack, &address(&request)))
}

pub(crate) fn asset(stack: u32, name: &str, content: &[u8], _place: &'static Location<'static>) -> Asset {
    let digest = Sha256::digest(content);
    keep_asset(stack, name, content.to_vec(), &digest, content.len())
}

/// The path of an archive differs from the host's: its digest is made of the entries, no zip is written.
pub(crate) fn archive(stack: u32, name: &str, mut entries: Vec<Entry>, _place: &'static Location<'static>) -> Asset {
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    keep_entries(stack, &format!("{name}.zip"), &entries)
}

/// Keeps what is made of several files: the digest is that of their paths, contents and modes.
pub(super) fn keep_entries(stack: u32, name: &str, entries: &[Entry]) -> Asset {
    let mut digest = Sha256::new();
    let mut size = 0;
    for entry in entries {
        for part in [entry.path.as_bytes(), &entry.content, &[u8::from(entry.executable)]] {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        size += entry.content.len();
    }
    keep_asset(stack, name, Vec::new(), &digest.finalize(), size)
}

pub(crate) fn depends_on(stack: u32, other: u32, _place: &'static Location<'static>) {
    RECORDING.with_borrow_mut(|recording| recording.stacks[stack as usize].dependencies.insert(other));
}

/// Nothing that a test sees depends on it: names are the host's.
pub(crate) fn directive(_stack: u32, _name: &str, _value: &[Token], _place: &'static Location<'static>) {}

pub(crate) fn note(stack: u32, about: Option<Id>, level: &'static str, message: String, place: &'static Location<'static>) {
    RECORDING.with_borrow_mut(|recording| {
        let about = about.and_then(|id| recording.addresses.get(id.0 as usize)).map(|identity| identity.address.clone());
        recording.notes.push(RecordedNote { stack, about, level, message, place });
    });
}

pub(crate) fn override_(stack: u32, id: Id, path: Vec<String>, value: Vec<Token>, adds: bool, place: &'static Location<'static>) {
    RECORDING.with_borrow_mut(|recording| {
        let Some(identity) = recording.addresses.get(id.0 as usize) else { return };
        let address = identity.address.clone();
        recording.overrides.push(RecordedOverride { stack, address, path, value, adds, place });
    });
}

pub(crate) fn log(level: &str, message: &str, place: &'static Location<'static>) {
    RECORDING.with_borrow_mut(|recording| recording.logs.push((level.to_owned(), message.to_owned(), place)));
}

pub(crate) fn context(name: &str) -> Option<String> {
    (name == "contract").then(|| crate::program::API_VERSION.to_owned())
}

impl Recording {
    fn identify(&mut self, stack: u32, address: &str) -> Id {
        let identity = Identity { stack, address: address.to_owned() };
        let index = self.addresses.iter().position(|known| *known == identity).unwrap_or_else(|| {
            self.addresses.push(identity);
            self.addresses.len() - 1
        });
        Id(index as u32)
    }

    fn check_references(&mut self, stack: u32, request: &Request) {
        for token in request.body.iter().chain(&request.meta) {
            let Token::Reference((id, _)) = token else { continue };
            match self.addresses.get(*id as usize) {
                None => {
                    let problem = format!("no declaration has the id {id}; was a handle kept from another run?");
                    self.problems.push((problem, request.place));
                }
                Some(identity) if identity.stack != stack => {
                    self.stacks[stack as usize].dependencies.insert(identity.stack);
                }
                Some(_) => {}
            }
        }
    }
}

/// Keeps a problem that the host would have returned.
pub(super) fn refuse(problem: String, place: &'static Location<'static>) {
    RECORDING.with_borrow_mut(|recording| recording.problems.push((problem, place)));
}

fn keep_asset(stack: u32, name: &str, content: Vec<u8>, digest: &[u8], size: usize) -> Asset {
    let sha256_hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let (stem, extension) = match name.rfind('.') {
        Some(dot) if dot > 0 => name.split_at(dot),
        _ => (name, ""),
    };
    let path = format!("assets/{stem}-{}{extension}", &sha256_hex[..12]);
    RECORDING.with_borrow_mut(|recording| recording.stacks[stack as usize].assets.push((path.clone(), content)));
    Asset { path, sha256_base64: base64(digest), sha256_hex, size: size as u64 }
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for digit in 0..4 {
            let shown = digit <= chunk.len();
            text.push(if shown { char::from(DIGITS[(group >> (18 - 6 * digit)) as usize & 63]) } else { '=' });
        }
    }
    text
}

fn address(request: &Request) -> String {
    let prefix = match request.kind {
        Kind::Resource => "",
        Kind::Data => "data.",
        Kind::Ephemeral => "ephemeral.",
        Kind::Provider => "provider.",
        Kind::Variable => "var.",
        Kind::Local => "local.",
        Kind::Output => "output.",
        Kind::Module => "module.",
        Kind::Check => "check.",
        Kind::Moved | Kind::Import | Kind::Removed => return request.kind.as_str().to_owned(),
        Kind::Settings => return "terraform".to_owned(),
    };
    let mut labels = request.labels.clone();
    let override_ = request.extras.iter().find(|(name, _)| name == "address").and_then(|(_, tokens)| tokens.first());
    if let Some(name) = labels.get_mut(usize::from(request.labels.len() > 1)) {
        if let Some(Token::Text(address)) = override_ {
            *name = address.clone();
        } else if !request.scope.is_empty() && request.kind != Kind::Provider {
            *name = scoped_name(&request.scope, name);
        }
    }
    if request.kind == Kind::Provider
        && labels.len() == 1
        && let Some(alias) = provider_alias(&request.meta)
    {
        labels.push(alias);
    }
    format!("{prefix}{}", labels.join("."))
}

fn provider_alias(meta: &[Token]) -> Option<String> {
    let position = meta.iter().position(|token| *token == Token::Argument("alias".to_owned()))?;
    match meta.get(position + 1) {
        Some(Token::Text(alias)) => Some(alias.clone()),
        _ => None,
    }
}

/// The name that CDKTF's algorithm makes of a path: the host's rule, so that a test names what the host will.
fn scoped_name(scope: &[String], name: &str) -> String {
    let plain = |part: &str| -> String { part.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-').collect() };
    let path: Vec<String> = scope.iter().map(String::as_str).chain([name]).map(|part| part.replace('/', "--")).collect();
    let parts: Vec<&str> = path.iter().map(String::as_str).filter(|part| *part != "Default").collect();
    if let [only] = parts[..]
        && plain(only).len() <= 255
    {
        return plain(only);
    }
    let mut distinct: Vec<&str> = Vec::new();
    for part in &parts {
        if distinct.last().is_none_or(|previous| !previous.ends_with(part)) {
            distinct.push(part);
        }
    }
    let shown: Vec<String> = distinct.into_iter().filter(|part| *part != "Resource").map(plain).collect();
    let mut human = shown.join("_");
    human.truncate(240);
    let digest = Md5::digest(parts.join("/"));
    let digits: String = digest[..4].iter().map(|byte| format!("{byte:02X}")).collect();
    format!("{human}_{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scoped_names_are_cdktfs() {
        assert_eq!(scoped_name(&["group".into()], "item-0"), "group_item-0_E39B062C");
        assert_eq!(scoped_name(&["a".into(), "b".into()], "b"), "a_b_758F0F60");
        assert_eq!(scoped_name(&["Default".into()], "a"), "a");
    }

    /// The host's table, which CDKTF printed.
    #[test]
    fn odd_paths_are_named_as_cdktf_names_them() {
        for (path, expected) in [
            (&["gr\u{fc}n", "a"][..], "grn_a_0B7EB52A"),
            (&["\u{65e5}\u{672c}", "\u{8a9e}"], "__7C72CE56"),
            (&["...", "..."], "_E8562FDC"),
            (&["Res\u{fc}ource", "Resource"], "Resource_541EC186"),
            (&["a", "Resource"], "a_1524EB34"),
            (&["Resource", "Resource"], "_CF9390BA"),
            (&["Resource", "a"], "a_FB9E3BD4"),
            (&["a", "Default"], "a"),
            (&["Default", "Default", "x.y"], "xy"),
            (&["a.b", "c"], "ab_c_D8C60FDD"),
            (&["ab", "c"], "ab_c_65A9A844"),
            (&["a/b", "c"], "a--b_c_5CCCE73C"),
            (&["a", "b/c"], "a_b--c_86D9D0F9"),
            (&["x y", "z!"], "xy_z_8A951219"),
            (&["ab", "b"], "ab_FC2CBA1D"),
            (&["b", "ab"], "b_ab_C7DAFB67"),
            (&["a_b", "c"], "a_b_c_FEF7B217"),
            (&["a", "b_c"], "a_b_c_BA02C50C"),
            (&["-a", "b"], "-a_b_31E26D57"),
            (&["1", "2"], "1_2_975CA880"),
        ] {
            let (name, scope) = path.split_last().expect("a path");
            let scope: Vec<String> = scope.iter().map(|part| (*part).to_owned()).collect();
            assert_eq!(scoped_name(&scope, name), expected);
        }
        let long = scoped_name(&["l".repeat(256)], "Default");
        assert!(long.len() == 249 && long.ends_with("lll_4B0D8B19"), "{long}");
    }

    #[test]
    fn base64_is_padded() {
        for (bytes, text) in [(&b"a"[..], "YQ=="), (b"ab", "YWI="), (b"abc", "YWJj"), (b"", "")] {
            assert_eq!(base64(bytes), text);
        }
    }
}
