//! The command line. Stdout is data, everything else goes to stderr.
//!
//! [`args`] holds what the user typed and [`config`] what the program needs; then one file a command, each with a
//! function `run`. [`batch`], [`input`], [`console`] and [`findings`] are what several commands share.

pub(crate) mod archive_run;
mod args;
mod batch;
mod check;
mod completions;
mod config;
mod console;
mod explain;
mod extract;
mod find;
mod findings;
mod get;
mod ingest;
mod input;
mod man;
mod retry;
mod scans;
mod schema;
mod show;
mod status;
mod validate;
mod worker;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use console::Console;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// All went well.
    Fine,
    /// There are findings that someone should look at.
    Findings,
    /// Something could not be done; stderr says what.
    Trouble,
}

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Whoever read the output has seen enough, as `head` does. That is no fault.
    BrokenPipe,
    /// A sentence for the user.
    Said(String),
}

/// What a command returns.
pub(crate) type Result = std::result::Result<Outcome, Failure>;

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => Self::from(0),
            Outcome::Findings => Self::from(1),
            Outcome::Trouble => Self::from(2),
        }
    }
}

/// Errors of input are turned into sentences where they arise, so a bare one comes from writing to stdout.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::BrokenPipe,
            _ => Self::Said(format!("the output cannot be written: {error}")),
        }
    }
}

/// Parse, run, and tell the exit code.
pub(crate) fn main() -> ExitCode {
    let args = Args::parse();
    let console = Console::new(&args.verbosity);
    // A panic is a fault of this program; its text helps a developer and nobody else.
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
    let ended = catch_unwind(AssertUnwindSafe(|| run(&args.command, &console)));
    match ended {
        Ok(Ok(code)) => code,
        Ok(Err(Failure::BrokenPipe)) => Outcome::Fine.into(),
        Ok(Err(Failure::Said(sentence))) => {
            console.error(&sentence);
            Outcome::Trouble.into()
        }
        Err(_) => {
            console.error("skrivelse failed; please report what you ran, with what it says when -v is added");
            Outcome::Trouble.into()
        }
    }
}

fn run(command: &Command, console: &Console) -> std::result::Result<ExitCode, Failure> {
    let outcome = match command {
        Command::Extract(args) => extract::run(args, console)?,
        Command::Check(args) => check::run(args, console)?,
        Command::Explain(args) => explain::run(args)?,
        Command::Schema => schema::run()?,
        Command::Validate(args) => validate::run(args, console)?,
        Command::Show(args) => show::run(args, console)?,
        Command::Ingest(args) => return Ok(ingest::run(args, console.voice())),
        Command::Status(args) => return Ok(status::run(args, console)),
        Command::Retry(args) => return Ok(retry::run(args, console.voice())),
        Command::Find(args) => return Ok(find::run(args)),
        Command::Get(args) => return Ok(get::run(args)),
        Command::Worker(args) => return Ok(worker::run(args)),
        Command::Tether(args) => return Ok(worker::run_tethered(args)),
        Command::Completions(args) => completions::run(args)?,
        Command::Man(args) => man::run(args)?,
    };
    Ok(outcome.into())
}
