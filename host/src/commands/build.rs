//! `tapwasm build`

use super::{Done, Failure};
use crate::pipeline;
use crate::ui::Ui;
use clap::Args;
use std::path::PathBuf;

/// Build a guest crate to a component and print the component's path.
///
/// Adds the target wasm32-unknown-unknown with rustup if it is missing. Building runs the crate's build scripts and macros as you, outside the
/// sandbox, with an environment that holds no credentials.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// The folder of the crate.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Builds a crate.
pub fn build(ui: &Ui, args: BuildArgs) -> Result<Done, Failure> {
    let component = pipeline::build(ui, &args.folder, true)?;
    ui.result(&format!("{}\n", component.display()))?;
    Ok(Done::Fine)
}
