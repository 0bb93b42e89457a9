//! What `terraform show -json` writes of a state.

use super::file_v4::attributes;
use super::{TfstateError, file_v4};
use crate::model::{Address, Existing, ExistingInstance};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// A state in that form; of one that holds nothing `values` is absent.
#[derive(Deserialize)]
pub(super) struct ShowDump {
    #[serde(default)]
    values: Option<ValuesDump>,
}

#[derive(Deserialize)]
struct ValuesDump {
    #[serde(default)]
    root_module: ModuleDump,
}

#[derive(Default, Deserialize)]
struct ModuleDump {
    #[serde(default)]
    address: Option<String>,
    #[serde(default)]
    resources: Vec<ResourceDump>,
    #[serde(default)]
    child_modules: Vec<ModuleDump>,
}

#[derive(Deserialize)]
struct ResourceDump {
    mode: String,
    #[serde(rename = "type")]
    type_name: String,
    name: String,
    #[serde(default)]
    index: Option<Value>,
    #[serde(default)]
    tainted: bool,
    #[serde(default)]
    deposed_key: Option<String>,
    #[serde(default)]
    values: Option<Box<RawValue>>,
    #[serde(default)]
    sensitive_values: Value,
}

impl ShowDump {
    /// Returns all instances with their attributes.
    pub(super) fn existing(&self) -> Result<Existing, TfstateError> {
        let mut existing = Existing::default();
        if let Some(values) = &self.values {
            values.root_module.add_to(&mut existing)?;
        }
        Ok(existing)
    }
}

impl ModuleDump {
    fn add_to(&self, existing: &mut Existing) -> Result<(), TfstateError> {
        for resource in &self.resources {
            let module = self.address.as_ref().map(|module| format!("{module}.")).unwrap_or_default();
            let mode = if resource.mode == "data" { "data." } else { "" };
            let key = resource.index.as_ref().map(file_v4::key).unwrap_or_default();
            let address = format!("{module}{mode}{}.{}{key}", resource.type_name, resource.name);
            let mut sensitive = Vec::new();
            add_hidden(&resource.sensitive_values, &mut Vec::new(), &mut sensitive);
            existing.instances.push(ExistingInstance {
                is_managed: resource.mode == "managed",
                is_tainted: resource.tainted,
                deposed: resource.deposed_key.clone(),
                attributes: resource.values.as_ref().map(|text| attributes(&address, text)).transpose()?,
                address: Address::from_text(&address),
                sensitive,
            });
        }
        self.child_modules.iter().try_for_each(|module| module.add_to(existing))
    }
}

/// Adds the way to each `true`: the values have the shape of the attributes, as far as something in them is hidden.
fn add_hidden(values: &Value, way: &mut Vec<Box<str>>, found: &mut Vec<Vec<Box<str>>>) {
    match values {
        Value::Bool(true) => found.push(way.clone()),
        Value::Array(items) => items.iter().for_each(|item| add_hidden(item, way, found)),
        Value::Object(members) => {
            for (name, value) in members {
                way.push(name.as_str().into());
                add_hidden(value, way, found);
                way.pop();
            }
        }
        _ => {}
    }
}
