//! What typed bindings are made of. They are generated from a provider's schema: a function, a builder and a handle for each of its types,
//! structs for its nested blocks and objects. Authors meet [`dynamic`] and [`Instances`] of it; the rest is for the bindings.
//!
//! Bindings name all of it through this module, under one name that no struct of theirs can have: `use ::tapwasm_guest::typed as sdk;`.

mod blocks;
mod instances;
mod macros;
mod schema;

pub use blocks::{
    AnyNumber, AtLeastOne, AtMostOne, Blocks, Count, Dynamic, ExactlyOne, IntoBlock, IntoBlocks, Labelled, dynamic,
};
pub use instances::Instances;

#[doc(hidden)]
pub use crate::{
    __typed_attributes as attributes, __typed_block as block, __typed_data as data, __typed_ephemeral as ephemeral,
    __typed_literal as literal, __typed_object as object, __typed_object_literal as object_literal, __typed_provider as provider,
    __typed_resource as resource,
};
#[doc(hidden)]
pub use crate::{
    Any, Attributes, Body, Bool, Builder, Expr, Handle, IntoArgument, IntoExpr, List, Map, Num, Object, OfValue, ProviderHandle,
    Scope, Set, Single, Str, Value, blocks::Data, blocks::Ephemeral, provider_function,
};

use crate::This;

/// What attributes are read from: a handle of one thing, an instance, the thing itself.
pub trait Readable: IntoExpr<Any> {
    /// Reads an attribute as what the schema says it is.
    fn read<R: OfValue>(&self, name: &str) -> R;
}

macro_rules! readable {
    ($($rust:ty),*) => {$(
        impl Readable for $rust {
            fn read<R: OfValue>(&self, name: &str) -> R {
                R::of_value(self.get(name))
            }
        }
    )*};
}

readable!(Handle, Value, This);
