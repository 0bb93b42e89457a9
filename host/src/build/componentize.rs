//! From a file of wasm to a component, in process: nobody needs a further tool.

use crate::eval::{ComponentError, Encoded, check_module, encoded};
use wit_component::ComponentEncoder;

/// Returns the component that a file holds: a component as it is, a core module turned into one by the type that its SDK embedded.
///
/// The custom sections of the module stay in it, so that what an SDK says of itself can be read from either.
pub fn component_of(bytes: Vec<u8>) -> Result<Vec<u8>, ComponentError> {
    match encoded(&bytes)? {
        Encoded::Component => Ok(bytes),
        Encoded::Module => {
            check_module(&bytes)?;
            let component = ComponentEncoder::default().validate(true).module(&bytes).and_then(|mut encoder| encoder.encode());
            component.map_err(|error| ComponentError::Invalid(format!("no component can be made of it: {error:#}")))
        }
    }
}
