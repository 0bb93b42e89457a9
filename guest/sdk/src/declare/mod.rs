//! Declaring: stacks, builders, bodies, handles, and what each kind of block has of its own.

mod adopt;
mod after;
mod aspect;
pub mod blocks;
mod body;
mod builder;
mod check;
mod component;
mod connection;
mod dynamic;
mod edit;
mod handle;
mod lifecycle;
mod literal;
mod module;
mod note;
mod output;
mod override_;
mod provider;
mod provisioner;
mod remote_state;
mod resource;
mod setters;
mod settings;
mod source;
mod stack;
mod stacks;
mod state;
mod target;
mod this;
pub mod types;
mod variable;

pub use aspect::Declared;
pub(crate) use aspect::reset as reset_aspects;
pub use body::Body;
pub use builder::Builder;
pub use check::ScopedData;
pub use component::Scope;
pub use connection::{Connection, SshConnection, WinRmConnection};
pub(crate) use handle::Several;
pub use handle::{
    Counted, Dependencies, Dependency, Handle, Id, Keyed, ModuleHandle, OutputHandle, ProviderHandle, Referent, Single,
    ValueHandle,
};
pub use lifecycle::Lifecycle;
pub(crate) use note::{drop_validations, run_validations};
pub use provisioner::{FileCopy, LocalExec, Provisioner, RemoteExec};
pub use source::{GitSource, RegistrySource, Source};
pub use stack::Stack;
pub use state::{
    AzureBackend, Backend, Cloud, GcsBackend, KnownText, LocalBackend, S3AssumeRole, S3Backend, S3Endpoints, S3WebIdentity,
};
pub use target::Target;
pub use this::This;
