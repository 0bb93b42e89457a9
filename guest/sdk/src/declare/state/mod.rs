//! Where Terraform keeps a stack's state. Terraform reads this before it evaluates anything, so all of it is known while the program runs:
//! the methods take Rust's own values, no expressions. Credentials have no place here, they would be stored beside the state: whoever runs
//! Terraform gives them by its environment.

mod azure;
mod cloud;
mod gcs;
mod local;
mod s3;

pub use azure::AzureBackend;
pub use cloud::Cloud;
pub use gcs::GcsBackend;
pub use local::LocalBackend;
pub use s3::{S3AssumeRole, S3Backend, S3Endpoints, S3WebIdentity};

use super::Body;

/// A backend of any type: what the typed ones become.
///
/// ```compile_fail,E0277
/// # use tapwasm_guest::{Expr, S3Backend, Str};
/// # fn f(account: Expr<Str>) {
/// S3Backend::new(account, "app.tfstate", "eu-west-1"); // no expression can stand here
/// # }
/// ```
///
/// ```
/// # use tapwasm_guest::{Backend, Body, Stack};
/// # fn declare(stack: Stack) {
/// stack.settings().backend(Backend::new("consul", Body::new().set("path", "states/app"))).declare();
/// # }
/// ```
#[must_use = "a backend does nothing until it is given to `.backend(…)`"]
#[derive(Clone)]
pub struct Backend {
    pub(super) kind: String,
    pub(super) body: Body,
}

impl Backend {
    /// Makes a backend of a type, with its arguments and blocks. An empty body leaves everything to `-backend-config`.
    pub fn new(kind: &str, body: Body) -> Backend {
        Backend { kind: kind.to_owned(), body }
    }
}

/// Text that is known while the program runs.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not text that is known while the program runs",
    label = "Terraform reads where a state is before it evaluates anything: no expression can stand here"
)]
pub trait KnownText {
    /// Returns the text.
    fn into_text(self) -> String;
}

macro_rules! known_text {
    ($($rust:ty),*) => {
        $(impl KnownText for $rust {
            fn into_text(self) -> String {
                self.into()
            }
        })*
    };
}

known_text!(&str, String, &String, std::borrow::Cow<'_, str>);

/// Adds a method for each argument, named as Terraform names it.
macro_rules! known {
    ($rust:ty { $($(#[$doc:meta])* $name:ident: $form:ident;)* }) => {
        impl $rust {
            $($crate::declare::state::known!(@ $(#[$doc])* $name: $form);)*

            /// Sets an argument that has no method here.
            #[track_caller]
            pub fn set<M>(mut self, name: &str, value: impl $crate::IntoArgument<$crate::Any, M>) -> Self {
                self.body.add::<$crate::Any, M>(name, value, ::std::panic::Location::caller());
                self
            }
        }
    };
    (@ $(#[$doc:meta])* $name:ident: text) => {
        $(#[$doc])*
        #[track_caller]
        pub fn $name(mut self, value: impl $crate::KnownText) -> Self {
            self.body.add::<$crate::Any, _>(stringify!($name), value.into_text(), ::std::panic::Location::caller());
            self
        }
    };
    (@ $(#[$doc:meta])* $name:ident: texts) => {
        $(#[$doc])*
        #[track_caller]
        pub fn $name<T: $crate::KnownText>(mut self, values: impl IntoIterator<Item = T>) -> Self {
            let values: Vec<String> = values.into_iter().map($crate::KnownText::into_text).collect();
            self.body.add::<$crate::Any, _>(stringify!($name), values, ::std::panic::Location::caller());
            self
        }
    };
    (@ $(#[$doc:meta])* $name:ident: tags) => {
        $(#[$doc])*
        #[track_caller]
        pub fn $name<K: $crate::KnownText, V: $crate::KnownText>(mut self, entries: impl IntoIterator<Item = (K, V)>) -> Self {
            let entries: ::std::collections::BTreeMap<String, String> =
                entries.into_iter().map(|(key, value)| (key.into_text(), value.into_text())).collect();
            self.body.add::<$crate::Any, _>(stringify!($name), entries, ::std::panic::Location::caller());
            self
        }
    };
    (@ $(#[$doc:meta])* $name:ident: yes) => {
        $(#[$doc])*
        #[track_caller]
        pub fn $name(mut self, yes: bool) -> Self {
            self.body.add::<$crate::Any, _>(stringify!($name), yes, ::std::panic::Location::caller());
            self
        }
    };
    (@ $(#[$doc:meta])* $name:ident: number) => {
        $(#[$doc])*
        #[track_caller]
        pub fn $name(mut self, value: u32) -> Self {
            self.body.add::<$crate::Any, _>(stringify!($name), value, ::std::panic::Location::caller());
            self
        }
    };
}

/// Makes the type of a backend.
macro_rules! backend {
    ($kind:literal $(#[$doc:meta])* $name:ident $arguments:tt) => {
        $(#[$doc])*
        #[must_use = "a backend does nothing until it is given to `.backend(…)`"]
        #[derive(Clone)]
        pub struct $name {
            body: $crate::declare::Body,
        }

        impl $name {
            /// Starts with nothing: what is not said here comes by `terraform init -backend-config`.
            #[allow(clippy::new_without_default, reason = "nothing is no default: someone else gives the rest")]
            pub fn partial() -> $name {
                $name { body: $crate::declare::Body::new() }
            }
        }

        impl From<$name> for $crate::declare::state::Backend {
            fn from(backend: $name) -> $crate::declare::state::Backend {
                $crate::declare::state::Backend::new($kind, backend.body)
            }
        }

        $crate::declare::state::known!($name $arguments);
    };
}

use {backend, known};
