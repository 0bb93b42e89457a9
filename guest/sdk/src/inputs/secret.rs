//! Inputs that the program never sees.

use super::schema::Secrets;
use super::{Input, InputError, Json, Keywords, Schema};
use crate::expr::{Any, Expr, IntoExpr, Str, TextParts, Value};
use crate::token::Tokens;

/// A secret: an expression of text, `var.<name>`. The host declares a sensitive variable for it; its value is given when Terraform applies.
///
/// It stands at the top of the inputs, by itself and without a default: the program cannot even see whether it is given, and its name is
/// that of a variable. Anything else does not compile:
///
/// ```compile_fail,E0080
/// # use tapwasm_guest::{Inputs, Secret};
/// #[derive(Inputs)]
/// struct Database {
///     password: Option<Secret>, // a secret is no `Option`
/// }
/// ```
///
/// ```compile_fail,E0080
/// # use tapwasm_guest::{Inputs, Secret};
/// #[derive(Inputs)]
/// struct Databases {
///     passwords: Vec<Secret>, // not in a list or a map
/// }
/// ```
///
/// ```compile_fail,E0080
/// # use tapwasm_guest::{Inputs, Secret};
/// #[derive(Inputs)]
/// struct Application {
///     database: Database, // not in a struct inside
/// }
///
/// #[derive(Inputs)]
/// struct Database {
///     password: Secret,
/// }
/// ```
#[derive(Clone)]
pub struct Secret {
    name: String,
}

impl Secret {
    /// Returns the expression.
    #[track_caller]
    pub fn expr(&self) -> Expr<Str> {
        Value::of(self).typed()
    }
}

impl Input for Secret {
    const SCHEMA: Schema =
        Schema { required: false, secrets: Secrets::Itself, ..Schema::of("string", Keywords::Text(r#","writeOnly":true"#)) };

    fn read(_: Option<&Json>, path: &str) -> Result<Secret, InputError> {
        Ok(Secret { name: path.to_owned() })
    }
}

impl IntoExpr<Str> for Secret {
    fn write(&self, out: &mut Tokens) {
        out.symbol(format!("var.{}", self.name));
    }
}

impl IntoExpr<Any> for Secret {
    fn write(&self, out: &mut Tokens) {
        IntoExpr::<Str>::write(self, out);
    }
}

impl crate::expr::Hole for Secret {
    fn add_to(&self, parts: &mut TextParts) {
        parts.hole(&self.expr());
    }
}
