//! Terraform's own state, as far as it tells which addresses there are. It is read and never written.

use serde::Deserialize;
use thiserror::Error;

/// Why a file is no state of Terraform's.
#[derive(Debug, Error)]
pub enum TfstateError {
    /// It is something else, or cut short.
    #[error("it is no state of Terraform's: {0}. Give the file terraform.tfstate, or what `terraform state pull` writes")]
    NotAState(String),
    /// It has another version.
    #[error("it has version {0}, and this tapwasm reads version 4. Let Terraform write it anew")]
    Version(u64),
}

#[derive(Deserialize)]
struct StateDump {
    version: u64,
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
    index_key: Option<serde_json::Value>,
}

/// Returns the addresses of all instances in a state: `module.m["k"].aws_x.y[0]`.
///
/// # Errors
/// What is no state, or of another version.
pub fn addresses(json: &str) -> Result<Vec<String>, TfstateError> {
    let state: StateDump = serde_json::from_str(json).map_err(|error| TfstateError::NotAState(error.to_string()))?;
    if state.version != 4 {
        return Err(TfstateError::Version(state.version));
    }
    let addresses = state.resources.into_iter().flat_map(|resource| {
        let ResourceDump { module, mode, type_name, name, instances } = resource;
        let module = module.map(|module| module + ".").unwrap_or_default();
        let mode = if mode == "data" { "data." } else { "" };
        let whole = format!("{module}{mode}{type_name}.{name}");
        instances.into_iter().map(move |instance| match instance.index_key {
            None => whole.clone(),
            Some(key) => format!("{whole}[{key}]"),
        })
    });
    Ok(addresses.collect())
}

/// Tells whether a move is still to be applied to a state: whether something in it has the former address, or stands below it.
pub fn awaits(addresses: &[String], from: &str, to: &str) -> bool {
    // A whole thing that becomes an instance of itself stands below its former address afterwards, too.
    let is_inner = is_below(to, from);
    addresses.iter().any(|address| is_below(address, from) && !(is_inner && is_below(address, to)))
}

fn is_below(address: &str, other: &str) -> bool {
    address.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_instances() {
        let json = r#"{"version": 4, "resources": [
            {"mode": "managed", "type": "aws_x", "name": "a", "instances": [{"attributes": {}}]},
            {"mode": "data", "type": "aws_x", "name": "b", "instances": [{}]},
            {"mode": "managed", "type": "aws_x", "name": "gone", "instances": []},
            {"module": "module.m[\"k\"]", "mode": "managed", "type": "aws_y", "name": "c", "instances": [{"index_key": 0}, {"index_key": "x.y"}]}
        ]}"#;
        let expected = ["aws_x.a", "data.aws_x.b", "module.m[\"k\"].aws_y.c[0]", "module.m[\"k\"].aws_y.c[\"x.y\"]"];
        assert_eq!(addresses(json).unwrap(), expected);
    }

    #[test]
    fn a_move_is_awaited_while_something_has_the_former_address() {
        let state = ["aws_x.a".to_owned(), "aws_x.many[0]".to_owned(), "module.m[0].aws_x.y".to_owned()];
        for (from, to) in [
            ("aws_x.a", "aws_x.b"),
            ("aws_x.a", "aws_x.a[0]"),
            ("aws_x.many", "aws_x.few"),
            ("aws_x.many[0]", "aws_x.many[\"k\"]"),
            ("aws_x.many[0]", "aws_x.many"),
            ("module.m", "module.n"),
            ("module.m[0]", "module.m[\"k\"]"),
        ] {
            assert!(awaits(&state, from, to), "{from} to {to}");
        }
        for (from, to) in
            [("aws_x.b", "aws_x.a"), ("aws_x.man", "aws_x.b"), ("aws_x.many", "aws_x.many[0]"), ("module.n", "module.m")]
        {
            assert!(!awaits(&state, from, to), "{from} to {to}");
        }
    }

    #[test]
    fn what_is_no_state_is_refused() {
        assert!(matches!(addresses("{}"), Err(TfstateError::NotAState(_))));
        assert!(matches!(addresses("{\"version\": 3}"), Err(TfstateError::Version(3))));
        assert!(matches!(addresses("{\"version\": 4, \"resour"), Err(TfstateError::NotAState(_))));
    }
}
