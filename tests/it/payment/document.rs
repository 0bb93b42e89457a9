//! Reading an emitted configuration: resources by their addresses, and the JSON documents in their arguments.

use hcl_edit::expr::{Expression, ObjectKey};
use serde_json::{Map, Value};

/// Returns a resource, or null.
pub(super) fn resource<'a>(stack: &'a Value, address: &str) -> &'a Value {
    let (kind, name) = address.split_once('.').expect("an address has a type and a name");
    &stack["resource"][kind][name]
}

/// Returns a resource to change it.
pub(super) fn resource_mut<'a>(stack: &'a mut Value, address: &str) -> &'a mut Value {
    let (kind, name) = address.split_once('.').expect("an address has a type and a name");
    stack.pointer_mut(&format!("/resource/{kind}/{name}")).unwrap_or_else(|| panic!("there is no {address}"))
}

/// Removes an argument, a block or an entry.
pub(super) fn remove(object: &mut Value, name: &str) {
    object.as_object_mut().and_then(|object| object.remove(name)).unwrap_or_else(|| panic!("there is no `{name}`"));
}

/// Returns all resources with their addresses.
pub(super) fn resources(stack: &Value) -> Vec<(String, &Value)> {
    let kinds = stack["resource"].as_object().into_iter().flatten();
    kinds
        .flat_map(|(kind, named)| {
            named.as_object().into_iter().flatten().map(move |(name, body)| (format!("{kind}.{name}"), body))
        })
        .collect()
}

/// Returns the resources of a type with their addresses.
pub(super) fn resources_of<'a>(stack: &'a Value, kind: &str) -> Vec<(String, &'a Value)> {
    resources(stack).into_iter().filter(|(address, _)| address.split_once('.').is_some_and(|(known, _)| known == kind)).collect()
}

/// Returns the items of a list; anything else has none.
pub(super) fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Returns the document that an argument holds, as JSON text or as a call of `jsonencode`; references stand in it as text. Null where it holds
/// none.
pub(super) fn document(argument: &Value) -> Value {
    let Some(text) = argument.as_str() else { return Value::Null };
    match text.strip_prefix("${").and_then(|text| text.strip_suffix('}')) {
        Some(expression) => match expression.parse() {
            Ok(Expression::FuncCall(call)) if call.name.name.as_str() == "jsonencode" => {
                call.args.iter().next().map_or(Value::Null, evaluated)
            }
            _ => Value::Null,
        },
        None => serde_json::from_str(&text.replace("$${", "${")).unwrap_or_default(),
    }
}

/// Returns the statements of a policy that allow an action, as written or by a pattern at the end.
pub(super) fn statements_for<'a>(policy: &'a Value, action: &str) -> Vec<&'a Value> {
    items(&policy["Statement"])
        .iter()
        .filter(|statement| {
            statement["Effect"] == "Allow" && one_or_more(&statement["Action"]).iter().any(|known| covers(known, action))
        })
        .collect()
}

/// Returns a policy's one or more texts.
pub(super) fn one_or_more(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        other => items(other).iter().filter_map(Value::as_str).collect(),
    }
}

fn covers(pattern: &str, action: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == action, |start| action.starts_with(start))
}

fn evaluated(expression: &Expression) -> Value {
    match expression {
        Expression::Null(_) => Value::Null,
        Expression::Bool(value) => Value::from(*value.value()),
        Expression::Number(number) => serde_json::from_str(&number.value().to_string()).unwrap_or_default(),
        Expression::String(text) => Value::from(text.value().as_str()),
        Expression::Array(items) => items.iter().map(evaluated).collect(),
        Expression::Object(object) => {
            object.iter().map(|(key, value)| (key_text(key), evaluated(value.expr()))).collect::<Map<_, _>>().into()
        }
        Expression::StringTemplate(template) => Value::from(template.to_string().trim().trim_matches('"')),
        other => Value::from(format!("${{{}}}", other.to_string().trim())),
    }
}

fn key_text(key: &ObjectKey) -> String {
    match key {
        ObjectKey::Ident(name) => name.as_str().to_owned(),
        ObjectKey::Expression(expression) => evaluated(expression).as_str().unwrap_or_default().to_owned(),
    }
}
