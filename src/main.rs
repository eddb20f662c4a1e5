//! The command `skrivelse`: parses what was typed, runs it, sets the exit code.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
