//! The `tapwasm` program: parse, run, exit code.

fn main() -> std::process::ExitCode {
    tapwasm::cli::main(std::env::args_os())
}
