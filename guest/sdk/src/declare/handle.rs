//! Handles: what a program holds of something declared. Copies of a number; reading from them makes expressions.

use crate::expr::{Accepts, Any, Bool, Expr, ForEach, IntoExpr, List, Num, Object, Str, Type, Value};
use crate::token::Tokens;
use std::marker::PhantomData;
use std::panic::Location;

/// The number that the host gives to a declaration. Only builders make handles of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Id(pub(crate) u32);

impl Id {
    /// What the host refused.
    pub(crate) const REFUSED: Id = Id(u32::MAX);
}

/// The declaration stands for one thing.
pub struct Single;
/// The declaration has `count`: its instances have numbers.
pub struct Counted;
/// The declaration has `for_each`: its instances have keys.
pub struct Keyed;

/// Something declared that others can depend on.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that can be depended on",
    label = "a handle is expected",
    note = "different kinds of handles go into one list by `.dependency()`"
)]
pub trait Referent {
    /// Returns the handle without its type: to put different ones into one list.
    fn dependency(&self) -> Dependency;
}

/// A handle without its type.
#[derive(Clone, Copy)]
pub struct Dependency(pub(crate) Id);

impl Referent for Dependency {
    fn dependency(&self) -> Dependency {
        *self
    }
}

impl<R: Referent + ?Sized> Referent for &R {
    fn dependency(&self) -> Dependency {
        (**self).dependency()
    }
}

/// Handles of one kind (an array, a `Vec`, whatever can be iterated), or of several: a tuple of up to twelve. `M` is always inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that can be depended on",
    label = "an array, a `Vec` or a tuple of handles is expected",
    note = "one handle is an array of one: `[handle]`; handles of several kinds are a tuple: `(role, bucket)`"
)]
pub trait Dependencies<M> {
    /// Adds them to a list.
    #[doc(hidden)]
    fn add_to(self, list: &mut Vec<Dependency>);
}

/// The marker of handles of one kind.
pub struct OfOneKind;
/// The marker of a tuple.
pub struct OfSeveralKinds;

impl<R: Referent, I: IntoIterator<Item = R>> Dependencies<OfOneKind> for I {
    fn add_to(self, list: &mut Vec<Dependency>) {
        list.extend(self.into_iter().map(|handle| handle.dependency()));
    }
}

macro_rules! tuple {
    ($($($name:ident)*;)*) => {$(
        impl<$($name: Referent),*> Dependencies<OfSeveralKinds> for ($($name,)*) {
            #[allow(non_snake_case, reason = "the variables are named as their types")]
            fn add_to(self, list: &mut Vec<Dependency>) {
                let ($($name,)*) = self;
                list.extend([$($name.dependency()),*]);
            }
        }
    )*};
}

tuple! {
    A; A B; A B C; A B C D; A B C D E; A B C D E F; A B C D E F G; A B C D E F G H; A B C D E F G H I; A B C D E F G H I J;
    A B C D E F G H I J K; A B C D E F G H I J K L;
}

impl<T> IntoExpr<T> for Dependency {
    fn write(&self, out: &mut Tokens) {
        out.reference(self.0, "");
    }
}

/// What has instances that can be listed.
pub(crate) trait Several {
    /// Returns all of them as a list.
    fn listed(&self, place: &'static Location<'static>) -> Value;
}

macro_rules! handle {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        pub struct $name<I = Single> {
            id: Id,
            instances: PhantomData<I>,
        }

        impl<I> Clone for $name<I> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<I> Copy for $name<I> {}

        impl<I> From<Id> for $name<I> {
            fn from(id: Id) -> Self {
                $name { id, instances: PhantomData }
            }
        }

        impl<I> Referent for $name<I> {
            fn dependency(&self) -> Dependency {
                Dependency(self.id)
            }
        }

        impl $name<Single> {
            /// Reads an attribute, or a path of attributes, as the type that the context wants.
            #[track_caller]
            pub fn attr<T: Type>(&self, path: &str) -> Expr<T> {
                self.get(path).typed()
            }

            /// Reads an attribute, or a path of attributes, untyped.
            #[track_caller]
            pub fn get(&self, path: &str) -> Value {
                Value::written(Location::caller(), |out| out.reference(self.id, path))
            }

            /// Says that the declaration to come (this one was reserved) will have `count`.
            pub fn counted(self) -> $name<Counted> {
                self.id.into()
            }

            /// Says that the declaration to come (this one was reserved) will have `for_each`.
            pub fn keyed(self) -> $name<Keyed> {
                self.id.into()
            }
        }

        impl IntoExpr<Any> for $name<Single> {
            fn write(&self, out: &mut Tokens) {
                out.reference(self.id, "");
            }
        }

        impl IntoExpr<Object> for $name<Single> {
            fn write(&self, out: &mut Tokens) {
                out.reference(self.id, "");
            }
        }

        impl $name<Counted> {
            /// Picks an instance by its number.
            #[track_caller]
            pub fn at(&self, index: impl IntoExpr<Num>) -> Value {
                whole(self.id, Location::caller()).at(Expr::<Num>::of(index))
            }

            /// Reads an attribute of every instance.
            #[track_caller]
            pub fn all<T: Type>(&self, path: &str) -> Expr<List<T>> {
                whole(self.id, Location::caller()).splat(|instance| instance.get(path))
            }

            /// Returns the list of all instances.
            #[track_caller]
            pub fn instances(&self) -> Expr<List<Object>> {
                whole(self.id, Location::caller()).typed()
            }
        }

        impl Several for $name<Counted> {
            fn listed(&self, place: &'static Location<'static>) -> Value {
                whole(self.id, place)
            }
        }

        impl Several for $name<Keyed> {
            fn listed(&self, place: &'static Location<'static>) -> Value {
                crate::expr::call("values", (whole(self.id, place),))
            }
        }

        impl IntoExpr<ForEach> for $name<Keyed> {
            fn write(&self, out: &mut Tokens) {
                out.reference(self.id, "");
            }
        }

        impl $name<Keyed> {
            /// Picks an instance by its key.
            #[track_caller]
            pub fn at(&self, key: impl IntoExpr<Str>) -> Value {
                whole(self.id, Location::caller()).at(Expr::<Str>::of(key))
            }

            /// Reads an attribute of every instance, in the order of their keys.
            #[track_caller]
            pub fn all<T: Type>(&self, path: &str) -> Expr<List<T>> {
                self.listed(Location::caller()).splat(|instance| instance.get(path))
            }

            /// Returns the map of all instances.
            #[track_caller]
            pub fn instances(&self) -> Expr<crate::expr::Map<Object>> {
                whole(self.id, Location::caller()).typed()
            }
        }
    )*};
}

handle! {
    /// A resource, a data source or an ephemeral resource. `I` tells whether it has `count` or `for_each`: then an instance must be picked
    /// before an attribute can be read.
    ///
    /// ```compile_fail,E0599
    /// # use tapwasm_guest::Stack;
    /// # fn declare(stack: Stack) {
    /// let zones = stack.resource("aws_route53_zone", "zones").for_each(["a.example", "b.example"]).declare();
    /// zones.get("arn"); // which of the two? `zones.at("a.example").get("arn")`
    /// # }
    /// ```
    Handle;
    /// A module. Reading from it reads its outputs.
    ModuleHandle;
}

/// A variable or a local value. `T` is the type of its values; `Any` if nothing was said of it.
pub struct ValueHandle<T = Any> {
    id: Id,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for ValueHandle<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ValueHandle<T> {}

impl ValueHandle {
    /// Returns the value as the type that the context wants.
    #[track_caller]
    pub fn expr<T: Type>(&self) -> Expr<T> {
        self.value().typed()
    }
}

impl<T: Type> ValueHandle<T> {
    /// Returns the value.
    #[track_caller]
    pub fn expr(&self) -> Expr<T> {
        self.value().typed()
    }
}

impl<T> ValueHandle<T> {
    /// Returns the value untyped.
    #[track_caller]
    pub fn value(&self) -> Value {
        whole(self.id, Location::caller())
    }

    /// Reads an attribute of the value, untyped.
    #[track_caller]
    pub fn get(&self, path: &str) -> Value {
        Value::written(Location::caller(), |out| out.reference(self.id, path))
    }
}

impl<T> From<Id> for ValueHandle<T> {
    fn from(id: Id) -> ValueHandle<T> {
        ValueHandle { id, kind: PhantomData }
    }
}

impl<T> Referent for ValueHandle<T> {
    fn dependency(&self) -> Dependency {
        Dependency(self.id)
    }
}

impl<T> IntoExpr<T> for ValueHandle {
    fn write(&self, out: &mut Tokens) {
        out.reference(self.id, "");
    }
}

impl<T: Type, U: Accepts<T>> IntoExpr<U> for ValueHandle<T> {
    fn write(&self, out: &mut Tokens) {
        out.reference(self.id, "");
    }
}

macro_rules! holes {
    ($($kind:ty)*) => {$(
        impl crate::expr::Hole for ValueHandle<$kind> {
            #[track_caller]
            fn add_to(&self, parts: &mut crate::expr::TextParts) {
                parts.hole(&self.value());
            }
        }
    )*};
}

holes!(Any Str Num Bool);

/// A provider configuration: given by [`Builder::provider`](crate::Builder::provider), and as an argument where there is no such method.
///
/// ```
/// # use tapwasm_guest::Stack;
/// # fn declare(stack: Stack) {
/// let west = stack.provider("aws").alias("west").declare();
/// let key = stack.resource("aws_kms_key", "logs").provider(west).declare();
/// stack.import().to(key).id("k-1").provider(west).declare();
/// stack.resource("acme_copy", "logs").set("key", key.get("arn")).set("to", west).declare();
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct ProviderHandle(pub(super) Id);

impl IntoExpr<Any> for ProviderHandle {
    fn write(&self, out: &mut Tokens) {
        out.reference(self.0, "");
    }
}

impl From<Id> for ProviderHandle {
    fn from(id: Id) -> ProviderHandle {
        ProviderHandle(id)
    }
}

/// An output. Nothing in its stack can refer to it, other stacks can; alone among the blocks that nothing refers to it can wait for others.
///
/// ```compile_fail,E0599
/// # use tapwasm_guest::Stack;
/// # fn declare(stack: Stack) {
/// let key = stack.resource("aws_kms_key", "logs").declare();
/// stack.check("key").depends_on([key]).declare();
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct OutputHandle(pub(super) Id);

impl From<Id> for OutputHandle {
    fn from(id: Id) -> OutputHandle {
        OutputHandle(id)
    }
}

#[track_caller]
fn whole(id: Id, place: &'static Location<'static>) -> Value {
    Value::written(place, |out| out.reference(id, ""))
}
