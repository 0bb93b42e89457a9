//! The resource `acme_box`.

use ::tapwasm_guest::typed as sdk;
use sdk::Readable as _;

sdk::resource!("acme_box", Box, BoxBuilder);

/// Starts a resource `acme_box`.
///
/// A box with everything in it.
#[track_caller]
pub fn box_<
    Type: sdk::IntoExpr<sdk::Str>,
    Owner: sdk::IntoExpr<OwnerAttributes>,
    Wall_: sdk::IntoBlocks<WallBlock, sdk::AtLeastOne>,
    Handle_: sdk::IntoBlocks<Handle, sdk::AtLeastOne>,
>(
    scope: sdk::Scope,
    name: impl AsRef<str>,
    required: Required<Type, Owner, Wall_, Handle_>,
) -> BoxBuilder {
    BoxBuilder(
        scope
            .resource("acme_box", name)
            .set_typed("type", required.type_)
            .set_typed("owner", required.owner)
            .set_blocks_within("wall", 2..=4, required.wall)
            .set_blocks("handle", required.handle),
    )
}

/// What `acme_box` cannot be without.
pub struct Required<Type, Owner, Wall_, Handle_> {
    /// String, required.
    pub type_: Type,
    /// Object, required.
    pub owner: Owner,
    /// Blocks, 2 to 4.
    pub wall: Wall_,
    /// Blocks, at least one.
    pub handle: Handle_,
}

impl<I> BoxBuilder<I> {
    /// Number, optional.
    ///
    /// How many pieces it holds.
    #[track_caller]
    pub fn count_<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("count", value))
    }

    /// String, optional.
    #[deprecated]
    #[track_caller]
    pub fn lifecycle_<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("lifecycle", value))
    }

    /// String, optional, sensitive, write-only.
    #[track_caller]
    pub fn password<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("password", value))
    }

    /// Anything, optional.
    #[track_caller]
    pub fn anything<M>(self, value: impl sdk::IntoArgument<sdk::Any, M>) -> Self {
        Self(self.0.set_typed("anything", value))
    }

    /// Map of object, optional.
    #[track_caller]
    pub fn labels<M>(self, value: impl sdk::IntoArgument<sdk::Map<LabelsAttributes>, M>) -> Self {
        Self(self.0.set_typed("labels", value))
    }

    /// List of object, optional.
    #[track_caller]
    pub fn points<M>(self, value: impl sdk::IntoArgument<sdk::List<PointsAttributes>, M>) -> Self {
        Self(self.0.set_typed("points", value))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn lid(self, blocks: impl sdk::IntoBlocks<Lid, sdk::AtMostOne>) -> Self {
        Self(self.0.set_blocks("lid", blocks))
    }

    /// Blocks, at most 2.
    #[track_caller]
    pub fn shelf(self, blocks: impl sdk::IntoBlocks<Shelf, sdk::AnyNumber>) -> Self {
        Self(self.0.set_blocks_within("shelf", 0..=2, blocks))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn drawer(
        self,
        blocks: impl sdk::IntoBlocks<sdk::Labelled<DrawerBlock>, sdk::AnyNumber>,
    ) -> Self {
        Self(self.0.set_blocks("drawer", blocks))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn sticker(self, blocks: impl sdk::IntoBlocks<Sticker, sdk::AnyNumber>) -> Self {
        Self(self.0.set_blocks("sticker", blocks))
    }
}

impl<S: sdk::Readable> Box<S> {
    /// String, computed.
    pub fn id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("id")
    }

    /// String, required.
    pub fn type_(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("type")
    }

    /// Number, optional.
    ///
    /// How many pieces it holds.
    pub fn count(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("count")
    }

    /// String, optional.
    #[deprecated]
    pub fn lifecycle(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("lifecycle")
    }

    /// Anything, optional.
    pub fn anything(&self) -> sdk::Value {
        self.0.read("anything")
    }

    /// Tuple, computed.
    pub fn pair(&self) -> sdk::Value {
        self.0.read("pair")
    }

    /// Bool, computed.
    pub fn untyped_(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("untyped")
    }

    /// Object, required.
    pub fn owner(&self) -> OwnerAttributes {
        self.0.read("owner")
    }

    /// Map of object, optional.
    pub fn labels(&self) -> sdk::Expr<sdk::Map<LabelsAttributes>> {
        self.0.read("labels")
    }

    /// List of object, optional.
    pub fn points(&self) -> sdk::Expr<sdk::List<PointsAttributes>> {
        self.0.read("points")
    }

    /// List of object, computed.
    pub fn log(&self) -> sdk::Expr<sdk::List<LogAttributes>> {
        self.0.read("log")
    }

    /// Block, at most one.
    pub fn lid(&self) -> LidAttributes {
        self.0.read("lid")
    }

    /// Blocks, 2 to 4.
    pub fn wall(&self) -> sdk::Expr<sdk::List<WallAttributes>> {
        self.0.read("wall")
    }

    /// Blocks, at most 2.
    pub fn shelf(&self) -> sdk::Expr<sdk::Set<ShelfAttributes>> {
        self.0.read("shelf")
    }

    /// Blocks, at least one.
    pub fn handle(&self) -> sdk::Expr<sdk::List<HandleAttributes>> {
        self.0.read("handle")
    }

    /// Blocks, any number.
    pub fn drawer(&self) -> sdk::Expr<sdk::Map<DrawerAttributes>> {
        self.0.read("drawer")
    }

    /// Blocks, any number.
    pub fn sticker(&self) -> sdk::Expr<sdk::List<StickerAttributes>> {
        self.0.read("sticker")
    }
}

/// An object `owner`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct Owner<Name> {
    /// String, required.
    pub name: Name,
}

sdk::object_literal!("owner", Owner => OwnerObject => OwnerAttributes {
    name: Name [sdk::IntoExpr<sdk::Str>] set_typed("name"),
});

impl OwnerObject {
    /// String, optional.
    #[track_caller]
    pub fn mail<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("mail", value))
    }
}

sdk::attributes!("owner", OwnerAttributes);

impl OwnerAttributes {
    /// String, required.
    pub fn name(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("name")
    }

    /// String, optional.
    pub fn mail(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("mail")
    }

    /// Number, computed.
    pub fn uid(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("uid")
    }
}

sdk::object!("labels", Labels => LabelsAttributes []);

impl Labels {
    /// String, optional.
    #[track_caller]
    pub fn colour<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("colour", value))
    }

    /// List of object, optional.
    #[track_caller]
    pub fn print<M>(self, value: impl sdk::IntoArgument<sdk::List<PrintAttributes>, M>) -> Self {
        Self(self.0.set_typed("print", value))
    }
}

sdk::attributes!("labels", LabelsAttributes);

impl LabelsAttributes {
    /// String, optional.
    pub fn colour(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("colour")
    }

    /// List of object, optional.
    pub fn print(&self) -> sdk::Expr<sdk::List<PrintAttributes>> {
        self.0.read("print")
    }
}

/// An object `print`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct Print<Text> {
    /// String, required.
    pub text: Text,
}

sdk::object_literal!("print", Print => PrintObject => PrintAttributes {
    text: Text [sdk::IntoExpr<sdk::Str>] set_typed("text"),
});

impl PrintObject {
    /// Bool, optional.
    #[track_caller]
    pub fn bold<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("bold", value))
    }
}

sdk::attributes!("print", PrintAttributes);

impl PrintAttributes {
    /// String, required.
    pub fn text(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("text")
    }

    /// Bool, optional.
    pub fn bold(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("bold")
    }
}

sdk::object!("points", Points => PointsAttributes ["x", "y", "tags"]);

impl Points {
    /// Number, optional.
    #[track_caller]
    pub fn x<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("x", value))
    }

    /// Number, optional.
    #[track_caller]
    pub fn y<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("y", value))
    }

    /// Set of string, optional.
    #[track_caller]
    pub fn tags<M>(self, value: impl sdk::IntoArgument<sdk::Set<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("tags", value))
    }
}

sdk::attributes!("points", PointsAttributes);

impl PointsAttributes {
    /// Number, optional.
    pub fn x(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("x")
    }

    /// Number, optional.
    pub fn y(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("y")
    }

    /// Set of string, optional.
    pub fn tags(&self) -> sdk::Expr<sdk::Set<sdk::Str>> {
        self.0.read("tags")
    }
}

sdk::attributes!("log", LogAttributes);

impl LogAttributes {
    /// String, optional.
    pub fn at(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("at")
    }
}

sdk::block!("lid", Lid);

impl Lid {
    /// Bool, optional.
    #[track_caller]
    pub fn new_<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("new", value))
    }
}

sdk::attributes!("lid", LidAttributes);

impl LidAttributes {
    /// Bool, optional.
    pub fn new(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("new")
    }
}

/// A block `wall`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct Wall<Height, Paint> {
    /// Number, required.
    pub height: Height,
    /// Block, required.
    pub paint: Paint,
}

sdk::literal!("wall", Wall => WallBlock {
    height: Height [sdk::IntoExpr<sdk::Num>] set_typed("height"),
    paint: Paint [sdk::IntoBlocks<WallPaintBlock, sdk::ExactlyOne>] set_blocks("paint"),
});

sdk::attributes!("wall", WallAttributes);

impl WallAttributes {
    /// Number, required.
    pub fn height(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("height")
    }

    /// Block, required.
    pub fn paint(&self) -> sdk::Expr<sdk::List<WallPaintAttributes>> {
        self.0.read("paint")
    }
}

/// A block `paint`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct WallPaint<Colour> {
    /// String, required.
    pub colour: Colour,
}

sdk::literal!("paint", WallPaint => WallPaintBlock {
    colour: Colour [sdk::IntoExpr<sdk::Str>] set_typed("colour"),
});

impl WallPaintBlock {
    /// Number, optional.
    #[track_caller]
    pub fn coats<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("coats", value))
    }
}

sdk::attributes!("paint", WallPaintAttributes);

impl WallPaintAttributes {
    /// String, required.
    pub fn colour(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("colour")
    }

    /// Number, optional.
    pub fn coats(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("coats")
    }
}

sdk::block!("shelf", Shelf);

impl Shelf {
    /// Number, optional.
    #[track_caller]
    pub fn depth<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("depth", value))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn paint(self, blocks: impl sdk::IntoBlocks<ShelfPaint, sdk::AtMostOne>) -> Self {
        Self(self.0.set_blocks("paint", blocks))
    }
}

sdk::attributes!("shelf", ShelfAttributes);

impl ShelfAttributes {
    /// Number, optional.
    pub fn depth(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("depth")
    }

    /// Block, at most one.
    pub fn paint(&self) -> sdk::Expr<sdk::List<ShelfPaintAttributes>> {
        self.0.read("paint")
    }
}

sdk::block!("paint", ShelfPaint);

impl ShelfPaint {
    /// String, optional.
    #[track_caller]
    pub fn shade<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("shade", value))
    }
}

sdk::attributes!("paint", ShelfPaintAttributes);

impl ShelfPaintAttributes {
    /// String, optional.
    pub fn shade(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("shade")
    }
}

sdk::block!("handle", Handle);

impl Handle {
    /// String, optional.
    #[track_caller]
    pub fn side<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("side", value))
    }
}

sdk::attributes!("handle", HandleAttributes);

impl HandleAttributes {
    /// String, optional.
    pub fn side(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("side")
    }
}

/// A block `drawer`: what is required of it; `.with()` goes on with the rest.
#[must_use = "it does nothing until it is given to a setter"]
pub struct Drawer<Lock> {
    /// Bool, required.
    pub lock: Lock,
}

sdk::literal!("drawer", Drawer => DrawerBlock {
    lock: Lock [sdk::IntoExpr<sdk::Bool>] set_typed("lock"),
});

sdk::attributes!("drawer", DrawerAttributes);

impl DrawerAttributes {
    /// Bool, required.
    pub fn lock(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("lock")
    }
}

sdk::block!("sticker", Sticker);

impl Sticker {
    /// String, optional.
    #[track_caller]
    pub fn text<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("text", value))
    }

    /// Blocks, any number.
    #[track_caller]
    pub fn sticker(self, blocks: impl sdk::IntoBlocks<StickerSticker, sdk::AnyNumber>) -> Self {
        Self(self.0.set_blocks("sticker", blocks))
    }
}

sdk::attributes!("sticker", StickerAttributes);

impl StickerAttributes {
    /// String, optional.
    pub fn text(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("text")
    }

    /// Blocks, any number.
    pub fn sticker(&self) -> sdk::Expr<sdk::List<StickerStickerAttributes>> {
        self.0.read("sticker")
    }
}

sdk::block!("sticker", StickerSticker);

impl StickerSticker {
    /// String, optional.
    #[track_caller]
    pub fn url<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("url", value))
    }
}

sdk::attributes!("sticker", StickerStickerAttributes);

impl StickerStickerAttributes {
    /// String, optional.
    pub fn url(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("url")
    }
}
