//! Declaring: stacks, builders, bodies, handles.

mod block;
mod body;
mod builder;
mod handle;
mod lifecycle;
mod resource;
mod stack;
mod stacks;

pub use body::Body;
pub use builder::Builder;
pub use handle::{
    Counted, Dependency, Handle, Id, Keyed, ModuleHandle, OutputHandle, ProviderHandle, Referent, Single, ValueHandle,
};
pub use lifecycle::Lifecycle;
pub use stack::Stack;
