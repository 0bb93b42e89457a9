//! Stacks and scopes: where declarations begin.

use super::blocks::{Check, Data, Ephemeral, ForgetOrDestroy, Import, Local, Moved, Settings, Variable};
use super::builder::Builder;
use super::handle::{Handle, Id, ModuleHandle, OutputHandle, ProviderHandle, ValueHandle};
use crate::asset::{Archive, Asset};
use crate::backend::{self, Declare, Kind, Request};
use std::cell::RefCell;
use std::panic::Location;

thread_local! {
    /// The scopes by number; the first one is the top. So a stack stays `Copy`.
    static SCOPES: RefCell<Vec<Vec<String>>> = RefCell::new(vec![Vec::new()]);
}

/// One output folder, one state. Copies are the same stack.
///
/// Names are explicit, and a scope goes before them: `stack.scope("api").resource("aws_sqs_queue", "jobs")` has the address that CDKTF
/// gives to this path, so that stacks deployed with CDKTF keep their addresses.
#[derive(Clone, Copy)]
pub struct Stack {
    pub(super) index: u32,
    pub(super) scope: u32,
}

impl Stack {
    /// Opens a stack; its name is the name of its folder. The same name gives the same stack.
    #[track_caller]
    pub fn new(name: impl AsRef<str>) -> Stack {
        Stack { index: backend::open(name.as_ref(), Location::caller()), scope: 0 }
    }

    /// Returns the same stack with a name put before the names of what is declared through it.
    pub fn scope(self, name: impl AsRef<str>) -> Stack {
        let scope = SCOPES.with_borrow_mut(|scopes| {
            let mut path = scopes[self.scope as usize].clone();
            path.push(name.as_ref().to_owned());
            scopes.iter().position(|known| *known == path).unwrap_or_else(|| {
                scopes.push(path);
                scopes.len() - 1
            })
        });
        Stack { index: self.index, scope: scope as u32 }
    }

    /// Starts a resource of a provider's type.
    #[track_caller]
    pub fn resource(self, kind: &str, name: impl AsRef<str>) -> Builder<Handle> {
        self.start(Kind::Resource, backend::resource, &[kind, name.as_ref()])
    }

    /// Starts a data source.
    #[track_caller]
    pub fn data(self, kind: &str, name: impl AsRef<str>) -> Builder<Data> {
        self.start(Kind::Data, backend::data, &[kind, name.as_ref()])
    }

    /// Starts an ephemeral resource.
    #[track_caller]
    pub fn ephemeral(self, kind: &str, name: impl AsRef<str>) -> Builder<Ephemeral> {
        self.start(Kind::Ephemeral, backend::ephemeral, &[kind, name.as_ref()])
    }

    /// Starts the configuration of a provider.
    #[track_caller]
    pub fn provider(self, name: impl AsRef<str>) -> Builder<ProviderHandle> {
        self.start(Kind::Provider, backend::provider, &[name.as_ref()])
    }

    /// Starts a variable: its [type](Builder::of_type), and what else is to be said of it. What is known before the program runs is an
    /// input, not a variable.
    #[track_caller]
    pub fn variable(self, name: impl AsRef<str>) -> Builder<Variable> {
        self.start(Kind::Variable, backend::variable, &[name.as_ref()])
    }

    /// Starts a local value: say its `value`.
    #[track_caller]
    pub fn local(self, name: impl AsRef<str>) -> Builder<Local> {
        self.start(Kind::Local, backend::local, &[name.as_ref()])
    }

    /// Starts an output: say its `value`.
    #[track_caller]
    pub fn output(self, name: impl AsRef<str>) -> Builder<OutputHandle> {
        self.start(Kind::Output, backend::output, &[name.as_ref()])
    }

    /// Starts a call of a module: its [`source`](Builder::source), and its variables by [`input`](Builder::input).
    #[track_caller]
    pub fn module(self, name: impl AsRef<str>) -> Builder<ModuleHandle> {
        self.start(Kind::Module, backend::module, &[name.as_ref()])
    }

    /// Starts a block `moved`: something has another address than before.
    #[track_caller]
    pub fn moved(self) -> Builder<Moved> {
        self.start(Kind::Moved, backend::moved, &[])
    }

    /// Starts a block `import`: something that exists comes under Terraform's care.
    #[track_caller]
    pub fn import(self) -> Builder<Import> {
        self.start(Kind::Import, backend::import, &[])
    }

    /// Starts a block `removed`: something is not declared any more.
    #[track_caller]
    pub fn removed(self) -> Builder<ForgetOrDestroy> {
        self.start(Kind::Removed, backend::removed, &[])
    }

    /// Starts a check: conditions that warn, and a data source for them.
    #[track_caller]
    pub fn check(self, name: impl AsRef<str>) -> Builder<Check> {
        self.start(Kind::Check, backend::check, &[name.as_ref()])
    }

    /// Starts an addition to the block `terraform`: versions, providers, where the state is. Several are merged.
    #[track_caller]
    pub fn settings(self) -> Builder<Settings> {
        self.start(Kind::Settings, backend::settings, &[])
    }

    /// Gives the handle of a resource that is declared later: for references that go forward.
    #[track_caller]
    pub fn reserve_resource(self, kind: &str, name: impl AsRef<str>) -> Handle {
        self.reserve(Kind::Resource, &[kind, name.as_ref()])
    }

    /// Gives the handle of a data source that is declared later.
    #[track_caller]
    pub fn reserve_data(self, kind: &str, name: impl AsRef<str>) -> Handle {
        self.reserve(Kind::Data, &[kind, name.as_ref()])
    }

    /// Gives the handle of an ephemeral resource that is declared later.
    #[track_caller]
    pub fn reserve_ephemeral(self, kind: &str, name: impl AsRef<str>) -> Handle {
        self.reserve(Kind::Ephemeral, &[kind, name.as_ref()])
    }

    /// Gives the handle of a module that is called later.
    #[track_caller]
    pub fn reserve_module(self, name: impl AsRef<str>) -> ModuleHandle {
        self.reserve(Kind::Module, &[name.as_ref()])
    }

    /// Gives the handle of a variable that is declared later.
    #[track_caller]
    pub fn reserve_variable(self, name: impl AsRef<str>) -> ValueHandle {
        self.reserve(Kind::Variable, &[name.as_ref()])
    }

    /// Gives the handle of a local value that is declared later.
    #[track_caller]
    pub fn reserve_local(self, name: impl AsRef<str>) -> ValueHandle {
        self.reserve(Kind::Local, &[name.as_ref()])
    }

    /// Gives the handle of a provider configuration that is declared later.
    #[track_caller]
    pub fn reserve_provider(self, name: &str, alias: Option<&str>) -> ProviderHandle {
        let labels = [name, alias.unwrap_or_default()];
        self.reserve(Kind::Provider, &labels[..1 + usize::from(alias.is_some())])
    }

    /// Adds a file beside the stack's configuration. Its path carries a digest: other content, other path.
    #[track_caller]
    pub fn asset(self, name: &str, content: impl AsRef<[u8]>) -> Asset {
        backend::asset(self.index, name, content.as_ref(), Location::caller())
    }

    /// Adds a zip archive of files: the same bytes for the same files. The name has no extension.
    #[track_caller]
    pub fn zip(self, name: &str, files: &[(&str, &[u8])]) -> Asset {
        files.iter().fold(self.archive(name), |archive, (path, content)| archive.file(path, content)).declare()
    }

    /// Starts a zip archive, file by file.
    #[track_caller]
    pub fn archive(self, name: &str) -> Archive {
        Archive::new(self.index, name, Location::caller())
    }

    pub(crate) fn index(self) -> u32 {
        self.index
    }

    #[track_caller]
    fn start<H>(self, kind: Kind, declare: Declare, labels: &[&str]) -> Builder<H> {
        Builder::new(self.index, declare, self.request(kind, labels, Location::caller()))
    }

    #[track_caller]
    fn reserve<H: From<Id>>(self, kind: Kind, labels: &[&str]) -> H {
        backend::reserve(self.index, self.request(kind, labels, Location::caller())).into()
    }

    pub(super) fn scope_path(self) -> Vec<String> {
        SCOPES.with_borrow(|scopes| scopes[self.scope as usize].clone())
    }

    fn request(self, kind: Kind, labels: &[&str], place: &'static Location<'static>) -> Request {
        Request {
            kind,
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
            body: Vec::new(),
            meta: Vec::new(),
            scope: self.scope_path(),
            place,
            extras: Vec::new(),
        }
    }
}
