//! Text in the notation of the HashiCorp configuration language (HCL).

use super::Expression;

/// To come.
pub fn expression_text(_: &Expression) -> String {
    String::new()
}
