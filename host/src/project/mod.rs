//! The user's project: `tapwasm.toml`, what STACK on the command line means, and the inputs of a program.

mod bindings;

mod config;

mod environment;

mod schema;

mod inputs;

mod moves;

pub use bindings::Bindings;
pub use config::{ConfigError, Project, Source, Stack};
pub use inputs::{Given, InputError, InputErrors, Origin, read_assignment, read_file, resolve};
pub use moves::{MOVES_FILE, Moves, MovesError, NewMove, RecordedMove};
pub use schema::{Schema, SchemaError};
