//! Roots by name: what only Terraform knows, and addresses that the program holds no handle of.

use super::{Expr, Num, Str, Value};
use crate::token::Tokens;
use std::panic::Location;

#[track_caller]
fn root(name: &str) -> Value {
    let place = Location::caller();
    Value::written(place, |out| out.symbol(name))
}

/// A root by name, with a path behind it: `path.module`, `terraform.workspace`, `aws_kms_key.logs.arn`, `var.password`. The host checks
/// that it exists; a handle says the same without a name that can be misspelt.
#[track_caller]
pub fn symbol(path: &str) -> Value {
    root(path)
}

/// `each.key`: the key of this instance of a declaration with `for_each`.
#[track_caller]
pub fn each_key() -> Expr<Str> {
    root("each.key").typed()
}

/// `each.value`: the value of this instance of a declaration with `for_each`.
#[track_caller]
pub fn each_value() -> Value {
    root("each.value")
}

/// `count.index`: the number of this instance of a declaration with `count`.
#[track_caller]
pub fn count_index() -> Expr<Num> {
    root("count.index").typed()
}

/// `path.module`: the folder of the stack, where its assets stand.
#[track_caller]
pub fn path_module() -> Expr<Str> {
    root("path.module").typed()
}

/// `path.root`: the folder of the root module, which the stack is: the same as `path.module`.
#[track_caller]
pub fn path_root() -> Expr<Str> {
    root("path.root").typed()
}

/// `path.cwd`: the folder in which Terraform was started. It will differ between machines.
#[track_caller]
pub fn path_cwd() -> Expr<Str> {
    root("path.cwd").typed()
}

/// `null`: no value, where an expression is expected.
#[track_caller]
pub fn null() -> Value {
    Value::written(Location::caller(), Tokens::null)
}

/// `terraform.workspace`: the workspace in use.
#[track_caller]
pub fn terraform_workspace() -> Expr<Str> {
    root("terraform.workspace").typed()
}

/// An expression in Terraform's own notation. The host parses and checks it; prefer anything else that says the same.
#[track_caller]
pub fn raw(expression: &str) -> Value {
    let place = Location::caller();
    Value::written(place, |out| {
        out.form("raw", 1);
        out.text(expression);
    })
}
