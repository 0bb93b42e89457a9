//! What `moved`, `import` and `removed` speak of: addresses, of what is declared and of what is not any more.

use super::handle::{Dependency, Handle, ModuleHandle, Referent};
use crate::expr::{IntoExpr, Str, Value};
use crate::token::Tokens;
use crate::typed::Instances;

/// The address of something: text (`aws_kms_key.logs`, `module.old`, `aws_kms_key.logs["a"]`), a handle, or an instance that was picked of one:
/// `handle.at("a")`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no address",
    label = "text, a handle, or an instance that was picked of one is expected"
)]
pub trait Target {
    /// Writes the address.
    #[doc(hidden)]
    fn write_target(&self, out: &mut Tokens);
}

macro_rules! targets {
    ($([$($generics:tt)*] $rust:ty: |$value:ident, $out:ident| $write:expr;)*) => {$(
        impl<$($generics)*> Target for $rust {
            fn write_target(&self, $out: &mut Tokens) {
                let $value = self;
                $write;
            }
        }
    )*};
}

targets! {
    [] &str: |text, out| out.text(*text);
    [] String: |text, out| out.text(text);
    [] Value: |instance, out| IntoExpr::<Str>::write(instance, out);
    [] Dependency: |handle, out| IntoExpr::<Str>::write(handle, out);
    [I] Handle<I>: |handle, out| handle.dependency().write_target(out);
    [I, T] Instances<I, T>: |handle, out| handle.dependency().write_target(out);
    [I] ModuleHandle<I>: |handle, out| handle.dependency().write_target(out);
    [T: Target] &T: |target, out| (**target).write_target(out);
}

/// An address as the value of an argument.
pub(super) struct Address<T>(pub(super) T);

impl<T: Target> IntoExpr<Str> for Address<T> {
    fn write(&self, out: &mut Tokens) {
        self.0.write_target(out);
    }
}
