//! `retry`: what could not be read, again.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use skrivelse::archive::Reason;
use skrivelse::archive::ingest::{Retry, retry};
use skrivelse::archive::walk::WalkOptions;

use super::archive_run::{RunArgs, Voice};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The exit code is 1 when a file still cannot be read and 2 when the run was stopped.

Examples:
  skrivelse retry arkiv
  skrivelse retry arkiv --reason time-limit --time-limit 600")]
pub(crate) struct RetryArgs {
    /// Archive whose failures are tried again
    archive: PathBuf,
    /// Try only what failed for this reason
    #[arg(long, ignore_case = true,
        value_parser = PossibleValuesParser::new(Reason::ALL.iter().map(|reason| reason.as_str())).map(|reason| reason.to_lowercase()))]
    reason: Option<String>,
    #[command(flatten)]
    run: RunArgs,
}

pub(crate) fn run(args: &RetryArgs, voice: Voice) -> ExitCode {
    let again = match args.reason.as_deref().and_then(Reason::parse) {
        Some(reason) => Retry::With(reason),
        None => Retry::All,
    };
    args.run.run(&args.archive, &[], WalkOptions::default(), (false, again), retry, voice)
}
