//! What a serial was evaluated from.

/// What a program was evaluated from when what it declared was stored. An evaluation that declares the same stores nothing, and so not this either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// SHA-256 of the component.
    pub component: [u8; 32],
    /// SHA-256 of what else was given: what was read of granted folders, renames, schemas, the version of tapwasm.
    pub surroundings: [u8; 32],
    /// The inputs as the program got them, one line of JSON. Secret inputs never reach a program, and so they are not among them.
    inputs: Option<String>,
}

impl Provenance {
    /// Longer inputs are not kept.
    pub const MOST_INPUTS: usize = 256 * 1024;

    /// Takes what a program was evaluated from. Inputs that are too long, or no line of text, are left out.
    pub fn new(component: [u8; 32], surroundings: [u8; 32], inputs: Option<String>) -> Provenance {
        let is_fine = |inputs: &String| inputs.len() <= Provenance::MOST_INPUTS && !inputs.contains('\n');
        Provenance { component, surroundings, inputs: inputs.filter(is_fine) }
    }

    /// Returns the inputs, where they were kept: they are not where a literal secret may have come from them, or where they are very long.
    pub fn inputs(&self) -> Option<&str> {
        self.inputs.as_deref()
    }
}
