//! Nested blocks of known types, and how many of each there may be.

use crate::complaint::complain;
use crate::declare::Body;
use crate::expr::{Any, IntoExpr, Value};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::panic::Location;

/// One nested block of the type `B`: the block itself, or the literal that says what is required of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no block `{B}`",
    label = "a block `{B}` is expected here",
    note = "a block is a literal of what is required, `::new()` where nothing is, and what their setters give"
)]
pub trait IntoBlock<B> {
    /// Returns what stands in it.
    #[track_caller]
    fn into_body(self) -> Body;
}

/// Nested blocks of the type `B`, as many as `C` says: a block, an `Option` of one, an array or a `Vec`, and [`dynamic`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given where Terraform expects blocks `{B}`",
    label = "Terraform expects blocks `{B}` here: `{C}`",
    note = "a block is a literal of what is required, `::new()` where nothing is, and what their setters give",
    note = "where none will do, an `Option` of it is, too; where several may stand, an array or a `Vec`; `dynamic(…)` everywhere"
)]
pub trait IntoBlocks<B, C> {
    /// Adds them.
    #[track_caller]
    fn add_to(self, blocks: &mut Blocks<'_>);
}

/// How many nested blocks of a type there may be.
pub trait Count {
    /// The least number.
    const MIN: usize;
    /// The greatest number.
    const MAX: usize;
}

macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident = $min:expr, $max:expr;)*) => {$(
        $(#[$doc])*
        pub struct $name;

        impl Count for $name {
            const MIN: usize = $min;
            const MAX: usize = $max;
        }
    )*};
}

counts! {
    /// The block must be there, once.
    ExactlyOne = 1, 1;
    /// The block may be there, once.
    AtMostOne = 0, 1;
    /// The block must be there, any number of times.
    AtLeastOne = 1, usize::MAX;
    /// The block may be there, any number of times.
    AnyNumber = 0, usize::MAX;
}

/// Takes the nested blocks of a type.
pub struct Blocks<'a> {
    body: &'a mut Body,
    kind: &'a str,
    /// As many as Terraform will say.
    is_dynamic: bool,
}

impl<'a> Blocks<'a> {
    pub(crate) fn new(body: &'a mut Body, kind: &'a str) -> Blocks<'a> {
        Blocks { body, kind, is_dynamic: false }
    }

    /// Adds a block.
    pub fn add(&mut self, body: Body) {
        self.body.add_block(self.kind, &[], body);
    }

    fn add_labelled(&mut self, label: &str, body: Body) {
        self.body.add_block(self.kind, &[label], body);
    }

    /// Complains where the blocks are too many or too few. What dynamic ones yield, Terraform counts.
    pub(crate) fn check(self, count: RangeInclusive<usize>, place: &'static Location<'static>) {
        let (kind, n_known, max) = (self.kind, self.body.n_blocks(self.kind), *count.end());
        if n_known > max {
            let (times, allowed) = (times(n_known), if max == 1 { "at most one".to_owned() } else { format!("at most {max}") });
            complain(format!("the block `{kind}` is given {times}: {allowed} can stand here"), place);
        } else if n_known < *count.start() && !self.is_dynamic {
            let given = if n_known == 0 { "not given".to_owned() } else { format!("given {}", times(n_known)) };
            let needed = if *count.start() == 1 { "at least one".to_owned() } else { format!("at least {}", count.start()) };
            complain(format!("the block `{kind}` is {given}: {needed} must stand here"), place);
        }
    }
}

fn times(n: usize) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

macro_rules! several {
    ($([$($n:tt)*] $rust:ty, $count:ty;)*) => {$(
        impl<B, E: IntoBlock<B>, $($n)*> IntoBlocks<B, $count> for $rust {
            fn add_to(self, blocks: &mut Blocks<'_>) {
                // A loop, no closure: places are the caller's.
                for block in IntoIterator::into_iter(self) {
                    blocks.add(block.into_body());
                }
            }
        }
    )*};
}

several! {
    [] Option<E>, AtMostOne;
    [] Option<E>, AnyNumber;
    [] Vec<E>, AtLeastOne;
    [] Vec<E>, AnyNumber;
    [const N: usize] [E; N], AnyNumber;
}

impl<B, E: IntoBlock<B>, const N: usize> IntoBlocks<B, AtLeastOne> for [E; N] {
    fn add_to(self, blocks: &mut Blocks<'_>) {
        const { assert!(N > 0, "at least one block must stand here") };
        for block in self {
            blocks.add(block.into_body());
        }
    }
}

/// Blocks `B` whose labels are the keys of a map: an array or a `Vec` of pairs of key and block, or a `BTreeMap`.
pub struct Labelled<B>(std::marker::PhantomData<B>);

macro_rules! labelled {
    ($([$($n:tt)*] $rust:ty, $count:ty;)*) => {$(
        impl<B, K: AsRef<str>, E: IntoBlock<B>, $($n)*> IntoBlocks<Labelled<B>, $count> for $rust {
            fn add_to(self, blocks: &mut Blocks<'_>) {
                for (key, block) in self {
                    blocks.add_labelled(key.as_ref(), block.into_body());
                }
            }
        }
    )*};
}

labelled! {
    [const N: usize] [(K, E); N], AtLeastOne;
    [const N: usize] [(K, E); N], AnyNumber;
    [] Vec<(K, E)>, AtLeastOne;
    [] Vec<(K, E)>, AnyNumber;
    [] BTreeMap<K, E>, AtLeastOne;
    [] BTreeMap<K, E>, AnyNumber;
}

/// As many blocks as a collection has items that is not known while the program runs: see [`dynamic`].
#[must_use = "a dynamic block does nothing until it is given to a setter"]
pub struct Dynamic<F> {
    items: Value,
    block: F,
}

/// Makes as many nested blocks as a collection has items that is not known while the program runs (Terraform's `dynamic`). The closure receives
/// key and value of an item, which a block in the block can read too. Over a known collection, a `Vec` is simpler.
#[track_caller]
pub fn dynamic<R, F: FnOnce(Value, Value) -> R>(items: impl IntoExpr<Any>, block: F) -> Dynamic<F> {
    Dynamic { items: Value::of(items), block }
}

impl<B, C, R: IntoBlock<B>, F: FnOnce(Value, Value) -> R> IntoBlocks<B, C> for Dynamic<F> {
    fn add_to(self, blocks: &mut Blocks<'_>) {
        let place = Location::caller();
        blocks.is_dynamic = true;
        blocks.body.add_dynamic(blocks.kind, self.items, |key, value| (self.block)(key, value).into_body(), place);
    }
}
