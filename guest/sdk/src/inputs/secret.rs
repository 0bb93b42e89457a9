//! Inputs that the program never sees.

use super::{Input, InputError, Json, Keywords, Schema};
use crate::expr::{Any, Expr, IntoExpr, Str, TextParts, Value};
use crate::token::Tokens;

/// A secret: an expression of text, `var.<name>`. The host declares a sensitive variable for it; its value is given when Terraform applies.
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
    const SCHEMA: Schema = Schema { required: false, ..Schema::of("string", Keywords::Text(r#","writeOnly":true"#)) };

    fn read(_: Option<&Json>, path: &str) -> Result<Secret, InputError> {
        if path.contains(['.', '[']) {
            return Err(InputError::new(path, "a secret must stand at the top of the inputs: its name is that of a variable"));
        }
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
