//! Running a program natively, in a test: what it declares can be looked at, argument by argument.
//!
//! Inputs are read as the host hands them over, defaults included; the host's own checks (patterns, references, names, cycles) are its own.
//!
//! ```
//! use tapwasm_guest::{Result, Stack, testing::evaluate, tf};
//!
//! fn build() -> Result {
//!     let stack = Stack::new("demo");
//!     let key = stack.resource("aws_kms_key", "logs").set("deletion_window_in_days", 7).declare();
//!     stack.resource("aws_kms_alias", "logs").set("name", "alias/logs").set("target", tf!("key {}", key.get("id"))).declare();
//!     Ok(())
//! }
//!
//! let evaluated = evaluate(build, "{}");
//! let stack = evaluated.stack("demo");
//! assert_eq!(stack.addresses(), ["aws_kms_key.logs", "aws_kms_alias.logs"]);
//! let alias = stack.resource("aws_kms_alias.logs");
//! assert_eq!(alias.argument("name"), "alias/logs");
//! assert_eq!(alias.argument("target").to_string(), "\"key ${aws_kms_key.logs.id}\"");
//! ```

mod body;
mod evaluated;
mod node;
mod notation;
mod note;

pub use body::{BodyNode, Entry};
pub use evaluated::{Declaration, Evaluated, EvaluatedStack, Failure, LogLine, evaluate};
pub use node::Node;
pub use note::{Note, OverrideLine};

/// Grants a folder to the programs that are evaluated on this thread from now on, as `--grant-assets NAME=FOLDER` does.
pub fn grant(name: &str, folder: impl AsRef<std::path::Path>) {
    crate::backend::grant(name, folder.as_ref());
}
