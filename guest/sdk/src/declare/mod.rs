//! Declaring: stacks, builders, bodies, handles.

mod after;
mod aspect;
mod block;
mod body;
mod builder;
mod component;
mod edit;
mod handle;
mod lifecycle;
mod note;
mod override_;
mod resource;
mod stack;

pub use aspect::Declared;
pub(crate) use aspect::reset as reset_aspects;
pub use body::Body;
pub use builder::Builder;
pub use component::Scope;
pub use handle::{
    Counted, Dependency, Handle, Id, Keyed, ModuleHandle, OutputHandle, ProviderHandle, Referent, Single, ValueHandle,
};
pub use lifecycle::Lifecycle;
pub(crate) use note::{drop_validations, run_validations};
pub use stack::Stack;
