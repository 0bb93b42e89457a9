//! Terraform's functions, typed: all that Terraform 1.11 has, under their own names. A name that is a word of Rust's ends in `_`
//! ([`try_`]).
//!
//! A type of a parameter is that of Terraform's signature, or a closer one where Terraform itself looks closer: `keys` takes no text. Where a function
//! takes any number of arguments, these are a tuple, an array or a `Vec`: `max((a, 2))`, `cidrsubnets("10.0.0.0/16", [4, 4, 8])`; a list that
//! Terraform shall take apart is [`Expand`](super::Expand): `max(Expand(list))`. A type parameter that nothing tells is said:
//! `distinct::<Str>(["a", "b"])`.
//!
//! Each is a call that Terraform makes, even where all arguments are known: what the program knows is better computed in Rust.

mod collections;
mod dates;
mod encoding;
mod filesystem;
mod hashes;
mod lists;
mod networks;
mod numbers;
mod sets;
mod strings;
mod types;

pub use collections::*;
pub use dates::*;
pub use encoding::*;
pub use filesystem::*;
pub use hashes::*;
pub use lists::*;
pub use networks::*;
pub use numbers::*;
pub use sets::*;
pub use strings::*;
pub use types::*;

/// What a function takes and gives, as its declaration says it: for tests that compare it with Terraform's own list.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Signature {
    /// Terraform's name.
    pub name: &'static str,
    /// Names and types of the parameters that are always there.
    pub parameters: &'static [(&'static str, &'static str)],
    /// Name and type of the parameter that stands any number of times.
    pub variadic: Option<(&'static str, &'static str)>,
    /// The result's type.
    pub result: &'static str,
}

/// The signatures of all functions of this module.
#[doc(hidden)]
pub fn signatures() -> impl Iterator<Item = Signature> {
    let topics = [
        collections::SIGNATURES,
        dates::SIGNATURES,
        encoding::SIGNATURES,
        filesystem::SIGNATURES,
        hashes::SIGNATURES,
        lists::SIGNATURES,
        networks::SIGNATURES,
        numbers::SIGNATURES,
        sets::SIGNATURES,
        strings::SIGNATURES,
        types::SIGNATURES,
    ];
    topics.into_iter().flatten().copied()
}

/// Declares functions by their signatures: `name<T>(parameter: Type; any_number: Type) -> Result;`. A name that differs from Terraform's is
/// followed by Terraform's: `try_ = "try"`.
macro_rules! functions {
    ($(
        $(#[$doc:meta])*
        $name:ident $(= $terraform:literal)? $(<$($generic:ident),+>)?
            ($($parameter:ident: $type:ty),* $(; $variadic:ident: $each:ty)?) -> $result:ty;
    )*) => {
        $(
            $(#[$doc])*
            #[track_caller]
            pub fn $name $(<$($generic: $crate::expr::Type),+>)? (
                $($parameter: impl $crate::expr::IntoExpr<$type>,)*
                $($variadic: impl $crate::expr::call::Arguments<$each>,)?
            ) -> $result {
                let place = std::panic::Location::caller();
                let first = |_out: &mut $crate::token::Tokens| {
                    let count = 0;
                    $(
                        $crate::expr::IntoExpr::<$type>::write_owned($parameter, _out);
                        let count = count + 1;
                    )*
                    count
                };
                let name = functions!(@name $name $($terraform)?);
                $crate::expr::OfValue::of_value(functions!(@call name, place, first, $($variadic: $each)?))
            }
        )*

        pub(super) const SIGNATURES: &[super::Signature] = &[$(
            super::Signature {
                name: functions!(@name $name $($terraform)?),
                parameters: &[$((stringify!($parameter), stringify!($type))),*],
                variadic: functions!(@variadic $($variadic: $each)?),
                result: stringify!($result),
            }
        ),*];
    };
    (@name $name:ident) => { stringify!($name) };
    (@name $name:ident $terraform:literal) => { $terraform };
    (@call $name:ident, $place:ident, $first:ident,) => {
        $crate::expr::call::written::<$crate::expr::Any>($name, $place, $first, ())
    };
    (@call $name:ident, $place:ident, $first:ident, $variadic:ident: $each:ty) => {
        $crate::expr::call::written::<$each>($name, $place, $first, $variadic)
    };
    (@variadic) => { None };
    (@variadic $variadic:ident: $each:ty) => { Some((stringify!($variadic), stringify!($each))) };
}
use functions;
