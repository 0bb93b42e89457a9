//! Declaring: stacks, builders, bodies, handles, and what each kind of block has of its own.

mod adopt;
pub mod blocks;
mod body;
mod builder;
mod check;
mod connection;
mod dynamic;
mod handle;
mod lifecycle;
mod literal;
mod module;
mod output;
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

pub use body::Body;
pub use builder::Builder;
pub use check::ScopedData;
pub use connection::{Connection, SshConnection, WinRmConnection};
pub use handle::{
    Counted, Dependency, Handle, Id, Keyed, ModuleHandle, OutputHandle, ProviderHandle, Referent, Single, ValueHandle,
};
pub use lifecycle::Lifecycle;
pub use provisioner::{FileCopy, LocalExec, Provisioner, RemoteExec};
pub use source::{GitSource, RegistrySource, Source};
pub use stack::Stack;
pub use state::{
    AzureBackend, Backend, Cloud, GcsBackend, KnownText, LocalBackend, S3AssumeRole, S3Backend, S3Endpoints, S3WebIdentity,
};
pub use target::Target;
pub use this::This;
