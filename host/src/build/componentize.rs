//! From a file of wasm to a component, in process: nobody needs a further tool.

use crate::eval::{ComponentError, Encoded, encoded};
use wit_component::ComponentEncoder;

/// Returns the component that a file holds: a component as it is, a core module turned into one by the type that its SDK embedded.
///
/// The custom sections of the module stay in it, so that what an SDK says of itself can be read from either.
pub fn component_of(bytes: Vec<u8>) -> Result<Vec<u8>, ComponentError> {
    match encoded(&bytes)? {
        Encoded::Component => Ok(bytes),
        Encoded::Module => {
            wasmparser::Validator::new().validate_all(&bytes).map_err(|error| ComponentError::Invalid(error.to_string()))?;
            let component = ComponentEncoder::default().validate(true).module(&bytes).and_then(|mut encoder| encoder.encode());
            match component {
                Ok(component) if has_world(&bytes) => Ok(component),
                Ok(_) => Err(ComponentError::NotAGuest),
                Err(_) if !has_world(&bytes) => Err(ComponentError::NotAGuest),
                Err(error) => Err(ComponentError::Invalid(format!("no component can be made of it: {error:#}"))),
            }
        }
    }
}

/// The SDK's bindings leave the type of their world in sections of this name.
fn has_world(module: &[u8]) -> bool {
    let sections = wasmparser::Parser::new(0).parse_all(module);
    sections.filter_map(Result::ok).any(|payload| match payload {
        wasmparser::Payload::CustomSection(section) => section.name().starts_with("component-type"),
        _ => false,
    })
}
