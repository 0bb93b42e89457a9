//! What typed bindings give where something has `count` or `for_each`.

use crate::declare::{Counted, Dependency, Handle, Keyed, Referent, Several};
use crate::expr::{Expr, ForEach, IntoExpr, List, Map, Num, OfValue, Str, all};
use crate::token::Tokens;
use std::marker::PhantomData;
use std::panic::Location;

/// A declaration whose instances are read as a `T`: one must be picked before an attribute can be read. `I` tells whether it has
/// [`count`](Counted) or [`for_each`](Keyed).
pub struct Instances<I, T> {
    handle: Handle<I>,
    instance: PhantomData<fn() -> T>,
}

impl<I, T> Clone for Instances<I, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I, T> Copy for Instances<I, T> {}

impl<I, T> From<Handle<I>> for Instances<I, T> {
    fn from(handle: Handle<I>) -> Self {
        Instances { handle, instance: PhantomData }
    }
}

impl<I, T> Referent for Instances<I, T> {
    fn dependency(&self) -> Dependency {
        self.handle.dependency()
    }
}

impl<T> IntoExpr<ForEach> for Instances<Keyed, T> {
    fn write(&self, out: &mut Tokens) {
        IntoExpr::<ForEach>::write(&self.handle, out);
    }
}

macro_rules! instances {
    ($($count:ty, $index:ty => $all:ty;)*) => {$(
        impl<T: OfValue> Instances<$count, T> {
            /// Picks an instance.
            #[track_caller]
            pub fn at(&self, index: impl IntoExpr<$index>) -> T {
                T::of_value(self.handle.at(index))
            }

            /// Returns all instances.
            #[track_caller]
            pub fn instances(&self) -> Expr<$all> {
                self.handle.instances().untyped().typed()
            }
        }
    )*};
}

instances! {
    Counted, Num => List<T::Kind>;
    Keyed, Str => Map<T::Kind>;
}

#[allow(private_bounds, reason = "counted or keyed: there are no others")]
impl<I, T: OfValue> Instances<I, T>
where
    Handle<I>: Several,
{
    /// Reads of every instance what the closure reads of one, in the order of their numbers or keys.
    #[track_caller]
    pub fn all<R: OfValue>(&self, read: impl FnOnce(T) -> R) -> Expr<List<R::Kind>> {
        let place = Location::caller();
        all(self.handle.listed(place).tokens(), place, read)
    }
}

impl<I, T> Instances<I, T> {
    /// Returns the handle without the type of its instances.
    pub fn untyped(&self) -> Handle<I> {
        self.handle
    }
}
