//! From a request of the contract to a declaration: its size counted, its bodies read, its address made.

use super::limits::Limit;
use super::recorder::{Recorder, Refusal, check_labels, labelled_address, subject_address};
use super::tokens::{self, Names, TokenError, malformed};
use super::v0_1::types::{self, Id, Token};
use crate::model::{self, Address, Body, Declaration, Expression, Kind, Name};

#[expect(clippy::too_many_arguments, reason = "the fields of two requests that the contract keeps apart")]
pub(super) fn declaration(
    recorder: &mut Recorder,
    kind: Kind,
    labels: Vec<String>,
    body: Vec<Token>,
    meta: Vec<Token>,
    scope: Vec<String>,
    place: model::Place,
    extras: types::Extras,
) -> Result<Id, Refusal> {
    let size = text_size(labels.iter().chain(&scope)) + size_of_tokens(&body) + size_of_tokens(&meta) + size_of_extras(&extras);
    recorder.account(size)?;
    let depth = recorder.limits.get(Limit::Depth);
    let body = tokens::body(body, depth, recorder).map_err(|error| error.about(kind, &labels))?;
    let meta = tokens::body(meta, depth, recorder).map_err(|error| error.about(kind, &labels))?;
    check_meta(kind, &meta).map_err(|error| error.about(kind, &labels))?;
    let mut labels = interned(recorder, labels);
    check_labels(kind, &labels, n_labels(kind, 1))?;
    let scope = interned(recorder, scope);
    let extras = Extras::read(recorder, kind, extras).map_err(|error| error.about(kind, &labels))?;
    let address = match kind {
        Kind::Moved | Kind::Removed => subject_address(kind, body.argument("from"))?,
        Kind::Import => subject_address(kind, body.argument("to"))?,
        Kind::Settings => Address::new(kind, &[""; 0]),
        Kind::Provider => provider_address(&labels, &meta)?,
        _ => labelled_address(kind, &mut labels, &scope, extras.address.as_deref()),
    };
    let Extras { protect, aliases, .. } = extras;
    let declaration = Declaration { address, kind, labels, body, meta, scope, place, protect, aliases, overrides: Vec::new() };
    Ok(recorder.declare(declaration)?)
}

/// Counts a request as the limit `value-bytes` does: its text, and 16 for each token.
pub(super) fn size_of_tokens(tokens: &[Token]) -> u64 {
    let text = |token: &Token| match token {
        Token::Number(text) | Token::Text(text) | Token::Symbol(text) | Token::Argument(text) => text.len(),
        Token::Reference((_, text)) | Token::Form((text, _)) | Token::Block((text, _)) => text.len(),
        _ => 0,
    };
    tokens.iter().map(|token| 16 + text(token) as u64).sum()
}

pub(super) fn size_of_extras(extras: &types::Extras) -> u64 {
    extras.iter().map(|(name, value)| name.len() as u64 + size_of_tokens(value)).sum()
}

pub(super) fn text_size<'a>(texts: impl Iterator<Item = &'a String>) -> u64 {
    texts.map(|text| 16 + text.len() as u64).sum()
}

/// Provider configurations are told apart by their alias.
fn provider_address(labels: &[Name], meta: &Body) -> Result<Address, TokenError> {
    match meta.argument("alias") {
        None => Ok(Address::new(Kind::Provider, labels)),
        Some(Expression::Text(alias)) => Ok(Address::new(Kind::Provider, &[labels[0].as_ref(), alias])),
        Some(_) => Err(malformed("the alias of a provider configuration must be text")),
    }
}

/// Returns the arguments and the blocks that the meta of a kind may hold.
pub(super) fn meta_names(kind: Kind) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        Kind::Resource | Kind::Data | Kind::Ephemeral => {
            (&["count", "for_each", "depends_on", "provider"], &["lifecycle", "connection", "provisioner"])
        }
        Kind::Module => (&["source", "version", "providers", "count", "for_each", "depends_on"], &[]),
        Kind::Provider => (&["alias"], &[]),
        _ => (&[], &[]),
    }
}

fn check_meta(kind: Kind, meta: &Body) -> Result<(), TokenError> {
    let (arguments, blocks) = meta_names(kind);
    let names = meta.arguments.iter().map(|(name, _)| (name, arguments));
    let mut names = names.chain(meta.blocks.iter().map(|block| (&block.name, blocks)));
    match names.find(|(name, known)| !known.contains(&name.as_ref())) {
        Some((name, _)) => {
            Err(TokenError::new("unsupported", format!("this host knows no meta-argument `{name}` of {}", kind.a_noun())))
        }
        None => Ok(()),
    }
}

pub(super) fn reservable(kind: &str) -> Result<Kind, TokenError> {
    Ok(match kind {
        "resource" => Kind::Resource,
        "data" => Kind::Data,
        "ephemeral" => Kind::Ephemeral,
        "provider" => Kind::Provider,
        "variable" => Kind::Variable,
        "local" => Kind::Local,
        "output" => Kind::Output,
        "module" => Kind::Module,
        "check" => Kind::Check,
        _ => return Err(malformed(format!("`{kind}` is no kind that can be reserved"))),
    })
}

/// Returns how many labels a kind takes. A provider is reserved with one label, or with two when it has an alias.
pub(super) fn n_labels(kind: Kind, given: usize) -> usize {
    match kind {
        Kind::Resource | Kind::Data | Kind::Ephemeral => 2,
        Kind::Provider => given.clamp(1, 2),
        Kind::Variable | Kind::Local | Kind::Output | Kind::Module | Kind::Check => 1,
        Kind::Settings | Kind::Moved | Kind::Import | Kind::Removed => 0,
    }
}

/// What the contract's table of extras says.
#[derive(Default)]
pub(super) struct Extras {
    pub(super) aliases: Vec<Address>,
    pub(super) protect: bool,
    pub(super) address: Option<Box<str>>,
}

impl Extras {
    pub(super) fn read(recorder: &mut Recorder, kind: Kind, extras: types::Extras) -> Result<Extras, TokenError> {
        let depth = recorder.limits.get(Limit::Depth);
        let mut read = Extras::default();
        for (name, value) in extras {
            match (name.as_str(), tokens::value(value, depth, recorder)?) {
                ("protect", Expression::Bool(protect)) => read.protect = protect,
                ("address", _) if kind == Kind::Provider => {
                    let message = "a provider configuration is told apart by its alias: it takes no extra `address`";
                    return Err(TokenError::new("unsupported", message.to_owned()));
                }
                ("address", Expression::Text(address)) => read.address = Some(address),
                ("alias", Expression::List(aliases)) => {
                    for alias in aliases {
                        let text = alias.as_text().ok_or_else(|| malformed("an alias must be text: a former address"))?;
                        read.aliases.push(Address::from_text(text));
                    }
                }
                ("protect" | "address" | "alias", _) => {
                    return Err(malformed(format!("the value of the extra `{name}` has the wrong type")));
                }
                _ => {
                    return Err(TokenError::new("unsupported", format!("this host knows no extra `{name}`")));
                }
            }
        }
        Ok(read)
    }
}

pub(super) fn no_extras(extras: &types::Extras) -> Result<(), TokenError> {
    match extras.first() {
        Some((name, _)) => Err(TokenError::new("unsupported", format!("this host knows no extra `{name}`"))),
        None => Ok(()),
    }
}

pub(super) fn interned(recorder: &mut Recorder, texts: Vec<String>) -> Vec<Name> {
    texts.iter().map(|text| recorder.intern(text)).collect()
}
