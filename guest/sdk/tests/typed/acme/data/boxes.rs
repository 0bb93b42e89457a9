//! The data source `acme_boxes`.

use ::tapwasm_guest::typed as sdk;
use sdk::Readable as _;

sdk::data!("acme_boxes", Boxes, BoxesBuilder);

/// Starts a data source `acme_boxes`.
#[track_caller]
pub fn boxes(scope: sdk::Scope, name: impl AsRef<str>) -> BoxesBuilder {
    BoxesBuilder(scope.data("acme_boxes", name))
}

impl<I> BoxesBuilder<I> {
    /// String, optional.
    #[track_caller]
    pub fn provider_<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("provider", value))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn filter(self, blocks: impl sdk::IntoBlocks<FilterBlock, sdk::AnyNumber>) -> Self {
        Self(self.0.set_blocks("filter", blocks))
    }
}

impl<S: sdk::Readable> Boxes<S> {
    /// Set of string, computed.
    pub fn ids(&self) -> sdk::Expr<sdk::Set<sdk::Str>> {
        self.0.read("ids")
    }

    /// String, optional.
    pub fn provider(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("provider")
    }

    /// Blocks, any number.
    pub fn filter(&self) -> sdk::Expr<sdk::Set<FilterAttributes>> {
        self.0.read("filter")
    }
}

/// A block `filter`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct Filter<Name, Values> {
    /// String, required.
    pub name: Name,
    /// Set of string, required.
    pub values: Values,
}

sdk::literal!("filter", Filter => FilterBlock {
    name: Name [sdk::IntoExpr<sdk::Str>] set_typed("name"),
    values: Values [sdk::IntoExpr<sdk::Set<sdk::Str>>] set_typed("values"),
});

sdk::attributes!("filter", FilterAttributes);

impl FilterAttributes {
    /// String, required.
    pub fn name(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("name")
    }

    /// Set of string, required.
    pub fn values(&self) -> sdk::Expr<sdk::Set<sdk::Str>> {
        self.0.read("values")
    }
}
