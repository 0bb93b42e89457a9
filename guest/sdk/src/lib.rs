//! What a stack is written with: a guest declares Terraform resources, the host `tapwasm` evaluates it in a sandbox and writes them as
//! Terraform JSON. A whole guest:
//!
//! ```
//! use std::collections::BTreeMap;
//! use tapwasm_guest::{Body, Expr, Inputs, Lifecycle, Result, S3Backend, Stack, Str, json, program, tf};
//!
//! program!(build);
//!
//! /// What differs between environments.
//! #[derive(Inputs)]
//! pub struct LogInputs {
//!     /// Suffix of every name.
//!     #[input(pattern = "^[a-z0-9-]{1,20}$", default = "dev")]
//!     suffix: String,
//!     /// Tags of everything.
//!     #[input(default = { "CostCenter": "payments" })]
//!     tags: BTreeMap<String, String>,
//!     /// How long logs are kept.
//!     #[input(one_of = [30, 90, 365], default = 90)]
//!     retention_in_days: u16,
//!     /// Who may read them.
//!     readers: Option<String>,
//! }
//!
//! pub fn build(inputs: LogInputs) -> Result {
//!     let suffix = &inputs.suffix;
//!     let stack = Stack::new(format!("Logs{suffix}"));
//!     stack
//!         .settings()
//!         .required_version(">= 1.10")
//!         .required_provider("aws", "hashicorp/aws", "~> 6.0")
//!         .backend(S3Backend::new("states", "logs.tfstate", "eu-west-1").use_lockfile(true))
//!         .declare();
//!     stack.provider("aws").block("default_tags", Body::new().set("tags", &inputs.tags)).declare();
//!
//!     let caller = stack.data("aws_caller_identity", "current").declare();
//!     let account: Expr<Str> = caller.attr("account_id");
//!     let policy = json!({
//!         "Version": "2012-10-17",
//!         "Statement": [
//!             { "Effect": "Allow", "Principal": { "AWS": tf!("arn:aws:iam::{account}:root") }, "Action": "kms:*", "Resource": "*" },
//!         ],
//!     });
//!     let key = stack
//!         .resource("aws_kms_key", "logs")
//!         .set("deletion_window_in_days", 7)
//!         .set("policy", policy.to_json())
//!         .lifecycle(Lifecycle::new().prevent_destroy(true))
//!         .declare();
//!     for name in ["api", "worker"] {
//!         let group = stack
//!             .resource("aws_cloudwatch_log_group", name)
//!             .set("name", tf!("/payments/{name}-{suffix}"))
//!             .set("retention_in_days", inputs.retention_in_days)
//!             .set("kms_key_id", key.get("arn"))
//!             .set("tags", inputs.readers.as_ref().map(|readers| json!({ "Readers": readers })))
//!             .declare();
//!         stack.output(format!("{name}_group")).value(group.get("arn")).declare();
//!     }
//!     Ok(())
//! }
//!
//! // In `#[cfg(test)]`: the same program, evaluated natively.
//! # fn main() {
//! let evaluated = tapwasm_guest::testing::evaluate(build, r#"{ "suffix": "test" }"#);
//! let stack = evaluated.stack("Logstest");
//! let group = stack.resource("aws_cloudwatch_log_group.api");
//! assert_eq!(group.argument("name"), "/payments/api-test");
//! assert_eq!(group.argument("kms_key_id").to_string(), "aws_kms_key.logs.arn");
//! let policy = stack.resource("aws_kms_key.logs").argument("policy").json();
//! assert_eq!(policy["Statement"][0]["Principal"]["AWS"], "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root");
//! # }
//! ```
//!
//! Its `Cargo.toml` says `crate-type = ["cdylib", "rlib"]` and depends on this crate alone; `tapwasm build` does the rest.
//!
//! - **Known and unknown.** Inputs, loops and `if`s are Rust's own. What only Terraform will know is an [`Expr`] or a [`Value`]: read from a
//!   handle, put into text with [`tf!`], into documents with [`json!`], never printed.
//! - **Every block has its own words.** A [`Builder`] has the methods that mean something for its [kind](blocks): types of
//!   [variables](types), backends, conditions, provisioners, moves. What Terraform would refuse, the compiler often refuses first.
//! - **Everything is reachable.** Any provider's type goes through [`Stack::resource`] and [`Builder::set`]; [`functions`] with their types,
//!   Terraform's own notation through [`raw`].
//! - **Typed bindings come on top.** `tapwasm bindgen` makes them of a provider's schema: functions, blocks and attributes with [types](typed).
//! - **Nothing is lost silently.** An argument that is set twice, a builder that is dropped undeclared and a number that is none are errors of
//!   the run, each with its place, all shown at once. What the host refuses is the host's error: `declare` needs no `?`.
//! - **No ambient world.** No files but [granted ones](files), no clock, environment, network or randomness; `println!` goes nowhere, [`info!`] reaches the user.

// The macros name this crate as guests do.
#[allow(unused_extern_crates, reason = "used by what the macros expand to, in tests")]
extern crate self as tapwasm_guest;

mod asset;
mod backend;
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod bindings;
mod complaint;
mod declare;
mod error;
mod expr;
pub mod files;
mod inputs;
pub mod log;
mod program;
#[cfg(not(target_arch = "wasm32"))]
pub mod testing;
mod token;
pub mod typed;

#[doc(hidden)]
pub use program::private as __private;

pub use asset::{Archive, Asset};
pub use declare::{
    AzureBackend, Backend, Body, Builder, Cloud, Connection, Counted, Declared, Dependencies, Dependency, FileCopy, GcsBackend,
    GitSource, Handle, Id, Keyed, KnownText, Lifecycle, LocalBackend, LocalExec, ModuleHandle, OutputHandle, ProviderHandle,
    Provisioner, Referent, RegistrySource, RemoteExec, S3AssumeRole, S3Backend, S3Endpoints, S3WebIdentity, Scope, ScopedData,
    Single, Source, SshConnection, Stack, Target, This, ValueHandle, WinRmConnection, blocks, types,
};
pub use error::{Error, Result};
pub use expr::*;
pub use inputs::{Input, InputError, Inputs, Json, Secret};
pub use program::{API_VERSION, Program};
pub use tapwasm_guest_macros::{Inputs, json, tf};
pub use token::{Token, Tokens};
pub use typed::{Instances, dynamic};

/// Returns what the host tells under a name, beside the inputs: `contract` is the version of the contract that it speaks. Nothing of the
/// machine, the user, the place or the time is ever told.
pub fn context(name: &str) -> Option<String> {
    backend::context(name)
}
