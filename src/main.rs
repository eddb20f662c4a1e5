//! The command `skrivelse`. Thrown away at the merge: `src/cli/args.rs` of the branch `cli` takes its place.

mod cli;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Read Swedish municipal committee papers and write data that can be trusted
#[derive(Debug, Parser)]
#[command(name = "skrivelse", version)]
struct Args {
    /// Say more on stderr
    #[arg(short, long, global = true)]
    verbose: bool,
    /// Say only errors
    #[arg(short, long, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take folders of papers into an archive
    Ingest(cli::ingest::IngestArgs),
    /// Tell how an archive stands
    Status(cli::status::StatusArgs),
    /// Try again what could not be read
    Retry(cli::retry::RetryArgs),
    /// Find papers in an archive
    Find(cli::find::FindArgs),
    /// Print a document of an archive
    Get(cli::get::GetArgs),
    /// Read files for an ingest
    #[command(hide = true)]
    Worker(cli::worker::WorkerArgs),
    /// Run a program that ends with this process's parent
    #[command(hide = true)]
    Tether(cli::worker::TetherArgs),
}

fn main() -> ExitCode {
    let args = Args::parse();
    let voice = cli::archive_run::Voice { verbose: args.verbose, quiet: args.quiet };
    match args.command {
        Command::Ingest(args) => cli::ingest::run(&args, voice),
        Command::Status(args) => cli::status::run(&args),
        Command::Retry(args) => cli::retry::run(&args, voice),
        Command::Find(args) => cli::find::run(&args),
        Command::Get(args) => cli::get::run(&args),
        Command::Worker(args) => cli::worker::run(&args),
        Command::Tether(args) => cli::worker::run_tethered(&args),
    }
}
