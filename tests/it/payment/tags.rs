//! The default tags.

use super::corrections::{check, equal};
use serde_json::{Value, json};

pub(super) fn default_tags_arrive(stack: &Value) -> Result<(), String> {
    let blocks = &stack["provider"]["aws"]["default_tags"];
    check(blocks.as_array().is_some_and(|blocks| blocks.len() == 1), "there is not one block `default_tags`")?;
    equal("default_tags", &blocks[0], json!({ "tags": { "Environment": "production", "CostCenter": "payments" } }))
}

/// What came of a list of one map: a block whose argument `tags` is lost.
pub(super) fn default_tags_without_tags(stack: &mut Value) {
    stack["provider"]["aws"]["default_tags"] = json!([{}]);
}
