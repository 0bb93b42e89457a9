//! The command line: what is understood, and what becomes of a command's outcome.

use crate::commands::{self, Failure};
use crate::ui::{LogFormat, Ui, Verbosity};
use anstream::ColorChoice;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::process::ExitCode;

/// Run stacks, WebAssembly components, in a sandbox, and emit Terraform JSON.
///
/// Nothing that tapwasm does changes anything in the cloud: `terraform` or `tofu` applies what it writes.
#[derive(Debug, Parser)]
#[command(name = "tapwasm", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Args)]
struct GlobalArgs {
    /// When to use colour.
    #[arg(long, value_enum, default_value_t, global = true)]
    color: Color,
    /// Say less: results, warnings and errors only.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more: every argument of a plan, debug messages of the guest.
    #[arg(short, long, global = true)]
    verbose: bool,
    /// How to write what is going on, warnings and errors to standard error: text, or one JSON object a line.
    #[arg(long, value_enum, default_value_t, global = true, value_name = "FORMAT")]
    log_format: LogFormat,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Color {
    /// On terminals, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(commands::run::RunArgs),
    Diff(commands::diff::DiffArgs),
    Build(commands::build::BuildArgs),
    Inspect(commands::inspect::InspectArgs),
    Graph(commands::graph::GraphArgs),
    State(commands::state::StateArgs),
    CheckPlan(commands::check_plan::CheckPlanArgs),
    Bindgen(commands::bindgen::BindgenArgs),
    New(commands::new::NewArgs),
}

/// Exit codes, documented in the README.
mod exit {
    pub(super) const FINE: u8 = 0;
    pub(super) const ERROR: u8 = 1;
    pub(super) const CHANGES: u8 = 2;
    pub(super) const STOPPED: u8 = 3;
    pub(super) const USAGE: u8 = 64;
}

/// Parses the command line, runs the command and returns the exit code.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() && asks_for_events(&args) => {
            let mut ui = Ui::new(ColorChoice::Never, Verbosity::Normal);
            ui.log = LogFormat::Json;
            ui.error(error.to_string().trim_start_matches("error: ").trim_end());
            return ExitCode::from(exit::USAGE);
        }
        Err(error) => {
            // A reader of the help that went away is no fault.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { exit::USAGE } else { exit::FINE });
        }
    };
    let ui = ui_of(&cli.global);
    let outcome = match cli.command {
        Command::Run(args) => commands::run::run(ui.clone(), args),
        Command::Diff(args) => commands::diff::diff(ui.clone(), args),
        Command::Build(args) => commands::build::build(&ui, args),
        Command::Inspect(args) => commands::inspect::inspect(ui.clone(), args),
        Command::Graph(args) => commands::graph::graph(ui.clone(), args),
        Command::State(args) => commands::state::state(&ui, args),
        Command::CheckPlan(args) => commands::check_plan::check_plan(&ui, args),
        Command::Bindgen(args) => commands::bindgen::bindgen(&ui, args),
        Command::New(args) => commands::new::new(&ui, args),
    };
    ExitCode::from(match outcome {
        Ok(commands::Done::Fine) => exit::FINE,
        Ok(commands::Done::Changes) => exit::CHANGES,
        Err(failure) => report(&ui, &failure),
    })
}

fn report(ui: &Ui, failure: &Failure) -> u8 {
    match failure {
        Failure::Told => exit::ERROR,
        Failure::Usage(error) => {
            ui.error(&with_causes(error));
            exit::USAGE
        }
        Failure::Stopped(error) => {
            ui.error(&with_causes(error));
            exit::STOPPED
        }
        // What was asked for is done; nobody is left to read about it.
        Failure::Error(error) if is_broken_pipe(error) => exit::FINE,
        Failure::Error(error) => {
            ui.error(&with_causes(error));
            exit::ERROR
        }
    }
}

/// Writes an error and its causes; one that an error has already told in its own words is not told again.
fn with_causes(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string).filter(|cause| !cause.is_empty()) {
        if !text.contains(&cause) {
            text += if text.is_empty() { "" } else { ": " };
            text += &cause;
        }
    }
    text
}

/// A reader that went away (`tapwasm graph … | head`) needs no message.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// A command line that makes no sense is not parsed: what it asks for is looked for in its words.
fn asks_for_events(args: &[OsString]) -> bool {
    let flag = |position: usize| args.get(position).and_then(|arg| arg.to_str());
    (0..args.len())
        .any(|at| flag(at) == Some("--log-format=json") || (flag(at), flag(at + 1)) == (Some("--log-format"), Some("json")))
}

fn ui_of(args: &GlobalArgs) -> Ui {
    let color = match args.color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    let verbosity = match (args.quiet, args.verbose) {
        (true, _) => Verbosity::Quiet,
        (_, true) => Verbosity::Verbose,
        _ => Verbosity::Normal,
    };
    let mut ui = Ui::new(color, verbosity);
    ui.log = args.log_format;
    ui
}
