//! The command `skrivelse`: parses what was typed, runs it, sets the exit code.

mod cli;

use std::process::ExitCode;

/// Reading is thousands of short texts made and dropped, which the system's allocator takes longer over.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
