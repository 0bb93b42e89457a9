//! Expressions in HCL notation, as far as reports show them.

use crate::model::Expression;

/// Returns an expression in HCL notation.
// STAND-IN: to be replaced by `crate::model::hcl::expression_text` when that is there; then this file goes.
pub(crate) fn notation(expression: &Expression) -> String {
    let list = |items: &[Expression]| items.iter().map(notation).collect::<Vec<_>>().join(", ");
    match expression {
        Expression::Null => "null".to_owned(),
        Expression::Bool(value) => value.to_string(),
        Expression::Integer(value) => value.to_string(),
        Expression::Number(text) | Expression::Symbol(text) => text.to_string(),
        Expression::Text(text) => serde_json::Value::from(&**text).to_string(),
        Expression::List(items) => format!("[{}]", list(items)),
        Expression::Object(pairs) => {
            let pairs: Vec<String> =
                pairs.iter().map(|(key, value)| format!("{} = {}", notation(key), notation(value))).collect();
            format!("{{{}}}", pairs.join(", "))
        }
        Expression::Reference(reference) if reference.path.is_empty() => reference.to.to_string(),
        Expression::Reference(reference) => format!("{}.{}", reference.to, reference.path),
        Expression::Call(call) => format!("{}({})", call.function, list(&call.arguments)),
        other => format!("{other:?}"),
    }
}
