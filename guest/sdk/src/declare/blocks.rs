//! The kinds of blocks that a [`Builder`](crate::Builder) can say, as types: each has the methods that mean something for it, and no others.
//! Where a kind gives a handle of its own (`Handle`, `ModuleHandle`, `ProviderHandle`, `OutputHandle`), the handle is the kind.

use super::handle::{Handle, Id, ModuleHandle, OutputHandle, ProviderHandle, Single, ValueHandle};
use crate::expr::Any;
use std::marker::PhantomData;

/// A kind of block that can be declared.
pub trait Declares {
    /// What [`declare`](crate::Builder::declare) gives.
    type Handle: From<Id>;
}

macro_rules! handles {
    ($([$($generics:tt)*] $handle:ty),*) => {$(
        impl<$($generics)*> Declares for $handle {
            type Handle = $handle;
        }
    )*};
}

handles!([I] Handle<I>, [I] ModuleHandle<I>, [] ProviderHandle, [T] ValueHandle<T>, [] OutputHandle);

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident$(<$parameter:ident = $default:ty>)? => $handle:ty;)*) => {$(
        $(#[$doc])*
        pub struct $name$(<$parameter = $default>(PhantomData<$parameter>))?;

        impl$(<$parameter>)? Declares for $name$(<$parameter>)? {
            type Handle = $handle;
        }
    )*};
}

kinds! {
    /// A data source. It has no provisioners, and of `lifecycle` conditions alone.
    ///
    /// ```compile_fail,E0599
    /// # use tapwasm_guest::{Lifecycle, Stack};
    /// # fn declare(stack: Stack) {
    /// stack.data("aws_region", "current").lifecycle(Lifecycle::new().prevent_destroy(true)).declare();
    /// # }
    /// ```
    Data<I = Single> => Handle<I>;
    /// An ephemeral resource: it is opened in each run and stored nowhere, so it has no past and no provisioners.
    ///
    /// ```compile_fail,E0599
    /// # use tapwasm_guest::{LocalExec, Stack};
    /// # fn declare(stack: Stack) {
    /// stack.ephemeral("random_password", "database").provisioner(|_| LocalExec::new("true")).declare();
    /// # }
    /// ```
    Ephemeral<I = Single> => Handle<I>;
    /// A variable whose values are of the type `T`; `Any` until [`of_type`](crate::Builder::of_type) says more.
    Variable<T = Any> => ValueHandle<T>;
    /// A local value.
    Local => ValueHandle;
    /// The block `terraform`.
    Settings => ();
    /// A block `moved`.
    Moved => ();
    /// A block `import`.
    Import => ();
    /// A check.
    Check => ();
    /// A block `removed` that says what becomes of the real object.
    Removed => ();
}

/// A block `removed` that does not say yet what becomes of the real object, and cannot be declared before it does. Its name is what the
/// compiler's message shows.
pub struct ForgetOrDestroy;
