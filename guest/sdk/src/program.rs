//! The program: what `program!` makes of a guest's `build`, and how it is run. Exports exist on wasm only: two guests in one native test
//! would clash on them.

use crate::declare::{drop_validations, reset_aspects, run_validations};
use crate::inputs::Inputs;
use crate::inputs::schema::Schema;
use crate::{Result, complaint};

/// The version of the contract that this SDK speaks.
pub const API_VERSION: &str = "0.1.0";

/// What can be a program: `fn(T) -> tapwasm_guest::Result` with inputs, or without. `M` is always inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no program",
    label = "expected `fn build(inputs: T) -> tapwasm_guest::Result` where `T` has `#[derive(Inputs)]`, or `fn build() -> tapwasm_guest::Result`"
)]
pub trait Program<M>: Copy {
    /// Its inputs.
    type Inputs: Inputs;
    /// The schema of its inputs.
    const SCHEMA: Schema;

    /// Declares its stacks.
    fn run(self, inputs: Self::Inputs) -> Result;
}

impl<T: Inputs, F: Fn(T) -> Result + Copy> Program<fn(T)> for F {
    type Inputs = T;
    const SCHEMA: Schema = T::SCHEMA;

    fn run(self, inputs: T) -> Result {
        self(inputs)
    }
}

impl<F: Fn() -> Result + Copy> Program<fn()> for F {
    type Inputs = ();
    const SCHEMA: Schema = <() as crate::inputs::Input>::SCHEMA;

    fn run(self, (): ()) -> Result {
        self()
    }
}

/// Runs a program, and adds what the SDK itself found wrong.
pub(crate) fn run<M, P: Program<M>>(program: P, inputs: P::Inputs) -> Result {
    reset_aspects();
    drop_validations();
    let result = program.run(inputs);
    if result.is_ok() {
        run_validations();
    }
    // They may hold what the program built.
    reset_aspects();
    drop_validations();
    let complaints = complaint::take();
    // The program's own error comes first: it may be why a builder was left.
    result?;
    complaints.map_or(Ok(()), Err)
}

/// Makes a function the guest's program: `program!(build);`. Its name and version are the crate's; `name = "…"` gives another name, under
/// which its snapshots are stored.
///
/// Exports on wasm only; in native code the function's type is checked all the same.
///
/// ```compile_fail,E0277
/// tapwasm_guest::program!(build);
/// fn build(inputs: String) -> tapwasm_guest::Result { Ok(()) } // `String` does not describe a program's inputs
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! program {
    ($build:path $(,)?) => {
        $crate::program!($build, name = ::core::env!("CARGO_PKG_NAME"));
    };
    ($build:path, name = $name:expr $(,)?) => {
        const _: () = {
            const SCHEMA: $crate::__private::Schema = $crate::__private::schema_of(&$build);
            const SCHEMA_TEXT: [u8; SCHEMA.length()] = SCHEMA.text();
            const NAME: &str = $crate::__private::checked_name($name);
            const VERSION: &str = ::core::env!("CARGO_PKG_VERSION");
            const DESCRIPTION_PARTS: [&[u8]; 7] = [
                b"{\"name\":\"",
                NAME.as_bytes(),
                b"\",\"version\":\"",
                VERSION.as_bytes(),
                b"\",\"inputs\":",
                &SCHEMA_TEXT,
                b"}",
            ];
            const DESCRIPTION: [u8; $crate::__private::length(&DESCRIPTION_PARTS)] =
                $crate::__private::joined(&DESCRIPTION_PARTS);
            $crate::__export_program!($build, NAME, VERSION, SCHEMA_TEXT, DESCRIPTION);
        };
    };
}

/// The part of `program!` that a target decides: this crate's, which is the guest's.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[macro_export]
macro_rules! __export_program {
    ($build:path, $name:expr, $version:expr, $schema:expr, $description:expr) => {
        #[used]
        #[unsafe(link_section = "tapwasm:api-version")]
        static API_VERSION_SECTION: [u8; $crate::__private::API_VERSION.len()] =
            $crate::__private::joined(&[$crate::__private::API_VERSION.as_bytes()]);
        #[used]
        #[unsafe(link_section = "tapwasm:description")]
        static DESCRIPTION_SECTION: [u8; $description.len()] = $description;

        struct Exported;

        impl $crate::__private::Guest for Exported {
            fn describe() -> $crate::__private::Description {
                $crate::__private::describe($name, $version, &$schema)
            }

            fn build(inputs: ::std::string::String) -> ::core::result::Result<(), $crate::__private::Failure> {
                $crate::__private::build($build, &inputs)
            }
        }

        $crate::bindings::export!(Exported with_types_in $crate::bindings);
    };
}

/// The part of `program!` that a target decides: nothing is exported in native code.
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __export_program {
    ($build:path, $name:expr, $version:expr, $schema:expr, $description:expr) => {
        const _: usize = $description.len();
    };
}

/// What `program!` and the derive expand to; no part of the API.
#[allow(missing_docs, reason = "no part of the API")]
pub mod private {
    pub use super::API_VERSION;
    use super::Program;
    pub use crate::inputs::schema::{Field, Keywords, Schema, check_secrets};
    pub use crate::inputs::{read_field, read_object, read_variant};

    #[cfg(target_arch = "wasm32")]
    pub use super::export::{build, describe};
    #[cfg(target_arch = "wasm32")]
    pub use crate::bindings::exports::tapwasm::stack::program::{Description, Failure, Guest};

    /// Writes a body as an object: what typed bindings' objects are.
    pub fn write_object(body: &crate::Body, every: &[&str], out: &mut crate::Tokens) {
        body.write_object(every, out);
    }

    pub const fn schema_of<M, P: Program<M>>(_: &P) -> Schema {
        P::SCHEMA
    }

    /// Returns the name if it needs no escaping in JSON.
    pub const fn checked_name(name: &'static str) -> &'static str {
        let bytes = name.as_bytes();
        let mut position = 0;
        while position < bytes.len() {
            let valid = bytes[position].is_ascii_alphanumeric() || matches!(bytes[position], b'-' | b'_' | b'.');
            assert!(valid, "a program's name is made of letters, digits, `-`, `_` and `.`");
            position += 1;
        }
        assert!(position > 0, "a program's name is not empty");
        name
    }

    pub const fn length(parts: &[&[u8]]) -> usize {
        let mut length = 0;
        let mut position = 0;
        while position < parts.len() {
            length += parts[position].len();
            position += 1;
        }
        length
    }

    pub const fn joined<const N: usize>(parts: &[&[u8]]) -> [u8; N] {
        let mut bytes = [0; N];
        let mut length = 0;
        let mut position = 0;
        while position < parts.len() {
            let mut byte = 0;
            while byte < parts[position].len() {
                bytes[length] = parts[position][byte];
                length += 1;
                byte += 1;
            }
            position += 1;
        }
        bytes
    }
}

/// What the exports of a guest do.
#[cfg(target_arch = "wasm32")]
#[allow(missing_docs, reason = "no part of the API")]
mod export {
    use super::{Program, run};
    use crate::Error;
    use crate::backend;
    use crate::bindings::exports::tapwasm::stack::program::{Description, Failure};
    use crate::inputs::Inputs;

    pub fn describe(name: &str, version: &str, schema: &[u8]) -> Description {
        Description {
            name: name.to_owned(),
            version: version.to_owned(),
            inputs: String::from_utf8_lossy(schema).into_owned(),
            extras: Vec::new(),
        }
    }

    pub fn build<M, P: Program<M>>(program: P, inputs: &str) -> Result<(), Failure> {
        backend::report_panics();
        let inputs = P::Inputs::from_json(inputs).map_err(|error| Failure {
            message: error.to_string(),
            place: None,
            extras: Vec::new(),
        })?;
        run(program, inputs).map_err(|error: Error| Failure {
            message: error.message().to_owned(),
            place: Some(backend::to_place(error.place())),
            extras: Vec::new(),
        })
    }
}
