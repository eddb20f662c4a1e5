//! `ingest`: folders of papers in, an archive out.

use std::path::PathBuf;
use std::process::ExitCode;

use skrivelse::archive::ingest::{Retry, ingest};
use skrivelse::archive::walk::WalkOptions;

use super::archive_run::{RunArgs, Voice};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A run may be stopped at any moment, also by a power cut; the same command goes on where it was. What is unchanged is \
not read again. The exit code is 1 when a file could not be read and 2 when the run was stopped.

Examples:
  skrivelse ingest /srv/diariet --into arkiv
  skrivelse ingest 2019/ 2020/ --into arkiv --include '*.pdf' --exclude 'Kladd/'
  skrivelse ingest /srv/diariet --into arkiv --refresh")]
pub(crate) struct IngestArgs {
    /// Folders and files to take
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Write into this archive, a folder that is made when it is missing
    #[arg(long, value_name = "ARCHIVE")]
    into: PathBuf,
    /// Take only files that match this pattern
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// Leave files and folders alone that match this pattern
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// Follow links that lead out of the folders
    #[arg(long)]
    follow_links: bool,
    /// Take hidden and temporary files too
    #[arg(long)]
    hidden: bool,
    /// Read again what this version could read better than the one that read it, and scans that were left unread
    #[arg(long)]
    refresh: bool,
    #[command(flatten)]
    run: RunArgs,
}

pub(crate) fn run(args: &IngestArgs, voice: Voice) -> ExitCode {
    let walk = WalkOptions {
        include: args.include.clone(),
        exclude: args.exclude.clone(),
        follow_links: args.follow_links,
        hidden: args.hidden,
    };
    args.run.run(&args.into, &args.paths, walk, (args.refresh, Retry::None), ingest, voice)
}
