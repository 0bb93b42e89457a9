//! What can be given to an argument: what [`IntoExpr`] takes, or an `Option` of it.

use super::IntoExpr;
use crate::token::Tokens;

/// Something that can be given to an argument where Terraform expects a `T`, or `None`: then the argument is not set.
///
/// `M` tells the compiler which of the forms it is; it is always inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given where Terraform expects `{T}`",
    label = "Terraform expects `{T}` here",
    note = "text is `Str`, numbers are `Num`; a handle with `count` or `for_each` must be indexed: `handle.at(…)`; `value.typed()` takes your word for a type"
)]
pub trait IntoArgument<T, M> {
    /// Writes the value, and returns whether there is one.
    fn write_argument(&self, out: &mut Tokens) -> bool;

    /// Writes a value that nobody else needs; may save a copy.
    fn write_owned_argument(self, out: &mut Tokens) -> bool
    where
        Self: Sized,
    {
        self.write_argument(out)
    }
}

/// The marker of a value.
pub struct Given;
/// The marker of an `Option`.
pub struct Optional;
/// The marker of a reference to an `Option`.
pub struct OptionalReference;

impl<T, E: IntoExpr<T> + ?Sized> IntoArgument<T, Given> for E {
    fn write_argument(&self, out: &mut Tokens) -> bool {
        self.write(out);
        true
    }

    fn write_owned_argument(self, out: &mut Tokens) -> bool
    where
        Self: Sized,
    {
        self.write_owned(out);
        true
    }
}

impl<T, E: IntoExpr<T>> IntoArgument<T, Optional> for Option<E> {
    fn write_argument(&self, out: &mut Tokens) -> bool {
        self.as_ref().is_some_and(|value| value.write_argument(out))
    }

    fn write_owned_argument(self, out: &mut Tokens) -> bool {
        self.is_some_and(|value| value.write_owned_argument(out))
    }
}

impl<T, E: IntoExpr<T>> IntoArgument<T, OptionalReference> for &Option<E> {
    fn write_argument(&self, out: &mut Tokens) -> bool {
        (*self).write_argument(out)
    }
}
