//! What a guest has declared so far: ids, quotas, problems, messages. Knows the contract's meaning, not its engine.

use super::granted::Granted;
use super::limits::{Limit, LimitHit, Limits};
use super::tokens::{Names, TokenError, malformed};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::model::{Address, Asset, Declaration, Expression, Kind, Name, Place, StackDeclarations, StackLinks, unique_id};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

mod links;

/// Bytes that one call on assets may carry.
const ASSET_CALL_BYTES: usize = 8 << 20;
/// One fault in a loop must not fill the host's memory; what is kept is enough to find it.
const MOST_PROBLEMS: usize = 10_000;
const LONGEST_STACK_NAME: usize = 200;

/// Collects what one evaluation declares.
pub(super) struct Recorder {
    pub(super) limits: Limits,
    pub(super) stacks: Vec<StackDeclarations>,
    pub(super) diagnostics: Diagnostics,
    /// Why the guest said it was about to trap.
    pub(super) panic: Option<(String, Option<Place>)>,
    /// What it may read.
    pub(super) granted: Granted,
    /// Of what it did read of that.
    pub(super) granted_read: Sha256,
    /// The stack that the call in hand is for.
    pub(super) current: usize,
    /// For each id: its stack and its address.
    ids: Vec<(usize, Address)>,
    by_address: HashMap<(usize, Address), u32>,
    names: HashSet<Name>,
    /// Assets that come in pieces.
    writers: Vec<AssetWriter>,
    /// What is changed when the program has ended.
    pub(super) overrides: Vec<super::overrides::Pending>,
    total_bytes: u64,
    asset_bytes: u64,
    log_bytes: u64,
    n_problems: usize,
}

/// A file that comes in pieces.
struct AssetWriter {
    stack: usize,
    /// What came so far; `None` once it was ended.
    begun: Option<BegunAsset>,
}

struct BegunAsset {
    name: String,
    content: Vec<u8>,
    place: Place,
}

impl Recorder {
    pub(super) fn new(limits: Limits) -> Recorder {
        Recorder {
            limits,
            stacks: Vec::new(),
            diagnostics: Diagnostics::default(),
            panic: None,
            granted: Granted::default(),
            granted_read: Sha256::new(),
            current: 0,
            ids: Vec::new(),
            by_address: HashMap::new(),
            names: HashSet::new(),
            writers: Vec::new(),
            overrides: Vec::new(),
            total_bytes: 0,
            asset_bytes: 0,
            log_bytes: 0,
            n_problems: 0,
        }
    }

    /// Counts the bytes of a request.
    pub(super) fn account(&mut self, bytes: u64) -> Result<(), LimitHit> {
        self.limits.check(Limit::ValueBytes, bytes)?;
        self.total_bytes += bytes;
        self.limits.check(Limit::TotalBytes, self.total_bytes)
    }

    /// Opens a stack, or finds the one of this name; gives its number.
    pub(super) fn open(&mut self, name: String, place: Place) -> Result<usize, Refusal> {
        let is_fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.is_empty() || name.len() > LONGEST_STACK_NAME || !name.chars().all(is_fine) || name.starts_with('.') {
            return Err(malformed(format!(
                "`{name}` is no name for a stack: it takes letters, digits, `-`, `_` and `.` (not at its start), at most {LONGEST_STACK_NAME}"
            ))
            .into());
        }
        if let Some(index) = self.stacks.iter().position(|stack| stack.name == name) {
            return Ok(index);
        }
        // Two names that differ in case only would share a folder on some file systems.
        if let Some(other) = self.stacks.iter().find(|stack| stack.name.eq_ignore_ascii_case(&name)) {
            return Err(malformed(format!("the stacks `{}` and `{name}` differ in upper and lower case only", other.name)).into());
        }
        self.limits.check(Limit::Declarations, self.stacks.len() as u64 + 1)?;
        self.stacks.push(StackDeclarations {
            name,
            place,
            declarations: Vec::new(),
            reserved: Vec::new(),
            assets: Vec::new(),
            links: StackLinks::default(),
        });
        Ok(self.stacks.len() - 1)
    }

    /// Chooses the stack that the next values are read for.
    pub(super) fn select(&mut self, stack: usize) {
        self.current = stack;
    }

    /// Adds a declaration to the selected stack and gives its id.
    pub(super) fn declare(&mut self, declaration: Declaration) -> Result<u32, LimitHit> {
        let id = self.id_of(&declaration.address)?;
        self.stacks[self.current].declarations.push(declaration);
        Ok(id)
    }

    /// Gives the id of a declaration to come in the selected stack.
    pub(super) fn reserve(&mut self, address: Address, place: Place) -> Result<u32, LimitHit> {
        let id = self.id_of(&address)?;
        self.stacks[self.current].reserved.push((address, place));
        Ok(id)
    }

    /// Ids stand for addresses: what is reserved and what is then declared under one address are the same.
    fn id_of(&mut self, address: &Address) -> Result<u32, LimitHit> {
        let stack = &self.stacks[self.current];
        let used = self.ids.len().max(stack.declarations.len() + stack.reserved.len());
        self.limits.check(Limit::Declarations, used as u64 + 1)?;
        let key = (self.current, address.clone());
        if let Some(id) = self.by_address.get(&key) {
            return Ok(*id);
        }
        let id = u32::try_from(self.ids.len()).expect("the limit on declarations is below 2^32");
        self.ids.push(key.clone());
        self.by_address.insert(key, id);
        Ok(id)
    }

    /// Counts what an archive is made of: what it is packed to may be far less.
    pub(super) fn account_archive(&mut self, bytes: usize) -> Result<(), Refusal> {
        if bytes > ASSET_CALL_BYTES {
            return Err(malformed("the files of an archive are at most 8 MiB in all").into());
        }
        Ok(self.account_asset(bytes)?)
    }

    /// Begins a file that comes in pieces.
    pub(super) fn asset_begin(&mut self, name: String, content: Vec<u8>, place: Place) -> Result<u32, Refusal> {
        check_asset_name(&name)?;
        check_piece(&content)?;
        self.account_asset(content.len())?;
        self.limits.check(Limit::Declarations, self.writers.len() as u64 + 1)?;
        self.writers.push(AssetWriter { stack: self.current, begun: Some(BegunAsset { name, content, place }) });
        Ok(u32::try_from(self.writers.len() - 1).expect("the limit on declarations is below 2^32"))
    }

    /// Adds a piece to a file.
    pub(super) fn asset_write(&mut self, writer: u32, content: &[u8]) -> Result<(), Refusal> {
        check_piece(content)?;
        self.account_asset(content.len())?;
        let asset = self.writer(writer)?.begun.as_mut().ok_or_else(ended)?;
        asset.content.extend_from_slice(content);
        Ok(())
    }

    /// Ends a file.
    pub(super) fn asset_end(&mut self, writer: u32) -> Result<Asset, Refusal> {
        let BegunAsset { name, content, place } = self.writer(writer)?.begun.take().ok_or_else(ended)?;
        self.keep_asset(&name, content, place)
    }

    pub(super) fn account_asset(&mut self, bytes: usize) -> Result<(), LimitHit> {
        self.asset_bytes += bytes as u64;
        self.limits.check(Limit::AssetBytes, self.asset_bytes)
    }

    /// Refuses bytes that would be too many, before any of them is read.
    pub(super) fn check_asset(&self, bytes: u64) -> Result<(), LimitHit> {
        self.limits.check(Limit::AssetBytes, self.asset_bytes.saturating_add(bytes))
    }

    /// Returns the selected stack.
    pub(super) fn selected(&mut self) -> &mut StackDeclarations {
        &mut self.stacks[self.current]
    }

    /// Returns the assets of the selected stack.
    pub(super) fn selected_assets(&mut self) -> &mut Vec<Asset> {
        &mut self.stacks[self.current].assets
    }

    /// Adds a file, whose bytes were counted, to the selected stack.
    pub(super) fn keep_asset(&mut self, name: &str, content: Vec<u8>, place: Place) -> Result<Asset, Refusal> {
        self.keep_file_asset(name, content, false, place)
    }

    /// The same with the mode that it has.
    pub(super) fn keep_file_asset(
        &mut self,
        name: &str,
        content: Vec<u8>,
        executable: bool,
        place: Place,
    ) -> Result<Asset, Refusal> {
        let asset = Asset { executable, ..stored_asset(name, content, place)? };
        let assets = &mut self.stacks[self.current].assets;
        self.limits.check(Limit::Declarations, assets.len() as u64 + 1)?;
        assets.push(asset.clone());
        Ok(asset)
    }

    /// Returns a writer of the selected stack.
    fn writer(&mut self, writer: u32) -> Result<&mut AssetWriter, TokenError> {
        self.writers
            .get_mut(writer as usize)
            .filter(|known| known.stack == self.current)
            .ok_or_else(|| TokenError::new("unknown-id", format!("this stack has no asset writer {writer}")))
    }

    /// Counts the bytes of a message, before anything of it is kept.
    pub(super) fn account_log(&mut self, bytes: u64) -> Result<(), LimitHit> {
        self.log_bytes += bytes + 16;
        self.limits.check(Limit::LogBytes, self.log_bytes)
    }

    /// Keeps a message for the user.
    pub(super) fn log(&mut self, level: &str, message: &str, place: Option<Place>) {
        let severity = match level {
            "debug" => Severity::Debug,
            "warning" => Severity::Warning,
            _ => Severity::Info,
        };
        // The first line is the title, as with every diagnostic.
        let (title, rest) = message.split_once('\n').unwrap_or((message, ""));
        let diagnostic = Diagnostic::error("guest-message", title).detail(rest);
        self.diagnostics.push(Diagnostic { severity, place, ..diagnostic });
    }

    /// Keeps a problem that is returned to the guest: the run fails, whatever the guest does about it.
    pub(super) fn problem(&mut self, problem: &TokenError, place: Option<Place>) {
        if self.n_problems >= MOST_PROBLEMS {
            return;
        }
        self.n_problems += 1;
        let (summary, help) = match problem.code {
            "foreign" => ("Reference into another stack", "Name something of this stack."),
            "unsupported" => ("Something that this host does not support", "Use a newer tapwasm, or an older SDK."),
            "outside" => (
                "Not in what is granted",
                "A program reads what `--grant-assets NAME=DIR` grants, or `[assets]` in tapwasm.toml: plain files and folders, by `NAME/…`.",
            ),
            "missing" => ("Nothing there to read", "Look at the path, and at the folder that is granted under its first name."),
            "unknown-id" => ("Unknown id", "This is a fault of the guest's SDK or language bindings."),
            "limit" => ("Limit of the sandbox", "Raise it with `--limit depth=…`, or nest less."),
            _ => ("Malformed declaration", ""),
        };
        let mut diagnostic = Diagnostic::error(problem_code(problem.code), summary).detail(problem.message.clone()).help(help);
        diagnostic.place = place;
        diagnostic.address = problem.about.clone();
        self.diagnostics.push(diagnostic);
    }
}

impl Names for Recorder {
    fn address_of(&self, id: u32) -> Result<Address, TokenError> {
        match self.ids.get(id as usize) {
            Some((stack, address)) if *stack == self.current => Ok(address.clone()),
            Some((stack, address)) => Err(TokenError::new(
                "foreign",
                format!("`{address}` belongs to the stack `{}`, not to this one", self.stacks[*stack].name),
            )),
            None => Err(TokenError::new("unknown-id", format!("nothing was declared or reserved with the id {id}"))),
        }
    }

    fn foreign(&self, id: u32) -> Option<(Name, Address)> {
        let (stack, address) = self.ids.get(id as usize)?;
        (*stack != self.current).then(|| (self.stacks[*stack].name.as_str().into(), address.clone()))
    }

    fn intern(&mut self, name: &str) -> Name {
        if let Some(name) = self.names.get(name) {
            return name.clone();
        }
        let name = Name::from(name);
        self.names.insert(name.clone());
        name
    }
}

/// Why a call was not done: a problem is returned to the guest, a limit stops it.
#[derive(Debug)]
pub(super) enum Refusal {
    Problem(TokenError),
    Limit(LimitHit),
}

impl From<TokenError> for Refusal {
    fn from(error: TokenError) -> Refusal {
        Refusal::Problem(error)
    }
}

impl From<LimitHit> for Refusal {
    fn from(hit: LimitHit) -> Refusal {
        Refusal::Limit(hit)
    }
}

/// Returns the address of a declaration whose kind has labels: the last label is joined with the scope, as CDKTF does it.
pub(super) fn labelled_address(kind: Kind, labels: &mut [Name], scope: &[Name], name: Option<&str>) -> Address {
    if let Some(last) = labels.last_mut() {
        if let Some(name) = name {
            *last = name.into();
        } else if !scope.is_empty() {
            let path: Vec<Name> = scope.iter().cloned().chain([last.clone()]).collect();
            *last = unique_id(&path).into();
        }
    }
    Address::new(kind, labels)
}

/// Returns the address of a kind that Terraform gives none: after what it is about.
pub(super) fn subject_address(kind: Kind, subject: Option<&Expression>) -> Result<Address, TokenError> {
    let subject = match subject {
        Some(Expression::Text(text)) | Some(Expression::Symbol(text)) => text.to_string(),
        Some(expression @ (Expression::Reference(_) | Expression::Index(_) | Expression::Attribute(_))) => {
            crate::model::hcl::expression_text(expression)
        }
        _ => return Err(malformed(format!("{} needs an address: a reference, a symbol or text", kind.a_noun()))),
    };
    Ok(Address::new(kind, &[subject]))
}

/// Checks the labels that a kind needs; whether they are valid names is found by `graph`, with all other faults of that sort.
pub(super) fn check_labels(kind: Kind, labels: &[Name], wanted: usize) -> Result<(), TokenError> {
    if labels.len() != wanted {
        return Err(malformed(format!(
            "{} takes {wanted} {}, not {}",
            kind.a_noun(),
            if wanted == 1 { "label" } else { "labels" },
            labels.len()
        )));
    }
    Ok(())
}

fn check_piece(content: &[u8]) -> Result<(), TokenError> {
    if content.len() > ASSET_CALL_BYTES {
        return Err(malformed("one call carries at most 8 MiB of an asset; use `asset-begin` and `asset-write` for more"));
    }
    Ok(())
}

pub(super) fn check_asset_name(name: &str) -> Result<(), TokenError> {
    let is_fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.is_empty() || name.len() > 100 || name.starts_with('.') || !name.chars().all(is_fine) {
        return Err(malformed(format!(
            "`{name}` is no name for an asset: it takes letters, digits, `-`, `_` and `.` (not at its start), at most 100"
        )));
    }
    Ok(())
}

fn ended() -> TokenError {
    TokenError::new("late", "the asset was ended before")
}

/// Other content has another path: Terraform then sees a change even where a resource has no argument for a digest.
fn stored_asset(name: &str, content: Vec<u8>, place: Place) -> Result<Asset, TokenError> {
    check_asset_name(name)?;
    let sha256: [u8; 32] = Sha256::digest(&content).into();
    let digest: String = sha256[..6].iter().map(|byte| format!("{byte:02x}")).collect();
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) => (stem, format!(".{extension}")),
        None => (name, String::new()),
    };
    Ok(Asset { path: format!("assets/{stem}-{digest}{extension}"), content: content.into(), sha256, executable: false, place })
}

fn problem_code(code: &str) -> &'static str {
    match code {
        "malformed" => "malformed",
        "unknown-id" => "unknown-id",
        "foreign" => "foreign",
        "unsupported" => "unsupported",
        "limit" => "limit",
        "outside" => "asset-outside",
        "missing" => "asset-missing",
        _ => "late",
    }
}
