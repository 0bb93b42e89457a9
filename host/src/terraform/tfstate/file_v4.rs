//! Version 4 of the state's own format: `terraform.tfstate`, and what `terraform state pull` writes.

use super::TfstateError;
use crate::model::{Address, Existing, ExistingInstance, Expression, instance_key, json};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// What is read of a file. Attributes stay text until somebody asks for them.
#[derive(Deserialize)]
pub(super) struct StateDump {
    #[serde(default)]
    resources: Vec<ResourceDump>,
}

#[derive(Deserialize)]
struct ResourceDump {
    #[serde(default)]
    module: Option<String>,
    mode: String,
    #[serde(rename = "type")]
    type_name: String,
    name: String,
    #[serde(default)]
    instances: Vec<InstanceDump>,
}

#[derive(Deserialize)]
struct InstanceDump {
    #[serde(default)]
    index_key: Option<Value>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    deposed: Option<String>,
    #[serde(default)]
    attributes: Option<Box<RawValue>>,
    #[serde(default)]
    sensitive_attributes: Option<Vec<Vec<StepDump>>>,
}

/// One step into attributes, with the name of an attribute or a key.
#[derive(Deserialize)]
struct StepDump {
    #[serde(default)]
    value: Value,
}

impl StateDump {
    /// Returns the addresses of all instances.
    pub(super) fn addresses(&self) -> Vec<String> {
        self.resources.iter().flat_map(|resource| resource.instances.iter().map(|instance| resource.address(instance))).collect()
    }

    /// Returns all instances with their attributes.
    pub(super) fn existing(&self) -> Result<Existing, TfstateError> {
        let mut instances = Vec::new();
        for resource in &self.resources {
            for instance in &resource.instances {
                let address = resource.address(instance);
                let attributes = instance.attributes.as_ref().map(|text| attributes(&address, text)).transpose()?;
                let hidden = instance.sensitive_attributes.iter().flatten();
                instances.push(ExistingInstance {
                    address: Address::from_text(&address),
                    is_managed: resource.mode == "managed",
                    is_tainted: instance.status.as_deref() == Some("tainted"),
                    deposed: instance.deposed.clone(),
                    attributes,
                    sensitive: hidden.map(|steps| steps.iter().filter_map(StepDump::name).collect()).collect(),
                });
            }
        }
        Ok(Existing { instances })
    }
}

impl ResourceDump {
    fn address(&self, instance: &InstanceDump) -> String {
        let module = self.module.as_ref().map(|module| format!("{module}.")).unwrap_or_default();
        let mode = if self.mode == "data" { "data." } else { "" };
        let key = instance.index_key.as_ref().map(key).unwrap_or_default();
        format!("{module}{mode}{}.{}{key}", self.type_name, self.name)
    }
}

impl StepDump {
    /// Returns the name of an attribute, or a key of a map; positions have none.
    fn name(&self) -> Option<Box<str>> {
        let key = self.value.get("value").unwrap_or(&self.value);
        key.as_str().map(Into::into)
    }
}

/// Returns the key of an instance as it stands in an address.
pub(super) fn key(key: &Value) -> String {
    match key {
        Value::String(text) => instance_key(&Expression::text(text.as_str())),
        other => format!("[{other}]"),
    }
}

/// Reads attributes without rounding a number of them.
pub(super) fn attributes(address: &str, text: &RawValue) -> Result<Expression, TfstateError> {
    json::parse_strictly(text.get()).map_err(|error| TfstateError::Attributes(address.to_owned(), error))
}
